"""Cells of a table on a page: columns by the white space that runs through its rows, header by the rules."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from pipeline.ingest.pdf_floats import Float
from pipeline.ingest.pdf_lines import Piece
from pipeline.ingest.pdf_rows import group_rows
from pipeline.ingest.pdf_words import Word

_MIN_GAP: Final = 0.35
MAX_COLUMNS: Final = 40


@dataclass(slots=True)
class GridCell:
    """Words of a cell with its place in the grid."""

    words: list[Word]
    row: int
    column: int
    colspan: int = 1
    header: bool = False


def find_cells(item: Float) -> list[list[GridCell]] | None:
    """Return a table's rows of cells, or None where its columns cannot be told apart."""
    lines = [sorted(line, key=lambda piece: piece.x0) for line in item.rows]
    if len(lines) < 2:
        return None
    size = median(piece.size for line in lines for piece in line)
    bands = find_bands(lines, size=size)
    if not 2 <= len(bands) <= MAX_COLUMNS:
        return None
    header_lines = _count_header(item, lines)
    placed = [_place(line, bands, number < header_lines) for number, line in enumerate(lines)]
    merged = _merge_lines(placed, lines, header_lines, item)
    for number, row in enumerate(merged):
        for cell in row:
            cell.row = number
    return merged


def find_bands(lines: Sequence[Sequence[Piece]], *, size: float) -> list[tuple[float, float]]:
    """Return the horizontal extent of each column, from left to right."""
    rows = [line for line in lines if len(line) > 1] or list(lines)
    edges = sorted({edge for line in rows for piece in line for edge in (piece.x0, piece.x1)})
    if len(edges) < 2:
        return []
    allowed = max(1, int(0.12 * len(rows))) if len(rows) > 3 else 0
    bands: list[list[float]] = []
    open_band = False
    for low, high in itertools.pairwise(edges):
        middle = (low + high) / 2
        depth = sum(any(piece.x0 < middle < piece.x1 for piece in line) for line in rows)
        covered = depth > allowed
        if covered and open_band:
            bands[-1][1] = high
        elif covered:
            if bands and low - bands[-1][1] < _MIN_GAP * size:
                bands[-1][1] = high
            else:
                bands.append([low, high])
        open_band = covered
    _add_sparse(rows, bands)
    return [(low, high) for low, high in sorted(bands)]


def _add_sparse(rows: Sequence[Sequence[Piece]], bands: list[list[float]]) -> None:
    """Add columns in which only few rows have anything."""
    for line in rows:
        for piece in line:
            if not any(low < piece.x1 and piece.x0 < high for low, high in bands):
                bands.append([piece.x0, piece.x1])


def _place(line: Sequence[Piece], bands: Sequence[tuple[float, float]], header: bool) -> list[GridCell]:
    cells: list[GridCell] = []
    for piece in line:
        for words in _cut_piece(piece, bands):
            x0, x1 = words[0].x0, words[-1].x1
            touched = [number for number, (low, high) in enumerate(bands) if x0 < high - 0.5 and x1 > low + 0.5]
            if not touched:
                touched = [min(range(len(bands)), key=lambda number: abs(bands[number][0] - x0))]
            if cells and cells[-1].column + cells[-1].colspan > touched[0]:
                last = cells[-1]
                last.words.extend(words)
                last.colspan = max(last.colspan, touched[-1] - last.column + 1)
            else:
                cells.append(GridCell(list(words), 0, touched[0], touched[-1] - touched[0] + 1, header))
    return cells


def _cut_piece(piece: Piece, bands: Sequence[tuple[float, float]]) -> list[list[Word]]:
    """Cut a piece where it runs on from one column into the next with a clear space at the boundary."""
    parts: list[list[Word]] = [[piece.words[0]]]
    for before, word in zip(piece.words, piece.words[1:], strict=False):
        gap = word.x0 - before.x1
        boundary = any(
            abs(word.x0 - low) < 0.6 * piece.size and bands[number][1] - 0.5 <= word.x0
            for number, (low, _) in enumerate(bands[1:])
        )
        if boundary and not word.glued and gap > 0.45 * piece.size:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def _count_header(item: Float, lines: Sequence[Sequence[Piece]]) -> int:
    bases = [line[0].base for line in lines]
    inner = [rule.y0 for rule in item.rules if bases[-1] + 1 < rule.y0 < bases[0] - 1]
    if inner:
        first = max(inner)
        above = sum(base > first for base in bases)
        if above <= max(6, len(lines) // 2):
            return above
    bold = 0
    for line in lines:
        if not all(piece.bold for piece in line):
            break
        bold += 1
    return bold if 0 < bold < len(lines) else 1


def _merge_lines(
    placed: list[list[GridCell]], lines: Sequence[Sequence[Piece]], header_lines: int, item: Float
) -> list[list[GridCell]]:
    """Join the lines of wrapped cells into rows."""
    rows: list[list[GridCell]] = []
    grouped = group_rows(
        placed,
        [line[0].base for line in lines],
        header_lines=header_lines,
        rules=[rule.y0 for rule in item.rules],
        size=median(piece.size for line in lines for piece in line),
    )
    for numbers in grouped:
        rows.append(placed[numbers[0]])
        for number in numbers[1:]:
            _add_cells(rows[-1], placed[number])
    return rows


def _add_cells(row: list[GridCell], cells: Sequence[GridCell]) -> None:
    for cell in cells:
        home = next((other for other in row if other.column <= cell.column < other.column + other.colspan), None)
        if home is None:
            row.append(cell)
        else:
            home.words.extend(cell.words)
    row.sort(key=lambda item: item.column)
