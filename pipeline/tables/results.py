"""Comparative result tables: outcomes as rows, a treated and a control arm as columns, and a column of p-values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.model import (
    Claim,
    Comparator,
    Dose,
    Effect,
    Grounded,
    Measured,
    Outcome,
    SampleSize,
    make_id,
)
from pipeline.model.claims import Direction, EffectType, FieldSource, identify_claim
from pipeline.tables.arms import build_dose, ground_text, intervention_of, read_arm_of
from pipeline.tables.claims import collect_evidence, comparator_kind
from pipeline.tables.context import TableContext
from pipeline.tables.effects import read_p
from pipeline.tables.naming import PLACEBO, FoundName, find_drugs, only_one
from pipeline.tables.notes import read_statistic
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Row
from pipeline.tables.values import read_doses

_TREATED = re.compile(
    r"\b(treated|treatment|active|intervention|supplement(?:ed"
    r"|ation)?|experimental|verum|drug)\b",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\b(baseline|before|pre-?\w*|screening|difference"
    r"|change|ratio|total|all|overall)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(within|baseline|before|paired|trend|interaction)\b", re.IGNORECASE)
_TIMEPOINT = re.compile(
    r"^(?:at |after )?(?:(?:week|day|month|year|visit|hour)s?\s*\d+|\d+"
    r"(?:[–-]\d+)?\s*(?:weeks?|days?|months?|years?|h|hours?|min)"
    r"|end of (?:study|treatment)|follow-?up|final|post\w*)\b.{0,20}$",
    re.IGNORECASE,
)
_BARE_STATISTIC = re.compile(
    r"^(?:mean|median|n|no|yes|sd|se|range|iqr|total|number)\b[^a-z]*"
    r"(?:\((?:sd|se|sem|iqr|range|%)\))?$",
    re.IGNORECASE,
)
_NO_OUTCOME = re.compile(
    r"^(?:baseline|before|pre-?treatment|age|sex|gender|male|female|race"
    r"|ethnicity|n|number of (?:patients|subjects))\b",
    re.IGNORECASE,
)
_DEMOGRAPHIC = re.compile(
    r"^(?:age|sex|gender|males?|females?|race|ethnicity|height|education"
    r"|smok\w+|marital|bmi|body mass index)\b",
    re.IGNORECASE,
)
_CELL = re.compile(
    r"^[~<>]?\s*(?P<first>[+−–-]?\d[\d,]*(?:\.\d+)?)\s*(?P<percent>%)?(?:\s*/\s*\d+)?"
    r"(?:\s*\((?P<inner>\d+(?:\.\d+)?)\s?(?P<inner_percent>%)?\))?"
)
_HEADER_N = re.compile(r"\bn\s?=\s?(\d[\d, ]*\d|\d)", re.IGNORECASE)
_COUNTED = re.compile(r"%|\bno\.|\bn\b|\bnumber\b|\bcount", re.IGNORECASE)
_MEANT = re.compile(r"\b(mean|median|sd|sem|iqr)\b", re.IGNORECASE)
_RATIOS: tuple[tuple[str, EffectType], ...] = (
    ("odds ratio", "odds_ratio"), ("hazard ratio", "hazard_ratio"), ("risk ratio", "risk_ratio"),
    ("relative risk", "risk_ratio"), ("rate ratio", "risk_ratio"),
)  # fmt: skip
_RATIO_VALUE = re.compile(
    r"^\s*(\d+(?:\.\d+)?)\s*(?:[\[(][^\d]*(\d+(?:\.\d+)?)\s*(?:–"
    r"|-|−|to|,)\s*(\d+(?:\.\d+)?)\s*[\])])?"
)


@dataclass(frozen=True, slots=True)
class ArmPair:
    """The columns of a comparison, and the drug of its treated arm."""

    treated: int
    control: int
    p: int
    drug: FoundName
    source: FieldSource
    rival: FoundName | None = None


def find_arm_pair(context: TableContext) -> ArmPair | None:
    """Return the one comparison of a treated with a control arm that the columns hold, if it is plain."""
    columns = context.typed.columns
    p_columns = [index for index, column in enumerate(columns) if column.kind == "p"]
    if len(p_columns) != 1 or _WITHIN.search(columns[p_columns[0]].header.text):
        return None
    controls: list[int] = []
    treated: list[tuple[int, FoundName | None]] = []
    for index, column in enumerate(columns):
        header = column.header
        if index == 0 or index == p_columns[0] or not header.text or _OTHER_TIME.search(header.text):
            continue
        drugs = find_drugs(header, context.vocabulary)
        if PLACEBO.search(header.text) and not drugs:
            controls.append(index)
        elif drugs or _TREATED.search(header.text):
            treated.append((index, only_one(drugs)))
    if not controls and len(treated) == 2:
        (left, one), (right, other) = treated
        if one is not None and other is not None and one.name != other.name:
            return ArmPair(left, right, p_columns[0], one, "header", other)
        return None
    if len(controls) != 1 or len(treated) != 1:
        return None
    at, drug = treated[0]
    if drug is None and find_drugs(columns[at].header, context.vocabulary):
        return None
    if drug is not None:
        return ArmPair(at, controls[0], p_columns[0], drug, "header")
    for source, text in (("caption", context.typed.caption), ("document", context.title())):
        names = find_drugs(text, context.vocabulary)
        if names:
            found = only_one(names)
            return None if found is None else ArmPair(at, controls[0], p_columns[0], found, source)  # type: ignore[arg-type]
    return None


def looks_demographic(context: TableContext) -> bool:
    """Whether the rows describe who was enrolled rather than what happened."""
    labels = [row.cells[0].text for row in context.typed.rows] + [
        text.text for row in context.typed.rows for text in row.subheaders
    ]
    named = {match.group().lower() for label in labels if (match := _DEMOGRAPHIC.match(label))}
    return len(named) >= 2


def build_result_claims(context: TableContext) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return one claim for each outcome row whose p-value is given."""
    pair = find_arm_pair(context)
    if pair is None or looks_demographic(context):
        return (), ()
    claims = [claim for row in context.typed.rows if (claim := _build_claim(context, row, pair)) is not None]
    return tuple(claims), ()


def _build_claim(context: TableContext, row: Row, pair: ArmPair) -> Claim | None:
    outcome = _read_outcome(context, row)
    significance = read_p(context, row.cells[pair.p])
    evidence = collect_evidence(context, row)
    if outcome is None or significance is None or significance.significant is None or evidence is None:
        return None
    treated, control = row.cells[pair.treated], row.cells[pair.control]
    treated_cell, control_cell = _CELL.match(treated.text), _CELL.match(control.text)
    if treated_cell is None or control_cell is None:
        return None
    direction: Direction = "no_change"
    if significance.significant:
        direction = _compare(context, row, pair, treated_cell, control_cell)
    arm = read_arm_of(context, row, intervention_of(pair.drug, pair.source), ())
    effect = _read_effect(context, row, pair, treated_cell, control_cell)
    claim = Claim(
        claim_id="",
        doc_id=context.document.doc_id,
        kind="table",
        evidence=evidence,
        intervention=arm.intervention,
        outcome=outcome,
        direction=direction,
        certainty="asserted",
        negated=False,
        source_kind="own",
        section="table",
        arm_id=make_id("arm", context.document.doc_id, context.table.number, pair.treated),
        comparator=_read_comparator(context, pair),
        dose=_read_dose(context, pair),
        species=arm.species,
        population=arm.population,
        sample_size=_read_sample(context, pair),
        effect=effect,
        significance=replace(significance, test="between"),
        why=(f"direction {direction} from the arms' values and p",),
    )
    identity = identify_claim(
        doc_id=claim.doc_id, evidence=evidence, intervention=claim.intervention, outcome=outcome, direction=direction,
        arm=(row.index, pair.treated),
    )  # fmt: skip
    return replace(claim, claim_id=identity)


def _read_outcome(context: TableContext, row: Row) -> Outcome | None:
    label = row.cells[0]
    if not label.text or _NO_OUTCOME.match(label.text):
        return None
    timepoint: Grounded | None = None
    source: FieldSource = "row"
    statistic = read_statistic([label])
    name = label
    if _TIMEPOINT.match(label.text) or _BARE_STATISTIC.match(label.text):
        if not row.subheaders:
            return None
        if _TIMEPOINT.match(label.text):
            place = ground_text(context, label, 0, len(label.text))
            timepoint = None if place is None else Grounded(text=place[0], start=place[1], end=place[2], source="row")
        name, source = row.subheaders[-1], "subheader"
    name = _strip_statistic(name)
    place = ground_text(context, name, 0, len(name.text))
    if place is None or not re.search(r"[A-Za-z]{3}", name.text):
        return None
    concepts = context.vocabulary.lookup(name.text, label="OUTCOME")
    return Outcome(
        text=place[0], start=place[1], end=place[2], source=source,
        name=concepts[0].name if concepts else name.text, id=concepts[0].id if concepts else None,
        statistic=statistic, timepoint=timepoint,  # type: ignore[arg-type]
    )  # fmt: skip


_TAIL = re.compile(
    r"(?:,?\s*(?:\((?:mean|median|n|no\.?|%|sd|se|sem|iqr|range|[µμ\w/·%^ ]{1,12})[^()]*\)"
    r"|n ?\(%\)|mean ?(?:±|\()? ?s[de]m?\)?|%))+\s*$",
    re.IGNORECASE,
)


_LEAD = re.compile(r"^(?:sub-?total|total|all|any)\s*:\s*", re.IGNORECASE)


def _strip_statistic(name: CellText) -> CellText:
    lead = _LEAD.match(name.text)
    if lead:
        name = name.part(lead.end(), len(name.text))
    tail = _TAIL.search(name.text)
    return name if tail is None or tail.start() < 3 else name.part(0, tail.start())


def _compare(
    context: TableContext, row: Row, pair: ArmPair, treated: re.Match[str], control: re.Match[str]
) -> Direction:
    """Return the direction between the arms; unknown where counts and shares disagree about it."""
    readings: list[tuple[float, float]] = [(_number(treated["first"]), _number(control["first"]))]
    header = _HEADER_N.sub("", context.typed.columns[pair.treated].header.text)
    counted = _COUNTED.search(f"{row.cells[0].text} {header}") and not _MEANT.search(row.cells[0].text)
    if treated["inner"] and control["inner"] and (treated["inner_percent"] or counted):
        readings = [(float(treated["inner"]), float(control["inner"]))]
    elif not treated["percent"] and all("." not in cell["first"] for cell in (treated, control)):
        sizes = [_arm_size(context, index) for index in (pair.treated, pair.control)]
        if sizes[0] and sizes[1]:
            readings.append((readings[0][0] / sizes[0], readings[0][1] / sizes[1]))
    signs = {(one > other) - (one < other) for one, other in readings}
    if len(signs) != 1:
        return "unknown"
    sign = signs.pop()
    return "increase" if sign > 0 else "decrease" if sign < 0 else "unknown"


def _number(text: str) -> float:
    return float(re.sub(r"[−–]", "-", text).replace(",", ""))


def _arm_size(context: TableContext, column: int) -> int | None:
    match = _HEADER_N.search(context.typed.columns[column].header.text)
    return None if match is None else int(re.sub(r"[, ]", "", match.group(1)))


def _read_effect(
    context: TableContext, row: Row, pair: ArmPair, treated: re.Match[str], control: re.Match[str]
) -> Effect | None:
    measured: list[Measured | None] = []
    for index, match in ((pair.treated, treated), (pair.control, control)):
        place = ground_text(context, row.cells[index], match.start("first"), match.end("first"))
        measured.append(
            None if place is None
            else Measured(text=place[0], start=place[1], end=place[2], value=_number(match["first"]),
                          unit="%" if match["percent"] else None, n=_arm_size(context, index))
        )  # fmt: skip
    for index, column in enumerate(context.typed.columns):
        kind = next((kind for words, kind in _RATIOS if words in column.header.text.lower()), None)
        ratio = _RATIO_VALUE.match(row.cells[index].text) if kind else None
        place = ground_text(context, row.cells[index], ratio.start(1), ratio.end()) if ratio else None
        if ratio and place is not None:
            return Effect(
                text=place[0], start=place[1], end=place[2], source="row", value=float(ratio.group(1)), type=kind,
                low=float(ratio.group(2)) if ratio.group(2) else None,
                high=float(ratio.group(3)) if ratio.group(3) else None,
                treated=measured[0], control=measured[1],
            )  # fmt: skip
    first = measured[0]
    if first is None:
        return None
    return Effect(
        text=first.text, start=first.start, end=first.end, source="row", value=first.value, unit=first.unit,
        type="value",
        treated=first, control=measured[1],
    )  # fmt: skip


def _read_comparator(context: TableContext, pair: ArmPair) -> Comparator | None:
    if pair.rival is not None:
        rival = pair.rival
        return Comparator(
            text=rival.text, start=rival.span.start, end=rival.span.end, source="header", kind="active",
            name=rival.name,
            id=None if rival.concept is None else rival.concept.id,
        )  # fmt: skip
    header = context.typed.columns[pair.control].header
    match = PLACEBO.search(header.text)
    place = None if match is None else ground_text(context, header, match.start(), match.end())
    if match is None or place is None:
        return None
    kind = comparator_kind(match.group())
    return Comparator(
        text=place[0], start=place[1], end=place[2], source="header", kind=kind, name=match.group().lower()
    )


def _read_dose(context: TableContext, pair: ArmPair) -> Dose | None:
    header = context.typed.columns[pair.treated].header
    doses = read_doses(header.text)
    dose = build_dose(context, header, doses, dietary=False) if len(doses) == 1 and doses[0].unit != "%" else None
    return None if dose is None else replace(dose, source="header")


def _read_sample(context: TableContext, pair: ArmPair) -> SampleSize | None:
    header = context.typed.columns[pair.treated].header
    match = _HEADER_N.search(header.text)
    place = None if match is None else ground_text(context, header, match.start(1), match.end(1))
    if match is None or place is None:
        return None
    value = int(re.sub(r"[, ]", "", match.group(1)))
    return SampleSize(text=place[0], start=place[1], end=place[2], source="header", value=value, of="arm")
