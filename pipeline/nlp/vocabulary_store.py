"""The file of the packaged vocabulary: one compressed block of sorted names, postings and concepts.

Layout of the decompressed bytes: a line of JSON (``{"sections": [[name, length], …]}``), then the sections one
after another. ``keys`` and ``heads`` are sorted lines; ``counts`` is one byte a key (its number of postings);
``postings`` and
``masks`` are little-endian unsigned 32-bit integers; ``ids``, ``names`` and ``references`` have one line a concept.
A posting holds the concept's index in bits 0–19, its label in bits 20–23 and its flags in bits 24–31.
A mask has bit *n* set where some name of *n* segments begins with that head.
"""

from __future__ import annotations

import json
import lzma
import sys
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingsError

LABELS = ("CHEMICAL", "DISEASE", "SPECIES", "GENE", "OUTCOME", "STRAIN", "ROUTE", "SEX", "POPULATION")
CASED, ENDOGENOUS, CLASS, AMBIGUOUS, GENE_LIKE, CAPITAL, CODE, LINK_ONLY = (1 << bit for bit in range(8))
PUBLIC_FLAGS = (
    (ENDOGENOUS, "endogenous"),
    (CLASS, "class"),
    (AMBIGUOUS, "ambiguous"),
    (GENE_LIKE, "gene_like"),
)
LONGEST_NAME = 12
_CONCEPT_BITS = 20
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 24}]


@dataclass(frozen=True, slots=True)
class StoredVocabulary:
    """The sections of the file, as read.

    Attributes:
        keys: folded or cased names, sorted; ``counts`` and ``postings`` run parallel to them.
        heads: first segments of names of several segments, sorted; ``masks`` says how many segments follow.
        ids, names, references: of the concepts; references are CURIEs separated by spaces.
    """

    keys: list[str]
    counts: bytes
    postings: array[int]
    heads: list[str]
    masks: array[int]
    ids: list[str]
    names: list[str]
    references: list[str]


def pack_posting(concept: int, label: int, flags: int) -> int:
    """Put a concept's index, label index and flags into one 32-bit integer."""
    if concept >> _CONCEPT_BITS:
        raise ValueError(f"{concept} concepts do not fit into {_CONCEPT_BITS} bits")
    return concept | label << 20 | flags << 24


def unpack_posting(posting: int) -> tuple[int, int, int]:
    """Give back (concept, label, flags)."""
    return posting & 0xFFFFF, posting >> 20 & 0xF, posting >> 24


def find_heads(keys: list[str]) -> dict[str, int]:
    """Map the first segment of each name of several segments to the mask of their lengths."""
    heads: dict[str, int] = {}
    for key in keys:
        gaps = key.count(" ")
        if gaps:
            head = key[: key.index(" ")]
            heads[head] = heads.get(head, 0) | 1 << gaps + 1
    return heads


def write_vocabulary(
    path: Path,
    *,
    names: Mapping[str, list[int]],
    concepts: list[tuple[str, str, str]],
) -> None:
    """Write the file; equal arguments give equal bytes.

    Args:
        names: key → postings, best first.
        concepts: (id, preferred name, references separated by spaces), as the postings number them.
    """
    keys = sorted(names)
    heads = find_heads(keys)
    sections = {
        "keys": "\n".join(keys).encode(),
        "counts": bytes(len(names[key]) for key in keys),
        "postings": _write_integers([posting for key in keys for posting in names[key]]),
        "heads": "\n".join(sorted(heads)).encode(),
        "masks": _write_integers([heads[head] for head in sorted(heads)]),
        "ids": "\n".join(concept[0] for concept in concepts).encode(),
        "names": "\n".join(concept[1] for concept in concepts).encode(),
        "references": "\n".join(concept[2] for concept in concepts).encode(),
    }
    header = json.dumps({"sections": [[name, len(data)] for name, data in sections.items()]})
    content = header.encode() + b"\n" + b"".join(sections.values())
    path.write_bytes(lzma.compress(content, format=lzma.FORMAT_XZ, filters=_FILTERS))


def read_vocabulary(path: Path) -> StoredVocabulary:
    """Read the file.

    Raises:
        SettingsError: it is missing or is no vocabulary.
    """
    try:
        content = lzma.decompress(path.read_bytes())
        header, _, body = content.partition(b"\n")
        sections: dict[str, bytes] = {}
        place = 0
        for name, length in json.loads(header)["sections"]:
            sections[name] = body[place : place + length]
            place += length
        return StoredVocabulary(
            keys=sections["keys"].decode().split("\n"),
            counts=sections["counts"],
            postings=_read_integers(sections["postings"]),
            heads=sections["heads"].decode().split("\n"),
            masks=_read_integers(sections["masks"]),
            ids=sections["ids"].decode().split("\n"),
            names=sections["names"].decode().split("\n"),
            references=sections["references"].decode().split("\n"),
        )
    except (OSError, lzma.LZMAError, ValueError, KeyError) as error:
        raise SettingsError(
            f"{path.name}: expected a vocabulary built by this project, found {error!s}; reinstall the package"
        ) from error


def read_references(path: Path) -> dict[str, tuple[str, ...]]:
    """Read the further references of concepts, by the concepts' ids.

    Raises:
        SettingsError: the file is missing or damaged.
    """
    try:
        rows = (line.split("\t") for line in lzma.decompress(path.read_bytes()).decode().splitlines())
        return {concept: tuple(references.split()) for concept, references in rows}
    except (OSError, lzma.LZMAError, ValueError) as error:
        raise SettingsError(f"{path.name}: expected references of concepts, found {error!s}; reinstall it") from error


def _write_integers(integers: list[int]) -> bytes:
    values = array("I", integers)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _read_integers(data: bytes) -> array[int]:
    values = array("I")
    values.frombytes(data)
    if sys.byteorder == "big":
        values.byteswap()
    return values
