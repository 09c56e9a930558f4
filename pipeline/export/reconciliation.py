"""The reconciliation as tables: CSV, and Parquet with the same columns and fixed types."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.evaluation.comparison import RULES
from pipeline.export.cells import format_cell
from pipeline.export.folders import stage_file

Row = Mapping[str, Any]

_FACTS = {
    "document": pa.string(), "status": pa.string(), "counted": pa.bool_(), "differs": pa.string(),
    "reason": pa.string(), "claim_id": pa.string(), "gold_id": pa.string(), "kind": pa.string(), "table": pa.string(),
    "row": pa.int64(), "section": pa.string(), "split": pa.string(), "evidence_start": pa.int64(),
    "evidence_end": pa.int64(),
}  # fmt: skip
_TYPES = {"change_percent": pa.float64(), "negated": pa.bool_(), "significant": pa.bool_()}


def reconciliation_schema() -> Any:
    """Return the Arrow schema: facts of the row, then each scored field as it was predicted and as it was labelled."""
    sides = [
        pa.field(f"{name}_{side}", _TYPES.get(name, pa.string())) for name in RULES for side in ("predicted", "gold")
    ]
    return pa.schema([*(pa.field(name, kind) for name, kind in _FACTS.items()), *sides])


def write_reconciliation(path: Path, rows: Sequence[Row]) -> tuple[Path, Path]:
    """Write the rows as ``<path>.csv`` and ``<path>.parquet``, whatever the path's own ending, and return both.

    Raises:
        SourceError: a file cannot be written.
    """
    as_csv, as_parquet = path.with_suffix(".csv"), path.with_suffix(".parquet")
    schema = reconciliation_schema()
    with stage_file(as_csv) as staging, staging.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(schema.names)
        writer.writerows([format_cell(row[name]) for name in schema.names] for row in rows)
    arrays = [pa.array([_typed(row[field.name], field.type) for row in rows], type=field.type) for field in schema]
    with stage_file(as_parquet) as staging:
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), staging, compression="zstd", version="2.6")
    return as_csv, as_parquet


def _typed(value: Any, kind: Any) -> Any:
    """Return a cell in its column's type; words without lone surrogates, as in the other files."""
    if value is None:
        return None
    if kind == pa.string():
        return str(value).encode("utf-8", "backslashreplace").decode("utf-8")
    return float(value) if kind == pa.float64() else value
