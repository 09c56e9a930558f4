"""Decisions outlive the extraction they were made on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.review import Orphan, import_answers, list_orphans, map_decisions, read_sheet
from pipeline.review.exporting import write_review
from pipeline.settings import Settings
from pipeline.store import Store

from . import building
from .building import claim, fill_sheet, ppm

FIRST, SECOND, THIRD = (item["claim_id"] for item in building.claims())


def judge(store: Store, folder: Path, answers: dict[str, dict[str, str]]) -> None:
    sheet = folder / "review" / "claims.csv"
    write_review(store, sheet.parent, settings=Settings())
    fill_sheet(sheet, answers)
    report = import_answers(store, read_sheet(sheet), path="claims.csv", imported_at="2026-11-21T12:00:00Z")
    assert report.failures == ()


def again(store: Store, records: list[dict[str, Any]], text: str = building.TEXT) -> None:
    """Extract the paper with another make."""
    building.save(store, records, make="2", text=text)


def orphans(store: Store) -> dict[str, Orphan]:
    return {orphan.decision.claim_id: orphan for orphan in list_orphans(store)}


def test_an_unchanged_claim_keeps_its_decision(store: Store, tmp_path: Path) -> None:
    judge(store, tmp_path, {FIRST: {"decision": "accepted"}})
    again(store, building.claims())
    found = map_decisions(store)
    assert set(found) == {FIRST}
    assert (found[FIRST]["decision"], found[FIRST]["moved"]) == ("accepted", False)


def test_a_claim_with_another_id_takes_the_decision_of_its_place_and_assertion(store: Store, tmp_path: Path) -> None:
    judge(store, tmp_path, {FIRST: {"decision": "corrected", "new_direction": "mixed"}})
    first, *others = building.claims(claim_id="a" * 20)
    again(store, [{**first, "outcome": {**first["outcome"], "name": "lifespan"}}, *others])
    found = map_decisions(store)
    assert set(found) == {"a" * 20}
    assert found["a" * 20]["moved"]
    assert found["a" * 20]["values"] == {"direction": "mixed"}


def test_a_correction_finds_the_claim_that_says_it_now(store: Store, tmp_path: Path) -> None:
    judge(store, tmp_path, {SECOND: {"decision": "corrected", "new_direction": "no_change"}})
    first, _, third = building.claims()
    mended = claim("Metformin lowered", "Metformin", "body weight", "no_change")
    again(store, [first, mended, third])
    assert set(map_decisions(store)) == {mended["claim_id"]}
    assert orphans(store) == {}


def test_a_rejected_claim_that_is_mended_is_not_rejected_again(store: Store, tmp_path: Path) -> None:
    judge(store, tmp_path, {SECOND: {"decision": "rejected", "why": "wrong direction"}})
    first, _, third = building.claims()
    again(store, [first, claim("Metformin lowered", "Metformin", "body weight", "no_change"), third])
    assert map_decisions(store) == {}
    assert "body weight: no_change" in orphans(store)[SECOND].reason


def test_a_claim_that_is_gone_leaves_an_orphan(store: Store, tmp_path: Path) -> None:
    judge(store, tmp_path, {SECOND: {"decision": "accepted"}})
    first, _, third = building.claims()
    again(store, [first, third])
    assert map_decisions(store) == {}
    assert orphans(store)[SECOND].reason == "no claim stands in its place now"
    again_made = building.claims()
    building.save(store, again_made, make="3")
    assert set(map_decisions(store)) == {SECOND}


def test_of_two_arms_in_one_place_the_nearest_takes_it(store: Store, tmp_path: Path) -> None:
    judge(store, tmp_path, {FIRST: {"decision": "rejected"}})
    low = claim("Acarbose at 1,000", "Acarbose", "median lifespan", claim_id="1" * 20)
    high = claim("Acarbose at 1,000", "Acarbose", "median lifespan", claim_id="2" * 20, dose=ppm("1,000 ppm", 1000.0))
    again(store, [low, high])
    assert set(map_decisions(store)) == {"2" * 20}


def test_two_claims_that_fit_alike_leave_an_orphan(store: Store, tmp_path: Path) -> None:
    judge(store, tmp_path, {FIRST: {"decision": "rejected"}})
    twins = [claim("Acarbose at 1,000", "Acarbose", "median lifespan", claim_id=digit * 20) for digit in "12"]
    again(store, twins)
    assert map_decisions(store) == {}
    assert orphans(store)[FIRST].reason == "2 claims fit it equally well"


def test_a_field_read_otherwise_now_is_told(store: Store, tmp_path: Path) -> None:
    judge(store, tmp_path, {FIRST: {"decision": "accepted"}})
    again(store, building.claims(dose=ppm("1,000 ppm", 1.0)))
    assert map_decisions(store)[FIRST]["outdated"] == ["dose"]


def test_another_reading_of_the_same_file_keeps_decisions_at_their_new_places(store: Store, tmp_path: Path) -> None:
    judge(
        store,
        tmp_path,
        {
            FIRST: {"decision": "corrected", "new_outcome": "lifespan"},
            THIRD: {"decision": "rejected"},
        },
    )
    text = "A title page\n\n" + building.TEXT.replace("by 22 % in male mice", "by 22 %\nin male mice")
    moved = building.claims(text)
    again(store, moved, text)
    found = map_decisions(store)
    assert set(found) == {moved[0]["claim_id"], moved[2]["claim_id"]}
    outcome = found[moved[0]["claim_id"]]["values"]["outcome"]
    assert outcome["start"] == text.index("lifespan by 22 %")
    assert text[outcome["start"] : outcome["end"]] == outcome["text"]


def test_a_sentence_that_stands_twice_is_told_apart_by_its_neighbours(store: Store, tmp_path: Path) -> None:
    line = "Acarbose at 400 ppm extended median lifespan by 8 % in male mice."
    text = building.TEXT + "\nIn conclusion we find this. " + line + " Further work is needed.\n"
    judge(store, tmp_path, {THIRD: {"decision": "rejected"}})
    shifted = "A title page\n\n" + text
    one = claim("Acarbose at 400", "Acarbose", "median lifespan", text=shifted, claim_id="1" * 20)
    cut = shifted.rindex("Acarbose at 400")
    other = claim("Acarbose at 400", "Acarbose", "median lifespan", text=shifted[cut:], claim_id="2" * 20)
    other["evidence"]["spans"] = [[start + cut, end + cut] for start, end in other["evidence"]["spans"]]
    for name in ("intervention", "outcome"):
        other[name] = {**other[name], "start": other[name]["start"] + cut, "end": other[name]["end"] + cut}
    again(store, [one, other], shifted)
    assert set(map_decisions(store)) == {"1" * 20}


def test_a_later_decision_on_the_new_claim_replaces_the_old_one(store: Store, tmp_path: Path) -> None:
    judge(store, tmp_path, {FIRST: {"decision": "rejected"}})
    again(store, building.claims(claim_id="a" * 20))
    judge(store, tmp_path, {"a" * 20: {"decision": "accepted"}})
    assert map_decisions(store)["a" * 20]["decision"] == "accepted"
    assert orphans(store) == {}
