"""Comparative result tables to claims: one for each treated arm beside its comparator and each outcome."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model import (
    Claim,
    Comparator,
    Dose,
    Grounded,
    Outcome,
    Partner,
    SampleSize,
    make_id,
)
from pipeline.model.claims import Direction, FieldSource, identify_claim
from pipeline.tables.amounts import VALUE, compare_values, follow_arrow, follow_estimate, read_effect
from pipeline.tables.arms import build_dose, intervention_of, read_arm_of
from pipeline.tables.claims import collect_evidence, comparator_kind, join_evidence
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.contrasts import Contrast, names_subgroups
from pipeline.tables.dose_levels import build_level_dose
from pipeline.tables.judging import judge_contrast
from pipeline.tables.labels import CONTROL, ArmLabel
from pipeline.tables.naming import find_names
from pipeline.tables.pairing import is_level
from pipeline.tables.result_lexicon import (
    DEMOGRAPHIC,
    SAFETY,
    STATISTIC_LABEL,
    TIMEPOINT,
)
from pipeline.tables.result_outcomes import read_result_outcome, splits_by_sex
from pipeline.tables.row_contrasts import find_contrasts
from pipeline.tables.silence import compares_silently
from pipeline.tables.studied import is_inducer
from pipeline.tables.values import read_doses

_SEX_BLOCK = re.compile(
    r"^\W*(?:fe)?males?(?: (?:rats?|mice|mouse|animals?|flies|dogs?|rabbits?))?\W*(?:\(?\s?n\s?=\s?\d+\)?)?\W*$",
    re.IGNORECASE,
)
"""A sub-header above the values of one sex; a row of that name counts who was enrolled."""


def looks_demographic(context: TableContext) -> bool:
    """Whether the rows describe who was enrolled rather than what happened."""
    if names_subgroups(context):
        return False
    labels = [row.cells[0].text for row in context.typed.rows] + [
        text.text for row in context.typed.rows for text in row.subheaders if not _SEX_BLOCK.match(text.text)
    ]
    named = {match.group().lower() for label in labels if (match := DEMOGRAPHIC.match(label))}
    return len(named) >= 2 and not splits_by_sex(context)


def build_result_claims(context: TableContext) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return one claim for each contrast whose outcome, values and significance are plain."""
    if looks_demographic(context):
        return (), ()
    claims: dict[tuple[object, ...], Claim] = {}
    problems: list[str] = []
    for contrast in find_contrasts(context, problems):
        claim = _build_claim(context, contrast)
        if claim is not None:
            time = None if claim.outcome.timepoint is None else claim.outcome.timepoint.start
            key = (claim.arm_id, claim.outcome.start, time, contrast.column, contrast.row.subheaders, contrast.within)
            bare = STATISTIC_LABEL.match(contrast.row.cells[0].text) is not None
            claims.setdefault(key if bare else (*key, contrast.row.index), claim)
    return tuple(claims.values()), tuple(problems)


def _build_claim(context: TableContext, contrast: Contrast) -> Claim | None:
    outcome = read_result_outcome(context, contrast)
    evidence = collect_evidence(context, contrast.row)
    if evidence is not None and contrast.beside is not None:
        beside = collect_evidence(context, contrast.beside)
        evidence = evidence if beside is None else join_evidence(evidence, beside)
    judged = judge_contrast(context, contrast)
    if outcome is None or evidence is None or judged is None:
        return None
    treated, control = (VALUE.match(cell.text) for cell in contrast.cells)
    bare = contrast.estimate is not None and not any(cell.text for cell in contrast.cells)
    if not bare and (treated is None or control is None):
        return None
    significance = judged.significance
    arrow = follow_arrow(contrast.cells[0]) if significance is None else "unknown"
    arrow = "unknown" if SAFETY.search(context.typed.caption.text) else arrow
    silent = significance is None and arrow == "unknown" and not contrast.signed
    if silent and (bare or not compares_silently(context, contrast, outcome)):
        return None
    if significance is not None and significance.significant is None:
        return None
    effect = read_effect(context, contrast, treated, control)
    direction: Direction = "no_change"
    if arrow != "unknown":
        direction = arrow
    elif significance is None or significance.significant:
        if treated is not None and control is not None:
            direction = compare_values(context, contrast, treated, control)
            if silent and direction == "unknown" and contrast.cells[0].text == contrast.cells[1].text:
                direction = "no_change"
        else:
            direction = follow_estimate(effect)
        if direction == "unknown" and (bare or significance is None or _are_equal(contrast)):
            return None
    intervention = intervention_of(contrast.drug, _place_of(context, contrast))
    if contrast.control.role == "healthy" or is_inducer(context, contrast.drug):
        intervention = replace(intervention, role="inducer")
    arm = read_arm_of(
        context, contrast.row, intervention,
        tuple(Partner(text=drug.text, start=drug.span.start, end=drug.span.end, source=contrast.treated.source,
                      name=drug.name, id=None if drug.concept is None else drug.concept.id)
              for drug in contrast.partners if not is_inducer(context, drug)),
    )  # fmt: skip
    size = _read_sample(context, contrast)
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
        arm_id=_identify_arm(context, contrast),
        combined_with=arm.partners,
        comparator=_read_comparator(context, contrast) if arrow == "unknown" else None,
        dose=_read_dose(context, contrast) or arm.dose,
        route=arm.route,
        schedule=arm.schedule,
        duration=arm.duration,
        species=arm.species,
        strain=arm.strain,
        sex=arm.sex,
        population=arm.population if contrast.treated.source == "row" else _read_population(context, contrast, outcome),
        sample_size=size or arm.sample_size,
        effect=effect,
        significance=None
        if significance is None
        else replace(significance, test="within" if contrast.within else "between"),
        why=(f"direction {direction} from the arms' values and what is stated of their difference",),
    )
    identity = identify_claim(
        doc_id=claim.doc_id, evidence=evidence, intervention=claim.intervention, outcome=outcome, direction=direction,
        arm=(contrast.row.index, contrast.column),
    )  # fmt: skip
    return replace(claim, claim_id=identity)


def _are_equal(contrast: Contrast) -> bool:
    """Whether both arms have the same value, to the letter, whatever its spread."""
    first, second = (VALUE.match(cell.text) for cell in contrast.cells)
    return first is not None and second is not None and first.group() == second.group()


def _place_of(context: TableContext, contrast: Contrast) -> FieldSource:
    """Return where the drug's name stands: in the caption where it is spelt out there, else where the label does."""
    caption = context.typed.caption.locate(0, len(context.typed.caption.text))
    inside = caption is not None and caption.start <= contrast.drug.span.start < caption.end
    title = context.title().locate(0, len(context.title().text))
    titled = title is not None and title.start <= contrast.drug.span.start < title.end
    return "caption" if inside else "document" if titled else contrast.treated.source


def _identify_arm(context: TableContext, contrast: Contrast) -> str:
    """Return the id of the arm, by its label: the same for every outcome of the table."""
    place = contrast.treated.text.locate(0, len(contrast.treated.text.text))
    return make_id(
        "arm",
        context.document.doc_id,
        context.table.number,
        contrast.treated.text.text,
        *(part.text for part in context.typed.columns[contrast.column].parts if read_doses(part.text)),
        None if place is None else place.start,
    )


def _read_population(context: TableContext, contrast: Contrast, outcome: Outcome) -> Grounded | None:
    """Return the sub-header of the arms' columns or rows that is neither outcome nor time, or a row's subgroup."""
    if names_subgroups(context):
        name = contrast.row.cells[0]
        place = ground_text(context, name, 0, len(name.text))
        return None if place is None else Grounded(text=place[0], start=place[1], end=place[2], source="row")
    for source, text in contrast.around:
        if source == "header" and contrast.treated.source == "header":
            place = ground_text(context, text, 0, len(text.text))
            named = find_names(text, context.vocabulary, "SPECIES", "POPULATION", "DISEASE")
            if place is not None and named and place[1] != outcome.start and not TIMEPOINT.match(text.text):
                return Grounded(text=place[0], start=place[1], end=place[2], source="header")
    return None


def _read_comparator(context: TableContext, contrast: Contrast) -> Comparator | None:
    label: ArmLabel = contrast.control
    source: FieldSource = (
        "row" if contrast.treated.text.text in {cell.text for cell in contrast.row.cells} else "header"
    )
    borrowed = (
        bool(label.drugs)
        and label.text.locate(0, len(label.text.text)) is not None
        and not any(drug.text in label.text.text for drug in label.drugs)
    )
    if label.drugs and not borrowed:
        rival = label.drugs[0]
        same = set(label.names) & set(contrast.treated.names)
        return Comparator(
            text=rival.text, start=rival.span.start, end=rival.span.end, source=source,
            kind="other" if same and len(same) == len(label.names) else "active",
            name=rival.name, id=None if rival.concept is None else rival.concept.id,
        )  # fmt: skip
    if contrast.within:
        return _read_baseline(context, label)
    start, end = label.control or (0, len(label.text.text))
    place = ground_text(context, label.text, start, end)
    if place is None:
        return None
    word = label.text.text[start:end]
    dosed = borrowed or is_level(label)
    kind = comparator_kind(word) if CONTROL.fullmatch(word) else "other_dose" if dosed else "untreated"
    return Comparator(text=place[0], start=place[1], end=place[2], source=source, kind=kind, name=word.lower())


def _read_baseline(context: TableContext, label: ArmLabel) -> Comparator | None:
    place = ground_text(context, label.text, 0, len(label.text.text))
    if place is None:
        return None
    caption = context.typed.caption.locate(0, len(context.typed.caption.text))
    inside = caption is not None and caption.start <= place[1] < caption.end
    source: FieldSource = "caption" if inside else "header"
    return Comparator(text=place[0], start=place[1], end=place[2], source=source, kind="baseline", name="baseline")


def _read_dose(context: TableContext, contrast: Contrast) -> Dose | None:
    texts = [
        contrast.treated.text,
        *(() if contrast.treated.source == "row" else context.typed.columns[contrast.column].parts),
    ]
    if contrast.treated.source != "row" and texts[0].text.replace(".", "", 1).isdigit():
        return _read_level(context, contrast)
    for text in texts:
        doses = read_doses(text.text)
        if len(doses) == 1 and doses[0].unit != "%":
            dose = build_dose(context, text, doses, dietary=False)
            row = contrast.treated.text.text in {cell.text for cell in contrast.row.cells}
            return None if dose is None else replace(dose, source="row" if row else "header")
    return None


def _read_level(context: TableContext, contrast: Contrast) -> Dose | None:
    """Return the dose of an arm that a bare number names, in the unit of the header of its row or column."""
    level = contrast.treated.text
    row = level in contrast.row.cells
    heads = [
        column.header for column, cell in zip(context.typed.columns, contrast.row.cells, strict=True) if cell is level
    ]
    heads = heads if row else list(context.typed.columns[contrast.column].parts[:-1])
    dose = next((found for head in heads if (found := build_level_dose(context, level, head))), None)
    return None if dose is None else replace(dose, source="row" if row else "header")


def _read_sample(context: TableContext, contrast: Contrast) -> SampleSize | None:
    label = contrast.sizes[0]
    if label is None or label.size is None:
        return None
    value, start, end = label.size
    place = ground_text(context, label.text, start, end)
    row = contrast.treated.text.text in {cell.text for cell in contrast.row.cells}
    body = context.remember(("body",), lambda: frozenset(cell for row in context.typed.rows for cell in row.cells))
    row = row or label.text in body
    if place is None:
        return None
    return SampleSize(
        text=place[0], start=place[1], end=place[2], source="row" if row else "header", value=value, of="arm"
    )
