"""Substances told by their company: examples of a class, members of a list of drugs."""

from __future__ import annotations

import pytest

from pipeline.ingest import read_bytes
from pipeline.model import Mention
from pipeline.nlp.language import parse_document
from pipeline.nlp.mentions import find_mentions
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings


def find_chemicals(sentence: str) -> dict[str, Mention]:
    document = read_bytes(f"{sentence}\n".encode(), name="paper.txt", settings=Settings())
    parse = parse_document(document, max_characters=2_000)
    found = find_mentions(document, parse, vocabulary=Vocabulary.load())
    return {mention.text: mention for mention in found if mention.label == "CHEMICAL"}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Kinase inhibitors such as zorafinel were given to mice.", "zorafinel"),
        ("Mice received fisetin, belunatrol and other senolytics.", "belunatrol"),
        ("The drug belunatrol, a new mTOR inhibitor, extended life.", "belunatrol"),
        ("Rapalogs, including everolimus and zorulimel, were compared.", "zorulimel"),
    ],
)
def test_examples_of_a_class_are_substances(sentence: str, name: str) -> None:
    found = find_chemicals(sentence)[name]
    assert (found.concept, found.role) == (None, "drug")
    assert all(candidate.reason == "class" for candidate in found.candidates)


def test_an_unknown_example_has_its_class_for_a_candidate() -> None:
    found = find_chemicals("Rapalogs such as zorulimel were given to mice.")["zorulimel"]
    assert [candidate.name for candidate in found.candidates] == ["rapalog"]


def test_a_misspelt_member_of_a_list_of_drugs_is_linked() -> None:
    concept = find_chemicals("Mice were fed rapamycin and metformine daily.")["metformine"].concept
    assert concept is not None
    assert (concept.name, concept.reason) == ("metformin", "misspelling")


@pytest.mark.parametrize(
    "sentence",
    [
        "Statins, including dosing and timing, were discussed.",
        "Rapamycin and exercise extended life.",
        "Rapalogs such as these were given to patients.",
        "Statins, particularly in women, were well studied.",
    ],
)
def test_common_words_beside_drugs_are_none(sentence: str) -> None:
    assert len(find_chemicals(sentence)) == 1


@pytest.mark.parametrize(
    "name", ["substance P antagonist", "protein kinase C inhibitor", "cathepsin K inhibitor", "mTOR inhibitor"]
)
def test_classes_by_action_keep_the_whole_target(name: str) -> None:
    found = find_chemicals(f"The {name} slowed the loss of bone in rats.")
    assert list(found) == [name]
    assert "class" in found[name].flags
