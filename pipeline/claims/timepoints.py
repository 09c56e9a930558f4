"""When an outcome was measured: "at week 12", "on day 7", "after 24 h", "at 20 months of age"."""

from __future__ import annotations

import re

from pipeline.claims.frame import Frame
from pipeline.claims.scene import Scene
from pipeline.claims.subjects import is_time_of_measurement
from pipeline.claims.zones import bind
from pipeline.model import Mention, Span

_TIME = re.compile(
    r"\b(?:(?:[Aa]t|[Bb]y|[Oo]n|[Ii]n)\s+(?:the\s+)?(?P<named>(?:week|day|month|year)\s+\d{1,3})"
    r"|[Aa]t\s+(?P<counted>\d{1,3}(?:\.\d)?[\s-](?:h|hours?|days?|weeks?|months?|years?|min|minutes?))"
    r"|[Aa]fter\s+(?P<short>\d{1,3}(?:\.\d)?\s(?:h|hours?|min|minutes?)))\b"
    r"(?!\s+(?:of|prior|before|old|post(?:natal|partum)|and\s+\d|or\s+\d|to\s+\d|intervals?|each)\b|\s*[-–,]\s*\d|\s+and\s+(?:week|day|month|year)\b)",
)
_GIVING = re.compile(
    r"\b(?:start|begin|begun|beg[au]n|initiat|treat|fed|given|dosed|administ|received|from|onset|random|enrol|born|wean)\w*"
    r"[^,;]{0,30}$",
    re.IGNORECASE,
)


def find_times(scene: Scene) -> list[Mention]:
    """Return the times of measurement that a sentence names, as mentions without a value; times of giving stay out."""
    document = scene.document
    text = scene.text(scene.span)
    found = []
    for match in _TIME.finditer(text):
        group = match.lastgroup or ""
        start, end = (scene.span.start + place for place in match.span(group))
        spans = document.clean.to_source(start, end)
        if len(spans) == 1 and not _GIVING.search(text, max(0, match.start() - 45), match.start()):
            found.append(
                Mention(label="DURATION", span=spans[0], text=document.quote(spans[0]), clean=Span(start, end))
            )
    return found


def find_timepoint(scene: Scene, frame: Frame) -> Mention | None:
    """Return when the outcome of a frame was measured: an age behind it, else the only time of its clause."""
    for mention in bind(scene, frame, scene.of("AGE"), unique_in_sentence=False):
        if is_time_of_measurement(scene, frame, mention):
            return mention
    times = find_times(scene)
    opening = [time for time in times if time.clean is not None and time.clean.start - scene.span.start <= 8]
    if len(times) == 1 and opening:
        return opening[0]
    bound = bind(scene, frame, times)
    return bound[0] if len(bound) == 1 else None
