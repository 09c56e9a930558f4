"""Changes within arms that marks state: values at baseline beside later ones, marked "vs baseline"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.tables.arm_columns import count_leads, is_p
from pipeline.tables.context import TableContext
from pipeline.tables.contrasts import Contrast
from pipeline.tables.judging import says_within
from pipeline.tables.labels import ArmLabel, read_label
from pipeline.tables.result_lexicon import BASELINE, TIMEPOINT
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Column

_AFTER = re.compile(
    r"^\W*(?:after\b|post\b|post-?\w+|final\b|end(?: of)?\b|follow-?up|(?:at )?\d+(?:st|nd|rd"
    r"|th)?[- ]?(?:min\w*|h|hours?"
    r"|days?|weeks?|wks?|months?|mo)\b|(?:at )?(?:min|hour|day|week|month)s? ?[1-9]|[DWMTdwmt] ?[1-9]\d*\b)",
    re.IGNORECASE,
)


def contrast_marked_within(context: TableContext) -> Iterator[Contrast]:
    """Yield each treated arm's later values beside its own at baseline, where a mark's note compares the two."""
    if not any(mark.meaning == "significant" and says_within(mark.text) for mark in context.notes.marks):
        return
    columns = context.typed.columns
    lead = count_leads(context)
    for key, (before, afters) in _collect_times(context, lead).items():
        head = next((label for part in key if (label := _read_treated(context, part, "header"))), None)
        scope = tuple(row.cells[index] for row in context.typed.rows for index in (before, *afters))
        for row in context.typed.rows:
            named = [("row", text) for text in reversed(row.cells[:lead]) if text.text]
            named += [("subheader", text) for text in reversed(row.subheaders)]
            label = head
            if label is None:
                found = [(text, own) for _, text in named if (own := _read_treated(context, text, "row"))]
                if len(found) != 1:
                    continue
                label = found[0][1]
                named = [item for item in named if item[1] is not found[0][0]]
            baseline = columns[before].parts[-1]
            control = ArmLabel(baseline, "control", control=(0, len(baseline.text)))
            outer = [("header", part) for part in key if head is None or part is not head.text]
            for after in afters:
                time = ("header", columns[after].parts[-1])
                yield Contrast(
                    row=row, column=after, treated=replace(label, size=None), control=control, drug=label.drugs[0],
                    partners=label.drugs[1:], outcomes=(*named, *outer), around=(time, *named),
                    cells=(row.cells[after], row.cells[before]), arms=(label, control), scope=scope,
                    sizes=(label if label.size else None, None), within=True,
                )  # fmt: skip


def _collect_times(context: TableContext, lead: int) -> dict[tuple[CellText, ...], tuple[int, list[int]]]:
    """Return the columns at baseline and at later times, by the header levels above the time."""
    columns = context.typed.columns
    found: dict[tuple[CellText, ...], tuple[int, list[int]]] = {}
    for index, column in enumerate(columns):
        if index < lead or not column.parts or is_p(column):
            continue
        if BASELINE.match(column.parts[-1].text):
            found.setdefault(column.parts[:-1], (index, []))
        elif column.parts[:-1] in found and _is_later(column):
            found[column.parts[:-1]][1].append(index)
    return {key: times for key, times in found.items() if times[1]}


def _is_later(column: Column) -> bool:
    text = column.parts[-1].text
    return _AFTER.match(text) is not None or TIMEPOINT.match(text) is not None


def _read_treated(context: TableContext, text: CellText, source: str) -> ArmLabel | None:
    label = read_label(context, text, "header" if source == "header" else "row")
    return label if label is not None and label.role == "treated" and label.drugs else None
