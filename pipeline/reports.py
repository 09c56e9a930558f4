"""What a run found, as a page of Markdown: counts, accuracy where there is gold, failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.export import RunCounts, read_records, stage_file
from pipeline.model.records import Record

_MOST = 50
_TOP = 10


def write_report(folder: Path, *, name: str, counts: RunCounts, accuracy: Sequence[str] = ()) -> str:
    """Write ``summary.md`` beside the files of a run, and return its text.

    Args:
        accuracy: the scores against the gold, as lines; empty where there is none.
    """
    markdown = describe_run(
        name,
        counts,
        accuracy=accuracy,
        claims=list(read_records(folder / "claims.jsonl")),
        failures=list(read_records(folder / "failures.jsonl")),
    )
    with stage_file(folder / "summary.md") as path:
        path.write_text(markdown, encoding="utf-8", newline="\n", errors="backslashreplace")
    return markdown


def describe_run(
    name: str, counts: RunCounts, *, accuracy: Sequence[str], claims: Sequence[Record], failures: Sequence[Record]
) -> str:
    """Return the page about a run. It holds no clock: the same run gives the same page."""
    lines = [f"# {name}", "", "| | |", "|---|---:|"]
    lines += [f"| {key.replace('_', ' ')} | {value:,} |" for key, value in counts.as_dict().items()]
    if claims:
        lines += [
            "",
            "## What was claimed of",
            "",
            "| intervention | claims | outcomes named most |",
            "|---|---:|---|",
        ]
        by_drug = Counter(claim["intervention"]["name"] for claim in claims)
        for drug, number in _most_common(by_drug):
            outcomes = Counter(claim["outcome"]["name"] for claim in claims if claim["intervention"]["name"] == drug)
            named = ", ".join(_cell(outcome) for outcome, _ in _most_common(outcomes)[:3])
            lines.append(f"| {_cell(drug)} | {number:,} | {named} |")
    lines += ["", "## Accuracy", ""]
    lines += ["```", *accuracy, "```"] if accuracy else ["No gold for these documents."]
    lines += ["", "## Failures", ""]
    if not failures:
        lines.append("None.")
    else:
        lines += ["| document | stage | cause | remedy |", "|---|---|---|---|"]
        for failure in failures[:_MOST]:
            lines.append("| " + " | ".join(_cell(failure[key]) for key in ("path", "stage", "cause", "remedy")) + " |")
        if len(failures) > _MOST:
            lines.append(f"\n… and {len(failures) - _MOST:,} more in failures.jsonl")
    return "\n".join(lines) + "\n"


def _most_common(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_TOP]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
