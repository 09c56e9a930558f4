"""Trial tables that state one endpoint for a whole trial: one claim for each studied drug."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.model import Claim, Comparator, Dose, Named, Outcome, Schedule, make_id
from pipeline.model.claims import Direction, identify_claim
from pipeline.tables.arms import (
    build_dose,
    find_route,
    intervention_of,
    read_arm_of,
)
from pipeline.tables.claims import collect_evidence, comparator_kind
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.naming import PLACEBO, FoundName, find_drugs
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Row
from pipeline.tables.values import DoseValue, ScheduleValue, read_doses, read_schedule

_RAISED = (
    r"improve(?:ment|s|d)?|increas(?:e|es|ed|ing)|restor(?:ation|e|es)|enhance(?:ment|s"
    r"|d)?|gain|rise|preserv(?:ation|e)|prolong(?:ation|ed)?|extension"
)
_LOWERED = (
    r"decreas(?:e|es|ed|ing)|reduc(?:tion|e|es|ed|ing)|prevention|lowering"
    r"|attenuation|decline|suppression|inhibition|delay|slowing"
)
_CHANGE = re.compile(
    rf"^\W*(?:the |an? |significant |percent(?:age)? )*(?:(?P<up>{_RAISED})|"
    rf"(?P<down>{_LOWERED}))\b\s*(?:(?:in|of|to)\b)?\s*(?:the )?",
    re.IGNORECASE,
)
_NOT_AN_EFFECT = re.compile(
    r"\b(safe(?:ly|ty)?|tolerab\w+|pharmacokinetic\w*|blood levels?"
    r"|plasma levels?|feasib\w+|adverse|dose[- ]limiting)\b",
    re.IGNORECASE,
)
_MET = re.compile(r"^\s*(yes|met|achieved|positive)\b", re.IGNORECASE)
_NOT_MET = re.compile(r"^\s*(no|not met|not achieved|negative)\b", re.IGNORECASE)
_ADDED = re.compile(r"(?:\+|\bplus|\bwith|\band)\s*(?:[\d.]+ ?\w+ )?$")
_PLUS = re.compile(r"\s(?:\+|plus)\s")


@dataclass(frozen=True, slots=True)
class _Regimen:
    """A studied drug and its runs of the regimen cell: start, end of its own dose, end of the arm."""

    drug: FoundName
    runs: tuple[tuple[int, int, int], ...]


def build_endpoint_claims(context: TableContext) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return the claims of a table that says for each trial whether its endpoint was met."""
    claims: list[Claim] = []
    problems: list[str] = []
    for row in context.typed.rows:
        direction = _read_direction(context, row)
        if direction is None:
            continue
        outcome, towards = direction
        cell = _regimen_cell(context, row)
        regimens = _split_regimens(context, cell)
        evidence = collect_evidence(context, row)
        if not regimens or evidence is None:
            problems.append(f"row {row.index}: no studied drug could be told")
            continue
        for regimen in regimens:
            claim = _build_claim(context, row, cell, regimen, outcome, towards)
            if claim is not None:
                claim = replace(claim, evidence=evidence)
                identity = identify_claim(
                    doc_id=claim.doc_id, evidence=evidence, intervention=claim.intervention, outcome=claim.outcome,
                    direction=claim.direction, arm=(row.index, regimen.drug.start),
                )  # fmt: skip
                claims.append(replace(claim, claim_id=identity))
    return tuple(claims), tuple(problems)


def _regimen_cell(context: TableContext, row: Row) -> CellText:
    for kind in ("regimen", "drug", "dose"):
        cell = context.typed.cell(row, kind)
        if cell.text:
            return cell
    return context.typed.cell(row, "regimen")


def _read_direction(context: TableContext, row: Row) -> tuple[Outcome, Direction] | None:
    met = context.typed.cell(row, "met").text
    endpoint = context.typed.cell(row, "endpoint")
    endpoint = endpoint if endpoint.text else context.typed.cell(row, "outcome")
    if not met or not endpoint.text or _NOT_AN_EFFECT.search(endpoint.text):
        return None
    change = _CHANGE.match(endpoint.text)
    core = endpoint.part(change.end() if change else 0, len(endpoint.text))
    place = ground_text(context, core, 0, len(core.text))
    if place is None or not core.text:
        return None
    concepts = context.vocabulary.lookup(core.text, label="OUTCOME")
    outcome = Outcome(
        text=place[0], start=place[1], end=place[2], source="row",
        name=concepts[0].name if concepts else core.text, id=concepts[0].id if concepts else None,
    )  # fmt: skip
    if _NOT_MET.match(met):
        return outcome, "no_change"
    if not _MET.match(met):
        return outcome, "unknown"
    if change is None:
        return outcome, "unknown"
    return outcome, "increase" if change["up"] else "decrease"


def _split_regimens(context: TableContext, cell: CellText) -> tuple[_Regimen, ...]:
    """Return the studied drugs of a regimen cell; one only added to another is not studied itself."""
    drugs = list(find_drugs(cell, context.vocabulary))
    if not drugs:
        found = context.header_drug()
        return () if found is None or not cell.text else (_Regimen(found, ((0, len(cell.text), len(cell.text)),)),)
    placebos = {match.start() for match in PLACEBO.finditer(cell.text)}
    added = {drug.start for drug in drugs if _ADDED.search(cell.text[: drug.start])}
    starts = sorted({drug.start for drug in drugs} | placebos)
    arms = sorted(({drug.start for drug in drugs} - added) | placebos)
    runs: dict[str, list[tuple[int, int, int]]] = {}
    first: dict[str, FoundName] = {}
    for drug in drugs:
        if drug.start in added:
            continue
        end = next((start for start in starts if start > drug.start), len(cell.text))
        arm_end = next((start for start in arms if start > drug.start), len(cell.text))
        plus = _PLUS.search(cell.text, drug.start, end)
        first.setdefault(drug.name, drug)
        begin = _begin_with_modifier(cell.text, drug.start)
        runs.setdefault(drug.name, []).append((begin, plus.start() if plus else end, arm_end))
    return tuple(_Regimen(first[name], tuple(places)) for name, places in runs.items())


def _begin_with_modifier(text: str, start: int) -> int:
    """Return where an arm begins: at a capitalised word before its drug ("Topical rapamycin"), else there."""
    if start < 2 or text[start].isupper():
        return start
    lead = text.rfind(" ", 0, start - 1) + 1
    return lead if text[lead].isupper() and text[start - 2].isalpha() else start


def _build_claim(
    context: TableContext, row: Row, cell: CellText, regimen: _Regimen, outcome: Outcome, direction: Direction
) -> Claim | None:
    intervention = intervention_of(regimen.drug, "row")
    settled = read_arm_of(context, row, intervention, ())
    dose, schedule, route = _read_regimen(context, cell, regimen)
    evidence = collect_evidence(context, row)
    if evidence is None:
        return None
    return Claim(
        claim_id="",
        doc_id=context.document.doc_id,
        kind="table",
        evidence=evidence,
        intervention=intervention,
        outcome=outcome,
        direction=direction,
        certainty="asserted",
        negated=False,
        source_kind="cited" if settled.citations else "own",
        section="table",
        arm_id=make_id("arm", context.document.doc_id, context.table.number, row.index, regimen.drug.name),
        comparator=_read_comparator(context, cell),
        dose=dose,
        route=route or settled.route,
        schedule=schedule,
        duration=settled.duration,
        species=settled.species,
        strain=settled.strain,
        population=settled.population,
        setting="in_vivo",
        sex=settled.sex,
        age=settled.ages[0] if settled.ages else None,
        sample_size=settled.sample_size,
        citations=settled.citations,
        why=(f"direction {direction} from the endpoint's wording and whether it was met",),
    )


def _read_regimen(
    context: TableContext, cell: CellText, regimen: _Regimen
) -> tuple[Dose | None, Schedule | None, Named | None]:
    """Return the doses of one drug's arms as one, the schedule where the arms share it, and the route."""
    doses: list[DoseValue] = []
    schedules: list[ScheduleValue | None] = []
    route: Named | None = None
    for start, end, arm_end in regimen.runs:
        found = read_doses(cell.text[start:end])
        doses.extend(replace(dose, start=dose.start + start, end=dose.end + start) for dose in found[:1])
        schedule = read_schedule(cell.text[start:arm_end])
        if schedule is not None:
            schedule = replace(schedule, start=schedule.start + start, end=schedule.end + start)
        schedules.append(schedule)
        route = route or find_route(context, cell.part(start, end))
    dose = build_dose(context, cell, tuple(doses), dietary=False) if doses else None
    first = schedules[0] if schedules else None
    if first is None or any(
        item is None or (item.times, item.period) != (first.times, first.period) for item in schedules
    ):
        return dose, None, route
    place = ground_text(context, cell, first.start, first.end)
    if place is None:
        return dose, None, route
    schedule_field = Schedule(
        text=place[0], start=place[1], end=place[2], source="row", times=first.times, period_days=first.period,
        days_on=first.on, days_off=first.off,
    )  # fmt: skip
    return dose, schedule_field, route


def _read_comparator(context: TableContext, cell: CellText) -> Comparator | None:
    match = PLACEBO.search(cell.text)
    place = None if match is None else ground_text(context, cell, match.start(), match.end())
    if match is None or place is None:
        return None
    return Comparator(
        text=place[0],
        start=place[1],
        end=place[2],
        source="row",
        kind=comparator_kind(match.group()),
        name=match.group().lower(),
    )
