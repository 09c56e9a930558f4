"""Every claim of either side comes out once, with its status, both values and the reason."""

from __future__ import annotations

import json
from typing import Any

from pipeline.evaluation.gold import Gold
from pipeline.evaluation.reconciliation import STATUSES, evaluate

from .cases import DOCUMENT, SHA, counts, gold_of, label, predict, run, scope

DOSE = {"text": "5 mg/kg", "low": 5, "high": 5, "unit": "mg/kg"}


def statuses(rows: list[dict[str, Any]]) -> list[str]:
    return [row["status"] for row in rows]


def test_each_status_once() -> None:
    gold = gold_of(label(0), label(1, dose=DOSE), label(2))
    predicted = [predict(0), predict(1, dose={**DOSE, "low": 50, "high": 50}), predict(5), predict(40)]
    rows = run(predicted, gold).reconciliation_rows()
    assert statuses(rows) == ["matched", "differing", "missed", "spurious", "unjudged"]
    differing = rows[1]
    assert differing["differs"] == "dose"
    assert (differing["dose_predicted"], differing["dose_gold"]) == (
        "5 mg/kg (low=50, high=50, unit=mg/kg)",
        "5 mg/kg (low=5.0, high=5.0, unit=mg/kg)",
    )
    assert (rows[4]["reason"], rows[4]["counted"]) == ("outside the labelled parts", False)


def test_unlabelled_parts_never_count_as_wrong() -> None:
    evaluation = run([predict(0), predict(40), predict(41)], gold_of(label(0)))
    assert counts(evaluation) == (1, 0, 0)


def test_prediction_that_reaches_into_a_labelled_part_is_judged() -> None:
    """Evidence stretched beyond the labelled part is no way out of it."""
    evaluation = run([predict(0, spans=[(500, 9000)])], gold_of())
    assert counts(evaluation) == (0, 1, 0)


def test_reasons_of_spurious_claims() -> None:
    gold = gold_of(label(1))
    predicted = [predict(0), predict(1, "acarbose"), predict(1, "metformin", "sleep"), predict(1), predict(1)]
    predicted.append(predict(1, spans=[(100, 900)]))
    rows = run(predicted, gold).reconciliation_rows()
    assert sorted(row["reason"] for row in rows if row["status"] == "spurious") == [
        "another drug was labelled here",
        "another outcome was labelled here",
        "its evidence is longer or shorter than the labelled one",
        "no claim was labelled here",
        "this claim is already matched",
    ]


def test_rows_and_scores_add_up() -> None:
    gold = gold_of(label(0), label(1), label(2, optional=True), label(3, certainty="hypothesis"))
    evaluation = run([predict(0), predict(2), predict(3), predict(4, certainty="hypothesis")], gold)
    rows = evaluation.reconciliation_rows()
    counted = [row for row in rows if row["counted"]]
    tp, fp, fn = counts(evaluation)
    assert (tp, fp, fn) == (1, 1, 1)
    assert len(counted) == tp + fp + fn
    assert evaluation.as_dict()["statuses"] == {name: statuses(rows).count(name) for name in STATUSES}


def test_splits_are_scored_apart_and_the_other_part_is_unjudged() -> None:
    gold = gold_of(label(0), label(10), label(11))
    predicted = [predict(0), predict(10), predict(12)]
    assert counts(run(predicted, gold, split="dev")) == (1, 0, 0)
    assert counts(run(predicted, gold, split="test")) == (1, 1, 1)
    assert counts(run(predicted, gold)) == (2, 1, 1)
    assert statuses(run(predicted, gold, split="dev").reconciliation_rows()) == ["matched", "unjudged", "unjudged"]


def test_table_rows_are_matched_row_by_row_and_scored_apart_from_prose() -> None:
    table = scope(30, 39, "Table 1", covers=("tables",), table="1")
    gold = gold_of(label(30, table="1", row=0), label(31, table="1", row=1), label(0), scopes=[scope(0, 9, "R"), table])
    predicted = [predict(30, table="1", row=0), predict(32, table="1", row=2), predict(0)]
    evaluation = run(predicted, gold)
    assert counts(evaluation, group="table") == (1, 1, 1)
    assert counts(evaluation, group="prose") == (1, 0, 0)


def test_several_effects_of_one_row_are_told_apart_by_their_value() -> None:
    table = scope(30, 39, "Table 1", covers=("tables",), table="1")

    def effect(value: float) -> dict[str, Any]:
        return {"text": f"{value:g}", "value": value, "unit": "%", "type": "percent_change", "change_percent": value}

    values = (5.7, 6.1, 5.5)
    gold = gold_of(*(label(30, table="1", row=0, effect=effect(value)) for value in values), scopes=[table])
    predicted = [predict(30, table="1", row=0, effect=effect(value)) for value in reversed(values)]
    assert statuses(run(predicted, gold).reconciliation_rows()) == ["matched"] * 3


def test_document_that_was_not_processed_does_not_count_and_is_named() -> None:
    evaluation = evaluate([], [], [], gold_of(label(0)))
    assert counts(evaluation) == (0, 0, 0)
    assert evaluation.absent == ("paper.txt",)


def test_failed_document_counts_as_missed() -> None:
    failed = {**DOCUMENT, "status": "failed", "text_sha256": "e" * 64}
    assert counts(evaluate([], [], [failed], gold_of(label(0)))) == (0, 0, 1)


def test_other_text_of_the_same_file_is_named_and_not_scored() -> None:
    moved = {**DOCUMENT, "text_sha256": "e" * 64}
    evaluation = evaluate([predict(0)], [], [moved], gold_of(label(0)))
    assert evaluation.misaligned == ("paper.txt",)
    assert counts(evaluation) == (0, 0, 0)


def test_second_copy_of_a_file_is_not_judged_again() -> None:
    copy = {**DOCUMENT, "doc_id": "copy"}
    claims = [predict(0), {**predict(0), "doc_id": "copy"}]
    assert counts(evaluate(claims, [], [DOCUMENT, copy], gold_of(label(0)))) == (1, 0, 0)


def test_result_is_plain_and_the_same_each_time() -> None:
    gold = gold_of(label(0, dose=DOSE), label(1), label(10))
    first, second = (run([predict(0), predict(10)], gold) for _ in range(2))
    assert json.dumps(first.as_dict()) == json.dumps(second.as_dict())
    assert json.dumps(first.reconciliation_rows()) == json.dumps(second.reconciliation_rows())
    assert all(not isinstance(value, dict | list) for row in first.reconciliation_rows() for value in row.values())
    assert list(first.as_dict()["documents"]) == ["paper.txt"]
    assert first.summary_lines()[0] == "split all: 1 matched, 1 differing, 1 missed, 0 spurious, 0 unjudged"


def test_gold_without_labels_judges_nothing() -> None:
    evaluation = run([predict(0)], Gold())
    assert statuses(evaluation.reconciliation_rows()) == ["unjudged"]
    assert SHA not in evaluation.by_document
