"""Counts add, undefined rates are None, and a wrong unit, sign or direction is a wrong field."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluation.scores import Counts, Tally, cohen_kappa

from .cases import counts, field_counts, gold_of, label, predict, run

DOSE = {"text": "5 mg/kg", "low": 5, "high": 5, "unit": "mg/kg", "per": ["body weight"]}
EFFECT = {"text": "14 %", "value": 14, "unit": "%", "type": "percent_change", "change_percent": -14}


def test_worked_example_of_counts_and_rates() -> None:
    """Four labels; five predictions: two right, one with the wrong direction, two that match nothing."""
    gold = gold_of(label(0), label(1), label(2), label(3))
    predicted = [predict(0), predict(1), predict(2, direction="increase"), predict(5), predict(6)]
    scores = run(predicted, gold).as_dict()["all"]
    assert {key: scores["claims"][key] for key in ("tp", "fp", "fn")} == {"tp": 3, "fp": 2, "fn": 1}
    assert (scores["claims"]["precision"], scores["claims"]["recall"]) == (0.6, 0.75)
    assert {key: scores["triple"][key] for key in ("tp", "fp", "fn")} == {"tp": 2, "fp": 3, "fn": 2}
    assert (scores["triple"]["precision"], scores["triple"]["recall"], scores["triple"]["f1"]) == (0.4, 0.5, 0.4444)
    assert {key: scores["fields"]["direction"][key] for key in ("tp", "fp", "fn")} == {"tp": 2, "fp": 1, "fn": 1}
    assert {key: scores["end_to_end"]["direction"][key] for key in ("tp", "fp", "fn")} == {"tp": 2, "fp": 3, "fn": 2}


def test_empty_run_scores_zero_and_divides_by_nothing() -> None:
    scores = run([], gold_of(label(0))).as_dict()["all"]
    assert (scores["claims"]["precision"], scores["claims"]["recall"], scores["claims"]["f1"]) == (None, 0, 0)
    assert scores["fields"]["dose"]["f1"] is None


def test_nothing_on_either_side_is_undefined() -> None:
    scores = run([], gold_of()).as_dict()["all"]
    assert [scores["claims"][key] for key in ("precision", "recall", "f1")] == [None, None, None]


def test_class_that_was_never_predicted_counts_in_recall() -> None:
    gold = gold_of(label(0), label(1, direction="mixed"), label(2, direction="mixed"))
    classes = run([predict(0), predict(1, direction="decrease")], gold).as_dict()["all"]["classes"]
    assert (classes["direction=mixed"]["recall"], classes["direction=mixed"]["fn"]) == (0, 2)
    assert (classes["direction=decrease"]["precision"], classes["direction=decrease"]["recall"]) == (0.5, 1)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (DOSE, (1, 0, 0)),
        ({**DOSE, "unit": "mg"}, (0, 1, 1)),
        ({**DOSE, "unit": "ug/kg"}, (0, 1, 1)),
        ({**DOSE, "low": 50, "high": 50}, (0, 1, 1)),
        ({**DOSE, "per": ["diet"]}, (0, 1, 1)),
        ({**DOSE, "unit": "mg per kg"}, (1, 0, 0)),
        ({**DOSE, "high": 10}, (0, 1, 1)),
        (None, (0, 0, 1)),
    ],
)
def test_dose(found: Any, expected: tuple[int, int, int]) -> None:
    assert field_counts(run([predict(0, dose=found)], gold_of(label(0, dose=DOSE))), "dose") == expected


def test_value_that_the_text_does_not_give_costs_precision() -> None:
    evaluation = run([predict(0, dose=DOSE)], gold_of(label(0)))
    assert field_counts(evaluation, "dose") == (0, 1, 0)
    assert counts(evaluation) == (1, 0, 0)


@pytest.mark.parametrize(
    ("change", "effect_right", "change_right"),
    [
        ({}, True, True),
        ({"change_percent": 14}, True, False),
        ({"value": -14}, False, True),
        ({"unit": "d"}, False, True),
        ({"type": "fold"}, False, True),
        ({"relation": ">"}, False, True),
        ({"relation": "~"}, True, True),
    ],
)
def test_sign_and_unit_of_an_effect(change: dict[str, Any], effect_right: bool, change_right: bool) -> None:
    evaluation = run([predict(0, effect={**EFFECT, **change})], gold_of(label(0, effect=EFFECT)))
    assert (field_counts(evaluation, "effect") == (1, 0, 0)) is effect_right
    assert (field_counts(evaluation, "change_percent") == (1, 0, 0)) is change_right


@pytest.mark.parametrize(
    ("name", "wanted", "found", "right"),
    [
        ("route", {"text": "i.p.", "name": "intraperitoneal"}, {"text": "i.p.", "name": None}, True),
        ("route", {"text": "Diet", "name": "diet"}, {"text": "in the diet", "name": None}, True),
        ("route", {"text": "orally"}, {"text": "Diet", "name": "diet"}, False),
        ("species", {"text": "mice", "name": "Mus musculus"}, {"text": "mouse", "name": None}, True),
        ("species", {"text": "patients", "name": "Homo sapiens"}, {"text": "adults"}, True),
        ("species", {"text": "mice", "name": "Mus musculus"}, {"text": "rats", "name": "Rattus norvegicus"}, False),
        ("strain", {"text": "C57BL/6J"}, {"text": "C57BL/6J mice", "name": "C57BL/6J"}, True),
        ("strain", {"text": "C57BL/6J"}, {"text": "C57BL/6N"}, False),
        ("sex", {"text": "MF", "value": "both"}, {"text": "male and female", "value": "both"}, True),
        ("sex", {"text": "male", "value": "male"}, {"text": "female", "value": "female"}, False),
        ("age", {"text": "9 mo", "low_days": 273.9, "high_days": 273.9},
         {"text": "9 mo", "low_days": 270, "high_days": 270}, True),
        ("age", {"text": "9 mo", "low_days": 273.9, "high_days": 273.9},
         {"text": "9 wk", "low_days": 63, "high_days": 63}, False),
        ("schedule", {"text": "daily", "times": 1, "period_days": 1},
         {"text": "7×/week", "times": 7, "period_days": 7}, True),
        ("schedule", {"text": "daily", "times": 1, "period_days": 1},
         {"text": "weekly", "times": 1, "period_days": 7}, False),
        ("duration", {"text": "long-term"}, {"text": "Long term"}, True),
        ("comparator", {"text": "placebo", "kind": "placebo"}, {"text": "saline", "kind": "vehicle"}, False),
        ("comparator", {"text": "A", "name": "acarbose", "kind": "active"},
         {"text": "acarbose", "kind": "active"}, True),
        ("citations", ["3", "5"], [{"marker": "5"}, {"marker": "3"}], True),
        ("citations", ["3"], [{"marker": "3"}, {"marker": "4"}], False),
        ("setting", "in_vivo", "in_vitro", False),
    ],
)  # fmt: skip
def test_field_rules(name: str, wanted: Any, found: Any, right: bool) -> None:
    evaluation = run([predict(0, **{name: found})], gold_of(label(0, **{name: wanted})))
    assert field_counts(evaluation, name) == ((1, 0, 0) if right else (0, 1, 1))


@pytest.mark.parametrize(
    ("found", "right"), [("mM", True), ("mmol/L", True), ("mm", False), ("µM", False), ("mg", False)]
)
def test_molar_units_are_told_from_lengths_by_their_capital(found: str, right: bool) -> None:
    wanted = {"text": "5 mM", "low": 5, "high": 5, "unit": "mmol/L"}
    evaluation = run([predict(0, dose={**wanted, "unit": found})], gold_of(label(0, dose=wanted)))
    assert field_counts(evaluation, "dose") == ((1, 0, 0) if right else (0, 1, 1))


def test_p_value_and_significance_are_two_fields() -> None:
    wanted = {"text": "p = 0.03", "p": 0.03, "p_relation": "=", "significant": True}
    evaluation = run([predict(0, significance={**wanted, "p": 0.3})], gold_of(label(0, significance=wanted)))
    assert field_counts(evaluation, "significant") == (1, 0, 0)
    assert field_counts(evaluation, "p") == (0, 1, 1)


def test_negation_counts_only_where_either_side_negates() -> None:
    gold = gold_of(label(0), label(1, direction="no_change", negated=True))
    predicted = [predict(0), predict(1, direction="no_change")]
    assert field_counts(run(predicted, gold), "negated") == (0, 0, 1)


def test_clusters_add_to_the_total_and_give_an_interval() -> None:
    gold = gold_of(label(0), label(1), label(10), label(11))
    tally = run([predict(0), predict(1), predict(10), predict(12)], gold).groups["all"].detection
    parts = tally.by_cluster["claims"].values()
    assert (len(list(parts)), tally.total("claims")) == (2, Counts(3, 1, 1))
    low, high = tally.interval("claims")["f1"] or (None, None)
    assert (low, high) == (0.5, 1.0)
    assert tally.interval("claims") == tally.interval("claims")


def test_one_cluster_has_no_interval() -> None:
    tally = Tally()
    tally.add("claims", "only", Counts(3, 1, 1))
    assert tally.interval("claims") == {"precision": None, "recall": None, "f1": None}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_rates_stay_between_zero_and_one_and_intervals_hold_order(parts: list[tuple[int, int, int]]) -> None:
    tally = Tally()
    for index, part in enumerate(parts):
        tally.add("claims", str(index), Counts(*part))
    for name, interval in tally.interval("claims").items():
        rate = getattr(tally.total("claims"), name)
        assert rate is None or 0 <= rate <= 1
        assert interval is None or 0 <= interval[0] <= interval[1] <= 1


def test_kappa_of_a_hand_computed_table() -> None:
    """20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, expected 0.5, kappa 0.4."""
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    assert cohen_kappa(first, second) == pytest.approx(0.4)
    assert cohen_kappa([], []) is None
    assert cohen_kappa(["yes"], ["yes"]) is None
