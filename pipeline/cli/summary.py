"""What a run tells the person who started it."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.export import RunCounts, read_records
from pipeline.model.records import Record

if TYPE_CHECKING:
    from pipeline.line import ExtractionCounts

_MOST_FAILURES = 8
_PREVIEW = 10
_ACCURACY = 7
_TELLING = ("dose", "effect", "sex", "strain", "species", "duration", "significance")


class LineReport(Protocol):
    """What is told of a run of the whole line."""

    @property
    def folder(self) -> Path: ...
    @property
    def counts(self) -> RunCounts: ...
    @property
    def extraction(self) -> ExtractionCounts: ...
    @property
    def accuracy(self) -> tuple[str, ...]: ...


def print_run(counts: RunCounts, folder: Path, *, quiet: bool = False, json: bool = False) -> None:
    """Print how much was found, what failed, and where the files are."""
    if json:
        print(json_module.dumps({**counts.as_dict(), "out": folder.as_posix()}, ensure_ascii=False))
        return
    failures = list(read_records(folder / "failures.jsonl"))
    if not quiet:
        console = Console(highlight=False)
        console.print(
            f"[bold green]{_many(counts.claims, 'claim')}[/] from {_many(counts.documents, 'document')}"
            f" ({counts.claims - counts.table_claims:,} from prose, {counts.table_claims:,} from tables),"
            f" {_many(counts.entities, 'mention')}"
        )
    print_failures(failures, quiet=quiet)
    if not quiet:
        console.print(f"The table: [bold]{escape((folder / 'claims.csv').as_posix())}[/]")
        if failures:
            console.print(f"Failures:  {escape((folder / 'failures.jsonl').as_posix())}")


def print_line(report: LineReport, *, quiet: bool = False) -> None:
    """Print what a run of the whole line did: what is new, what was found, how right it is, where it is."""
    failures = list(read_records(report.folder / "failures.jsonl"))
    if quiet:
        print_failures(failures, quiet=True)
        return
    counts, folder = report.counts, report.folder
    console = Console(highlight=False)
    console.print()
    console.print(
        f"[bold green]{_many(counts.claims, 'claim')}[/] from {_many(counts.documents, 'document')}"
        f"  [dim]{counts.claims - counts.table_claims:,} from prose, {counts.table_claims:,} from table rows;"
        f" {report.extraction.extracted:,} read now, {report.extraction.known:,} known already[/]"
    )
    claims = list(read_records(folder / "claims.jsonl"))
    if claims:
        console.print()
        console.print(preview_claims(claims, limit=_PREVIEW))
        if len(claims) > _PREVIEW:
            console.print(f"[dim]… {len(claims) - _PREVIEW:,} more; litclaims show CLAIM shows one in its place[/]")
    if report.accuracy:
        console.print()
        for line in report.accuracy[:_ACCURACY]:
            console.print(escape(line))
    console.print()
    print_failures(failures)
    for name, what in (
        ("claims.csv", "the table"),
        ("claims.xlsx", "the same for a spreadsheet"),
        ("summary.md", "this page, with failures and accuracy"),
        ("report.html", "the run at a glance, for a browser"),
        ("claims.html", "every claim in its place, to be judged"),
    ):
        if (folder / name).exists():
            console.print(f"[bold]{escape((folder / name).as_posix())}[/]  [dim]{what}[/]")


def print_failures(failures: list[Record], *, quiet: bool = False) -> None:
    """Print failures on the error stream: those that cost a document always, the others unless quiet."""
    console = Console(stderr=True, highlight=False)
    lost = [failure for failure in failures if not failure["survivable"]]
    noted = [failure for failure in failures if failure["survivable"]]
    for failure in lost[:_MOST_FAILURES]:
        console.print(f"[red]failed[/] {_describe(failure)}")
    if len(lost) > _MOST_FAILURES:
        console.print(f"[red]…[/] and {len(lost) - _MOST_FAILURES:,} more documents failed")
    if quiet:
        return
    for failure in noted[:_MOST_FAILURES]:
        console.print(f"[yellow]note[/] {_describe(failure)}")
    if len(noted) > _MOST_FAILURES:
        console.print(f"[yellow]…[/] and {len(noted) - _MOST_FAILURES:,} more notes")


def _name_subjects(claim: dict[str, Any]) -> str:
    """Return the subjects as a person would say them: "female UM-HET3", "male mice"."""
    sex = claim["sex"]["value"] if claim["sex"] else ""
    return " ".join(filter(None, (sex, _text_of(claim, "strain") or _text_of(claim, "species"))))


def preview_claims(claims: list[dict[str, Any]], *, limit: int) -> Table:
    """Return a small table of the claims that say most, in order: what was given, to whom, and what it did."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name in ("claim", "intervention", "dose", "in", "outcome", "", "amount"):
        table.add_column(name, overflow="fold")
    arrows = {"increase": "↑", "decrease": "↓", "no_change": "→", "mixed": "↕", "unknown": "?"}
    for claim in _choose(claims, limit=limit):
        table.add_row(
            f"[dim]{claim['claim_id'][:8]}[/]",
            escape(claim["intervention"]["name"]),
            _text_of(claim, "dose"),
            _name_subjects(claim),
            escape(claim["outcome"]["name"]),
            arrows[claim["direction"]],
            _text_of(claim, "effect"),
        )
    return table


def _choose(claims: list[Record], *, limit: int) -> list[Record]:
    """Return the claims with most fields, one for each pair of intervention and outcome while there are others."""
    ranked = sorted(range(len(claims)), key=lambda place: (-_fullness(claims[place]), place))
    pairs: set[tuple[str, str]] = set()
    first: list[int] = []
    again: list[int] = []
    for place in ranked:
        pair = (claims[place]["intervention"]["name"], claims[place]["outcome"]["name"])
        (again if pair in pairs else first).append(place)
        pairs.add(pair)
    return [claims[place] for place in sorted([*first, *again][:limit])]


def _fullness(claim: Record) -> int:
    return sum(claim.get(field) is not None for field in _TELLING)


def _text_of(claim: dict[str, Any], field: str) -> str:
    value = claim.get(field)
    return escape(value["text"]) if value else ""


def _describe(failure: Record) -> str:
    place = failure["path"]
    if failure.get("page") is not None:
        place += f", page {failure['page']}"
    if failure.get("table") is not None:
        place += f", table {failure['table']}"
    return f"{escape(place)} ({failure['stage']}): {escape(failure['cause'])} — {escape(failure['remedy'])}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
