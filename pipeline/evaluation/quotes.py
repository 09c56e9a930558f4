"""Where a labeller's quotes stand in a source text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.folding import FoldedText, QuoteFinder
from pipeline.evaluation.gold import GoldDocument

Place = tuple[int, int]


class LabelError(ValueError):
    """A label, or a part of it, cannot be placed; the message says why."""


@dataclass(slots=True)
class LabelledText:
    """A source text with everything that finding places in it needs."""

    document: GoldDocument
    source: str
    finder: QuoteFinder
    view: FoldedText


def find_stretch(text: LabelledText, label: Mapping[str, Any], *, limit: int) -> Place:
    """Return the shortest stretch from the quote ``from`` to the quote ``to``, both included, of at most ``limit``.

    Raises:
        LabelError: either has no certain place.
    """
    start, end = find_one(text, str(label["from"]), line=label.get("line"))
    ends = text.finder.find(str(label["to"]), start=start)
    ends = [place for place in ends if place[1] >= end]
    if not ends or ends[0][1] - start > limit:
        raise LabelError(f"not found within {limit} characters: the end {label['to']!r}")
    return start, ends[0][1]


def find_one(text: LabelledText, quote: str, *, line: int | None = None, after: int | None = None) -> Place:
    """Return the one place of a quote: the only one, the nearest to ``line``, or the first from ``after`` on."""
    places = text.finder.find(quote)
    if not places:
        raise LabelError(f"not found: {quote!r:.160}")
    if len(places) == 1:
        return places[0]
    if after is not None:
        return next((place for place in places if place[0] >= after), places[-1])
    if line is None:
        lines = ", ".join(str(text.finder.line_of(start)) for start, _ in places[:8])
        raise LabelError(f"ambiguous: {quote!r:.120} stands on lines {lines}; give `line`")
    return min(places, key=lambda place: (abs(text.finder.line_of(place[0]) - line), place))
