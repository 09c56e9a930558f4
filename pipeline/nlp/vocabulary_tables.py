"""The hand-written tables beside the packaged vocabulary: routes, sexes, people, plants, stocks, classes, outcomes.

Each is a tab-separated file with the columns ``name`` (preferred), ``id`` (a CURIE, or empty), ``flags`` (separated
by spaces, or empty) and ``spellings`` (separated by ``|``; the preferred name is one of them without being repeated).
A spelling that begins with ``=`` is case-sensitive. In a row named ``*`` each spelling is a concept of its own. Lines
that begin with ``#`` are comments.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingsError

TABLES = {
    "routes.tsv": "ROUTE",
    "sexes.tsv": "SEX",
    "species.tsv": "SPECIES",
    "plants.tsv": "SPECIES",
    "people.tsv": "POPULATION",
    "stocks.tsv": "STRAIN",
    "drug_classes.tsv": "CHEMICAL",
    "nutrients.tsv": "CHEMICAL",
    "reagents.tsv": "CHEMICAL",
    "diseases.tsv": "DISEASE",
    "genes.tsv": "GENE",
    "outcomes.tsv": "OUTCOME",
}
COLUMNS = "name\tid\tflags\tspellings"


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One row: a concept, its spellings and its flags; ``cased`` spellings match only in their own case."""

    label: str
    id: str
    name: str
    flags: tuple[str, ...]
    spellings: tuple[str, ...]
    cased: tuple[str, ...]


def read_tables(directory: Path) -> list[TableEntry]:
    """Read every table in the order of ``TABLES``."""
    return [entry for name, label in TABLES.items() for entry in read_table(directory / name, label=label)]


def read_table(path: Path, *, label: str) -> Iterator[TableEntry]:
    """Read one table.

    Raises:
        SettingsError: a line that is no comment does not have four columns.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#") or line == COLUMNS:
            continue
        columns = line.split("\t")
        if len(columns) != 4:
            raise SettingsError(f"{path.name}, line {number}: expected four columns, found {len(columns)}")
        name, identifier, flags, written = columns
        spellings = [spelling for spelling in written.split("|") if spelling]
        for preferred, group in _split_row(name, spellings):
            yield TableEntry(
                label=label,
                id=identifier or f"LITCLAIMS:{label.lower()}/{preferred.replace(' ', '-')}",
                name=preferred,
                flags=tuple(sorted(flags.split())),
                spellings=tuple(spelling for spelling in group if not spelling.startswith("=")),
                cased=tuple(spelling[1:] for spelling in group if spelling.startswith("=")),
            )


def read_learned_names(path: Path) -> Iterator[TableEntry]:
    """Read the names that corpora link and no vocabulary has: label, name, concept's id and preferred name a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        label, spelling, identifier, preferred = line.split("\t")
        yield TableEntry(label, identifier, preferred, ("link_only",), (spelling,), ())


def _split_row(name: str, spellings: list[str]) -> list[tuple[str, list[str]]]:
    """Give the concepts of a row with their spellings; a preferred name spelled with ``=`` is not free of case."""
    if name == "*":
        return [(spelling.removeprefix("="), [spelling]) for spelling in spellings]
    if f"={name}" in spellings:
        return [(name, spellings)]
    return [(name, [name, *spellings])]
