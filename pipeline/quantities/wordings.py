"""Schedules and durations in words without a number: "intermittent treatment", "long-term administration"."""

from __future__ import annotations

import re

from pipeline.model.mentions import Quantity
from pipeline.quantities.matches import QuantityLabel, QuantityMatch

_GIVEN = (
    r"(?:treatments?|therap(?:y|ies)|administration|supplementation|exposure|dosing|doses?|regimens?|courses?|schedules?|use|"
    r"infusions?|injections?|inhibition|pre-?treatment|feeding|intake)"
)
# Up to three words may stand between ("long-term rapamycin treatment"), a coordinated wording too ("intermittent or
# short-term").
_BETWEEN = r"(?:[\s,-]+(?:or|and|[\w-]+)){0,3}[\s-]+"
_WORDS: tuple[tuple[QuantityLabel, str], ...] = (
    (
        "DOSE",
        r"(?:very |relatively )?(?:low|high|lower|higher)(?:,? (?:daily|weekly|or|and|intermittent)){1,3}(?= doses?)",
    ),
    ("SCHEDULE", r"intermittent(?:ly)?|continuous(?:ly)?|chronic(?:ally)?|acute(?:ly)?|pulsed?|repeated"),
    ("DURATION", r"(?:short|long|longer|shorter)[- ]term|prolonged|life-?long|short(?:er)? duration"),
)
_PATTERNS = tuple(
    (
        label,
        re.compile(
            rf"\b(?P<words>{words})(?={_BETWEEN}{_GIVEN}\b)|\b{_GIVEN}\s+(?P<after>intermittently|chronically|continuously)\b",
            re.I,
        ),
    )
    for label, words in _WORDS
)


def find_wordings(text: str) -> list[QuantityMatch]:
    """Return schedules and durations that are stated in words only; their quantities hold no number."""
    found = []
    for label, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            group = "words" if match["words"] else "after"
            if group == "after" and label != "SCHEDULE":
                continue
            start, end = match.span(group)
            found.append(QuantityMatch(start, end, label, Quantity(kind=label.lower())))
    return found
