"""What a whole document establishes: its main drug, what it says was given, whose experiment it reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.claims.design import Design, read_design, reports_own_experiment, states_trial
from pipeline.claims.effect_lexicon import word_at
from pipeline.claims.populations import LIFE_STAGES, is_subject
from pipeline.claims.scene import Scene, is_in_subject, key_of
from pipeline.claims.substances import given_substances, is_administered, is_modifier_only
from pipeline.claims.titles import is_title, section_kind
from pipeline.model import Document, Mention, Span

_EFFECT_OF = re.compile(
    r"\b(?:effects?|influence|impact|role|efficacy|actions?|administration|treatment|therapy|supplementation|"
    r"induction) "
    r"(?:of|with|by) (?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_HUMAN = "NCBITaxon:9606"
_GIVEN_SHARE = 0.25  # of the places that name a substance of the body, those that must say that it was given
_ALIKE = 6  # times that the first of two drugs compared may be named for each time of the second
_OPENING = 12  # sentences in which a paper without an abstract says what it studied
_AGENT = re.compile(
    r"\b(?:activator|agent|agonist|analog(?:ue)?|antagonist|antibody|antioxidant|blocker|chelator|compound|donor|drug|"
    r"inhibitor|scavenger)s?,? (?:\(?|(?:[\w',-]+ ){1,5}\()$"
)
_TAKEN_ANYWAY = re.compile(
    r"\b(?:add(?:ed|-on)(?: therapy)? to|(?:patients|subjects|people|adults|children|men|women)\b[^.:;]{0,60}? "
    r"(?:controlled|treated|managed) (?:on|with|by)|receiving|taking|refractory to|resistant to|intolerant (?:of|to))"
    r"(?: [\w-]+){0,2} $",
    re.IGNORECASE,
)
# Words behind a title's verb that bring in what was given, or what it was compared with.
_GIVING_WORDS = frozenset("after against by compared during following from in on or than to versus via vs with".split())
_CONTROL = re.compile(
    r"\b(?:placebo|vehicle|saline|sham|untreated|usual care|standard (?:care|therapy)|no treatment|randomi[sz]ed|"
    r"control(?:s| (?:group|animals|rats|mice|subjects|patients|arm))|(?:without|not (?:given|receiving|treated)))\b",
    re.IGNORECASE,
)
_CONTROLLED = re.compile(r"\b(?:placebo|no treatment|untreated|usual care|standard (?:care|therapy))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Facts that single sentences may rely on.

    Attributes:
        main_drug: key of the drug named most, the title counting five times.
        administered: keys of substances that the document somewhere says were given.
        reports_own: whether the document reports its own experiment.
        species: the only species of that experiment, as a mention; ``None`` where there are several or none.
        drug: the drug that experiment studies: the only one of the title, else the one named far more than others.
        in_animals: whether it names animals and no people, so that "adults" are animals too.
        controlled: whether the document names a control: a placebo, a vehicle, untreated or control subjects.
        trial: the drug that a controlled trial in people tests against a placebo or no treatment, for results without a
            word of who was treated.
        pair: the two drugs that experiment compares: those of the title, else the two named far more than others.
        together: whether the document gives those two as one treatment: "the A and B combination", "A + B".
        design: what the document says of its own experiment.
    """

    main_drug: str | None
    administered: frozenset[str]
    reports_own: bool
    species: Mention | None
    drug: Mention | None
    in_animals: bool = False
    pair: tuple[Mention, ...] = ()
    together: bool = False
    controlled: bool = False
    trial: Mention | None = None
    design: Design = field(default_factory=Design)


_BODY_HAS = re.compile(
    r"\s+(?:[\w-]+\s)?(?:axis|channels?|levels?|pathways?|receptors?|signal?ling|synthase|synthesis|transporters?)\b"
)


def establish_facts(document: Document, scenes: Sequence[Scene], *, titled: Sequence[Scene]) -> DocumentFacts:
    """Read the facts off all sentences of a document that are read for claims; ``titled`` are those of its title."""
    counts: Counter[str] = Counter()
    administered: set[str] = set()
    species: Counter[str] = Counter()
    by_species: dict[str, Mention] = {}
    by_drug: dict[str, Mention] = {}
    named: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for scene in scenes:
        section = section_kind(document, scene)
        weight = 5 if section == "title" else 1
        for mention in scene.of("CHEMICAL"):
            key = key_of(mention)
            named[key] += 1
            if is_administered(scene, mention) or _is_named_agent(document, mention):
                administered.add(key)
                given[key] += 1
            elif mention.role != "drug" or "gene_like" in mention.flags:
                continue
            if "class" not in mention.flags and not is_modifier_only(scene, mention):
                counts[key] += weight
                by_drug.setdefault(key, mention)
        cited = any(scene.span.start < mark.clean <= scene.span.end for mark in document.citations)
        if section in ("title", "abstract", "methods", "body", "results") and not cited:
            for mention in scene.of("SPECIES", "POPULATION"):
                if mention.concept is None or not mention.concept.id.startswith("NCBITaxon:"):
                    continue
                if is_subject(scene, mention) and mention.text.lower() not in LIFE_STAGES:
                    species[mention.concept.id] += 5 if is_title(scene) else 1
                    by_species.setdefault(mention.concept.id, mention)
    text = document.clean.text
    own = reports_own_experiment(document)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    main = ranked[0][0] if ranked else None
    endogenous = _endogenous(scenes)
    administered -= {key for key in endogenous if not own or given[key] < _GIVEN_SHARE * named[key]}
    administered |= _titled_agents(document, scenes) if own else set()
    study = _study_drug(document, scenes, titled, by_drug, ranked, administered) if own else None
    lone = next(iter(by_species)) if len(by_species) == 1 else _dominant(species)
    subjects = by_species.get(lone) if own and lone is not None else None
    pair = _compared_pair(titled, by_drug, ranked, administered) if own else ()
    return DocumentFacts(
        main_drug=main,
        administered=frozenset(administered),
        reports_own=own,
        species=subjects,
        drug=study,
        in_animals=bool(by_species) and _HUMAN not in by_species,
        pair=pair,
        together=bool(pair) and _gives_together(text, pair),
        controlled=bool(_CONTROL.search(text)),
        trial=study if own and _CONTROLLED.search(text) and states_trial(text) else None,
        design=read_design(document, scenes, subjects, in_people=lone == _HUMAN) if own else Design(),
    )


def _is_named_agent(document: Document, mention: Mention) -> bool:
    """Whether a substance that no vocabulary has is introduced as a drug: "the synthase inhibitor XYZ-12"."""
    if mention.clean is None or "unlinked" not in mention.flags:
        return False
    text = document.clean.text
    spelt = [item.clean.start for item in document.abbreviations if item.short == mention.text]
    return any(_AGENT.search(text, max(0, start - 80), start) for start in (mention.clean.start, *spelt))


def _titled_agents(document: Document, scenes: Sequence[Scene]) -> set[str]:
    """Return the substances whose effect a title announces: "Effects of A on …", "A reduces …"."""
    found = set()
    for scene in scenes:
        if section_kind(document, scene) != "title":
            continue
        for mention in scene.of("CHEMICAL"):
            if mention.clean is None:
                continue
            before = document.clean.text[scene.span.start : mention.clean.start]
            doubtful = {"endogenous", "unlinked", "gene_like"} & set(mention.flags)
            if doubtful and (_EFFECT_OF.search(before) or (not before and is_in_subject(scene, mention))):
                found.add(key_of(mention))
    return found


def _endogenous(scenes: Sequence[Scene]) -> set[str]:
    return {key_of(m) for scene in scenes for m in scene.of("CHEMICAL") if "endogenous" in m.flags}


def _may_be_studied(mention: Mention) -> bool:
    return mention.role == "drug" and not {"class", "gene_like"} & set(mention.flags)


def _study_drug(
    document: Document,
    scenes: Sequence[Scene],
    titled: Sequence[Scene],
    by_drug: Mapping[str, Mention],
    ranked: Sequence[tuple[str, int]],
    administered: Collection[str],
) -> Mention | None:
    titles = _studied_in_title(titled)
    acting = [(scene, mention) for scene, mention in titles if not is_modifier_only(scene, mention)]
    named = {key_of(mention): mention for scene, mention in acting or titles if not _is_of_the_body(scene, mention)}
    if len(named) == 1:
        key = next(iter(named))
        return by_drug.get(key, named[key])
    if not any(scene.of("CHEMICAL") for scene in titled):
        return None  # a trial of exercise or surgery, whose patients took something
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]) and ranked[0][0] in administered:
        opening = [scene for scene in scenes if section_kind(document, scene) == "abstract"] or scenes[:_OPENING]
        if any(key_of(m) == ranked[0][0] for scene in opening for m in given_substances(scene, frozenset())):
            return by_drug[ranked[0][0]]
    return None


def _is_of_the_body(scene: Scene, mention: Mention) -> bool:
    """Whether a title speaks of what the body has for a substance: "inhibiting the endothelin receptor"."""
    clean = mention.clean
    return clean is not None and bool(_BODY_HAS.match(scene.document.clean.text, clean.end, scene.span.end))


def _studied_in_title(titled: Sequence[Scene]) -> list[tuple[Scene, Mention]]:
    """Return the drugs of a title without those that its subjects took anyway: "A in patients on B", "add-on to B"."""
    found = [(scene, mention) for scene in titled for mention in scene.of("CHEMICAL") if _may_be_studied(mention)]
    own = [
        (scene, mention)
        for scene, mention in found
        if mention.clean is not None
        and not _TAKEN_ANYWAY.search(scene.text(Span(scene.span.start, mention.clean.start)))
        and not _is_affected(scene, mention)
    ]
    return own or found


def _is_affected(scene: Scene, mention: Mention) -> bool:
    """Whether a title's verb says what happened to a substance: "inhibition of X alters lipids and A"."""
    tree = scene.tree
    node = scene.node(mention)
    if node is None:
        return False
    verbs = [verb for verb in range(node) if tree[verb].tag in ("VBZ", "VBP", "VBD") and tree[verb].lemma != "be"]
    effect = word_at(tree, verbs[-1]) if verbs else None
    between = {tree.lowered[inner] for inner in range(verbs[-1], node)} if verbs else set()
    return effect is not None and bool(effect.direction) and not between & _GIVING_WORDS


def _compared_pair(
    titled: Sequence[Scene],
    by_drug: Mapping[str, Mention],
    ranked: Sequence[tuple[str, int]],
    administered: Collection[str],
) -> tuple[Mention, ...]:
    titles = _studied_in_title(titled)
    acting = [(scene, mention) for scene, mention in titles if not is_modifier_only(scene, mention)]
    named = list(dict.fromkeys(key_of(mention) for _, mention in acting or titles))
    if len(named) != 2:
        leading = len(ranked) == 2 or (len(ranked) > 2 and ranked[1][1] >= 3 * ranked[2][1])
        alike = leading and _ALIKE * ranked[1][1] >= ranked[0][1] and any(scene.of("CHEMICAL") for scene in titled)
        named = [key for key, _ in ranked[:2] if key in administered] if alike else []
    pair = tuple(by_drug[key] for key in named if key in by_drug)
    return pair if len(pair) == 2 else ()


def _gives_together(text: str, pair: tuple[Mention, ...]) -> bool:
    """Whether a text names the combination of two drugs, and nowhere sets one against the other."""
    first, second = (re.escape(mention.text) for mention in pair)
    joint = r"\s*(?:and|plus|\+|with)\s*"
    both = rf"(?:{first}{joint}{second}|{second}{joint}{first})"
    named = re.search(
        rf"{both} (?:drug )?(?:combination|cocktail)|(?:combination|cocktail) (?:of|therapy with) {both}", text, re.I
    ) or (
        not re.search(r"\b(?:alone|monotherapy)\b", text)
        and re.search(
            rf"{both} (?:co-administration|intervention|supplementation)\b|"
            rf"\b(?:co-?administration|supplementation) (?:of|with) {both}",
            text,
            re.I,
        )
    )
    other = r"(?:or|versus|vs\.?|alone|but not|than) (?!control|no |placebo)"
    against = re.search(rf"{first} {other}|{second} {other}", text, re.I)
    return bool(named) and against is None


def _dominant(species: Counter[str]) -> str | None:
    ranked = sorted(species.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) >= 2 and ranked[0][1] >= 3 * ranked[1][1]:
        return ranked[0][0]
    return None
