"""Prefixes of isomers belong to a substance's name."""

from __future__ import annotations

import pytest

from pipeline.nlp.candidates import Candidate
from pipeline.nlp.isomers import widen_isomer
from pipeline.nlp.vocabulary import Vocabulary


def widen(text: str, name: str, *, flags: frozenset[str] = frozenset()) -> str:
    start = text.index(name)
    found = widen_isomer(text, Candidate(start, start + len(name), "CHEMICAL", None, flags, 1), Vocabulary.load())
    return text[found.start : found.end]


@pytest.mark.parametrize("name", ["gamma-hexachlorocyclohexane", "Beta-carotene", "α-tocopherol", "D-ribose"])
def test_prefix_is_part_of_the_name(name: str) -> None:
    assert widen(f"Rats ate {name} daily.", name.split("-", 1)[1]) == name


@pytest.mark.parametrize("text", ["TNF-alpha-losartan", "low-losartan diet", "beta losartan", "X-D-losartan"])
def test_other_words_are_none(text: str) -> None:
    assert widen(text, "losartan") == "losartan"


def test_class_keeps_its_name() -> None:
    assert widen("beta-lactams", "lactams", flags=frozenset({"class"})) == "lactams"


def test_link_is_that_of_the_whole_name() -> None:
    text = "alpha-tocopherol"
    found = widen_isomer(text, Candidate(6, 16, "CHEMICAL", None, frozenset(), 1), Vocabulary.load())
    assert found.concept is not None
    assert found.concept.name == "alpha-tocopherol"
