"""Thresholds gate a run; what fell is named with its counts, and new errors come worst first."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.evaluation.gates import check_gate, error_keys, find_new_errors

from .cases import gold_of, label, predict, run


def write(folder: Path, text: str) -> Path:
    path = folder / "thresholds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_measure_below_its_threshold_fails_with_its_counts(tmp_path: Path) -> None:
    evaluation = run([predict(0), predict(5)], gold_of(label(0), label(1)))
    path = write(tmp_path, "[all.claims]\nprecision = 0.5\nrecall = 0.6\n[prose.fields.direction]\nf1 = 1.0\n")
    (failure,) = check_gate(evaluation, path)
    assert (failure.measure, failure.rate, failure.least, failure.found) == ("all.claims", "recall", 0.6, 0.5)
    assert str(failure) == "all.claims recall 0.500 is below 0.600 (tp 1, fp 1, fn 1)"


def test_empty_run_falls_and_absent_parts_are_passed_over(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "[prose.claims]\nprecision = 0.1\n[table.claims]\nf1 = 0.9\n[entities.strict.STRAIN]\nf1 = 0.9\n"
        '[all.classes."direction=mixed"]\nrecall = 0.5\n',
    )
    (failure,) = check_gate(run([], gold_of(label(0))), path)
    assert (failure.measure, failure.found) == ("prose.claims", None)
    assert "undefined" in str(failure)


@pytest.mark.parametrize(
    "text",
    [
        "[prose.claim]\nf1 = 1\n",
        "[nowhere.claims]\nf1 = 1\n",
        "[prose]\nf1 = 1\n",
        "[prose.claims]\nf1 = 2\n",
        "[prose.claims]\nrecal = 0.5\n",
        "not toml",
    ],
)
def test_mistaken_thresholds_are_an_error_not_a_pass(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError):
        check_gate(run([], gold_of(label(0))), write(tmp_path, text))


def test_missing_file_is_a_settings_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        check_gate(run([], gold_of()), tmp_path / "none.toml")


def test_new_errors_come_worst_first_and_known_ones_not_at_all() -> None:
    gold = gold_of(*(label(sentence) for sentence in range(5)))
    before = run([predict(0), predict(1), predict(2), predict(4)], gold)
    sex = {"text": "male", "value": "male"}
    after = run([predict(0, direction="increase"), predict(1, sex=sex), predict(7), predict(4)], gold)
    new = find_new_errors(after.reconciliation_rows(), error_keys(before.reconciliation_rows()))
    assert [row["status"] for _, row in new] == ["differing", "spurious", "missed", "differing"]
    assert [key.split(" ")[-1] for key in new[0][0]] == ["direction"]
    assert find_new_errors(after.reconciliation_rows(), error_keys(after.reconciliation_rows())) == []


def test_thresholds_of_the_project_name_measures_that_exist() -> None:
    path = Path(__file__).parents[2] / "corpus" / "gold" / "thresholds.toml"
    evaluation = run([predict(0)], gold_of(label(0)))
    check_gate(evaluation, path)
