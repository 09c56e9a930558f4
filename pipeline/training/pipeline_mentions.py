"""Scores the mentions that the whole product finds: reader, model, vocabulary, grammar and linker together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.evaluation.scores import Counts, Tally
from pipeline.ingest import read_bytes
from pipeline.model import Document, Mention
from pipeline.nlp.language import parse_document
from pipeline.nlp.mentions import find_mentions
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings
from pipeline.training import mention_corpora
from pipeline.training.concept_corpora import read_craft, read_craft_chemicals, read_craft_species
from pipeline.training.records import AnnotatedText
from pipeline.training.species_lexicon import ABOVE_GENUS

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its gold spans of one label; places in `ignored` count neither way."""

    key: str
    text: str
    gold: frozenset[Span]
    ignored: frozenset[Span] = frozenset()


_READERS: Final[dict[str, tuple[Callable[[Path, mention_corpora.Part], Iterator[AnnotatedText]], str]]] = {
    "linnaeus": (mention_corpora.read_linnaeus, "linnaeus"),
    "bc5cdr": (mention_corpora.read_bc5cdr, "bc5cdr"),
    "ncbi": (mention_corpora.read_ncbi_disease, "ncbi_disease"),
}


def read_marked(corpora: Path, name: str) -> Iterator[MarkedText]:
    """Yield a development part by the name of its measure in `MEASURES`."""
    label, corpus = MEASURES[name]
    if corpus == "craft" and label == "SPECIES":
        for record in read_craft_species(corpora / "craft", "dev"):
            yield MarkedText(record.key, record.text, frozenset((m.start, m.end) for m in record.mentions))
    elif corpus == "craft":
        wide = {record.key: record for record in read_craft(corpora / "craft", "dev", "CHEBI")}
        for record in read_craft_chemicals(corpora / "craft", "dev"):
            gold = frozenset((m.start, m.end) for m in record.mentions)
            rest = frozenset((m.start, m.end) for m in wide[record.key].mentions) - gold
            yield MarkedText(record.key, record.text, gold, rest)
    else:
        read, folder = _READERS[corpus]
        for text in read(corpora / folder, "dev"):
            spans = mention_corpora.keep_longest(span for span in text.spans if span.label == label)
            yield MarkedText(text.key, text.text, frozenset((span.start, span.end) for span in spans))


MEASURES: Final = {
    "LINNAEUS dev species": ("SPECIES", "linnaeus"),
    "CRAFT dev species": ("SPECIES", "craft"),
    "CRAFT dev chemicals": ("CHEMICAL", "craft"),
    "BC5CDR dev chemicals": ("CHEMICAL", "bc5cdr"),
    "BC5CDR dev diseases": ("DISEASE", "bc5cdr"),
    "NCBI dev diseases": ("DISEASE", "ncbi"),
}


def find_all(text: str, settings: Settings) -> tuple[Document, tuple[Mention, ...]]:
    """Return the document that a plain text is read as, and its mentions."""
    document = read_bytes(text.encode(), name="text.txt", settings=settings)
    parse = parse_document(document, max_characters=settings.max_sentence_characters)
    return document, find_mentions(document, parse, vocabulary=Vocabulary.load())


def score_texts(texts: Iterable[MarkedText], label: str) -> Tally:
    """Return the counts "strict" (the same characters) and "relaxed" (one overlaps the other), by document.

    Chemicals that are classes, and taxa above genus, are not counted as found: no corpus marks them as ours does.
    """
    tally = Tally()
    settings = Settings()
    for record in texts:
        document, mentions = find_all(record.text, settings)
        shift = _find_shift(document, record.text)
        said = {
            (mention.span.start + shift, mention.span.end + shift)
            for mention in mentions
            if mention.label == label
            and "class" not in mention.flags
            and (mention.concept is None or mention.concept.id not in ABOVE_GENUS)
        }
        said = {span for span in said if span in record.gold or not _touches(span, record.ignored)}
        right = said & record.gold
        tally.add("strict", record.key, Counts(len(right), len(said) - len(right), len(record.gold) - len(right)))
        good = sum(_touches(span, record.gold) for span in said)
        found = sum(_touches(span, said) for span in record.gold)
        tally.add("relaxed", record.key, Counts(found, len(said) - good, len(record.gold) - found))
    return tally


def _find_shift(document: Document, text: str) -> int:
    """Return what is added to source offsets: the reader drops nothing but a mark at the text's very start."""
    return len(text) - len(document.source)


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
