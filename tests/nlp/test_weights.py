"""The packaged pipeline loads and reads a sentence written for this test."""

from __future__ import annotations

import time

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp.language import MODEL_PATH, load_model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


def test_a_chemical_a_disease_and_a_species_are_found(nlp: Language) -> None:
    doc = nlp("Oral haloperidol attenuated hypertension in rats.")
    found = {(span.text, span.label_) for group in doc.spans.values() for span in group}
    assert {("haloperidol", "CHEMICAL"), ("hypertension", "DISEASE"), ("rats", "SPECIES")} <= found


def test_the_main_verb_governs_drug_and_outcome(nlp: Language) -> None:
    doc = nlp("Metformin at 14 ppm extended median lifespan in female mice.")
    triples = {(token.text, token.dep_, token.head.text) for token in doc}
    assert {
        ("Metformin", "nsubj", "extended"),
        ("lifespan", "dobj", "extended"),
        ("extended", "ROOT", "extended"),
    } <= triples
    assert next(token.lemma_ for token in doc if token.text == "extended") == "extend"


def test_a_document_without_boundaries_is_one_sentence(nlp: Language) -> None:
    assert len(list(nlp("Mice got 5 mg/kg i.p. every day. Weight fell.").sents)) == 1


def test_two_readings_agree(nlp: Language) -> None:
    text = "Aspirin reduced fever in dogs."
    first, second = nlp(text), next(iter(nlp.pipe([text])))
    assert [(token.tag_, token.dep_, token.head.i, token.lemma_) for token in first] == [
        (token.tag_, token.dep_, token.head.i, token.lemma_) for token in second
    ]


SENTENCES = [
    "Rapamycin at 14 ppm extended the lifespan of UM-HET3 mice.",
    "METFORMIN REDUCED THE RISK OF DIABETES MELLITUS IN RATS.",
    "Aspirin  (100 mg/kg)  lowered  fever  in  dogs.",
    "Rаpamycin and mеtformin were given to mice.",
    "Das Rapamycin verlängerte die Lebensdauer von Mäusen.",
    "ラパマイシンはマウスの寿命を延ばした。",
    "",
    " ",
    "… — ± ≥ 3",
    "Acute renal failure followed cisplatin in nine of 40 patients, and valproate caused hepatotoxicity.",
] * 4


def read_all(doc: Doc) -> tuple[object, ...]:
    tokens = tuple((token.text, token.tag_, token.dep_, token.head.i, token.lemma_) for token in doc)
    return tokens, tuple((span.start, span.end, span.label_) for group in doc.spans.values() for span in group)


@pytest.mark.parametrize("batch_size", [1, 3, 64])
def test_batches_do_not_change_what_is_read(nlp: Language, batch_size: int) -> None:
    alone = [read_all(nlp(text)) for text in SENTENCES]
    assert [read_all(doc) for doc in nlp.pipe(SENTENCES, batch_size=batch_size)] == alone


@pytest.mark.slow
def test_processes_do_not_change_what_is_read(nlp: Language) -> None:
    alone = [read_all(nlp(text)) for text in SENTENCES]
    assert [read_all(doc) for doc in nlp.pipe(SENTENCES, batch_size=5, n_process=2)] == alone


@pytest.mark.slow
def test_a_million_characters_without_a_period_take_seconds(nlp: Language) -> None:
    text = ("metformin and rats with 5 mg/kg " * 32_000)[:999_999]
    started = time.process_time()
    doc = nlp(text)
    assert len(doc) > 150_000
    assert time.process_time() - started < 180


def test_no_mention_begins_or_ends_with_white_space(nlp: Language) -> None:
    for doc in nlp.pipe(SENTENCES):
        assert all(span.text == span.text.strip() for group in doc.spans.values() for span in group)


def test_the_package_fits_a_repository() -> None:
    sizes = [path.stat().st_size for path in MODEL_PATH.rglob("*") if path.is_file()]
    assert 0 < sum(sizes) < 25_000_000
