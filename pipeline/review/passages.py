"""Passages for Label Studio: what a task shows of a paper, with the way back to the source.

A passage is the paragraphs around a claim's evidence and, behind an ellipsis, what stands around fields found
elsewhere. Its text is the source character for character, except that a tab, return or other control character is
shown as a space, so that no browser drops it and shifts what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.review.fields import PLACED

PARAGRAPH = 700
"""Most code points shown on either side of the evidence in a task."""
SENTENCES = 250
"""As many in a cell of a sheet."""
AROUND = 80
"""Code points shown on either side of a field that stands elsewhere."""
GAP = 120
"""Stretches nearer than this are shown as one."""
ELLIPSIS = "\n\n[…]\n\n"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of a task; ``pieces`` are (offset in the text, offset in the source, length), in order."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def to_text(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch of the source stands in the text, ``None`` where it is not shown whole."""
        for shown, source, length in self.pieces:
            if source <= start and end <= source + length:
                return shown + start - source, shown + end - source
        return None

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the stretch of the source that a stretch of the text shows, ``None`` if it is not one stretch."""
        for shown, source, length in self.pieces:
            if shown <= start < end <= shown + length:
                return source + start - shown, source + end - shown
        return None


def make_passage(claim: Mapping[str, Any], source: str, *, most: int = PARAGRAPH) -> Passage:
    """Return what a task shows for a claim, with at most ``most`` code points on either side of the evidence."""
    evidence = claim["evidence"]["spans"]
    stretches = [_widen(source, start, end, most) for start, end in evidence]
    for _, value in placed_fields(claim):
        start, end = value["start"], value["end"]
        if not any(low <= start and end <= high for low, high in stretches):
            stretches.append((_snap(source, start - AROUND, start), _snap(source, end + AROUND, end)))
    pieces: list[tuple[int, int, int]] = []
    text = ""
    for start, end in _merge(stretches):
        text += ELLIPSIS if pieces else ""
        pieces.append((len(text), start, end - start))
        text += _CONTROL.sub(" ", source[start:end])
    return Passage(text, tuple(pieces))


def placed_fields(claim: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Yield the fields of a claim that stand at a place of the source."""
    for name in PLACED:
        value = claim.get(name)
        if value is not None and value.get("start") is not None:
            yield name, value


def _widen(source: str, start: int, end: int, most: int) -> tuple[int, int]:
    """Return the paragraph around a stretch, as far as it is not too long."""
    low = source.rfind("\n\n", max(0, start - most), start)
    high = source.find("\n\n", end, end + most)
    first = low + 2 if low >= 0 else _snap(source, start - most, start)
    last = high if high >= 0 else _snap(source, end + most, end)
    return first, last


def _snap(source: str, at: int, limit: int) -> int:
    """Return the place between ``at`` and ``limit`` nearest to ``at`` at which no word is cut."""
    at = min(max(at, 0), len(source))
    step = 1 if at < limit else -1
    while at != limit and 0 < at < len(source) and not (source[at - 1].isspace() or source[at].isspace()):
        at += step
    return at


def _merge(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1] + GAP:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged
