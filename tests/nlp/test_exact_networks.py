"""Exact products: what is rounded, what a row may depend on, and that a pipeline predicts as in plain floats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.training import Example

import pipeline.nlp.tokenizer  # noqa: F401
from pipeline.nlp.exact_networks import make_exact, round_rows, round_weights
from pipeline.nlp.language import MODEL_PATH, load_model

WIDTH = 96
OUTPUTS = 288
SENTENCES = [
    "Rapamycin at 14 ppm extended the lifespan of UM-HET3 mice.",
    "Acute renal failure followed cisplatin in nine of 40 patients, and valproate caused hepatotoxicity.",
    "Metformin lowered glucose.",
    "In rats, aspirin (100 mg/kg) did not lower fever, but the ulcers it caused healed within a week of withdrawal.",
]


def draw(*, seed: int, rows: int) -> tuple[Any, Any]:
    source = numpy.random.default_rng(seed)
    activations = source.standard_normal((rows, WIDTH)).astype("float32")
    activations *= numpy.exp(source.standard_normal((rows, 1))).astype("float32")
    return activations, (source.standard_normal((OUTPUTS, WIDTH)) * 0.15).astype("float32")


def multiply_exactly(rows: Any, weights: Any) -> Any:
    return round_rows(rows) @ round_weights(weights)


def depends_on_place(multiply: Callable[[Any, Any], Any], *, rows: int = 61) -> bool:
    """Whether some row's product, to the last bit, depends on its place or on the rows beside it."""
    activations, weights = draw(seed=3, rows=rows)
    whole = multiply(activations, weights)
    turned = multiply(activations[::-1].copy(), weights)[::-1]
    parts = [multiply(activations[at : at + 7].copy(), weights) for at in range(0, rows, 7)]
    shifted = [multiply(activations[at:].copy(), weights)[0] for at in range(rows)]
    return not all(
        numpy.array_equal(whole, other) for other in (turned, numpy.concatenate(parts), numpy.stack(shifted))
    )


def test_a_rows_product_depends_on_nothing_but_the_row() -> None:
    assert not depends_on_place(multiply_exactly)


def test_plain_floats_would_depend_on_the_batch() -> None:
    """The test above can fail: in plain floats the same library sums a row by its place."""
    if not depends_on_place(lambda rows, weights: rows @ weights.T):
        pytest.skip("the linear algebra library of this machine sums every row in one order")
    assert depends_on_place(lambda rows, weights: rows @ weights.T)


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 10_000), order=st.randoms(use_true_random=False))
def test_every_order_of_the_terms_gives_the_same_sum(seed: int, order: Any) -> None:
    activations, weights = draw(seed=seed, rows=2)
    activations[1] = weights[seed % OUTPUTS] * 3  # the longest sum that two norms allow
    rows, columns = round_rows(activations), round_weights(weights)
    places = list(range(WIDTH))
    order.shuffle(places)
    total = numpy.zeros((2, OUTPUTS), dtype="float32")
    for place in places:
        total += rows[:, [place]] * columns[[place]]
    exact = rows.astype("float64") @ columns.astype("float64")
    assert numpy.array_equal(total.astype("float64"), exact)


@pytest.mark.parametrize("scale", [1e-20, 1e-6, 1.0, 1e6])
def test_rounding_keeps_three_digits_at_every_scale(scale: float) -> None:
    activations, _ = draw(seed=1, rows=50)
    activations *= numpy.float32(scale)
    sizes = numpy.sqrt((activations**2).mean(axis=1, keepdims=True))
    assert (numpy.abs(round_rows(activations) - activations) <= sizes / 400).all()


def test_rows_of_zeros_and_of_one_number_are_kept() -> None:
    rows = numpy.zeros((3, WIDTH), dtype="float32")
    rows[1, 5], rows[2, 7] = 1.0, -0.25
    assert numpy.array_equal(round_rows(rows), rows)


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(MODEL_PATH)


def test_the_loaded_model_predicts_nearly_as_in_plain_floats(plain: Language) -> None:
    for name in ("tok2vec", "recognizer"):
        docs = [plain.make_doc(text) for text in SENTENCES]
        near = load_model().get_pipe(name).model.predict(docs)
        for doc, right in zip(near, plain.get_pipe(name).model.predict(docs), strict=True):
            assert 0 < numpy.abs(doc - right).max() < 0.05 * numpy.abs(right).max()


def test_vectors_are_the_same_to_the_last_bit_alone_and_in_any_company() -> None:
    model = load_model().get_pipe("tok2vec").model
    make_doc = load_model().make_doc
    alone = [model.predict([make_doc(text)])[0] for text in SENTENCES]
    crowd = [make_doc(text) for text in [*SENTENCES, "Mice.", *SENTENCES[::-1], "", *SENTENCES[1:] * 30]]
    vectors = model.predict(crowd)
    for place, right in [(0, 0), (1, 1), (3, 3), (5, 3), (8, 0), (10, 1), (98, 2)]:
        assert numpy.array_equal(vectors[place], alone[right])


def test_batches_without_words_are_read() -> None:
    model = load_model()
    assert [len(doc) for doc in model.pipe(["", ""])] == [0, 0]
    assert [len(array) for array in model.get_pipe("recognizer").predict([model.make_doc("")])] == [0]


def test_training_goes_on_in_plain_floats() -> None:
    nlp, same = (spacy.load(MODEL_PATH) for _ in range(2))
    make_exact(same)
    losses: list[dict[str, float]] = [{}, {}]
    for pipe, loss in zip((nlp, same), losses, strict=True):
        doc = pipe.make_doc(SENTENCES[0])
        gold = {"tags": ["NN"] * len(doc), "heads": [0] * len(doc), "deps": ["dep"] * len(doc)}
        with pipe.select_pipes(enable=["tok2vec", "tagger"]):
            pipe.update([Example.from_dict(doc, gold)], losses=loss, drop=0.0)
    assert losses[0] == losses[1]


def test_a_prediction_gives_no_gradient() -> None:
    encode = load_model().get_pipe("tok2vec").model.layers[1]
    _, backpropagate = encode([numpy.ones((4, WIDTH), dtype="float32")], False)
    with pytest.raises(RuntimeError, match="predict only"):
        backpropagate([])
