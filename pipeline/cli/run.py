"""``litclaims run``: the whole line, into the store and a folder of results."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.exits import code_for, explain_errors
from pipeline.cli.options import StoreOption, use_store
from pipeline.cli.progress import DocumentProgress, show_progress


@explain_errors
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]", help="Papers, or folders of papers; by default the corpus and the samples."),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of the run and of its folder in outputs/.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes; the result is the same for any.")] = 1,
    store: StoreOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Run the whole line with Prefect: ingest, extract, export, reconcile.

    What was found stays in the store, so that a second run does only what is new; the files of the run appear in
    outputs/RUN. A run that was cut off goes on where it stopped.

    **Examples**

        litclaims run

        litclaims run papers/ --jobs 4 --name first-look

        LITCLAIMS_CORPUS=~/papers litclaims run
    """
    from pipeline.corpus import DOCUMENTS, SAMPLES, default_paths, read_manifest
    from pipeline.errors import SettingsError
    from pipeline.settings import Places
    from pipeline.store import Store

    use_store(store)
    manifest = read_manifest()
    chosen = [path.as_posix() for path in paths or default_paths(Places(), manifest=manifest)]
    if not chosen:
        raise SettingsError(f"there is nothing to read: name papers, or put some into {DOCUMENTS} or {SAMPLES}")
    # A store that cannot be used is better known before Prefect's server has started.
    Store.open(Places().store).close()
    with show_progress("Extracting", quiet=quiet or json) as progress:
        report = _run_quietly(chosen, name=name, jobs=jobs, progress=progress)
    _print(report, quiet=quiet, json=json)
    raise typer.Exit(code_for(documents=report.counts.documents, failed=report.counts.failed))


def _run_quietly(paths: list[str], *, name: str | None, jobs: int, progress: DocumentProgress):  # type: ignore[no-untyped-def]
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")
    from flows.extract import progress as told
    from flows.pipeline import run_pipeline

    token = told.set(progress)
    try:
        return run_pipeline(paths, name=name, jobs=jobs)
    finally:
        told.reset(token)


def _print(report, *, quiet: bool, json: bool) -> None:  # type: ignore[no-untyped-def]
    import json as json_module

    from pipeline.cli.summary import print_line

    if json:
        values = {
            "run": report.name,
            **report.counts.as_dict(),
            "extracted": report.extraction.extracted,
            "known": report.extraction.known,
            "accuracy": list(report.accuracy),
            "out": report.folder.as_posix(),
        }
        print(json_module.dumps(values, ensure_ascii=False))
        return
    print_line(report, quiet=quiet)
