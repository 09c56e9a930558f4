"""Who was given it: species, strain, population, sex, age, n and setting of a statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.claims.antecedents import StudyContext
from pipeline.claims.arms import pair_sizes
from pipeline.claims.cue_lexicon import GROUP_NOUNS
from pipeline.claims.design import reaches, states_trial
from pipeline.claims.facts import DocumentFacts
from pipeline.claims.frame import Frame
from pipeline.claims.generality import states_in_general
from pipeline.claims.grounding import ground_mention, ground_span, source_of
from pipeline.claims.in_vitro import IN_VITRO_STRONG, is_in_vitro, read_setting
from pipeline.claims.populations import LIFE_STAGES, find_population, is_reference, is_subject, names_controls
from pipeline.claims.scene import Scene
from pipeline.claims.titles import is_title, section_kind
from pipeline.claims.told_subjects import age_level, names_kind_of_thing, states_age
from pipeline.claims.tree import comparison_nodes
from pipeline.claims.zones import beside_outcome, bind, nearest
from pipeline.model import Age, Concept, Grounded, Mention, Named, SampleSize, Sex, Span
from pipeline.model.claims import FieldSource, Setting, SexValue

HUMAN = Concept("NCBITaxon:9606", "Homo sapiens")
_STARTS = re.compile(r"\b(?:start|begin|begun|initiat|treat|fed|given|dosed|administ|from|onset)\w*\b")
_COUNTED = frozenset("abundance counts family genus level levels load number order phylum proportion".split())
_SEXES: dict[str, SexValue] = {"male": "male", "female": "female", "both": "both", "hermaphrodite": "hermaphrodite"}


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of one claim, as fields of the contract."""

    species: Named | None = None
    strain: Named | None = None
    population: Grounded | None = None
    setting: Setting | None = None
    sex: Sex | None = None
    age: Age | None = None
    sample_size: SampleSize | None = None


def read_subjects(
    scene: Scene,
    frame: Frame,
    facts: DocumentFacts,
    study: StudyContext | None,
    *,
    drug: str | None = None,
    excepted: Span | None = None,
    only_excepted: bool = False,
) -> list[Subjects]:
    """Return the subjects of a frame, one entry per species that the clause names side by side.

    Args:
        drug: key of the drug that was given, whose arm's size counts.
        excepted: the subjects for which the statement does not hold; ``only_excepted`` reads those instead of the rest.
    """
    barred = comparison_nodes(scene.tree) | beside_outcome(scene.tree, frame)
    if excepted is not None:
        apart = set(scene.tree.nodes_in(excepted))
        rest = {node for node in range(len(scene.tree)) if node > frame.trigger} - apart
        barred = barred | (rest if only_excepted else apart)
    named = [m for m in scene.of("SPECIES", "POPULATION") if is_subject(scene, m) and not _is_counted(scene, frame, m)]
    named = [m for m in named if not names_controls(scene, m)] or [m for m in named if m.label == "SPECIES"]
    outside = [m for m in named if scene.node(m) not in barred] or named
    outside = [m for m in outside if not (_is_age_of_animals(m, facts) or _stands_apart(scene, frame, m))]
    bound = bind(scene, frame, outside)
    taxa = _taxa(bound)
    if facts.species is not None and facts.species.label == "SPECIES":
        taxa = [mention for mention in taxa if _id(mention) is not None]  # "the animals" are those of the experiment
    strain = _strain(scene, frame, barred)
    population = _population(scene, bound)
    sex = _sex(scene, frame, barred)
    age = _age(scene, frame, barred)
    size = _sample_size(scene, frame, drug)
    text = scene.text(scene.span)
    own = is_own_finding(scene, facts)
    if own and not states_in_general(scene, frame):
        design = facts.design
        if strain is None and not scene.of("STRAIN") and design.strain is not None and reaches(scene, design.strain):
            strain = _named_strain(design.strain, source_of(scene, design.strain))
        if sex is None and not scene.of("SEX") and design.sex is not None and reaches(scene, design.sex):
            sex = _lone_sex(design.sex, source_of(scene, design.sex))
        level = None if age is None or age.low_days else design.age_levels.get(age_level(age.text) or "")
        if level is not None and (not taxa or _are_the_study_s(taxa, facts)):
            age = _age_field(level, source_of(scene, level))
        if age is None and design.age is not None and reaches(scene, design.age):
            age = _age_field(design.age, source_of(scene, design.age))
        if size is None:
            size = _enrolled(scene, facts, drug)
        if population is None and not bound and design.population is not None and reaches(scene, design.population):
            place = ground_span(scene.document, design.population, "document")
            population = None if place is None else Grounded(**place)
    common = {"strain": strain, "sex": sex, "age": age, "sample_size": size}
    if not taxa and study is not None and _continues(scene, study):
        return [_of_study(scene, study, strain=strain, sex=sex, age=age, size=size, population=population)]
    if not taxa:
        inherited, setting = _inherit(scene, facts, text, strain)
        return [Subjects(species=inherited, population=population, setting=setting, **common)]  # type: ignore[arg-type]
    return [
        Subjects(
            species=Named(**ground_mention(mention), name=_name(mention), id=_id(mention)),
            population=population
            if len(taxa) == 1
            else _population(scene, [other for other in bound if _id(other) == _id(mention)]),
            setting=read_setting(text, has_species=True, after=_after(scene, mention)),
            **common,  # type: ignore[arg-type]
        )
        for mention in taxa
    ]


def _is_counted(scene: Scene, frame: Frame, mention: Mention) -> bool:
    """Whether a taxon is what is measured, not who is treated: "lower levels of Firmicutes" in mice."""
    tree = scene.tree
    node = scene.node(mention)
    if mention.label != "SPECIES" or node is None or tree.lowered[node] in GROUP_NOUNS:
        return False
    head = tree[node].head
    counted = frame.outcome in (head, tree[head].head) and tree.lowered[frame.outcome] in _COUNTED
    return node == frame.outcome or (counted and tree[node].dep in ("compound", "nmod", "pobj"))


def _is_age_of_animals(mention: Mention, facts: DocumentFacts) -> bool:
    """Whether a people word says how old the animals of the document's experiment were: "adults", "adolescents"."""
    return facts.in_animals and mention.label == "POPULATION" and mention.text.lower() in LIFE_STAGES


def _stands_apart(scene: Scene, frame: Frame, mention: Mention) -> bool:
    """Whether subjects stand in a relative clause behind the statement: "lowered X, which predicts death in men"."""
    tree = scene.tree
    node = scene.node(mention)
    if node is None:
        return False
    path = {frame.verb, *tree.ancestors(frame.verb)}
    return any(
        tree[above].dep == "relcl"
        and above not in path
        and above > frame.trigger
        and tree[above].head > frame.trigger
        and tree.lowered[tree[above].head] not in GROUP_NOUNS
        for above in tree.ancestors(node)
    )


def _continues(scene: Scene, study: StudyContext) -> bool:
    """Whether a sentence without subjects goes on about the paragraph's study: it cites the same work, or none
    while that one is cited.
    """
    if IN_VITRO_STRONG.search(scene.text(scene.span)):
        return False
    markers = {
        marker
        for mark in scene.document.citations
        if scene.span.start < mark.clean <= scene.span.end
        for marker in mark.markers
    }
    if markers:
        return bool(study.markers) and markers == study.markers
    return study.sample_size is not None


def _of_study(
    scene: Scene,
    study: StudyContext,
    *,
    strain: Named | None,
    sex: Sex | None,
    age: Age | None,
    size: SampleSize | None,
    population: Grounded | None,
) -> Subjects:
    subject = study.subject
    if population is None and study.population is not None:
        place = ground_span(scene.document, study.population, "paragraph")
        population = None if place is None else Grounded(**place)
    if age is None and study.age is not None:
        age = _age_field(study.age, "paragraph")
    if size is None and study.sample_size is not None:
        size = _size_field(scene, study.sample_size, "paragraph")
    return Subjects(
        species=Named(**ground_mention(subject, "paragraph"), name=_name(subject), id=_id(subject)),
        strain=strain,
        population=population,
        setting="in_vivo",
        sex=sex,
        age=age,
        sample_size=size,
    )


def is_own_finding(scene: Scene, facts: DocumentFacts) -> bool:
    """Whether a sentence states a finding of the document's own experiment, in living subjects."""
    document = scene.document
    if not facts.reports_own or is_in_vitro(scene, facts.species):
        return False
    if any(scene.span.start < mark.clean <= scene.span.end for mark in document.citations):
        return False
    kind = section_kind(document, scene)
    if kind in ("introduction", "discussion"):
        return False
    return is_title(scene) or scene.span.start >= facts.design.opens


def _taxa(bound: list[Mention]) -> list[Mention]:
    """Return one mention per taxon; a people word counts as human, and a taxon word beside it is kept before it."""
    chosen: dict[str, Mention] = {}
    for mention in sorted(bound, key=lambda m: (m.label != "SPECIES", m.span.start)):
        if mention.label == "POPULATION" and _id(mention) != HUMAN.id:
            if "animal" not in mention.text.lower() or any(other.label == "SPECIES" for other in bound):
                continue
        chosen.setdefault(_id(mention) or mention.text.lower(), mention)
    return sorted(chosen.values(), key=lambda m: m.span.start)


def _id(mention: Mention) -> str | None:
    return mention.concept.id if mention.concept and mention.concept.id.startswith("NCBITaxon:") else None


def _name(mention: Mention) -> str | None:
    if mention.label == "POPULATION" and _id(mention) != HUMAN.id:
        return "animals"
    if _id(mention) == HUMAN.id:
        return HUMAN.name
    return mention.concept.name if mention.concept else None


def _inherit(
    scene: Scene, facts: DocumentFacts, text: str, strain: Named | None
) -> tuple[Named | None, Setting | None]:
    """Take the species of the document's own experiment; trials are in people though no word says so."""
    if facts.species is not None and is_own_finding(scene, facts):
        mention = facts.species
        named = Named(**ground_mention(mention, source_of(scene, mention)), name=_name(mention), id=_id(mention))
        return named, "in_vivo"
    trial = states_trial(text)
    if trial is not None:
        place = ground_span(
            scene.document, Span(scene.span.start + trial.start(), scene.span.start + trial.end()), "inferred"
        )
        if place is not None:
            return Named(**place, name=HUMAN.name, id=HUMAN.id), "in_vivo"
    return None, read_setting(text, has_species=False)


def _after(scene: Scene, mention: Mention) -> str:
    return "" if mention.clean is None else scene.document.clean.text[mention.clean.end : scene.span.end][:60]


def _strain(scene: Scene, frame: Frame, barred: set[int]) -> Named | None:
    bound = bind(scene, frame, [m for m in scene.of("STRAIN") if scene.node(m) not in barred])
    if not bound:
        return None
    return _named_strain(bound[0], "sentence")


def _named_strain(mention: Mention, source: FieldSource) -> Named:
    concept = mention.concept
    name = concept.name if concept else " ".join(mention.text.split())
    return Named(**ground_mention(mention, source), name=name, id=concept.id if concept and concept.id else None)


def _are_the_study_s(taxa: Sequence[Mention], facts: DocumentFacts) -> bool:
    """Whether subjects named in a sentence are those of the document's own experiment."""
    own = None if facts.species is None else _id(facts.species)
    return own is not None and all(_id(mention) == own for mention in taxa)


def _lone_sex(mention: Mention, source: FieldSource) -> Sex | None:
    value = _SEXES.get((mention.concept.name if mention.concept else mention.name) or "")
    return None if value is None else Sex(**ground_mention(mention, source), value=value)


def sex_field(mention: Mention) -> Sex | None:
    """Return a sex mention of the sentence as a claim's field."""
    return _lone_sex(mention, "sentence")


def _population(scene: Scene, bound: list[Mention]) -> Grounded | None:
    span = find_population(scene, bound)
    place = None if span is None else ground_span(scene.document, span)
    return None if place is None else Grounded(**place)


def _sex(scene: Scene, frame: Frame, barred: set[int]) -> Sex | None:
    inside = [m for m in scene.of("SEX") if scene.node(m) not in barred and not is_reference(scene, m)]
    bound = bind(scene, frame, inside)
    values = {_SEXES[value] for m in bound if (value := (m.concept.name if m.concept else m.name) or "") in _SEXES}
    if not bound or not values:
        return None
    if len(values) == 1:
        chosen = nearest(scene, frame.trigger, bound)
        return None if chosen is None else Sex(**ground_mention(chosen), value=values.pop())
    first, last = bound[0].clean, bound[-1].clean
    if first is None or last is None:
        return None
    place = ground_span(scene.document, Span(first.start, last.end))
    return None if place is None or last.end - first.start > 30 else Sex(**place, value="both")


def _age(scene: Scene, frame: Frame, barred: set[int]) -> Age | None:
    bound = bind(scene, frame, [m for m in scene.of("AGE") if scene.node(m) not in barred])
    chosen = nearest(
        scene,
        frame.trigger,
        [
            m
            for m in bound
            if not is_time_of_measurement(scene, frame, m)
            and not _is_people_word(scene, m)
            and not _is_of_controls(scene, m)
            and not is_reference(scene, m)
        ],
    )
    return None if chosen is None else _age_field(chosen, "sentence")


def _is_people_word(scene: Scene, mention: Mention) -> bool:
    """Whether an age word only names people ("adults", "children") or a period ("5-year"), which is no age."""
    if not states_age(mention) or names_kind_of_thing(scene, mention):
        return True
    return any(other.clean == mention.clean and other.text == mention.text for other in scene.of("POPULATION"))


def _is_of_controls(scene: Scene, mention: Mention) -> bool:
    """Whether an age describes the arm that was given nothing: "in 10-day-old control pups"."""
    if mention.clean is None:
        return False
    after = scene.document.clean.text[mention.clean.end : scene.span.end][:12].lower()
    return after.lstrip().startswith(("control", "untreated", "vehicle"))


def is_time_of_measurement(scene: Scene, frame: Frame, mention: Mention) -> bool:
    """Whether an age behind the statement says when it was measured: "had less fibrosis at 20 months of age"."""
    if mention.clean is None or mention.clean.start < scene.tree[frame.trigger].end:
        return False
    before = scene.document.clean.text[max(scene.span.start, mention.clean.start - 40) : mention.clean.start].lower()
    return bool(re.search(r"\b(?:at|by)\s+$", before)) and not _STARTS.search(before)


def _age_field(mention: Mention, source: FieldSource) -> Age:
    quantity = mention.quantity
    return Age(
        **ground_mention(mention, source),
        low_days=quantity.low_days if quantity else None,
        high_days=quantity.high_days if quantity else None,
    )


def _sample_size(scene: Scene, frame: Frame, drug: str | None) -> SampleSize | None:
    """Return the only number of subjects of the frame's clause, else the one in brackets behind the drug."""
    bound = bind(scene, frame, scene.of("SAMPLE_SIZE"))
    if len(bound) == 1 and not _counts_controls(scene, bound[0]):
        return _size_field(scene, bound[0], "sentence")
    arm = pair_sizes(scene, [size for size in bound if not _counts_controls(scene, size)]).get(drug or "")
    size = None if arm is None else _size_field(scene, arm, "sentence")
    return None if size is None else replace(size, of="arm")


def _counts_controls(scene: Scene, size: Mention) -> bool:
    """Whether a number in brackets stands behind the arm that was given nothing: "placebo (n = 25)"."""
    if size.clean is None:
        return False
    before = scene.document.clean.text[max(scene.span.start, size.clean.start - 24) : size.clean.start].lower()
    return bool(re.search(r"\b(?:placebo|vehicle|saline|sham|controls?|untreated)(?: \w+)?\s*\($", before))


def _enrolled(scene: Scene, facts: DocumentFacts, drug: str | None) -> SampleSize | None:
    """Return how many were in the drug's arm of the document's experiment, or in all of it."""
    design = facts.design
    arm = design.arms.get(drug) if drug is not None else None
    mention = arm or (None if design.arms and design.sample_size is None else design.sample_size)
    if mention is None or not reaches(scene, mention):
        return None
    size = _size_field(scene, mention, source_of(scene, mention))
    return None if size is None else replace(size, of="arm" if arm is not None or size.of == "arm" else "study")


def _size_field(scene: Scene, mention: Mention, source: FieldSource) -> SampleSize | None:
    quantity = mention.quantity
    if quantity is None or quantity.low is None or quantity.low != int(quantity.low):
        return None
    after = scene.document.clean.text[mention.clean.end : mention.clean.end + 12] if mention.clean else ""
    arm = bool(re.match(r"\s*(?:\w+ )?(?:per|/|each|in each)", after)) or "per" in mention.text
    of: Literal["arm", "study"] | None = "arm" if arm else "study" if source == "paragraph" else None
    return SampleSize(**ground_mention(mention, source), value=int(quantity.low), of=of)
