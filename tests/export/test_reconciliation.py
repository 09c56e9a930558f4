"""The reconciliation as CSV and Parquet: same columns, same rows, both sides beside each other."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.export.reconciliation import reconciliation_schema, write_reconciliation
from tests.evaluation.cases import gold_of, label, predict, run

DOSE: dict[str, Any] = {"text": "5 mg/kg", "low": 5, "high": 5, "unit": "mg/kg"}
EFFECT: dict[str, Any] = {"text": "−14 %", "value": -14, "unit": "%", "type": "percent_change", "change_percent": -14}


def rows_of() -> list[dict[str, Any]]:
    gold = gold_of(label(0, effect=EFFECT), label(1, dose=DOSE), label(2))
    predicted = [predict(0, effect=EFFECT), predict(1, dose={**DOSE, "low": 50, "high": 50}), predict(5), predict(40)]
    return run(predicted, gold).reconciliation_rows()


def test_both_files_hold_every_row_with_both_sides(tmp_path: Path) -> None:
    rows = rows_of()
    as_csv, as_parquet = write_reconciliation(tmp_path / "reconciliation.csv", rows)
    with as_csv.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    table = pq.read_table(as_parquet).to_pylist()
    assert as_parquet == tmp_path / "reconciliation.parquet"
    assert [row["status"] for row in told] == [row["status"] for row in table] == [row["status"] for row in rows]
    assert list(told[0]) == list(table[0]) == reconciliation_schema().names
    differing = next(row for row in table if row["status"] == "differing")
    assert differing["dose_predicted"].startswith("5 mg/kg (low=50") and "low=5.0" in differing["dose_gold"]
    assert (table[0]["change_percent_gold"], table[0]["counted"], table[0]["split"]) == (-14.0, True, "dev")


def test_every_column_of_a_row_is_written(tmp_path: Path) -> None:
    assert set(rows_of()[0]) == set(reconciliation_schema().names)


def test_no_rows_give_files_with_a_header(tmp_path: Path) -> None:
    as_csv, as_parquet = write_reconciliation(tmp_path / "empty", [])
    assert as_csv.read_text(encoding="utf-8").startswith("document,status,counted")
    assert pq.read_table(as_parquet).num_rows == 0


def test_same_rows_give_the_same_bytes_and_formulas_are_escaped(tmp_path: Path) -> None:
    rows = rows_of()
    rows[0]["reason"] = "=1+1"
    first = [path.read_bytes() for path in write_reconciliation(tmp_path / "one.csv", rows)]
    second = [path.read_bytes() for path in write_reconciliation(tmp_path / "two.csv", rows)]
    assert first == second
    assert b",'=1+1," in first[0]
