"""``litclaims extract``: papers to the files of the contract, without store or orchestrator."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.exits import code_for, explain_errors
from pipeline.cli.progress import show_progress


@explain_errors
def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Papers, or folders of papers.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the results.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes; the result is the same for any.")] = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Extract claims from papers (.txt, .md, .pdf, .xml, .html) into a folder of JSON Lines, CSV and Parquet files.

    Folders are walked; a paper that cannot be read is recorded in failures.jsonl and the rest goes on.

    **Examples**

        litclaims extract paper.pdf --out results

        litclaims extract papers/ more/review.xml --out results --jobs 4
    """
    from pipeline.cli.summary import print_run
    from pipeline.runs import extract_to_folder

    with show_progress("Extracting", quiet=quiet or json) as progress:
        counts = extract_to_folder(paths, out, jobs=jobs, progress=progress)
    print_run(counts, out, quiet=quiet, json=json)
    raise typer.Exit(code_for(documents=counts.documents, failed=counts.failed))
