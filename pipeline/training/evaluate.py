"""Measures the packaged pipeline on the development parts of the corpora and prints the figures of MODEL_CARD.md.

    python -m pipeline.training.evaluate --corpora ../shared/corpora

Mentions count as found when label and both offsets agree; sentences are fed one a document, as at run time.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

from pipeline.nlp.tokenizer import find_misaligned
from pipeline.training import craft, docbins
from pipeline.training import mention_corpora as mentions
from pipeline.training.package import WEIGHTS_FOLDER
from pipeline.training.records import DEFAULT_CORPORA, AnnotatedText
from pipeline.training.training_sets import SEED

Spot = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that add; a rate over nothing is None."""

    tp: int
    fp: int
    fn: int

    @property
    def precision(self) -> float | None:
        """Found mentions that are right, 0–1."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """Mentions of the corpus that were found, 0–1."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, 0–1."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None


@dataclass(frozen=True, slots=True)
class Corpus:
    """A development corpus and the labels it marks completely."""

    name: str
    labels: tuple[str, ...]
    read: Callable[[Path], Iterator[AnnotatedText]]


CORPORA: Final = (
    Corpus("BC5CDR dev", ("CHEMICAL", "DISEASE"), lambda root: mentions.read_bc5cdr(root / "bc5cdr", "dev")),
    Corpus("NCBI Disease dev", ("DISEASE",), lambda root: mentions.read_ncbi_disease(root / "ncbi_disease", "dev")),
    Corpus("LINNAEUS dev", ("SPECIES",), lambda root: mentions.read_linnaeus(root / "linnaeus", "dev")),
    Corpus("CRAFT dev", ("SPECIES",), lambda root: craft.read_taxa(root / "craft", "dev")),
    Corpus(
        "EvidenceOutcomes dev",
        ("OUTCOME",),
        lambda root: mentions.read_evidence_outcomes(root / "evidence_outcomes", "dev"),
    ),
    Corpus("TrialSieve dev", ("OUTCOME",), lambda root: mentions.read_trialsieve(root / "trialsieve", "dev")),
)


def score_mentions(nlp: Language, texts: Iterable[AnnotatedText], labels: Sequence[str]) -> dict[str, Score]:
    """Return each label's score over the texts, which are cut into sentences first."""
    passages = list(docbins.cut_passages(texts, most=1, seed=SEED))
    counts: dict[str, Counter[str]] = {label: Counter() for label in labels}
    for passage, doc in zip(passages, nlp.pipe(passage.text for passage in passages), strict=True):
        gold = {(span.label, span.start, span.end) for span in mentions.keep_longest(passage.spans)}
        found = set(list_found(doc))
        for label in labels:
            right = {spot for spot in gold if spot[0] == label}
            said = {spot for spot in found if spot[0] == label}
            counts[label].update(tp=len(right & said), fp=len(said - right), fn=len(right - said))
    return {label: Score(count["tp"], count["fp"], count["fn"]) for label, count in counts.items()}


def list_found(doc: Any) -> Iterator[Spot]:
    """Yield label, start and end (code points) of every span the pipeline wrote."""
    for group in doc.spans.values():
        for span in group:
            yield span.label_, span.start_char, span.end_char


def score_syntax(nlp: Language, corpora: Path) -> dict[str, tuple[int, int]]:
    """Return, per figure, the tokens right and the tokens counted, on CRAFT dev.

    UAS and LAS leave punctuation out, as is usual; "verb lemmas" counts tokens whose gold tag begins with VB, and
    "subjects and objects" the gold nsubj, nsubjpass and dobj that got label and head right.
    """
    blank = spacy.blank("en")
    blank.tokenizer = nlp.tokenizer
    gold_docs = list(docbins.build_tree_docs(blank, craft.read_trees(corpora / "craft", "dev")))
    counts: dict[str, list[int]] = {}
    for gold, doc in zip(gold_docs, nlp.pipe(gold.text for gold in gold_docs), strict=True):
        for right, said in zip(gold, doc, strict=True):
            _add(counts, "tags", right.tag_ == said.tag_)
            _add(counts, "lemmas", right.lemma_ == said.lemma_.lower())
            if right.tag_.startswith("VB"):
                _add(counts, "verb lemmas", right.lemma_ == said.lemma_.lower())
            if right.dep_ == "punct":
                continue
            attached = right.head.i == said.head.i
            labelled = attached and right.dep_ == said.dep_
            _add(counts, "UAS", attached)
            _add(counts, "LAS", labelled)
            if right.dep_ in {"nsubj", "nsubjpass", "dobj"}:
                _add(counts, "subjects and objects", labelled)
            if right.dep_ == "ROOT":
                _add(counts, "roots", said.dep_ == "ROOT")
    return {name: (hit, total) for name, (hit, total) in counts.items()}


def measure_alignment(nlp: Language, texts: Iterable[AnnotatedText]) -> tuple[int, int]:
    """Return how many mentions begin and end at token boundaries, and how many there are."""
    total = off = 0
    for record in texts:
        spans = [(span.start, span.end) for span in record.spans]
        total += len(spans)
        off += len(find_misaligned(nlp.tokenizer, record.text, spans))
    return total - off, total


def measure_speed(nlp: Language, texts: Sequence[str]) -> float:
    """Return words a second of the whole pipeline on one thread; the time is wall-clock."""
    started = time.perf_counter()
    words = sum(sum(not token.is_punct for token in doc) for doc in nlp.pipe(texts, batch_size=64))
    return words / (time.perf_counter() - started)


def main(arguments: list[str] | None = None) -> None:
    """Print the figures as Markdown tables."""
    parser = argparse.ArgumentParser(description="Measure the en_litclaims pipeline on development parts.")
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA, help="folder of the corpora")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_FOLDER, help="folder of the pipeline")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    nlp = spacy.load(options.weights)
    loaded = time.perf_counter() - started

    print("| label | corpus | P | R | F1 | tp | fp | fn |\n|---|---|---|---|---|---|---|---|")
    for corpus in CORPORA:
        for label, score in score_mentions(nlp, corpus.read(options.corpora), corpus.labels).items():
            rates = " | ".join(_percent(rate) for rate in (score.precision, score.recall, score.f1))
            print(f"| {label} | {corpus.name} | {rates} | {score.tp} | {score.fp} | {score.fn} |")

    print("\n| CRAFT dev | % | right | of |\n|---|---|---|---|")
    for name, (right, total) in score_syntax(nlp, options.corpora).items():
        print(f"| {name} | {_percent(right / total)} | {right} | {total} |")

    print("\n| mentions on token boundaries | % | aligned | of |\n|---|---|---|---|")
    for corpus in CORPORA:
        aligned, total = measure_alignment(nlp, corpus.read(options.corpora))
        print(f"| {corpus.name} | {100 * aligned / total:.2f} | {aligned} | {total} |")

    texts = [passage.text for passage in docbins.cut_passages(CORPORA[0].read(options.corpora), most=1, seed=SEED)]
    print(f"\nload {loaded:.1f} s; {measure_speed(nlp, texts[:2000]):.0f} words a second, one thread")


def _add(counts: dict[str, list[int]], name: str, right: bool) -> None:
    pair = counts.setdefault(name, [0, 0])
    pair[0] += right
    pair[1] += 1


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.1f}"


if __name__ == "__main__":
    main()
