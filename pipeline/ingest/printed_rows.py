"""Printed lines as rows of pieces, and the strip of blank columns at which a page's rows part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.ingest.lines import TextLine

# What two or more spaces part; a label ("12.", "[3]", "•") belongs to what it stands before.
_PIECE = re.compile(r"(?:(?<!\S)(?:[\[(]?\d{1,3}[.\])]{1,2}|[•▪■–-]) {2,9}(?=\S))?\S+(?: \S+)*")
_WORD = re.compile(r"[^\W\d_]{2,}")
JITTER = 2
_INDENT = 6
_CANDIDATES = 8
LEAST = 4
"""Rows with text on both sides that make a gutter."""

LEAST_STAGGERED = 6
"""Rows of each column that make a gutter where no row has text of both."""

RowKind = Literal["blank", "pair", "cells", "edge", "left", "right", "wide", "across"]


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line: ``pieces`` are the character columns, half-open, of what two or more spaces part."""

    line: TextLine
    pieces: tuple[tuple[int, int], ...]

    def read(self, low: int, high: int) -> str:
        """Return what is printed in the character columns from ``low`` to ``high``."""
        indent = self.line.indent
        return self.line.text[max(low - indent, 0) : max(high - indent, 0)]


def make_row(line: TextLine) -> Row:
    indent = line.indent
    return Row(line, tuple((indent + m.start(), indent + m.end()) for m in _PIECE.finditer(line.text)))


def find_gutter(rows: Sequence[Row], *, least: int = LEAST) -> tuple[int, int]:
    """Return the character column at which the right column starts, and how many rows are text on both sides."""
    paired: Counter[int] = Counter()
    for row in rows:
        paired.update(start for start, _ in row.pieces[1:])
    best = (0, 0)
    likely = [start for start, _ in sorted(paired.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]]
    # A column's edge may show in fewer lines than the indent of its quotations or of its list.
    edges = {edge for start in likely for edge in range(start - _INDENT, start) if paired[edge] >= 2}
    several = [row for row in rows if len(row.pieces) > 1]
    for start in (*likely, *sorted(edges - {*likely})):
        pairs = [row for row in several if classify_row(row, start) == "pair"]
        texts = [row for row in pairs if is_text(row, start)]
        if len(texts) < least or 2 * len(texts) < len(pairs) or not _are_filled(texts, start):
            continue
        if len(texts) > best[1]:
            best = (start, len(texts))
    return best if best[1] else _find_staggered(rows)


def _find_staggered(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the gutter of columns whose lines are never level, so that each row holds text of one of them."""
    filled = [row for row in rows if len(row.pieces) == 1 and count_words(row, *row.pieces[0]) >= 3]
    starts = Counter(row.pieces[0][0] for row in filled)
    for start, count in sorted(starts.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]:
        sides = [
            row.pieces[0][0] >= start - JITTER
            for row in filled
            if row.pieces[0][1] < start or row.pieces[0][0] >= start - JITTER
        ]
        turns = sum(left != right for left, right in pairwise(sides))
        if (
            count >= LEAST_STAGGERED
            and turns >= 0.75 * len(sides)
            and len(sides) >= 2 * LEAST_STAGGERED
            and start >= 20
        ):
            return start, turns // 2
    return 0, 0


def cut_at(row: Row, gutter: int) -> int:
    """Return where a row is cut: at its first piece at the gutter or behind it."""
    for start, _ in row.pieces:
        if start >= gutter - JITTER:
            return start
    return gutter


def classify_row(row: Row, gutter: int) -> RowKind:
    if not row.pieces:
        return "blank"
    left = False
    for start, end in row.pieces:
        if start >= gutter - JITTER:
            if not left:
                return "right"
            if start > gutter + _INDENT:
                return "wide"
            return "cells" if _is_cells(row, gutter) else "pair"
        if end > gutter - 1:
            return "edge" if row.read(gutter - 1, gutter) == " " else "across"
        left = True
    return "left"


def is_text(row: Row, gutter: int) -> bool:
    """Whether both sides of a row are a few words each; each piece of three has to be some words of its own."""
    pieces = [(start >= cut_at(row, gutter), count_words(row, start, end)) for start, end in row.pieces]
    if len(pieces) > 3 or (len(pieces) == 3 and min(words for _, words in pieces) < 2):
        return False
    left = sum(words for right, words in pieces if not right)
    return left >= 2 and sum(words for _, words in pieces) - left >= 3


def count_words(row: Row, start: int, end: int) -> int:
    return len(_WORD.findall(row.read(start, end)))


def _is_cells(row: Row, gutter: int) -> bool:
    if len(row.pieces) == 3:
        return all(count_words(row, start, end) <= 2 for start, end in row.pieces)
    return len(row.pieces) > 3 and not has_whole_side(row, gutter)


def has_whole_side(row: Row, gutter: int) -> bool:
    """Whether what stands on one side of the gutter is one piece of words, though the other may be cells."""
    cut = cut_at(row, gutter)
    sides = ([p for p in row.pieces if p[0] < cut], [p for p in row.pieces if p[0] >= cut])
    return any(len(side) == 1 and count_words(row, *side[0]) >= 3 for side in sides)


def _are_filled(rows: Sequence[Row], gutter: int) -> bool:
    """Whether the lines of both columns mostly run to the column's end, as wrapped text does."""
    low = min(row.pieces[0][0] for row in rows)
    lefts = [max(end for start, end in row.pieces if start < cut_at(row, gutter)) - low for row in rows]
    rights = [row.pieces[-1][1] - gutter for row in rows]
    return all(_reach_width(lengths) >= 0.45 * len(rows) for lengths in (lefts, rights))


def _reach_width(lengths: Sequence[int]) -> int:
    wide = sorted(lengths)[(len(lengths) * 9) // 10]
    return sum(length >= 0.8 * wide for length in lengths)
