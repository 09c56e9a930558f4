"""Decided claims become gold that the lint passes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.lint import lint_gold
from pipeline.evaluation.reconciliation import evaluate
from pipeline.review import import_answers, promote_decisions, read_sheet
from pipeline.review.exporting import write_review
from pipeline.settings import Settings
from pipeline.store import Store

from . import building
from .building import fill_sheet

FIRST, SECOND, THIRD = (item["claim_id"] for item in building.claims())


def judge(store: Store, folder: Path, answers: dict[str, dict[str, str]]) -> None:
    sheet = folder / "review" / "claims.csv"
    write_review(store, sheet.parent, settings=Settings())
    fill_sheet(sheet, answers)
    report = import_answers(store, read_sheet(sheet), path="claims.csv", imported_at="2026-11-21T12:00:00Z")
    assert report.failures == ()


@pytest.fixture
def judged(store: Store, tmp_path: Path) -> Store:
    """The store with one claim accepted, one corrected and one rejected."""
    judge(
        store,
        tmp_path,
        {
            FIRST: {"decision": "accepted"},
            SECOND: {"decision": "corrected", "new_dose": "300 mg/kg", "new_direction": "no_change"},
            THIRD: {"decision": "rejected"},
        },
    )
    return store


def test_accepted_and_corrected_claims_are_labels_and_rejected_ones_a_stretch_without(
    judged: Store, tmp_path: Path
) -> None:
    promotion = promote_decisions(judged, tmp_path / "gold.jsonl")
    assert (promotion.added, promotion.known, promotion.scopes, promotion.left_out) == (2, 0, 3, ())
    gold = load_gold(tmp_path / "gold.jsonl")
    assert lint_gold(gold, texts={building.SHA256: building.TEXT}) == []
    assert {(claim.intervention.name, claim.direction) for claim in gold.claims} == {
        ("acarbose", "increase"),
        ("metformin", "no_change"),
    }
    dose = next(claim.dose for claim in gold.claims if claim.intervention.name == "metformin")
    assert dose is not None
    assert (dose.low, dose.unit, building.TEXT[dose.start : dose.end]) == (300.0, "mg/kg", "300 mg/kg")


def test_the_gold_holds_no_sentence(judged: Store, tmp_path: Path) -> None:
    promote_decisions(judged, tmp_path / "gold.jsonl")
    text = (tmp_path / "gold.jsonl").read_text(encoding="utf-8")
    assert "extended median lifespan" not in text
    assert "lowered body weight" not in text


def test_the_evaluation_scores_with_it(judged: Store, tmp_path: Path) -> None:
    promote_decisions(judged, tmp_path / "gold.jsonl")
    result = next(judged.results())
    assert result.record is not None
    evaluation = evaluate(list(result.claims), [], [result.record], load_gold(tmp_path / "gold.jsonl"), split="dev")
    statuses = sorted(row["status"] for row in evaluation.reconciliation_rows())
    assert statuses == ["differing", "matched", "spurious"]


def test_twice_is_once(judged: Store, tmp_path: Path) -> None:
    promote_decisions(judged, tmp_path / "gold.jsonl")
    before = (tmp_path / "gold.jsonl").read_bytes()
    again = promote_decisions(judged, tmp_path / "gold.jsonl")
    assert (again.added, again.known, again.scopes) == (0, 2, 0)
    assert (tmp_path / "gold.jsonl").read_bytes() == before


def test_what_another_gold_file_labels_stays_out(judged: Store, tmp_path: Path) -> None:
    promote_decisions(judged, tmp_path / "gold.jsonl")
    (tmp_path / "both").mkdir()
    shutil.copy(tmp_path / "gold.jsonl", tmp_path / "both" / "first.jsonl")
    promotion = promote_decisions(judged, tmp_path / "both" / "second.jsonl")
    assert (promotion.added, len(promotion.left_out)) == (0, 3)


def test_a_sentence_with_a_claim_that_nobody_judged_stays_out(store: Store, tmp_path: Path) -> None:
    twin = building.claim("Acarbose at 1,000", "Acarbose", "lifespan")
    building.save(store, [*building.claims(), twin], make="2")
    judge(store, tmp_path, {FIRST: {"decision": "accepted"}, SECOND: {"decision": "accepted"}})
    promotion = promote_decisions(store, tmp_path / "gold.jsonl")
    assert promotion.added == 1
    assert promotion.left_out == ((FIRST, "1 claims of the same place are not judged"),)
