"""Which corpora teach which component, and the training files made of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.training import craft, docbins
from pipeline.training import mention_corpora as mentions
from pipeline.training.augmentation import vary_texts
from pipeline.training.claim_grammar import ClaimGrammar
from pipeline.training.lemma_table import build_exceptions
from pipeline.training.mention_corpora import Part
from pipeline.training.phrases import collect_noun_phrases
from pipeline.training.records import AnnotatedText, ParsedSentence

SEED: Final = 20
_LONGEST_NOUN_PHRASE: Final = 6
_LEMMA_GRAMMAR: Final = 4000
_VARIED_TREES: Final = 0.1
_VARIED_MENTIONS: Final = 0.12
_PASSAGE_SENTENCES: Final = 4


@dataclass(frozen=True, slots=True)
class MentionSource:
    """Texts for the recogniser: the labels they mark completely, their reader, and how often each text is shown.

    `kept_empty` is the share (0–1) of passages without a mention that are shown.
    """

    labels: frozenset[str]
    read: Callable[[Path, Part], Iterator[AnnotatedText]]
    shown: int
    kept_empty: float = 1.0


def read_bc5cdr(corpora: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield BC5CDR, which marks chemicals and diseases."""
    return mentions.read_bc5cdr(corpora / "bc5cdr", part)


def read_ncbi_disease(corpora: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield NCBI Disease, which marks diseases."""
    return mentions.read_ncbi_disease(corpora / "ncbi_disease", part)


def read_species(corpora: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield LINNAEUS and CRAFT."""
    return chain(mentions.read_linnaeus(corpora / "linnaeus", part), craft.read_taxa(corpora / "craft", part))


def read_outcomes(corpora: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield EvidenceOutcomes and, for training, the sentences of TrialSieve with an outcome: it marks few."""
    marked = mentions.read_evidence_outcomes(corpora / "evidence_outcomes", part)
    if part == "dev":
        return marked
    sentences = docbins.cut_passages(mentions.read_trialsieve(corpora / "trialsieve", part), most=1, seed=SEED)
    return chain(marked, (record for record in sentences if record.spans))


MENTION_SOURCES: Final = (
    MentionSource(frozenset({"CHEMICAL", "DISEASE"}), read_bc5cdr, shown=2),
    MentionSource(frozenset({"DISEASE"}), read_ncbi_disease, shown=2),
    MentionSource(frozenset({"SPECIES"}), read_species, shown=1, kept_empty=0.35),
    MentionSource(frozenset({"OUTCOME"}), read_outcomes, shown=2),
)


def write_tree_files(
    nlp: Language,
    corpora: Path,
    folder: Path,
    *,
    grammar_sentences: int,
    held_out_grammar: int = 0,
    seed: int,
    most: int | None = None,
) -> tuple[Path, Path]:
    """Write CRAFT's trees with sentences of the claim grammar beside them; return the train and dev files' paths.

    `held_out_grammar` sentences of another seed, without CRAFT's phrases, stand in the dev file, so that the choice
    of a checkpoint weighs claims too. No part gives more than `most` sentences, if that is set.
    """
    sentences = list(islice(craft.read_trees(corpora / "craft", "train"), most))
    grammar = ClaimGrammar(
        seed=seed,
        noun_phrases=collect_noun_phrases(sentences, longest=_LONGEST_NOUN_PHRASE),
        drug_names=list_chemicals(corpora),
    )
    lessons: list[ParsedSentence] = [*sentences, *islice(grammar.write_sentences(grammar_sentences), most)]
    train, dev = folder / f"syntax_train_{seed}.spacy", folder / f"syntax_dev_{seed}.spacy"
    docbins.pack(docbins.build_tree_docs(nlp, vary_texts(lessons, share=_VARIED_TREES, seed=seed))).to_disk(train)
    held_out = ClaimGrammar(seed=seed + 1000).write_sentences(held_out_grammar)
    checks = chain(islice(craft.read_trees(corpora / "craft", "dev"), most), islice(held_out, most))
    docbins.pack(docbins.build_tree_docs(nlp, checks)).to_disk(dev)
    return train, dev


def write_mention_files(nlp: Language, corpora: Path, folder: Path, *, most: int | None = None) -> tuple[Path, Path]:
    """Write the recogniser's training and dev files, the texts of all sources mixed; return their paths.

    No source gives more than `most` passages a part, if that is set.
    """
    lessons: list[Doc] = []
    checks: list[Doc] = []
    for source in MENTION_SOURCES:
        passages = docbins.cut_passages(source.read(corpora, "train"), most=_PASSAGE_SENTENCES, seed=SEED)
        shown = thin_empty(islice(passages, most), kept=source.kept_empty, seed=SEED)
        varied = vary_texts(shown, share=_VARIED_MENTIONS, seed=SEED)
        lessons += list(docbins.build_span_docs(nlp, varied, source.labels)) * source.shown
        held_out = docbins.cut_passages(source.read(corpora, "dev"), most=1, seed=SEED)
        checks += docbins.build_span_docs(nlp, islice(held_out, most), source.labels)
    random.Random(SEED).shuffle(lessons)
    train, dev = folder / "recognizer_train.spacy", folder / "recognizer_dev.spacy"
    docbins.pack(lessons).to_disk(train)
    docbins.pack(checks).to_disk(dev)
    return train, dev


def build_lemma_table(corpora: Path, *, most: int | None = None) -> dict[str, str]:
    """Return the lemmatizer's exceptions from CRAFT train and sentences of the claim grammar, `most` of each."""
    grammar = ClaimGrammar(seed=SEED).write_sentences(_LEMMA_GRAMMAR)
    return build_exceptions(chain(islice(craft.read_trees(corpora / "craft", "train"), most), islice(grammar, most)))


def list_chemicals(corpora: Path) -> list[str]:
    """Return the chemical names of one word of letters that BC5CDR's train part marks, sorted."""
    names = {
        document.text[span.start : span.end]
        for document in mentions.read_bc5cdr(corpora / "bc5cdr", "train")
        for span in document.spans
        if span.label == "CHEMICAL"
    }
    return sorted(name for name in names if name.isalpha())


def thin_empty(texts: Iterable[AnnotatedText], *, kept: float, seed: int) -> Iterator[AnnotatedText]:
    """Yield the texts with mentions and about `kept` (0–1) of those without."""
    chooser = random.Random(seed)
    for record in texts:
        if record.spans or chooser.random() < kept:
            yield record
