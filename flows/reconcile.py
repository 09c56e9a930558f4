"""The flow ``reconcile``: a finished run against the gold."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.retrying import RETRYING
from pipeline.accuracy import GOLD, RECONCILIATION, evaluate_folder, store_reconciliation, write_reconciliation
from pipeline.settings import Places


@task(name="reconcile", cache_policy=NO_CACHE, **RETRYING)
def reconcile_run(folder: Path, gold: Path, split: str | None) -> list[str]:
    """Write the reconciliation beside the files of a run and into the store, and return the scores as lines."""
    evaluation = evaluate_folder(folder, gold=gold, split=split)
    write_reconciliation(folder / RECONCILIATION, evaluation)
    store_reconciliation(Places().store, evaluation)
    return evaluation.summary_lines()


@flow(name="reconcile")
def reconcile(folder: Path, gold: Path = GOLD, split: str | None = None) -> list[str]:
    """Compare a run with the gold, and return the scores as lines."""
    lines = reconcile_run(folder, gold, split)
    create_markdown_artifact(key="litclaims-accuracy", markdown="```\n" + "\n".join(lines) + "\n```")
    return lines
