"""The claim, as the output contract defines it; ``pipeline/contract`` holds the schema and its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.model.ids import make_id
from pipeline.model.mentions import Relation
from pipeline.model.spans import Span

ClaimKind = Literal["prose", "table"]
SourceKind = Literal["own", "cited"]
InterventionKind = Literal["drug", "dietary", "genetic", "other"]
Role = Literal["treatment", "inducer"]
ComparatorKind = Literal["placebo", "vehicle", "untreated", "baseline", "active", "other_dose", "other"]
Setting = Literal["in_vivo", "in_vitro", "ex_vivo"]
SexValue = Literal["male", "female", "both", "hermaphrodite"]
Statistic = Literal["median", "mean", "maximum", "proportion"]
Direction = Literal["increase", "decrease", "no_change", "mixed", "unknown"]
EffectType = Literal[
    "percent_change", "fold", "difference", "proportion", "odds_ratio", "hazard_ratio", "risk_ratio", "value"
]
Certainty = Literal["asserted", "hedged", "hypothesis"]
Per = Literal["body weight", "day", "diet", "water", "week", "dose", "area"]
FieldSource = Literal[
    "sentence", "paragraph", "section", "document", "row", "header", "subheader", "caption", "footnote", "inferred"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounded:
    """A field with its place: ``text`` is exactly the source at ``[start, end)``; no place means inferred."""

    text: str
    start: int | None = None
    end: int | None = None
    source: FieldSource = "sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Grounded):
    """A route, species or strain with its canonical name and id."""

    name: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(Grounded):
    """A dose: bounds or values in ``unit`` (UCUM-like) per what ``per`` lists.

    ``unit_at`` is where the unit stands if not in ``text``: "1,000" in a table's cell below "Dose (ppm)". An added
    field, as in durations and ages.
    """

    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] | None = None
    unit: str | None = None
    per: tuple[Per, ...] = ()
    relation: Relation | None = None
    unit_at: Grounded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Grounded):
    """``times`` in every ``period_days``; or ``days_on`` then ``days_off``."""

    times: float | None = None
    period_days: float | None = None
    days_on: float | None = None
    days_off: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Grounded):
    """How long treatment lasted, in days, or until which age in days."""

    low_days: float | None = None
    high_days: float | None = None
    until_age_days: float | None = None
    unit_at: Grounded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Age(Grounded):
    """Age at the start of treatment, in days."""

    low_days: float | None = None
    high_days: float | None = None
    unit_at: Grounded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sex(Grounded):
    value: SexValue


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSize(Grounded):
    value: int
    of: Literal["arm", "study"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Grounded):
    name: str
    kind: InterventionKind
    id: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Grounded):
    """A drug given together with the intervention, with its own regimen."""

    name: str
    id: str | None = None
    dose: Dose | None = None
    route: Named | None = None
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparator(Grounded):
    kind: ComparatorKind
    name: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Grounded):
    name: str
    id: str | None = None
    statistic: Statistic | None = None
    timepoint: Grounded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The value of one arm, with its unit and n."""

    text: str
    value: float | None = None
    unit: str | None = None
    n: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect(Grounded):
    """An amount: ``value`` as written and its ``type``; ``change_percent`` is signed against the comparator."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    type: EffectType | None = None
    relation: Literal["=", ">", "<", "~"] | None = None
    change_percent: float | None = None
    control: Measured | None = None
    treated: Measured | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Significance(Grounded):
    p: float | None = None
    p_relation: Literal["=", "<", ">", "<=", ">="] | None = None
    significant: bool | None = None
    test: Literal["between", "within"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWork:
    """A citation mark on a claim, resolved where the document's reference list allows."""

    marker: str
    text: str | None = None
    doi: str | None = None
    pmid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page: points, origin bottom left, unrotated page, MediaBox coordinates."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a claim stands: ``text`` is the clean reading of ``spans``."""

    text: str
    spans: tuple[Span, ...]
    boxes: tuple[Box, ...] = ()
    table: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement that an intervention given to subjects changes an outcome, or leaves it unchanged."""

    claim_id: str
    doc_id: str
    kind: ClaimKind
    evidence: Evidence
    intervention: Intervention
    outcome: Outcome
    direction: Direction
    certainty: Certainty
    negated: bool
    confidence: float | None = None
    source_kind: SourceKind | None = None
    section: str | None = None
    arm_id: str | None = None
    combined_with: tuple[Partner, ...] = ()
    comparator: Comparator | None = None
    dose: Dose | None = None
    route: Named | None = None
    schedule: Schedule | None = None
    duration: Duration | None = None
    species: Named | None = None
    strain: Named | None = None
    population: Grounded | None = None
    setting: Setting | None = None
    sex: Sex | None = None
    age: Age | None = None
    sample_size: SampleSize | None = None
    effect: Effect | None = None
    significance: Significance | None = None
    citations: tuple[CitedWork, ...] = ()
    why: tuple[str, ...] = ()
    """Why each field is as it is, one line each; an added field for ``show --why``."""


def identify_claim(
    *,
    doc_id: str,
    evidence: Evidence,
    intervention: Intervention,
    outcome: Outcome,
    direction: Direction,
    arm: tuple[str | int | None, ...] = (),
) -> str:
    """Return the claim's stable id: same bytes, same place, same assertion give the same id.

    Args:
        arm: what tells two claims of the same place, intervention and outcome apart, such as the dose's offset.
    """
    places = [bound for span in evidence.spans for bound in (span.start, span.end)]
    return make_id(
        "claim",
        doc_id,
        evidence.table,
        evidence.row,
        *places,
        intervention.name,
        intervention.start,
        outcome.text,
        outcome.start,
        direction,
        *arm,
    )
