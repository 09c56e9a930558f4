"""Shares of survivors or deaths that a footnote gives where a cell holds its mark alone: "91 per cent versus 0 %"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Effect, Measured
from pipeline.model.claims import Direction
from pipeline.tables.context import TableContext
from pipeline.tables.notes import Mark

_VERSUS = re.compile(r"\bversus\b|\bvs\.?(?=\s)|\bcompared (?:with|to)\b")
_GOOD_WORDS = re.compile(r"\b(surviv\w*|alive|lifespan|longevity)\b", re.IGNORECASE)
_DEATH_WORDS = re.compile(r"\b(deaths?|died|mortality|dead)\b", re.IGNORECASE)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SHARE = re.compile(
    r"(?P<digits>\d+(?:\.\d+)?)\s?(?:%|per ?cent)|\b(?P<words>[a-z]+(?:[- ](?:hundred|[a-z]+))?)\sper ?cent"
    r"|\b(?P<none>no)\s(?:deaths?|survivors?)",
    re.IGNORECASE,
)


def read_note_shares(context: TableContext, marks: Sequence[Mark]) -> tuple[Direction, Effect] | None:
    """Return the direction and the shares of both arms that a mark's note compares, the treated arm first."""
    for mark in marks:
        if mark.span is None:
            continue
        text = context.quote(mark.span)
        versus = list(_VERSUS.finditer(text))
        good, bad = _GOOD_WORDS.search(text), _DEATH_WORDS.search(text)
        if len(versus) != 1 or bool(good) == bool(bad):
            continue
        treated = _find_share(text, mark.span.start, 0, versus[0].start())
        control = _find_share(text, mark.span.start, versus[0].end(), len(text))
        if treated is None or control is None or treated.value is None or control.value is None:
            continue
        if treated.value == control.value:
            continue
        change = (treated.value - control.value) / control.value * 100.0 if control.value else None
        effect = Effect(
            text=treated.text, start=treated.start, end=treated.end, source="footnote", value=treated.value, unit="%",
            type="proportion", change_percent=None if change is None else round(change, 6), treated=treated,
            control=control,
        )  # fmt: skip
        more = treated.value > control.value
        return "increase" if more == bool(good) else "decrease", effect
    return None


def _find_share(text: str, offset: int, start: int, end: int) -> Measured | None:
    match = _SHARE.search(text, start, end)
    if match is None:
        return None
    value = float(match["digits"]) if match["digits"] else 0.0 if match["none"] else _add_words(match["words"])
    if value is None:
        return None
    return Measured(text=match.group(), value=value, unit="%", start=offset + match.start(), end=offset + match.end())


def _add_words(words: str) -> float | None:
    total = 0.0
    for word in re.split(r"[- ]", words.lower()):
        if word in _ONES:
            total += _ONES.index(word)
        elif word in _TENS:
            total += _TENS[word]
        elif word == "hundred":
            total = max(total, 1.0) * 100
        else:
            return None
    return total
