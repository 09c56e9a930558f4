"""Rare words are hidden while a network learns, common ones seldom, and nothing is hidden from a prediction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from pipeline.nlp import embedding as embedding
from pipeline.training.unseen_words import hide_rare_words

RARE, COMMON = "zibotrol", "the"


def affix_pipeline() -> Language:
    nlp = spacy.blank("en")
    tok2vec = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "litclaims.AffixEmbed.v1",
            "width": 8,
            "word_rows": [50, 50, 50, 50],
            "affix_rows": [50, 50],
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 8,
            "depth": 1,
            "window_size": 1,
            "maxout_pieces": 2,
        },
    }
    nlp.add_pipe("tok2vec", config={"model": tok2vec})
    nlp.initialize()
    return nlp


def lessons(nlp: Language, folder: Path) -> Path:
    """Write a training file in which one word stands once and one 998 times."""
    file = folder / "train.spacy"
    DocBin(docs=[Doc(nlp.vocab, words=[RARE]), Doc(nlp.vocab, words=[COMMON] * 998)]).to_disk(file)
    return file


def read_features(nlp: Language, doc: Doc, *, learning: bool) -> Any:
    model: Any = nlp.get_pipe("tok2vec")
    layer = next(layer for layer in model.model.walk() if layer.name == "litclaims_affix_features")
    return layer([doc], is_train=learning)[0][0]


def test_a_rare_word_is_hidden_far_oftener_than_a_common_one(tmp_path: Path) -> None:
    nlp = affix_pipeline()
    doc = Doc(nlp.vocab, words=[RARE] * 1000 + [COMMON] * 1000)
    bare = read_features(nlp, doc, learning=True)
    hide_rare_words(nlp, lessons(nlp, tmp_path), seed=1)
    changed = read_features(nlp, doc, learning=True) != bare
    rare, common = changed[:1000].mean(axis=0), changed[1000:].mean(axis=0)
    assert rare[0] == pytest.approx(2 / 3, abs=0.05)
    assert common[0] < 0.02
    assert rare[1:4].max() == 0  # first letter, last letters and shape stay
    assert rare[4:] == pytest.approx([0.2, 0.2], abs=0.05)


def test_a_prediction_sees_every_word(tmp_path: Path) -> None:
    nlp = affix_pipeline()
    doc = Doc(nlp.vocab, words=[RARE, COMMON] * 20)
    bare, vector = read_features(nlp, doc, learning=False), nlp(doc).tensor
    hide_rare_words(nlp, lessons(nlp, tmp_path), seed=1)
    numpy.testing.assert_array_equal(read_features(nlp, doc, learning=False), bare)
    numpy.testing.assert_array_equal(nlp(Doc(nlp.vocab, words=[RARE, COMMON] * 20)).tensor, vector)


def test_the_seed_alone_decides_what_is_hidden(tmp_path: Path) -> None:
    rows = []
    for seed in (1, 1, 2):
        nlp = affix_pipeline()
        hide_rare_words(nlp, lessons(nlp, tmp_path), seed=seed)
        rows.append(read_features(nlp, Doc(nlp.vocab, words=[RARE] * 50), learning=True))
    numpy.testing.assert_array_equal(rows[0], rows[1])
    assert (rows[0] != rows[2]).any()


def test_a_network_without_the_columns_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    with pytest.raises(LookupError, match="litclaims_affix_features"):
        hide_rare_words(nlp, lessons(nlp, tmp_path), seed=1)
