"""Which corpora teach which component, and the training files made of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from spacy.language import Language

from pipeline.training import craft, docbins
from pipeline.training import mention_corpora as mentions
from pipeline.training.augmentation import vary_texts
from pipeline.training.claim_grammar import ClaimGrammar
from pipeline.training.lemma_table import build_exceptions
from pipeline.training.mention_corpora import Part
from pipeline.training.phrases import collect_noun_phrases
from pipeline.training.records import AnnotatedText, LabelledSpan, ParsedSentence

SEED: Final = 20
_LONGEST_NOUN_PHRASE: Final = 6
_LEMMA_GRAMMAR: Final = 4000
_VARIED_TREES: Final = 0.1
_VARIED_MENTIONS: Final = 0.12
_PASSAGE_SENTENCES: Final = 4
_KEPT_EMPTY_SPECIES: Final = 0.35


@dataclass(frozen=True, slots=True)
class MentionSet:
    """One recogniser's lesson: the labels it learns, the reader of its corpora and its changes to `mentions.cfg`."""

    name: str
    labels: frozenset[str]
    read: Callable[[Path, Part], Iterator[AnnotatedText]]
    overrides: Mapping[str, Any]


def read_chemicals_and_diseases(corpora: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield BC5CDR, which marks both labels."""
    return mentions.read_bc5cdr(corpora / "bc5cdr", part)


def read_species(corpora: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield LINNAEUS and CRAFT."""
    return chain(mentions.read_linnaeus(corpora / "linnaeus", part), craft.read_taxa(corpora / "craft", part))


def read_outcomes(corpora: Path, part: Part) -> Iterator[AnnotatedText]:
    """Yield EvidenceOutcomes and, of TrialSieve, the sentences with an outcome: it marks few and leaves the rest."""
    sentences = docbins.cut_passages(mentions.read_trialsieve(corpora / "trialsieve", part), most=1, seed=SEED)
    return chain(
        mentions.read_evidence_outcomes(corpora / "evidence_outcomes", part),
        (record for record in sentences if record.spans),
    )


_SMALL: Final = {"components.ner.model.tok2vec.embed.rows": [3000, 1000, 2000, 1000]}
CHEMICAL_DISEASE: Final = MentionSet(
    "chemical_disease",
    frozenset({"CHEMICAL", "DISEASE"}),
    read_chemicals_and_diseases,
    {"training.max_steps": 2000},
)
SPECIES: Final = MentionSet("species", frozenset({"SPECIES"}), read_species, {**_SMALL, "training.max_steps": 1000})
OUTCOME: Final = MentionSet("outcome", frozenset({"OUTCOME"}), read_outcomes, {**_SMALL, "training.max_steps": 1000})
MENTION_SETS: Final = (CHEMICAL_DISEASE, SPECIES, OUTCOME)


def write_tree_files(
    nlp: Language, corpora: Path, folder: Path, *, grammar_sentences: int, held_out_grammar: int = 0, seed: int
) -> tuple[Path, Path]:
    """Write CRAFT's trees with sentences of the claim grammar beside them; return the train and dev files' paths.

    `held_out_grammar` sentences of another seed, without CRAFT's phrases, stand in the dev file, so that the choice
    of a checkpoint weighs claims too.
    """
    sentences = list(craft.read_trees(corpora / "craft", "train"))
    grammar = ClaimGrammar(
        seed=seed,
        noun_phrases=collect_noun_phrases(sentences, longest=_LONGEST_NOUN_PHRASE),
        drug_names=list_chemicals(corpora),
    )
    lessons: list[ParsedSentence] = [*sentences, *grammar.write_sentences(grammar_sentences)]
    train, dev = folder / f"syntax_train_{seed}.spacy", folder / f"syntax_dev_{seed}.spacy"
    docbins.pack(docbins.build_tree_docs(nlp, vary_texts(lessons, share=_VARIED_TREES, seed=seed))).to_disk(train)
    held_out = ClaimGrammar(seed=seed + 1000).write_sentences(held_out_grammar)
    checks = chain(craft.read_trees(corpora / "craft", "dev"), held_out)
    docbins.pack(docbins.build_tree_docs(nlp, checks)).to_disk(dev)
    return train, dev


def write_mention_files(
    nlp: Language, lesson: MentionSet, corpora: Path, folder: Path, *, more: Iterable[AnnotatedText] = ()
) -> tuple[Path, Path]:
    """Write one recogniser's training and dev files, `more` texts beside the train part; return their paths."""
    passages = docbins.cut_passages(chain(lesson.read(corpora, "train"), more), most=_PASSAGE_SENTENCES, seed=SEED)
    if lesson is SPECIES:
        passages = thin_empty(passages, kept=_KEPT_EMPTY_SPECIES, seed=SEED)
    varied = vary_texts(passages, share=_VARIED_MENTIONS, seed=SEED)
    held_out = docbins.cut_passages(lesson.read(corpora, "dev"), most=1, seed=SEED)
    train, dev = folder / f"{lesson.name}_train.spacy", folder / f"{lesson.name}_dev.spacy"
    docbins.pack(docbins.build_mention_docs(nlp, varied, lesson.labels)).to_disk(train)
    docbins.pack(docbins.build_mention_docs(nlp, held_out, lesson.labels)).to_disk(dev)
    return train, dev


def build_lemma_table(corpora: Path) -> dict[str, str]:
    """Return the lemmatizer's exceptions from CRAFT train and sentences of the claim grammar."""
    grammar = ClaimGrammar(seed=SEED).write_sentences(_LEMMA_GRAMMAR)
    return build_exceptions(chain(craft.read_trees(corpora / "craft", "train"), grammar))


def list_chemicals(corpora: Path) -> list[str]:
    """Return the chemical names of one word of letters that BC5CDR's train part marks, sorted."""
    names = {
        document.text[span.start : span.end]
        for document in mentions.read_bc5cdr(corpora / "bc5cdr", "train")
        for span in document.spans
        if span.label == "CHEMICAL"
    }
    return sorted(name for name in names if name.isalpha())


def complete_ncbi(nlp: Language, corpora: Path) -> Iterator[AnnotatedText]:
    """Yield NCBI Disease with chemicals filled in by a first model, since the corpus marks diseases alone.

    `nlp` is a recogniser trained on BC5CDR. A chemical is filled in only where BC5CDR marks the same words: unseen
    names are as often genes or words of genetics there.
    """
    known = {
        document.text[span.start : span.end].lower()
        for document in mentions.read_bc5cdr(corpora / "bc5cdr", "train")
        for span in document.spans
        if span.label == "CHEMICAL"
    }
    for record in mentions.read_ncbi_disease(corpora / "ncbi_disease", "train"):
        filled = [
            LabelledSpan(entity.start_char, entity.end_char, "CHEMICAL")
            for entity in nlp(record.text).ents
            if entity.label_ == "CHEMICAL" and entity.text.lower() in known
        ]
        free = [
            span for span in filled if all(span.end <= gold.start or gold.end <= span.start for gold in record.spans)
        ]
        yield replace(record, spans=tuple(sorted((*record.spans, *free))))


def thin_empty(texts: Iterable[AnnotatedText], *, kept: float, seed: int) -> Iterator[AnnotatedText]:
    """Yield the texts with mentions and about `kept` (0–1) of those without."""
    chooser = random.Random(seed)
    for record in texts:
        if record.spans or chooser.random() < kept:
            yield record
