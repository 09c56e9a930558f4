"""The flow ``pipeline``: the whole line, from paths to the files of a run and its accuracy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.export import write_run_files
from flows.extract import begin_run, extract_contents
from flows.ingest import ingest_paths
from flows.reconcile import reconcile_run
from flows.retrying import RETRYING
from pipeline import __version__
from pipeline.accuracy import GOLD, has_gold
from pipeline.export import RunCounts
from pipeline.line import ExtractionCounts, check_name, name_run
from pipeline.reports import write_report
from pipeline.run import fingerprint
from pipeline.run_pages import write_pages
from pipeline.settings import Places, Settings
from pipeline.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """What a run did and where its files are; ``accuracy`` is empty where there is no gold."""

    name: str
    folder: Path
    counts: RunCounts
    extraction: ExtractionCounts
    added: int
    accuracy: tuple[str, ...]


@task(name="finish", cache_policy=NO_CACHE, **RETRYING)
def finish_run(run: int, counts: RunCounts, scores: dict[str, Any]) -> None:
    """Note in the store that a run came to its end."""
    store = Store.open(Places().store)
    try:
        store.finish_run(run, counts.as_dict() | scores)
    finally:
        store.close()


@task(name="write pages", cache_policy=NO_CACHE, **RETRYING)
def write_run_pages(folder: Path, *, name: str, make: str) -> dict[str, Any]:
    """Write the pages of a run beside its files, and return what the store keeps of its scores."""
    store = Store.open(Places().store)
    try:
        return write_pages(folder, name=name, version=__version__, store=store, make=make)
    finally:
        store.close()


@flow(name="pipeline")
def run_pipeline(
    paths: list[str], name: str | None = None, settings: Settings | None = None, jobs: int = 1
) -> RunReport:
    """Run the line over the papers under the paths: ingest, extract, export, reconcile.

    Args:
        paths: files and folders.
        name: the run's name and folder; from its papers and its make by default.
        jobs: number of processes.
    """
    settings = settings or Settings()
    make = fingerprint(settings)
    ingested = ingest_paths(paths)
    name = check_name(name) if name is not None else name_run(ingested.contents, make=make)
    run = begin_run(name, version=__version__, make=make, settings=settings)
    extraction = extract_contents(ingested, make=make, settings=settings, jobs=jobs, run=run)
    folder = Places().outputs / name
    counts = write_run_files(ingested, folder, make=make, settings=settings)
    accuracy = tuple(reconcile_run(folder, GOLD, None)) if has_gold() and counts.documents else ()
    markdown = write_report(folder, name=name, counts=counts, accuracy=accuracy)
    scores = write_run_pages(folder, name=name, make=make)
    finish_run(run, counts, scores)
    create_markdown_artifact(key="litclaims-run", markdown=markdown, description=f"litclaims run {name}")
    return RunReport(
        name=name, folder=folder, counts=counts, extraction=extraction, added=ingested.added, accuracy=accuracy
    )
