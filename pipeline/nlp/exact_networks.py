"""The networks at work, with matrix products whose sums are exact, so that the fastest library may do them.

A library is free to add up a product's terms in any order, and the fast ones choose it by a row's place in the batch:
the last bits of a row then depend on the rows beside it. Here both factors are rounded to whole multiples of a unit,
a power of two for each row of the activations and for each column of the weights, so that no partial sum needs more
than the 24 bits of a float32. Every order then gives the same sum, to the last bit, and the units, being powers of two,
need not be divided out.

Why 24 bits are enough: by Cauchy and Schwarz no sum over some of the terms exceeds the product of the two norms, and
each factor is rounded to a norm of 2¹² units at most. A word's row of 96 activations keeps nine to ten bits each.

Training stays in plain floats: what is here changes how a loaded pipeline predicts, not its weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cache
from itertools import islice
from typing import Any, Final

import numpy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model
from threadpoolctl import ThreadpoolController

_NORM_BITS: Final = 12
_MANTISSA_BITS: Final = 23
_SLACK: Final = 1.0001  # a float32 norm of some hundred terms is right to a few parts in a million
_LEAST: Final = numpy.float32(2.0**-80)
_ROWS_AT_ONCE: Final = 1024
_ROWS_KEPT: Final = 20_000
_FEATURE_LAYERS: Final = ("litclaims_features>>", "litclaims_affix_features>>")
_WINDOW_LAYER: Final = "residual(expand_window>>maxout>>layernorm"

Forward = Callable[[Any, Any, bool], tuple[Any, Any]]


def make_exact(nlp: Language) -> Language:
    """Make a loaded pipeline predict with exact products, and return it; its weights must not change afterwards.

    What is replaced: the input layers of `pipeline.nlp.embedding`, the layers that mix neighbouring words, and the
    parser's table of states. Other layers, and those of another shape, stay as they are.
    """
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        if not isinstance(model, Model):
            continue
        for node in model.walk():
            forward = _choose_forward(node)
            if forward is not None:
                node._func = _keep_training(node._func, forward)
    return nlp


def round_rows(rows: Any) -> Any:
    """Return the rows, float32 of shape (rows, width), in whole multiples of each row's unit, at most 2¹² units long.

    Adding and subtracting 1.5 · 2²³ units rounds to the nearest multiple (ties to even). A row's unit depends on
    nothing but the row.
    """
    top = 2.0**_NORM_BITS - math.sqrt(rows.shape[1]) / 2  # rounding adds at most half a unit in each place
    least = numpy.sqrt(numpy.square(rows).sum(axis=1))
    least *= numpy.float32(_SLACK / top)
    exponents = numpy.frexp(numpy.maximum(least, _LEAST))[1]
    shift = numpy.ldexp(numpy.float32(1.5), exponents + _MANTISSA_BITS)[:, None]
    rounded = rows + shift
    rounded -= shift
    return rounded


def round_weights(weights: Any) -> Any:
    """Return weights of shape (outputs, inputs) as columns, (inputs, outputs), in multiples of each column's unit."""
    exact = weights.astype("float64")
    top = 2.0**_NORM_BITS - math.sqrt(exact.shape[1]) / 2
    least = numpy.maximum(numpy.linalg.norm(exact, axis=1), float(_LEAST)) / top
    units = numpy.ldexp(1.0, numpy.frexp(least)[1])[:, None]
    return numpy.ascontiguousarray((numpy.rint(exact / units) * units).astype("float32").T)


def _choose_forward(node: Any) -> Forward | None:
    """Return how a layer is to predict, or None where it stays as it is."""
    if node.name.startswith(_FEATURE_LAYERS) and node.name.endswith(">>ragged2list"):
        return _embed_known(node)
    if node.name.startswith(f"with_array({_WINDOW_LAYER}"):
        return _mix_neighbours(node)
    if node.name == "precomputable_affine":
        return _tabulate_states(node)
    return None


def _keep_training(train: Forward, predict: Forward) -> Forward:
    def forward(model: Any, inputs: Any, is_train: bool) -> tuple[Any, Any]:
        return train(model, inputs, is_train) if is_train else predict(model, inputs, is_train)

    return forward


def _embed_known(node: Any) -> Forward:
    """Look the vectors of known rows of features up; those of new rows are computed once and kept, `_ROWS_KEPT` of
    them, about ten MB. A row's vector does not depend on the rows beside it.
    """
    features, _, tables, mixing, _ = node.layers
    places: dict[bytes, int] = {}
    kept = numpy.empty((_ROWS_KEPT, mixing.get_dim("nO")), dtype="float32")

    def forward(model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Any]:
        rows = features.predict(docs)
        if not rows:
            return [], _refuse_gradient
        stacked = numpy.vstack(rows)
        width, packed = stacked.dtype.itemsize * stacked.shape[1], stacked.tobytes()
        if len(places) + len(stacked) > _ROWS_KEPT:
            places.clear()
        known = len(places)
        found = [places.setdefault(packed[at : at + width], len(places)) for at in range(0, len(packed), width)]
        vectors = kept
        if len(places) > known:
            new = numpy.frombuffer(b"".join(islice(places, known, None)), dtype=stacked.dtype)
            computed = mixing.predict(tables.predict(new.reshape(len(places) - known, -1)))
            if len(places) > _ROWS_KEPT:  # one batch of more rows than are kept
                vectors = computed
                places.clear()
            else:
                kept[known : len(places)] = computed
        return numpy.split(vectors[found], numpy.cumsum([len(row) for row in rows])[:-1]), _refuse_gradient

    return forward


def _mix_neighbours(node: Any) -> Forward:
    """Return the layers that add to each word what its neighbours say: each a maxout over a window, normalised.

    The weights of each place of the window are multiplied alone, one product for all of them; what the neighbours'
    places give is added in a fixed order.
    """
    inner, pad = node.layers[0], node.attrs["pad"]
    layers = [_MixingLayer(layer) for layer in ([inner] if inner.name.count("residual(") == 1 else inner.layers)]

    def mix(docs: list[Any]) -> Iterator[Any]:
        rows = node.ops.flatten(docs, pad=pad)
        for layer in layers:
            rows = layer.add_to(rows)
        yield from node.ops.unflatten(rows, numpy.asarray([len(doc) for doc in docs], dtype="int32"), pad=pad)

    def forward(model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Any]:
        mixed: list[Any] = []
        with _one_thread():
            for part in _cut_batch(docs):
                mixed.extend(mix(part))
        return mixed, _refuse_gradient

    return forward


class _MixingLayer:
    """One residual layer: its rounded weights, all windows' places side by side, its bias and its normalisation."""

    def __init__(self, residual: Any) -> None:
        parts = {node.name: node for node in residual.walk()}
        maxout = parts["maxout"]
        self.reach = parts["expand_window"].attrs["window_size"]
        self.outputs, self.pieces = maxout.get_dim("nO"), maxout.get_dim("nP")
        self.normalise = parts["layernorm"].predict
        places = 2 * self.reach + 1
        weights = maxout.get_param("W").reshape(self.outputs, self.pieces, places, -1).transpose(2, 1, 0, 3)
        self.weights = round_weights(weights.reshape(places * self.outputs * self.pieces, -1))
        self.bias = maxout.get_param("b").T.reshape(-1)

    def add_to(self, rows: Any) -> Any:
        """Return the rows (words, width) with what their windows give added."""
        size, outputs = self.outputs * self.pieces, self.outputs
        product = round_rows(rows) @ self.weights
        middle = self.reach * size
        sums = product[:, middle : middle + size] + self.bias
        for away in range(1, self.reach + 1):
            before, after = (self.reach - away) * size, (self.reach + away) * size
            sums[away:] += product[:-away, before : before + size]
            sums[:-away] += product[away:, after : after + size]
        best = sums[:, :outputs]
        for piece in range(1, self.pieces):
            best = numpy.maximum(best, sums[:, piece * outputs : (piece + 1) * outputs])
        return rows + self.normalise(best)


def _tabulate_states(node: Any) -> Forward:
    """Return the parser's table: what each word gives in each place of a state, (words + 1, places, outputs, pieces).

    Row 0 stands for a place without a word.
    """
    places, outputs, pieces, inputs = (node.get_dim(name) for name in ("nF", "nO", "nP", "nI"))
    weights = round_weights(node.get_param("W").reshape(-1, inputs))
    nobody = node.get_param("pad").reshape(-1)

    def forward(model: Any, rows: Any, is_train: bool) -> tuple[Any, Any]:
        table = numpy.empty((len(rows) + 1, places * outputs * pieces), dtype="float32")
        table[0] = nobody
        with _one_thread():
            numpy.matmul(round_rows(rows), weights, out=table[1:])
        return table.reshape(-1, places, outputs, pieces), _refuse_gradient

    return forward


def _cut_batch(docs: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield runs of documents of about `_ROWS_AT_ONCE` words, so that what a layer writes stays in the cache."""
    part: list[Any] = []
    words = 0
    for doc in docs:
        part.append(doc)
        words += len(doc)
        if words >= _ROWS_AT_ONCE:
            yield part
            part, words = [], 0
    if part:
        yield part


@cache
def _find_libraries() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")


def _one_thread() -> AbstractContextManager[Any]:
    """Keep the products to one thread: papers are read by several processes, whose threads would wait on each other."""
    limited: AbstractContextManager[Any] = _find_libraries().limit(limits=1)
    return limited


def _refuse_gradient(gradient: Any) -> Any:
    raise RuntimeError("exact products predict only: train the pipeline that spacy.load returns")
