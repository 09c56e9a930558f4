"""Classes of drugs named by what they do or by their model: "mTOR inhibitors", "antagonists of TNF", "its analogs"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.model import Concept
from pipeline.nlp.candidates import Candidate
from pipeline.nlp.vocabulary import Vocabulary

BY_ACTION: Final = 4
"""The weight of a class that is told by its words."""
# What stands before a short name of a target and belongs to it: "substance P antagonist", "kinase C inhibitor".
_KINDS: Final = (
    "substance|factor|vitamin|complement|interleukin|collagen|cyclin|orexin|thromboxane|prostaglandin|endothelin|"
    "neurokinin|angiotensin|hepatitis|cathepsin|phospholipase|(?:protein )?kinase|[a-z]{4,}ase"
)
_TARGET: Final = (
    rf"(?:(?:{_KINDS})[ -](?=[A-Z0-9][\w-]{{0,4}}[ -]))?"
    r"(?:[\w/καβγδ-]*[A-Zαβγδκ0-9][\w/καβγδ-]*|[a-z]+(?:ase|in|ine)s?)"
    r"(?:[ -](?:kinase|receptor|enzyme|channel|pump))?(?:[ -]\d)?"
)
# "mTOR inhibitors", "ACE inhibitor", "β-blockers": a class named by what its drugs do.
_CLASS_BY_ACTION = re.compile(
    rf"\b{_TARGET}[ -](?:inhibitors?|agonists?|antagonists?|blockers?|activators?|modulators?)\b(?!\s*\d)"
)
# "inhibitors of mTOR signaling", "its analogs": classes named the other way round or by their model drug.
_CLASS_OF = re.compile(
    r"\b(?P<noun>inhibitor|agonist|antagonist|blocker|activator)s? of (?:the )?(?P<target>[\w-]*[A-Z0-9][\w-]*)"
    r"(?: (?:signal+ing|pathway|kinase|activity))?\b"
)
_ANALOGS = re.compile(r"\b(?:its|their) (?P<noun>(?:analog(?:ue)?|derivative|congener)s)\b")


def find_classes(base: int, piece: str, vocabulary: Vocabulary) -> list[Candidate]:
    """Return the classes that stand in a piece of the clean text that begins at `base`."""
    found = []
    for match in _CLASS_BY_ACTION.finditer(piece):
        start, end = match.span()
        concept = next(iter(vocabulary.lookup(match.group(), label="CHEMICAL")), None)
        found.append(Candidate(base + start, base + end, "CHEMICAL", concept, frozenset({"class"}), BY_ACTION))
    for match in _CLASS_OF.finditer(piece):
        named = Concept("", f"{match['target']} {match['noun']}")
        flags = frozenset({"class"})
        found.append(Candidate(base + match.start(), base + match.end(), "CHEMICAL", named, flags, BY_ACTION))
    for match in _ANALOGS.finditer(piece):
        start, end = match.span("noun")
        found.append(Candidate(base + start, base + end, "CHEMICAL", None, frozenset({"analogs", "class"}), BY_ACTION))
    return found


def name_analogs(candidate: Candidate, candidates: list[Candidate], vocabulary: Vocabulary) -> Candidate:
    """Name "its analogs" after the substance before it, with the class the vocabulary has for that."""
    if "analogs" not in candidate.flags and not (candidate.concept is not None and not candidate.concept.id):
        return candidate
    if candidate.concept is not None:
        name = candidate.concept.name
    else:
        before = [c for c in candidates if c.label == "CHEMICAL" and c.concept is not None and c.end <= candidate.start]
        if not before or candidate.start - max(c.end for c in before) > 60:
            return replace(candidate, flags=frozenset({"class", "ambiguous"}), weight=2)
        nearest = max((c for c in before if candidate.start - c.end <= 60), key=lambda c: (c.start, c.end))
        name = f"{nearest.concept.name if nearest.concept else ''} analog"
    known = vocabulary.lookup(name, label="CHEMICAL")
    concept = replace(known[0], reason="analog") if known else None
    return replace(candidate, concept=concept, flags=frozenset({"class"}), weight=BY_ACTION - 1)
