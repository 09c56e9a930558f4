"""Every field's rule is the same both ways, and every value agrees with itself."""

from __future__ import annotations

import json
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation.comparison import RULES, agree, get_field
from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.matching import reading_quality
from pipeline.evaluation.reconciliation import gold_items

CORPUS = Path(__file__).parents[2] / "corpus" / "gold"
MOST = 40


@pytest.fixture(scope="module")
def readings() -> list[Any]:
    """The readings of the claims of the samples and of labelled tables."""
    found = []
    for name in ("samples.jsonl", "tables.jsonl"):
        gold = load_gold(CORPUS / name)
        documents = frozenset(document.sha256 for document in gold.documents)
        found += [reading for item in gold_items(gold, split=None, documents=documents) for reading in item.readings]
    return found


@pytest.mark.parametrize("name", RULES)
def test_rule_is_symmetric_and_reflexive_on_labelled_values(name: str, readings: list[Any]) -> None:
    values = {json.dumps(get_field(reading, name), sort_keys=True, default=str): reading for reading in readings}
    kept = [get_field(reading, name) for _, reading in sorted(values.items())[:MOST]]
    assert all(agree(name, value, value) for value in kept)
    assert all(agree(name, one, other) == agree(name, other, one) for one, other in product(kept, repeat=2))


def test_quality_of_two_readings_is_the_same_both_ways(readings: list[Any]) -> None:
    for one, other in pairwise(readings):
        assert reading_quality(one, other) == reading_quality(other, one)
