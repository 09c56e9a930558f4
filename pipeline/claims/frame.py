"""The frame: one stated effect as tree nodes, and the names of the patterns that later stages ask for."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.claims import Direction

OCCURRENCE = "occurs under treatment"
EFFECTIVE_MEANS = "effective means"
QUALITY = "quality of an effect"
VALUES = "values of two arms"
RESPONSE = "share that reached an endpoint"
HARM_ASSOCIATION = "associated with a harm"
REVERSAL = "reverses the change before"


@dataclass(frozen=True, slots=True)
class Frame:
    """One stated effect.

    Attributes:
        trigger: the word that states the effect; ``verb``: the word whose modality and negation hold for it.
        outcome: the head of the outcome phrase.
        causes: heads of phrases that may name the cause, best first.
        direction: of the outcome, before negation.
        negated: whether a negation cue stands on it; ``cue`` names it.
        rule: the name of the pattern that made the frame, for ``--why``.
        skip: nodes of the outcome phrase that are no part of it, such as the adjective that states the direction.
        outcome_is_verb: for "lived longer", where the outcome is what the verb says.
    """

    trigger: int
    verb: int
    outcome: int
    causes: tuple[int, ...]
    direction: Direction
    negated: bool
    rule: str
    cue: str | None = None
    skip: tuple[int, ...] = ()
    outcome_is_verb: bool = False


def direction_of(name: str) -> Direction:
    match name:
        case "increase" | "decrease" | "no_change" | "mixed":
            return name
        case _:
            return "unknown"
