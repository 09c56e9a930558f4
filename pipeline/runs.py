"""A run without a store: from paths to the files of the contract, in one call."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.export import RunCounts, write_run
from pipeline.model import Failure
from pipeline.model.records import failure_record
from pipeline.run import DocumentResult, extract_batch
from pipeline.running import run_batches
from pipeline.selection import order_key, select_documents
from pipeline.settings import Settings

Progress = Callable[[int, int], None]
"""Told how many documents are done and how many there are."""


def extract_to_folder(
    paths: Iterable[Path | str],
    out: Path,
    *,
    settings: Settings | None = None,
    jobs: int = 1,
    progress: Progress = lambda done, total: None,
) -> RunCounts:
    """Extract the papers under the paths and write the files of the contract to a folder, whole or not at all.

    The files depend on the papers and the settings alone: neither on ``jobs`` nor on what was there before.

    Args:
        paths: files and directories.
        out: the folder; one with an earlier run's files is replaced.
        jobs: number of processes.
        progress: called before the first document and after each.

    Raises:
        SettingsError: ``out`` holds files that are not ours.
        SourceError: ``out`` cannot be written.
    """
    settings = settings or Settings()
    with write_run(out, include_hypotheses=settings.include_hypotheses) as files:
        selection = select_documents(paths)
        total = len(selection.files)
        progress(0, total)
        skipped = [failed_result(failure) for failure in selection.failures]
        extracted = run_batches(extract_batch, selection.files, settings, lost=lose_document, jobs=jobs)
        done = 0
        for result in heapq.merge(skipped, extracted, key=lambda result: order_key(result.path)):
            files.add(
                document=result.document,
                source=result.source,
                entities=result.entities,
                claims=result.claims,
                failures=result.failures,
            )
            if result.document is not None or done < total:
                done += 1
                progress(min(done, total), total)
    return files.counts


def failed_result(failure: Failure) -> DocumentResult:
    """Return the result of a path that gave nothing but a failure."""
    return DocumentResult(failure.path, None, None, (), (), (failure_record(failure),))


def lose_document(path: Path | str) -> DocumentResult:
    """Return the result of a document whose process died."""
    name = Path(path).as_posix()
    cause = "the process that read this document died, most likely for want of memory"
    return failed_result(Failure(name, "process", cause, "free some memory, or split the document", survivable=False))
