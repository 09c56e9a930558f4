"""Places in text: spans, and the clean view with its way back to the source.

All offsets are Unicode code points; a span is half-open, ``[start, end)``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of clean characters that stand one for one in the source.

    ``[clean, clean + length)`` of the clean text is ``[source, source + length)`` of the source, character for
    character, except that a line break may read as a space and a tool's own sign for a hyphen as "-". ``break_before``
    says that something which is not part of the running text (a page's furniture, a column, a table) stands between
    this piece and the one before.
    """

    clean: int
    source: int
    length: int
    break_before: bool = False


@dataclass(frozen=True, slots=True)
class CleanView:
    """The text as it would be read aloud, with the offset map to the source.

    Lines are joined, hyphenation is undone, citation marks and furniture are lifted out. Pieces are in clean order
    and do not overlap. Source order may differ from clean order where a reader moved text.
    """

    text: str
    pieces: tuple[Piece, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _by_source: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(piece.clean for piece in self.pieces))
        by_source = sorted((piece.source, index) for index, piece in enumerate(self.pieces))
        object.__setattr__(self, "_by_source", tuple(by_source))

    def to_source(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the source spans that ``text[start:end]`` was read from, in reading order.

        Removed marks and joined lines inside stay part of one span; a real break makes a new one. Empty when the
        range holds only characters that were inserted.
        """
        spans: list[Span] = []
        for index in range(max(bisect_right(self._starts, start) - 1, 0), len(self.pieces)):
            piece = self.pieces[index]
            if piece.clean >= end:
                break
            low = max(start, piece.clean)
            high = min(end, piece.clean + piece.length)
            if low >= high:
                continue
            source = Span(piece.source + low - piece.clean, piece.source + high - piece.clean)
            if spans and not piece.break_before and spans[-1].end <= source.start:
                spans[-1] = Span(spans[-1].start, source.end)
            else:
                spans.append(source)
        return tuple(spans)

    def to_clean(self, span: Span) -> Span | None:
        """Return the clean range that was read from the source span; ``None`` when nothing of it was kept."""
        first: int | None = None
        last = 0
        begin = max(bisect_right(self._by_source, (span.start, len(self.pieces))) - 1, 0)
        for source, index in self._by_source[begin:]:
            if source >= span.end:
                break
            piece = self.pieces[index]
            low = max(span.start, source)
            high = min(span.end, source + piece.length)
            if low >= high:
                continue
            clean_low = piece.clean + low - source
            clean_high = piece.clean + high - source
            first = clean_low if first is None else min(first, clean_low)
            last = max(last, clean_high)
        return None if first is None else Span(first, last)


def read_spans(view: CleanView, spans: Iterable[Span]) -> str:
    """Return the clean reading of source spans: each span's clean text, joined by one space where they break.

    Spans whose clean ranges touch are read on without a space: a word torn by a page is one word.
    """
    readings: list[str] = []
    end: int | None = None
    for span in spans:
        clean = view.to_clean(span)
        if clean is not None:
            readings.append(("" if clean.start == end else " ") + view.text[clean.start : clean.end])
            end = clean.end
    return " ".join("".join(readings).split())
