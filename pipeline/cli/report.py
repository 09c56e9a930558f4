"""``litclaims report``: the pages of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.exits import explain_errors
from pipeline.cli.options import StoreOption, use_store


@explain_errors
def report(
    run: Annotated[
        str | None, typer.Argument(metavar="[RUN]", help="A run's name or folder; the latest run by default.")
    ] = None,
    gold: Annotated[Path | None, typer.Option("--gold", metavar="PATH", help="Gold file or folder.")] = None,
    store: StoreOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Write the pages of a run: report.html, the run at a glance; claims.html, every claim in its place; metrics.json.

    A page is one file, opens in any browser without a network, and may be passed on; it quotes the papers.

    **Examples**

        litclaims report

        litclaims report first-look
    """
    from pipeline import __version__
    from pipeline.accuracy import GOLD
    from pipeline.run_pages import CLAIMS_PAGE, METRICS, REPORT, find_run, open_store, write_pages
    from pipeline.settings import Places

    use_store(store)
    places = Places()
    folder = find_run(places.outputs, run)
    opened = open_store(places.store)
    try:
        write_pages(folder, name=folder.absolute().name, version=__version__, store=opened, gold=gold or GOLD)
    finally:
        if opened is not None:
            opened.close()
    if not quiet:
        for name in (REPORT, CLAIMS_PAGE, METRICS):
            print((folder / name).as_posix())
