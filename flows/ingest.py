"""The flow ``ingest``: find the papers under paths and note them in the store."""

from __future__ import annotations

from dataclasses import dataclass

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.retrying import RETRYING
from pipeline.line import identify, register
from pipeline.model import Failure
from pipeline.selection import select_documents
from pipeline.settings import Places
from pipeline.store import Content, Store


@dataclass(frozen=True, slots=True)
class Ingested:
    """The contents to work on, in path order, the failures of paths that gave none, and how many were new."""

    contents: tuple[Content, ...]
    failures: tuple[Failure, ...]
    added: int


@task(name="ingest", cache_policy=NO_CACHE, **RETRYING)
def ingest_paths(paths: list[str]) -> Ingested:
    """Find, identify and register the papers under the paths."""
    contents, failures = identify(select_documents(paths))
    store = Store.open(Places().store)
    try:
        return Ingested(contents, failures, register(store, contents, failures))
    finally:
        store.close()


@flow(name="ingest")
def ingest(paths: list[str]) -> int:
    """Note the papers under the paths in the store, and return how many are new to it."""
    return ingest_paths(paths).added
