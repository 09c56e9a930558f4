"""A run is compared with the last accepted one: new errors worst first, test errors only as a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.evaluation.accepted import (
    Accepted,
    accept_run,
    compare_errors,
    load_accepted,
    note_rates,
    save_accepted,
)
from pipeline.evaluation.gates import check_gate, gated_rates

from .cases import gold_of, label, predict, run

GOLD = gold_of(*(label(sentence) for sentence in (0, 1, 2, 3, 10, 11)))
GOOD = [predict(sentence) for sentence in (0, 1, 2, 10, 11)]


def accepted_of(predicted: list[dict[str, object]]) -> Accepted:
    return accept_run(run(predicted, GOLD), {}, before=None)


def test_accepted_run_has_no_new_errors_against_itself() -> None:
    new = compare_errors(run(GOOD, GOLD), accepted_of(GOOD))
    assert (new.shown, new.hidden, new.fixed, new.unknown) == ((), 0, 0, ())


def test_new_errors_are_told_worst_first_with_both_values() -> None:
    sex = {"text": "male", "value": "male"}
    worse = [predict(0, direction="increase"), predict(1, sex=sex), predict(7), predict(10), predict(11)]
    lines = compare_errors(run(worse, GOLD), accepted_of(GOOD)).lines()
    assert lines[0] == "against the accepted run: claims with new errors 4, errors gone 0"
    assert lines[1].strip().startswith("wrong paper.txt@0 ") and "'increase', gold 'decrease'" in lines[1]
    assert [line.split()[0] for line in lines[2:]] == ["spurious", "missed", "wrong"]
    assert "no claim was labelled here" in lines[2]


def test_errors_of_the_test_part_are_counted_and_never_shown() -> None:
    worse = [*GOOD[:3], predict(10, direction="increase"), predict(15)]
    new = compare_errors(run(worse, GOLD), accepted_of(GOOD))
    assert (new.shown, new.hidden) == ((), 3)
    assert "@1" not in "\n".join(new.lines()) and "3 of the test part, not shown" in "\n".join(new.lines())


def test_mended_errors_are_counted() -> None:
    assert compare_errors(run([*GOOD, predict(3)], GOLD), accepted_of(GOOD)).fixed == 1


def test_same_spurious_claim_with_another_arm_or_direction_is_no_new_one() -> None:
    before = accepted_of([*GOOD, predict(7)])
    again = {**predict(7, direction="increase"), "claim_id": "another"}
    assert compare_errors(run([*GOOD, again], GOLD), before).shown == ()


def test_document_that_was_not_accepted_yet_is_not_compared() -> None:
    new = compare_errors(run([], GOLD), Accepted({"other.txt": ()}))
    assert (new.shown, new.unknown) == ((), ("paper.txt",))
    assert new.lines()[-1].endswith("not compared: 1")


def test_accepting_keeps_the_documents_that_this_run_does_not_hold(tmp_path: Path) -> None:
    accepted = accept_run(run(GOOD, GOLD), {"all.claims f1": 0.9}, before=Accepted({"other.txt": ("missed x",)}))
    path = tmp_path / "accepted.json"
    save_accepted(accepted, path)
    assert load_accepted(path) == accepted
    assert set(accepted.documents) == {"other.txt", "paper.txt"}
    assert len(accepted.documents["paper.txt"]) == 1
    first = path.read_bytes()
    save_accepted(accepted, path)
    assert path.read_bytes() == first


def test_accepted_file_holds_no_words_of_a_claim(tmp_path: Path) -> None:
    save_accepted(accepted_of([predict(0, "acarbose", "fasting glucose"), predict(7)]), tmp_path / "accepted.json")
    text = (tmp_path / "accepted.json").read_text(encoding="utf-8")
    assert not any(word in text for word in ("acarbose", "metformin", "glucose"))


def test_one_split_cannot_be_accepted_and_a_foreign_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="split"):
        accept_run(run(GOOD, GOLD, split="dev"), {}, before=None)
    assert load_accepted(tmp_path / "none.json") is None
    (tmp_path / "wrong.json").write_text("[]")
    with pytest.raises(SettingsError, match="accepted run"):
        load_accepted(tmp_path / "wrong.json")


def test_what_fell_is_told_with_the_accepted_rate(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text("[all.claims]\nrecall = 0.8\n")
    before = accept_run(run(GOOD, GOLD), gated_rates(run(GOOD, GOLD), path), before=None)
    (line,) = note_rates(check_gate(run(GOOD[:2], GOLD), path), before)
    assert line == "all.claims recall 0.333 is below 0.800 (tp 2, fp 0, fn 4); accepted run 0.833"
