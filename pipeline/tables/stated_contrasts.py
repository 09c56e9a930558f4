"""Columns that are differences or ratios themselves, between arms that a header, its brackets or the caption states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.tables.arm_columns import count_leads, is_p
from pipeline.tables.context import TableContext
from pipeline.tables.contrasts import Contrast
from pipeline.tables.labels import ArmLabel, read_label, split_contrast
from pipeline.tables.pairing import Pairing, pair_arms
from pipeline.tables.result_lexicon import ESTIMATE, INTERVAL, WITHIN
from pipeline.tables.texts import EMPTY, CellText

_CUE = re.compile(
    r"\s(?:vs\.?|versus|minus|compared (?:with|to)|relative to)\s(?:the )?|\s[–−-]\s|\s?/\s?(?=placebo\b)",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?:[(\[:,;]|\b(?:of|with|between|for|comparing|the|in|among|on|after|given|receiving|taking)\s)", re.IGNORECASE
)
_RIGHT = re.compile(r"\s?[)\],:;.]|\s(?:on|for|in|at|with|after|by|during|as|from|over|among)\b", re.IGNORECASE)
_REACH = 60

Sides = tuple[ArmLabel, Pairing]
"""The treated arm and what it is compared with."""


def contrast_stated(context: TableContext) -> Iterator[Contrast]:
    """Yield the contrasts of columns that are differences: "metformin versus placebo, difference"."""
    columns = context.typed.columns
    lead = count_leads(context)
    caption = _find_sides(context, context.typed.caption)
    for index, column in enumerate(columns):
        if index < lead or is_p(column) or not ESTIMATE.search(column.header.text):
            continue
        if INTERVAL.match(column.parts[-1].text):
            continue
        own = next((found for part in column.parts if (found := _read_sides(context, part))), None)
        if own is None and WITHIN.search(column.header.text):
            continue
        sides = own or caption
        if sides is None:
            continue
        first, (second, drug, partners) = sides
        interval = index + 1 < len(columns) and INTERVAL.search(columns[index + 1].header.text) is not None
        after = index + 1 + interval
        with_p = after < len(columns) and is_p(columns[after]) and not WITHIN.search(columns[after].header.text)
        scope = tuple(row.cells[index] for row in context.typed.rows)
        for row in context.typed.rows:
            names = [("row", text) for text in reversed(row.cells[:lead]) if text.text]
            yield Contrast(
                row=row, column=index, treated=first, control=second, drug=drug, partners=partners,
                outcomes=(*names, *(("subheader", text) for text in reversed(row.subheaders))), around=tuple(names),
                cells=(EMPTY, EMPTY), arms=(first, second), scope=scope, p=row.cells[after] if with_p else None,
                estimate=(row.cells[index], column.header.text), interval=row.cells[index + 1] if interval else None,
            )  # fmt: skip


def _read_sides(context: TableContext, part: CellText) -> Sides | None:
    """Return the arms that a header level states, as a whole or in its brackets."""
    sides = split_contrast(part)
    whole = None if sides is None else _pair(context, *sides)
    return whole or _find_sides(context, part)


def _find_sides(context: TableContext, text: CellText) -> Sides | None:
    """Return the arms around a word for comparison in a text: "... of cilostazol vs. placebo on ..."."""
    for cue in _CUE.finditer(text.text):
        start = max(0, cue.start() - _REACH)
        for opening in _LEFT.finditer(text.text, start, cue.start()):
            start = opening.end()
        closing = _RIGHT.search(text.text, cue.end())
        end = min(len(text.text) if closing is None else closing.start(), cue.end() + _REACH)
        found = _pair(context, text.part(start, cue.start()), text.part(cue.end(), end))
        if found is not None:
            return found
    return None


def _pair(context: TableContext, left: CellText, right: CellText) -> Sides | None:
    first, second = (read_label(context, side, "header") for side in (left, right))
    found = None if first is None or second is None else pair_arms(context, first, [first, second])
    return None if first is None or found is None or found[0] is not second else (first, found)
