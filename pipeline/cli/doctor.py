"""``litclaims doctor``: what is here, what is missing, and how to get it."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.exits import ExitCode, explain_errors


@explain_errors
def doctor(json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False) -> None:
    """Check the installation: versions, model, vocabulary, store, corpus; say what is missing and how to get it.

    **Example**

        litclaims doctor
    """
    import json as json_module

    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from pipeline.cli.checks import run_checks

    findings = run_checks()
    broken = [finding for finding in findings if finding.state == "missing"]
    if json:
        print(json_module.dumps([finding.as_dict() for finding in findings], ensure_ascii=False))
    else:
        marks = {"good": "[green]✓[/]", "note": "[yellow]·[/]", "missing": "[red]✗[/]"}
        table = Table(box=None, show_header=False, pad_edge=False)
        for finding in findings:
            remedy = f"\n[dim]{escape(finding.remedy)}[/]" if finding.remedy else ""
            table.add_row(marks[finding.state], finding.subject, escape(finding.found) + remedy)
        Console(highlight=False).print(table)
    if broken:
        raise typer.Exit(ExitCode.NOTHING_DONE)
