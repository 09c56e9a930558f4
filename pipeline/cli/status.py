"""``litclaims status``: what the store holds."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.exits import explain_errors
from pipeline.cli.options import StoreOption, use_store


@explain_errors
def status(
    store: StoreOption = None,
    json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Show what the store holds, and its latest runs.

    **Examples**

        litclaims status

        litclaims status --store postgresql://me@localhost/papers --json
    """
    import json as json_module

    from rich.console import Console
    from rich.table import Table

    from pipeline.settings import Places
    from pipeline.store import Store, describe_url

    use_store(store)
    url = Places().store
    opened = Store.open(url, create=False)
    try:
        counts, runs = opened.counts().as_dict(), opened.runs()
    finally:
        opened.close()
    listed = [
        {
            "run": run["name"],
            "started": run["started_at"].isoformat(timespec="seconds"),
            "finished": run["finished_at"] is not None,
            "claims": json_module.loads(run["counts"])["claims"] if run["counts"] else None,
        }
        for run in runs
    ]
    if json:
        print(json_module.dumps({"store": describe_url(url), **counts, "runs": listed}, ensure_ascii=False))
        return
    console = Console(highlight=False)
    console.print(f"Store [bold]{describe_url(url)}[/]")
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, count in counts.items():
        table.add_row(name, f"[bold]{count:,}[/]")
    console.print(table)
    for run in listed:
        ended = f"{run['claims']:,} claims" if run["finished"] else "did not finish; start it again to go on"
        console.print(f"[dim]{run['started']}[/] {run['run']}: {ended}")
