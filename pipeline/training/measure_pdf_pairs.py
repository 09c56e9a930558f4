"""Counts of the PDF reader against publisher XML: words, order, paragraphs, marks, sections, front matter.

Both files of an article are read with the pipeline's own readers; what is compared is the clean text of paragraphs,
list items and headings between title and references. Words are compared after NFKC and in lower case, punctuation
dropped, letters and digits apart ("19th" is "19" and "th", as publishers space raised letters at will).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final

from pipeline.model import Document

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_BODY: Final = frozenset({"abstract", "introduction", "methods", "results", "discussion", "conclusion", "body"})
_RUNNING: Final = frozenset({"paragraph", "list", "heading"})
_PROSE: Final = frozenset({"paragraph", "list"})
_MIN_WORDS: Final = 8
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class PairScore:
    """Counts of one article, XML first: what it has, what the PDF's reading has, and what is right of it."""

    words: int = 0
    found: int = 0
    recovered: int = 0
    in_order: int = 0
    foreign: int = 0
    ends: int = 0
    ends_right: int = 0
    marks: int = 0
    marks_found: int = 0
    marks_right: int = 0
    headings: int = 0
    headings_found: int = 0
    headings_right: int = 0
    placed: int = 0
    placed_right: int = 0
    front: int = 0
    front_right: int = 0

    def __add__(self, other: PairScore) -> PairScore:
        return PairScore(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(PairScore)))


def compare_documents(truth: Document, found: Document) -> PairScore:
    """Return the counts of a PDF's reading against that of the XML of the same article."""
    words, kinds = _read_body(truth)
    others, other_kinds = _read_body(found)
    placed = [(kinds[i], other_kinds[j]) for i, j in align_words(words, others)]
    marks, marks_found = _count_marks(truth), _count_marks(found)
    ends, ends_found = count_paragraph_ends(truth), count_paragraph_ends(found)
    headings, headings_found = count_headings(truth), count_headings(found)
    front = compare_front(truth, found)
    return PairScore(
        words=len(words),
        found=len(others),
        recovered=(Counter(words) & Counter(others)).total(),
        in_order=len(placed),
        foreign=(Counter(others) - Counter(split_words(truth.source))).total(),
        ends=ends.total(),
        ends_right=(ends & ends_found).total(),
        marks=marks.total(),
        marks_found=marks_found.total(),
        marks_right=(marks & marks_found).total(),
        headings=headings.total(),
        headings_found=headings_found.total(),
        headings_right=(headings & headings_found).total(),
        placed=len(placed),
        placed_right=sum(kind == other for kind, other in placed),
        front=len(front),
        front_right=sum(front.values()),
    )


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text, normalised for comparison."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("μ", "µ"))


def _read_body(document: Document) -> tuple[list[str], list[str]]:
    """Return the body's words in clean order, and the kind of section that each stands in."""
    words: list[str] = []
    kinds: list[str] = []
    for block in document.blocks:
        kind = document.sections[block.section].kind
        if block.kind in _RUNNING and kind in _BODY:
            read = split_words(document.clean.text[block.clean.start : block.clean.end])
            words.extend(read)
            kinds.extend([kind] * len(read))
    return words, kinds


def align_words(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Return the index pairs of a longest common subsequence, by bit vectors (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for index, word in enumerate(first):
        places[word] = places.get(word, 0) | 1 << index
    full = (1 << len(first)) - 1
    row = full
    rows = [row]
    for word in second:
        hits = row & places.get(word, 0)
        row = ((row + hits) | (row - hits)) & full
        rows.append(row)
    pairs: list[tuple[int, int]] = []
    i, j = len(first) - 1, len(second)
    while i >= 0 and j > 0:
        if rows[j] >> i & 1:
            i -= 1
        elif not rows[j - 1] >> i & 1:
            j -= 1
        else:
            pairs.append((i, j - 1))
            i, j = i - 1, j - 1
    pairs.reverse()
    return pairs


def _count_marks(document: Document) -> Counter[tuple[str, str]]:
    """Count what is cited after which word: one for each reference that a mark names."""
    marks: Counter[tuple[str, str]] = Counter()
    for citation in document.citations:
        before = split_words(document.clean.text[max(citation.clean - 60, 0) : citation.clean])
        for marker in citation.markers:
            marks[before[-1] if before else "", _plain_marker(marker)] += 1
    return marks


def _plain_marker(marker: str) -> str:
    """Return a number, or surname and year: initials and letters after the year differ between list and mark."""
    year = _YEAR.search(marker)
    words = split_words(marker)
    return f"{words[0]} {year[0]}" if year and words and not words[0].isdigit() else " ".join(words)


def count_paragraph_ends(document: Document) -> Counter[tuple[str, str]]:
    """Count the first and the last three words of the body's paragraphs and list items of at least eight words."""
    ends: Counter[tuple[str, str]] = Counter()
    for block in document.blocks:
        if block.kind in _PROSE and document.sections[block.section].kind in _BODY:
            words = split_words(document.clean.text[block.clean.start : block.clean.end])
            if len(words) >= _MIN_WORDS:
                ends["first", " ".join(words[:3])] += 1
                ends["last", " ".join(words[-3:])] += 1
    return ends


def count_headings(document: Document) -> Counter[tuple[str, str]]:
    """Count the headings of the body with their sections' kinds, numbers and the abstract's own title left out."""
    headings: Counter[tuple[str, str]] = Counter()
    for block in document.blocks:
        kind = document.sections[block.section].kind
        if block.kind == "heading" and kind in _BODY:
            text = re.sub(r"^[\d.\s]+", "", document.clean.text[block.clean.start : block.clean.end])
            words = " ".join(split_words(text))
            if words not in {"abstract", "summary"}:
                headings[kind, words] += 1
    return headings


def compare_front(truth: Document, found: Document) -> dict[str, bool]:
    """Return whether title, authors and DOI are right; names count as sets of words, since lists turn them around."""
    ours, theirs = found.metadata, truth.metadata
    front = {
        "title": split_words(ours.title or "") == split_words(theirs.title or ""),
        "authors": [_name_words(name) for name in ours.authors] == [_name_words(name) for name in theirs.authors],
    }
    if theirs.doi:
        front["doi"] = (ours.doi or "").casefold() == theirs.doi.casefold()
    return front


def _name_words(name: str) -> list[str]:
    return sorted(split_words(name.replace(".", " ")))


def list_differences(truth: Document, found: Document) -> Iterable[str]:
    """Yield one line for each difference: runs of words, paragraph ends, headings, marks, front matter."""
    words, others = _read_body(truth)[0], _read_body(found)[0]
    i = j = 0
    for a, b in [*align_words(words, others), (len(words), len(others))]:
        if a > i or b > j:
            yield f"words: after '{' '.join(words[max(i - 4, 0) : i])}' {words[i:a][:30]} read as {others[j:b][:30]}"
        i, j = a + 1, b + 1
    for label, ours, theirs in (
        ("end", count_paragraph_ends(found), count_paragraph_ends(truth)),
        ("heading", count_headings(found), count_headings(truth)),
        ("mark", _count_marks(found), _count_marks(truth)),
    ):
        for item in (theirs - ours).elements():
            yield f"{label} missed: {item}"
        for item in (ours - theirs).elements():
            yield f"{label} wrong: {item}"
    for name, right in compare_front(truth, found).items():
        if not right:
            yield f"{name}: {getattr(found.metadata, name)!r}, not {getattr(truth.metadata, name)!r}"
