"""The flow ``export``: the store's claims as one file; and the files of a run as a task of the line."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.ingest import Ingested
from flows.retrying import RETRYING
from pipeline.export import RunCounts, write_run
from pipeline.line import export_store, write_files
from pipeline.settings import Places, Settings
from pipeline.store import Store


@task(name="write files", cache_policy=NO_CACHE, **RETRYING)
def write_run_files(ingested: Ingested, folder: Path, *, make: str, settings: Settings) -> RunCounts:
    """Write the files of a run from the store, and move them into place together."""
    store = Store.open(Places().store)
    try:
        with write_run(folder, include_hypotheses=settings.include_hypotheses, spreadsheet=True) as files:
            return write_files(store, files, ingested.contents, ingested.failures, make=make)
    finally:
        store.close()


@task(name="export", cache_policy=NO_CACHE, **RETRYING)
def write_claims(out: Path, *, format: str, where: list[str], settings: Settings) -> int:
    """Write the store's current claims to one file."""
    store = Store.open(Places().store, create=False)
    try:
        return export_store(store, out, format=format, where=where, settings=settings)
    finally:
        store.close()


@flow(name="export")
def export(out: Path, format: str = "csv", where: list[str] | None = None, settings: Settings | None = None) -> int:
    """Write the store's current claims to one file, and return how many they are."""
    return write_claims(out, format=format, where=where or [], settings=settings or Settings())
