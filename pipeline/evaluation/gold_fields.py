"""The fields of a gold claim: the names and values of the output contract, each with its place."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.model.claims import (
    ComparatorKind,
    EffectType,
    FieldSource,
    InterventionKind,
    Per,
    Role,
    SexValue,
    Statistic,
)
from pipeline.model.mentions import Relation


class GoldModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldField(GoldModel):
    """A field with its place; ``start`` and ``end`` are null for what was inferred."""

    text: str = Field(min_length=1, max_length=300)
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    source: FieldSource = "sentence"

    @model_validator(mode="after")
    def _check_place(self) -> GoldField:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end are given together or not at all")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"a place needs start < end, not [{self.start}, {self.end})")
        return self


class GoldNamed(GoldField):
    name: str | None = None
    id: str | None = None


class GoldDose(GoldField):
    low: float | None = None
    high: float | None = None
    values: tuple[float, ...] | None = None
    unit: str | None = None
    per: tuple[Per, ...] = ()
    relation: Relation | None = None


class GoldSchedule(GoldField):
    times: float | None = None
    period_days: float | None = None
    days_on: float | None = None
    days_off: float | None = None


class GoldDuration(GoldField):
    low_days: float | None = None
    high_days: float | None = None
    until_age_days: float | None = None


class GoldAge(GoldField):
    low_days: float | None = None
    high_days: float | None = None


class GoldSex(GoldField):
    value: SexValue


class GoldSampleSize(GoldField):
    value: int
    of: Literal["arm", "study"] | None = None


class GoldIntervention(GoldField):
    name: str | None = None
    id: str | None = None
    kind: InterventionKind = "drug"
    role: Role | None = "treatment"


class GoldPartner(GoldNamed):
    dose: GoldDose | None = None
    route: GoldNamed | None = None
    schedule: GoldSchedule | None = None


class GoldComparator(GoldNamed):
    kind: ComparatorKind


class GoldOutcome(GoldNamed):
    statistic: Statistic | None = None
    timepoint: GoldField | None = None


class GoldMeasured(GoldField):
    value: float | None = None
    unit: str | None = None
    n: int | None = None


class GoldEffect(GoldField):
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    type: EffectType | None = None
    relation: Literal["=", ">", "<", "~"] | None = None
    change_percent: float | None = None
    control: GoldMeasured | None = None
    treated: GoldMeasured | None = None


class GoldSignificance(GoldField):
    p: float | None = None
    p_relation: Relation | None = None
    significant: bool | None = None
    test: Literal["between", "within"] | None = None
