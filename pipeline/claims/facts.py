"""What a whole document establishes: its main drug, what it says was given, whose experiment it reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.claims.interventions import is_administered, key_of
from pipeline.claims.scene import Scene
from pipeline.model import Document, Mention

_OWN_EXPERIMENT = re.compile(
    r"\b(?:randomi[sz]ed|double[- ]blind|placebo[- ]controlled|were (?:treated|given|fed|injected|administered|assigned|enrolled|"
    r"housed|divided|recruited|allocated)|we (?:treated|gave|fed|administered|injected|randomly|enrolled|found|observed|show|report|"
    r"measured|tested|examined|investigated)|our (?:results|data|findings) (?:show|suggest|indicate|demonstrate)|"
    r"(?:this|the present) (?:trial|study) (?:was|were|aimed|investigated|evaluated|examined|assessed|compared))",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"\b(?:this|the present|our|in this) (?:mini-?)?(?:review|perspective|editorial|commentary)|we (?:review|discuss)\b",
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
        drug: the only drug of that experiment.
    """

    main_drug: str | None
    administered: frozenset[str]
    reports_own: bool
    species: Mention | None
    drug: Mention | None
    strain: Mention | None = None


def establish_facts(document: Document, scenes: Sequence[Scene]) -> DocumentFacts:
    """Read the facts off all sentences of a document."""
    counts: Counter[str] = Counter()
    administered: set[str] = set()
    species: Counter[str] = Counter()
    strains: dict[str, Mention] = {}
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
                if mention.concept is not None:
                    species[mention.concept.id] += 1
                    by_species.setdefault(mention.concept.id, mention)
            for mention in scene.of("STRAIN"):
                strains.setdefault(mention.text.lower(), mention)
    text = document.clean.text
    kinds = {section.kind for section in document.sections}
    own = bool(_OWN_EXPERIMENT.search(text)) and not _REVIEW.search(text)
    own = own and ("methods" in kinds or "results" in kinds or len(text) < 6_000 or "randomi" in text[:6_000].lower())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    main = ranked[0][0] if ranked else None
    lone_drug = (
        by_drug[main] if main is not None and own and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]) else None
    )
    lone = next(iter(by_species)) if len(by_species) == 1 else _dominant(species)
    lone_strain = next(iter(strains.values())) if own and len(strains) == 1 else None
    return DocumentFacts(
        main_drug=main,
        administered=frozenset(administered),
        reports_own=own,
        species=by_species.get(lone) if own and lone is not None else None,
        drug=lone_drug,
        strain=lone_strain,
    )


def states_trial(text: str) -> re.Match[str] | None:
    """Return the words that make a study a trial in people though no word for people stands there."""
    return _TRIAL.search(text)


def _dominant(species: Counter[str]) -> str | None:
    ranked = sorted(species.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) >= 2 and ranked[0][1] >= 6 * ranked[1][1]:
        return ranked[0][0]
    return None


def _section_kind(document: Document, scene: Scene) -> str:
    sentence = document.sentences[scene.index]
    return document.sections[sentence.section].kind if document.sections else "body"
