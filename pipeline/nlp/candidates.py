"""What may become a mention, and which of overlapping ones do."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from pipeline.model import Concept, Document, Label
from pipeline.nlp.vocabulary_names import fold_name


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name at [start, end) of the clean text; of overlapping ones the longer wins, then the one of more weight.

    ``suggestions`` are concepts that it may mean where it has none.
    """

    start: int
    end: int
    label: Label
    concept: Concept | None
    flags: frozenset[str]
    weight: int
    suggestions: tuple[Concept, ...] = ()


def labels_by_place(candidates: Iterable[Candidate]) -> dict[int, set[str]]:
    """Return, for each offset that belongs to a candidate, the labels it has there."""
    places: dict[int, set[str]] = {}
    for candidate in candidates:
        for offset in range(candidate.start, candidate.end):
            places.setdefault(offset, set()).add(candidate.label)
    return places


# What the names of substances have and other long forms seldom: digits, and endings of systematic names.
_SUBSTANCE = re.compile(
    r"\d|\b\w{3,}(?:acid|amine|azole|dine|ide|idol|ine|ium|mide|mycin|ol|oxin|phenone|rine|tate|thiol|yl)s?\b",
    re.IGNORECASE,
)
# What a long form that ends so names, or a therapy of this kind, holds no drug.
_NO_SUBSTANCE = re.compile(
    r"\b(?:ablation|accident|care|counsel+ing|disease|disorder|exercise|failure|group|hospital|imaging|index|infarction|"
    r"interview|pressure|program(?:me)?|questionnaire|rate|ratio|resection|scale|score|stimulation|surgery|survey|"
    r"survival|syndrome|test|tomography|training|transplant(?:ation)?|trial|unit|volume)s?$|"
    r"\b(?:behaviou?ral|cognitive|compression|exercise|family|group|interpersonal|laser|light|oxygen|photo\w+|"
    r"physical|psycho\w+|radiation|radio\w*) (?:therapy|treatment)s?$",
    re.IGNORECASE,
)


def drop_redefined(document: Document, candidates: list[Candidate], *, kept: Collection[str] = ()) -> list[Candidate]:
    """Drop short forms linked to substances where the document's own long form holds no substance: "DSB" for
    "double-strand break". What the model alone takes for a substance stays, since its long form may be an extract's,
    unless that names a disease, a measure or a treatment without drugs.

    Args:
        kept: concepts whose short forms stay, however the document writes the long form.
    """
    text = document.clean.text
    places = sorted({(c.start, c.end) for c in candidates if c.label == "CHEMICAL"})
    starts = [start for start, _ in places]
    longest = max((end - start for start, end in places), default=0)
    diseases = {(c.start, c.end) for c in candidates if c.label == "DISEASE"}
    other: set[str] = set()
    never: set[str] = set()
    for item in document.abbreviations:
        low, high = item.clean.start, item.clean.end
        near = places[bisect_left(starts, low - longest) : bisect_left(starts, high)]
        inside = (text[start:end] for start, end in near if low < end)
        if all(words == item.short for words in inside) and not _SUBSTANCE.search(item.long):
            other |= {item.short, _cut_plural(item.short)}
            if (low, low + len(item.long)) in diseases or _NO_SUBSTANCE.search(item.long):
                never |= {item.short, _cut_plural(item.short)}
    candidates = [_unlink_redefined(document, c) for c in candidates]
    redefined = [
        text[c.start : c.end] in (never if c.concept is None else other)
        and (c.concept is None or c.concept.id not in kept)
        for c in candidates
    ]
    return [c for c, gone in zip(candidates, redefined, strict=True) if c.label != "CHEMICAL" or not gone]


def _unlink_redefined(document: Document, candidate: Candidate) -> Candidate:
    """Take its concept from a short form that the document defines as something else: "PAN", a substance of its own in
    the vocabulary, where the text has "puromycin aminonucleoside (PAN)".
    """
    if candidate.label != "CHEMICAL" or candidate.concept is None or candidate.weight > 2:
        return candidate
    surface = document.clean.text[candidate.start : candidate.end]
    longs = [fold_name(item.long) for item in document.abbreviations if item.short == surface]
    named = fold_name(candidate.concept.name)
    if not longs or any(named[:4] in long or long[:4] in named for long in longs):
        return candidate
    return replace(candidate, concept=None, flags=frozenset({"unlinked"}))


def _cut_plural(short: str) -> str:
    """Return "DSB" for "DSBs"."""
    return short[:-1] if len(short) > 3 and short[-1] == "s" and short[-2].isupper() else short


def drop_nested(candidates: list[Candidate]) -> list[Candidate]:
    """Drop what only stands inside a longer name: "insulin" in "insulin resistance", "mammalian" in "mammalian
    target of …".
    """
    hosts = [c for c in candidates if c.label in ("GENE", "DISEASE") or (c.label == "STRAIN")]
    spans = sorted({(host.start, host.end, host.label) for host in hosts})
    starts = [start for start, _, _ in spans]
    longest = max((end - start for start, end, _ in spans), default=0)
    kept = []
    for candidate in candidates:
        low, high = bisect_left(starts, candidate.start - longest), bisect_right(starts, candidate.start)
        inside = any(
            candidate.end <= end and end - start > candidate.end - candidate.start and label != candidate.label
            for start, end, label in spans[low:high]
        )
        if not (inside and candidate.label in ("CHEMICAL", "SPECIES", "SEX", "POPULATION", "ROUTE", "GENE", "DISEASE")):
            kept.append(candidate)
    return kept


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the longest of overlapping candidates, then the surer, then the first."""
    ranked = sorted(dict.fromkeys(candidates), key=rank)
    taken: list[Candidate] = []
    occupied: set[int] = set()
    for candidate in ranked:
        places = range(candidate.start, candidate.end)
        if not occupied.intersection(places):
            taken.append(candidate)
            occupied.update(places)
    return taken


def rank(candidate: Candidate) -> tuple[int, int, int, str]:
    """Return a key that sorts candidates, the one to keep first."""
    concept = candidate.concept.id if candidate.concept else "~"
    return (candidate.start - candidate.end, -candidate.weight, candidate.start, concept)
