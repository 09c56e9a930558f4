"""The typed alignment of a flattened table: a cheapest path that cuts the words into rows and cells.

A table that reached us as text is a run of words in row order. The path starts rows, skips empty cells, fills cells
with runs of words, and sets whole lines aside as sub-headers, headers printed again, or a merged cell printed on a
line of its own. Costs come from the recognisers and from where lines and blank lines break. The search is a
semi-Markov Viterbi over (word, column) with the state of whether the last cell was wrapped, since a wrapped cell
explains a line break after it. It is exact: no reading is left aside before its cost is known. Of readings that cost
the same, the one whose cells begin earlier is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pipeline.tables.line_breaks import (
    BREAK_IN_CELL,
    GAP_BETWEEN,
    MAX_BREAKS,
    WIDE_GAP,
    cost_between,
    cost_row,
    sum_breaks,
)
from pipeline.tables.recognisers import cell_cost, count_values
from pipeline.tables.run_costs import BLOCK, LONGEST_RUN, RunCosts
from pipeline.tables.typed import Column
from pipeline.tables.words import Word

PieceKind = Literal["cell", "row", "subheader", "header", "shared"]

MAX_CELL_WORDS = {
    "reference": 8, "sex": 4, "control": 5, "treated": 5, "change": 8, "n": 3, "p": 4, "met": 3,
    "regimen": LONGEST_RUN,
}  # fmt: skip
MAX_OPEN_WORDS = 16
SKIP = {"reference": 0.9, "route": 2.0, "schedule": 1.0, "duration": 1.5}
SKIP_OTHER = 2.8
SUBHEADER, SUBHEADER_NO_BLANK, SUBHEADER_WITH_VALUE, SUBHEADER_AFTER_SUBHEADER = 2.6, 1.5, 3.0, 0.5
MAX_SUBHEADER_WORDS = 16
SHARED, MAX_SHARED_WORDS = 1.2, 8
KNOWN_VALUE = -0.4
_LOOK_EVERY = 32

Floats = NDArray[np.float64]


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


def align_words(
    costs: RunCosts,
    columns: Sequence[Column],
    *,
    header: Sequence[str],
    first: int = 0,
    last: int | None = None,
    known: Mapping[int, frozenset[str]] | None = None,
    dearest: float = inf,
) -> Alignment | None:
    """Return the cheapest reading of the words as rows of these columns; ``None`` where there is none.

    Args:
        costs: the words, with what their runs cost as cells.
        header: the header's words, to recognise it where it is printed again.
        first: the first word that is read; the pieces' places count from here.
        last: the word before which the reading ends.
        known: for each column, texts that an earlier pass found more than once in it.
        dearest: a cost above which no reading is wanted; ``None`` may come back for those.
    """
    stop = len(costs.words) if last is None else min(last, len(costs.words))
    search = _Search(costs, columns, header, first, stop, known or {})
    return search.run(dearest)


class _Search:
    """The search of one alignment; places count from the first word that is read.

    A slot is the column of the cell that ends at a place, and whether it wrapped. Only costs go from place to place;
    which run, slot or row gave them is worked out afterwards, a block at a time.
    """

    def __init__(
        self,
        costs: RunCosts,
        columns: Sequence[Column],
        header: Sequence[str],
        first: int,
        stop: int,
        known: Mapping[int, frozenset[str]],
    ) -> None:
        self.costs, self.columns, self.header, self.first = costs, columns, header, first
        self.words = costs.words[first:stop]
        self.count, self.width = len(self.words), len(columns)
        self.limits = [MAX_CELL_WORDS.get(column.kind, MAX_OPEN_WORDS) for column in columns]
        self.reach = max(self.limits) + 1
        self.shared_columns = [index for index, column in enumerate(columns) if column.kind == "reference"]
        skips = np.array([*accumulate((SKIP.get(column.kind, SKIP_OTHER) for column in columns), initial=0.0)])
        self.skip_before, self.skip_after = skips[:-1], skips[1:, None]
        self.onward = self._cost_onward()
        self.known = _find_known(self.words, known)
        self.breaks = {in_cell: sum_breaks(self.words, in_cell=in_cell) for in_cell in (BREAK_IN_CELL, 0.0)}
        self.rows = [cost_row(word, place) for place, word in enumerate(self.words)]
        total = float(skips[-1])
        self.between = np.array(
            [((total, total), cost_between(word)) for word in self.words] + [((total, total), (0.0, 0.0))]
        )[:, :, None]
        gaps = accumulate((word.gap >= WIDE_GAP for word in reversed(self.words)), initial=0)
        self.gaps_from = [*gaps][::-1]
        self.cuts = self._cut_lines()
        self.boundary = [inf] * (self.count + 1)
        self.boundary[0] = 0.0
        self.offers: dict[int, list[tuple[PathPiece, float]]] = {}
        self.pieces: list[PathPiece | None] = [None] * (self.count + 1)
        self.entries = np.full((self.width, self.count + self.reach), inf)
        self.slots = np.full((self.count + 1, self.width, 2), inf)
        self.cell_starts = np.zeros((self.count + 1, self.width, 2), dtype=np.int16)
        self.entry_slots = np.zeros((self.count, self.width), dtype=np.int16)
        self.closing = np.zeros(self.count + 1, dtype=np.int16)

    def _cost_onward(self) -> Floats:
        """Return what is skipped from each slot, entered anew or closed, to each column, and to the end of the row."""
        onward = np.full((self.width + 1, 2, 2 * self.width), inf)
        earlier = np.arange(2 * self.width) // 2 < np.arange(self.width)[:, None]
        onward[:-1, 1] = np.where(earlier, self.skip_before[:, None], inf)
        onward[-1, 0] = 0.0
        return onward.reshape(self.width + 1, -1)

    def _cut_lines(self) -> NDArray[np.intp]:
        """Return, for each place, where the runs that wrap begin, and where those that do not, among its runs."""
        starts = np.maximum.accumulate([place if word.starts_line else 0 for place, word in enumerate(self.words)])
        cuts = np.zeros((self.count + 1, 2), dtype=np.intp)
        cuts[1:, 1] = np.maximum(starts - np.arange(1, self.count + 1) + self.reach, 1)
        return cuts

    def run(self, dearest: float) -> Alignment | None:
        """Return the cheapest path from the first word to behind the last; ``None`` if it costs more than so much."""
        self._pass(0)
        begin = 0
        while begin < self.count:
            end = min(begin + BLOCK - (self.first + begin) % BLOCK, self.count)
            terms = self._cost_runs(begin, end)
            for place, own in enumerate(zip(*terms, strict=True), start=begin + 1):
                self._fill_cells(place, own)
                self._pass(place)
                if dearest < inf and not place % _LOOK_EVERY and self._bound(place) > dearest:
                    return None
            self._remember(begin, end, terms)
            begin = end
        return self._trace() if self.boundary[self.count] < inf else None

    def _bound(self, place: int) -> float:
        """Return what no reading can cost less than, as far as costs are known up to a place; a hair less for sums."""
        since = max(place + 1 - max(self.reach, MAX_SUBHEADER_WORDS, len(self.header)), 0)
        least = min(*self.boundary[since : place + 1], float(self.slots[since : place + 1].min()))
        return least + GAP_BETWEEN * self.gaps_from[since] - 1e-6

    def _cost_runs(self, begin: int, end: int) -> list[Floats]:
        """Return what runs cost whose last word is among these: breaks, words, and being known.

        The arrays are [last word, column, first word]; the earliest first word is one too far for any column, so that
        there always are runs that wrap.
        """
        last = np.arange(begin, end)
        starts = np.maximum(last[:, None] + np.arange(1 - self.reach, 1), 0)
        breaks = np.empty((end - begin, self.width, self.reach))
        costs = np.full((end - begin, self.width, self.reach), inf)
        sums = {in_cell: summed[last][:, None] - summed[starts] for in_cell, summed in self.breaks.items()}
        block, within = divmod(self.first + begin, BLOCK)
        for index, (column, limit) in enumerate(zip(self.columns, self.limits, strict=True)):
            breaks[:, index] = sums[0.0 if column.kind == "regimen" else BREAK_IN_CELL]
            found = self.costs.find_block(column.kind, block, limit)
            costs[:, index, self.reach - limit :] = found[within : within + end - begin]
        breaks[breaks > MAX_BREAKS] = inf
        if not self.known:
            return [breaks, costs]
        known = np.zeros_like(costs)
        for place in range(begin + 1, end + 1):
            for index, start in self.known.get(place, ()):
                if start > place - self.reach:
                    known[place - begin - 1, index, start - place + self.reach] = KNOWN_VALUE
        return [breaks, costs, known]

    def _fill_cells(self, place: int, terms: Sequence[Floats]) -> None:
        """Note what it costs to fill each column's cell with a run that ends here."""
        runs = self.entries[:, place : place + self.reach] + terms[0]
        for term in terms[1:]:
            runs += term
        np.minimum.reduceat(runs, self.cuts[place], axis=1, out=self.slots[place])

    def _pass(self, place: int) -> None:
        """Note what it costs to end the row here, and to begin each column's cell in it or in a new one."""
        left = self.slots[place] + self.between[place]
        left -= self.skip_after
        onward = np.minimum.reduce(self.onward + left.ravel(), axis=1)
        cost = float(onward[-1])
        if place in self.offers:
            self._take_offers(place, cost)
        row = self.boundary[place]
        if cost < row:
            row = self.boundary[place] = cost
            self.pieces[place] = None
        if place == self.count:
            return
        entries = self.entries[:, place + self.reach]
        np.minimum(onward[:-1], self.skip_before + (row + self.rows[place]), out=entries)
        if row < inf and (self.words[place].starts_line or (place and self.words[place].glued)):
            self._set_lines_aside(place)

    def _remember(self, begin: int, end: int, terms: Sequence[Floats]) -> None:
        """Work out, of equal costs the first, which run ends at the places behind these words, and what precedes it."""
        windows = np.lib.stride_tricks.sliding_window_view(self.entries, self.reach, axis=1)
        runs = windows[:, begin + 1 : end + 1].transpose(1, 0, 2) + terms[0]
        for term in terms[1:]:
            runs += term
        wraps = np.arange(self.reach) < self.cuts[begin + 1 : end + 1, 1][:, None, None]
        self.cell_starts[begin + 1 : end + 1, :, 1] = np.where(wraps, inf, runs).argmin(2)
        self.cell_starts[begin + 1 : end + 1, :, 0] = np.where(wraps, runs, inf).argmin(2)
        closed = (self.slots[begin + 1 : end + 1] + self.between[begin + 1 : end + 1, 0]) - self.skip_after
        self.closing[begin + 1 : end + 1] = closed[:, :, ::-1].reshape(end - begin, -1).argmin(1)
        onward = (self.slots[begin:end] + self.between[begin:end, 1]) - self.skip_after
        options = np.empty((end - begin, self.width, 1 + 2 * self.width))
        options[:, :, 1:] = onward[:, :, ::-1].reshape(end - begin, 1, -1) + self.onward[:-1, 2 * self.width :]
        rows = np.add(self.boundary[begin:end], self.rows[begin:end])
        options[:, :, 0] = rows[:, None] + self.skip_before
        self.entry_slots[begin:end] = options.argmin(2)

    def _set_lines_aside(self, place: int) -> None:
        """Offer what a line may be beside cells: a header again, a sub-header, a merged cell."""
        words, count, header = self.words, self.count, self.header
        if place + len(header) <= count and all(words[place + at].text == text for at, text in enumerate(header)):
            self._offer(PathPiece("header", place, place + len(header)), 0.0)
        starts_line = words[place].starts_line
        opened = SUBHEADER + (0.0 if words[place].after_blank or place == 0 else SUBHEADER_NO_BLANK)
        for end in range(place + 1, min(place + MAX_SUBHEADER_WORDS, count) + 1):
            if end - 1 > place and words[end - 1].after_blank:
                break
            at_end = end == count or words[end].starts_line
            if not at_end and not words[end].glued:
                continue
            if end - place <= MAX_SHARED_WORDS:
                for column in self.shared_columns:
                    self._offer(PathPiece("shared", place, end, column), SHARED)
            if at_end and starts_line:
                more = 0.0 if end == count or words[end].after_blank else SUBHEADER_NO_BLANK
                self._offer(PathPiece("subheader", place, end), opened + more)

    def _offer(self, piece: PathPiece, least: float) -> None:
        self.offers.setdefault(piece.end, []).append((piece, least))

    def _take_offers(self, place: int, closed: float) -> None:
        """Take the cheapest line set aside that ends here, unless closing a row is cheaper whatever the line holds."""
        for piece, least in self.offers.pop(place, ()):
            before = self.boundary[piece.start]
            if before + least > closed:
                continue
            text = " ".join(word.text for word in self.words[piece.start : piece.end])
            cost = least
            if piece.kind == "shared":
                cost += cell_cost(self.columns[piece.column].kind, text)
            elif piece.kind == "subheader":
                cost += SUBHEADER_WITH_VALUE * count_values(text)
                above = self.pieces[piece.start]
                if above is not None and above.kind == "subheader":
                    cost += SUBHEADER_AFTER_SUBHEADER
            if before + cost < self.boundary[place]:
                self.boundary[place], self.pieces[place] = before + cost, piece

    def _trace(self) -> Alignment:
        pieces: list[PathPiece] = []
        place = self.count
        while place:
            piece = self.pieces[place]
            if piece is not None:
                pieces.append(piece)
                place = piece.start
                continue
            slot = int(self.closing[place])
            while slot >= 0:
                column, wrapped = divmod(slot, 2)
                start = place - self.reach + int(self.cell_starts[place, column, 1 - wrapped])
                pieces.append(PathPiece("cell", start, place, column))
                place, slot = start, int(self.entry_slots[start, column]) - 1
            pieces.append(PathPiece("row", place, place))
        return Alignment(tuple(reversed(pieces)), self.boundary[self.count])


def _find_known(words: Sequence[Word], known: Mapping[int, frozenset[str]]) -> dict[int, list[tuple[int, int]]]:
    """Return, for each place, the (column, first word) of the known texts that end there."""
    by_word: dict[str, list[tuple[int, list[str]]]] = {}
    for column, texts in known.items():
        for text in texts:
            parts = text.split(" ")
            by_word.setdefault(parts[0], []).append((column, parts))
    found: dict[int, list[tuple[int, int]]] = {}
    for start, word in enumerate(words):
        for column, parts in by_word.get(word.text, ()):
            end = start + len(parts)
            if [other.text for other in words[start:end]] == parts:
                found.setdefault(end, []).append((column, start))
    return found
