"""The recogniser's input layer: what a token looks like, and what the vocabulary says of it.

A token becomes a row of integers: its normal form, prefix, suffixes and shape, and for each group of labels a code of
the vocabulary's match that covers it. Each column has a hashed table of its own; one layer mixes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy
import spacy
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array

from pipeline.nlp.vocabulary import Vocabulary, VocabularyMatch

MATCHES_KEY: Final = "litclaims.matches"
SUBSTANCES_KEY: Final = "litclaims.substances"
WORD_COLUMNS: Final = ("NORM", "PREFIX", "SUFFIX", "SHAPE")
AFFIX_COLUMNS: Final = ("PREFIX4", "SUFFIX5")
NAME_COLUMNS: Final = ("CHEMICAL", "DISEASE", "SPECIES", "other")
_COLUMN_OF_LABEL: Final = {"CHEMICAL": 0, "DISEASE": 1, "SPECIES": 2}
_OTHER: Final = {"GENE": 1, "STRAIN": 2, "POPULATION": 3, "OUTCOME": 4, "ROUTE": 5, "SEX": 6}
_FLAGS: Final = {"ambiguous": 4, "gene_like": 8, "class": 16, "endogenous": 32}
_BEGIN, _INSIDE, _END, _SINGLE = 1, 2, 3, 4
_PREFIX_LETTERS: Final = 4
_SUFFIX_LETTERS: Final = 5


@spacy.registry.architectures("litclaims.NameEmbed.v1")  # type: ignore[untyped-decorator]
def make_name_embed(width: int, word_rows: list[int], affix_rows: list[int], name_rows: int, name_width: int) -> Any:
    """Return the layer: documents in, one list item a document of shape (tokens, `width`) out.

    Args:
        word_rows: rows of the tables of `WORD_COLUMNS`, each `width` wide.
        affix_rows: rows of the tables of `AFFIX_COLUMNS`, each `width` wide.
        name_rows: rows of each table of `NAME_COLUMNS`, `name_width` wide.
    """
    sizes = [(rows, width) for rows in (*word_rows, *affix_rows)]
    sizes += [(name_rows, name_width)] * len(NAME_COLUMNS)
    tables = [
        HashEmbed(size, rows, column=index, seed=8 + index, dropout=0.0) for index, (rows, size) in enumerate(sizes)
    ]
    total = sum(size for _, size in sizes)
    mixing = Maxout(width, total, nP=3, dropout=0.0, normalize=True)
    features: Any = Model("litclaims_features", _extract_features)
    layers: Any = chain(features, list2ragged(), with_array(concatenate(*tables)), with_array(mixing), ragged2list())
    return _embed_once(layers)


@spacy.registry.architectures("litclaims.AffixEmbed.v1")  # type: ignore[untyped-decorator]
def make_affix_embed(width: int, word_rows: list[int], affix_rows: list[int]) -> Any:
    """Return the layer without the vocabulary's columns, for tags and trees: a new vocabulary parses as the old one.

    Args:
        word_rows: rows of the tables of `WORD_COLUMNS`, each `width` wide.
        affix_rows: rows of the tables of `AFFIX_COLUMNS`, each `width` wide.
    """
    tables = [
        HashEmbed(width, rows, column=index, seed=8 + index, dropout=0.0)
        for index, rows in enumerate((*word_rows, *affix_rows))
    ]
    mixing = Maxout(width, width * len(tables), nP=3, dropout=0.0, normalize=True)
    features: Any = Model("litclaims_affix_features", _extract_affix_features)
    layers: Any = chain(features, list2ragged(), with_array(concatenate(*tables)), with_array(mixing), ragged2list())
    return _embed_once(layers)


def _embed_once(layers: Any) -> Any:
    """Make a prediction compute each distinct row of features once in a batch; layers and weights stay as they are.

    A row's vector does not depend on the rows beside it, so that the result is the same to the last bit.
    """
    embed_all = layers._func

    def embed(model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Callable[[Any], Any]]:
        features, _, tables, mixing, _ = model.layers
        rows = features.predict(docs)
        lengths = [len(row) for row in rows]
        if is_train or not sum(lengths):
            vectors, backpropagate = embed_all(model, docs, is_train)
            return vectors, backpropagate
        stacked = numpy.vstack(rows)
        width, packed = stacked.dtype.itemsize * stacked.shape[1], stacked.tobytes()
        seen: dict[bytes, int] = {}
        places = [seen.setdefault(packed[at : at + width], len(seen)) for at in range(0, len(packed), width)]
        distinct = numpy.frombuffer(b"".join(seen), dtype=stacked.dtype).reshape(len(seen), -1)
        vectors = mixing.predict(tables.predict(distinct))[places]
        return numpy.split(vectors, numpy.cumsum(lengths)[:-1]), lambda gradients: []

    layers._func = embed
    return layers


def find_names(doc: Doc) -> tuple[VocabularyMatch, ...]:
    """Return the vocabulary's matches in a document; they are found once and kept with it."""
    if MATCHES_KEY not in doc.user_data:
        columns = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).reshape(len(doc), 3).tolist()
        tokens = [(start, start + length) for start, length, space in columns if not space]
        doc.user_data[MATCHES_KEY] = Vocabulary.load().find(doc.text, tokens)
    found: tuple[VocabularyMatch, ...] = doc.user_data[MATCHES_KEY]
    return found


def describe_names(doc: Doc) -> Any:
    """Return the codes of the vocabulary's matches, an unsigned integer array of shape (tokens, `NAME_COLUMNS`).

    0 is no match; else the token's place in the name (begin, inside, end, single) and the flags of the match.
    """
    codes = numpy.zeros((len(doc), len(NAME_COLUMNS)), dtype="uint64")
    matches = find_names(doc)
    if not matches:
        return codes
    offsets = doc.to_array("IDX").tolist()
    starts = {offset: index for index, offset in enumerate(offsets)}
    for match in matches:
        first = starts.get(match.start)
        if first is None:
            continue
        last = first
        while last + 1 < len(offsets) and offsets[last + 1] < match.end:
            last += 1
        column = _COLUMN_OF_LABEL.get(match.label, 3)
        code = sum(_FLAGS[flag] for flag in match.flags if flag in _FLAGS) if column < 3 else 0
        code = code << 1 if column < 3 else _OTHER.get(match.label, 0) << 3
        for index in range(first, last + 1):
            if first == last:
                place = _SINGLE
            else:
                place = _BEGIN if index == first else _END if index == last else _INSIDE
            codes[index, column] = code + place
    return codes


def _extract_features(model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Callable[[Any], list[Any]]]:
    features = []
    for doc in docs:
        columns = [*_describe_words(doc), describe_names(doc)]
        features.append(model.ops.asarray2i(numpy.hstack(columns), dtype="uint64"))
    return features, lambda gradients: []


def _extract_affix_features(
    model: Any, docs: Sequence[Doc], is_train: bool
) -> tuple[list[Any], Callable[[Any], list[Any]]]:
    features = [model.ops.asarray2i(numpy.hstack(_describe_words(doc)), dtype="uint64") for doc in docs]
    return features, lambda gradients: []


def _describe_words(doc: Doc) -> list[Any]:
    """Return the columns of words and of affixes, each an unsigned integer array of shape (tokens, columns)."""
    words = doc.to_array(list(WORD_COLUMNS)).reshape(len(doc), len(WORD_COLUMNS))
    strings = doc.vocab.strings
    affixes = numpy.asarray([_hash_affixes(strings[key]) for key in doc.to_array("LOWER").tolist()], dtype="uint64")
    return [words, affixes.reshape(len(doc), len(AFFIX_COLUMNS))]


@lru_cache(maxsize=65536)
def _hash_affixes(word: str) -> tuple[int, int]:
    return hash_string(word[:_PREFIX_LETTERS]), hash_string(word[-_SUFFIX_LETTERS:])
