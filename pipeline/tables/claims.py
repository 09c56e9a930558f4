"""From typed rows to claims, by the contract: one claim for each row and effect.

A row's evidence is its own cells: ``spans`` are their places, merged where only blanks stand between, ``text`` their
texts joined by a space. A value that was printed once for several rows is no part of the other rows' evidence.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pipeline.model import Age, Claim, Comparator, Evidence, Span, make_id
from pipeline.model.claims import ComparatorKind, identify_claim
from pipeline.tables.arms import Arm, read_arm
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.effects import RowEffect, read_effects
from pipeline.tables.naming import PLACEBO
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Row


def build_row_claims(context: TableContext) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Return the claims of a table whose rows are arms with their effects, and what could not be read."""
    claims: list[Claim] = []
    problems: list[str] = []
    for row in context.typed.rows:
        effects = read_effects(context, row)
        if not effects:
            continue
        arm = read_arm(context, row)
        evidence = collect_evidence(context, row)
        if arm is None or evidence is None:
            problems.append(f"row {row.index}: its drug could not be told")
            continue
        claims.extend(_build_claim(context, row, arm, effect, evidence) for effect in effects)
    return tuple(claims), tuple(problems)


def collect_evidence(context: TableContext, row: Row) -> Evidence | None:
    """Return the row's own cells as evidence."""
    spans: list[Span] = []
    texts: list[str] = []
    source = context.document.source
    for index, cell in enumerate(row.cells):
        if not cell.text or index in row.shared:
            continue
        texts.append(_quote_cell(source, cell) if cell.marks else cell.quote(source))
        for span in cell.spans():
            if spans and spans[-1].end <= span.start and not source[spans[-1].end : span.start].strip():
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
    if not spans:
        return None
    return Evidence(text=" ".join(texts), spans=tuple(spans), table=context.table.number, row=row.index)


def join_evidence(first: Evidence, second: Evidence) -> Evidence:
    """Return the evidence of two rows that say something only together, in the order of the source."""
    parts = sorted((first, second), key=lambda evidence: evidence.spans[0].start)
    return replace(first, text=" ".join(part.text for part in parts), spans=parts[0].spans + parts[1].spans)


def _quote_cell(source: str, cell: CellText) -> str:
    """Return a cell's text with the marks that stand inside it, which its spans cannot leave out."""
    places = [offset for offset in cell.offsets if offset >= 0]
    lifted = any(source[one + 1 : other].strip() for one, other in pairwise(places) if other > one + 1)
    if not lifted:
        return cell.quote(source)
    return " ".join(" ".join(source[span.start : span.end].split()) for span in cell.spans())


def _build_claim(context: TableContext, row: Row, arm: Arm, effect: RowEffect, evidence: Evidence) -> Claim:
    doc_id = context.document.doc_id
    number = context.table.number
    arm_id = make_id("arm", doc_id, number, row.index)
    if effect.member is not None:
        arm_id = make_id("arm", doc_id, number, row.index, effect.member)
    claim = Claim(
        claim_id="",
        doc_id=doc_id,
        kind="table",
        evidence=evidence,
        intervention=arm.intervention,
        outcome=effect.outcome,
        direction=effect.direction,
        certainty="asserted",
        negated=False,
        source_kind="cited" if arm.citations else "own",
        section="table",
        arm_id=arm_id,
        combined_with=arm.partners,
        comparator=read_comparator(context),
        dose=arm.dose,
        route=arm.route,
        schedule=arm.schedule,
        duration=arm.duration,
        species=arm.species,
        strain=arm.strain,
        population=arm.population,
        setting="in_vivo" if arm.sex or arm.ages or arm.strain or arm.route else None,
        sex=arm.sex,
        age=_age_of(arm, effect),
        sample_size=arm.sample_size,
        effect=effect.effect,
        significance=effect.significance,
        citations=arm.citations,
        why=effect.why,
    )
    identity = identify_claim(
        doc_id=doc_id,
        evidence=evidence,
        intervention=claim.intervention,
        outcome=claim.outcome,
        direction=claim.direction,
        arm=(row.index, effect.column, effect.member),
    )
    return replace(claim, claim_id=identity)


def _age_of(arm: Arm, effect: RowEffect) -> Age | None:
    """Return the arm's age; where ages and effects are parallel lists, the one that belongs to the effect."""
    if not arm.ages:
        return None
    if effect.member is not None and len(arm.ages) > effect.member + 1:
        return arm.ages[effect.member + 1]
    return arm.ages[0]


def read_comparator(context: TableContext) -> Comparator | None:
    """Return what the control column's header names."""
    index = context.typed.column("control")
    if index is None:
        return None
    header = context.typed.columns[index].header
    match = PLACEBO.search(header.text)
    place = None if match is None else ground_text(context, header, match.start(), match.end())
    if match is None or place is None:
        return None
    return Comparator(
        text=place[0],
        start=place[1],
        end=place[2],
        source="header",
        kind=comparator_kind(match.group()),
        name=match.group(),
    )


def comparator_kind(word: str) -> ComparatorKind:
    """Return the kind of comparator that a word names."""
    lowered = word.lower()
    kinds: tuple[ComparatorKind, ...] = ("placebo", "vehicle")
    for kind in kinds:
        if kind in lowered:
            return kind
    return "vehicle" if lowered in ("saline", "dmso") else "untreated"
