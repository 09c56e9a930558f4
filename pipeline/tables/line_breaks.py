"""What the breaks before the words of a flattened table cost: within a cell, between cells, and where a row begins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.tables.words import Word

ROW_AFTER_BLANK, ROW_AT_LINE, ROW_AFTER_GLUE, ROW_INSIDE_LINE = 0.0, 1.2, 1.2, 5.0
BREAK_IN_CELL, BLANK_IN_CELL, GAP_IN_CELL, GLUE_IN_CELL = 0.5, 2.5, 1.5, 1000.0
MAX_BREAKS = 8.0
BREAK_BETWEEN, BLANK_BETWEEN, BREAK_AFTER_WRAP, BLANK_AFTER_WRAP = 0.8, 1.6, 0.2, 0.3
GAP_BETWEEN, GLUE_BETWEEN = -0.5, 4.0
WIDE_GAP = 3


def sum_breaks(words: Sequence[Word], *, in_cell: float) -> NDArray[np.float64]:
    """Return what the breaks before the words cost within a cell, summed up; no cell holds a glued word."""
    return np.cumsum([_cost_break(word, in_cell) for word in words])


def _cost_break(word: Word, in_cell: float) -> float:
    if word.glued:
        return GLUE_IN_CELL
    if word.after_blank:
        return BLANK_IN_CELL
    if word.starts_line:
        return in_cell
    return GAP_IN_CELL if word.gap >= WIDE_GAP else 0.0


def cost_row(word: Word, place: int) -> float:
    if not place or word.after_blank:
        return ROW_AFTER_BLANK
    if word.starts_line:
        return ROW_AT_LINE
    return ROW_AFTER_GLUE if word.glued else ROW_INSIDE_LINE


def cost_between(word: Word) -> tuple[float, float]:
    """Return what the break before a word costs between cells, if the first one wrapped and if it did not."""
    if word.after_blank:
        return BLANK_AFTER_WRAP, BLANK_BETWEEN
    if word.starts_line:
        return BREAK_AFTER_WRAP, BREAK_BETWEEN
    if word.glued:
        return GLUE_BETWEEN, GLUE_BETWEEN
    return (GAP_BETWEEN, GAP_BETWEEN) if word.gap >= WIDE_GAP else (0.0, 0.0)
