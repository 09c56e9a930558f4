"""Weights carried over and averaged: what the mean of two pipelines is."""

from __future__ import annotations

import numpy
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from pipeline.training.widening import average_syntax


def small_pipeline(seed: int) -> Language:
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("en")
    for name in ("tok2vec", "tagger", "parser"):
        nlp.add_pipe(name)
    doc = Doc(nlp.vocab, words=["mice", "ate"], tags=["NNS", "VBD"], heads=[1, 1], deps=["nsubj", "ROOT"])
    nlp.initialize(lambda: [Example(nlp.make_doc("mice ate"), doc)])
    return nlp


def weights(nlp: Language, component: str) -> list[numpy.ndarray]:
    layers = [layer for layer in nlp.get_pipe(component).model.walk() if layer.param_names]
    return [layer.get_param(name).copy() for layer in layers for name in layer.param_names]


def test_the_mean_of_two_pipelines_holds_the_mean_of_their_weights() -> None:
    one, two = small_pipeline(1), small_pipeline(2)
    before = {name: (weights(one, name), weights(two, name)) for name in ("tok2vec", "tagger", "parser")}
    average_syntax(one, two)
    for name, (first, second) in before.items():
        means = [(left + right) / 2 for left, right in zip(first, second, strict=True)]
        assert any((left != right).any() for left, right in zip(first, second, strict=True))
        for mean, now in zip(means, weights(one, name), strict=True):
            numpy.testing.assert_allclose(now, mean, rtol=1e-6)
