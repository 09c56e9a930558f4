"""Matching is one to one, optimal, and cannot be earned by long evidence or stuffed outcomes."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .cases import counts, field_counts, gold_of, label, predict, run

LONG_LIST = "glucose, insulin, weight, lifespan, sleep, cataract, frailty, grip strength, memory and hearing"


def test_perfect_prediction_is_matched() -> None:
    evaluation = run([predict(3)], gold_of(label(3)))
    assert counts(evaluation) == (1, 0, 0)
    assert counts(evaluation, "triple") == (1, 0, 0)


def test_two_predictions_of_one_claim_earn_once() -> None:
    assert counts(run([predict(3), predict(3)], gold_of(label(3)))) == (1, 1, 0)


def test_assignment_is_optimal_where_greedy_would_lose_a_pair() -> None:
    """One prediction fits both labels, the other only one: the best pair first could leave a label unmatched."""
    gold = gold_of(label(3, "metformin", "glucose"), label(3, "metformin", "fasting plasma glucose peak"))
    predicted = [predict(3, "metformin", "glucose peak"), predict(3, "metformin", "fasting plasma peak")]
    assert counts(run(predicted, gold)) == (2, 0, 0)


def test_evidence_longer_than_the_sentence_does_not_match() -> None:
    two_sentences = predict(3, spans=[(300, 480)])
    whole_section = predict(3, spans=[(0, 980)])
    assert counts(run([two_sentences], gold_of(label(3)))) == (0, 1, 1)
    assert counts(run([whole_section], gold_of(label(3)))) == (0, 1, 1)


def test_evidence_of_most_of_the_sentence_matches_and_of_little_does_not() -> None:
    assert counts(run([predict(3, spans=[(310, 380)])], gold_of(label(3)))) == (1, 0, 0)
    assert counts(run([predict(3, spans=[(360, 380)])], gold_of(label(3)))) == (0, 1, 1)


def test_naming_a_few_characters_many_times_does_not_cover_a_sentence() -> None:
    assert counts(run([predict(3, spans=[(370, 380)] * 8)], gold_of(label(3)))) == (0, 1, 1)


def test_same_words_elsewhere_do_not_match() -> None:
    assert counts(run([predict(4)], gold_of(label(3)))) == (0, 1, 1)


def test_other_drug_does_not_match() -> None:
    assert counts(run([predict(3, "acarbose")], gold_of(label(3)))) == (0, 1, 1)


def test_outcome_stuffed_with_words_does_not_match() -> None:
    assert counts(run([predict(3, "metformin", LONG_LIST)], gold_of(label(3)))) == (0, 1, 1)


def test_stuffed_text_beside_a_clean_name_does_not_match() -> None:
    stuffed = {"text": LONG_LIST, "name": "glucose"}
    assert counts(run([predict(3, outcome=stuffed)], gold_of(label(3)))) == (0, 1, 1)


def test_longer_and_shorter_names_of_one_outcome_match() -> None:
    gold = gold_of(label(3, "metformin", "fasting glucose"))
    assert counts(run([predict(3, "metformin", "glucose")], gold)) == (1, 0, 0)
    assert counts(run([predict(3, "metformin", "fasting blood glucose levels")], gold)) == (1, 0, 0)


def test_half_shared_words_with_another_head_are_another_outcome() -> None:
    gold = gold_of(label(3, "metformin", "insulin sensitivity"))
    assert counts(run([predict(3, "metformin", "insulin resistance")], gold)) == (0, 1, 1)


def test_line_break_inside_a_word_and_case_do_not_matter() -> None:
    gold = gold_of(label(3, "Metfor-\nmin", "fasting glu-\ncose"))
    assert counts(run([predict(3, "metformin", "Fasting glucose")], gold)) == (1, 0, 0)


def test_drug_may_be_called_by_any_name_that_the_labellers_gave_it() -> None:
    brand = {"text": "Glucophage", "name": "metformin", "kind": "drug"}
    gold = gold_of(label(2, intervention=brand), label(3))
    named = {"text": "Glucophage", "name": "glucophage", "kind": "drug"}
    assert counts(run([predict(2, intervention=named), predict(3, intervention=named)], gold)) == (2, 0, 0)


def test_pointing_words_are_no_name() -> None:
    gold = gold_of(label(3, intervention={"text": "These drugs", "name": "biguanide", "kind": "drug"}))
    other = {"text": "these drugs", "name": "statin", "kind": "drug"}
    assert counts(run([predict(3, intervention=other)], gold)) == (0, 1, 1)


def test_arms_are_told_apart_by_their_own_fields_not_by_the_result() -> None:
    male, female = ({"text": sex, "value": sex} for sex in ("male", "female"))
    gold = gold_of(label(3, direction="decrease", sex=male), label(3, direction="no_change", sex=female))
    swapped = [predict(3, direction="no_change", sex=male), predict(3, direction="decrease", sex=female)]
    evaluation = run(swapped, gold)
    assert counts(evaluation) == (2, 0, 0)
    assert counts(evaluation, "triple") == (0, 2, 2)


def test_either_reading_is_accepted_and_only_as_a_whole() -> None:
    other = {"outcome": {"text": "weight", "name": "weight"}, "direction": "decrease"}
    gold = gold_of(label(3, "metformin", "weight loss", "increase", alternatives=[other]))
    for outcome, direction, right in [
        ("weight loss", "increase", True),
        ("weight", "decrease", True),
        ("weight gain", "increase", False),
    ]:
        evaluation = run([predict(3, "metformin", outcome, direction)], gold)
        assert (counts(evaluation, "triple") == (1, 0, 0)) is right, (outcome, direction)


def test_readings_of_different_fields_combine() -> None:
    gold = gold_of(label(3, alternatives=[{"direction": "no_change"}, {"certainty": "hedged"}]))
    evaluation = run([predict(3, direction="no_change", certainty="hedged")], gold)
    assert [row["status"] for row in evaluation.reconciliation_rows()] == ["matched"]


def test_reading_without_a_field_is_accepted_where_it_is_not_stated() -> None:
    age = {"text": "old", "low_days": None}
    gold = gold_of(label(3, age=age, alternatives=[{"age": None}]))
    for predicted in (predict(3, age=age), predict(3)):
        assert [row["status"] for row in run([predicted], gold).reconciliation_rows()] == ["matched"]
    assert field_counts(run([predict(3)], gold_of(label(3, age=age))), "age") == (0, 0, 1)


def test_many_independent_alternatives_all_combine() -> None:
    """Ten fields of two readings each are a thousand combinations; the right one is found without writing them out."""
    stated: dict[str, Any] = {
        name: {"text": f"some {name}", "name": f"some {name}"} for name in ("route", "species", "strain")
    }
    stated["population"] = {"text": "old animals"}
    stated |= {"sex": {"text": "male", "value": "male"}, "setting": "in_vivo", "source_kind": "own"}
    stated |= {"schedule": {"text": "daily", "times": 1, "period_days": 1}, "dose": {"text": "low dose"}}
    stated |= {"comparator": {"text": "placebo", "name": "placebo", "kind": "placebo"}}
    gold = gold_of(label(3, alternatives=[{name: value} for name, value in stated.items()]))
    every_second = dict(list(stated.items())[::2])
    for fields in ({}, stated, every_second):
        assert [row["status"] for row in run([predict(3, **fields)], gold).reconciliation_rows()] == ["matched"]
    wrong = stated | {"sex": {"text": "female", "value": "female"}}
    (row,) = run([predict(3, **wrong)], gold).reconciliation_rows()
    assert (row["status"], row["differs"]) == ("differing", "sex")


def test_optional_claim_neither_earns_nor_costs() -> None:
    gold = gold_of(label(3, optional=True), label(4))
    assert counts(run([predict(4)], gold)) == (1, 0, 0)
    assert counts(run([predict(3), predict(4)], gold)) == (1, 0, 0)


def test_certain_claim_is_matched_before_an_optional_one() -> None:
    gold = gold_of(label(3, optional=True), label(3))
    assert counts(run([predict(3)], gold)) == (1, 0, 0)


def test_hypotheses_neither_earn_nor_cost() -> None:
    hypothesis = predict(3, certainty="hypothesis")
    assert counts(run([hypothesis], gold_of())) == (0, 0, 0)
    assert counts(run([hypothesis], gold_of(label(3, certainty="hypothesis")))) == (0, 0, 0)
    assert counts(run([], gold_of(label(3, certainty="hypothesis")))) == (0, 0, 0)


def test_other_kinds_are_scored_apart() -> None:
    knockout = {"text": "TSC2 loss", "name": "tsc2 loss", "kind": "genetic"}
    evaluation = run([predict(3, intervention=knockout)], gold_of(label(3, intervention=knockout)))
    assert counts(evaluation) == (0, 0, 0)
    assert counts(evaluation, group="apart") == (1, 0, 0)


SMALL = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["metformin", "acarbose"]),
    st.sampled_from(["glucose", "fasting glucose", "glucose peak", "sleep"]),
    st.sampled_from(["increase", "decrease", "no_change"]),
    st.sampled_from(["male", "female", None]),
)


def as_predicted(entry: tuple[Any, ...]) -> dict[str, Any]:
    return predict(*entry[:4], sex=entry[4] and {"text": entry[4], "value": entry[4]})


def as_gold(entry: tuple[Any, ...]) -> Any:
    return label(*entry[:4], sex=entry[4] and {"text": entry[4], "value": entry[4]})


@settings(max_examples=60, deadline=None)
@given(st.lists(SMALL, max_size=7), st.lists(SMALL, max_size=7), st.randoms(use_true_random=False))
def test_order_does_not_matter(left: list[Any], right: list[Any], shuffled: random.Random) -> None:
    once = run([as_predicted(entry) for entry in left], gold_of(*map(as_gold, right)))
    shuffled.shuffle(left)
    shuffled.shuffle(right)
    again = run([as_predicted(entry) for entry in left], gold_of(*map(as_gold, right)))
    assert once.as_dict() == again.as_dict()
    assert once.reconciliation_rows() == again.reconciliation_rows()


@settings(max_examples=60, deadline=None)
@given(st.lists(SMALL, max_size=7), st.lists(SMALL, max_size=7))
def test_swapping_the_sides_swaps_precision_and_recall(left: list[Any], right: list[Any]) -> None:
    tp, fp, fn = counts(run([as_predicted(entry) for entry in left], gold_of(*map(as_gold, right))))
    assert counts(run([as_predicted(entry) for entry in right], gold_of(*map(as_gold, left)))) == (tp, fn, fp)
    assert (tp + fp, tp + fn) == (len(left), len(right))


def most_pairs(left: list[Any], right: list[Any]) -> int:
    """Return the size of the largest matching by trying everything."""
    if not left:
        return 0
    best = most_pairs(left[1:], right)
    for index, entry in enumerate(right):
        one, other = run([as_predicted(left[0])], gold_of(as_gold(entry))), right[:index] + right[index + 1 :]
        if counts(one)[0]:
            best = max(best, 1 + most_pairs(left[1:], other))
    return best


@settings(max_examples=25, deadline=None)
@given(st.lists(SMALL, max_size=3), st.lists(SMALL, max_size=3))
def test_no_other_assignment_has_more_pairs(left: list[Any], right: list[Any]) -> None:
    tp, _, _ = counts(run([as_predicted(entry) for entry in left], gold_of(*map(as_gold, right))))
    assert tp == most_pairs(left, right)


@settings(max_examples=30, deadline=None)
@given(st.lists(SMALL, min_size=1, max_size=8))
def test_gold_as_prediction_scores_one(entries: list[Any]) -> None:
    scores = run([as_predicted(entry) for entry in entries], gold_of(*map(as_gold, entries))).as_dict()
    assert scores["all"]["claims"]["f1"] == scores["all"]["triple"]["f1"] == 1
    assert all(score["f1"] in (None, 1) for score in scores["all"]["fields"].values())
    assert scores["statuses"]["matched"] == len(entries)


@pytest.mark.parametrize("copies", [1, 2, 5])
def test_pairs_never_outnumber_either_side(copies: int) -> None:
    tp, fp, fn = counts(run([predict(3)] * copies, gold_of(label(3), label(3, sex={"text": "m", "value": "male"}))))
    assert tp == min(copies, 2)
    assert (fp, fn) == (copies - tp, 2 - tp)
