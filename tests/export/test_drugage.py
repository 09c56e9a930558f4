"""Lifespan arms as DrugAge writes them, and how they compare with a DrugAge file."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli.application import app
from pipeline.errors import SettingsError
from pipeline.export import FORMATS, write_table
from pipeline.export.crosscheck import compare_drugage, read_drugage
from pipeline.export.drugage import DRUGAGE_COLUMNS, OWN_COLUMNS, drugage_rows, write_dosage


def claim(**changes: Any) -> dict[str, Any]:
    record: dict[str, Any] = {
        "claim_id": "c1", "doc_id": "d", "kind": "table", "arm_id": "a1", "certainty": "asserted",
        "direction": "increase", "source_kind": "cited", "confidence": None,
        "evidence": {"text": "UM-HET3 Male 9 months 1,000 ppm 807 12", "spans": [[10, 48]], "table": "1", "row": 0},
        "intervention": {"name": "acarbose", "kind": "drug", "id": "UNII:X"},
        "outcome": {"name": "lifespan", "text": "lifespan", "statistic": "median"},
        "species": {"name": "Mus musculus", "id": "NCBITaxon:10090", "text": "mice"},
        "strain": {"text": "UM-HET3", "id": None}, "sex": {"value": "male"},
        "age": {"text": "9 months", "low_days": 273.9375, "high_days": 273.9375},
        "dose": {"text": "1,000 ppm", "low": 1000.0, "high": 1000.0, "unit": "[ppm]", "per": ["diet"]},
        "route": {"name": "dietary"}, "schedule": None, "duration": None, "population": None, "sample_size": None,
        "effect": {"text": "12", "change_percent": 12.0, "relation": None, "control": {"text": "807", "unit": "days"}},
        "significance": None, "citations": [{"marker": "7", "pmid": None}], "combined_with": [],
    }  # fmt: skip
    return record | changes


def rows_of(*claims: dict[str, Any], markers: dict[str, str] | None = None) -> list[dict[str, Any]]:
    flat = {"document_path": "papers/review.txt", "document_pmid": None}
    return list(drugage_rows(((item, flat) for item in claims), markers={"review.txt": markers or {}}))


def drugage_row(**changes: str) -> dict[str, str]:
    row = dict.fromkeys(DRUGAGE_COLUMNS, "")
    row |= {
        "compound_name": "Acarbose", "species": "Mus musculus", "strain": "UM-HET3", "dosage": "1000 ppm food",
        "age_at_initiation": "9 months", "treatment_duration": "until death", "avg_lifespan_change_percent": "12",
        "avg_lifespan_significance": "S", "max_lifespan_significance": "NA", "gender": "Male", "pubmed_id": "111",
    }  # fmt: skip
    return row | changes


def test_one_arm_is_one_row_with_its_metrics_side_by_side() -> None:
    longest = claim(
        claim_id="c2",
        outcome={"name": "lifespan", "text": "lifespan", "statistic": "maximum"},
        effect={"text": "5", "change_percent": 5.0},
        significance={"significant": False, "p": None},
    )
    weight = claim(
        claim_id="c3",
        outcome={"name": "body weight", "text": "body weight", "statistic": None},
        effect={"text": "−8", "change_percent": -8.0},
        significance={"significant": True, "p": 0.01},
    )
    (row,) = rows_of(claim(), longest, weight, markers={"7": "111"})
    read = {name: row[name] for name in DRUGAGE_COLUMNS}
    assert read == {
        "compound_name": "Acarbose", "species": "Mus musculus", "strain": "UM-HET3", "dosage": "1000 ppm food",
        "age_at_initiation": "9 months", "treatment_duration": None, "avg_lifespan_change_percent": 12.0,
        "avg_lifespan_significance": "NA", "max_lifespan_change_percent": 5.0, "max_lifespan_significance": "NS",
        "gender": "Male", "weight_change_percent": -8.0, "weight_change_significance": "S", "ITP": None,
        "pubmed_id": "111",
    }  # fmt: skip
    assert (row["control_lifespan"], row["statistic"], row["claim_ids"]) == ("807", "median", "c1 c2 c3")


def test_what_no_curator_enters_gives_no_row() -> None:
    others = [
        claim(certainty="hedged"),
        claim(species=None),
        claim(effect=None),
        claim(outcome={"name": "grip strength", "text": "grip strength"}),
        claim(outcome={"name": "healthspan", "text": "health span"}),
        claim(intervention={"name": "fasting", "kind": "dietary"}),
    ]
    assert rows_of(*others) == []


@pytest.mark.parametrize(
    ("dose", "route", "schedule", "dosage"),
    [
        ({"low": 8.0, "high": 8.0, "unit": "mg/kg", "per": ["body weight"]}, "intraperitoneal",
         {"text": "daily", "times": 1.0, "period_days": 1.0}, "8 ppm/day bodyweight intraperitoneal injection"),
        ({"low": 2.0, "high": 2.0, "unit": "mg/kg", "per": ["body weight"]}, "intraperitoneal",
         {"text": "every 5 days", "times": 1.0, "period_days": 5.0},
         "2 ppm bodyweight intraperitoneal injection every 5 days"),
        ({"low": 1.0, "high": 1.0, "unit": "%", "per": []}, "dietary", None, "10000 ppm food"),
        ({"low": 0.4, "high": 2.0, "unit": "mmol/L", "per": [], "values": [0.4, 2.0]}, "drinking water", None,
         "0.4, 2 mM water"),
        ({"low": 100.0, "high": 100.0, "unit": "umol/L", "per": []}, None, None, "100 µM"),
        ({"low": None, "high": None, "unit": None, "text": "low dose"}, None, None, "low dose"),
    ],
)  # fmt: skip
def test_dosage_is_written_in_drugage_s_manner(
    dose: dict[str, Any], route: str | None, schedule: dict[str, Any] | None, dosage: str
) -> None:
    written = write_dosage({"dose": dose, "route": {"name": route} if route else None, "schedule": schedule})
    assert written == dosage


def test_the_file_has_drugage_s_columns_first(tmp_path) -> None:
    assert "drugage" in FORMATS
    document = {"doc_id": "d", "path": "papers/review.txt", "pmid": None}
    target = tmp_path / "lifespan.csv"
    write_table(target, [(claim(strain={"text": "=1+1"}), document)], format="drugage")
    header, row = csv.reader(target.open(encoding="utf-8"))
    assert tuple(header) == (*DRUGAGE_COLUMNS, *OWN_COLUMNS)
    assert row[2] == "'=1+1"


def test_a_known_paper_s_rows_are_compared_field_by_field() -> None:
    ours = rows_of(claim(), claim(claim_id="c2", arm_id="a2", sex={"value": "female"}), markers={"7": "111"})
    theirs = [drugage_row(avg_lifespan_change_percent="22", max_lifespan_change_percent="9"), drugage_row(strain="CBA")]
    found = compare_drugage(ours, theirs, evidence={"c1": "UM-HET3 Male 9 months 1,000 ppm 807 12"})
    (match,) = found.matches
    assert match.resolved
    assert {(item.field, item.owner) for item in match.differences} == {
        ("avg_lifespan_change_percent", "theirs"),
        ("avg_lifespan_significance", "definition"),
        ("max_lifespan_change_percent", "definition"),
    }
    assert [(row["gender"], why) for row, why in found.only_ours] == [("Female", "DrugAge has the paper, not this arm")]
    assert [row["strain"] for row in found.only_theirs] == ["CBA"]


def test_a_number_that_our_row_prints_too_is_our_slip() -> None:
    (match,) = compare_drugage(
        rows_of(claim(), markers={"7": "111"}),
        [drugage_row(avg_lifespan_change_percent="17")],
        evidence={"c1": "UM-HET3 Male 9 months 1,000 ppm 807 12 17"},
    ).matches
    assert [item.owner for item in match.differences if item.field == "avg_lifespan_change_percent"] == ["ours"]


def test_an_unknown_paper_needs_the_same_compound_strain_sex_dose_and_age() -> None:
    same, other = drugage_row(), drugage_row(age_at_initiation="20 months")
    assert [match.resolved for match in compare_drugage(rows_of(claim()), [same], evidence={}).matches] == [False]
    found = compare_drugage(rows_of(claim()), [other], evidence={})
    assert found.matches == ()
    assert found.only_ours[0][1].startswith("paper unresolved")
    assert found.only_theirs == ()


def test_a_file_without_drugage_s_columns_is_refused(tmp_path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("compound,species\nacarbose,mouse\n")
    with pytest.raises(SettingsError, match="no columns"):
        read_drugage(path)


def test_the_command_reads_a_run_and_a_file(tmp_path) -> None:
    import json

    (tmp_path / "documents.jsonl").write_text(json.dumps({"doc_id": "d", "path": "review.txt"}) + "\n")
    (tmp_path / "claims.jsonl").write_text(json.dumps(claim()) + "\n")
    with (tmp_path / "drugage.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, DRUGAGE_COLUMNS)
        writer.writeheader()
        writer.writerow(drugage_row())
    runner = CliRunner()
    done = runner.invoke(app, ["crosscheck", "drugage", str(tmp_path / "drugage.csv"), "--run", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "1 rows on both sides (0 of known papers, 1 paper unresolved)" in done.output
    refused = runner.invoke(app, ["crosscheck", "genage", str(tmp_path / "drugage.csv"), "--run", str(tmp_path)])
    assert refused.exit_code == 2
