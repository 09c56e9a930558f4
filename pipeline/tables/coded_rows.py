"""Rows of a model that stand for the treatment: "Treatment" beside coefficients, "0 for placebo, 1 for X" in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.tables.arm_columns import count_leads, is_p
from pipeline.tables.context import TableContext
from pipeline.tables.contrasts import Contrast
from pipeline.tables.result_lexicon import ESTIMATE, INTERVAL, TIME_HEAD, WITHIN
from pipeline.tables.stated_contrasts import Sides, pair_sides
from pipeline.tables.texts import EMPTY

_ROW = re.compile(
    r"^\W*(?:treatment|group|arm|intervention|allocation|drug)(?: (?:group|arm|effect))?\W*$", re.IGNORECASE
)
_CODED = re.compile(
    r"\b(?:treatment|group|arm|intervention|allocation|drug)\b\W{1,3}\(?(?P<first>[01])\s?(?:=|:|for|if)\s?(?P<one>[^,;.()=]{3,60}?)"
    r"\s?[,;]\s?(?:and )?(?P<second>[01])\s?(?:=|:|for|if)\s?(?P<other>[^,;.()=]{3,60}?)\s*(?=[,;.)]|$)",
    re.IGNORECASE,
)


def contrast_coded_rows(context: TableContext) -> Iterator[Contrast]:
    """Yield the contrasts of a model's treatment row, one for each column of coefficients with its p-value."""
    sides = _find_sides(context)
    if sides is None:
        return
    first, (second, drug, partners) = sides
    columns = context.typed.columns
    lead = count_leads(context)
    for row in context.typed.rows:
        if not _ROW.match(row.cells[0].text):
            continue
        for index in range(lead, len(columns) - 1):
            column = columns[index]
            stated = is_p(columns[index + 1]) and not WITHIN.search(columns[index + 1].header.text)
            if not column.parts or not ESTIMATE.search(column.parts[-1].text) or not stated:
                continue
            parts = [("header", part) for part in reversed(column.parts[:-1]) if not INTERVAL.match(part.text)]
            times = [item for item in parts if TIME_HEAD.search(item[1].text)]
            yield Contrast(
                row=row, column=index, treated=first, control=second, drug=drug, partners=partners,
                outcomes=tuple(("subheader", text) for text in reversed(row.subheaders)), around=tuple(times),
                cells=(EMPTY, EMPTY), arms=(first, second), scope=(row.cells[index],), p=row.cells[index + 1],
                estimate=(row.cells[index], column.parts[-1].text),
            )  # fmt: skip


def _find_sides(context: TableContext) -> Sides | None:
    for text in (*context.notes.legend, context.typed.caption):
        match = _CODED.search(text.text)
        if match is None or match["first"] == match["second"]:
            continue
        one, other = text.part(*match.span("one")), text.part(*match.span("other"))
        return pair_sides(context, one, other) if match["first"] == "1" else pair_sides(context, other, one)
    return None
