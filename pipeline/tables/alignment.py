"""The typed alignment of a flattened table: a cheapest path that cuts the words into rows and cells.

A table that reached us as text is a run of words in row order. The path starts rows, skips empty cells, fills cells
with runs of words, and sets whole lines aside as sub-headers, headers printed again, or a merged cell printed on a
line of its own. Costs come from the recognisers and from where lines and blank lines break. The search is a
semi-Markov Viterbi over (word, column) with the state of whether the last cell was wrapped, since a wrapped cell
explains a line break after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from pipeline.tables.recognisers import cell_cost, count_values
from pipeline.tables.typed import Column
from pipeline.tables.words import Word

PieceKind = Literal["cell", "row", "subheader", "header", "shared"]

MAX_CELL_WORDS = {"reference": 8, "sex": 4, "control": 5, "treated": 5, "change": 8, "n": 3, "p": 4, "met": 3}
MAX_OPEN_WORDS = 16
MAX_REGIMEN_WORDS = 40
SKIP = {"reference": 0.9, "route": 2.0, "schedule": 1.0, "duration": 1.5}
SKIP_OTHER = 2.8
ROW_AFTER_BLANK, ROW_AT_LINE, ROW_AFTER_GLUE, ROW_INSIDE_LINE = 0.0, 1.2, 1.2, 5.0
BREAK_IN_CELL, BLANK_IN_CELL = 0.5, 2.5
BREAK_BETWEEN, BLANK_BETWEEN, BREAK_AFTER_WRAP, BLANK_AFTER_WRAP = 0.8, 1.6, 0.2, 0.3
SUBHEADER, SUBHEADER_NO_BLANK, SUBHEADER_WITH_VALUE, SUBHEADER_AFTER_SUBHEADER = 2.6, 1.5, 3.0, 0.5
MAX_SUBHEADER_WORDS = 16
SHARED = 1.2
KNOWN_VALUE = -0.4
BEAM, LOOK_AHEAD = 8.0, 24
MANY_WORDS, NARROW_BEAM, NARROW_CELL = 6_000, 4.0, 10


@dataclass(frozen=True, slots=True)
class PathPiece:
    """A step of the path: a run of words ``[start, end)`` as a cell of ``column``, or a line of its own."""

    kind: PieceKind
    start: int
    end: int
    column: int = -1


@dataclass(frozen=True, slots=True)
class Alignment:
    """The cheapest path and its cost."""

    pieces: tuple[PathPiece, ...]
    cost: float


@dataclass(slots=True)
class _Node:
    cost: float
    piece: PathPiece | None
    before: _Node | None


def align_words(
    words: Sequence[Word],
    columns: Sequence[Column],
    *,
    header: Sequence[str],
    known: Mapping[int, frozenset[str]] | None = None,
) -> Alignment | None:
    """Return the cheapest reading of the words as rows of these columns; ``None`` where there is none.

    Args:
        header: the header's words, to recognise it where it is printed again.
        known: for each column, texts that an earlier pass found more than once in it.
    """
    count, width = len(words), len(columns)
    known = known or {}
    skip = [SKIP.get(column.kind, SKIP_OTHER) for column in columns]
    before_skip = [0.0]
    for cost in skip:
        before_skip.append(before_skip[-1] + cost)
    limits = [
        MAX_REGIMEN_WORDS if column.kind == "regimen" else MAX_CELL_WORDS.get(column.kind, MAX_OPEN_WORDS)
        for column in columns
    ]
    beam, dearest = BEAM, inf
    if count > MANY_WORDS:
        beam, dearest, limits = NARROW_BEAM, NARROW_BEAM, [min(limit, NARROW_CELL) for limit in limits]
    boundary: list[_Node | None] = [None] * (count + 1)
    boundary[0] = _Node(0.0, None, None)
    inside: list[list[_Node | None]] = [[None] * (2 * width) for _ in range(count + 1)]
    cheapest = [inf] * (count + 1)
    shared_columns = [index for index, column in enumerate(columns) if column.kind == "reference"]
    for position in range(count + 1):
        _close_row(position, inside, boundary, before_skip, width)
        if position == count:
            break
        entries = _entries(position, words, inside, boundary, before_skip, width)
        here = boundary[position]
        reach = min(inf if here is None else here.cost, *cheapest[position : position + LOOK_AHEAD])
        inside[position] = []
        for column, entry in enumerate(entries):
            if entry is not None and entry.cost <= reach + beam:
                _fill_cells(position, words, columns, column, entry, limits[column], dearest, known, inside, cheapest)
        node = boundary[position]
        if (node is not None and words[position].starts_line) or (
            position and words[position].glued and node is not None
        ):
            _set_lines_aside(position, words, columns, header, shared_columns, node, boundary)
    final = boundary[count]
    if final is None:
        return None
    pieces: list[PathPiece] = []
    walk: _Node | None = final
    while walk is not None:
        if walk.piece is not None:
            pieces.append(walk.piece)
        walk = walk.before
    return Alignment(tuple(reversed(pieces)), final.cost)


def _close_row(
    position: int,
    inside: list[list[_Node | None]],
    boundary: list[_Node | None],
    before_skip: Sequence[float],
    width: int,
) -> None:
    for slot, node in enumerate(inside[position]):
        if node is None:
            continue
        cost = node.cost + before_skip[width] - before_skip[slot // 2 + 1]
        current = boundary[position]
        if current is None or cost < current.cost:
            boundary[position] = _Node(cost, None, node)


def _entries(
    position: int,
    words: Sequence[Word],
    inside: list[list[_Node | None]],
    boundary: list[_Node | None],
    before_skip: Sequence[float],
    width: int,
) -> list[_Node | None]:
    """Return, for each column, the cheapest way to begin its cell at this word."""
    word = words[position]
    entries: list[_Node | None] = [None] * width
    row = boundary[position]
    if row is not None:
        start = row.cost + _row_cost(word, words[position - 1] if position else None)
        opened = _Node(start, PathPiece("row", position, position), row)
        for column in range(width):
            entries[column] = _Node(start + before_skip[column], None, opened)
    between = (_break_cost(word, wrapped=False), _break_cost(word, wrapped=True))
    for slot, node in enumerate(inside[position]):
        if node is None:
            continue
        last, wrapped = divmod(slot, 2)
        base = node.cost + between[wrapped] - before_skip[last + 1]
        for column in range(last + 1, width):
            cost = base + before_skip[column]
            current = entries[column]
            if current is None or cost < current.cost:
                entries[column] = _Node(cost, None, node)
    return entries


def _row_cost(word: Word, previous: Word | None) -> float:
    if previous is None or word.after_blank:
        return ROW_AFTER_BLANK
    if word.starts_line:
        return ROW_AT_LINE
    return ROW_AFTER_GLUE if word.glued else ROW_INSIDE_LINE


def _break_cost(word: Word, *, wrapped: bool) -> float:
    if word.after_blank:
        return BLANK_AFTER_WRAP if wrapped else BLANK_BETWEEN
    if word.starts_line:
        return BREAK_AFTER_WRAP if wrapped else BREAK_BETWEEN
    if word.glued:
        return 4.0
    return -0.5 if word.gap >= 3 else 0.0


def _fill_cells(
    position: int,
    words: Sequence[Word],
    columns: Sequence[Column],
    column: int,
    entry: _Node,
    limit: int,
    dearest: float,
    known: Mapping[int, frozenset[str]],
    inside: list[list[_Node | None]],
    cheapest: list[float],
) -> None:
    text = ""
    breaks = 0.0
    wrapped = 0
    kind = columns[column].kind
    texts = known.get(column, frozenset())
    for end in range(position + 1, min(position + limit, len(words)) + 1):
        word = words[end - 1]
        if end - 1 > position:
            if word.glued:
                break
            if word.after_blank:
                breaks += BLANK_IN_CELL
                wrapped = 1
            elif word.starts_line:
                breaks += BREAK_IN_CELL if kind != "regimen" else 0.0
                wrapped = 1
            elif word.gap >= 3:
                breaks += 1.5
        text = f"{text} {word.text}" if text else word.text
        if breaks > 8:
            break
        cost = entry.cost + breaks + cell_cost(kind, text)
        if text in texts:
            cost += KNOWN_VALUE
        if cost > entry.cost + dearest:
            break
        slot = 2 * column + wrapped
        current = inside[end][slot]
        if current is None or cost < current.cost:
            inside[end][slot] = _Node(cost, PathPiece("cell", position, end, column), entry)
            cheapest[end] = min(cheapest[end], cost)


def _set_lines_aside(
    position: int,
    words: Sequence[Word],
    columns: Sequence[Column],
    header: Sequence[str],
    shared_columns: Sequence[int],
    node: _Node,
    boundary: list[_Node | None],
) -> None:
    def offer(end: int, cost: float, piece: PathPiece) -> None:
        current = boundary[end]
        if current is None or node.cost + cost < current.cost:
            boundary[end] = _Node(node.cost + cost, piece, node)

    count = len(words)
    if position + len(header) <= count and all(
        words[position + index].text == text for index, text in enumerate(header)
    ):
        offer(position + len(header), 0.0, PathPiece("header", position, position + len(header)))
    blank = 0.0 if words[position].after_blank or position == 0 else SUBHEADER_NO_BLANK
    for end in range(position + 1, min(position + MAX_SUBHEADER_WORDS, count) + 1):
        word = words[end - 1]
        if end - 1 > position and word.after_blank:
            break
        at_end = end == count or words[end].starts_line
        text = " ".join(item.text for item in words[position:end])
        if (at_end or words[end].glued) and end - position <= 8:
            for column in shared_columns:
                offer(end, SHARED + cell_cost(columns[column].kind, text), PathPiece("shared", position, end, column))
        if at_end and words[position].starts_line:
            cost = SUBHEADER + blank
            if end < count and not words[end].after_blank:
                cost += SUBHEADER_NO_BLANK
            cost += SUBHEADER_WITH_VALUE * count_values(text)
            if node.piece is not None and node.piece.kind == "subheader":
                cost += SUBHEADER_AFTER_SUBHEADER
            offer(end, cost, PathPiece("subheader", position, end))
