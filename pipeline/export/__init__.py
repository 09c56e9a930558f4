"""The files of a run and the flat claim table: JSON Lines, CSV, Parquet and XLSX."""

from pipeline.export.columns import Column, flat_columns, flatten_claim
from pipeline.export.filters import Condition, matches, parse_condition
from pipeline.export.folders import stage_file, stage_folder
from pipeline.export.run_files import RunCounts, RunFiles, keep_claims, read_records, write_run
from pipeline.export.tables import FORMATS, write_table

__all__ = [
    "FORMATS",
    "Column",
    "Condition",
    "RunCounts",
    "RunFiles",
    "flat_columns",
    "flatten_claim",
    "keep_claims",
    "matches",
    "parse_condition",
    "read_records",
    "stage_file",
    "stage_folder",
    "write_run",
    "write_table",
]
