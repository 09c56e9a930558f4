"""The one table model: typed columns, body rows with their sub-headers, and the notes that explain marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.tables.texts import EMPTY, CellText

ColumnKind = Literal[
    "strain", "species", "population", "sex", "age", "drug", "dose", "regimen", "route", "schedule", "duration", "n",
    "control", "treated", "change", "p", "reference", "outcome", "endpoint", "met", "arm", "unknown",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, levels joined, what it holds, and the unit that its header states.

    ``levels`` are the header's rows from the outermost down, where the format gives them.
    """

    kind: ColumnKind
    header: CellText
    unit: str | None = None
    levels: tuple[CellText, ...] = ()

    @property
    def parts(self) -> tuple[CellText, ...]:
        """The header's levels, or the whole header as the only one."""
        return self.levels or ((self.header,) if self.header.text else ())


@dataclass(frozen=True, slots=True)
class Row:
    """A body row.

    Attributes:
        index: 0-based among the body rows, sub-headers not counted.
        cells: one for each column; empty cells are ``EMPTY``.
        subheaders: the sub-headers above it, outermost first.
        shared: columns whose value was printed once for several rows and came to this one from elsewhere.
        cost: how far the row is from a clean reading; 0 for cells that the format gave.
    """

    index: int
    cells: tuple[CellText, ...]
    subheaders: tuple[CellText, ...] = ()
    shared: frozenset[int] = frozenset()
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table with typed columns; ``problems`` says in words what could not be read."""

    number: str | None
    caption: CellText
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    problems: tuple[str, ...] = ()
    _places: dict[ColumnKind, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note where each kind first stands; rows by the thousand ask for it."""
        places: dict[ColumnKind, int] = {}
        for index, column in enumerate(self.columns):
            places.setdefault(column.kind, index)
        object.__setattr__(self, "_places", places)

    def column(self, kind: ColumnKind) -> int | None:
        """Return the index of the first column of a kind."""
        return self._places.get(kind)

    def cell(self, row: Row, kind: ColumnKind) -> CellText:
        """Return the row's cell of the first column of a kind; empty where the table has none."""
        index = self.column(kind)
        return EMPTY if index is None else row.cells[index]
