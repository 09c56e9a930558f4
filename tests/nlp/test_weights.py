"""The packaged pipeline loads and reads a sentence written for this test."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import pipeline.nlp.tokenizer

WEIGHTS = Path(pipeline.nlp.tokenizer.__file__).parent / "weights" / "en_litclaims"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(WEIGHTS)


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


def test_the_package_fits_a_repository() -> None:
    sizes = [path.stat().st_size for path in WEIGHTS.rglob("*") if path.is_file()]
    assert 0 < sum(sizes) < 25_000_000
