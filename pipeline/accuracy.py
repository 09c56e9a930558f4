"""A finished run against the gold: the scores, and a table with both readings of every claim beside each other."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.reconciliation import Evaluation, evaluate
from pipeline.export import read_records, stage_file
from pipeline.export.cells import format_cell
from pipeline.model.decisions import restore_extracted

GOLD = Path("corpus/gold")
THRESHOLDS = GOLD / "thresholds.toml"
_FILES = ("claims.jsonl", "entities.jsonl", "documents.jsonl")


def has_gold(gold: Path = GOLD) -> bool:
    """Whether there is a gold set to compare with."""
    return gold.is_file() or any(gold.glob("*.jsonl"))


def evaluate_folder(folder: Path, *, gold: Path = GOLD, split: str | None = None) -> Evaluation:
    """Return the evaluation of the files of a run.

    Raises:
        SettingsError: the folder holds no run, or there is no gold.
    """
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise SettingsError(f"{folder} holds no run of litclaims: {', '.join(missing)} is not there")
    claims, entities, documents = (list(read_records(folder / name)) for name in _FILES)
    # What a person corrected or rejected is no merit of the extraction: it is scored as it was extracted.
    claims = [restore_extracted(claim) for claim in claims]
    return evaluate(claims, entities, documents, load_gold(gold), split=split)


def write_reconciliation(path: Path, evaluation: Evaluation) -> None:
    """Write the reconciliation as CSV: one row a pair, a missed or a spurious claim.

    Raises:
        SourceError: the file cannot be written.
    """
    _write_rows(path, evaluation.reconciliation_rows())


def _write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with stage_file(path) as staging, staging.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        header: list[str] | None = None
        for row in rows:
            if header is None:
                header = list(row)
                writer.writerow(header)
            writer.writerow([format_cell(row[name]) for name in header])
