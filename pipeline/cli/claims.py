"""A claim on the terminal: where it stands, with its evidence highlighted, and what was read from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pipeline.model import Document, Span
from pipeline.store import StoredClaim

_FIELDS = (
    "intervention", "combined_with", "dose", "route", "schedule", "duration", "comparator", "species", "strain",
    "population", "sex", "age", "sample_size", "outcome", "effect", "significance",
)  # fmt: skip
_STYLES = {
    "intervention": "bold cyan",
    "outcome": "bold magenta",
    "effect": "bold yellow",
    "dose": "bold blue",
    "significance": "bold green",
}
_PLACE = frozenset({"text", "start", "end", "source", "name", "id"})
_AROUND = 300


def print_claim(found: StoredClaim, *, why: bool = False) -> None:
    """Print a claim with its place, its fields and, if asked for, the reasons of its fields."""
    console = Console(highlight=False)
    claim, record = found.claim, found.document
    console.print(Panel(_passage(found), title=escape(_place(claim, record)), title_align="left"))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    table.add_column(style="dim", overflow="fold")
    for name in _FIELDS:
        value = claim.get(name)
        for item in value if isinstance(value, list) else [value]:
            if item:
                table.add_row(name.replace("_", " "), _reading(name, item), _where(item))
    table.add_row("direction", f"[bold]{claim['direction']}[/]" + (" (negated)" if claim["negated"] else ""), "")
    table.add_row("certainty", claim["certainty"], claim.get("source_kind") or "")
    if claim.get("setting"):
        table.add_row("setting", claim["setting"].replace("_", " "), "")
    if claim.get("citations"):
        table.add_row("citations", escape(", ".join(item["marker"] for item in claim["citations"])), "")
    if claim.get("confidence") is not None:
        table.add_row("confidence", f"{claim['confidence']:.2f}", "")
    console.print(table)
    if why:
        console.print()
        for reason in claim.get("why") or ["no reasons were recorded"]:
            console.print(f"· {escape(reason)}")


def mark_passage(found: StoredClaim) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the source passage around a claim's evidence and the ranges in it to mark, each with a style."""
    document, claim = found.rendition, found.claim
    spans = [Span(start, end) for start, end in claim["evidence"]["spans"]]
    start, end = _passage_bounds(document, spans)
    marks = [(span.start - start, span.end - start, "on grey23") for span in spans]
    for name in _FIELDS:
        value = claim.get(name)
        for item in value if isinstance(value, list) else [value]:
            if item and item.get("start") is not None and start <= item["start"] < item["end"] <= end:
                marks.append((item["start"] - start, item["end"] - start, _STYLES.get(name, "bold")))
    return document.source[start:end], marks


def _passage(found: StoredClaim) -> Text:
    source, marks = mark_passage(found)
    text = Text(source, style="dim")
    for start, end, style in marks:
        text.stylize("not dim " + style, start, end)
    return text


def _passage_bounds(document: Document, spans: list[Span]) -> tuple[int, int]:
    """Return the paragraph that holds the spans, in the source, or else what stands around them."""
    low, high = min(span.start for span in spans), max(span.end for span in spans)
    for block in document.blocks:
        places = document.clean.to_source(block.clean.start, block.clean.end)
        if not places:
            continue
        start, end = min(place.start for place in places), max(place.end for place in places)
        if start <= low and high <= end and end - start <= 20 * _AROUND:
            return start, end
    return max(0, low - _AROUND), min(len(document.source), high + _AROUND)


def _place(claim: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    parts = [record["path"]]
    if claim.get("section"):
        parts.append(claim["section"])
    evidence = claim["evidence"]
    if evidence.get("table") is not None:
        parts.append(f"table {evidence['table']}, row {evidence['row']}")
    if evidence.get("boxes"):
        parts.append(f"page {evidence['boxes'][0]['page']}")
    return " · ".join(parts)


def _reading(name: str, item: Mapping[str, Any]) -> str:
    text = f"[{_STYLES.get(name, 'bold')}]{escape(' '.join(item['text'].split()))}[/]"
    named = " ".join(str(item[key]) for key in ("name", "id") if item.get(key) and item[key] != item["text"])
    values = ", ".join(
        f"{key} {_plain(value)}" for key, value in item.items() if key not in _PLACE and value not in (None, [], "")
    )
    details = " · ".join(filter(None, (named, values)))
    return text + (f"  [dim]{escape(details)}[/]" if details else "")


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return str(value.get("text") or "")
    if isinstance(value, list):
        return "/".join(_plain(item) for item in value)
    return str(value)


def _where(item: Mapping[str, Any]) -> str:
    source: str = item.get("source") or ""
    return source if item.get("start") is None else f"{source} {item['start']}–{item['end']}"
