"""From frames to claims: one claim per drug, outcome, species and arm of a frame, every field at its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.amount_binding import assign_quantities
from pipeline.claims.amounts import compared_effect, effect_field, plain_pair, significance_field
from pipeline.claims.antecedents import Agent, Memory, StudyContext
from pipeline.claims.comparators import active_comparator, control_comparator, read_comparator
from pipeline.claims.coordination import credit_added
from pipeline.claims.design import narrow_design
from pipeline.claims.distribution import Share, distribute, share_among_drugs
from pipeline.claims.exceptions import find_excepted_subjects
from pipeline.claims.facts import DocumentFacts
from pipeline.claims.frame import OCCURRENCE, QUALITY, Frame
from pipeline.claims.frames import find_frames
from pipeline.claims.grounding import ground_mention, ground_span, source_of
from pipeline.claims.inducers import role_of
from pipeline.claims.interventions import resolve_agents
from pipeline.claims.judge_features import describe_claim, describe_statement
from pipeline.claims.origins import arm_id_of, citations_of, section_of, source_kind_of
from pipeline.claims.outcomes import OutcomePhrase, outcome_concept, read_outcome, read_pointing_outcome
from pipeline.claims.qualifiers import (
    compares_baselines,
    is_denied,
    is_indication,
    is_procedure,
    is_recommended,
    is_refuted,
    is_unstudied,
    judge_certainty,
)
from pipeline.claims.regimens import dose_field, duration_field, own_doses, read_regimens, route_field, schedule_field
from pipeline.claims.responses import find_responses
from pipeline.claims.reversals import read_reversals
from pipeline.claims.scene import Scene, key_of
from pipeline.claims.studies import read_study
from pipeline.claims.subjects import read_subjects, sex_field
from pipeline.claims.substances import given_substances
from pipeline.claims.timepoints import find_timepoint, find_times
from pipeline.claims.turned_comparisons import turn_round
from pipeline.claims.valence import adjust_direction, tells_harm_only
from pipeline.claims.value_statements import ComparedValues, find_value_statements, is_value
from pipeline.judge import Judge
from pipeline.model import (
    Claim,
    Document,
    Evidence,
    Grounded,
    Intervention,
    Mention,
    Outcome,
    Partner,
    Span,
    read_spans,
)
from pipeline.model.claims import Direction, identify_claim


def claims_of_scene(
    scene: Scene, *, facts: DocumentFacts, memory: Memory, following: tuple[str, ...], judge: Judge
) -> list[Claim]:
    """Return the claims of one sentence in text order.

    Args:
        facts: what the document establishes; ``memory``: what the paragraph so far named.
        following: the first words of the next sentence, lower case, which may take an expectation back.
        judge: gives the claims their confidence.
    """
    tree = scene.tree
    if facts.reports_own and memory.told:
        facts = replace(facts, design=narrow_design(facts.design, memory.told, facts.species))
    given = given_substances(scene, facts.administered)
    frames = read_reversals(scene, find_frames(tree), given)
    statements: list[tuple[Frame, OutcomePhrase, list[Agent]]] = []
    compared: dict[Frame, ComparedValues] = {}
    for frame in frames:
        phrase = read_outcome(scene, frame) or read_pointing_outcome(scene, frame, memory.outcomes)
        if phrase is None or is_refuted(tree, frame.verb, following) or is_denied(tree, frame.verb):
            continue
        if is_indication(tree, frame.verb) or is_recommended(tree, frame) or is_procedure(tree, frame):
            continue
        if compares_baselines(tree, frame, phrase.nodes) or is_unstudied(tree, frame):
            continue
        if frame.rule == QUALITY and tree[frame.verb].lemma in cues.HYPOTHESIS_GOVERNORS:
            continue  # "the antiarrhythmic effects of A were studied"
        if tells_harm_only(scene, frame, phrase):
            continue
        agents = credit_added(scene, resolve_agents(scene, frame, phrase.nodes, given, memory))
        if not agents:
            frame, agents = turn_round(scene, frame, given, memory)
        if frame.rule == OCCURRENCE:
            agents = [agent for agent in agents if agent.source == "sentence" and agent.anaphor is None]
        agents = [agent for agent in agents if not _is_outcome_itself(scene, agent, phrase)]
        if agents:
            statements.append((frame, phrase, agents))
    for statement in (*find_value_statements(scene, given, memory), *find_responses(scene, given, memory)):
        phrase = read_outcome(scene, statement.frame)
        if phrase is None:
            continue
        statements = [s for s in statements if s[1].head != phrase.head or s[0].rule != OCCURRENCE]
        if not any(phrase.head == other.head for _, other, _ in statements):
            statements.append((statement.frame, phrase, [statement.agent]))
            if statement.values is not None:
                compared[statement.frame] = statement.values
    statements = _drop_composed(statements)
    kept = [frame for frame, _, _ in statements]
    effects = assign_quantities(scene, kept, "EFFECT")
    pvalues = assign_quantities(scene, kept, "PVALUE")
    claims: list[Claim] = []
    for position, (frame, phrase, agents) in enumerate(statements):
        named = sorted({agent.mention.span.start for agent in agents if agent.source == "sentence"})
        for agent in agents:
            order = named.index(agent.mention.span.start) if agent.source == "sentence" else 0
            built = _build(
                scene,
                frame,
                phrase,
                agent,
                facts,
                given,
                memory.study,
                compared.get(frame),
                effects=share_among_drugs(scene, effects.get(position, []), named, order),
                pvalues=share_among_drugs(scene, pvalues.get(position, []), named, order),
            )
            features = describe_statement(scene, frame, phrase, agent, given=given, statements=len(statements))
            claims.extend(judge.rate(claim, features | describe_claim(claim, arms=len(built))) for claim in built)
    memory.advance(scene, given)
    memory.acted.update(key_of(agent.mention) for _, _, agents in statements for agent in agents)
    if scene.of("DOSE", "ROUTE", "SCHEDULE", "DURATION", "STRAIN", "AGE"):
        memory.told = (*memory.told, scene)
    memory.study = read_study(scene, memory.study)
    claims = _drop_repeats(claims)
    memory.outcomes = tuple(dict.fromkeys(claim.outcome.name for claim in claims if claim.outcome.name))
    return claims


def _drop_composed(
    statements: list[tuple[Frame, OutcomePhrase, list[Agent]]],
) -> list[tuple[Frame, OutcomePhrase, list[Agent]]]:
    """Keep one of two readings: "reductions in X were greater" says that X fell, "were smaller" only what it says."""
    changes = {frame.trigger for frame, _, _ in statements if frame.trigger != frame.outcome}
    about = {frame.outcome: frame for frame, _, _ in statements if frame.outcome in changes}
    return [
        statement
        for statement in statements
        if not (statement[0].outcome in changes and statement[0].direction == "increase")
        and not (statement[0].trigger in about and about[statement[0].trigger].direction != "increase")
    ]


def _is_outcome_itself(scene: Scene, agent: Agent, phrase: OutcomePhrase) -> bool:
    """Whether the drug's words are the outcome's words ("rapamycin levels rose")."""
    clean = agent.mention.clean
    if any(
        key_of(other) == key_of(agent.mention) and other.clean is not None and phrase.span.overlaps(other.clean)
        for other in scene.of("CHEMICAL")
    ):
        return True
    return agent.source == "sentence" and clean is not None and phrase.span.overlaps(clean)


def _build(
    scene: Scene,
    frame: Frame,
    phrase: OutcomePhrase,
    agent: Agent,
    facts: DocumentFacts,
    given: list[Mention],
    study: StudyContext | None,
    compared: ComparedValues | None,
    *,
    effects: list[Mention],
    pvalues: list[Mention],
    share: Share | None = None,
) -> list[Claim]:
    if share is None and compared is None and not agent.excepted:
        doses = own_doses(scene, frame, agent, given)
        shares = distribute(scene, effects, pvalues, doses=doses, times=find_times(scene))
        return [
            claim
            for one in shares
            for claim in _build(
                scene,
                frame,
                phrase,
                agent,
                facts,
                given,
                study,
                compared,
                effects=one.effects,
                pvalues=one.pvalues,
                share=one,
            )
        ]
    document = scene.document
    evidence = _evidence(document, scene.span)
    outcome = _outcome(scene, phrase)
    if evidence is None or outcome is None:
        return []
    direction, negated, polarity = _polarity(scene, frame, phrase)
    if agent.excepted:
        direction, negated, polarity = "no_change", True, "excepted by “but not”"
    judged = judge_certainty(scene.tree, frame.verb)
    intervention = _intervention(scene, agent)
    significance = significance_field(scene, frame, pvalues)
    if significance is not None and significance.significant is False and not negated:
        if significance.p is None or compared is not None:
            direction = "no_change"
    timepoint = share.time if share is not None and share.time is not None else find_timepoint(scene, frame)
    outcome = outcome if timepoint is None else replace(outcome, timepoint=Grounded(**ground_mention(timepoint)))
    comparator = read_comparator(scene, frame, agent.mention)
    if comparator is None and agent.comparator is not None:
        comparator = active_comparator(agent.comparator)
    if agent.control is not None:
        comparator = control_comparator(scene, agent.control)
    if compared is not None and compared.control.control is not None:
        comparator = control_comparator(scene, compared.control.control)
    excepted = find_excepted_subjects(scene, frame)
    holds = read_subjects(scene, frame, facts, study, drug=key_of(agent.mention), excepted=excepted)
    readings = [(subjects, direction, negated, polarity, False) for subjects in holds]
    if excepted is not None:
        drug = key_of(agent.mention)
        others = read_subjects(scene, frame, facts, study, drug=drug, excepted=excepted, only_excepted=True)
        readings += [(subjects, "no_change", True, "excepted by “but not”", True) for subjects in others]
    claims = []
    regimens = read_regimens(scene, frame, agent, given, facts)
    arm: tuple[int, ...] = ()
    if compared is not None:
        regimens = [replace(one, duration=None) if is_value(one.duration, compared) else one for one in regimens]
    if share is not None and share.dose is not None:
        regimens = [replace(regimens[0], dose=share.dose)]
    if share is not None and share.sex is not None:
        readings = [(replace(one, sex=sex_field(share.sex)), *rest) for one, *rest in readings]  # type: ignore[misc]
        arm = (share.sex.span.start,)
    if share is not None and share.time is not None:
        arm = (share.time.span.start,)
    for regimen in regimens:
        for subjects, direction, negated, polarity, is_exception in readings:
            dose = None if regimen.dose is None else dose_field(regimen.dose, source_of(scene, regimen.dose))
            claims.append(
                Claim(
                    claim_id=identify_claim(
                        doc_id=document.doc_id,
                        evidence=evidence,
                        intervention=intervention,
                        outcome=outcome,
                        direction=direction,
                        arm=(
                            None if dose is None else dose.start,
                            None if subjects.species is None else subjects.species.start,
                            *arm,
                        ),
                    ),
                    doc_id=document.doc_id,
                    kind="prose",
                    evidence=evidence,
                    intervention=intervention,
                    outcome=outcome,
                    direction=direction,
                    certainty=judged.certainty,
                    negated=negated,
                    source_kind=source_kind_of(scene, facts, subjects, study),
                    section=section_of(scene),
                    arm_id=arm_id_of(scene, agent, regimen, subjects),
                    combined_with=tuple(_partner(mention) for mention in agent.partners),
                    comparator=comparator,
                    dose=dose,
                    route=None
                    if regimen.route is None
                    else route_field(regimen.route, source_of(scene, regimen.route)),
                    schedule=None
                    if regimen.schedule is None
                    else schedule_field(regimen.schedule, source_of(scene, regimen.schedule)),
                    duration=None
                    if regimen.duration is None
                    else duration_field(regimen.duration, source_of(scene, regimen.duration)),
                    species=subjects.species,
                    strain=subjects.strain,
                    population=subjects.population,
                    setting=subjects.setting,
                    sex=subjects.sex,
                    age=subjects.age,
                    sample_size=subjects.sample_size,
                    effect=None
                    if is_exception
                    else compared_effect(scene, compared)
                    if compared is not None
                    else effect_field(scene, effects, direction) or (plain_pair(scene, frame) if comparator else None),
                    significance=None if is_exception else significance,
                    citations=citations_of(scene, frame, phrase),
                    why=(
                        f"effect: “{scene.tree[frame.trigger].text}” ({frame.rule})",
                        f"intervention: “{agent.mention.text}” ({agent.rule})",
                        f"outcome: head “{scene.tree[phrase.head].text}”",
                        f"direction: {direction} ({polarity})",
                        f"certainty: {judged.certainty}"
                        + (f" (“{judged.cue}”)" if judged.cue else " (no hedge found)"),
                    ),
                )
            )
    return claims


def _polarity(scene: Scene, frame: Frame, phrase: OutcomePhrase) -> tuple[Direction, bool, str]:
    word = scene.tree[frame.trigger].text
    if frame.negated:
        return "no_change", True, f"“{word}” negated by “{frame.cue}”"
    direction = adjust_direction(scene, frame, phrase)
    return direction, False, f"“{word}”"


def _evidence(document: Document, span: Span) -> Evidence | None:
    spans = document.clean.to_source(span.start, span.end)
    return Evidence(text=read_spans(document.clean, spans), spans=spans) if spans else None


def _outcome(scene: Scene, phrase: OutcomePhrase) -> Outcome | None:
    place = ground_span(scene.document, phrase.span)
    if place is None:
        head = scene.tree[phrase.head]
        place = ground_span(scene.document, Span(head.start, head.end))
    if place is None:
        return None
    linked = outcome_concept(scene, phrase)
    return Outcome(
        **place,
        name=phrase.name,
        id=linked.concept.id if linked is not None and linked.concept is not None else None,
        statistic=phrase.statistic,
    )


def _intervention(scene: Scene, agent: Agent) -> Intervention:
    mention = agent.mention
    name = mention.name or " ".join(mention.text.split())
    return Intervention(
        **ground_mention(mention, agent.source),
        name=name,
        id=mention.concept.id if mention.concept else None,
        kind="drug",
        role=role_of(scene, mention, name),
    )


def _partner(mention: Mention) -> Partner:
    concept = mention.concept
    name = mention.name or " ".join(mention.text.split())
    return Partner(**ground_mention(mention), name=name, id=concept.id if concept else None)


def _drop_repeats(claims: Sequence[Claim]) -> list[Claim]:
    """Keep one of claims that say the same twice within the sentence."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for claim in claims:
        key = (
            claim.intervention.name,
            claim.outcome.start,
            claim.direction,
            claim.dose and claim.dose.start,
            claim.species and claim.species.id,
            claim.sex and claim.sex.start,
            claim.outcome.timepoint and claim.outcome.timepoint.start,
        )
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept
