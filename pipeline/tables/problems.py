"""What of a typed table is in doubt: columns and cells that could not be typed, and cells that read in two ways."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.tables.column_lexicon import AGE_WORDS, SEXES
from pipeline.tables.header_units import read_bare_spell
from pipeline.tables.notes import Notes
from pipeline.tables.recognisers import cell_cost
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Column, ColumnKind, TypedTable
from pipeline.tables.values import is_dash, read_age, read_doses, read_schedule, read_spells, read_values

_SEX_WORDS = frozenset(spelling for spellings in SEXES.values() for spelling in spellings)
_AGE_WORD = re.compile(rf"\b(?:{'|'.join(AGE_WORDS)})\b|\b(?:E|GD)\s?\d", re.IGNORECASE)
_NO_P = re.compile(r"^(?:p ?)?[<>=≤≥]{0,2} ?(?:\d|\.\d)|^(?:ns|n\.s\.|s|yes|no|[*†‡]+)$", re.IGNORECASE)
_VALUES: frozenset[ColumnKind] = frozenset({"control", "treated", "change"})
_INTERVAL = re.compile(r"[(\[]?\s*[+−–-]?\d[\d.,]*\s*%?(?:\s*(?:–|—|-|−|to|,|;)\s*[+−–-]?\d[\d.,]*\s*%?)?\s*[)\]]?")
_FOREIGN_COST, _OWN_COST = 0.2, 1.2


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A doubt: ``row`` is ``None`` where it is the column's."""

    row: int | None
    column: int
    text: str
    cause: str


def find_problems(typed: TypedTable, notes: Notes) -> tuple[CellProblem, ...]:
    """Return the table's doubts in reading order, the columns' first."""
    found = [
        CellProblem(
            None, index, column.header.text, "the column's kind could not be told; its cells are kept as they are"
        )
        for index, column in enumerate(typed.columns)
        if column.kind == "unknown"
    ]
    for row in typed.rows:
        for index, cell in enumerate(row.cells):
            if cell.text and not is_dash(cell.text):
                cause = _doubt(typed, index, cell, notes)
                if cause is not None:
                    found.append(CellProblem(row.index, index, cell.text, cause))
    return tuple(found)


def _doubt(typed: TypedTable, index: int, cell: CellText, notes: Notes) -> str | None:
    """Return why a cell is in doubt, ``None`` where it reads plainly as its column says."""
    column = typed.columns[index]
    untyped = _untyped(column, cell, notes)
    if untyped is not None:
        return untyped
    own = cell_cost(column.kind, cell.text)
    if column.kind in ("unknown", "drug", "outcome", "endpoint", "population", "regimen") or own < _OWN_COST:
        return None
    for other in (index - 1, index + 1):
        if 0 <= other < len(typed.columns):
            kind = typed.columns[other].kind
            if kind not in ("unknown", column.kind) and cell_cost(kind, cell.text) <= _FOREIGN_COST:
                return f"two readings: {column.kind}, or {kind} as in the column beside it"
    return None


def _untyped(column: Column, cell: CellText, notes: Notes) -> str | None:
    text = cell.text
    if column.kind == "sex" and text.strip().lower() not in _SEX_WORDS:
        return "no sex could be read"
    if (
        column.kind == "age"
        and read_age(text) is None
        and read_bare_spell(cell, column.unit, column.header.text) is None
    ):
        if re.match(r"^\W*\d", text):
            return "two readings: a number without a unit of time"
        return None if _AGE_WORD.search(text) else "no age in days could be read; kept as words"
    if column.kind == "dose" and not read_doses(text) and re.search(r"\d", text):
        return None if column.unit and read_doses(f"{text} {column.unit}") else "no dose with a unit could be read"
    if column.kind == "schedule" and read_schedule(text) is None:
        return "no schedule could be read"
    if (
        column.kind == "duration"
        and not read_spells(text)
        and read_bare_spell(cell, column.unit, column.header.text) is None
    ):
        return "no length of time could be read"
    if column.kind == "p" and not _NO_P.match(text):
        return "no p-value could be read"
    if column.kind in _VALUES:
        values = read_values(text, notes.names)
        if not values:
            return "no value could be read"
        rest = next((value.rest for value in values if value.rest and not _INTERVAL.fullmatch(value.rest)), None)
        if rest is not None:
            return f"two readings: {rest!r} behind the number is neither a unit nor a mark that a note explains"
    return None
