"""The text of a cell with a way back to the source, character by character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model import Span

_WORD = re.compile(r"\S+")
_RAISED_POINT = re.compile(r"(?<=\d)[·∙](?=\d)")


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell's clean reading and, for each of its characters, the source offset; −1 for an inserted space.

    ``marks`` are footnote marks that markup had already set apart.
    """

    text: str
    offsets: tuple[int, ...]
    marks: tuple[str, ...] = ()

    def locate(self, start: int, end: int) -> Span | None:
        """Return the source span of ``text[start:end]``; ``None`` where nothing of it stands in one run."""
        places = [offset for offset in self.offsets[start:end] if offset >= 0]
        if not places or places != sorted(places):
            return None
        return Span(places[0], places[-1] + 1)

    def quote(self, source: str) -> str:
        """Return the text with each character as the source has it."""
        return "".join(
            character if offset < 0 else source[offset]
            for character, offset in zip(self.text, self.offsets, strict=True)
        )

    def spans(self) -> tuple[Span, ...]:
        """Return the source runs of the whole cell, in reading order; short gaps do not break a run."""
        first = self.offsets[0] if self.offsets else -1
        if first >= 0 and self.offsets == tuple(range(first, first + len(self.offsets))):
            return (Span(first, first + len(self.offsets)),)
        runs: list[Span] = []
        for offset in self.offsets:
            if offset < 0:
                continue
            if runs and runs[-1].end <= offset <= runs[-1].end + 3:
                runs[-1] = Span(runs[-1].start, offset + 1)
            else:
                runs.append(Span(offset, offset + 1))
        return tuple(runs)

    def part(self, start: int, end: int) -> CellText:
        """Return ``text[start:end]`` without outer blanks, as a cell text of its own."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return CellText(self.text[start:end], self.offsets[start:end], self.marks)


EMPTY = CellText("", ())


def join_words(words: Iterable[tuple[str, int]]) -> CellText:
    """Return the words, each with its source offset, joined by single spaces."""
    text: list[str] = []
    offsets: list[int] = []
    for word, start in words:
        if text:
            text.append(" ")
            offsets.append(-1)
        text.append(word)
        offsets.extend(range(start, start + len(word)))
    return CellText("".join(text), tuple(offsets))


def align_text(text: str, source: str, spans: Sequence[Span], *, marks: tuple[str, ...] = ()) -> CellText:
    """Return a reader's clean cell text with each character traced to the source spans it was read from.

    Characters of the source that the reader lifted out are passed over; characters it inserted get −1. A raised
    decimal point is read as a point: "21·0" is 21.0.
    """
    clean = " ".join(text.split())
    reading = _RAISED_POINT.sub(".", clean)
    if len(spans) == 1 and " " not in clean and source[spans[0].start : spans[0].end] == clean:
        return CellText(reading, tuple(range(spans[0].start, spans[0].end)), marks)
    places = [offset for span in spans for offset in range(span.start, span.end)]
    offsets: list[int] = []
    cursor = 0
    for character in clean:
        if character == " ":
            offsets.append(-1)
            continue
        ahead = cursor
        while ahead < len(places) and source[places[ahead]] != character:
            ahead += 1
        if ahead == len(places):
            offsets.append(-1)
            continue
        offsets.append(places[ahead])
        cursor = ahead + 1
    return CellText(reading, tuple(offsets), marks)


def read_span(source: str, span: Span) -> CellText:
    """Return the words of a source span as a cell text."""
    words = ((match.group(), span.start + match.start()) for match in _WORD.finditer(source[span.start : span.end]))
    return join_words(words)
