"""The outcome of an effect column: the row's, else the header's, else the caption's, with its statistic."""

from __future__ import annotations

import re
from typing import cast

from pipeline.model import Outcome
from pipeline.model.claims import FieldSource, Statistic
from pipeline.tables.columns import outcome_words
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.naming import find_names
from pipeline.tables.notes import read_statistic
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Row

_STATISTIC_WORDS = re.compile(r"^(?:median|mean|average|max(?:imum|imal)?)\s+", re.IGNORECASE)


def read_outcome(context: TableContext, row: Row, column: int) -> Outcome | None:
    """Return the outcome: the row's, else the effect column's, the control column's, the caption's."""
    header = context.typed.columns[column].header
    candidates: list[tuple[FieldSource, CellText]] = []
    own = context.typed.cell(row, "outcome")
    if own.text:
        candidates.append(("row", own))
    words = outcome_words(header)
    if words is not None:
        candidates.append(("header", words))
    for index, item in enumerate(context.typed.columns):
        if item.kind in ("control", "treated") and index != column:
            other = outcome_words(item.header)
            if other is not None:
                candidates.append(("header", other))
    for source, text in candidates:
        trimmed = _STATISTIC_WORDS.match(text.text)
        core = text.part(trimmed.end(), len(text.text)) if trimmed else text
        place = ground_text(context, core, 0, len(core.text))
        if place is not None and re.search(r"[A-Za-z]{3}", core.text):
            concepts = context.vocabulary.lookup(core.text, label="OUTCOME")
            statistic = read_statistic([header]) or _legend_statistic(context, core.text)
            return Outcome(
                text=place[0], start=place[1], end=place[2], source=source,
                name=concepts[0].name if concepts else core.text,
                id=concepts[0].id if concepts else None,
                statistic=cast("Statistic | None", statistic),
            )  # fmt: skip
    for name in find_names(context.typed.caption, context.vocabulary, "OUTCOME"):
        statistic = read_statistic([header, context.typed.caption])
        return Outcome(
            text=name.text, start=name.span.start, end=name.span.end, source="caption", name=name.name,
            id=None if name.concept is None else name.concept.id, statistic=cast("Statistic | None", statistic),
        )  # fmt: skip
    return None


def _legend_statistic(context: TableContext, outcome: str) -> str | None:
    pattern = re.compile(
        rf"\b(median|mean|average|maximum|maximal)\s+(?:\w+\s+){{0,2}}{re.escape(outcome)}", re.IGNORECASE
    )
    for text in (context.typed.caption, *context.notes.legend):
        match = pattern.search(text.text)
        if match:
            return {"average": "mean", "maximal": "maximum"}.get(match.group(1).lower(), match.group(1).lower())
    return None
