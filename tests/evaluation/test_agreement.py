"""Two passes are compared over what both labelled, with F1 a field and kappa a class."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation.agreement import compare_passes, main
from pipeline.evaluation.gold import save_gold

from .cases import entity, gold_of, label, scope


def test_worked_example() -> None:
    """Four claims in common, one with another direction; one more in the first, two more in the second."""
    common = [label(sentence, direction="decrease" if sentence % 2 else "increase") for sentence in range(4)]
    first = gold_of(*common, label(5))
    second = gold_of(*common[:3], label(3, direction="increase"), label(6), label(7))
    scores = compare_passes(first, second).as_dict()
    assert {key: scores["claims"]["claims"][key] for key in ("tp", "fp", "fn")} == {"tp": 4, "fp": 2, "fn": 1}
    assert scores["claims"]["triple"]["f1"] == pytest.approx(2 * 3 / 11, abs=1e-4)
    assert scores["kappa"]["direction"] == pytest.approx((3 / 4 - 1 / 2) / (1 - 1 / 2))
    assert scores["kappa"]["certainty"] is None


def test_agreement_is_the_same_both_ways() -> None:
    first, second = gold_of(label(0), label(1)), gold_of(label(1, direction="mixed"), label(2))
    one, other = compare_passes(first, second), compare_passes(second, first)
    assert one.claims.detection.total("triple").f1 == other.claims.detection.total("triple").f1
    assert one.kappa == other.kappa


def test_alternative_of_either_pass_is_agreement() -> None:
    either = label(0, direction="decrease", alternatives=[{"direction": "no_change"}])
    plain = label(0, direction="no_change")
    for first, second in [(either, plain), (plain, either)]:
        assert compare_passes(gold_of(first), gold_of(second)).claims.detection.total("triple").f1 == 1


def test_only_what_both_labelled_is_compared() -> None:
    first = gold_of(label(0), label(15))
    second = gold_of(label(0), scopes=[scope(0, 9, "Results")])
    assert compare_passes(first, second).claims.detection.total("claims").f1 == 1


def test_optional_claims_and_hypotheses_of_one_pass_are_no_disagreement() -> None:
    first = gold_of(label(0), label(1, optional=True), label(2, certainty="hypothesis"))
    agreement = compare_passes(first, gold_of(label(0)))
    assert agreement.claims.detection.total("claims").f1 == 1
    assert agreement.disagreements() == []


def test_disagreements_name_the_fields_and_both_values() -> None:
    dose: dict[str, Any] = {"text": "5 mg", "low": 5, "high": 5, "unit": "mg"}
    rows = compare_passes(gold_of(label(0, dose=dose), label(1)), gold_of(label(0), label(2))).disagreements()
    assert [row["status"] for row in rows] == ["differing", "first only", "second only"]
    assert rows[0]["fields"] == {"dose": ["5 mg (low=5.0, high=5.0, unit=mg)", None]}


def test_entities_are_compared_in_the_common_stretch_and_labels() -> None:
    wide = scope(0, 9, "Abstract", covers=("claims", "entities"))
    narrow = scope(0, 4, "Abstract", covers=("claims", "entities"), labels=["CHEMICAL"])
    first = gold_of(entity(0, 5, "CHEMICAL"), entity(10, 15, "GENE"), entity(700, 705, "CHEMICAL"), scopes=[wide])
    second = gold_of(entity(0, 5, "CHEMICAL"), entity(20, 25, "CHEMICAL"), scopes=[narrow])
    strict = compare_passes(first, second).as_dict()["entities"]["strict"]["all"]
    assert {key: strict[key] for key in ("tp", "fp", "fn")} == {"tp": 1, "fp": 1, "fn": 0}


def test_command_prints_scores_and_writes_disagreements(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, gold in (("a", gold_of(label(0))), ("b", gold_of(label(0, direction="mixed")))):
        save_gold(gold, tmp_path / f"{name}.jsonl")
    out = tmp_path / "disagreements.jsonl"
    assert main([str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), "--disagreements", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["claims"]["claims"]["f1"] == 1
    assert json.loads(out.read_text(encoding="utf-8"))["fields"] == {"direction": ["decrease", "mixed"]}
