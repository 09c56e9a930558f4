"""The costs of all short runs of a table's words as cells, worked out for every run of a block at once.

What ``cell_cost`` says of one run it works out here for all runs of a few hundred words: an element that begins at a
word is matched once for all runs that reach beyond it, and what the elements leave over is counted by arrays. The
costs are the same to the last bit, since every sum is made in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.tables import recognisers
from pipeline.tables.recognisers import CellGrammar
from pipeline.tables.typed import ColumnKind
from pipeline.tables.words import Word

BLOCK, LONGEST_RUN = 512, 40
_KEPT_BLOCKS = 8
_NEVER = 1 << 30

Costs = NDArray[np.float64]
Counts = NDArray[np.int64]


class RunCosts:
    """The costs of the runs of a table's words, by the kind of column and by blocks of the runs' ends."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self._blocks: dict[tuple[str, int, int], Costs] = {}
        self._latest: tuple[int, _Run] | None = None

    def find_block(self, kind: ColumnKind, block: int, limit: int) -> Costs:
        """Return the costs of runs of up to ``limit`` words as cells of a kind.

        The row ``r`` is of the runs whose last word is ``block * BLOCK + r``, the longest first; a run that would
        begin before the first word costs infinitely much.
        """
        grammar = recognisers.name_grammar(kind)
        key = (grammar, block, limit)
        found = self._blocks.get(key)
        if found is None:
            found = self._work_out(grammar, block, limit)
            if block < _KEPT_BLOCKS:
                self._blocks[key] = found
        return found

    def _work_out(self, name: str, block: int, limit: int) -> Costs:
        first = block * BLOCK
        last = min(first + BLOCK, len(self.words))
        low = max(first - LONGEST_RUN, 0)
        if self._latest is None or self._latest[0] != block:
            self._latest = block, _Run([word.text for word in self.words[low:last]])
        run = self._latest[1]
        grammar = recognisers.find_grammar(name)
        costs = (
            run.cost_open(limit, unknown=name == "unknown") if grammar is None else run.cost_elements(grammar, limit)
        )
        by_end = np.full((last - first, limit), np.inf)
        for length in range(1, limit + 1):
            begin = max(first + 1, length)
            if begin <= last:
                starts = slice(begin - length - low, last - length - low + 1)
                by_end[begin - first - 1 :, limit - length] = costs[starts, length - 1]
        return by_end


class _Run:
    """A stretch of words; costs of its runs as arrays [first word, length − 1]."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.text = " ".join(texts)
        self.starts: list[int] = []
        self.ends: list[int] = []
        at = 0
        for text in texts:
            self.starts.append(at)
            self.ends.append(at + len(text))
            at += len(text) + 1
        self.count = len(texts)
        self._bad_first = np.array([text[0] in ",;)" for text in texts], dtype=bool)
        self._bad_last = np.array([text[-1] in ",(/+" for text in texts], dtype=bool)
        self._edges: dict[int, Costs] = {}
        self._open = np.cumsum([0, *(text.count("(") - text.count(")") for text in texts)])

    def _cost_edges(self, limit: int) -> Costs:
        """Return what commas and brackets at the runs' edges cost; ends beyond the last word are cut to it."""
        if limit in self._edges:
            return self._edges[limit]
        first = np.arange(self.count)[:, None]
        end = np.minimum(first + np.arange(1, limit + 1), self.count)
        edges = np.where(self._bad_last[end - 1] | self._bad_first[:, None], recognisers.EDGE, 0.0)
        self._edges[limit] = edges + np.where(self._open[end] != self._open[:-1][:, None], recognisers.EDGE, 0.0)
        return self._edges[limit]

    def cost_open(self, limit: int, *, unknown: bool) -> Costs:
        """Return the costs as cells of open words; with ``unknown``, of a column whose kind nobody knows."""
        lengths = np.array([recognisers.cost_words(length) for length in range(1, limit + 1)])
        costs: Costs = lengths[None, :] + self._cost_edges(limit)
        plain = [recognisers.PLAIN_NUMBER.match(text) is not None for text in self.texts]
        costs[plain, 0] += recognisers.LONE_NUMBER
        reach = np.arange(1, limit + 1)
        for pattern, penalty in recognisers.FOREIGN:
            costs += np.where(reach >= self._find_within(pattern, limit)[:, None], penalty, 0.0)
        if not unknown:
            return costs
        totals = np.cumsum([0, *plain])
        end = np.minimum(np.arange(self.count)[:, None] + reach, self.count)
        numbers = totals[end] - totals[:-1][:, None]
        several = (costs + 0.8 * (numbers - 1)) + 0.4
        costs = np.where(numbers == 0, costs, several)
        costs[plain, 0] = recognisers.VALUE
        for first in range(self.count - 1):
            if recognisers.begins_value(self.texts[first], self.texts[first + 1]):
                for stop in range(first + 2, min(first + limit, self.count) + 1):
                    if numbers[first, stop - first - 1] and recognisers.PLAIN_NUMBER.match(
                        self.text[self.starts[first] : self.ends[stop - 1]]
                    ):
                        costs[first, stop - first - 1] = recognisers.VALUE
        return costs

    def _find_within(self, pattern: re.Pattern[str], limit: int) -> Counts:
        """Return how long a run from each word has to be for the pattern to be found in it."""
        found = np.full(self.count, _NEVER)
        after = _NEVER
        for first in range(self.count - 1, -1, -1):
            after += 1
            for place in recognisers.list_openings(pattern, self.texts[first]):
                after = min(after, self._measure_match(pattern, first, self.starts[first] + place, limit))
            found[first] = after
        return found

    def _measure_match(self, pattern: re.Pattern[str], first: int, place: int, limit: int) -> int:
        """Return the length of the shortest run from a word on in which the pattern matches at a place."""
        last = min(first + limit, self.count)
        match = pattern.match(self.text, place, self.ends[last - 1])
        if match is None:
            return _NEVER
        stop = first + 1
        while self.ends[stop - 1] < match.end() and not pattern.match(self.text, place, self.ends[stop - 1]):
            stop += 1
        return stop - first

    def cost_elements(self, grammar: CellGrammar, limit: int) -> Costs:
        """Return the costs as cells made of elements, which are laid from the left."""
        steps, hits, well = self._lay_elements(grammar, limit)
        covered = np.zeros((self.count + limit + 1, limit + 1), dtype=np.int64)
        elements = np.zeros_like(covered)
        rows = np.arange(self.count)
        for length in range(1, limit + 1):
            step, hit = steps[:, length - 1], hits[:, length - 1]
            covered[: self.count, length] = covered[rows + step, length - step] + np.where(hit, step, 0)
            elements[: self.count, length] = elements[rows + step, length - step] + hit
        laid, counted = covered[: self.count, 1:], elements[: self.count, 1:]
        left = np.arange(1, limit + 1) - laid
        edges = self._cost_edges(limit)
        costs: Costs = np.where(left == 0, edges, (edges + recognisers.FIRST_LEFT) + recognisers.NEXT_LEFT * (left - 1))
        costs += np.where(counted == 0, grammar.missing, np.where(well, 0.0, recognisers.LATE))
        more = np.maximum(counted - 1, 0)
        if grammar.closed:
            costs += 2.0 * more + np.where((left > 0) & (counted > 0), 1.0, 0.0)
        else:
            costs += 0.1 * more
        return costs

    def _lay_elements(self, grammar: CellGrammar, limit: int) -> tuple[Counts, NDArray[np.bool_], NDArray[np.bool_]]:
        """Return, for a run from each word, the words that its first element covers, if there is one, and if it is due.

        Where no element begins, the step is the one word that is left over.
        """
        covers = np.ones(self.count, dtype=np.int64)
        needs = np.full(self.count, _NEVER)
        dues = np.full(self.count, _NEVER)
        shorter: list[tuple[int, int, int]] = []
        opens = {letter for letter in {text[0] for text in self.texts} if grammar.opens.match(letter)}
        match_head, ends = grammar.head.match, self.ends
        for first, text in enumerate(self.texts):
            if text[0] not in opens:
                continue
            start = self.starts[first]
            last = min(first + limit, self.count)
            match = match_head(self.text, start, ends[last - 1])
            if match is None:
                continue
            step, stop = self._step(match, first, last), first + 1
            while ends[stop - 1] < match.end():
                less = match_head(self.text, start, ends[stop - 1])
                if less is not None and (own := self._step(less, first, stop)):
                    shorter.append((first, stop - first, own))
                stop += 1
            if step:
                covers[first], needs[first] = step, stop - first
            if grammar.primary is None:
                dues[first] = 0
            elif step or (shorter and shorter[-1][0] == first):
                dues[first] = self._measure_match(grammar.primary, first, start, limit)
        reach = np.arange(1, limit + 1)
        hits = reach >= needs[:, None]
        steps = np.where(hits, covers[:, None], 1)
        for first, length, step in shorter:
            steps[first, length - 1], hits[first, length - 1] = step, True
        return steps, hits, hits & (reach >= dues[:, None])

    def _step(self, match: re.Match[str], first: int, last: int) -> int:
        """Return how many words an element covers, 0 where it ends within one."""
        end, reached = match.end(), first
        while reached < last and self.ends[reached] <= end:
            reached += 1
        if reached > first and (reached == last or end <= self.starts[reached]):
            return reached - first
        if reached < last and recognisers.TRAILING.fullmatch(self.text, end, self.ends[reached]):
            return reached + 1 - first
        return 0
