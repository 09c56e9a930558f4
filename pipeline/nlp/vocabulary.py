"""The vocabulary that ships with the project: what a name stands for, and where names occur in a text.

Two layers: the packaged file built from public vocabularies (``data/vocabulary.xz``) and the hand-written tables
beside it, which win where both have a name.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

import numpy

from pipeline.model import Concept
from pipeline.nlp.spellings import spell_american
from pipeline.nlp.vocabulary_names import Segment, fold_name, joins_name, segment_name, split_segments
from pipeline.nlp.vocabulary_store import (
    CAPITAL,
    CASED,
    CODE,
    LABELS,
    LINK_ONLY,
    PUBLIC_FLAGS,
    StoredVocabulary,
    find_heads,
    read_references,
    read_vocabulary,
    unpack_posting,
)
from pipeline.nlp.vocabulary_tables import TABLES, TableEntry, read_learned_names, read_tables

DATA_DIRECTORY: Final = Path(__file__).parent / "data"
_GENE = LABELS.index("GENE")
_ANSWERS_KEPT = 4_000
_HEADS_KEPT = 50_000
# "stage IV", "factor IV": a numeral, no route.
_COUNTS_WITH_NUMERAL = re.compile(
    r"(?:stages?|types?|grades?|class|phases?|groups?|factor|collagen|level|peptidase|DPP|NYHA|part|cycle|and|or|[-–/])"
    r"[ -]?\Z",
    re.I,
)
_FLAGS_BY_BITS = {bits: frozenset(name for bit, name in PUBLIC_FLAGS if bits & bit) for bits in range(256)}


@dataclass(frozen=True, slots=True)
class VocabularyMatch:
    """A name of the vocabulary at [start, end) of the text that was searched.

    ``flags`` are any of "endogenous" (an intervention only when administered), "class" (a class of drugs),
    "ambiguous" (the name stands under several labels) and "gene_like" (a substance that is also a gene product).
    """

    start: int
    end: int
    label: str
    concept: Concept | None
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one key stands for under one label."""

    label: str
    concept: Concept
    bits: int
    flags: frozenset[str]


class Vocabulary:
    """Names and their concepts, held in memory and never changed."""

    def __init__(
        self, stored: StoredVocabulary, tables: Sequence[TableEntry], *, version: str, directory: Path
    ) -> None:
        self.version = version
        self._stored = stored
        self._places = dict(zip(stored.keys, range(len(stored.keys)), strict=True))
        self._first = array("I", accumulate(stored.counts, initial=0))
        self._heads = dict(zip(stored.heads, stored.masks, strict=True))
        self._tables: dict[str, list[_Entry]] = {}
        self._concepts_of_tables = {entry.id: entry.name for entry in tables}
        for entry in tables:
            self._add_entry(entry)
        for head, mask in find_heads(list(self._tables)).items():
            self._heads[head] = self._heads.get(head, 0) | mask
        self._cache: dict[str, tuple[_Entry, ...]] = {}
        self._lengths: dict[str, int] = {}
        self._strange: set[str] = set()
        self._answers: dict[tuple[str, tuple[tuple[int, int], ...]], tuple[VocabularyMatch, ...]] = {}
        self._references: dict[str, tuple[str, ...]] | None = None
        self._directory = directory

    @classmethod
    def load(cls, path: Path | None = None) -> Vocabulary:
        """Load the packaged vocabulary, or the one at ``path``; each is loaded once per process.

        Raises:
            SettingsError: the file is missing or damaged.
        """
        return _load_vocabulary(path or DATA_DIRECTORY / "vocabulary.xz")

    def lookup(self, name: str, *, label: str) -> tuple[Concept, ...]:
        """Give the concepts that a name stands for under a label, best first; empty where it is unknown."""
        return tuple(dict.fromkeys(entry.concept for entry in self._look_up(name) if entry.label == label))

    def lookup_flags(self, name: str, *, label: str) -> frozenset[str]:
        """Give the flags of a name under a label; empty where it is unknown."""
        return frozenset().union(*(entry.flags for entry in self._look_up(name) if entry.label == label))

    def references(self, concept_id: str) -> tuple[str, ...]:
        """Give a concept's cross-references as CURIEs (MeSH, ChEBI, DOID), sorted."""
        return self._read_references().get(concept_id, ())

    def list_references(self) -> Iterator[tuple[str, str]]:
        """Yield every concept's id with each of its cross-references."""
        for concept_id, references in sorted(self._read_references().items()):
            for reference in references:
                yield concept_id, reference

    def name_of(self, concept_id: str) -> str | None:
        """Give a concept's preferred name; ``None`` for an unknown id."""
        if concept_id in self._concepts_of_tables:
            return self._concepts_of_tables[concept_id]
        place = bisect_left(self._stored.ids, concept_id)
        known = place < len(self._stored.ids) and self._stored.ids[place] == concept_id
        return self._stored.names[place] if known else None

    def _read_references(self) -> dict[str, tuple[str, ...]]:
        """Join the packaged references and the further ones; read when first asked for."""
        if self._references is None:
            joined = {
                identifier: tuple(references.split())
                for identifier, references in zip(self._stored.ids, self._stored.references, strict=True)
                if references
            }
            for identifier, further in read_references(self._directory / "references.xz").items():
                joined[identifier] = tuple(sorted({*joined.get(identifier, ()), *further}))
            self._references = joined
        return self._references

    def names(self, *, label: str) -> tuple[str, ...]:
        """Give every folded name of one segment under a label, sorted, for the search of near names."""
        postings = numpy.frombuffer(self._stored.postings, dtype="uint32")
        wanted = (postings >> 20 & 0xF == LABELS.index(label)) & (postings >> 24 & CASED == 0)
        places = numpy.searchsorted(self._first, numpy.flatnonzero(wanted), side="right") - 1
        keys = [self._stored.keys[place] for place in dict.fromkeys(places.tolist())]
        found = [key for key in keys if " " not in key]
        found += [
            key
            for key, entries in self._tables.items()
            if " " not in key and any(entry.label == label and not entry.bits & CASED for entry in entries)
        ]
        return tuple(sorted(set(found)))

    def find(self, text: str, tokens: Sequence[tuple[int, int]]) -> tuple[VocabularyMatch, ...]:
        """Find the names that stand in a text from token to token, the longest first under each label.

        Args:
            text: a sentence or paragraph.
            tokens: half-open offsets of its tokens into ``text``, in order.

        Returns: matches sorted by start, end and label; those of one label do not overlap. The last answers are kept,
        since the recogniser and the mentions ask the same.
        """
        asked = (text, tuple(tokens))
        found = self._answers.get(asked)
        if found is None:
            if len(self._answers) >= _ANSWERS_KEPT:
                self._answers.clear()
            found = self._answers[asked] = self._search(text, tokens)
        return found

    def _search(self, text: str, tokens: Sequence[tuple[int, int]]) -> tuple[VocabularyMatch, ...]:
        segments, starts, ends = _align_segments(text, tokens)
        matches: list[VocabularyMatch] = []
        free = dict.fromkeys(LABELS, 0)
        for place, first in enumerate(segments):
            if not starts[place]:
                continue
            mask = self._lengths.get(first.raw)
            if mask is None:
                mask = self._find_lengths(first)
            for length in range(mask.bit_length() - 1, 1, -1):
                if mask >> length & 1 and place + length <= len(segments) and ends[place + length - 1]:
                    self._match(text, segments[place : place + length], ends[place + length - 1], free, matches)
            if ends[place]:
                self._match(text, segments[place : place + 1], ends[place], free, matches)
        return tuple(sorted(matches, key=lambda match: (match.start, match.end, match.label)))

    def _find_lengths(self, first: Segment) -> int:
        """Return the mask of how many segments the names that begin with one may have; what is asked for is kept."""
        mask = 0
        for head in {first.folded, first.raw, spell_american(first.folded)}:
            mask |= self._heads.get(head, 0)
        if len(self._lengths) >= _HEADS_KEPT:
            self._lengths.clear()
        self._lengths[first.raw] = mask
        return mask

    def _match(
        self, text: str, run: list[Segment], end: int, free: dict[str, int], matches: list[VocabularyMatch]
    ) -> None:
        """Add what the vocabulary has for a run of segments and is not covered yet under its label."""
        if len(run) == 1:
            raw, folded = run[0].raw, run[0].folded
            if raw in self._strange:
                return
        else:
            raw = " ".join([segment.raw for segment in run])
            folded = " ".join([segment.folded for segment in run])
        places, tables = self._places, self._tables
        if folded not in places and folded not in tables:
            known = raw != folded and (
                raw in places or raw in tables or (_may_be_mouse_gene(raw) and raw.upper() in places)
            )
            if not known and _cut_plural(folded) not in places:
                american = spell_american(folded)
                if american == folded or not (american in places or american in tables):
                    if len(run) == 1 and len(self._strange) < _HEADS_KEPT:
                        self._strange.add(raw)
                    return
        gaps = [text[left.end : right.start] for left, right in pairwise(run)]
        initial = _begins_with_initial(run, gaps)
        if not all(joins_name(gap) for gap in gaps[initial:]):
            return
        start = run[0].start
        barred: set[str] = set()
        for entry in self._entries(folded, raw):
            if entry.bits & LINK_ONLY:
                barred.add(entry.label)
            if entry.label in barred or start < free[entry.label] or (initial and entry.label != "SPECIES"):
                continue
            if entry.bits & CAPITAL and not raw[0].isupper():
                continue
            if entry.bits & CODE and not _may_be_code(run, gaps):
                continue
            if raw == "IV" and _COUNTS_WITH_NUMERAL.search(text[max(0, start - 24) : start]):
                continue
            free[entry.label] = end
            matches.append(VocabularyMatch(start, end, entry.label, entry.concept, entry.flags))

    def _look_up(self, name: str) -> tuple[_Entry, ...]:
        return self._entries(fold_name(name), segment_name(name))

    def _entries(self, folded: str, raw: str) -> tuple[_Entry, ...]:
        """Everything known under a folded name and its cased spelling, hand-written entries first."""
        cached = self._cache.get(raw)
        if cached is not None:
            return cached
        keys = (folded,) if raw == folded else (raw, folded)
        found = [
            entry
            for source in (self._tables.get, self._read_entries)
            for key in keys
            for entry in source(key, [])
            if not entry.bits & CASED or key == raw
        ]
        plain = CASED | CODE | CAPITAL
        if not found and _cut_plural(folded) != folded:
            found = [entry for entry in self._read_entries(_cut_plural(folded)) if not entry.bits & plain]
        if not found and spell_american(folded) != folded:
            american = spell_american(folded)
            known = self._tables.get(american, []) + self._read_entries(american)
            found = [entry for entry in known if not entry.bits & plain]
        if _may_be_mouse_gene(raw):
            found += [entry for entry in self._read_entries(raw.upper()) if entry.label == LABELS[_GENE]]
        if len(self._cache) > 50_000:
            self._cache.clear()
        self._cache[raw] = tuple(found)
        return tuple(found)

    def _read_entries(self, key: str, _: list[_Entry] | None = None) -> list[_Entry]:
        place = self._places.get(key)
        if place is None:
            return []
        entries = []
        for posting in self._stored.postings[self._first[place] : self._first[place + 1]]:
            concept, label, bits = unpack_posting(posting)
            identifier = self._stored.ids[concept]
            name = self._concepts_of_tables.get(identifier) or self._stored.names[concept]
            entries.append(_Entry(LABELS[label], Concept(identifier, name), bits, _FLAGS_BY_BITS[bits]))
        return entries

    def _add_entry(self, entry: TableEntry) -> None:
        bits = sum(bit for bit, name in PUBLIC_FLAGS if name in entry.flags)
        bits |= LINK_ONLY if "link_only" in entry.flags else 0
        concept = Concept(entry.id, entry.name)
        spellings = [(fold_name(name), bits) for name in entry.spellings]
        spellings += [(segment_name(name), bits | CASED) for name in entry.cased]
        for key, spelled in spellings:
            entries = self._tables.setdefault(key, [])
            entries.append(_Entry(entry.label, concept, spelled, _FLAGS_BY_BITS[spelled]))


@lru_cache(maxsize=4)
def _load_vocabulary(path: Path) -> Vocabulary:
    stored = read_vocabulary(path)
    digest = hashlib.sha256(path.read_bytes())
    for name in sorted([*TABLES, "learned_names.tsv", "references.xz"]):
        digest.update((path.parent / name).read_bytes())
    tables = [*read_tables(path.parent), *read_learned_names(path.parent / "learned_names.tsv")]
    return Vocabulary(stored, tables, version=digest.hexdigest()[:16], directory=path.parent)


def _may_be_code(run: list[Segment], gaps: list[str]) -> bool:
    """Whether a run is spelled as a research code: capitals, and closed up unless long ("CB 3717", not "to 40")."""
    if not any(segment.raw != segment.folded for segment in run):
        return False
    return " " not in gaps or (len(run[0].raw) > 1 and run[0].raw.isupper() and len(run[1].raw) > 2)


def _begins_with_initial(run: list[Segment], gaps: list[str]) -> bool:
    """Whether a run is a species whose genus is cut to its initial: "E. coli"."""
    return len(run) > 1 and gaps[0] in (". ", ".\u00a0") and len(run[0].raw) == 1 and run[1].raw.islower()


def _cut_plural(folded: str) -> str:
    """Give the singular of a long regular plural, else the name itself."""
    if len(folded) > 5 and folded[-1] == "s" and folded[-2] not in "sui":
        return folded[:-1]
    return folded


def _may_be_mouse_gene(raw: str) -> bool:
    """Whether a name is spelled like a rodent's gene: "Trp 53", "Mtor"; first letter upper, the rest lower."""
    return len(raw) >= 3 and raw[0].isupper() and raw[1:2].islower() and raw[1:] == raw[1:].lower()


def _align_segments(text: str, tokens: Sequence[tuple[int, int]]) -> tuple[list[Segment], list[bool], list[int]]:
    """Split a text and say which segments begin a token, and where a name that ends with them ends (0: nowhere).

    A token's tail of "+" belongs to the name ("NAD+"), as does the last point of "i.p.".
    """
    segments = list(split_segments(text))
    starts = [False] * len(segments)
    ends = [0] * len(segments)
    place = 0
    for start, end in tokens:
        first = place
        while first < len(segments) and segments[first].start < start:
            first += 1
        place = first
        while place < len(segments) and segments[place].end <= end:
            place += 1
        if place == first:
            continue
        starts[first] = True
        last = segments[place - 1]
        tail = text[last.end : end]
        dotted = tail == "." and place - first > 1 and text[segments[first].end] == "."
        ends[place - 1] = end if tail == "+" or dotted else last.end
    return segments, starts, ends
