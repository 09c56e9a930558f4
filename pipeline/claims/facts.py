"""What a whole document establishes: its main drug, what it says was given, whose experiment it reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.claims.antecedents import find_group_labels
from pipeline.claims.ownership import owner_of
from pipeline.claims.scene import Scene, is_in_subject, key_of
from pipeline.claims.substances import is_administered
from pipeline.model import Document, Mention

_OWN_EXPERIMENT = re.compile(
    r"\b(?:randomi[sz]ed|randomly|double[- ]blind|placebo[- ]controlled|were (?:\w+ly )?(?:treated|given|"
    r"fed|injected|administered|assigned|enrolled|"
    r"housed|divided|recruited|allocated)|we (?:treated|gave|fed|administered|injected|randomly|enrolled|"
    r"found|observed|show|report|"
    r"measured|tested|examined|investigated)|our (?:results|data|findings) (?:show|suggest|indicate|demonstrate)|"
    r"(?:this|the present) (?:trial|study) (?:was|were|aimed|investigated|evaluated|examined|assessed|compared))",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"\b(?:this|the present|our|in this) (?:mini-?)?(?:review|perspective|editorial|commentary)|"
    r"we (?:review|discuss)\b",
    re.IGNORECASE,
)
_EFFECT_OF = re.compile(
    r"\b(?:effects?|influence|impact|role|efficacy|actions?|administration|treatment|therapy|supplementation|"
    r"induction) "
    r"(?:of|with|by) (?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_AGE_WORDS = re.compile(
    r"\bold\b|-old|\bag(?:e|ed|ing)\b|\b[PE]\d|birth|wean|young|elder|older|middle|mature|juvenile|[≥≤<>]"
)
_CONTROLLED = re.compile(r"\b(?:placebo|no treatment|untreated|usual care|standard (?:care|therapy))\b", re.IGNORECASE)
_TRIAL = re.compile(
    r"\b(?:randomi[sz]ed|double[- ]blind|single[- ]blind|phase (?:[1-4]|I{1,3}V?)[ab]?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Facts that single sentences may rely on.

    Attributes:
        main_drug: key of the drug named most, the title counting five times.
        administered: keys of substances that the document somewhere says were given.
        reports_own: whether the document reports its own experiment.
        species: the only species of that experiment, as a mention; ``None`` where there are several or none.
        drug: the drug that experiment studies: the only one of the title, else the one named far more than others.
        groups: what labelled groups ("group A") were given.
        trial: the drug that a controlled trial in people tests against a placebo or no treatment, for results without a
            word of who was treated.
        pair: the two drugs that experiment compares: those of the title, else the two named far more than others.
        regimens: for each drug given in that experiment, by label (DOSE, ROUTE, SCHEDULE, DURATION) the only one that
            the document states beside it.
        strain, age, sex: the only one that the document states of its subjects.
    """

    main_drug: str | None
    administered: frozenset[str]
    reports_own: bool
    species: Mention | None
    drug: Mention | None
    groups: Mapping[str, Mention] = field(default_factory=dict)
    pair: tuple[Mention, ...] = ()
    trial: Mention | None = None
    regimens: Mapping[str, Mapping[str, Mention]] = field(default_factory=dict)
    strain: Mention | None = None
    age: Mention | None = None
    sex: Mention | None = None


def establish_facts(document: Document, scenes: Sequence[Scene]) -> DocumentFacts:
    """Read the facts off all sentences of a document."""
    counts: Counter[str] = Counter()
    administered: set[str] = set()
    species: Counter[str] = Counter()
    by_species: dict[str, Mention] = {}
    by_drug: dict[str, Mention] = {}
    for scene in scenes:
        section = _section_kind(document, scene)
        weight = 5 if section == "title" else 1
        for mention in scene.of("CHEMICAL"):
            key = key_of(mention)
            if is_administered(scene, mention):
                administered.add(key)
            elif mention.role != "drug":
                continue
            if "class" not in mention.flags:
                counts[key] += weight
                by_drug.setdefault(key, mention)
        if section in ("title", "abstract", "methods", "body", "results"):
            for mention in scene.of("SPECIES", "POPULATION"):
                if mention.concept is not None and mention.concept.id.startswith("NCBITaxon:"):
                    species[mention.concept.id] += 1
                    by_species.setdefault(mention.concept.id, mention)
    text = document.clean.text
    kinds = {section.kind for section in document.sections}
    own = bool(_OWN_EXPERIMENT.search(text)) and not _REVIEW.search(text)
    own = own and ("methods" in kinds or "results" in kinds or len(text) < 6_000 or "randomi" in text[:6_000].lower())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    main = ranked[0][0] if ranked else None
    administered |= _titled_agents(document, scenes) if own else set()
    if not own:
        administered -= _endogenous(scenes)
    study = _study_drug(document, scenes, by_drug, ranked) if own else None
    lone = next(iter(by_species)) if len(by_species) == 1 else _dominant(species)
    subjects = by_species.get(lone) if own and lone is not None else None
    return DocumentFacts(
        main_drug=main,
        administered=frozenset(administered),
        reports_own=own,
        species=subjects,
        drug=study,
        groups=find_group_labels(scenes) if own else {},
        pair=_compared_pair(document, scenes, by_drug, ranked) if own else (),
        trial=study if own and _CONTROLLED.search(text) and _TRIAL.search(text) else None,
        regimens=_only_regimens(document, scenes) if own else {},
        strain=_only(document, scenes, "STRAIN", subjects) if own else None,
        age=_only(document, scenes, "AGE", subjects) if own else None,
        sex=_only(document, scenes, "SEX", subjects) if own else None,
    )


def _titled_agents(document: Document, scenes: Sequence[Scene]) -> set[str]:
    """Return the substances whose effect a title announces: "Effects of A on …", "A reduces …"."""
    found = set()
    for scene in scenes:
        if _section_kind(document, scene) != "title":
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


def _study_drug(
    document: Document, scenes: Sequence[Scene], by_drug: Mapping[str, Mention], ranked: Sequence[tuple[str, int]]
) -> Mention | None:
    titled = [scene for scene in scenes if _section_kind(document, scene) == "title"] or list(scenes[:1])
    named = {
        key_of(m): m for scene in titled for m in scene.of("CHEMICAL") if m.role == "drug" and "class" not in m.flags
    }
    if len(named) == 1:
        key = next(iter(named))
        return by_drug.get(key, named[key])
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]):
        return by_drug[ranked[0][0]]
    return None


def _compared_pair(
    document: Document, scenes: Sequence[Scene], by_drug: Mapping[str, Mention], ranked: Sequence[tuple[str, int]]
) -> tuple[Mention, ...]:
    titled = [scene for scene in scenes if _section_kind(document, scene) == "title"] or list(scenes[:1])
    named = list(
        dict.fromkeys(
            key_of(m) for scene in titled for m in scene.of("CHEMICAL") if m.role == "drug" and "class" not in m.flags
        )
    )
    if len(named) != 2:
        leading = len(ranked) == 2 or (len(ranked) > 2 and ranked[1][1] >= 3 * ranked[2][1])
        named = [key for key, _ in ranked[:2]] if leading else []
    pair = tuple(by_drug[key] for key in named if key in by_drug)
    return pair if len(pair) == 2 else ()


def _only_regimens(document: Document, scenes: Sequence[Scene]) -> dict[str, dict[str, Mention]]:
    """Return the regimen of each drug whose dose the document states once, or always alike.

    Route, schedule and duration come from the same sentences as the dose: those of another experiment stay out.
    """
    doses: dict[str, dict[object, Mention]] = {}
    others: dict[str, dict[str, dict[object, Mention]]] = {}
    for scene in scenes:
        if not _reports_design(document, scene):
            continue
        given = [mention for mention in scene.of("CHEMICAL") if mention.role == "drug"]
        owners = set()
        for dose in scene.of("DOSE"):
            owner = owner_of(scene, dose, given)
            if owner is not None:
                doses.setdefault(owner, {}).setdefault(_identity(dose), dose)
                owners.add(owner)
        for label in ("ROUTE", "SCHEDULE", "DURATION"):
            for mention in scene.of(label):
                owner = owner_of(scene, mention, given)
                if owner in owners and owner is not None:
                    others.setdefault(owner, {}).setdefault(label, {}).setdefault(_identity(mention), mention)
    regimens: dict[str, dict[str, Mention]] = {}
    for drug, stated in doses.items():
        if len(stated) == 1:
            rest = {label: next(iter(v.values())) for label, v in others.get(drug, {}).items() if len(v) == 1}
            regimens[drug] = {"DOSE": next(iter(stated.values())), **rest}
    return regimens


def _only(document: Document, scenes: Sequence[Scene], label: str, subjects: Mention | None) -> Mention | None:
    """Return the only strain, age or sex of the document's own subjects; ``None`` where several are named."""
    found: dict[object, Mention] = {}
    for scene in scenes:
        if _reports_design(document, scene) and not _speaks_of_others(scene, subjects):
            for mention in scene.of(label):
                if label != "AGE" or (states_age(mention) and not scene.of("PVALUE")):
                    found.setdefault(_identity(mention), mention)
    return next(iter(found.values())) if len(found) == 1 else None


def _speaks_of_others(scene: Scene, subjects: Mention | None) -> bool:
    """Whether a sentence names organisms, and not those of the document's experiment."""
    if subjects is None or subjects.concept is None:
        return False
    named = {m.concept.id for m in scene.of("SPECIES", "POPULATION") if m.concept is not None}
    taxa = {identifier for identifier in named if identifier.startswith("NCBITaxon:")}
    return bool(taxa) and subjects.concept.id not in taxa


def reaches(scene: Scene, fact: Mention) -> bool:
    """Whether what a document establishes in one place holds for a sentence: after that place, and in the title.

    What stands before the experiment is introduced speaks of others' experiments.
    """
    if fact.clean is not None and fact.clean.start < scene.span.end:
        return True
    return _section_kind(scene.document, scene) == "title"


def states_age(mention: Mention) -> bool:
    """Whether an AGE mention's own words say that it is an age: "20-month-old", "aged 60", "P7", not "5-year"."""
    return bool(_AGE_WORDS.search(mention.text))


def _reports_design(document: Document, scene: Scene) -> bool:
    """Whether a sentence may describe the document's own experiment: no citation, no introduction or discussion."""
    if any(scene.span.start < mark.clean <= scene.span.end for mark in document.citations):
        return False
    return _section_kind(document, scene) not in ("introduction", "discussion", "references", "back")


def _identity(mention: Mention) -> object:
    quantity = mention.quantity
    if quantity is not None:
        numbers = (quantity.low, quantity.high, quantity.values, quantity.unit, quantity.times, quantity.period_days)
        days = (quantity.low_days, quantity.high_days, quantity.until_age_days)
        if any(number is not None for number in (*numbers, *days)):
            return (*numbers, *days)
    return mention.concept.name if mention.concept else " ".join(mention.text.lower().split())


def states_trial(text: str) -> re.Match[str] | None:
    """Return the words that make a study a trial in people though no word for people stands there."""
    return _TRIAL.search(text)


def _dominant(species: Counter[str]) -> str | None:
    ranked = sorted(species.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) >= 2 and ranked[0][1] >= 3 * ranked[1][1]:
        return ranked[0][0]
    return None


def _section_kind(document: Document, scene: Scene) -> str:
    sentence = document.sentences[scene.index]
    return document.sections[sentence.section].kind if document.sections else "body"
