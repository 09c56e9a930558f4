"""The arms of an experiment as its design sentence tells them: levels of dose, and how many were in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.scene import Scene, key_of
from pipeline.model import Mention, Span

_LEVELS_WITHIN = 60


def combine_doses(scenes: Sequence[Scene], levels: Sequence[Mention]) -> Mention | None:
    """Return the levels of a drug as one list where one sentence tells them together ("20 mg t.d.s. and 50 mg t.d.s."),
    in one unit; ``None`` where they stand apart.
    """
    if len(levels) < 2 or any(level.clean is None or level.quantity is None for level in levels):
        return None
    for scene in scenes:
        if all(level.clean is not None and scene.span.covers(level.clean) for level in levels):
            break
    else:
        return None
    ordered = sorted(levels, key=lambda level: level.span.start)
    first, last = ordered[0], ordered[-1]
    quantities = [level.quantity for level in ordered if level.quantity is not None]
    values = [quantity.low for quantity in quantities if quantity.low is not None and quantity.low == quantity.high]
    kinds = {(quantity.unit, quantity.per) for quantity in quantities}
    if len(values) != len(ordered) or len(kinds) != 1 or first.clean is None or last.clean is None:
        return None
    whole = Span(first.clean.start, last.clean.end)
    if len(whole) > _LEVELS_WITHIN * (len(ordered) - 1):
        return None
    places = scene.document.clean.to_source(whole.start, whole.end)
    if len(places) != 1:
        return None
    quantity = replace(quantities[0], low=min(values), high=max(values), values=tuple(values))
    return replace(first, span=places[0], text=scene.document.quote(places[0]), clean=whole, quantity=quantity)


def pair_sizes(scene: Scene, sizes: Sequence[Mention]) -> dict[str, Mention]:
    """Return the number of subjects of each drug's arm: "40 received A and 42 B", "A (n = 24) or B (n = 25)".

    A number in brackets stands behind its drug, one that is a subject before it. Empty where a number has no drug or
    two have one.
    """
    drugs = [mention for mention in scene.of("CHEMICAL") if mention.role == "drug" and mention.clean is not None]
    text = scene.document.clean.text
    paired: dict[str, Mention] = {}
    for place, size in enumerate(sizes):
        if size.clean is None:
            return {}
        left = text.rfind("(", scene.span.start, size.clean.start)
        bracketed = left >= 0 and ")" not in text[left : size.clean.start]
        low = sizes[place - 1].clean if place else None
        high = sizes[place + 1].clean if place + 1 < len(sizes) else None
        begin = scene.span.start if low is None else low.end
        end = scene.span.end if high is None else high.start
        if bracketed:
            near = [m for m in drugs if m.clean is not None and begin <= m.clean.start < size.clean.start]
            chosen = near[-1] if near else None
        else:
            near = [m for m in drugs if m.clean is not None and size.clean.end <= m.clean.start < end]
            chosen = near[0] if near else None
        if chosen is None or key_of(chosen) in paired:
            return {}
        paired[key_of(chosen)] = size
    return paired
