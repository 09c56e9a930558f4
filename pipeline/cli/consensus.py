"""``litclaims consensus``: what several papers say of the same thing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.exits import explain_errors
from pipeline.cli.options import StoreOption, use_store

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.consensus import Group, Voice

_STYLES = {"increase": "green", "decrease": "red", "no_change": "yellow", "mixed": "magenta", "unknown": "dim"}
_STRENGTHS = {"strong": "bold green", "moderate": "green", "weak": "dim", "conflicting": "bold red", "unclear": "dim"}
_VOICES = 12
_BASES = {"own": "found", "reported": "reported by others", "unnamed": "reports unnamed work"}


@explain_errors
def consensus(
    drug: Annotated[str | None, typer.Option("--drug", "-d", metavar="NAME", help="Only this intervention.")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", metavar="NAME", help="Only this outcome.")] = None,
    species: Annotated[str | None, typer.Option("--species", metavar="NAME", help="Only this species.")] = None,
    papers: Annotated[int, typer.Option("--papers", min=1, help="Fewest papers that speak.")] = 1,
    conflicting: Annotated[bool, typer.Option("--conflicting", help="Only where papers do not agree.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most groups to print.")] = 20,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="table, csv, parquet or json; by the ending of --out by default."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="The file to write.")] = None,
    store: StoreOption = None,
) -> None:
    """Show where papers agree and where they do not: claims of one intervention, outcome and species, by paper.

    Every paper counts once. A claim that cites other papers speaks for those, so that a review and the paper it reports
    are one voice. Rejected claims do not count, corrected ones count with their corrected values.

    **Examples**

        litclaims consensus --drug rapamycin --outcome lifespan

        litclaims consensus --papers 2 --conflicting

        litclaims consensus --out consensus.csv
    """
    from pipeline.consensus import FORMATS, group_row, group_store, select_groups, write_consensus
    from pipeline.errors import SettingsError
    from pipeline.settings import Places
    from pipeline.store import Store

    chosen = format or (out.suffix[1:] if out is not None and out.suffix[1:] in FORMATS else "table")
    if chosen not in ("table", *FORMATS):
        raise SettingsError(f"there is no format {chosen!r}: choose one of table, {', '.join(FORMATS)}")
    if out is None and chosen in ("csv", "parquet"):
        raise SettingsError(f"{chosen} is written to a file: name it with --out")
    if out is not None and chosen == "table":
        raise SettingsError(f"a table cannot be written to {out}: choose --format {', '.join(FORMATS)}")
    use_store(store)
    opened = Store.open(Places().store, create=False)
    try:
        groups = select_groups(
            group_store(opened), drug=drug, outcome=outcome, species=species, papers=papers, conflicting=conflicting
        )
    finally:
        opened.close()
    if out is not None:
        write_consensus(out, groups, format=chosen)
        print(f"{len(groups):,} groups written to {out.as_posix()}")
    elif chosen == "json":
        import json

        print(json.dumps([group_row(group) for group in groups], ensure_ascii=False))
    else:
        _print(groups, limit)


def _print(groups: list[Group], limit: int) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    if not groups:
        console.print("No claims of that kind in the store.")
    for group in groups[:limit]:
        _print_group(console, group)
    if len(groups) > limit:
        console.print(f"[dim]… and {len(groups) - limit:,} more groups; --limit prints more, --out writes all[/]")


def _print_group(console: Console, group: Group) -> None:
    from rich.markup import escape
    from rich.table import Table

    counted = ", ".join(
        f"[{_STYLES[name]}]{count} {name.replace('_', ' ')}[/]" for name, count in group.counts.items() if count
    )
    named = " · ".join(escape(key.name) for key in (group.intervention, group.outcome, group.species))
    many = "1 paper" if len(group.lines) == 1 else f"{len(group.lines)} papers"
    console.print(f"[bold]{named}[/]")
    console.print(f"  [{_STRENGTHS[group.strength]}]{group.strength}[/]: {many}: {counted}")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_column(width=3)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    table.add_column(style="cyan", overflow="fold")
    for voice in group.voices[:_VOICES]:
        said = voice.direction.replace("_", " ") + ("?" if voice.certainty == "hedged" else "")
        ids = " ".join(claim_id[:8] for claim_id in voice.claim_ids[:3]) + (" …" if len(voice.claim_ids) > 3 else "")
        table.add_row("", f"[{_STYLES[voice.direction]}]{said}[/]", _BASES[voice.basis], escape(_label(voice)), ids)
    console.print(table)
    if len(group.voices) > _VOICES:
        console.print(f"    [dim]… and {len(group.voices) - _VOICES} more works; --out writes all[/]")
    console.print()


def _label(voice: Voice) -> str:
    label = voice.paper.label if len(voice.paper.label) <= 90 else voice.paper.label[:89] + "…"
    if voice.reported_otherwise:
        label += f" (cited for another direction by {voice.reported_otherwise[0].label[:60]})"
    return label
