"""A finished run against the gold: the scores, and a table with both readings of every claim beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from pipeline.evaluation.gold import load_gold
from pipeline.evaluation.reconciliation import Evaluation, evaluate
from pipeline.export import read_records
from pipeline.export import reconciliation as tables
from pipeline.model.decisions import restore_extracted
from pipeline.store import Store
from pipeline.store.evaluations import NewEvaluation, save_evaluation

GOLD = Path("corpus/gold")
THRESHOLDS = GOLD / "thresholds.toml"
ACCEPTED = GOLD / "accepted.json"
RECONCILIATION = "reconciliation.csv"
_FILES = ("claims.jsonl", "entities.jsonl", "documents.jsonl")


def has_gold(gold: Path = GOLD) -> bool:
    """Whether there is a gold set to compare with."""
    return gold.is_file() or any(gold.glob("*.jsonl"))


def evaluate_folder(folder: Path, *, gold: Path = GOLD, split: str | None = None) -> Evaluation:
    """Return the evaluation of the files of a run; labels move to the renditions of their papers that the run read.

    Raises:
        SettingsError: the folder holds no run, or there is no gold.
    """
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise SettingsError(f"{folder} holds no run of litclaims: {', '.join(missing)} is not there")
    claims, entities, documents = (list(read_records(folder / name)) for name in _FILES)
    # What a person corrected or rejected is no merit of the extraction: it is scored as it was extracted.
    claims = [restore_extracted(claim) for claim in claims]
    return evaluate(claims, entities, documents, load_gold(gold), split=split, read_text=_reader(folder))


def _reader(folder: Path) -> Callable[[Mapping[str, Any]], str | None]:
    def read(document: Mapping[str, Any]) -> str | None:
        try:
            return (folder / "texts" / f"{document['doc_id']}.txt").read_bytes().decode("utf-8", "surrogatepass")
        except (OSError, UnicodeDecodeError):
            return None

    return read


def write_reconciliation(path: Path, evaluation: Evaluation) -> tuple[Path, Path]:
    """Write the reconciliation as CSV and as Parquet beside it: one row a pair, a missed or a spurious claim.

    Raises:
        SourceError: a file cannot be written.
    """
    return tables.write_reconciliation(path, evaluation.reconciliation_rows())


def store_reconciliation(url: str, evaluation: Evaluation) -> bool:
    """Keep the evaluation in the store at a URL, which is made where there is none; false where it was kept before.

    Raises:
        SettingsError: the URL names no store.
        SourceError: the store cannot be written.
    """
    store = Store.open(url)
    try:
        return save_evaluation(
            store,
            NewEvaluation(
                key=evaluation.key,
                gold=evaluation.gold,
                run=evaluation.run,
                split=evaluation.split,
                scores=evaluation.as_dict(),
                rows=evaluation.reconciliation_rows(),
            ),
        )
    finally:
        store.close()
