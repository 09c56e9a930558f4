"""The words of a flattened table's lines, with what the line breaks and gaps around them say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.model import Line

_WORD = re.compile(r"\S+")
_GLUED_CITATION = re.compile(r"(?<=al\.)\d{1,4}(?:[,–-]\d{1,4})*(?=[A-Z][a-z0-9]\w)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a flattened table.

    Attributes:
        start: its source offset.
        line: the index of its line.
        starts_line: whether it is the first of its line; ``after_blank``: and a blank line stands before.
        glued: whether nothing stands between it and the word before.
        gap: how many blanks stand before it in its line.
    """

    text: str
    start: int
    line: int
    starts_line: bool
    after_blank: bool
    glued: bool = False
    gap: int = 1

    @property
    def end(self) -> int:
        """The source offset after its last character."""
        return self.start + len(self.text)


def split_words(source: str, lines: tuple[Line, ...]) -> tuple[Word, ...]:
    """Return the words of the lines; a citation glued to the next row's first word is cut off it."""
    words: list[Word] = []
    previous_end: int | None = None
    for number, line in enumerate(lines):
        body = source[line.span.start : line.span.end]
        between = "" if previous_end is None else source[previous_end : line.span.start]
        lead = len(body) - len(body.lstrip())
        blank = previous_end is None or (between + body[:lead]).count("\n") > 1
        first = True
        last_end = 0
        for match in _WORD.finditer(body):
            for index, (start, text) in enumerate(_unglue(match.group(), match.start())):
                gap = start - last_end
                last_end = start + len(text)
                words.append(
                    Word(text, line.span.start + start, number, first, first and blank, glued=index > 0, gap=gap)
                )
                first = False
        tail = len(body) - len(body.rstrip())
        previous_end = line.span.end - tail
    return tuple(words)


def _unglue(text: str, start: int) -> list[tuple[int, str]]:
    match = _GLUED_CITATION.search(text)
    if match is None:
        return [(start, text)]
    return [(start, text[: match.end()]), (start + match.end(), text[match.end() :])]
