"""Scores of the PDF reader on articles that exist as PDF and as publisher XML.

Run as ``python -m pipeline.training.measure_pdf --corpora ../shared/corpora``. Both files of an article are read with
the pipeline's own readers; what is compared is the clean text of paragraphs, list items and headings between title
and references. Words are compared after NFKC, in lower case, punctuation dropped.
"""

from __future__ import annotations

import argparse
import itertools
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from pipeline.ingest import read_document
from pipeline.model import Document
from pipeline.settings import Settings
from pipeline.training.records import DEFAULT_CORPORA

_WORD: Final = re.compile(r"[^\W_]+")
_BODY: Final = frozenset({"abstract", "introduction", "methods", "results", "discussion", "conclusion", "body"})
_RUNNING: Final = frozenset({"paragraph", "list", "heading"})


@dataclass(frozen=True, slots=True)
class PairScore:
    """Counts of one article: words and word pairs of the XML's body, of the PDF's, and what they share."""

    name: str
    expected: int
    found: int
    common: int
    in_order: int
    pairs: int
    pairs_kept: int
    strange: int
    marks_expected: int
    marks_found: int
    marks_common: int
    ends: int
    ends_right: int
    headings: int
    headings_found: int
    headings_right: int
    seconds: float


def body_words(document: Document) -> list[str]:
    """Return the words of a document's body in the order in which its clean text has them."""
    words: list[str] = []
    for block in document.blocks:
        if block.kind in _RUNNING and document.sections[block.section].kind in _BODY:
            words.extend(split_words(document.clean.text[block.clean.start : block.clean.end]))
    return words


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text, normalised for comparison."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("μ", "µ"))


def score_pair(folder: Path, *, settings: Settings) -> PairScore:
    """Return the scores of the article in a folder with ``fulltext.pdf`` and ``fulltext.xml``."""
    expected = read_document(folder / "fulltext.xml", name=f"{folder.name}.xml", settings=settings)
    start = time.perf_counter()
    found = read_document(folder / "fulltext.pdf", name=f"{folder.name}.pdf", settings=settings)
    seconds = time.perf_counter() - start
    truth, words = body_words(expected), body_words(found)
    matcher = SequenceMatcher(None, truth, words, autojunk=False)
    in_order = sum(match.size for match in matcher.get_matching_blocks())
    truth_pairs, pairs = Counter(itertools.pairwise(truth)), Counter(itertools.pairwise(words))
    everything = set(split_words(expected.source))
    marks, marks_found = _count_marks(expected), _count_marks(found)
    ends, ends_found = _paragraph_ends(expected), _paragraph_ends(found)
    headings, headings_found = _headings(expected), _headings(found)
    return PairScore(
        name=folder.name,
        expected=len(truth),
        found=len(words),
        common=(Counter(truth) & Counter(words)).total(),
        in_order=in_order,
        pairs=truth_pairs.total(),
        pairs_kept=(truth_pairs & pairs).total(),
        strange=sum(word not in everything for word in words),
        marks_expected=marks.total(),
        marks_found=marks_found.total(),
        marks_common=(marks & marks_found).total(),
        ends=ends.total(),
        ends_right=(ends & ends_found).total(),
        headings=headings.total(),
        headings_found=headings_found.total(),
        headings_right=(headings & headings_found).total(),
        seconds=seconds,
    )


def add_scores(first: PairScore, second: PairScore) -> PairScore:
    """Return the sums of two scores' counts and times."""
    sums = {item.name: getattr(first, item.name) + getattr(second, item.name) for item in fields(PairScore)}
    return PairScore(**sums)


def _count_marks(document: Document) -> Counter[tuple[str, str]]:
    """Count what is cited after which word: one for each reference number that a mark names."""
    marks: Counter[tuple[str, str]] = Counter()
    for citation in document.citations:
        before = split_words(document.clean.text[max(citation.clean - 60, 0) : citation.clean])
        for marker in citation.markers:
            number = re.sub(r"[^\w]+", " ", unicodedata.normalize("NFKC", marker).casefold())
            marks[before[-1] if before else "", number] += 1
    return marks


def _paragraph_ends(document: Document) -> Counter[str]:
    ends: Counter[str] = Counter()
    for block in document.blocks:
        if block.kind == "paragraph" and document.sections[block.section].kind in _BODY:
            words = split_words(document.clean.text[block.clean.start : block.clean.end])
            if len(words) >= 8:
                ends[" ".join(words[:3])] += 1
                ends[" ".join(words[-3:])] += 1
    return ends


def _headings(document: Document) -> Counter[tuple[str, str]]:
    """Count the headings of the body with their sections' kinds, their numbering left out."""
    headings: Counter[tuple[str, str]] = Counter()
    for block in document.blocks:
        kind = document.sections[block.section].kind
        if block.kind == "heading" and kind in _BODY:
            text = re.sub(r"^[\d.\s]+", "", document.clean.text[block.clean.start : block.clean.end])
            headings[kind, " ".join(split_words(text))] += 1
    return headings


def _rate(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "   -  "


def format_scores(scores: Sequence[PairScore]) -> Iterable[str]:
    """Yield one line an article and one for all of them."""
    yield (
        f"{'article':28} {'recall':>7} {'prec.':>7} {'order':>7} {'pairs':>7} {'strange':>7} {'ends':>7} "
        f"{'markP':>7} {'markR':>7} {'headP':>7} {'headR':>7} {'s':>6}"
    )
    whole = scores[0]
    for score in scores[1:]:
        whole = add_scores(whole, score)
    whole = replace(whole, name="all")
    for score in (*scores, whole):
        yield " ".join(
            [
                f"{score.name:28}",
                _rate(score.common, score.expected),
                " " + _rate(score.common, score.found),
                " " + _rate(score.in_order, score.expected),
                " " + _rate(score.pairs_kept, score.pairs),
                " " + _rate(score.strange, score.found),
                " " + _rate(score.ends_right, score.ends),
                " " + _rate(score.marks_common, score.marks_found),
                " " + _rate(score.marks_common, score.marks_expected),
                " " + _rate(score.headings_right, score.headings_found),
                " " + _rate(score.headings_right, score.headings),
                f"{score.seconds:6.2f}",
            ]
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Score every pair of the corpora and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    options = parser.parse_args(arguments)
    settings = Settings()
    folders = sorted(path.parent for path in (options.corpora / "pdf_jats_pairs").glob("*/fulltext.pdf"))
    scores = [score_pair(folder, settings=settings) for folder in folders]
    for line in format_scores(scores):
        print(line)


if __name__ == "__main__":
    main()
