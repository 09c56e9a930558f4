"""Names in cells, headers and captions: what the vocabulary finds there, with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.model import Concept, Span
from pipeline.nlp.vocabulary import Vocabulary, VocabularyMatch
from pipeline.tables.column_lexicon import ROUTES
from pipeline.tables.texts import CellText

_TOKEN = re.compile(r"\w+|[^\w\s]")
PLACEBO = re.compile(
    r"\b(placebo|vehicle|sham|untreated|control(?:s| group| diet)?|saline|no treatment|none|dmso|standard diet)\b",
    re.IGNORECASE,
)


ROUTE_NAMES = {spelling: name for name, spellings in ROUTES.items() for spelling in spellings}
ROUTE = re.compile(
    r"(?<!\w)(" + "|".join(re.escape(word) for word in sorted(ROUTE_NAMES, key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name at ``[start, end)`` of a cell text, and at ``span`` of the source."""

    start: int
    end: int
    text: str
    label: str
    concept: Concept | None
    span: Span
    flags: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The preferred name, else the words as they stand."""
        return self.text if self.concept is None else self.concept.name


@lru_cache(maxsize=8192)
def _search(vocabulary: Vocabulary, reading: str) -> tuple[VocabularyMatch, ...]:
    """Search a text once however often its cell repeats."""
    return vocabulary.find(reading, [match.span() for match in _TOKEN.finditer(reading)])


def find_names(text: CellText, vocabulary: Vocabulary, *labels: str) -> tuple[FoundName, ...]:
    """Return the names under the labels that stand in the text, in order."""
    reading = text.text
    if not reading:
        return ()
    found: list[FoundName] = []
    for match in _search(vocabulary, reading):
        if match.label not in labels:
            continue
        span = text.locate(match.start, match.end)
        if span is not None:
            name = reading[match.start : match.end]
            found.append(FoundName(match.start, match.end, name, match.label, match.concept, span, match.flags))
    return tuple(found)


def find_drugs(text: CellText, vocabulary: Vocabulary) -> tuple[FoundName, ...]:
    """Return the drugs and drug classes in the text, without a comparator's substance or what the body makes."""
    return tuple(
        name
        for name in find_names(text, vocabulary, "CHEMICAL")
        if not PLACEBO.fullmatch(name.text) and "endogenous" not in name.flags and "gene_like" not in name.flags
    )


def only_one(names: Sequence[FoundName]) -> FoundName | None:
    """Return the first of the names where they all stand for one thing, else ``None``."""
    ids = {name.concept.id if name.concept else name.text.lower() for name in names}
    return names[0] if len(ids) == 1 else None
