"""The region of a table below its caption: its rows down to the last rule, and the notes under it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from pipeline.ingest.pdf_glyphs import Rule
from pipeline.ingest.pdf_lines import Piece

_SAME_EDGE: Final = 8.0
_NEAR_RULE: Final = 40.0
_HEADER_LINES: Final = 4
_SIGNED: Final = re.compile(r"[*∗†‡§¶‖#]{1,4}\s?\w")
"""How a note begins that a cell's sign points to: it may stand further off than the next line would."""


class Region:
    """Rows and notes of a table found so far, from its caption downwards.

    Args:
        caption: the caption's pieces.
        rules: the page's horizontal rules from top to bottom.
        bounds: left and right edge of the caption's column, for tables without rules.
        floor: the height of the next caption below.
        body_size: the size of the document's running text.
    """

    def __init__(
        self,
        caption: Sequence[Piece],
        rules: Sequence[Rule],
        *,
        bounds: tuple[float, float],
        floor: float,
        body_size: float,
    ) -> None:
        self.low = min(piece.base for piece in caption)
        left, right = min(piece.x0 for piece in caption), max(piece.x1 for piece in caption)
        near = [rule for rule in rules if floor < rule.y0 < self.low + 3 and rule.x0 < right and rule.x1 > left - 5]
        first = next((rule for rule in near if self.low - rule.y0 < _NEAR_RULE), None)
        self.ruled = first is not None
        self.x0, self.x1 = (min(first.x0, left), first.x1) if first is not None else bounds
        self.mates = [] if first is None else [rule for rule in near if _same_extent(rule, first)]
        self.floor = floor
        self.body_size = body_size
        self.rows: list[list[Piece]] = []
        self.notes: list[Piece] = []

    def collect(self, pieces: Sequence[Piece]) -> None:
        """Fill rows and notes from the pieces below the caption."""
        lines = self._group(pieces)
        bottom = self.low
        for number, line in enumerate(lines):
            base = line[0].base
            size = max(piece.size for piece in line)
            gap = bottom - base
            if self._is_foreign(line, size):
                break
            if self.notes:
                if gap > (3.0 if _SIGNED.match(line[0].text) else 1.9) * size or len(line) > 2:
                    break
                self.notes.extend(line)
            elif self._is_inside(base, size) or (self.ruled and self._lacks_body(lines[number : number + 4])):
                if gap > 14 * size:
                    break
                self.rows.append(line)
            elif self.ruled:
                if gap > 3.0 * size or size > self.body_size - 0.2 or not self.rows:
                    break
                self.notes.extend(line)
            elif gap > 3.2 * size or self._is_prose(line):
                break
            else:
                self.rows.append(line)
            bottom = base
        self._close(bottom)

    def _group(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        inside = [
            piece
            for piece in pieces
            if self.floor + 1 < piece.base < self.low and piece.x1 > self.x0 - 3 and piece.x0 < self.x1 + 3
        ]
        lines: list[list[Piece]] = []
        for piece in sorted(inside, key=lambda item: (-item.base, item.x0)):
            apart = abs(lines[-1][0].base - piece.base) / min(piece.size, lines[-1][0].size) if lines else 1.0
            beside = bool(lines) and all(piece.x0 > other.x1 or piece.x1 < other.x0 for other in lines[-1])
            if apart < 0.35 or (apart < 0.45 and beside):
                lines[-1].append(piece)
            else:
                lines.append([piece])
        return [sorted(line, key=lambda piece: piece.x0) for line in lines]

    def _is_inside(self, base: float, size: float) -> bool:
        return any(rule.y0 < base + 0.3 * size for rule in self.mates)

    def _lacks_body(self, following: Sequence[Sequence[Piece]]) -> bool:
        """Whether only header lines stand above the last rule, so that rows follow it unclosed."""
        if not self.rows or not self.mates:
            return True
        last = self.mates[-1].y0
        above = [row for row in self.rows if row[0].base > last]
        inner = [rule.y0 for rule in self.mates if rule.y0 > last + 2]
        between = [row for row in above if not inner or row[0].base < min(inner)]
        if len(above) < len(self.rows):
            near = self.rows[-1][0].base - following[0][0].base < 1.6 * following[0][0].size
            return len(following[0]) > 1 or near or self._goes_on(following, above=len(above))
        if len(between) > _HEADER_LINES or len(above) > 2 * _HEADER_LINES:
            return False
        if len(following[0]) > 1 and self._is_own_type(following[0]):
            return True
        return 2 * sum(len(line) > 1 for line in following) > len(following)

    def _goes_on(self, following: Sequence[Sequence[Piece]], *, above: int) -> bool:
        """Whether a line of one cell is a row of a table without a last rule: in its type, at its rows' distance."""
        body = self.rows[above:]
        pitches = [first[0].base - second[0].base for first, second in itertools.pairwise(body)]
        gap = self.rows[-1][0].base - following[0][0].base
        usual = max([*pitches, 1.8 * following[0][0].size])
        return self._is_own_type(following[0]) and gap <= 1.2 * usual and any(len(line) > 1 for line in following[1:])

    def _is_own_type(self, line: Sequence[Piece]) -> bool:
        """Whether a line is set like the rows, and these are set smaller than running text."""
        usual = median(piece.size for row in self.rows for piece in row)
        return usual < self.body_size - 0.35 and all(abs(piece.size - usual) < 0.35 for piece in line)

    def _is_foreign(self, line: Sequence[Piece], size: float) -> bool:
        """Whether a line is larger than the rows or notes so far and as large as running text, or is set as prose."""
        if not self.rows:
            return False
        usual = median(piece.size for row in self.rows for piece in row)
        if size > usual + 0.35 and size > self.body_size - 0.35:
            return True
        wide = [piece for piece in line if piece.x1 - piece.x0 > 0.35 * (self.x1 - self.x0) and len(piece.text) > 30]
        return (
            len(line) == 2
            and len(wide) == 2
            and size > self.body_size - 0.35
            and not self._is_inside(line[0].base, size)
        )

    def _is_prose(self, line: Sequence[Piece]) -> bool:
        width = line[-1].x1 - line[0].x0
        size = line[0].size
        long = len(line) == 1 and width > 0.7 * (self.x1 - self.x0) and size > self.body_size - 0.3
        return long or (len(line) == 1 and size > self.body_size + 0.4)

    def _close(self, bottom: float) -> None:
        left = min((row[0].x0 for row in self.rows), default=0.0)
        while not self.ruled and self.rows and len(self.rows[-1]) == 1:
            if self.rows[-1][0].x0 > left + 2 * self.rows[-1][0].size:
                break  # the rest of a cell: notes begin at the table's edge
            self.notes[:0] = self.rows.pop()
        if not self.ruled and (len(self.rows) < 2 or not any(len(row) > 1 for row in self.rows)):
            self.rows, self.notes = [], []
        self.mates = [rule for rule in self.mates if rule.y0 > bottom - 20]


def _same_extent(rule: Rule, other: Rule) -> bool:
    return abs(rule.x0 - other.x0) < _SAME_EDGE and abs(rule.x1 - other.x1) < _SAME_EDGE
