"""Mentions: words of a document that name something, and the concept or value they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.model.spans import Span

Label = Literal[
    "CHEMICAL", "DOSE", "ROUTE", "SCHEDULE", "DURATION", "SPECIES", "POPULATION", "STRAIN", "SEX", "AGE",
    "DISEASE", "OUTCOME", "GENE", "EFFECT", "PVALUE", "SAMPLE_SIZE",
]  # fmt: skip
Relation = Literal["=", ">", "<", "~", "<=", ">="]


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of a vocabulary: a CURIE (``UNII:W36ZG6FT64``), its preferred name, and how sure the link is.

    ``reason`` says what made the link: ``"name"``, ``"variant"``, ``"abbreviation"``, ``"misspelling"``,
    ``"analog"`` or, of a candidate, ``"class"``. It tells no two concepts apart.
    """

    id: str
    name: str
    score: float | None = None
    reason: str = field(default="name", compare=False)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A normalised quantity.

    ``kind`` is the mention's label in lower case (``dose``, ``schedule``, ``duration``, ``age``, ``effect``,
    ``pvalue``, ``sample_size``); the other fields are those of the contract's object of that kind and ``None`` where
    they do not apply or are not stated.

    Attributes:
        low, high: bounds, or both the value; ``values``: the members of a list, in order.
        unit: UCUM-like; ``per``: what a dose is per (``body weight``, ``day``, ``diet``, ``water``, ``week``, …).
        relation: ``"~"`` for "about", ``">"`` and so on; ``None`` when not written.
        times, period_days, days_on, days_off: of a schedule.
        low_days, high_days, until_age_days: of a duration or an age.
        effect_type: of an effect, as in the contract; ``sign`` is −1, 1 or ``None`` as written.
        value: of an effect, its value where ``low`` and ``high`` are those of its interval.
        spread: what follows "±" or "SD"; ``baseline``: the first value of "from 8.1 to 6.9".
    """

    kind: str
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] | None = None
    unit: str | None = None
    per: tuple[str, ...] = ()
    relation: Relation | None = None
    times: float | None = None
    period_days: float | None = None
    days_on: float | None = None
    days_off: float | None = None
    low_days: float | None = None
    high_days: float | None = None
    until_age_days: float | None = None
    effect_type: str | None = None
    sign: int | None = None
    significant: bool | None = None
    value: float | None = None
    spread: float | None = None
    baseline: float | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of the running text or of a table cell.

    Attributes:
        label: the contract's entity label.
        span: its place in the source; ``text`` is exactly the source there.
        clean: its range in the clean text, or ``None`` for a mention in a table cell.
        name: a canonical name where no concept is linked (``"oral"``, ``"male"``).
        flags: facts that later stages ask for (``"endogenous"``, ``"class"``, ``"inducer"``, …), sorted.
        candidates: concepts that an unlinked mention may mean.
    """

    label: Label
    span: Span
    text: str
    clean: Span | None = None
    concept: Concept | None = None
    name: str | None = None
    role: str | None = None
    quantity: Quantity | None = None
    flags: tuple[str, ...] = ()
    candidates: tuple[Concept, ...] = ()
