"""Tables that a tool printed with a cell a line: row after row, or column after column.

By rows, one name stands before each run of values, and most runs are as long as the header. By columns, the pieces
fill a grid with a head on top of each column, and each column holds names or values alone. A row whose run is shorter
than the others lost a cell, nobody can say which: it is left out and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import Cell
from pipeline.tables.columns import classify_header
from pipeline.tables.studied import SIZE, STATISTIC
from pipeline.tables.texts import CellText, join_words
from pipeline.tables.units import cut_lines
from pipeline.tables.words import Word

MAX_NAMES, MAX_WIDTH = 3, 24
_LEAST_PIECES, _LEAST_HEIGHT = 6, 3
_LEAST_SINGLE, _APART, _LEAST_REGULAR, _LEAST_FIT = 0.85, 0.6, 0.75, 0.97
_ARM = re.compile(r"\b(?:control|placebo|vehicle|group|total|ci|p)\b|%", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between blank lines, or on one line: a cell."""

    text: CellText
    value: bool


_Row = tuple[tuple[int, ...], ...]
"""The pieces of each cell of a row; a lone cell spans all columns."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """The rows, the header's first, the texts of the heads, and what was left out."""

    rows: tuple[_Row, ...]
    heads: tuple[str, ...]
    problems: tuple[str, ...] = ()


def read_stacked(words: Sequence[Word]) -> tuple[tuple[Cell, ...], tuple[str, ...]] | None:
    """Return the cells of a table printed with a cell a line, and what was left out.

    ``None`` where it is no such table, or too much is missing.
    """
    pieces = _cut_pieces(words)
    while pieces and not pieces[-1].value:
        pieces.pop()
    if len(pieces) < _LEAST_PIECES or pieces[0].value:
        return None
    by_rows = _by_rows(pieces) or _by_period(pieces)
    found = [layout for layout in (by_rows, _by_columns(pieces)) if layout is not None]
    if not found:
        return None
    layout = max(found, key=lambda layout: _share_known(layout.heads))
    return tuple(_list_cells(pieces, layout)), layout.problems


def _cut_pieces(words: Sequence[Word]) -> list[_Piece]:
    """Return the cells; empty where lines hold several."""
    lines = [list(run) for _, run in groupby(words, key=lambda word: word.line)]
    if not lines:
        return []
    apart = sum(line[0].after_blank for line in lines) >= _APART * len(lines)
    groups: list[list[Word]] = []
    for line in lines:
        if groups and apart and not line[0].after_blank:
            groups[-1].extend(line)
        else:
            groups.append(line)
    several = 0
    pieces: list[_Piece] = []
    for group in groups:
        units = [unit for line in cut_lines(group) for unit in line]
        numbers = sum(unit.kind == "value" for unit in units)
        several += numbers > 0 and len(units) > 1
        if len(groups) - several < _LEAST_SINGLE * len(groups):
            return []
        pieces.append(_Piece(join_words((word.text, word.start) for word in group), numbers == len(units) == 1))
    return pieces


def _by_rows(pieces: Sequence[_Piece]) -> _Layout | None:
    """Return the layout of a table printed row after row; ``None`` where too few of its runs fit."""
    runs = [[at for at, _ in run] for _, run in groupby(enumerate(pieces), key=lambda item: item[1].value)]
    names, values = runs[::2], runs[1::2]
    width = Counter(map(len, values)).most_common(1)[0][0]
    if len(values) < 2 or sum(len(run) == width for run in values) < _LEAST_REGULAR * len(values):
        return None
    first = len(names[0]) - 1
    corner = first > width
    if first < width or first - width - corner > 1 or any(len(run) > MAX_NAMES for run in names[1:]):
        return None
    heads = [(at,) for at in names[0][corner : width + corner]]
    rows: list[_Row] = [((0,) if corner else (), *heads)]
    problems: list[str] = []
    for run, own in zip([names[0][width + corner :], *names[1:]], values, strict=True):
        if len(run) > 1:
            rows.append((tuple(run[:-1]),))
        if len(own) == width:
            rows.append(((run[-1],), *((at,) for at in own)))
        else:
            name = pieces[run[-1]].text.text
            problems.append(f"the row {name!r} has {len(own)} values for {width} columns and was left out")
    return _Layout(tuple(rows), tuple(_join(pieces, head).text for head in heads), tuple(problems))


def _by_period(pieces: Sequence[_Piece]) -> _Layout | None:
    """Return the layout of a table printed row after row whose rows are named by numbers, by the heads before them."""
    width = next((at for at, piece in enumerate(pieces) if piece.value), 0)
    height, rest = divmod(len(pieces), width) if 1 < width <= MAX_WIDTH else (0, 1)
    if rest or height < _LEAST_HEIGHT:
        return None
    rows = [tuple((at,) for at in range(start, start + width)) for start in range(0, len(pieces), width)]
    if any(sum(pieces[row[column][0]].value for row in rows) < _LEAST_REGULAR * height for column in range(width)):
        return None
    return _Layout(tuple(rows), tuple(pieces[at].text.text for at in range(width)))


def _by_columns(pieces: Sequence[_Piece]) -> _Layout | None:
    """Return the layout of a table printed column after column; ``None`` where its pieces fill no grid."""
    best: tuple[float, int, _Layout] | None = None
    for corner in (False, True):
        count = len(pieces) + corner
        for width in range(2, MAX_WIDTH + 1):
            height, rest = divmod(count, width)
            if rest or height < _LEAST_HEIGHT:
                continue
            columns = [[at - corner for at in range(start, start + height)] for start in range(0, count, height)]
            fit = _fit_columns(pieces, columns)
            if fit >= _LEAST_FIT and (best is None or (fit, -width) > best[:2]):
                rows = tuple(
                    tuple(() if column[row] < 0 else (column[row],) for column in columns) for row in range(height)
                )
                heads = tuple(pieces[column[0]].text.text for column in columns[1:])
                best = (fit, -width, _Layout(rows, heads))
    return None if best is None else best[2]


def _fit_columns(pieces: Sequence[_Piece], columns: Sequence[Sequence[int]]) -> float:
    """Return how far each column is a head with names alone or values alone below it, 0 where a head is a value."""
    if any(at >= 0 and pieces[at].value for at in (column[0] for column in columns)):
        return 0.0
    bodies = [[pieces[at].value for at in column[1:]] for column in columns]
    if any(bodies[0]) or not any(all(body) for body in bodies[1:]):
        return 0.0
    return sum(max(sum(body), len(body) - sum(body)) / len(body) for body in bodies) / len(bodies)


def _share_known(heads: Sequence[str]) -> float:
    """Return how many of the heads read as heads: a known column, an arm with its size, a statistic."""
    known = sum(
        classify_header(head) != "unknown" or any(pattern.search(head) for pattern in (SIZE, STATISTIC, _ARM))
        for head in heads
    )
    return known / len(heads)


def _join(pieces: Sequence[_Piece], places: Sequence[int]) -> CellText:
    parts = [pieces[at].text for at in places]
    text = " ".join(part.text for part in parts)
    offsets: list[int] = []
    for part in parts:
        offsets += [-1, *part.offsets] if offsets else part.offsets
    return CellText(text, tuple(offsets))


def _list_cells(pieces: Sequence[_Piece], layout: _Layout) -> Iterator[Cell]:
    width = len(layout.rows[0])
    for row, cells in enumerate(layout.rows):
        for column, places in enumerate(cells):
            text = _join(pieces, places)
            yield Cell(
                text=text.text, spans=text.spans(), row=row, column=column, rowspan=1,
                colspan=width if len(cells) == 1 else 1, header=row == 0,
            )  # fmt: skip
