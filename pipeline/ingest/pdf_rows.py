"""Which lines of a table make one row: by the distances of lines, and by what continues a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol

from pipeline.ingest.pdf_lines import Word

_VALUE: Final = re.compile(r"[<>≤≥=~±+−–-]?\s?\d[\d.,:/]*%?")
_OPENS: Final = re.compile(r"[(\[±]")
_OPEN_END: Final = re.compile(
    r"(?:[,;:/(\[+–-]|\b(?:of|and|or|in|the|for|with|to|per|at|by|from|on|vs\.?|a|an|no\.))$", re.I
)
_WRAP: Final = 1.36
"""Lines of one cell stand at most this far apart, in sizes of their type; typesetters use 1.0 to 1.3."""
_CLEAR: Final = 1.08
"""Distances between rows exceed those within cells by at least this factor where the two can be told apart."""


class Placed(Protocol):
    """A cell's line: its words, its first column and how many columns it covers."""

    words: list[Word]
    column: int
    colspan: int


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
    wrap = find_wrap(lines, bases, header_lines=header_lines, rules=rules, size=size)
    rows: list[list[int]] = []
    for number, line in enumerate(lines):
        if not rows or number == header_lines or _parted(bases[number - 1], bases[number], rules):
            rows.append([number])
            continue
        gap = bases[number - 1] - bases[number]
        if gap < 0.75 * size:
            joins = True
        elif wrap is not None:
            joins = gap <= wrap and not (number < header_lines and _spans_below(lines[number - 1], line))
        elif number < header_lines:
            joins = gap < _WRAP * size and not _spans_below(lines[number - 1], line)
        else:
            above = [cell for index in rows[-1] for cell in lines[index]]
            joins = gap < 1.5 * size and _continues(above, lines[number - 1], line)
        if joins:
            rows[-1].append(number)
        else:
            rows.append([number])
    return rows


def find_wrap(
    lines: Sequence[Sequence[Placed]],
    bases: Sequence[float],
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
        against = sum(_contradicts(lines[number - 1], lines[number]) for _, number in joined)
        if against <= 0.2 * len(joined):
            return joined[-1][0] * 1.03
        return None
    return None


def _parted(above: float, below: float, rules: Sequence[float]) -> bool:
    return any(below < height < above for height in rules)


def _contradicts(above: Sequence[Placed], line: Sequence[Placed]) -> bool:
    """Whether a line repeats what makes a row: a label that opens anew, or a value below a value."""
    upper = {cell.column: _read(cell) for cell in above}
    values = 0
    for cell in line:
        text = _read(cell)
        if cell.column in upper and cell.column > 0 and _is_value(text) and _is_value(upper[cell.column]):
            values += 1
    label = next((_read(cell) for cell in line if cell.column == 0), "")
    opened = bool(label) and 0 in upper and label[:1].isupper() and not _OPEN_END.search(upper[0])
    alone = opened and len(line) == 1 and len(upper) > 1
    whole = opened and len(line) >= 3 and len(line) >= len(upper)
    return alone or whole or (values > 0 and (opened or 0 not in upper or values >= 2))


def _continues(above: Sequence[Placed], last: Sequence[Placed], line: Sequence[Placed]) -> bool:
    """Whether a line goes on with cells of the row so far, where all lines stand equally far apart."""
    filled = {cell.column for cell in above}
    inside = all(cell.column in filled for cell in line)
    if not inside:
        return False
    first = next((cell for cell in line if cell.column == 0), None)
    if first is None:
        return len(line) < max(len(above), 2) and not _contradicts(last, line)
    label = _read(first)
    before = next((cell for cell in reversed(above) if cell.column == 0), None)
    if before is None or _contradicts(last, line):
        return False
    hangs = first.words[0].x0 > before.words[0].x0 + 0.4 * first.words[0].size and len(filled) > 1
    opens = label[:1].islower() or bool(_OPENS.match(label)) or bool(_OPEN_END.search(_read(before)))
    return (opens or hangs) and (
        len(line) == 1 or all(not _is_value(_read(cell)) for cell in line if cell is not first)
    )


def _spans_below(above: Sequence[Placed], line: Sequence[Placed]) -> bool:
    """Whether header cells stand over groups of the columns below, as spanning titles do, and do not wrap into them."""
    if any(cell.colspan > 1 for cell in above):
        return True
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
