"""The way back, end to end: a paper is read, judged, read again by a changed version, and shown everywhere."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from pipeline import line
from pipeline.export import write_run
from pipeline.line import extract_into, identify, register, write_files
from pipeline.run import Extraction
from pipeline.run_pages import CLAIMS_PAGE, write_pages
from pipeline.selection import select_documents
from pipeline.settings import Settings
from pipeline.store import Store

from .building import fill_sheet, read_rows

PAPER = """# Acarbose and the ageing mouse

## Results

Acarbose at 1,000 ppm in the diet extended the median lifespan of male UM-HET3 mice by 22 % (p < 0.01).
Metformin did not change body weight in female mice.
"""
Run = Callable[..., Any]


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a store that holds the paper, as one version of the program reads it."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "acarbose.md").write_text(PAPER, encoding="utf-8")
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


def extract(url: str, folder: Path, make: str) -> None:
    """Extract the paper with a make and write the run's files and its page."""
    store = Store.open(url)
    contents, failures = identify(select_documents(["papers"]))
    register(store, contents, failures)
    extract_into(store, contents, make=make * 64, settings=Settings())
    with write_run(folder, spreadsheet=True) as files:
        write_files(store, files, contents, failures, make=make * 64)
    write_pages(folder, name="run", version="1", store=store)
    store.close()


def change_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make extraction find the same claims under other ids, of somewhat other extent, and less sure."""
    former = line.extract

    def extract_anew(*args: Any, **options: Any) -> Extraction:
        found = former(*args, **options)
        claims = tuple(
            replace(claim, claim_id=claim.claim_id[::-1], outcome=replace(claim.outcome, name="lifespan"), age=None)
            if "lifespan" in claim.outcome.text
            else replace(claim, claim_id=claim.claim_id[::-1])
            for claim in found.claims
        )
        return replace(found, claims=claims)

    monkeypatch.setattr(line, "extract", extract_anew)


def page_claims(page: Path) -> dict[str, dict[str, Any]]:
    """Return the claims that a page holds, by drug."""
    text = page.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    return {claim["drug"]: claim for claim in json.loads(found[1])["claims"]}


def answer_sheet(review: Path) -> Path:
    rows = {row["intervention"]: row["claim"].removeprefix("claim-") for row in read_rows(review / "claims.csv")}
    fill_sheet(
        review / "claims.csv",
        {
            rows["acarbose"]: {
                "decision": "corrected",
                "new_direction": "mixed",
                "new_sex": "male",
                "new_dose": "1,000 ppm in the diet",
                "new_effect": "22 %",
                "new_other": "effect_change_percent=21",
                "who": "Ada Example",
                "when": "2026-11-20",
                "why": "only in males",
            },
            rows["metformin"]: {"decision": "rejected", "who": "Ada Example", "when": "2026-11-20"},
        },
    )
    return review / "claims.csv"


def answer_tasks(review: Path) -> Path:
    tasks = json.loads((review / "tasks.json").read_text(encoding="utf-8"))
    for task in tasks:
        result = task["predictions"][0]["result"]
        verdict = "rejected" if "metformin" in task["data"]["heading"] else "corrected"

        def choose(name: str, value: str, kept: list[Any]) -> None:
            kept[:] = [item for item in kept if item.get("from_name") != name]
            kept.append({"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [value]}})

        choose("decision", verdict, result)
        if verdict == "corrected":
            choose("direction", "mixed", result)
            text = {"text": ["effect_change_percent=21"]}
            result.append({"from_name": "corrections", "to_name": "text", "type": "textarea", "value": text})
            text = {"text": ["only in males"]}
            result.append({"from_name": "why", "to_name": "text", "type": "textarea", "value": text})
        person = {"email": "Ada Example"}
        task["annotations"] = [{"result": result, "completed_by": person, "updated_at": "2026-11-20T08:00:00Z"}]
    path = review / "project.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


@pytest.mark.parametrize("answer", [answer_sheet, answer_tasks])
def test_a_correction_survives_a_changed_version_and_shows_everywhere(
    litclaims: Run, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Callable[[Path], Path]
) -> None:
    extract(url, tmp_path / "run", "1")
    assert litclaims("review", "export", "--out", "review", "--store", url).returncode == 0
    done = litclaims("review", "import", answer(tmp_path / "review"), "--store", url)
    assert (done.returncode, done.stderr) == (0, "")
    for version in ("1", "2"):
        if version == "2":
            change_version(monkeypatch)
        extract(url, tmp_path / "run", version)
        for name in ("claims.csv", "claims.parquet", "claims.jsonl", "claims.xlsx"):
            assert litclaims("export", "--out", f"all.{name.split('.')[1]}", "--store", url).returncode == 0
        for folder, stem in ((tmp_path / "run", "claims"), (tmp_path, "all")):
            (row,) = read_rows(folder / f"{stem}.csv")
            assert (row["intervention_name"], row["direction"], row["decision"]) == ("acarbose", "mixed", "corrected")
            assert (row["decided_by"], row["decision_why"]) == ("Ada Example", "only in males")
            assert row["decided_at"].startswith("2026-11-20")
            assert row["effect_change_percent"] == "21"
            extracted = json.loads(row["extracted"])
            assert extracted["direction"] == "increase"
            assert extracted["effect"]["change_percent"] == 22
            (record,) = pq.read_table(folder / f"{stem}.parquet").to_pylist()
            assert (record["direction"], record["decision"]) == ("mixed", "corrected")
            sheet = load_workbook(folder / f"{stem}.xlsx").active
            header, cells = ([cell.value for cell in line] for line in sheet.iter_rows())
            assert dict(zip(header, cells, strict=True))["decision"] == "corrected"
        claims = [json.loads(text) for text in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [(claim["direction"], claim["decision"]) for claim in claims] == [("mixed", "corrected")]
        shown = page_claims(tmp_path / "run" / CLAIMS_PAGE)
        assert shown["acarbose"]["direction"] == "mixed"
        decision = shown["acarbose"]["decision"]
        assert (decision["decision"], decision["who"], decision["why"]) == ("corrected", "Ada Example", "only in males")
        assert shown["metformin"]["decision"]["decision"] == "rejected"
        status = json.loads(litclaims("review", "status", "--json", "--store", url).stdout)
        assert (status["corrected"], status["rejected"], status["orphans"]) == (1, 1, 0)
        assert status["moved"] == (2 if version == "2" else 0)
    assert litclaims("review", "orphans", "--store", url).stdout == "no decision has lost its claim\n"
    both = litclaims("export", "--include-rejected", "--out", "all.csv", "--store", url)
    assert both.returncode == 0
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as file:
        assert {row["decision"] for row in csv.DictReader(file)} == {"corrected", "rejected"}
