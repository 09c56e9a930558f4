"""Measures the packaged pipeline on the development parts of the corpora and prints the figures of MODEL_CARD.md.

    python -m pipeline.training.evaluate [SECTION …] --corpora ../shared/corpora

Sections: ``recogniser`` (the network alone, sentence by sentence), ``names`` (species of the vocabulary, without the
network), ``pipeline`` (the mentions of the whole product), ``links`` (concepts on gold spans), ``trees``, ``tokens``,
``costs``; all of them where none is named. "Strict" wants the same label and characters, "relaxed" an overlap;
intervals are 95 %, documents resampled.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language

from pipeline.evaluation.scores import Counts, Tally
from pipeline.nlp.language import load_model
from pipeline.nlp.tokenizer import find_misaligned
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.training import craft, docbins, language_costs, linking_scores, pipeline_mentions
from pipeline.training import mention_corpora as mentions
from pipeline.training.package import WEIGHTS_FOLDER
from pipeline.training.records import DEFAULT_CORPORA, AnnotatedText
from pipeline.training.species_lexicon import ABOVE_GENUS
from pipeline.training.training_sets import SEED

Spot = tuple[int, int]
_TEXTS_TIMED: Final = 4


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


def score_mentions(nlp: Language, texts: Iterable[AnnotatedText], labels: Sequence[str]) -> Tally:
    """Return counts of "LABEL strict" and "LABEL relaxed" by document; texts are cut into sentences first."""
    passages = list(docbins.cut_passages(texts, most=1, seed=SEED))
    tally = Tally()
    for passage, doc in zip(passages, nlp.pipe(passage.text for passage in passages), strict=True):
        document = passage.key.rsplit("-", 1)[0]
        gold = mentions.keep_longest(passage.spans)
        for label in labels:
            right = {(span.start, span.end) for span in gold if span.label == label}
            said = list_found(doc, label)
            count_spots(tally, label, document, right, said)
    return tally


def count_spots(tally: Tally, label: str, document: str, right: set[Spot], said: set[Spot]) -> None:
    """Add a passage's counts of a label: the same characters, and overlaps."""
    hit = len(right & said)
    tally.add(f"{label} strict", document, Counts(hit, len(said) - hit, len(right) - hit))
    found = sum(any(start < end and begin < stop for start, stop in said) for begin, end in right)
    good = sum(any(start < end and begin < stop for start, stop in right) for begin, end in said)
    tally.add(f"{label} relaxed", document, Counts(found, len(said) - good, len(right) - found))


def list_found(doc: Any, label: str) -> set[Spot]:
    """Return start and end (code points) of every span of a label that the pipeline wrote."""
    return {(span.start_char, span.end_char) for group in doc.spans.values() for span in group if span.label_ == label}


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


def print_tally(tally: Tally, name: str) -> None:
    """Print a line of a Markdown table for each measure of a tally."""
    for measure in tally.by_cluster:
        counts = tally.total(measure)
        rates = " | ".join(_percent(rate) for rate in (counts.precision, counts.recall, counts.f1))
        low, high = tally.interval(measure)["f1"] or (None, None)
        whole = f"{int(counts.tp)} | {int(counts.fp)} | {int(counts.fn)}"
        print(f"| {name} | {measure} | {rates} | {_percent(low)}–{_percent(high)} | {whole} |")


def print_recogniser(nlp: Language, corpora: Path) -> None:
    """Print what the network finds alone."""
    _print_head("the network alone")
    with nlp.select_pipes(enable=["recognizer"]):
        for corpus in CORPORA:
            print_tally(score_mentions(nlp, corpus.read(corpora), corpus.labels), corpus.name)


def score_names(nlp: Language, texts: Iterable[AnnotatedText]) -> Tally:
    """Return the counts of the vocabulary's species, found without any trained weights."""
    vocabulary, tally = Vocabulary.load(), Tally()
    for text in texts:
        tokens = [(token.idx, token.idx + len(token)) for token in nlp.make_doc(text.text) if not token.is_space]
        said = {
            (match.start, match.end)
            for match in vocabulary.find(text.text, tokens)
            if match.label == "SPECIES" and match.concept is not None and match.concept.id not in ABOVE_GENUS
        }
        count_spots(tally, "SPECIES", text.key, {(s.start, s.end) for s in mentions.keep_longest(text.spans)}, said)
    return tally


def print_names(nlp: Language, corpora: Path) -> None:
    """Print what the vocabulary finds without the network: no corpus has taught it a species."""
    _print_head("the vocabulary alone")
    for corpus in CORPORA:
        if corpus.labels == ("SPECIES",):
            print_tally(score_names(nlp, corpus.read(corpora)), corpus.name)


def print_pipeline(nlp: Language, corpora: Path) -> None:
    """Print what the product finds, with the packaged weights."""
    _print_head("the whole product")
    for name, (label, _) in pipeline_mentions.MEASURES.items():
        print_tally(pipeline_mentions.score_texts(pipeline_mentions.read_marked(corpora, name), label), name)


def print_links(nlp: Language, corpora: Path) -> None:
    """Print how often the first concept is the corpus's one; R is the figure."""
    _print_head("linking of gold spans")
    for name, label in linking_scores.MEASURES.items():
        tally = linking_scores.score_links(linking_scores.read_links(corpora, name), label)
        low, high = tally.interval("top-1")["recall"] or (None, None)
        counts = tally.total("top-1")
        rates = " | ".join(_percent(rate) for rate in (counts.precision, counts.recall, counts.f1))
        whole = f"{int(counts.tp)} | {int(counts.fp)} | {int(counts.fn)}"
        print(f"| {name} | top-1 (interval of R) | {rates} | {_percent(low)}–{_percent(high)} | {whole} |")


def print_trees(nlp: Language, corpora: Path) -> None:
    """Print tags, lemmas and trees."""
    print("\n| CRAFT dev | % | right | of |\n|---|---|---|---|")
    for name, (right, total) in score_syntax(nlp, corpora).items():
        print(f"| {name} | {_percent(right / total)} | {right} | {total} |")


def print_tokens(nlp: Language, corpora: Path) -> None:
    """Print how many mentions begin and end with tokens."""
    print("\n| mentions on token boundaries | % | aligned | of |\n|---|---|---|---|")
    for corpus in CORPORA:
        aligned, total = measure_alignment(nlp, corpus.read(corpora))
        print(f"| {corpus.name} | {100 * aligned / total:.2f} | {aligned} | {total} |")


def print_costs(nlp: Language, corpora: Path) -> None:
    """Print speed beside a bare pipeline, memory and time to load."""
    texts = [text.text for text in mentions.read_linnaeus(corpora / "linnaeus", "dev")][:_TEXTS_TIMED]
    speeds = dict(language_costs.measure_speed(texts))
    seconds, processor, resident = language_costs.measure_loading(Path.cwd())
    print(
        f"\n{speeds['whole']:.0f} words a second of processor time, tags to links, one thread; a bare pipeline of "
        f"spaCy's small size {speeds['bare']:.0f} in the same run: ratio {speeds['whole'] / speeds['bare']:.2f}\n"
        f"load {seconds:.1f} s, {processor:.1f} s of processor time; {resident:.0f} MiB resident after reading"
    )


SECTIONS: Final[dict[str, Callable[[Language, Path], None]]] = {
    "recogniser": print_recogniser,
    "names": print_names,
    "pipeline": print_pipeline,
    "links": print_links,
    "trees": print_trees,
    "tokens": print_tokens,
    "costs": print_costs,
}


def main(arguments: list[str] | None = None) -> None:
    """Print the figures as Markdown tables."""
    parser = argparse.ArgumentParser(description="Measure the en_litclaims pipeline on development parts.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; none: all")
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA, help="folder of the corpora")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_FOLDER, help="folder of the pipeline")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.sections) - set(SECTIONS))
    if unknown:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    nlp = load_model(options.weights)
    for name in options.sections or SECTIONS:
        SECTIONS[name](nlp, options.corpora)


def _print_head(title: str) -> None:
    print(f"\n| {title} | measure | P | R | F1 | 95 % | tp | fp | fn |\n|---|---|---|---|---|---|---|---|---|")


def _add(counts: dict[str, list[int]], name: str, right: bool) -> None:
    pair = counts.setdefault(name, [0, 0])
    pair[0] += right
    pair[1] += 1


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{100 * rate:.1f}"


if __name__ == "__main__":
    main()
