"""The pages of a run, made from its files, the store and the gold, and written beside them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.accuracy import GOLD, has_gold
from pipeline.errors import SettingsError
from pipeline.evaluation.gold import SPLITS, load_gold
from pipeline.evaluation.reconciliation import Evaluation, evaluate
from pipeline.export import read_records, stage_file
from pipeline.model import Document, make_id
from pipeline.model.decisions import apply_decision, is_rejected, restore_extracted
from pipeline.model.records import Record
from pipeline.pages import (
    collect_metrics,
    find_costly_errors,
    read_text_only,
    render_claims_page,
    render_report,
    summarise_scores,
)
from pipeline.review import map_decisions
from pipeline.store import Store
from pipeline.store.engine import open_engine, store_exists

CLAIMS_PAGE, REPORT, METRICS = "claims.html", "report.html", "metrics.json"
MOST_RUNS = 30
_FILES = ("claims.jsonl", "documents.jsonl", "entities.jsonl", "failures.jsonl")
_LOOKED_BACK = 500


def write_pages(
    folder: Path,
    *,
    name: str,
    version: str,
    store: Store | None = None,
    make: str | None = None,
    gold: Path = GOLD,
    decisions: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Write the pages of a run into its folder, each whole or not at all.

    The result is what the store keeps of a run for the trend of later ones: ``papers``, an id of the set of papers,
    and ``scores`` by split.

    Args:
        folder: the files of a run.
        name: the run's name.
        version: of the program.
        store: where the documents' layout and earlier runs are kept; without it paragraphs are what blank lines part.
        make: the fingerprint of the run; found in the store by the run's name by default.
        decisions: by claim id, what people decided of claims; what the store holds of them by default.

    Raises:
        SettingsError: the folder holds no run, or the gold cannot be read.
        SourceError: a page cannot be written.
    """
    missing = [file for file in _FILES if not (folder / file).is_file()]
    if missing:
        raise SettingsError(f"{folder} holds no run of litclaims: {', '.join(missing)} is not there")
    claims, records, entities, failures = (list(read_records(folder / file)) for file in _FILES)
    documents = {record["doc_id"]: _document(folder, record, store) for record in records}
    # What a person corrected or rejected is no merit of the extraction: it is scored as it was extracted.
    evaluations = _evaluate([restore_extracted(claim) for claim in claims], entities, records, gold)
    if decisions is None and store is not None:
        decisions = map_decisions(store)
    if decisions is not None:
        claims = [apply_decision(claim, decisions.get(claim["claim_id"])) for claim in claims]
    papers = make_id("papers", *sorted(record["sha256"] for record in records))
    metrics = collect_metrics(
        name=name,
        documents=records,
        claims=claims,
        failures=failures,
        mentions=Counter(entity["doc_id"] for entity in entities),
        evaluations=evaluations,
        history=[] if store is None else _history(store, name=name, make=make, papers=papers),
    )
    by_content = {record["sha256"]: documents[record["doc_id"]] for record in records}
    report = render_report(
        metrics,
        claims=[claim for claim in claims if not is_rejected(claim)],
        papers={record["doc_id"]: record["path"].rsplit("/", 1)[-1] for record in records},
        errors=find_costly_errors(evaluations["dev"], by_content) if "dev" in evaluations else (),
        version=version,
    )
    own: dict[str, list[Record]] = {record["doc_id"]: [] for record in records}
    for claim in claims:
        own[claim["doc_id"]].append(claim)
    listed = ((record, documents[record["doc_id"]], own[record["doc_id"]]) for record in records)
    _write(folder / CLAIMS_PAGE, render_claims_page(listed, name=name))
    _write(folder / METRICS, json.dumps(metrics, ensure_ascii=False, indent=1) + "\n")
    _write(folder / REPORT, report)
    return {"papers": papers, "scores": summarise_scores(metrics)}


def find_run(outputs: Path, run: str | None) -> Path:
    """Return the folder of a run: by its name in ``outputs``, by its path, or else the one written last.

    Raises:
        SettingsError: there is no such run.
    """
    if run is not None:
        for folder in (outputs / run, Path(run)):
            if (folder / "claims.jsonl").is_file():
                return folder
        raise SettingsError(f"there is no run {run!r}: name one of {outputs}, or the folder of its files")
    written = [(file.stat().st_mtime_ns, file.parent.name) for file in outputs.glob("*/claims.jsonl")]
    if not written:
        raise SettingsError(f"there is no run in {outputs} yet: start with litclaims run, or name a folder of results")
    return outputs / max(written)[1]


def open_store(url: str) -> Store | None:
    """Return the store at a URL, ``None`` where there is none.

    Raises:
        SettingsError: the URL is none, or the store is of another version.
        SourceError: it cannot be reached.
    """
    engine = open_engine(url)
    try:
        exists = store_exists(engine)
    finally:
        engine.dispose()
    return Store.open(url) if exists else None


def _evaluate(claims: list[Record], entities: list[Record], records: list[Record], gold: Path) -> dict[str, Evaluation]:
    """Return the evaluation of each split, none where there is no gold."""
    if not has_gold(gold):
        return {}
    labels = load_gold(gold)
    return {split: evaluate(claims, entities, records, labels, split=split) for split in SPLITS}


def _history(store: Store, *, name: str, make: str | None, papers: str) -> list[dict[str, Any]]:
    """Return earlier scored runs over the same papers, oldest first, the last of each make other than this run's."""
    runs = list(reversed(store.runs(limit=_LOOKED_BACK)))
    own = [run for run in runs if run["name"] == name and make in (None, run["fingerprint"])]
    if make is None and own:
        make = own[-1]["fingerprint"]
        own = [run for run in own if run["fingerprint"] == make]
    points: dict[str, dict[str, Any]] = {}
    for run in runs:
        counts = json.loads(run["counts"]) if run["counts"] else {}
        if run["fingerprint"] == make or counts.get("papers") != papers or not counts.get("scores"):
            continue
        if own and run["id"] > own[-1]["id"]:
            continue
        points.pop(run["fingerprint"], None)
        points[run["fingerprint"]] = {
            "name": run["name"],
            "date": run["finished_at"].date().isoformat(),
            "version": run["version"],
            "make": run["fingerprint"][:7],
            "claims": counts["claims"],
            "scores": counts["scores"],
        }
    return list(points.values())[-MOST_RUNS:]


def _document(folder: Path, record: Record, store: Store | None) -> Document:
    known = None if store is None else store.rendition_of(record["doc_id"], record["text_sha256"])
    if known is not None:
        return known
    text = folder / "texts" / f"{record['doc_id']}.txt"
    source = text.read_bytes().decode("utf-8", "surrogatepass") if text.is_file() else ""
    return read_text_only(record, source)


def _write(path: Path, text: str) -> None:
    with stage_file(path) as staging:
        staging.write_text(text, encoding="utf-8", newline="\n", errors="backslashreplace")
