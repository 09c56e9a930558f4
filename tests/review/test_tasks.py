"""Label Studio: tasks with predictions out, exported annotations back."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from pipeline.review import ImportReport, import_answers, read_answers
from pipeline.review.exporting import write_review
from pipeline.settings import Settings
from pipeline.store import Store

from . import building

FIRST, SECOND, THIRD = (item["claim_id"] for item in building.claims())


def tasks_of(store: Store, folder: Path) -> list[dict[str, Any]]:
    write_review(store, folder / "review", settings=Settings())
    tasks: list[dict[str, Any]] = json.loads((folder / "review" / "tasks.json").read_text(encoding="utf-8"))
    return tasks


def choose(annotation: list[dict[str, Any]], name: str, value: str) -> None:
    kept = [item for item in annotation if item.get("from_name") != name]
    added = {"id": "x", "from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [value]}}
    annotation[:] = [*kept, added]


def write(annotation: list[dict[str, Any]], name: str, *lines: str) -> None:
    value = {"text": list(lines)}
    annotation.append({"id": "y", "from_name": name, "to_name": "text", "type": "textarea", "value": value})


def region(annotation: list[dict[str, Any]], label: str) -> dict[str, Any]:
    return next(item["value"] for item in annotation if item["type"] == "labels" and item["value"]["labels"] == [label])


def annotate(task: dict[str, Any], change: Any, **fields: Any) -> dict[str, Any]:
    """Return a task as Label Studio exports it after somebody changed a copy of its prediction."""
    result = copy.deepcopy(task["predictions"][0]["result"])
    change(result)
    annotation = {
        "id": 7,
        "completed_by": {"id": 1, "email": "ada@example.org", "first_name": "", "last_name": ""},
        "result": result,
        "was_cancelled": False,
        "created_at": "2026-11-20T10:00:00.000000Z",
        "updated_at": "2026-11-20T11:30:00.123456Z",
        **fields,
    }
    return {"id": 3, "data": task["data"], "annotations": [annotation], "predictions": task["predictions"]}


def bring_back(store: Store, folder: Path, tasks: list[Any]) -> ImportReport:
    path = folder / "project.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return import_answers(store, read_answers(path), path="project.json", imported_at="2026-11-21T12:00:00Z")


def test_a_task_shows_the_paragraph_with_every_field_at_its_place(store: Store, tmp_path: Path) -> None:
    task = tasks_of(store, tmp_path)[0]
    data, prediction = task["data"], task["predictions"][0]
    for item in prediction["result"]:
        if item["type"] == "labels":
            value = item["value"]
            assert data["text"][value["start"] : value["end"]] == value["text"]
    labels = {item["value"]["labels"][0] for item in prediction["result"] if item["type"] == "labels"}
    assert labels == {"INTERVENTION", "OUTCOME", "DOSE", "SPECIES"}
    assert region(prediction["result"], "DOSE")["text"] == "1,000 ppm"
    ids = {item["id"] for item in prediction["result"] if "id" in item}
    relations = [item for item in prediction["result"] if item["type"] == "relation"]
    assert {(item["from_id"] in ids, item["to_id"] in ids) for item in relations} == {(True, True)}
    assert "score" not in prediction


def test_a_calibrated_confidence_is_the_score(store: Store, tmp_path: Path) -> None:
    building.save(store, building.claims(confidence=0.83), make="2")
    prediction = tasks_of(store, tmp_path)[0]["predictions"][0]
    assert prediction["score"] == 0.83
    assert all(item["score"] == 0.83 for item in prediction["result"] if item["type"] != "relation")


def test_the_configuration_has_a_control_for_every_result(store: Store, tmp_path: Path) -> None:
    tasks = tasks_of(store, tmp_path)
    root = ElementTree.fromstring((tmp_path / "review" / "config.xml").read_text(encoding="utf-8"))
    controls = {element.get("name"): element for element in root if element.get("toName")}
    shown = {element.get("value", "").lstrip("$") for element in root if element.get("value", "").startswith("$")}
    for task in tasks:
        assert shown <= set(task["data"])
        for item in task["predictions"][0]["result"]:
            if item["type"] != "relation":
                values = {option.get("value") for option in controls[item["from_name"]]}
                assert set(item["value"].get("labels", item["value"].get("choices"))) <= values


def test_an_answer_is_what_differs_from_the_prediction(store: Store, tmp_path: Path) -> None:
    first, second, third = tasks_of(store, tmp_path)

    def correct(result: list[dict[str, Any]]) -> None:
        value = region(result, "DOSE")
        value["start"], value["end"], value["text"] = value["start"], value["start"] + 5, "1,000"
        choose(result, "direction", "mixed")
        choose(result, "decision", "corrected")
        write(result, "corrections", "dose_low=1000", "dose_unit=ppm")
        write(result, "why", "reads so")

    tasks = [
        annotate(first, correct),
        annotate(second, lambda result: choose(result, "decision", "rejected"), completed_by=4),
        {**third, "annotations": []},
    ]
    report = bring_back(store, tmp_path, tasks)
    assert (report.added, report.unanswered, report.failures) == (2, 1, ())
    decisions = {decision.claim_id: decision for decision in store.decisions()}
    corrected, rejected = decisions[FIRST], decisions[SECOND]
    assert corrected.values["direction"] == "mixed"
    dose = corrected.values["dose"]
    assert (dose["text"], dose["low"], dose["unit"]) == ("1,000", 1000.0, "[ppm]")
    assert building.TEXT[dose["start"] : dose["end"]] == "1,000"
    assert set(corrected.values) == {"direction", "dose"}
    assert (corrected.decided_by, corrected.decided_at, corrected.why) == (
        "ada@example.org",
        "2026-11-20T11:30:00Z",
        "reads so",
    )
    assert (rejected.verdict, rejected.decided_by) == ("rejected", "Label Studio user 4")
    assert bring_back(store, tmp_path, tasks).added == 0


def test_a_region_taken_away_takes_the_field_away(store: Store, tmp_path: Path) -> None:
    def remove(result: list[dict[str, Any]]) -> None:
        result[:] = [item for item in result if item.get("value", {}).get("labels") != ["SPECIES"]]
        choose(result, "decision", "corrected")

    report = bring_back(store, tmp_path, [annotate(tasks_of(store, tmp_path)[0], remove)])
    assert report.failures == ()
    assert store.decisions()[0].values == {"species": None}


@pytest.mark.parametrize("units", ["code points", "UTF-16"])
def test_offsets_count_code_points_or_as_browsers_do(store: Store, tmp_path: Path, units: str) -> None:
    text = building.TEXT.replace("Acarbose at 1,000", "😀🧬 Acarbose at 1,000")
    building.save(store, building.claims(text), make="2", text=text)
    task = tasks_of(store, tmp_path)[0]

    def move(result: list[dict[str, Any]]) -> None:
        value = region(result, "OUTCOME")
        start = task["data"]["text"].index("lifespan")
        shift = 2 if units == "UTF-16" else 0
        value.update(start=start + shift, end=start + len("lifespan") + shift, text="lifespan")
        choose(result, "decision", "corrected")

    assert bring_back(store, tmp_path, [annotate(task, move)]).failures == ()
    outcome = store.decisions()[0].values["outcome"]
    assert text[outcome["start"] : outcome["end"]] == outcome["text"] == "lifespan"


def test_bad_annotations_are_recorded_and_the_rest_is_taken(store: Store, tmp_path: Path) -> None:
    first, second, third = tasks_of(store, tmp_path)

    def shift(result: list[dict[str, Any]]) -> None:
        region(result, "DOSE")["start"] += 3
        choose(result, "decision", "corrected")

    def contradict(result: list[dict[str, Any]]) -> None:
        choose(result, "direction", "increase")
        choose(result, "decision", "accepted")

    tasks = [
        annotate(first, shift),
        annotate(second, contradict),
        17,
        {"data": {"claim_id": "x"}, "annotations": [{"result": "nothing"}]},
        annotate(third, lambda result: choose(result, "decision", "accepted")),
        annotate(third, lambda result: choose(result, "decision", "rejected"), was_cancelled=True),
    ]
    report = bring_back(store, tmp_path, tasks)
    assert report.added == 1
    assert [failure.cause.split(":")[0] for failure in report.failures] == [
        "task 1, annotation 1",
        "task 2, annotation 1",
        "task 3",
        "task 4, annotation 1",
    ]


def test_the_short_form_of_the_export_is_read_too(store: Store, tmp_path: Path) -> None:
    task = tasks_of(store, tmp_path)[1]
    result = task["predictions"][0]["result"]
    regions = [item["value"] for item in result if item["type"] == "labels"]
    flat = {
        **task["data"],
        "id": 9,
        "fields": regions,
        "direction": "no_change",
        "decision": "corrected",
        "why": "see table",
        "annotator": "ada@example.org",
        "updated_at": "2026-11-20T11:30:00Z",
    }
    # JSON-MIN writes the regions under their control's name, over the text of the same name.
    report = bring_back(store, tmp_path, [flat])
    assert (report.added, report.failures) == (1, ())
    assert store.decisions()[0].values == {"direction": "no_change"}
