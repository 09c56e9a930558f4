"""The judge's arithmetic and its table: named weights in, a bounded probability with its three reasons out."""

from __future__ import annotations

import math

import pytest

from pipeline.judge import Judge, LinearScore, load_judge
from pipeline.judge.scoring import CERTAIN, SHOWN, read_judge, write_judge

SCORE = LinearScore(
    intercept=1.0,
    weights={"near": 2.0, "far": -3.0, "hedged": -0.5, "long": -0.25, "named": 0.75},
    typical={"near": 0.5, "far": 0.1, "hedged": 0.2, "long": 0.4, "named": 0.9},
)


def test_confidence_is_the_logistic_function_of_the_weighted_sum() -> None:
    judged = SCORE.assess({"far": 1.0, "long": 0.5, "named": 1.0})
    assert judged.confidence == pytest.approx(1 / (1 + math.exp(-(1 - 3 - 0.125 + 0.75))), abs=0.0005)


def test_reasons_are_the_features_that_moved_it_most_from_the_typical_claim() -> None:
    judged = SCORE.assess({"near": 1.0, "far": 1.0, "hedged": 1.0, "long": 1.0, "named": 1.0})
    assert [name for name, _ in judged.reasons] == ["far", "near", "hedged"]
    assert len(judged.reasons) == SHOWN
    assert judged.explain().startswith("confidence: ")
    assert "for it: near" in judged.explain()
    assert "against it: far; hedged" in judged.explain()


def test_features_without_a_weight_change_nothing() -> None:
    assert SCORE.assess({"near": 1.0, "unheard of": 1.0}) == SCORE.assess({"near": 1.0})


def test_claim_without_any_feature_gets_the_intercept_and_no_reasons() -> None:
    judged = SCORE.assess({})
    assert (judged.confidence, judged.reasons) == (0.731, ())
    assert judged.explain() == "confidence: 0.731"


@pytest.mark.parametrize("value", [-1e6, -40.0, 40.0, 1e6])
def test_confidence_stays_within_what_the_gold_can_show(value: float) -> None:
    expected = CERTAIN if value > 0 else 1 - CERTAIN
    assert SCORE.assess({"near": value}).confidence == pytest.approx(expected)


def test_order_of_features_does_not_matter() -> None:
    features = {"near": 0.1, "far": 0.2, "hedged": 0.3, "long": 0.7, "named": 0.9}
    assert SCORE.assess(features) == SCORE.assess(dict(reversed(features.items())))


def test_table_gives_back_the_judge_that_was_written() -> None:
    judge = Judge({"prose": SCORE, "table": LinearScore(2.5, {}, {})})
    table = write_judge(judge, comment="one line\nanother")
    assert table.startswith("# one line\n# another\nkind\tfeature\tweight\ttypical\n")
    assert read_judge(table) == judge
    assert write_judge(read_judge(table), comment="one line\nanother") == table


def test_shipped_table_rates_both_kinds_of_claims_and_says_what_each_weight_is_for() -> None:
    scores = load_judge().scores
    assert set(scores) == {"prose", "table"}
    for score in scores.values():
        assert math.isfinite(score.intercept)
        assert all(math.isfinite(weight) for weight in score.weights.values())
        assert all(name == name.strip() and len(name) > 8 for name in score.weights)
