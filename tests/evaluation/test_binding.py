"""Bound fields: right where the gold has one, and attached where it has none."""

from __future__ import annotations

from pipeline.evaluation.binding import measure_binding

from .cases import gold_of, label, predict, run

DOSE = {"text": "5 mg/kg", "low": 5, "high": 5, "unit": "mg/kg", "per": ["body weight"]}


def test_right_wrong_missing_and_attached_doses_are_told_apart() -> None:
    gold = gold_of(label(0, dose=DOSE), label(1, dose=DOSE), label(2, dose=DOSE), label(3), label(4))
    other = {**DOSE, "low": 9, "high": 9}
    predicted = [predict(0, dose=DOSE), predict(1, dose=other), predict(2), predict(3, dose=DOSE), predict(4)]
    binding = measure_binding(run(predicted, gold).matching.pairs, "dose")
    assert (binding.stated, binding.right, binding.wrong) == (3, 1, 1)
    assert (binding.unstated, binding.attached) == (2, 1)
    assert "0.333 (1 of 3, 1 wrong)" in binding.describe() and "0.500 (1 of 2)" in binding.describe()


def test_unmatched_claims_do_not_count() -> None:
    binding = measure_binding(run([predict(7, dose=DOSE)], gold_of(label(0))).matching.pairs, "dose")
    assert (binding.stated, binding.unstated) == (0, 0)
    assert "-" in binding.describe()
