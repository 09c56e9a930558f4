"""Dose, route, schedule and duration, bound to the drug they were given with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.antecedents import Agent
from pipeline.claims.design import reaches
from pipeline.claims.facts import DocumentFacts
from pipeline.claims.frame import Frame
from pipeline.claims.generality import states_in_general
from pipeline.claims.given_arms import Said, choose_given, name_of_route, sexes_named, taxa_named
from pipeline.claims.grounding import ground_mention
from pipeline.claims.in_vitro import is_in_vitro
from pipeline.claims.ownership import is_of_another, is_shared, is_shared_dose, owner_of
from pipeline.claims.populations import is_subject
from pipeline.claims.routes import is_delivery
from pipeline.claims.scene import Scene, key_of
from pipeline.claims.titles import is_title, section_kind
from pipeline.claims.tree import comparison_nodes
from pipeline.claims.zones import bind, nearest
from pipeline.model import Dose, Duration, Mention, Named, Schedule, Span
from pipeline.model.claims import FieldSource

_ARM_JOINT = re.compile(
    r"^[\s,;]*(?:(?:once|twice|three times|per|a|an|each|every|other|daily|weekly|monthly|day|week|month|or|and|either|"
    r"b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?d\.?|/)[\s,;]*)+$",
    re.IGNORECASE,
)
_INJECTED = re.compile(r"\binjections\b")
_LEVEL = re.compile(
    r"\b(?:low|high|medium|intermediate|single)(?:er|est)?\b(?: [\w-]+){0,2}[ -](?:doses?|concentrations?|dosages?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Regimen:
    """How a drug was given, as mentions; ``None`` where not stated."""

    dose: Mention | None = None
    route: Mention | None = None
    schedule: Mention | None = None
    duration: Mention | None = None


def read_regimens(
    scene: Scene, frame: Frame, agent: Agent, given: list[Mention], facts: DocumentFacts
) -> list[Regimen]:
    """Return the regimen of the agent in this frame; several where doses with schedules of their own are
    coordinated.
    """
    key = key_of(agent.mention)
    barred = comparison_nodes(scene.tree)
    doses = own_doses(scene, frame, agent, given)
    anchor = scene.node(agent.mention) if agent.source == "sentence" else frame.trigger
    anchor = frame.trigger if anchor is None else anchor
    routes = [m for m in _bound(scene, frame, "ROUTE", barred) if is_delivery(scene, m)]
    routes = [m for m in routes if not _is_in_name(scene, m)]
    own_routes = [m for m in routes if owner_of(scene, m, given) in (key, None)]
    if not own_routes and agent.source == "sentence":
        own_routes = [m for m in routes if is_shared(scene, m, agent.mention)]
    route = _near(scene, anchor, own_routes)
    durations = _bound(scene, frame, "DURATION", barred)
    duration = _near(scene, anchor, [m for m in durations if m.quantity is not None])
    schedules = [m for m in _bound(scene, frame, "SCHEDULE", barred) if not is_of_another(scene, m, key)]
    arms = _split_arms(scene, doses, schedules)
    if len(arms) > 1:
        return [Regimen(dose, route, schedule, duration) for dose, schedule in arms]
    dose = _near(scene, anchor, doses)
    schedule = _schedule_of(scene, dose, schedules) or _near(scene, anchor, schedules)
    if _is_own_result(scene, facts) and not states_in_general(scene, frame):
        told = facts.design.regimens.get(key, {})
        design = {label: mention for label, mention in told.items() if reaches(scene, mention)}
        if dose is None and not _names_level(scene):
            dose = design.get("DOSE")
        route = route or design.get("ROUTE")
        schedule = schedule or design.get("SCHEDULE")
        duration = duration or design.get("DURATION")
        named = route or next((m for m in scene.of("ROUTE") if is_delivery(scene, m)), None)
        way = (
            name_of_route(named)
            if named is not None
            else "injection"
            if _INJECTED.search(scene.text(scene.span))
            else None
        )
        said = Said({"DOSE": dose, "DURATION": duration}, way, sexes_named(scene), taxa_named(scene))
        others = choose_given(facts.design.given.get(key, ()), said)
        others = {label: mention for label, mention in others.items() if reaches(scene, mention)}
        if dose is None and not _names_level(scene):
            dose = others.get("DOSE")
        route, schedule = route or others.get("ROUTE"), schedule or others.get("SCHEDULE")
        duration = duration or others.get("DURATION")
        lone = facts.design.duration
        if duration is None and not told and lone is not None and reaches(scene, lone):
            duration = lone
    return [Regimen(dose, route, schedule, duration)]


def own_doses(scene: Scene, frame: Frame, agent: Agent, given: list[Mention]) -> list[Mention]:
    """Return the doses of the frame's clause that stand with the agent, or with no drug."""
    bound = _bound(scene, frame, "DOSE", comparison_nodes(scene.tree))
    own = [dose for dose in bound if owner_of(scene, dose, given) in (key_of(agent.mention), None)]
    return own or [dose for dose in bound if is_shared_dose(scene, dose, agent.mention, given)]


def _is_own_result(scene: Scene, facts: DocumentFacts) -> bool:
    """Whether the sentence may state a result of the document's own experiment: abstract or results, no citation."""
    document = scene.document
    if any(scene.span.start < mark.clean <= scene.span.end for mark in document.citations):
        return False
    if is_in_vitro(scene, facts.species):
        return False
    taxa = {m.concept.id for m in scene.of("SPECIES") if m.concept is not None and is_subject(scene, m)}
    if facts.species is not None and facts.species.concept is not None and taxa - {facts.species.concept.id}:
        return False  # other organisms had a regimen of their own
    kind = section_kind(document, scene)
    if not is_title(scene) and scene.span.start < facts.design.opens:
        return False
    return kind in ("abstract", "results", "body", "conclusion", "caption")


def _names_level(scene: Scene) -> bool:
    """Whether a sentence speaks of one of several levels in words: "a low concentration", "the higher dose"."""
    return bool(_LEVEL.search(scene.text(scene.span)))


def _is_in_name(scene: Scene, route: Mention) -> bool:
    """Whether a route's letters stand in a substance's name: the "SC" of "SC-560"."""
    if route.clean is not None and re.match(r"-\d", scene.text(Span(route.clean.end, scene.span.end))):
        return True
    return route.clean is not None and any(
        drug.clean is not None and drug.clean.overlaps(route.clean) for drug in scene.of("CHEMICAL")
    )


def _bound(scene: Scene, frame: Frame, label: str, barred: set[int]) -> list[Mention]:
    inside = [mention for mention in scene.of(label) if scene.node(mention) not in barred]
    return bind(scene, frame, inside)


def _near(scene: Scene, node: int, candidates: list[Mention]) -> Mention | None:
    return nearest(scene, node, candidates)


def _split_arms(scene: Scene, doses: list[Mention], schedules: list[Mention]) -> list[tuple[Mention, Mention | None]]:
    """Return coordinated doses with a schedule each ("0.5 mg once daily or 5 mg once weekly"), else nothing."""
    arms: list[tuple[Mention, Mention | None]] = []
    for position, dose in enumerate(doses):
        schedule = _schedule_of(scene, dose, schedules)
        if position and not _joins(scene, doses[position - 1], dose):
            return []
        arms.append((dose, schedule))
    distinct = {schedule.text.lower() if schedule else None for _, schedule in arms}
    if len(arms) > 1 and (len(distinct) > 1 or None not in distinct):
        return arms
    return []


def _joins(scene: Scene, left: Mention, right: Mention) -> bool:
    if left.clean is None or right.clean is None or right.clean.start < left.clean.end:
        return False
    between = scene.document.clean.text[left.clean.end : right.clean.start]
    return bool(_ARM_JOINT.match(between)) and bool(re.search(r"\b(?:or|and)\b|,", between))


def _schedule_of(scene: Scene, dose: Mention | None, schedules: list[Mention]) -> Mention | None:
    """Return the schedule that stands with a dose: inside it, or within four words behind it."""
    if dose is None or dose.clean is None:
        return None
    for schedule in schedules:
        if schedule.clean is None:
            continue
        if dose.clean.overlaps(schedule.clean):
            return schedule
        if 0 <= schedule.clean.start - dose.clean.end <= 40:
            between = scene.document.clean.text[dose.clean.end : schedule.clean.start]
            if len(between.split()) <= 4 and not re.search(r"\b(?:or|and)\b|;", between):
                return schedule
    return None


def dose_field(mention: Mention, source: FieldSource = "sentence") -> Dose:
    """Return a dose mention as a claim's field."""
    quantity = mention.quantity
    if quantity is None:
        return Dose(**ground_mention(mention, source))
    return Dose(
        **ground_mention(mention, source),
        low=quantity.low,
        high=quantity.high,
        values=quantity.values,
        unit=quantity.unit,
        per=quantity.per,  # type: ignore[arg-type]
        relation=quantity.relation,
    )


def schedule_field(mention: Mention, source: FieldSource = "sentence") -> Schedule:
    """Return a schedule mention as a claim's field."""
    quantity = mention.quantity
    if quantity is None:
        return Schedule(**ground_mention(mention, source))
    return Schedule(
        **ground_mention(mention, source),
        times=quantity.times,
        period_days=quantity.period_days,
        days_on=quantity.days_on,
        days_off=quantity.days_off,
    )


def duration_field(mention: Mention, source: FieldSource = "sentence") -> Duration:
    """Return a duration mention as a claim's field."""
    quantity = mention.quantity
    if quantity is None:
        return Duration(**ground_mention(mention, source))
    return Duration(
        **ground_mention(mention, source),
        low_days=quantity.low_days,
        high_days=quantity.high_days,
        until_age_days=quantity.until_age_days,
    )


def route_field(mention: Mention, source: FieldSource = "sentence") -> Named:
    """Return a route mention as a claim's field."""
    return Named(
        **ground_mention(mention, source),
        name=mention.concept.name if mention.concept else mention.name,
        id=None,
    )
