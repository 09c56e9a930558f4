"""The recogniser learns marked labels, leaves unmarked ones alone, and is the same however texts are batched."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.training import Example
from spacy.util import load_config
from thinc.api import Adam

import pipeline.training
from pipeline.nlp.embedding import NAME_COLUMNS, describe_names
from pipeline.nlp.recognizer import LABELS

CONFIG = Path(pipeline.training.__file__).parent / "configs" / "recognizer.cfg"
SMALL = {
    "components.recognizer.model.tok2vec.embed.width": 16,
    "components.recognizer.model.tok2vec.encode.width": 16,
    "components.recognizer.model.tok2vec.embed.word_rows": [200, 100, 100, 100],
    "components.recognizer.model.tok2vec.embed.affix_rows": [100, 100],
}


def make_pipeline() -> Language:
    config = load_config(CONFIG, overrides=SMALL, interpolate=False)
    return spacy.util.load_model_from_config(config, auto_fill=True)


def mark(nlp: Language, text: str, **words: tuple[str, ...]) -> Example:
    reference = nlp.make_doc(text)
    for label, marked in words.items():
        spans = [Span(reference, token.i, token.i + 1, label=label) for token in reference if token.text in marked]
        reference.spans[label] = SpanGroup(reference, name=label, spans=spans)
    return Example(nlp.make_doc(text), reference)


@pytest.fixture(scope="module")
def trained() -> Language:
    nlp = make_pipeline()
    nothing: dict[str, tuple[str, ...]] = {"DISEASE": (), "OUTCOME": ()}
    examples = [
        mark(nlp, "Metformin was given to mice.", CHEMICAL=("Metformin",), **nothing),
        mark(nlp, "Then aspirin was given to mice.", CHEMICAL=("aspirin",), SPECIES=("mice",), **nothing),
        mark(nlp, "The mice were fed chow.", SPECIES=("mice",), CHEMICAL=(), **nothing),
        mark(nlp, "Many rats were fed chow.", SPECIES=("rats",), **nothing),
    ]
    numpy.random.seed(1)
    nlp.initialize(lambda: examples)
    optimizer = Adam(0.003)
    for _ in range(40):
        fresh = [Example(nlp.make_doc(example.reference.text), example.reference) for example in examples]
        nlp.update(fresh, sgd=optimizer, drop=0.0)
    return nlp


def labels_of(doc: Doc) -> set[tuple[str, str]]:
    return {(span.text, label) for label in LABELS for span in doc.spans[label]}


def test_each_label_is_learned_where_it_is_marked(trained: Language) -> None:
    assert labels_of(trained("Then aspirin was given to mice.")) == {("aspirin", "CHEMICAL"), ("mice", "SPECIES")}


def test_an_unmarked_label_gives_no_gradient() -> None:
    nlp = make_pipeline()
    example = mark(nlp, "The mice were fed chow.", SPECIES=("mice",))
    nlp.initialize(lambda: [example])
    recognizer = nlp.get_pipe("recognizer")
    logits = [numpy.zeros((len(example.predicted), len(LABELS) * 5), dtype="float32")]
    loss, (gradient,) = recognizer.get_loss([example], logits)
    by_label = numpy.abs(gradient.reshape(-1, len(LABELS), 5)).sum(axis=(0, 2))
    assert loss > 0
    assert [label for label, size in zip(LABELS, by_label, strict=True) if size > 0] == ["SPECIES"]


def test_saved_and_loaded_it_says_the_same(trained: Language, tmp_path: Path) -> None:
    trained.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    text = "Metformin was given to many rats."
    assert labels_of(again(text)) == labels_of(trained(text))


def test_documents_without_words_are_read(trained: Language) -> None:
    assert [labels_of(doc) for doc in trained.pipe(["", " ", "\n"])] == [set(), set(), set()]


def test_names_of_the_vocabulary_are_columns_of_the_input() -> None:
    doc = make_pipeline().make_doc("Acute renal failure followed metformin in rats.")
    codes = describe_names(doc)
    columns = dict(zip(NAME_COLUMNS, codes.T.tolist(), strict=True))
    words = [token.text for token in doc]
    assert columns["CHEMICAL"][words.index("metformin")] and columns["SPECIES"][words.index("rats")]
    assert columns["DISEASE"][words.index("renal")] != columns["DISEASE"][words.index("failure")]
    assert not columns["DISEASE"][words.index("followed")]
