"""The sheet: out to a spreadsheet, back with decisions, and shown in exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import SettingsError
from pipeline.line import export_store
from pipeline.review import ImportReport, import_answers, read_sheet
from pipeline.review.exporting import write_review
from pipeline.settings import Settings
from pipeline.store import Store

from . import building
from .building import fill_sheet, read_rows

FIRST, SECOND, THIRD = (item["claim_id"] for item in building.claims())
NOW = "2026-11-21T12:00:00Z"


def answer(store: Store, folder: Path, answers: dict[str, dict[str, str]], **options: Any) -> ImportReport:
    sheet = folder / "review" / "claims.csv"
    write_review(store, sheet.parent, settings=Settings())
    fill_sheet(sheet, answers, **options)
    return import_answers(store, read_sheet(sheet), path="claims.csv", imported_at=NOW)


def exported(store: Store, folder: Path, **options: Any) -> dict[str, dict[str, str]]:
    export_store(store, folder / "out.csv", format="csv", settings=Settings(), **options)
    return {row["claim_id"]: row for row in read_rows(folder / "out.csv")}


def test_the_sheet_shows_each_claim_with_empty_cells_beside_its_fields(store: Store, tmp_path: Path) -> None:
    assert write_review(store, tmp_path / "review", settings=Settings()) == 3
    rows = read_rows(tmp_path / "review" / "claims.csv")
    assert [row["claim"] for row in rows] == [f"claim-{claim_id}" for claim_id in (FIRST, SECOND, THIRD)]
    assert rows[0]["evidence"].startswith("Acarbose at 1,000 ppm")
    assert rows[0]["evidence"] in rows[0]["context"] and len(rows[0]["context"]) > len(rows[0]["evidence"])
    assert rows[0]["dose"] == "1,000 ppm → low 1000, high 1000, unit [ppm], per diet"
    assert rows[0]["intervention"] == "acarbose"
    assert {rows[0][name] for name in ("decision", "who", "when", "why", "new_dose", "new_other")} == {""}


def test_decisions_show_in_the_export(store: Store, tmp_path: Path) -> None:
    report = answer(
        store,
        tmp_path,
        {
            FIRST: {"decision": "accepted", "who": "Ada", "when": "2026-11-20"},
            SECOND: {"decision": "corrected", "new_direction": "no_change", "why": "within the error"},
            THIRD: {"decision": "rejected"},
        },
    )
    assert (report.added, report.failures) == (3, ())
    rows = exported(store, tmp_path)
    assert set(rows) == {FIRST, SECOND}
    assert (rows[FIRST]["decision"], rows[FIRST]["decided_by"], rows[FIRST]["decided_at"]) == (
        "accepted",
        "Ada",
        "2026-11-20",
    )
    assert rows[FIRST]["extracted"] == ""
    second = rows[SECOND]
    assert (second["direction"], second["decision_why"], second["decided_at"]) == ("no_change", "within the error", NOW)
    assert json.loads(second["extracted"]) == {"direction": "decrease"}
    assert set(exported(store, tmp_path, include_rejected=True)) == {FIRST, SECOND, THIRD}


def test_the_same_sheet_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    answers = {FIRST: {"decision": "accepted"}, SECOND: {"decision": "rejected", "when": "2026-11-20"}}
    assert answer(store, tmp_path, answers).added == 2
    before = store.decisions()
    again = import_answers(
        store, read_sheet(tmp_path / "review" / "claims.csv"), path="claims.csv", imported_at="2026-12-01T00:00:00Z"
    )
    assert (again.added, again.known) == (0, 2)
    assert store.decisions() == before


def test_the_latest_decision_of_a_claim_holds(store: Store, tmp_path: Path) -> None:
    answer(store, tmp_path, {FIRST: {"decision": "rejected", "when": "2026-11-20"}})
    answer(store, tmp_path, {FIRST: {"decision": "accepted", "when": "2026-11-21"}})
    answer(store, tmp_path, {FIRST: {"decision": "rejected", "when": "2026-11-19"}})
    assert exported(store, tmp_path)[FIRST]["decision"] == "accepted"


def test_a_bad_row_is_recorded_and_the_rest_is_taken(store: Store, tmp_path: Path) -> None:
    report = answer(
        store,
        tmp_path,
        {
            FIRST: {"decision": "perhaps"},
            SECOND: {"decision": "corrected", "new_direction": "sideways"},
            THIRD: {"decision": "accepted"},
        },
    )
    assert report.added == 1
    assert [failure.cause for failure in report.failures] == [
        "row 2: 'perhaps' is no decision: expected accepted, corrected or rejected",
        "row 3: 'sideways' is no direction: expected one of increase, decrease, no_change, mixed, unknown",
    ]
    assert [(record["path"], record["stage"]) for record in store.path_failures()] == [("claims.csv", "review")] * 2
    answer(store, tmp_path, {FIRST: {"decision": "accepted"}})
    assert store.path_failures() == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_is_read(store: Store, tmp_path: Path, delimiter: str) -> None:
    report = answer(store, tmp_path, {FIRST: {"decision": " Accepted "}}, delimiter=delimiter)
    assert (report.added, report.unanswered) == (1, 2)


def test_a_cell_that_begins_like_a_formula_is_escaped_and_comes_back(store: Store, tmp_path: Path) -> None:
    text = building.TEXT.replace("Metformin lowered", "=Metformin lowered")
    building.save(store, [building.claim("=Metformin", "Metformin", "body weight", text=text)], make="2", text=text)
    claim_id = next(store.results()).claims[0]["claim_id"]
    report = answer(store, tmp_path, {claim_id: {"decision": "accepted", "why": "'=1+1"}})
    assert (tmp_path / "review" / "claims.csv").read_text(encoding="utf-8").count("'=Metformin") == 1
    assert report.added == 1
    assert store.decisions()[0].why == "=1+1"


def test_a_claim_that_the_store_does_not_hold_is_a_failure(store: Store, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"claim,decision\n{'0' * 20},accepted\nnonsense,accepted\n{FIRST},accepted\n", encoding="utf-8")
    report = import_answers(store, read_sheet(sheet), path="sheet.csv", imported_at=NOW)
    assert (report.added, len(report.failures)) == (1, 2)


def test_another_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="no columns claim and decision"):
        read_sheet(tmp_path / "other.csv")
