"""What a whole document establishes: its main drug, what it says was given, whose experiment it reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.claims.antecedents import find_group_labels
from pipeline.claims.interventions import is_administered
from pipeline.claims.scene import Scene, key_of
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
        regimen: by label DOSE, ROUTE, SCHEDULE the only one that the whole document states for that drug.
    """

    main_drug: str | None
    administered: frozenset[str]
    reports_own: bool
    species: Mention | None
    drug: Mention | None
    groups: Mapping[str, Mention] = field(default_factory=dict)
    regimen: Mapping[str, Mention] = field(default_factory=dict)


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
    study = _study_drug(document, scenes, by_drug, ranked) if own else None
    lone = next(iter(by_species)) if len(by_species) == 1 else _dominant(species)
    return DocumentFacts(
        main_drug=main,
        administered=frozenset(administered),
        reports_own=own,
        species=by_species.get(lone) if own and lone is not None else None,
        drug=study,
        groups=find_group_labels(scenes) if own else {},
        regimen={} if study is None else _only_regimen(scenes, study),
    )


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


def _only_regimen(scenes: Sequence[Scene], drug: Mention) -> dict[str, Mention]:
    """Return dose, route and schedule where every statement of them beside the drug in the document is the same."""
    found: dict[str, dict[object, Mention]] = {"DOSE": {}, "ROUTE": {}, "SCHEDULE": {}}
    for scene in scenes:
        given = [m for m in scene.of("CHEMICAL") if m.role == "drug"]
        if key_of(drug) not in {key_of(m) for m in given} or any(
            scene.span.start < mark.clean <= scene.span.end for mark in scene.document.citations
        ):
            continue
        for label, values in found.items():
            for mention in scene.of(label):
                quantity = mention.quantity
                identity = (
                    (quantity.low, quantity.high, quantity.unit, quantity.times, quantity.period_days)
                    if quantity is not None
                    else (mention.concept.name if mention.concept else mention.text.lower())
                )
                values.setdefault(identity, mention)
    return {label: next(iter(values.values())) for label, values in found.items() if len(values) == 1}


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
