"""A route's word before what it describes says where something is, not how a drug was given."""

from __future__ import annotations

import pytest

from pipeline.nlp.route_places import is_place


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("raised intracranial pressure", "intracranial"),
        ("redness at the injection site", "injection"),
        ("subcutaneous adipose tissue", "subcutaneous"),
        ("a patch-test was positive", "patch"),
        ("enterally fed infants", "enterally"),
        ("the oral microbiome of mice", "oral"),
    ],
)
def test_word_before_a_place_is_no_route(text: str, word: str) -> None:
    start = text.index(word)
    assert is_place(text, start, start + len(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("oral cyclosporine", "oral"),
        ("intravenous glucose was given", "intravenous"),
        ("given by subcutaneous injection", "subcutaneous"),
        ("enterally for 14 days", "enterally"),
    ],
)
def test_word_before_a_drug_or_nothing_is_a_route(text: str, word: str) -> None:
    start = text.index(word)
    assert not is_place(text, start, start + len(word))
