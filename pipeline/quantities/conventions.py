"""Entities as the contract bounds them, from mentions as the claims need them.

A claim reads "/day" of "mg/day" as a schedule, the direction in "40 % increase" and the age in "children"; as entities
the contract wants the dose alone, the amount alone and the people alone (guidelines § 12).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.model import Mention, Span

_PEOPLE: Final = re.compile(
    r"adults|child(?:ren)?|infants?|newborns?|neonates?|babies|toddlers?|adolescents?|teenagers?|seniors"
    r"|(?:octo|nona)genarians?|centenarians?",
    re.IGNORECASE,
)
_INTERVAL: Final = re.compile(r"[(\[]?\s?\d{2}(?:\.\d)?\s?%\s?-?(?:CI|CrI|C\.I\.|confidence|credible)", re.IGNORECASE)
_TIGHT: Final[dict[str, re.Pattern[str]]] = {
    "EFFECT": re.compile(
        r"^\D{0,16}[\d.,]+(?:\s?[-–]\s?[\d.,]+)?(?:\s?%|\sper\s?cent|[-\s]?fold)(?=\s[a-z])|^[a-z]+-?\s?fold(?=\s[a-z])"
    ),
    "SEX": re.compile(r"(?<=^of\s).+", re.IGNORECASE),
    "ROUTE": re.compile(
        r"(?<=^in\sthe\s)(?:diet|food|chow|feed)$|(?<=^in\s)(?:diet|food|chow|feed)$"
        r"|^(?:oral|topical|intranasal|intravenous|intraperitoneal|subcutaneous|dietary|nasal|dermal)"
        r"(?=\s(?:administration|application|doses?|tablets?|capsules?)$)|^(?:orally|topically)(?=\s(?:administered|applied)$)",
        re.IGNORECASE,
    ),
}


def as_entity(mention: Mention) -> Mention | None:
    """Return a mention as an entity of the contract, with tighter bounds where it wants them, or None where it is none.

    "/day" of a unit is part of its DOSE; words for people are POPULATION and no AGE; a confidence interval alone is no
    amount; words such as "did not differ significantly" are no PVALUE.
    """
    text = mention.text
    match mention.label:
        case "SCHEDULE" if text.startswith("/"):
            return None
        case "AGE" if _PEOPLE.fullmatch(text):
            return None
        case "EFFECT" if _INTERVAL.match(text):
            return None
        case "PVALUE" if "significan" in text.lower() and not any(character.isdigit() for character in text):
            return None
    pattern = _TIGHT.get(mention.label)
    found = pattern.search(text) if pattern is not None else None
    if found is None or found.group() == text:
        return mention
    span = Span(mention.span.start + found.start(), mention.span.start + found.end())
    clean = None
    if mention.clean is not None and mention.clean.end - mention.clean.start == len(text):
        clean = Span(mention.clean.start + found.start(), mention.clean.start + found.end())
    return replace(mention, span=span, text=found.group(), clean=clean or mention.clean)
