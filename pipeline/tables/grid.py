"""Tables with cells: spans laid out, header levels joined, sub-headers set apart, merged cells shared out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.model import Cell, Document, Table
from pipeline.tables.columns import type_column
from pipeline.tables.recognisers import cell_cost
from pipeline.tables.texts import EMPTY, CellText, align_text, read_span
from pipeline.tables.typed import Column, ColumnKind, Row, TypedTable

MAX_ROWS = 20_000
MAX_COLUMNS = 300
MAX_HEADER_ROWS = 6
_CARRIED: frozenset[ColumnKind] = frozenset({"strain", "species", "population", "drug", "reference"})
_BY_CONTENT: tuple[ColumnKind, ...] = ("sex", "dose", "route", "reference")
_FIT = 0.8
_NUMBER = re.compile(r"^[~<>≤≥+−–-]?\s?[\d.]*\d")
_HEADS = re.compile(
    r"^(?!(?:nd|na|n/a|ns|no|yes|none)$)(?=.*[A-Za-z%])"
    r"(?:\(?n\s?=|9[059] ?%|[^\d+−–<>-]|\d+(?:\.\d+)?\s?(?:[mµμ]?g|m[lL])\b)",
    re.IGNORECASE,
)
_STATISTIC = re.compile(
    r"^\W*(?:mean|median|sd|sem?|s\.d|p\b|p[ -]value|95|n\b|no\b|number|%|range|iqr|baseline|post|change"
    r"|follow|before"
    r"|after|score|change|difference|ci\b)",
    re.IGNORECASE,
)
_BELOW_NAME = re.compile(
    r"^\W*(?:n\s?=\s?\d[\d,]*|(?:ET[DR]|LSMD|OR|HR|RR|(?:mean |risk |rate |odds |hazards? )?(?:differences?|ratios?)"
    r"|(?:ls |adjusted )?mean|median)\b[^\d]*(?:9[059] ?% ?CI)?|9[059] ?% ?CI|[pP](?: value)?)\W*$"
)
"""Cells of a row that only heads those below it: sizes and statistics behind the name of what was measured."""
_SIZE_NAME = re.compile(r"^\W*(?:n|no\.?|number|total|sample size|participants|patients|subjects)\b", re.IGNORECASE)
_MASS = re.compile(r"\d ?(?:mg|[µμ]g|g|ppm|mmol|[µμ]M|mM|nM)\b")


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place of the laid-out grid: its cell, and whether the cell began in an earlier row or column."""

    text: CellText
    below: bool = False
    beside: bool = False
    width: int = 1


def read_grid(document: Document, table: Table) -> TypedTable | None:
    """Return the typed table of one with cells; ``None`` where it has no header or no body."""
    problems: list[str] = []
    rows = _lay_out(document, table.cells, problems)
    header_rows = _extend_header(rows, _count_header_rows(table.cells, rows))
    if not rows or header_rows >= len(rows):
        return None
    width = max(len(row) for row in rows)
    columns = tuple(_head_column(rows[:header_rows], column) for column in range(width))
    body = _collect_body(rows[header_rows:], width, rows[header_rows - 1] if header_rows else [])
    columns = _type_by_content(columns, body)
    caption = EMPTY if table.caption_span is None else read_span(document.source, table.caption_span)
    return TypedTable(table.number, caption, columns, tuple(_fill_blanks(body, columns)), tuple(problems))


def _lay_out(document: Document, cells: Sequence[Cell], problems: list[str]) -> list[list[_Slot]]:
    """Return the grid row by row; spans that reach beyond the table's real extent are cut."""
    kept = [cell for cell in cells if cell.row < MAX_ROWS and cell.column < MAX_COLUMNS]
    if len(kept) < len(cells):
        problems.append(f"{len(cells) - len(kept)} cells beyond {MAX_ROWS} rows or {MAX_COLUMNS} columns were left out")
    height = max((cell.row for cell in kept), default=-1) + 1
    width = max((cell.column for cell in kept), default=-1) + 1
    for cell in kept:
        if cell.text and cell.row < MAX_HEADER_ROWS:
            width = max(width, min(cell.column + cell.colspan, MAX_COLUMNS))
    grid: list[list[_Slot | None]] = [[None] * width for _ in range(height)]
    for cell in sorted(kept, key=lambda item: (item.row, item.column)):
        text = align_text(cell.text, document.source, cell.spans, marks=cell.marks)
        across = min(max(cell.colspan, 1), width - cell.column)
        for row in range(cell.row, min(cell.row + max(cell.rowspan, 1), height)):
            for column in range(cell.column, cell.column + across):
                if grid[row][column] is None:
                    grid[row][column] = _Slot(text, row > cell.row, column > cell.column, across)
    return [[slot or _Slot(EMPTY) for slot in row] for row in grid]


def _count_header_rows(cells: Sequence[Cell], rows: Sequence[Sequence[_Slot]]) -> int:
    flagged = [cell.row for cell in cells if cell.header and cell.text and cell.column > 0]
    if not flagged:
        return 1 if len(rows) > 1 else 0
    body = {cell.row for cell in cells if not cell.header and cell.text}
    count = 0
    while (count in flagged and count not in body) or (count not in body and count < min(flagged)):
        count += 1
        if count >= MAX_HEADER_ROWS:
            break
    return count or 1


def _extend_header(rows: Sequence[Sequence[_Slot]], count: int) -> int:
    """Return the count of header rows with those added that the format took for body rows.

    Such a row holds words, sizes and doses above columns of numbers: "Mean", "(n = 30)", "5 mg/day".
    """
    while 0 < count < min(len(rows) - 1, MAX_HEADER_ROWS):
        texts = _own_texts(rows[count])
        if _heads_block(rows[count]) and any(_heads_block(row) for row in rows[count + 1 :]):
            break
        if not _reads_as_head(rows[count]):
            break
        if rows[count][0].text.text and not all(_STATISTIC.match(text) for text in texts):
            break
        run = 1
        while count + run < min(len(rows) - 1, MAX_HEADER_ROWS) and not rows[count][0].text.text:
            if rows[count + run][0].text.text or not _reads_as_head(rows[count + run]):
                break
            run += 1
        taken = next((more for more in range(run, 0, -1) if _stands_above_numbers(rows[count + more :])), 0)
        if not taken:
            break
        count += taken
    return count


def _own_texts(row: Sequence[_Slot]) -> list[str]:
    return [slot.text.text for slot in row[1:] if slot.text.text and not slot.beside]


def _reads_as_head(row: Sequence[_Slot]) -> bool:
    texts = _own_texts(row)
    return len(texts) >= 2 and all(_HEADS.match(text) for text in texts)


def _heads_block(row: Sequence[_Slot]) -> bool:
    """Whether a row names what the rows below it hold, and gives no more than the arms' sizes or what is computed."""
    texts = _own_texts(row)
    return bool(row[0].text.text) and bool(texts) and all(_BELOW_NAME.match(text) for text in texts)


def _stands_above_numbers(rows: Sequence[Sequence[_Slot]]) -> bool:
    below = [slot.text.text for row in rows[:5] for slot in row[1:] if slot.text.text]
    return sum(_NUMBER.match(text) is not None for text in below) >= 0.7 * len(below)


def _head_column(rows: Sequence[Sequence[_Slot]], column: int) -> Column:
    parts: list[CellText] = []
    for row in rows:
        text = row[column].text
        if text.text and (not parts or parts[-1] != text):
            parts.append(text)
    return replace(type_column(_join_header(parts)), levels=tuple(parts))


def _join_header(parts: Sequence[CellText]) -> CellText:
    if not parts:
        return EMPTY
    joined = parts[0]
    for part in parts[1:]:
        joined = CellText(f"{joined.text} {part.text}", (*joined.offsets, -1, *part.offsets))
    return joined


def _collect_body(rows: Sequence[Sequence[_Slot]], width: int, header: Sequence[_Slot]) -> list[Row]:
    body: list[Row] = []
    heads: list[CellText] = []
    section: list[CellText] = []
    fresh = False
    names = [slot.text.text for slot in header]
    for slots in rows:
        texts = [slot.text.text for slot in slots]
        if not any(texts) or texts == names:
            continue
        own = [index for index, slot in enumerate(slots) if slot.text.text and not slot.beside]
        first = slots[own[0]]
        spanning = first.width >= max(2, width - 1)
        if len(own) == 1 and own[0] == 0 and not first.below and (spanning or width > 2) and width > 1:
            heads = [heads[-1], first.text] if fresh else [first.text]
            section = heads
            fresh = True
            continue
        if _heads_block(slots) and re.search(r"[A-Za-z]{2}", first.text.text) and not _SIZE_NAME.match(first.text.text):
            heads = [*section, first.text]
            continue
        fresh = False
        cells = tuple(EMPTY if slot.beside else slot.text for slot in slots)
        shared = frozenset(index for index, slot in enumerate(slots) if slot.below and slot.text.text)
        body.append(Row(len(body), cells, tuple(heads), shared))
    return body


def _type_by_content(columns: tuple[Column, ...], rows: Sequence[Row]) -> tuple[Column, ...]:
    typed = list(columns)
    for index, column in enumerate(columns):
        if column.kind != "unknown":
            continue
        texts = [row.cells[index].text for row in rows[:200] if row.cells[index].text]
        if len(texts) < 3:
            continue
        for kind in _BY_CONTENT:
            if kind == "dose" and not any(_MASS.search(text) for text in texts):
                continue
            if kind == "sex" and not any("male" in text.lower() for text in texts):
                continue
            if kind == "reference" and not any("et al" in text for text in texts):
                continue
            if sum(cell_cost(kind, text) <= 0.3 for text in texts) >= _FIT * len(texts):
                typed[index] = replace(column, kind=kind)
                break
    return tuple(typed)


def _fill_blanks(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Return the rows with leading cells that were left blank under an equal value filled from above."""
    filled_rows: list[Row] = []
    for row in rows:
        before = filled_rows[-1] if filled_rows else None
        filled = row
        if before is not None and before.subheaders == row.subheaders:
            for index, column in enumerate(columns):
                if row.cells[index].text or column.kind not in _CARRIED or not before.cells[index].text:
                    break
                cells = (*filled.cells[:index], before.cells[index], *filled.cells[index + 1 :])
                filled = replace(filled, cells=cells, shared=filled.shared | {index})
        filled_rows.append(filled)
    return filled_rows
