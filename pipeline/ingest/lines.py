"""The lines of a flattened text, with their place and the little typography that is left of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.ingest.lines_lexicon import FUNCTION_WORDS
from pipeline.model.spans import Span

_LINE_END = re.compile(r"\r\n|[\n\r\f\v\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W\d_]+")
_WRAPPED_LIMIT = 180
WIDE_GAP = "    "
"""Spaces within a line: tools that keep the layout print them between cells and columns."""


class TextLine(NamedTuple):
    """A line without the white space around it.

    Attributes:
        start, end: its place in the source.
        text: its characters.
        indent: how many white-space characters stand before it.
        opens_page: whether a form feed, or a single stray space that other lines lack, stands before it.
        apart: whether other text stands in the source between it and the line before it.
    """

    start: int
    end: int
    text: str
    indent: int
    opens_page: bool = False
    apart: bool = False

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text is set: ``width`` in characters of a full line; ``wrapped`` if paragraphs take several lines."""

    width: int
    wrapped: bool


def split_lines(source: str) -> list[TextLine]:
    """Return all lines, blank ones included (with empty text)."""
    lines: list[TextLine] = []
    at = 0
    page = False
    for match in _LINE_END.finditer(source):
        lines.append(_make_line(source, at, match.start(), page))
        page = match.group() == "\f"
        at = match.end()
    lines.append(_make_line(source, at, len(source), page))
    return _mark_stray_spaces(lines)


def _make_line(source: str, start: int, end: int, page: bool) -> TextLine:
    text = source[start:end]
    stripped = text.strip().strip("\ufeff\u200b\x00").strip()
    if not stripped:
        return TextLine(end, end, "", 0, page)
    indent = text.index(stripped)
    return TextLine(start + indent, start + indent + len(stripped), stripped, indent, page)


def _mark_stray_spaces(lines: list[TextLine]) -> list[TextLine]:
    filled = [line for line in lines if line.text]
    stray = [line for line in filled if line.indent == 1]
    if not stray or len(stray) > max(3, len(filled) // 20):
        return lines
    return [
        TextLine(line.start, line.end, line.text, line.indent, True) if line.text and line.indent == 1 else line
        for line in lines
    ]


def group_lines(lines: Sequence[TextLine], first: int, last: int) -> list[tuple[int, int]]:
    """Return the runs of the lines from ``first`` to ``last`` that follow one another in the source."""
    starts = [first, *(number for number in range(first + 1, last + 1) if lines[number].apart)]
    return list(zip(starts, [*(start - 1 for start in starts[1:]), last], strict=True))


def measure_layout(lines: Sequence[TextLine]) -> Layout:
    """Return the width of a full line and whether lines are wrapped to it; lines with wide gaps are rows of tables."""
    long = sorted(len(line.text) for line in lines if len(line.text) >= 30 and WIDE_GAP not in line.text)
    if not long:
        return Layout(80, False)
    # Columns, abstract and references are set to other widths: the width is the one that most lines share.
    shares = [(bisect_right(long, 1.04 * length) - bisect_left(long, 0.85 * length), length) for length in {*long}]
    near, width = max(shares)
    pairs = sum(
        1
        for line, following in pairwise(lines)
        if len(line.text) >= 30 and following.text and WIDE_GAP not in line.text
    )
    wrapped = width <= _WRAPPED_LIMIT and near >= 0.3 * len(long) and pairs >= 0.4 * len(long)
    return Layout(width, wrapped)


@lru_cache(maxsize=16_384)
def count_function_words(text: str) -> tuple[int, int]:
    """Return how many of the words of a text are function words, and how many words it has."""
    words = _WORD.findall(text.lower())
    return sum(word in FUNCTION_WORDS for word in words), len(words)


def reads_as_prose(text: str, *, least: float = 0.2) -> bool:
    """Whether a line has the share of function words that running text has; needs at least five words."""
    function, words = count_function_words(text)
    return words >= 5 and function >= least * words
