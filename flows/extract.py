"""The flow ``extract``: what this make has not extracted yet, in batches of documents."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.ingest import Ingested, ingest_paths
from flows.retrying import RETRYING
from pipeline.corpus import read_manifest
from pipeline.line import ExtractionCounts, extract_into
from pipeline.settings import Places, Settings
from pipeline.store import Content, Store

BATCH = 200
"""Documents a task: enough that loading the model once per process and task does not show."""

progress: ContextVar[Callable[[int, int], None]] = ContextVar("progress", default=lambda done, total: None)
"""Told how many documents of the run are done; set by who wants to show it."""


@task(name="extract", cache_policy=NO_CACHE, **RETRYING)
def extract_batch(
    batch: tuple[Content, ...], *, make: str, settings: Settings, jobs: int, run: int, done: int, total: int
) -> ExtractionCounts:
    """Extract a batch of registered documents into the store; a retry goes on where the last try stopped."""
    tell = progress.get()
    store = Store.open(Places().store)
    try:
        return extract_into(
            store,
            batch,
            make=make,
            settings=settings,
            jobs=jobs,
            run=run,
            facts=read_manifest().facts(),
            progress=lambda now, new: tell(done + len(batch) - new + now, total),
        )
    finally:
        store.close()


def extract_contents(ingested: Ingested, *, make: str, settings: Settings, jobs: int, run: int) -> ExtractionCounts:
    """Extract all contents, batch after batch."""
    contents = ingested.contents
    counts = ExtractionCounts()
    for low in range(0, len(contents), BATCH):
        counts += extract_batch(
            contents[low : low + BATCH],
            make=make,
            settings=settings,
            jobs=jobs,
            run=run,
            done=low,
            total=len(contents),
        )
    return counts


@task(name="begin", cache_policy=NO_CACHE, **RETRYING)
def begin_run(name: str, *, version: str, make: str, settings: Settings) -> int:
    """Note in the store that a run began, and return its number."""
    store = Store.open(Places().store)
    try:
        return store.start_run(name=name, version=version, fingerprint=make, settings=settings.model_dump_json())
    finally:
        store.close()


@flow(name="extract")
def extract(paths: list[str], settings: Settings | None = None, jobs: int = 1) -> dict[str, int]:
    """Extract the papers under the paths into the store, and return how many were extracted, known and failed."""
    from pipeline import __version__
    from pipeline.line import name_run
    from pipeline.run import fingerprint

    settings = settings or Settings()
    make = fingerprint(settings)
    ingested = ingest_paths(paths)
    run = begin_run(name_run(ingested.contents, make=make), version=__version__, make=make, settings=settings)
    counts = extract_contents(ingested, make=make, settings=settings, jobs=jobs, run=run)
    return {"extracted": counts.extracted, "known": counts.known, "failed": counts.failed}
