"""Ways to look better than one is, each with the counts worked out by hand: none of them earns anything."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.evaluation.entities import MANNERS
from pipeline.evaluation.reconciliation import Evaluation

from .cases import counts, entity, field_counts, gold_of, label, predict, run, scope

DOSE: dict[str, Any] = {"text": "5 mg/kg", "low": 5, "high": 5, "unit": "mg/kg", "per": ["body weight"]}
EFFECT: dict[str, Any] = {"text": "−14", "value": -14, "unit": "%", "type": "percent_change", "change_percent": -14}
TABLE = scope(30, 39, "Table 1", covers=("tables",), table="1")


def f1(evaluation: Evaluation, measure: str = "triple") -> float | None:
    return evaluation.groups["all"].detection.total(measure).f1


def test_every_direction_at_once_earns_one_and_costs_two() -> None:
    guesses = [predict(3, direction=direction) for direction in ("increase", "decrease", "no_change")]
    evaluation = run(guesses, gold_of(label(3, direction="decrease")))
    assert counts(evaluation) == (1, 2, 0)
    assert f1(evaluation) == pytest.approx(0.5)


def test_copies_do_not_hide_behind_an_optional_claim() -> None:
    assert counts(run([predict(3)] * 3, gold_of(label(3, optional=True)))) == (0, 2, 0)


def test_evidence_over_two_rows_of_a_table_matches_neither() -> None:
    gold = gold_of(label(30, table="1", row=0), label(31, table="1", row=1), scopes=[TABLE])
    both = [predict(30, table="1", row=row, spans=[(3000, 3180)]) for row in (0, 1)]
    assert counts(run(both, gold)) == (0, 2, 2)


def test_evidence_of_the_whole_table_with_the_right_row_number_does_not_match() -> None:
    gold = gold_of(label(30, table="1", row=0), scopes=[TABLE])
    assert counts(run([predict(30, table="1", row=0, spans=[(3000, 3980)])], gold)) == (0, 1, 1)


def test_whole_text_as_evidence_of_every_claim_finds_none() -> None:
    gold = gold_of(*(label(sentence) for sentence in range(5)))
    assert counts(run([predict(0, spans=[(0, 980)])] * 5, gold)) == (0, 5, 5)


def test_calling_a_claim_a_hypothesis_or_another_kind_is_missing_it() -> None:
    diet = {"text": "metformin", "name": "metformin", "kind": "dietary"}
    for predicted in (predict(3, certainty="hypothesis"), predict(3, intervention=diet)):
        assert counts(run([predicted], gold_of(label(3)))) == (0, 0, 1)


def test_calling_another_kind_or_a_hypothesis_a_claim_costs() -> None:
    diet = {"text": "metformin", "name": "metformin", "kind": "dietary"}
    assert counts(run([predict(3)], gold_of(label(3, intervention=diet)))) == (0, 1, 0)
    assert counts(run([predict(3)], gold_of(label(3, certainty="hypothesis")))) == (0, 1, 0)


def test_wrong_direction_is_a_wrong_field_and_no_triple() -> None:
    evaluation = run([predict(3, direction="increase")], gold_of(label(3, direction="decrease")))
    assert field_counts(evaluation, "direction") == (0, 1, 1)
    assert (counts(evaluation), counts(evaluation, "triple")) == ((1, 0, 0), (0, 1, 1))


def test_hedging_between_directions_with_mixed_or_unknown_earns_nothing() -> None:
    for vague in ("mixed", "unknown"):
        evaluation = run([predict(3, direction=vague)], gold_of(label(3, direction="decrease")))
        assert counts(evaluation, "triple") == (0, 1, 1)


def test_empty_run_scores_zero_in_every_measure_and_divides_by_nothing() -> None:
    abstract = scope(0, 9, "Abstract", covers=("claims", "entities"))
    scores = run([], gold_of(label(3, dose=DOSE), entity(300, 309, "CHEMICAL"), scopes=[abstract])).as_dict()
    for measured in (
        scores["all"]["claims"], scores["all"]["triple"], scores["all"]["end_to_end"]["dose"],
        scores["all"]["classes"]["direction=decrease"], *(scores["entities"][name]["all"] for name in MANNERS),
    ):  # fmt: skip
        assert (measured["precision"], measured["recall"], measured["f1"]) == (None, 0, 0)
    assert scores["all"]["fields"]["dose"]["f1"] is None


def test_perfect_run_scores_one_in_every_measure() -> None:
    abstract = scope(0, 9, "Abstract", covers=("claims", "entities"))
    gold = gold_of(label(3, dose=DOSE), label(4), entity(300, 309, "CHEMICAL"), scopes=[abstract])
    mention = {"doc_id": "doc", "start": 300, "end": 309, "label": "CHEMICAL", "text": "metformin"}
    scores = run([predict(3, dose=DOSE), predict(4)], gold, entities=[mention]).as_dict()
    measures = [*scores["all"]["fields"].values(), *scores["all"]["end_to_end"].values()]
    measures += [*scores["all"]["classes"].values(), scores["all"]["claims"], scores["all"]["triple"]]
    measures += [scores["entities"][name]["all"] for name in MANNERS]
    assert {measured["f1"] for measured in measures} == {None, 1}
    assert all(measured["f1"] == 1 for measured in measures if measured["tp"])


@pytest.mark.parametrize(
    ("name", "wanted", "found"),
    [
        ("dose", DOSE, {**DOSE, "text": "5 ug/kg", "unit": "ug/kg"}),
        ("dose", DOSE, {**DOSE, "text": "5 mg", "unit": "mg", "per": []}),
        ("dose", DOSE, {**DOSE, "text": "50 mg/kg", "low": 50, "high": 50}),
        ("dose", DOSE, {**DOSE, "text": "5-50 mg/kg", "high": 50}),
        ("effect", EFFECT, {**EFFECT, "text": "14", "value": 14}),
        ("effect", EFFECT, {**EFFECT, "unit": "d", "type": "difference"}),
        ("change_percent", EFFECT, {**EFFECT, "change_percent": 14}),
    ],
)
def test_wrong_unit_sign_or_range_is_a_wrong_field(name: str, wanted: Any, found: Any) -> None:
    """Wrong is both unfounded and missed, so that a guess never does better than saying nothing."""
    field = "effect" if name == "change_percent" else name
    assert field_counts(run([predict(3, **{field: wanted})], gold_of(label(3, **{field: wanted}))), name) == (1, 0, 0)
    assert field_counts(run([predict(3, **{field: found})], gold_of(label(3, **{field: wanted}))), name) == (0, 1, 1)


def test_dose_on_every_claim_costs_precision() -> None:
    gold = gold_of(label(0, dose=DOSE), label(1), label(2), label(3))
    assert field_counts(run([predict(sentence, dose=DOSE) for sentence in range(4)], gold), "dose") == (1, 3, 0)


def test_fields_of_claims_that_are_not_there_count_end_to_end() -> None:
    whole = run([predict(0, dose=DOSE), predict(5, dose=DOSE)], gold_of(label(0, dose=DOSE))).groups["all"].whole
    total = whole.total("dose")
    assert (total.tp, total.fp, total.fn) == (1, 1, 0)


@pytest.mark.parametrize(
    "stuffed", ["glucose and weight and sleep and lifespan", "blood glucose insulin ketones lipids"]
)
def test_words_added_to_an_outcome_do_not_catch_more(stuffed: str) -> None:
    assert counts(run([predict(3, "metformin", stuffed)], gold_of(label(3, "metformin", "glucose")))) == (0, 1, 1)


def test_several_drugs_in_one_name_match_none() -> None:
    assert counts(run([predict(3, "metformin or acarbose")], gold_of(label(3)))) == (0, 1, 1)


def test_claims_of_one_section_are_one_cluster_however_many_they_are() -> None:
    """Sentences of a section are not independent: a hundred of them in one section give no interval."""
    inside = [predict(sentence) for sentence in range(8)]
    assert run(inside, gold_of(*(label(sentence) for sentence in range(8)))).groups["all"].detection.interval(
        "claims"
    ) == {"precision": None, "recall": None, "f1": None}
    both = gold_of(*(label(sentence) for sentence in (*range(8), 10)))
    interval = run(inside, both).groups["all"].detection.interval("claims")["recall"]
    assert interval == (0.0, 1.0)
