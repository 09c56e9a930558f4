"""The result of the quantity grammar: a range of the text, its label and the value it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.model.mentions import Quantity

QuantityLabel = Literal["DOSE", "SCHEDULE", "DURATION", "AGE", "EFFECT", "PVALUE", "SAMPLE_SIZE"]


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """A quantity at the code points `[start, end)` of the text that was searched, plus the caller's offset."""

    start: int
    end: int
    label: QuantityLabel
    quantity: Quantity


def drop_overlaps(matches: list[QuantityMatch]) -> list[QuantityMatch]:
    """Return the matches without overlap, sorted: of two that overlap the longer stays, else the earlier."""
    kept: list[QuantityMatch] = []
    for match in sorted(matches, key=lambda match: (match.start - match.end, match.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)
