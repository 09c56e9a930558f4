"""Two passes are compared over what both labelled, with F1 a field and kappa a class."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation.agreement import compare_passes, main, strip_readings
from pipeline.evaluation.gold import load_gold, save_gold
from pipeline.evaluation.lint import lint_gold

from .cases import entity, gold_of, label, scope

PASSES = Path(__file__).parents[2] / "corpus" / "gold" / "passes"


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


def test_plain_comparison_takes_first_readings_alone_and_counts_optional_claims() -> None:
    first = gold_of(label(0, alternatives=[{"direction": "no_change"}]), label(1, optional=True))
    second = gold_of(label(0, direction="no_change"))
    assert compare_passes(first, second).claims.detection.total("triple").f1 == 1
    total = compare_passes(strip_readings(first), strip_readings(second)).claims.detection.total("triple")
    assert (total.tp, total.fp, total.fn) == (0, 1, 2)


def test_command_prints_scores_and_writes_disagreements(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, gold in (("a", gold_of(label(0))), ("b", gold_of(label(0, direction="mixed")))):
        save_gold(gold, tmp_path / f"{name}.jsonl")
    out = tmp_path / "disagreements.jsonl"
    assert main([str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"), "--disagreements", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["claims"]["claims"]["f1"] == 1
    assert json.loads(out.read_text(encoding="utf-8"))["fields"] == {"direction": ["decrease", "mixed"]}


def test_summary_has_a_line_for_each_field_that_either_pass_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sides = gold_of(label(0), label(1), label(2)), gold_of(label(0), label(1, direction="mixed"))
    for name, gold in zip("ab", sides, strict=True):
        save_gold(gold, tmp_path / name)
    assert main([str(tmp_path / "a"), str(tmp_path / "b"), "--summary", "--plain"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == [
        "claims", "triple", "intervention", "outcome", "direction", "certainty", "role",
    ]  # fmt: skip
    assert lines[0] == ["claims", "F1", "0.800", "(2,", "1,", "0)"]
    assert lines[4] == ["direction", "F1", "0.500", "(1,", "1,", "1)", "kappa", "0.000"]


@pytest.mark.parametrize(
    ("part", "claims"),
    [
        pytest.param("papers", 369, marks=pytest.mark.slow),
        ("samples", 119),
        pytest.param("abstracts", 70, marks=pytest.mark.slow),
    ],
)
def test_kept_passes_agree_as_the_project_asks(part: str, claims: int) -> None:
    """At least 0.85 on drug, outcome and direction, before adjudication, with doubtful readings and without."""
    first, second = (load_gold(PASSES / name / f"{part}.jsonl") for name in ("first", "second"))
    agreement = compare_passes(first, second)
    assert agreement.claims.detection.total("claims").tp == claims
    for each in (agreement, compare_passes(strip_readings(first), strip_readings(second))):
        found = each.claims.detection.total("triple").f1
        assert found is not None and found >= 0.85
        assert all(kappa is not None and kappa >= 0.85 for kappa in each.kappa.values())


def test_kept_passes_hold_no_sentences() -> None:
    findings = [item for path in sorted(PASSES.glob("*/*.jsonl")) for item in lint_gold(load_gold(path))]
    assert [str(item) for item in findings if item.rule in ("sentence", "duplicate", "offsets")] == []
