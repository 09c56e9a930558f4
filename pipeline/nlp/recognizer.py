"""The recogniser of mentions: one network, one decision a label, so that labels may overlap.

Corpora mark different labels. A training document has a span group for each label that its corpus marks, empty where
it found none; a label without a group is unknown there and teaches nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy
import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.util import filter_spans
from spacy.vocab import Vocab
from thinc.api import Linear, Model, chain, with_array

from pipeline.nlp import embedding as embedding
from pipeline.nlp.decoding import OUTSIDE, STATES, decode_scores, encode_spans

LABELS: Final = ("CHEMICAL", "DISEASE", "SPECIES", "OUTCOME")


@spacy.registry.architectures("litclaims.Recognizer.v1")  # type: ignore[untyped-decorator]
def make_recognizer_model(tok2vec: Model[Any, Any], labels: int) -> Model[Any, Any]:
    """Return the network: documents in, logits of shape (tokens, `labels` × states) out."""
    output: Any = Linear(labels * STATES, tok2vec.maybe_get_dim("nO"))
    return chain(tok2vec, with_array(output))


class Recognizer(TrainablePipe):  # type: ignore[misc]
    """Writes the mentions of each label to `doc.spans[label]`, and the longest without overlap to `doc.ents`.

    `thresholds` are added to the logits of "outside", by label: above 0 for fewer mentions, below for more.
    """

    def __init__(
        self, vocab: Vocab, model: Model[Any, Any], name: str, *, labels: Sequence[str], thresholds: dict[str, float]
    ) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {"labels": list(labels), "thresholds": dict(thresholds)}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order of the network's output."""
        return tuple(self.cfg["labels"])

    def initialize(self, get_examples: Any, *, nlp: Language | None = None) -> None:
        """Set up the network; its size is fixed by the labels of the config."""
        docs = [example.predicted for example, _ in zip(get_examples(), range(10), strict=False)]
        self.model.initialize(X=docs)

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """Return the logits of each document, (tokens, labels, states)."""
        batch = list(docs)
        kept = [doc for doc in batch if len(doc)]
        scores = iter(self.model.predict(kept) if kept else ())
        empty = numpy.zeros((0, len(self.labels), STATES), dtype="float32")
        return [next(scores).reshape(len(doc), len(self.labels), STATES) if len(doc) else empty for doc in batch]

    def set_annotations(self, docs: Iterable[Doc], scores: Sequence[Any]) -> None:
        """Write the spans of the best sequence of each label."""
        thresholds = numpy.zeros((len(self.labels), STATES), dtype="float32")
        for index, label in enumerate(self.labels):
            thresholds[index, OUTSIDE] = self.cfg["thresholds"].get(label, 0.0)
        for doc, logits in zip(docs, scores, strict=True):
            # A class of ours, which no other process can be sent.
            matches = doc.user_data.pop(embedding.MATCHES_KEY, ())
            named = [(m.start, m.end) for m in matches if m.label == "CHEMICAL" and "ambiguous" not in m.flags]
            doc.user_data[embedding.SUBSTANCES_KEY] = named
            found = []
            shifted = logits + thresholds
            for index, label in enumerate(self.labels):
                places = trim_spaces(doc, decode_scores(shifted[:, index]))
                spans = [Span(doc, start, end, label=label) for start, end in places]
                doc.spans[label] = SpanGroup(doc, name=label, spans=spans)
                found.extend(spans)
            doc.set_ents(sorted(filter_spans(found), key=lambda span: span.start), default="outside")

    def get_loss(self, examples: Iterable[Example], scores: Sequence[Any]) -> tuple[float, list[Any]]:
        """Return the cross-entropy of the labels known, and its gradient by document."""
        loss, gradients = 0.0, []
        for example, logits in zip(examples, scores, strict=True):
            shaped = logits.reshape(-1, len(self.labels), STATES)
            shares = numpy.exp(shaped - shaped.max(axis=2, keepdims=True))
            shares /= shares.sum(axis=2, keepdims=True)
            gradient = numpy.zeros_like(shares)
            for index, states in self._read_gold(example):
                rows = numpy.arange(len(states))
                gradient[:, index] = shares[:, index]
                loss -= float(numpy.log(shares[rows, index, states] + 1e-9).sum())
                gradient[rows, index, states] -= 1.0
            gradients.append(gradient.reshape(logits.shape))
        return loss, gradients

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, float]:
        """Return each label's strict F1 as `LABEL_f`, over the documents whose corpus marks the label."""
        counts = {label: [0, 0] for label in self.labels}
        for example in examples:
            for label in self.labels:
                if label in example.reference.spans:
                    right = {(span.start, span.end) for span in example.reference.spans[label]}
                    said = {(span.start, span.end) for span in example.predicted.spans[label]}
                    counts[label][0] += 2 * len(right & said)
                    counts[label][1] += len(right) + len(said)
        return {f"{label}_f": hit / total if total else 0.0 for label, (hit, total) in counts.items()}

    def _read_gold(self, example: Example) -> Iterator[tuple[int, Any]]:
        """Yield the index of each label known and the states of its tokens."""
        reference = example.reference
        if len(reference) != len(example.predicted):
            raise ValueError(f"the training document {reference.text[:40]!r} is not tokenised as the pipeline does")
        for index, label in enumerate(self.labels):
            if label in reference.spans:
                spans = ((span.start, span.end) for span in reference.spans[label])
                yield index, encode_spans(spans, len(reference))


def trim_spaces(doc: Doc, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places (token indices, end exclusive) without tokens of white space at their ends, none empty."""
    for start, end in places:
        while start < end and doc[start].is_space:
            start += 1
        while start < end and doc[end - 1].is_space:
            end -= 1
        if start < end:
            yield start, end


@Language.factory("litclaims_recognizer", default_config={"labels": list(LABELS), "thresholds": {}})  # type: ignore[untyped-decorator]
def create_recognizer(
    nlp: Language, name: str, model: Model[Any, Any], labels: list[str], thresholds: dict[str, float]
) -> Recognizer:
    """Return a recogniser without weights, to be trained or read from disk."""
    return Recognizer(nlp.vocab, model, name, labels=labels, thresholds=thresholds)
