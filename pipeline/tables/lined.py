"""Tables whose lines are rows: the pattern of values that most lines share gives the columns.

Where the header's words tell nothing of the columns, the body does: "label value value value". Patterns that lines
show are tried; for each, the cheapest cut of the lines into header, rows (of one line or several) and sub-headers is
searched, and the pattern with the cheapest is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model import Cell
from pipeline.tables.columns import classify_header
from pipeline.tables.texts import CellText
from pipeline.tables.units import Unit, UnitKind, cut_lines
from pipeline.tables.words import Word

MAX_HEADER_LINES = 7
MAX_ROW_LINES = 5
MAX_PATTERNS = 8
TRIAL_LINES = 80
MAX_COLUMNS = 24
MAX_HEAD_WORDS = 12
MAX_HEADER_WORDS = 70
_EMPTY: dict[UnitKind, float] = {"text": 0.9, "label": 1.2, "value": 1.0}
_FIT: dict[tuple[UnitKind, UnitKind], float] = {
    ("text", "text"): 0.0, ("text", "label"): 0.6, ("text", "value"): 0.7,
    ("label", "label"): 0.0, ("label", "text"): 0.9, ("label", "value"): 1.2,
    ("value", "value"): 0.0, ("value", "text"): 1.1, ("value", "label"): 1.1,
}  # fmt: skip
_SUBHEADER, _VALUE_IN_SUBHEADER, _SECOND_LINE = 0.3, 0.8, 0.6
_NEXT_LINE, _OPEN_LINE = 0.7, 0.1
_SPANNING, _NAMELESS, _GROUPED = 0.9, 0.5, -0.4
_CONTINUES = re.compile(r"^[a-zα-ω(\[)%,/&]")
_RUNS_ON = re.compile(r"(?:[,(/&–-]|\b(?:of|and|or|the|in|per|with|for|to|by|from|vs\.?|versus|at|on))$")
_SMALL_HEAD = re.compile(r"^[np]\b")
_VALUE_WORD = re.compile(r"^[<>~]?[+−–-]?\d*\.\d+%?[*†‡]*$")

Places = tuple[tuple[int, int, int], ...]
"""A row's cells: (column, first unit, unit after the last); column −1 is a sub-header."""
HeadCut = tuple[int, int, int, int]
"""A header cell: (row, column, columns that it spans, word after its last), in the order of the words."""


def read_lined(words: Sequence[Word]) -> tuple[Cell, ...] | None:
    """Return the cells of a table whose lines are rows; ``None`` where no pattern fits."""
    lines = cut_lines(words)
    if len(lines) < 3:
        return None
    best: tuple[float, tuple[UnitKind, ...], int, list[HeadCut]] | None = None
    trial = lines[:TRIAL_LINES]
    patterns = _propose_patterns(trial)
    header_cuts = _HeaderCuts(lines, widest=min(max(map(len, patterns), default=0), MAX_COLUMNS))
    for pattern in patterns:
        costs, _ = _cut_rows(trial, pattern)
        for header in range(1, min(MAX_HEADER_LINES, len(trial) - 1) + 1):
            head = header_cuts.split(header, len(pattern))
            if head is not None and (best is None or head[0] + costs[header] < best[0]):
                best = (head[0] + costs[header], pattern, header, head[1])
    if best is None:
        return None
    _, pattern, header, cuts = best
    cells = _head_cells(lines[:header], cuts)
    _, steps = _cut_rows(lines, pattern)
    first = max(cell.row for cell in cells) + 1
    return (*cells, *_body_cells(lines, pattern, header, steps, first))


def _propose_patterns(lines: Sequence[Sequence[Unit]]) -> list[tuple[UnitKind, ...]]:
    """Return the patterns of units that lines show, the most telling first; a value may stand for a row's name."""
    counts: Counter[tuple[UnitKind, ...]] = Counter()
    for line in lines:
        pattern = tuple(unit.kind for unit in line)
        if len(pattern) < 2 or "value" not in pattern:
            continue
        counts[pattern] += 1
        if pattern[0] == "label":
            counts["text", *pattern] += 1
    ranked = sorted(counts, key=lambda pattern: (-counts[pattern] * len(pattern), -len(pattern), pattern))
    return ranked[:MAX_PATTERNS]


def _cut_rows(
    lines: Sequence[list[Unit]], pattern: tuple[UnitKind, ...]
) -> tuple[list[float], list[tuple[int, Places]]]:
    """Return, from each line on, the cost of the cheapest cut into rows and its first step."""
    count = len(lines)
    costs = [0.0] * (count + 1)
    steps: list[tuple[int, Places]] = [(0, ())] * (count + 1)
    for at in range(count - 1, -1, -1):
        best: tuple[float, tuple[int, Places]] | None = None
        broken = 0.0
        units: list[Unit] = []
        for end in range(at + 1, min(at + MAX_ROW_LINES, count) + 1):
            if end - at > 1:
                broken += _OPEN_LINE if _runs_on(lines[end - 2], lines[end - 1]) else _NEXT_LINE
            units = [*units, *lines[end - 1]]
            cost, places = _align(units, pattern)
            options: list[tuple[float, Places]] = [(cost + broken, places)]
            values = sum(unit.kind == "value" for unit in units)
            if end - at <= 2:
                again = _SECOND_LINE if end - at > 1 and not broken < _NEXT_LINE else 0.0
                options.append((_SUBHEADER + again + _VALUE_IN_SUBHEADER * values, ((-1, 0, len(units)),)))
            for own, found in options:
                total = own + costs[end]
                if best is None or total < best[0] - 1e-9:
                    best = (total, (end, found))
            whole = cost == 0.0 and end < count and not _runs_on(lines[end - 1], lines[end])
            if whole or values > len(pattern) + 2:
                break
        assert best is not None
        costs[at], steps[at] = best
    return costs, steps


def _runs_on(line: Sequence[Unit], following: Sequence[Unit]) -> bool:
    """Whether a line's words go on in the next: an open bracket, a joining word, a small letter."""
    if not line or not following:
        return False
    text, after = line[-1].text.text, following[0].text.text
    if text.count("(") > text.count(")") or _RUNS_ON.search(text):
        return True
    return following[0].kind == "text" and line[-1].kind == "text" and _CONTINUES.match(after) is not None


def _align(units: Sequence[Unit], pattern: tuple[UnitKind, ...]) -> tuple[float, Places]:
    """Return the cheapest way to fill the columns with the units in order, as (cost, (column, first, last) …)."""
    width = len(pattern)
    best: list[tuple[float, Places] | None] = [None] * (len(units) + 1)
    best[0] = (0.0, ())
    for column in range(width):
        kind = pattern[column]
        empty = 0.5 if column == 0 and "label" in pattern else _EMPTY[kind]
        following: list[tuple[float, Places] | None] = [
            None if item is None else (item[0] + empty, item[1]) for item in best
        ]
        for start, item in enumerate(best[:-1]):
            if item is None:
                continue
            cost = item[0]
            for end in range(start + 1, min(start + 8, len(units)) + 1):
                unit = units[end - 1]
                if end == start + 1:
                    cost += _FIT[kind, unit.kind]
                else:
                    cost += _join_cost(kind, units[end - 2], unit)
                current = following[end]
                if current is None or cost < current[0]:
                    following[end] = (cost, (*item[1], (column, start, end)))
                if cost > item[0] + 6:
                    break
        best = following
    final = best[len(units)]
    return (99.0, ()) if final is None else final


def _join_cost(kind: UnitKind, before: Unit, unit: Unit) -> float:
    if unit.starts_line and unit.kind == before.kind == "text":
        return 0.0
    if kind == "value":
        return 2.5 if unit.kind == "value" else 1.0
    return 0.7 if unit.kind == "value" or before.kind == "value" else 0.4


class _HeaderCuts:
    """The cheapest cuts of a table's first words into header cells, for any number of lines and ``widest`` columns."""

    def __init__(self, lines: Sequence[Sequence[Unit]], *, widest: int) -> None:
        self._widest = widest
        self.words = _list_words(lines[:MAX_HEADER_LINES])[:MAX_HEADER_WORDS]
        self._starts = [index for index, word in enumerate(self.words) if word[1]]
        self._costs: dict[tuple[int, int, bool], float] = {}
        self._paths = [self._search(start) for start in self._starts[:3]]

    def split(self, lines: int, width: int) -> tuple[float, list[HeadCut]] | None:
        """Return the cheapest cut of the first lines into a cell for each column, lines that span columns first."""
        if lines > len(self._starts) or (lines == len(self._starts) and len(self.words) == MAX_HEADER_WORDS):
            return None
        end = self._starts[lines] if lines < len(self._starts) else len(self.words)
        best = self._split_groups(lines, end, width)
        for spanning, paths in enumerate(self._paths[:lines]):
            for first in (0, 1):
                found = paths.get(end, {}).get(width - first)
                if found is None:
                    continue
                cost = found[0] + _SPANNING * spanning + (_NAMELESS if first else 0.0)
                if best is None or cost < best[0]:
                    cuts = [(level - 1, 1, width - 1, self._starts[level]) for level in range(1, spanning + 1)]
                    best = (cost, cuts + [(spanning, column + first, 1, cut) for column, cut in enumerate(found[1])])
        return best

    def _split_groups(self, lines: int, end: int, width: int) -> tuple[float, list[HeadCut]] | None:
        """Return the cut of a header whose last line says the same for several groups that the lines before name."""
        if lines < 2:
            return None
        start = self._starts[lines - 1]
        found = find_repeated([word.text for word, _ in self.words[start:end]])
        if found is None:
            return None
        lead, block, groups = found
        best: tuple[float, list[HeadCut]] | None = None
        for named, above in ((0, 0), (1, 0), (1, 1), (2, 0), (2, 2)):
            each, left = divmod(width - named, groups)
            if left or each < 1 or (above and lead):
                continue
            middle = start + lead
            leaf = self._search(middle, limit=middle + block).get(middle + block, {}).get(each)
            names = self._search(start, limit=middle).get(middle, {}).get(named if lead else 0)
            upper = self._paths[0].get(start, {}).get(above + groups)
            if leaf is None or names is None or upper is None:
                continue
            cost = (
                _GROUPED + upper[0] + leaf[0] + names[0] + (_NAMELESS / 2 if named and not above and not lead else 0.0)
            )
            cuts: list[HeadCut] = []
            for index, cut in enumerate(upper[1]):
                group = index - above
                cuts.append((0, index, 1, cut) if group < 0 else (0, named + group * each, each, cut))
            cuts += [(1, column, 1, cut) for column, cut in enumerate(names[1])]
            for group in range(groups):
                base = group * block
                cuts += [(1, named + group * each + column, 1, base + cut) for column, cut in enumerate(leaf[1])]
            if best is None or cost < best[0]:
                best = (cost, cuts)
        return best

    def _search(self, begin: int, *, limit: int | None = None) -> dict[int, dict[int, tuple[float, tuple[int, ...]]]]:
        paths: dict[int, dict[int, tuple[float, tuple[int, ...]]]] = {begin: {0: (0.0, ())}}
        for end in range(begin + 1, (len(self.words) if limit is None else limit) + 1):
            best: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start in range(max(begin, end - MAX_HEAD_WORDS), end):
                cost = self._cost(start, end, start == begin)
                for count, (before, cuts) in paths[start].items():
                    whole, current = before + cost, best.get(count + 1)
                    if count < self._widest and (current is None or whole <= current[0]):
                        option = (whole, (*cuts, end))
                        if current is None or option < current:
                            best[count + 1] = option
            paths[end] = best
        return paths

    def _cost(self, start: int, end: int, opening: bool) -> float:
        key = (start, end, opening)
        if key not in self._costs:
            self._costs[key] = _head_cost(self.words[start:end], opening=opening)
        return self._costs[key]


def _list_words(lines: Sequence[Sequence[Unit]]) -> list[tuple[CellText, bool]]:
    words = []
    for line in lines:
        first = True
        for unit in line:
            for match in re.finditer(r"\S+", unit.text.text):
                words.append((unit.text.part(match.start(), match.end()), first))
                first = False
    return words


def _head_cost(run: Sequence[tuple[CellText, bool]], *, opening: bool) -> float:
    text = " ".join(word.text for word, _ in run)
    known = classify_header(text) != "unknown"
    cost: float = 0.03 * (len(run) - 1) ** 1.5 - (0.2 if known else 0.0)
    cost += 4.0 if text.count("(") != text.count(")") else 0.0
    first = run[0][0].text
    if not opening and first[0] in "([)%,;±/=<":
        cost += 2.5
    elif not opening and first[0].islower() and not run[0][1] and not _SMALL_HEAD.match(first):
        cost += 0.7
    cost += 0.8 * sum(_VALUE_WORD.match(word.text) is not None for word, _ in run)
    for (before, _), (word, starts_line) in pairwise(run):
        opens = word.text[0].isupper() or word.text[0].isdigit()
        if starts_line:
            cost += 0.2 if _CONTINUES.match(word.text) else 0.4
        elif before.text.endswith(")"):
            cost += 0.8
        elif opens and not _RUNS_ON.search(before.text) and before.text not in ("=", "±", "<"):
            cost += 0.4
    return cost + (1.5 if _RUNS_ON.search(run[-1][0].text) else 0.0)


def find_repeated(words: Sequence[str]) -> tuple[int, int, int] | None:
    """Return (words before, words of the block, times) where a line ends with the same words again and again."""
    for block in range(1, len(words) // 2 + 1):
        times = 1
        while words[-(times + 1) * block : -times * block or None] == list(words[-block:]):
            times += 1
            if (times + 1) * block > len(words):
                break
        if times > 1:
            return len(words) - times * block, block, times
    return None


def _head_cells(lines: Sequence[Sequence[Unit]], cuts: Sequence[HeadCut]) -> list[Cell]:
    words = [word for word, _ in _list_words(lines)]
    cells: list[Cell] = []
    start = 0
    for row, column, across, end in cuts:
        cells.append(_cell(_join(words[start:end]), row, column, across, header=True))
        start = end
    return cells


def _body_cells(
    lines: Sequence[list[Unit]],
    pattern: tuple[UnitKind, ...],
    header: int,
    steps: Sequence[tuple[int, Places]],
    row: int,
) -> list[Cell]:
    cells: list[Cell] = []
    at = header
    while at < len(lines):
        end, places = steps[at]
        units = [unit for line in lines[at:end] for unit in line]
        for column, first, last in places:
            text = _join([unit.text for unit in units[first:last]])
            cells.append(_cell(text, row, max(column, 0), len(pattern) if column < 0 else 1, header=False))
        at, row = end, row + 1
    return cells


def _join(parts: Sequence[CellText]) -> CellText:
    text = " ".join(part.text for part in parts)
    offsets: list[int] = []
    for part in parts:
        offsets += [-1, *part.offsets] if offsets else part.offsets
    return CellText(text, tuple(offsets))


def _cell(text: CellText, row: int, column: int, across: int, *, header: bool) -> Cell:
    return Cell(text=text.text, spans=text.spans(), row=row, column=column, rowspan=1, colspan=across, header=header)
