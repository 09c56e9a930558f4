"""Shows rare words of the training texts now and then as words never seen.

Papers are full of words that no training text holds, and a hashed table gives such a word the vectors of strangers. A
network that has met none in training trusts them. So a word's keys are replaced at random, the rarer the word the
oftener, and tags and trees have to come from its shape and the words around it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline.nlp.embedding import AFFIX_COLUMNS, WORD_COLUMNS

_FEATURES: Final = "litclaims_affix_features"
_HIDING: Final = 2.0
_HIDDEN_AFFIXES: Final = 0.3


def hide_rare_words(nlp: Language, train: Path, *, seed: int) -> None:
    """Make the initialised pipeline hide rare words of the file `train` while it learns.

    A word counted n times is hidden at 2 in n + 2 of its places, and each affix of a hidden word at 3 in 10; what the
    pipeline predicts is not touched.

    Raises:
        LookupError: the pipeline's tok2vec has no layer of word and affix columns.
    """
    counts = Counter(
        key for doc in DocBin().from_disk(train).get_docs(nlp.vocab) for key in doc.to_array("NORM").tolist()
    )
    rates = {key: _HIDING / (count + _HIDING) for key, count in counts.items()}
    tok2vec: Any = nlp.get_pipe("tok2vec")
    layer = next((layer for layer in tok2vec.model.walk() if layer.name == _FEATURES), None)
    if layer is None:
        raise LookupError(f"expected a layer {_FEATURES} in tok2vec")
    describe = layer._func
    chooser = numpy.random.default_rng(seed)

    def describe_hidden(
        model: Any, docs: Sequence[Doc], is_train: bool
    ) -> tuple[list[Any], Callable[[Any], list[Any]]]:
        features, backpropagate = describe(model, docs, is_train)
        if is_train:
            for rows in features:
                _hide(rows, rates, chooser)
        return features, backpropagate

    layer._func = describe_hidden


def _hide(rows: Any, rates: dict[int, float], chooser: numpy.random.Generator) -> None:
    """Replace keys of rare words in place; `rows` is an unsigned integer array of shape (tokens, columns)."""
    wanted = numpy.asarray([rates.get(key, 0.0) for key in rows[:, 0].tolist()])
    hidden = chooser.random(len(rows)) < wanted
    keys = chooser.integers(0, 2**64, size=(len(rows), 1 + len(AFFIX_COLUMNS)), dtype="uint64")
    lost = chooser.random((len(rows), len(AFFIX_COLUMNS))) < _HIDDEN_AFFIXES
    rows[hidden, 0] = keys[hidden, 0]
    for affix in range(len(AFFIX_COLUMNS)):
        places = hidden & lost[:, affix]
        rows[places, len(WORD_COLUMNS) + affix] = keys[places, 1 + affix]
