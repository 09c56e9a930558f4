"""Building the clean view: lines joined, hyphenation undone, marks lifted out, each character with its way back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.ingest.hyphenation import WordStock, keeps_hyphen
from pipeline.ingest.layout import Fragment
from pipeline.model.spans import CleanView, Piece, Span

_BREAK = r"(?:\r\n|[\n\r\f\v\x85\u2028\u2029])"
_JOINT = re.compile(
    rf"(?P<hyphen>(?<=\w)[-\u2010\u2011\u00ad])[ \t]*{_BREAK}\s*(?=\w)"
    rf"|(?<=[\w)])(?P<dash>[/\u2013\u2014])[ \t]*{_BREAK}\s*(?=[\w(])"
    r"|[\u00ad\u200b\u2060\ufeff\x00]+"
    # pdfium puts one of these signs for the hyphen at a line's end, and the next line behind it.
    r"|(?<=\w)(?P<sign>[\x02\ufffe])(?=\w)"
    r"|(?: (?=\s)|[^\S ])\s*"
)
# Without one of these characters, or two spaces, a text has no joint.
_LOOSE = re.compile(
    r"[\x00\x02\t-\r\x1c-\x1f\x85\xa0\xad\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\ufffe]"
)
_TAIL_WORD = re.compile(r"[^\W_][\w'’-]*$")
_SIGNS = "-\u2010\u2011\u00ad/\u2013\u2014"
_HEAD_WORD = re.compile(r"\w[\w'’-]*")


class Run(NamedTuple):
    """``length`` characters at ``start`` of a strand, read one for one from ``source``."""

    start: int
    source: int
    length: int
    break_before: bool = False


@dataclass(frozen=True, slots=True)
class Strand:
    """A block's text with its way back: what the clean view is spun from."""

    text: str
    runs: tuple[Run, ...]

    def to_source(self, start: int, end: int) -> Span | None:
        """Return the source range from the first to the last kept character of ``text[start:end]``."""
        starts = [run.start for run in self.runs]
        low: int | None = None
        high = 0
        for run in self.runs[max(bisect_right(starts, start) - 1, 0) :]:
            if run.start >= end:
                break
            first, last = max(start, run.start), min(end, run.start + run.length)
            if first < last:
                low = run.source + first - run.start if low is None else low
                high = run.source + last - run.start
        return None if low is None or high <= low else Span(low, high)

    def locate(self, span: Span) -> tuple[int, int] | None:
        """Return the range of this strand's text that was read from the source span."""
        low: int | None = None
        high = 0
        for run in self.runs:
            first, last = max(span.start, run.source), min(span.end, run.source + run.length)
            if first < last:
                low = run.start + first - run.source if low is None else low
                high = run.start + last - run.source
        return None if low is None else (low, high)

    def remove(self, ranges: Sequence[tuple[int, int]]) -> Strand:
        """Return the strand without the given ranges, which are in order and do not overlap."""
        if not ranges:
            return self
        parts: list[str] = []
        runs: list[Run] = []
        kept: list[tuple[int, int]] = []
        at = 0
        for low, high in ranges:
            if at < low:
                kept.append((at, low))
            at = max(at, high)
        if at < len(self.text):
            kept.append((at, len(self.text)))
        length = 0
        index = 0
        broken = False
        for low, high in kept:
            while index < len(self.runs) and self.runs[index].start + self.runs[index].length <= low:
                broken = broken or self.runs[index].break_before
                index += 1
            walk = index
            while walk < len(self.runs) and self.runs[walk].start < high:
                run = self.runs[walk]
                first, last = max(low, run.start), min(high, run.start + run.length)
                if first < last:
                    breaks = broken or (run.break_before and first == run.start)
                    source = run.source + first - run.start
                    runs.append(Run(length + first - low, source, last - first, breaks))
                    broken = False
                elif run.break_before:
                    broken = True
                walk += 1
            parts.append(self.text[low:high])
            length += high - low
        return Strand("".join(parts), tuple(runs))


def join_fragments(source: str, fragments: Iterable[Fragment], stock: WordStock) -> Strand:
    """Return the text of fragments with lines joined and hyphenation undone.

    Two fragments with nothing but markup between them are glued; where white space or a break stands between them,
    they are joined like two lines.
    """
    parts: list[str] = []
    runs: list[Run] = []
    length = 0
    previous_end: int | None = None
    for fragment in fragments:
        low, high = _trim(source, fragment.span)
        if low >= high:
            continue
        breaks = fragment.break_before and previous_end is not None
        if previous_end is not None:
            backwards = low < previous_end
            breaks = breaks or backwards
            if breaks or _has_space(source, previous_end, low):
                length = _bridge(source, low, parts, runs, length, stock)
        at = low
        for joint in _find_joints(source, low, high):
            space = source[joint.start()].isspace()
            kept = 1 if space else _measure_sign(source, joint, low, stock)
            end = joint.start() + kept
            if end > at:
                runs.append(Run(length, at, end - at, breaks))
                parts.append(source[at : joint.start()])
                if kept:
                    parts.append(" " if space else "-" if joint["sign"] else joint.group()[:kept])
                length += end - at
                breaks = False
            at = joint.end()
        if at < high:
            runs.append(Run(length, at, high - at, breaks))
            parts.append(source[at:high])
            length += high - at
        previous_end = high
    return Strand("".join(parts), _merge(runs))


def _find_joints(source: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_JOINT`` in order; each holds a rare character, which is looked for first."""
    if source.find("  ", low, high) >= 0:
        yield from _JOINT.finditer(source, low, high)
        return
    at = low
    while (loose := _LOOSE.search(source, at, high)) is not None:
        start = loose.start()
        if start > at and source[start - 1] == " ":
            start -= 1
        joint = _JOINT.match(source, start - 1, high) if start > at and source[start - 1] in _SIGNS else None
        joint = joint or _JOINT.match(source, start, high)
        if joint is None:
            at = loose.end()
            continue
        yield joint
        at = joint.end()


def _trim(source: str, span: Span) -> tuple[int, int]:
    low, high = span.start, min(span.end, len(source))
    while low < high and source[low].isspace():
        low += 1
    while high > low and source[high - 1].isspace():
        high -= 1
    return low, high


def _has_space(source: str, start: int, end: int) -> bool:
    return any(character.isspace() for character in source[start:end])


def _measure_sign(source: str, joint: re.Match[str], low: int, stock: WordStock) -> int:
    """Return how many characters of a joint are kept that does not begin with white space: its sign or nothing."""
    if joint.group("hyphen") or joint.group("sign"):
        left = _TAIL_WORD.search(source[max(low, joint.start() - 40) : joint.start()])
        right = _HEAD_WORD.match(source[joint.end() : joint.end() + 40])
        if joint.group("hyphen") == "\u00ad" or left is None or right is None:
            return 0 if joint.group("hyphen") == "\u00ad" else 1
        return int(keeps_hyphen(left.group(), right.group(), stock))
    return 1 if joint.group("dash") else 0


def _bridge(source: str, low: int, parts: list[str], runs: list[Run], length: int, stock: WordStock) -> int:
    """Join the next fragment, which starts at ``low``, to what was read: undo a hyphen, or set a space."""
    text = parts[-1] if parts else ""
    if text.endswith(("/", "\u2013", "\u2014")) and len(text) > 1 and not text[-2].isspace():
        return length
    if text.endswith(("-", "\u2010", "\u00ad")):
        left = _TAIL_WORD.search(text[-41:-1])
        right = _HEAD_WORD.match(source[low : low + 40])
        if left is not None and right is not None:
            if not keeps_hyphen(left.group(), right.group(), stock):
                parts[-1] = text[:-1]
                last = runs[-1]
                runs[-1] = Run(last.start, last.source, last.length - 1, last.break_before)
                if not runs[-1].length:
                    runs.pop()
                return length - 1
            return length
    parts.append(" ")
    return length + 1


def _merge(runs: list[Run]) -> tuple[Run, ...]:
    merged: list[Run] = []
    for run in runs:
        if merged and not run.break_before:
            last = merged[-1]
            if last.start + last.length == run.start and last.source + last.length == run.source:
                merged[-1] = Run(last.start, last.source, last.length + run.length, last.break_before)
                continue
        merged.append(run)
    return tuple(merged)


def spin_view(strands: Sequence[Strand], *, separator: str = "\n\n") -> tuple[CleanView, tuple[Span, ...]]:
    """Return the clean view of the strands in order, and each strand's range in it.

    A piece gets a break before it wherever the source between it and the piece before belongs to another place of
    the clean text, so that no source span of a sentence ever holds foreign text.
    """
    pieces: list[Piece] = []
    ranges: list[Span] = []
    parts: list[str] = []
    length = 0
    for strand in strands:
        if parts:
            parts.append(separator)
            length += len(separator)
        for number, run in enumerate(strand.runs):
            breaks = run.break_before or (number == 0 and bool(pieces))
            pieces.append(Piece(length + run.start, run.source, run.length, breaks))
        parts.append(strand.text)
        ranges.append(Span(length, length + len(strand.text)))
        length += len(strand.text)
    return CleanView("".join(parts), _break_at_strangers(pieces)), tuple(ranges)


def _break_at_strangers(pieces: list[Piece]) -> tuple[Piece, ...]:
    sources = sorted(piece.source for piece in pieces)
    result: list[Piece] = []
    end = 0
    for piece in pieces:
        if not piece.break_before and result:
            stranger = bisect_left(sources, piece.source) != bisect_left(sources, end)
            if piece.source < end or stranger:
                piece = Piece(piece.clean, piece.source, piece.length, True)
        result.append(piece)
        end = piece.source + piece.length
    return tuple(result)
