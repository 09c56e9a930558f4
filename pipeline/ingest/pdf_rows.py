"""Which lines of a table make one row: by the distances of lines, and by what continues a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from pipeline.ingest.pdf_words import Word

_VALUE: Final = re.compile(r"[<>≤≥=~±+−–-]?\s?\d[\d.,:/]*%?")
_OPENS: Final = re.compile(r"[(\[±]")
_OPEN_END: Final = re.compile(
    r"(?:[,;:/(\[+–-]|\b(?:of|and|or|in|the|for|with|to|per|at|by|from|on|vs\.?|a|an|no\.))$", re.I
)
_WRAP: Final = 1.36
"""Lines of one cell stand at most this far apart, in sizes of their type; typesetters use 1.0 to 1.3."""
_NONE: Final = Counter[str]()
_CLEAR: Final = 1.08
"""Distances between rows exceed those within cells by at least this factor where the two can be told apart."""


class Placed(Protocol):
    """A cell's line: its words, its first column and how many columns it covers."""

    words: list[Word]
    column: int
    colspan: int


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's columns hold: left and right edge of each, and the words of its cells beside a label."""

    edges: dict[int, tuple[float, float]]
    beside_labels: dict[int, Counter[str]]

    def fits(self, above: Placed, cell: Placed) -> bool:
        """Whether a cell's first word would have found room in the line above, so that it is no wrapped rest of it."""
        first, last = self.edges.get(above.column), self.edges.get(above.column + above.colspan - 1)
        if first is None or last is None or above.words[-1].text.endswith(("-", "‐", "–", "/")):
            return False
        word = cell.words[0]
        taken = above.words[-1].x1 - above.words[0].x0 + 0.25 * word.size + word.x1 - word.x0
        return taken < last[1] - first[0] - 0.1 * word.size

    def repeats(self, line: Sequence[Placed]) -> bool:
        """Whether at least two cells of a line say what cells of other, labelled lines say in their columns."""
        own = any(cell.column == 0 for cell in line)
        return sum(self.beside_labels.get(cell.column, _NONE)[_read(cell)] > own for cell in line if cell.column) >= 2


def measure_columns(lines: Sequence[Sequence[Placed]], *, header_lines: int) -> Columns:
    """Return what the columns of a table's lines hold."""
    edges: dict[int, tuple[float, float]] = {}
    held: dict[int, Counter[str]] = {}
    for number, line in enumerate(lines):
        labelled = number >= header_lines and any(cell.column == 0 for cell in line)
        for cell in line:
            if cell.colspan == 1:
                low, high = edges.get(cell.column, (cell.words[0].x0, cell.words[-1].x1))
                edges[cell.column] = min(low, cell.words[0].x0), max(high, cell.words[-1].x1)
            if labelled and cell.column:
                held.setdefault(cell.column, Counter())[_read(cell)] += 1
    return Columns(edges, held)


def group_rows(
    lines: Sequence[Sequence[Placed]],
    bases: Sequence[float],
    *,
    header_lines: int,
    rules: Sequence[float],
    size: float,
) -> list[list[int]]:
    """Return the indices of the lines of each row, from top to bottom.

    Args:
        lines: the cells' lines with text, line by line.
        bases: each line's baseline.
        header_lines: how many lines stand in the header; no row crosses its end.
        rules: heights of rules through the table; no row crosses one.
        size: the size of the table's type.
    """
    columns = measure_columns(lines, header_lines=header_lines)
    wrap = find_wrap(lines, bases, columns, header_lines=header_lines, rules=rules, size=size)
    rows: list[list[int]] = []
    for number, line in enumerate(lines):
        if not rows or number == header_lines or _parted(bases[number - 1], bases[number], rules):
            rows.append([number])
            continue
        gap = bases[number - 1] - bases[number]
        if gap < 0.75 * size:
            joins = True
        elif wrap is not None:
            joins = gap <= wrap and not (number < header_lines and _spans_below(lines[number - 1], line, columns))
        elif number < header_lines:
            joins = gap < _WRAP * size and not _spans_below(lines[number - 1], line, columns)
        else:
            above = [cell for index in rows[-1] for cell in lines[index]]
            joins = gap < 1.5 * size and _continues(above, lines[number - 1], line, columns)
        if joins:
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def find_wrap(
    lines: Sequence[Sequence[Placed]],
    bases: Sequence[float],
    columns: Columns,
    *,
    header_lines: int,
    rules: Sequence[float],
    size: float,
) -> float | None:
    """Return up to which distance lines belong to one row, or ``None`` where distances do not tell.

    They tell where they fall into two groups, and the lines that the closer group would join do not contradict it by
    repeating a label or a value below another of the same column.
    """
    gaps: list[tuple[float, int]] = []
    for number in range(1, len(lines)):
        gap = bases[number - 1] - bases[number]
        if number != header_lines and not _parted(bases[number - 1], bases[number], rules) and gap >= 0.75 * size:
            gaps.append((gap, number))
    gaps.sort()
    close = [gap for gap, _ in gaps if gap < _WRAP * size]
    for index in range(len(close)):
        following = gaps[index + 1][0] if index + 1 < len(gaps) else float("inf")
        if following < _CLEAR * gaps[index][0]:
            continue
        joined = gaps[: index + 1]
        if index + 1 == len(gaps) and len(gaps) > 2:
            return None
        against = sum(_contradicts(lines[number - 1], lines[number], columns) for _, number in joined)
        if against <= 0.2 * len(joined):
            return joined[-1][0] * 1.03
        return None
    return None


def _parted(above: float, below: float, rules: Sequence[float]) -> bool:
    return any(below < height < above for height in rules)


def _contradicts(above: Sequence[Placed], line: Sequence[Placed], columns: Columns) -> bool:
    """Whether a line repeats what makes a row: a label that opens anew, or a value below a value."""
    upper = {cell.column: _read(cell) for cell in above}
    if _has_room(above, line, columns) or columns.repeats(line):
        return True
    values = 0
    for cell in line:
        text = _read(cell)
        before = upper.get(cell.column, "")
        if cell.column > 0 and _is_value(text) and _is_value(before) and not _is_open(before):
            values += 1
    label = next((_read(cell) for cell in line if cell.column == 0), "")
    opened = bool(label) and 0 in upper and label[:1].isupper() and not _OPEN_END.search(upper[0])
    alone = opened and len(line) == 1 and len(upper) > 1
    whole = opened and len(line) >= 3 and len(line) >= len(upper)
    return alone or whole or (values > 0 and (opened or 0 not in upper or values >= 2))


def _has_room(above: Sequence[Placed], line: Sequence[Placed], columns: Columns) -> bool:
    """Whether most cells of a line would have found room in the line above."""
    cells = {cell.column: cell for cell in above}
    pairs = [(cells[cell.column], cell) for cell in line if cell.column in cells]
    return bool(pairs) and 2 * sum(columns.fits(*pair) for pair in pairs) > len(pairs)


def _is_open(text: str) -> bool:
    """Whether a cell's line breaks off within brackets or behind a word that wants another."""
    return text.count("(") > text.count(")") or text.count("[") > text.count("]") or bool(_OPEN_END.search(text))


def _closes(above: Sequence[Placed], line: Sequence[Placed]) -> bool:
    """Whether a line closes brackets that the line above leaves open."""
    cells = {cell.column: _read(cell) for cell in above}
    return any(
        cells[cell.column].count(opening) > cells[cell.column].count(closing)
        and _read(cell).count(closing) > _read(cell).count(opening)
        for cell in line
        if cell.column in cells
        for opening, closing in (("(", ")"), ("[", "]"))
    )


def _continues(above: Sequence[Placed], last: Sequence[Placed], line: Sequence[Placed], columns: Columns) -> bool:
    """Whether a line goes on with cells of the row so far, where all lines stand equally far apart."""
    if _closes(last, line):
        return True
    filled = {cell.column for cell in above}
    inside = all(cell.column in filled for cell in line)
    if not inside:
        return False
    first = next((cell for cell in line if cell.column == 0), None)
    if first is None:
        if len(line) >= 3 and len(line) >= len(filled - {0}):
            return False
        return len(line) < max(len(above), 2) and not _contradicts(last, line, columns)
    label = _read(first)
    before = next((cell for cell in reversed(above) if cell.column == 0), None)
    if before is None or _contradicts(last, line, columns):
        return False
    hangs = first.words[0].x0 > before.words[0].x0 + 0.4 * first.words[0].size and len(filled) > 1
    opens = label[:1].islower() or bool(_OPENS.match(label)) or bool(_OPEN_END.search(_read(before)))
    return (opens or hangs) and (
        len(line) == 1 or all(not _is_value(_read(cell)) for cell in line if cell is not first)
    )


def _spans_below(above: Sequence[Placed], line: Sequence[Placed], columns: Columns) -> bool:
    """Whether header cells stand over groups of the columns below, as spanning titles do, and do not wrap into them."""
    wide = [cell for cell in above if cell.colspan > 1]
    if wide:
        below = {cell.column: cell for cell in line}
        rests = [columns.fits(cell, below[cell.column]) for cell in wide if cell.column in below]
        doubled = any(
            sum(cell.column <= other.column < cell.column + cell.colspan for other in line) > 1 for cell in wide
        )
        return doubled or not rests or any(rests)
    upper = {cell.column for cell in above}
    lower = {cell.column: _read(cell) for cell in line}
    if set(lower) <= upper:
        return False
    if len(set(lower.values())) < len(lower):
        return True
    shared = upper & set(lower)
    apart = all(column + 1 in lower and column + 1 not in upper for column in shared)
    fresh = all(not lower[column][:1].islower() and not _OPENS.match(lower[column]) for column in shared)
    return bool(shared) and 0 not in lower and apart and fresh


def _read(cell: Placed) -> str:
    return " ".join(word.text for word in cell.words)


def _is_value(text: str) -> bool:
    return bool(_VALUE.match(text))
