"""The column of times behind the names of outcomes: "Heart rate | Baseline", "| Week 4"."""

from __future__ import annotations

import re

from pipeline.tables.context import TableContext
from pipeline.tables.result_lexicon import BASELINE

_HEAD = re.compile(
    r"\b(?:times?|points?|visits?|phases?|periods?|weeks?|months?|days?|hours?|stages?)\b", re.IGNORECASE
)


def find_time_column(context: TableContext, lead: int) -> int | None:
    """Return the column whose cells are the same times over and over, the baseline first, one round an outcome."""
    return context.remember(("time column", lead), lambda: _find_time_column(context, lead))


def _find_time_column(context: TableContext, lead: int) -> int | None:
    for index in range(1, lead):
        if not _HEAD.search(context.typed.columns[index].header.text):
            continue
        times = [text for row in context.typed.rows if (text := row.cells[index].text)]
        starts = [at for at, text in enumerate(times) if BASELINE.match(text)]
        if len(starts) < 2 or starts[0] or len(times) % len(starts):
            continue
        period = len(times) // len(starts)
        if period > 1 and all(text == times[at % period] for at, text in enumerate(times)):
            return index
    return None
