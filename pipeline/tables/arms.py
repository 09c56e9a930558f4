"""What was given to whom in a row: drug, dose, route, schedule, duration, strain, sex, age, species, population."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import cast

from pipeline.model import (
    Age,
    CitedWork,
    Dose,
    Duration,
    Grounded,
    Intervention,
    Named,
    Partner,
    SampleSize,
    Schedule,
    Sex,
)
from pipeline.model.claims import FieldSource, Per
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.header_units import ground_unit, read_bare_spell
from pipeline.tables.naming import PLACEBO, ROUTE, ROUTE_NAMES, FoundName, find_drugs
from pipeline.tables.references import read_citations
from pipeline.tables.subjects import read_ages, read_population, read_sample, read_sex, read_species, read_strain
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Row
from pipeline.tables.values import DoseValue, Spell, is_dash, read_doses, read_schedule, read_spells

_PARTNER = re.compile(r"(?:\bwith|\bplus|\band|\+|\bin combination with)\s*$", re.IGNORECASE)
_DIETARY = frozenset({"dietary"})


@dataclass(frozen=True, slots=True)
class Arm:
    """The row's arm: everything of a claim but outcome and effect."""

    intervention: Intervention
    partners: tuple[Partner, ...]
    dose: Dose | None
    route: Named | None
    schedule: Schedule | None
    duration: Duration | None
    species: Named | None
    strain: Named | None
    population: Grounded | None
    sex: Sex | None
    ages: tuple[Age, ...]
    sample_size: SampleSize | None
    citations: tuple[CitedWork, ...]


def read_arm(context: TableContext, row: Row) -> Arm | None:
    """Return the row's arm, ``None`` where no drug can be told or where the row is the comparator's."""
    drugs = read_drugs(context, row)
    if drugs is None:
        return None
    return read_arm_of(context, row, *drugs)


def read_arm_of(context: TableContext, row: Row, intervention: Intervention, partners: tuple[Partner, ...]) -> Arm:
    """Return the row's arm for a drug that is known."""
    cell = context.typed.cell
    route = _read_route(context, row)
    population = read_population(context, row)
    return Arm(
        intervention=intervention,
        partners=partners,
        dose=_read_dose(context, row, route),
        route=route,
        schedule=_read_schedule(context, row, dietary=route is not None and route.name in _DIETARY),
        duration=_read_duration(context, row),
        species=read_species(context, row),
        strain=read_strain(context, row),
        population=population,
        sex=read_sex(context, cell(row, "sex")),
        ages=read_ages(context, row),
        sample_size=read_sample(context, row),
        citations=read_citations(context, cell(row, "reference")),
    )


def read_drugs(context: TableContext, row: Row) -> tuple[Intervention, tuple[Partner, ...]] | None:
    """Return the row's drug and what was given with it."""
    drug_cell = context.typed.cell(row, "drug")
    dose_cell = context.typed.cell(row, "dose")
    partners: list[Partner] = []
    main: tuple[FieldSource, FoundName] | None = None
    for cell in (drug_cell, dose_cell):
        for name in find_drugs(cell, context.vocabulary):
            partner = _PARTNER.search(cell.text[: name.start]) is not None
            if partner or (main is not None and main[1].name != name.name):
                partners.append(_partner(name))
            elif main is None:
                main = ("row", name)
    if main is None and drug_cell.text and not is_dash(drug_cell.text):
        if PLACEBO.search(drug_cell.text):
            return None
        span = drug_cell.locate(0, len(drug_cell.text))
        if span is None or not re.search(r"[A-Za-z]{3}", drug_cell.text):
            return None
        kind = "drug" if dose_cell.text else "other"
        text = context.quote(span)
        return (
            Intervention(text=text, start=span.start, end=span.end, source="row", name=drug_cell.text, kind=kind),  # type: ignore[arg-type]
            tuple(partners),
        )
    if main is None:
        main = context.context_drug(row)
    if main is None:
        return None
    source, name = main
    partners = [partner for partner in partners if partner.name != name.name]
    return intervention_of(name, source), tuple(partners)


def intervention_of(name: FoundName, source: FieldSource) -> Intervention:
    """Return a found drug as an intervention."""
    return Intervention(
        text=name.text,
        start=name.span.start,
        end=name.span.end,
        source=source,
        name=name.name,
        id=None if name.concept is None else name.concept.id,
        kind="drug",
        role="treatment",
    )


def _partner(name: FoundName) -> Partner:
    return Partner(
        text=name.text,
        start=name.span.start,
        end=name.span.end,
        source="row",
        name=name.name,
        id=None if name.concept is None else name.concept.id,
    )


def _read_dose(context: TableContext, row: Row, route: Named | None) -> Dose | None:
    for kind in ("dose", "drug", "route"):
        cell = context.typed.cell(row, kind)
        doses = read_doses(cell.text)
        if doses:
            dose = build_dose(context, cell, doses, dietary=route is not None and route.name in _DIETARY)
            if dose is not None:
                return dose
    cell = context.typed.cell(row, "dose")
    index = context.typed.column("dose")
    unit = None if index is None else context.typed.columns[index].unit
    if index is not None and unit and cell.text:
        doses = read_doses(f"{cell.text} {unit}")
        if len(doses) == 1 and doses[0].start == 0 and doses[0].end >= len(cell.text):
            value = doses[0]
            clipped = DoseValue(0, len(cell.text), value.numbers, value.is_range, value.unit, value.per, value.relation)
            dose = build_dose(context, cell, (clipped,), dietary=route is not None and route.name in _DIETARY)
            if dose is not None:
                return replace(dose, unit_at=ground_unit(context, context.typed.columns[index].header, unit))
    if cell.text and not is_dash(cell.text) and not re.search(r"\d", cell.text):
        if find_drugs(cell, context.vocabulary) or len(cell.text.split()) > 3:
            return None
        place = ground_text(context, cell, 0, len(cell.text))
        return None if place is None else Dose(text=place[0], start=place[1], end=place[2], source="row")
    return None


def build_dose(context: TableContext, cell: CellText, doses: tuple[DoseValue, ...], *, dietary: bool) -> Dose | None:
    """Return the doses of one drug as one dose: a value, a range or a list of values in one unit."""
    first = doses[0]
    same = [dose for dose in doses if dose.unit == first.unit and dose.per == first.per]
    place = ground_text(context, cell, first.start, same[-1].end)
    if place is None:
        return None
    per: tuple[str, ...] = first.per
    if (first.unit in ("[ppm]", "[ppb]") and dietary) or (
        dietary and first.per == ("body weight",) and first.unit.endswith("/kg")
    ):
        per = ("diet",)
    numbers = tuple(dict.fromkeys(number for dose in same for number in dose.numbers))
    low: float | None = numbers[0]
    high: float | None = numbers[-1]
    values = None
    relation = first.relation
    if len(numbers) > 1 and not (first.is_range and len(same) == 1):
        low, high, values = min(numbers), max(numbers), numbers
    return Dose(
        text=place[0],
        start=place[1],
        end=place[2],
        source="row",
        low=low,
        high=high,
        values=values,
        unit=first.unit,
        per=cast("tuple[Per, ...]", per),
        relation=relation,
    )


def _read_route(context: TableContext, row: Row) -> Named | None:
    for kind in ("route", "dose", "drug", "schedule"):
        cell = context.typed.cell(row, kind)
        if not cell.text:
            continue
        found = find_route(context, cell)
        if found is not None and (kind == "route" or found.name != "dietary"):
            return found
    if context.typed.cell(row, "route").text and not is_dash(context.typed.cell(row, "route").text):
        return None
    for source, text in context.surroundings(row):
        if source == "subheader":
            match = re.search(r"\b(?:via|by|in)\s+(?=\S)", text.text)
            found = None if match is None else find_route(context, text.part(match.end(), len(text.text)))
            if found is not None:
                return Named(text=found.text, start=found.start, end=found.end, source="subheader", name=found.name)
    return None


def find_route(context: TableContext, cell: CellText) -> Named | None:
    """Return the first route that a cell names."""
    match = ROUTE.search(cell.text)
    if match is None:
        return None
    place = ground_text(context, cell, match.start(), match.end())
    if place is None:
        return None
    name = ROUTE_NAMES[match.group(1).lower()]
    return Named(text=place[0], start=place[1], end=place[2], source="row", name=name)


_ALTERNATE = re.compile(r"\bevery other (?:week|month)\b|\balternate (?:weeks|months)\b", re.IGNORECASE)
_DAY_LIST = re.compile(
    r"\bdays? \d+(?:\s?[–-]\s?\d+)?(?:(?:,| and|, and) (?:days? )?\d+(?:\s?[–-]\s?\d+)?)*"
    r"(?: (?:after|post|following|before) [\w-]+)",
    re.IGNORECASE,
)


def _read_schedule(context: TableContext, row: Row, *, dietary: bool) -> Schedule | None:
    """Return the schedule; what is fed every other month is fed for a month and left out for a month."""
    for kind in ("schedule", "route", "dose"):
        cell = context.typed.cell(row, kind)
        value = read_schedule(cell.text)
        place = None if value is None else ground_text(context, cell, value.start, value.end)
        if value is None or place is None:
            continue
        schedule = Schedule(
            text=place[0], start=place[1], end=place[2], source="row", times=value.times, period_days=value.period,
            days_on=value.on, days_off=value.off,
        )  # fmt: skip
        if dietary and value.period and _ALTERNATE.search(cell.text[value.start : value.end]):
            half = value.period / 2
            return replace(schedule, times=None, period_days=None, days_on=half, days_off=half)
        return schedule
    for cell in (context.typed.cell(row, "schedule"), context.typed.cell(row, "dose")):
        match = _DAY_LIST.search(cell.text)
        place = None if match is None else ground_text(context, cell, match.start(), match.end())
        if place is not None:
            return Schedule(text=place[0], start=place[1], end=place[2], source="row")
    return None


_DURATION_BEFORE = re.compile(r"\b(?:for|over|during|until|up to|till)\s+$", re.IGNORECASE)


def _read_duration(context: TableContext, row: Row) -> Duration | None:
    index = context.typed.column("duration")
    if index is not None:
        column = context.typed.columns[index]
        bare = read_bare_spell(row.cells[index], column.unit, column.header.text)
        if bare is not None:
            built = build_duration(context, row.cells[index], bare, bare.start)
            return None if built is None else replace(built, unit_at=ground_unit(context, column.header, column.unit))
    for kind in ("duration", "dose", "route", "schedule"):
        cell = context.typed.cell(row, kind)
        for spell in read_spells(cell.text):
            before = _DURATION_BEFORE.search(cell.text[: spell.start])
            if kind != "duration" and before is None:
                continue
            start = before.start() if before is not None and spell.until else spell.start
            built = build_duration(context, cell, spell, start)
            if built is not None:
                return built
    return None


def build_duration(context: TableContext, cell: CellText, spell: Spell, start: int) -> Duration | None:
    """Return a time in a cell as a duration."""
    place = ground_text(context, cell, start, spell.end)
    if place is None:
        return None
    if spell.until:
        return Duration(text=place[0], start=place[1], end=place[2], source="row", until_age_days=spell.high)
    return Duration(text=place[0], start=place[1], end=place[2], source="row", low_days=spell.low, high_days=spell.high)
