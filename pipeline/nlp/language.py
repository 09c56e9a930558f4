"""The language model at work: sentences in, plain parsed sentences and labelled matches out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import tee
from pathlib import Path
from typing import Any

import numpy

from pipeline.errors import SettingsError
from pipeline.model import Document, ParsedSentence, Span, Token
from pipeline.nlp.asides import Trimmed, hang_asides, trim_asides
from pipeline.nlp.given_names import find_given_names
from pipeline.nlp.installed_models import OWN_MODEL, find_entities, installed_version, list_labels
from pipeline.nlp.masking import mask_substances
from pipeline.nlp.tree_repairs import repair_tree

MODEL_PATH = Path(__file__).parent / "weights" / "en_litclaims"
BATCH_SENTENCES = 128
_SYNTAX = ["tok2vec", "tagger", "parser", "litclaims_lemmatizer"]
_NAMES = ["recognizer"]
_PLACES = ["IDX", "LENGTH", "LOWER"]
_SYNTAX_COLUMNS = ["HEAD", "IS_SPACE", "LOWER", "LEMMA", "TAG", "DEP"]


@dataclass(frozen=True, slots=True)
class ModelMatch:
    """A stretch of clean text that the model labels CHEMICAL, DISEASE, SPECIES or OUTCOME."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """What the language model says of a document: one parsed sentence per sentence, and the labelled matches."""

    sentences: tuple[ParsedSentence, ...]
    matches: tuple[ModelMatch, ...]


@cache
def load_model(path: Path = MODEL_PATH) -> Any:
    """Return the spaCy pipeline, loaded once per process and made to predict with exact products.

    Raises:
        SettingsError: when the weights are not in the installation.
    """
    if not (path / "meta.json").is_file():
        raise SettingsError(f"the language model is not at {path}: install litclaims again from a complete package")
    import spacy

    from pipeline.nlp import tokenizer  # noqa: F401  registers the tokenizer that the model names
    from pipeline.nlp.exact_networks import make_exact

    return make_exact(spacy.load(path))


@cache
def model_version(path: Path = MODEL_PATH) -> str:
    """Return a hash of the model's files, 16 hex digits: part of every extraction's fingerprint."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(path).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def find_version(name: str) -> str:
    """Return what tells one state of the models in use from another: ours, and the installed one that `name` says.

    Raises:
        SettingsError: no such model is installed.
    """
    return model_version() if name == OWN_MODEL else f"{model_version()}+{installed_version(name)}"


def parse_document(document: Document, *, max_characters: int, model: str = OWN_MODEL) -> Parse:
    """Tag and parse every sentence of the document's clean text.

    Args:
        max_characters: longer sentences are kept as one token without a parse, since they are no sentences.
        model: an installed pipeline that recognises names in place of ours, for the labels it has; tags and trees stay.

    Raises:
        SettingsError: the model is not installed.
    """
    parse = _parse_sentences(document, max_characters=max_characters)
    if model == OWN_MODEL:
        return parse
    taken = list_labels(model)
    text = document.clean.text
    spans = [sentence.clean for sentence in document.sentences if len(sentence.clean) <= max_characters]
    found = find_entities(model, (text[span.start : span.end] for span in spans))
    matches = {match for match in parse.matches if match.label not in taken}
    for span, entities in zip(spans, found, strict=True):
        matches.update(ModelMatch(span.start + start, span.start + end, label) for start, end, label in entities)
    return Parse(parse.sentences, tuple(sorted(matches, key=_place)))


def _parse_sentences(document: Document, *, max_characters: int) -> Parse:
    text = document.clean.text
    spans = [sentence.clean for sentence in document.sentences]
    readable = [index for index, span in enumerate(spans) if len(span) <= max_characters]
    trimmed = [trim_asides(text[spans[i].start : spans[i].end]) for i in readable]
    given = frozenset(text[start:end] for start, end in find_given_names(text, frozenset(), abbreviations={}))
    docs = _read((trim.text for trim in trimmed), given)
    parsed: dict[int, ParsedSentence] = {}
    matches: list[ModelMatch] = []
    for index, trim, (named, masked) in zip(readable, trimmed, docs, strict=True):
        span = spans[index]
        parsed[index] = _plain_sentence(index, span, named, masked, trim, text[span.start : span.end])
        matches.extend(_plain_matches(span.start, named, trim))
    sentences = tuple(parsed.get(i, ParsedSentence(i, span, ())) for i, span in enumerate(spans))
    return Parse(sentences, tuple(sorted(set(matches), key=_place)))


def _read(texts: Iterable[str], given: Collection[str] = ()) -> Iterator[tuple[Any, Any]]:
    """Yield each text twice: with its names, and with tags and tree, read with its substances masked, the words `given`
    among them.
    """
    nlp = load_model()
    named, kept = tee(nlp.pipe(texts, batch_size=BATCH_SENTENCES, disable=_SYNTAX))
    masked = (mask_substances(doc, given) for doc in named)
    yield from zip(kept, nlp.pipe(masked, batch_size=BATCH_SENTENCES, disable=_NAMES), strict=True)


def _place(match: ModelMatch) -> tuple[int, int, str]:
    return match.start, match.end, match.label


def parse_texts(texts: Sequence[str]) -> list[ParsedSentence]:
    """Parse loose sentences; token offsets point into each text. Used by tests and table cells."""
    trimmed = [trim_asides(text) for text in texts]
    docs = _read(trim.text for trim in trimmed)
    return [
        _plain_sentence(i, Span(0, len(text)), named, masked, trim, text)
        for i, (text, trim, (named, masked)) in enumerate(zip(texts, trimmed, docs, strict=True))
    ]


def _plain_sentence(index: int, span: Span, named: Any, masked: Any, trim: Trimmed, text: str) -> ParsedSentence:
    strings, words = named.vocab.strings, trim.text
    places = named.to_array(_PLACES).reshape(len(named), len(_PLACES)).tolist()
    columns = masked.to_array(_SYNTAX_COLUMNS).reshape(len(masked), len(_SYNTAX_COLUMNS))
    heads = (numpy.arange(len(masked)) + columns[:, 0].astype("int64")).tolist()
    spaces = columns[:, 1].tolist()
    rows = columns[:, 2:].tolist()
    kept = [position for position, space in enumerate(spaces) if not space]
    place = {position: number for number, position in enumerate(kept)}
    tokens = []
    for number, position in enumerate(kept):
        first, length, word = places[position]
        read, lemma, tag, dep = rows[position]
        head = heads[position]
        while head not in place and heads[head] != head:
            head = heads[head]
        start = span.start + trim.restore(first)
        tokens.append(
            Token(
                text=words[first : first + length],
                lemma=strings[lemma if lemma and read == word else word].lower(),
                tag=strings[tag],
                dep=strings[dep],
                head=place.get(head, number),
                start=start,
                end=start + length,
            )
        )
    return ParsedSentence(index, span, hang_asides(repair_tree(tokens), _aside_tokens(span.start, trim, text)))


def _aside_tokens(offset: int, trim: Trimmed, text: str) -> list[list[tuple[str, int]]]:
    """Return the words of each aside with their places."""
    make_doc = load_model().make_doc
    return [
        [(token.text, offset + start + token.idx) for token in make_doc(text[start:end]) if not token.is_space]
        for start, end in trim.cuts
    ]


def _plain_matches(offset: int, doc: Any, trim: Trimmed) -> list[ModelMatch]:
    found = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
    found += [(ent.start_char, ent.end_char, ent.label_) for group in doc.spans.values() for ent in group]
    matches = []
    for start, end, label in found:
        first, last = trim.restore(start), trim.restore(end, end=True)
        if last - first == end - start:  # a name does not run over an aside
            matches.append(ModelMatch(offset + first, offset + last, label))
    return matches
