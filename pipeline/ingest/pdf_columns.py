"""Columns and reading order of a page: gutters by lines that stand side by side, zones between full-width lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.ingest.pdf_lines import Piece, sort_lines
from pipeline.ingest.sections import recognise_section

_MIN_PAIRS: Final = 5
_MIN_GUTTER: Final = 5.0


@dataclass(frozen=True, slots=True)
class Column:
    """Lines of one column of one zone, from top to bottom, with the column's left and right edge.

    ``narrow`` says that the column is much narrower than its neighbour, as margin notes are.
    """

    lines: tuple[Piece, ...]
    left: float
    right: float
    narrow: bool = False


def order_columns(pieces: Sequence[Piece], *, width: float, body_size: float) -> list[Column]:
    """Return the columns of a page in reading order.

    Args:
        pieces: the running text, without furniture and tables.
        width: the page's width.
        body_size: the size of most of the document's text.
    """
    if not pieces:
        return []
    gutters = find_gutters(pieces, width=width)
    bounds = _column_bounds(pieces, gutters)
    spanning: list[Piece] = []
    placed: list[list[Piece]] = [[] for _ in bounds]
    for piece in pieces:
        if any(piece.x0 < gutter - 2 and piece.x1 > gutter + 2 for gutter in gutters) or (
            gutters and _opens_list(piece, pieces)
        ):
            spanning.append(piece)
        else:
            middle = (piece.x0 + piece.x1) / 2
            placed[sum(middle > gutter for gutter in gutters)].append(piece)
    main = max((right - left for left, right in bounds), default=width)
    narrow = [
        right - left < 0.6 * main and _average_size(column) < body_size - 0.4
        for (left, right), column in zip(bounds, placed, strict=True)
    ]
    columns: list[Column] = []
    lines = sort_lines(spanning)
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    remaining = placed
    at = 0
    while True:
        line = lines[at] if at < len(lines) else None
        above: list[list[Piece]] = []
        below: list[list[Piece]] = []
        for number, column in enumerate(remaining):
            if narrow[number] and line is not None:
                above.append([])
                below.append(column)
                continue
            above.append([piece for piece in column if line is None or piece.base >= line.base - 1])
            below.append([piece for piece in column if line is not None and piece.base < line.base - 1])
        for number, column in enumerate(above):
            if column:
                columns.append(Column(tuple(sort_lines(column)), *bounds[number], narrow=narrow[number]))
        if line is None:
            break
        run = [line]
        floor = max((piece.base for column in below for piece in column), default=-1.0)
        while at + 1 < len(lines) and lines[at + 1].base > floor + 1:
            at += 1
            run.append(lines[at])
        columns.append(Column(tuple(run), left, right))
        remaining = below
        at += 1
    return columns


def _opens_list(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a piece titles the reference list and stands below all columns beside it, so that a new zone begins."""
    if len(piece.text) > 40 or recognise_section(piece.text) != "references":
        return False
    return not any(
        other is not piece
        and piece.base - 3.5 * piece.size < other.base < piece.base + 1.5 * piece.size
        and (other.base > piece.base - 3 or (other.x0 > piece.x1 + 100 and other.base > piece.base - 0.9 * piece.size))
        for other in pieces
    )


def find_gutters(pieces: Sequence[Piece], *, width: float) -> list[float]:
    """Return the x of each gutter, from left to right: where long lines end left and others begin right of it."""
    gutters: list[float] = []
    _split(list(pieces), width, gutters, depth=0)
    return sorted(gutters)


def _split(pieces: Sequence[Piece], width: float, gutters: list[float], *, depth: int) -> None:
    long = [piece for piece in pieces if piece.x1 - piece.x0 > 0.1 * width]
    if len(long) < 2 * _MIN_PAIRS or depth > 2:
        return
    ordered = sorted(long, key=lambda piece: -piece.base)
    intervals: list[tuple[float, float]] = []
    for index, piece in enumerate(ordered):
        for other in _neighbours(ordered, index):
            if other.x0 > piece.x1 + _MIN_GUTTER and other.x0 - piece.x1 < 0.25 * width:
                between = [
                    third
                    for third in _neighbours(ordered, index)
                    if third is not other and third.x0 > piece.x1 and third.x1 < other.x0
                ]
                if not between:
                    intervals.append((piece.x1, other.x0))
    if len(intervals) < _MIN_PAIRS:
        return
    gutter = _stab(intervals)
    votes = sum(low <= gutter <= high for low, high in intervals)
    left = [piece for piece in pieces if piece.x1 <= gutter + 2]
    right = [piece for piece in pieces if piece.x0 >= gutter - 2]
    if votes < _MIN_PAIRS or len(left) < _MIN_PAIRS or len(right) < _MIN_PAIRS:
        return
    crossing = [piece for piece in long if piece.x0 < gutter - 2 and piece.x1 > gutter + 2]
    beside = [piece for piece in crossing if any(abs(piece.base - other.base) < 3 for other in (*left, *right))]
    if len(beside) > 0.5 * votes:
        return
    gutters.append(gutter)
    _split(left, width, gutters, depth=depth + 1)
    _split(right, width, gutters, depth=depth + 1)


def _neighbours(ordered: Sequence[Piece], index: int) -> list[Piece]:
    """Return the pieces that overlap the indexed one in height, by walking outwards from it."""
    piece = ordered[index]
    found = []
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(ordered) and abs(ordered[at].base - piece.base) < 0.7 * piece.size:
            found.append(ordered[at])
            at += step
    return found


def _stab(intervals: Sequence[tuple[float, float]]) -> float:
    """Return the middle of the stretch that most intervals share."""
    events = sorted([(low, 0) for low, _ in intervals] + [(high, 1) for _, high in intervals])
    depth = best = 0
    place = events[0][0]
    for index, (x, kind) in enumerate(events):
        if kind == 0:
            depth += 1
            if depth > best:
                best = depth
                following = events[index + 1][0] if index + 1 < len(events) else x
                place = (x + following) / 2
        else:
            depth -= 1
    return place


def _column_bounds(pieces: Sequence[Piece], gutters: Sequence[float]) -> list[tuple[float, float]]:
    edges = [float("-inf"), *gutters, float("inf")]
    bounds = []
    for low, high in itertools.pairwise(edges):
        inside = [piece for piece in pieces if piece.x0 >= low - 2 and piece.x1 <= high + 2]
        long = [piece for piece in inside if len(piece.text) > 25] or inside or list(pieces)
        bounds.append((min(piece.x0 for piece in long), max(piece.x1 for piece in long)))
    return bounds


def _average_size(pieces: Sequence[Piece]) -> float:
    weight = sum(len(piece.text) for piece in pieces)
    return sum(piece.size * len(piece.text) for piece in pieces) / weight if weight else 0.0
