"""Stuff of the laboratory, and short forms that the document gives another meaning."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.model import Mention
from pipeline.nlp.language import parse_document
from pipeline.nlp.mentions import find_mentions
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings


def find_named(text: str) -> dict[tuple[str, str], Mention]:
    document = read_bytes(f"{text}\n".encode(), name="paper.txt", settings=Settings())
    parse = parse_document(document, max_characters=2_000)
    found = find_mentions(document, parse, vocabulary=Vocabulary.load())
    return {(mention.label, mention.text): mention for mention in found}


@pytest.mark.parametrize("name", ["eosin", "paraformaldehyde", "Alexa Fluor 488", "SDS", "DAPI", "Tween 20"])
def test_reagents_are_chemicals_and_no_drugs(name: str) -> None:
    found = find_named(f"Sections of the liver were treated overnight as told before, then {name} was added.")
    assert found["CHEMICAL", name].role is None
    assert ("GENE", name) not in found


def test_a_short_form_means_what_the_document_defines() -> None:
    text = "The double-strand breaks (DSBs) were counted in old rats. Each DSB was marked in red and blue."
    assert not [name for label, name in find_named(text) if label == "CHEMICAL"]


def test_a_short_form_of_a_substance_stays_one() -> None:
    found = find_named("Rats were given proton pump inhibitors (PPIs). The PPIs slowed the loss of bone.")
    assert ("CHEMICAL", "PPIs") in found


@pytest.mark.parametrize(
    "long", ["acute coronary syndrome (ACS)", "psychodynamic therapy (PDT)", "six-minute walking test (SWT)"]
)
def test_a_short_form_of_a_disease_or_a_therapy_without_drugs_is_no_chemical(long: str) -> None:
    short = long[-4:-1]
    found = find_named(f"Patients with {long} took part. They got {short} or aspirin for a year. {short} was costly.")
    assert [name for label, name in found if label == "CHEMICAL"] == ["aspirin"]


def test_a_short_common_word_is_no_chemical() -> None:
    found = find_named("A small gift, in the form of a pen, raised the response to the survey among the nurses.")
    assert ("CHEMICAL", "pen") not in found
