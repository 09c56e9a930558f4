"""Tables that go on after a page's end, put together again: rows in one grid, repeated header rows left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.model import Cell, Table

CONTINUED: Final = re.compile(r"\(?\bcont(?:inued|['’]?d|\.)(?:\s+from\b[^.)]{0,30})?\)?\.?", re.IGNORECASE)
_REPEATED: Final = 0.6
"""Share of a continuation's header cells that stand in the table's header, too, where it is repeated."""


def join_continued(tables: Sequence[Table]) -> list[Table]:
    """Return the tables with each continuation's rows behind those of the table it continues.

    A continuation has the number of a table before it, and says so or repeats its caption. Its columns are those of
    the same header, else those of the same place; where neither fits, it stays a table of its own.
    """
    joined: list[Table] = []
    for table in tables:
        home = next((number for number, other in enumerate(joined) if _goes_on(other, table)), None)
        whole = _append(joined[home], table) if home is not None else None
        if home is None or whole is None:
            joined.append(table)
        else:
            joined[home] = whole
    return joined


def _goes_on(table: Table, later: Table) -> bool:
    if not later.number or table.number != later.number:
        return False
    caption = later.caption or ""
    plain = " ".join(CONTINUED.sub("", caption).split()).strip(" .")
    return bool(CONTINUED.search(caption)) or plain == " ".join((table.caption or "").split()).strip(" .")


def _append(table: Table, later: Table) -> Table | None:
    spans, notes = (*table.spans, *later.spans), (*table.notes, *later.notes)
    if not table.cells and not later.cells:
        return replace(table, lines=(*table.lines, *later.lines), spans=spans, notes=notes)
    if not table.cells or not later.cells:
        return None
    columns = _match_columns(table.cells, later.cells)
    if columns is None:
        return None
    repeated = _repeats_header(table.cells, later.cells)
    first = 1 + max((cell.row for cell in later.cells if cell.header), default=-1) if repeated else 0
    shift = 1 + max(cell.row + cell.rowspan - 1 for cell in table.cells) - first
    moved = tuple(
        replace(cell, row=cell.row + shift, column=columns[cell.column], header=False)
        for cell in later.cells
        if cell.row >= first
    )
    return replace(table, cells=(*table.cells, *moved), spans=spans, notes=notes)


def _read_header(cells: Sequence[Cell]) -> dict[str, int]:
    """Return the column of each header cell's words, the lowest row's where words stand twice."""
    return {" ".join(cell.text.casefold().split()): cell.column for cell in cells if cell.header and cell.text}


def _repeats_header(cells: Sequence[Cell], later: Sequence[Cell]) -> bool:
    own, other = _read_header(cells), _read_header(later)
    return bool(other) and sum(text in own for text in other) >= _REPEATED * len(other)


def _match_columns(cells: Sequence[Cell], later: Sequence[Cell]) -> dict[int, int] | None:
    """Return the table's column for each column of its continuation, ``None`` where they do not match."""
    count = max(cell.column + cell.colspan for cell in cells)
    others = max(cell.column + cell.colspan for cell in later)
    if count == others:
        return {column: column for column in range(count)}
    own = _read_header(cells)
    matched = {column: own[text] for text, column in _read_header(later).items() if text in own}
    used = {cell.column for cell in later}
    return matched if used <= set(matched) and len(set(matched.values())) == len(matched) else None
