"""Rows that belong to the outcome above them: its p-values and its differences from the comparator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.tables.result_lexicon import ESTIMATE, ESTIMATE_HEAD, P_ROW, WITHIN
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Row
from pipeline.tables.values import is_dash

_P_CELL = re.compile(
    r"^\W*p?\W*(?:[01]?\.\d+|[01](?:\.0+)?|n\.?s\.?|not significant)\W*(?:[×x]\s?10\W?\d+)?\W*[a-z]?$", re.IGNORECASE
)
COMPARED = re.compile(r"\b(?:vs\.?|versus|from|against|compared (?:with|to)|relative to|minus|over)\b", re.IGNORECASE)


_AGAINST_CONTROL = re.compile(
    r"\b(?:changes?|differences?|improvements?|reductions?|increases?|decreases?|effects?|estimates?|means?)\b.{0,20}"
    r"\b(?:from|vs?\.?|versus|over|minus|relative to|compared (?:with|to))\s(?:the )?"
    r"(?:placebo|vehicle|controls?|sham)\b",
    re.IGNORECASE,
)
"""Names of rows that hold each arm's difference from the control: "Change from placebo"."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The rows that say more of an outcome's row: ``p`` its p-values, ``difference`` the differences between arms."""

    p: Row | None = None
    difference: Row | None = None


def attach_rows(rows: Sequence[Row], *, lead: int) -> dict[int, Attached]:
    """Return the attached rows of each row that has any, by its index.

    Args:
        rows: body rows in order; ``lead`` is how many of their first cells are names.
    """
    found: dict[int, Attached] = {}
    owner: Row | None = None
    for row in rows:
        name = next((cell.text for cell in reversed(row.cells[:lead]) if cell.text), "")
        own = found.get(owner.index, Attached()) if owner is not None else Attached()
        if owner is None or owner.subheaders != row.subheaders:
            owner = row
        elif (P_ROW.match(name) or not name) and _holds_p(row, lead):
            if own.p is None and not WITHIN.search(name):
                found[owner.index] = Attached(row, own.difference)
        elif ESTIMATE.search(name) and _belongs_above(name) and not WITHIN.search(name):
            found[owner.index] = Attached(own.p, row)
        else:
            owner = row
    return found


def says_against_control(row: Row) -> bool:
    """Whether a row holds each arm's difference from the control."""
    return _AGAINST_CONTROL.search(row.cells[0].text) is not None


def _belongs_above(name: str) -> bool:
    """Whether a row of differences or ratios names what it compares or nothing else: "Rate ratio (95% CI)"."""
    return COMPARED.search(name) is not None or ESTIMATE_HEAD.match(name) is not None


def pick_p(row: Row, index: int, control: int, group: Sequence[int]) -> tuple[CellText, bool] | None:
    """Return the cell of an arm's p-value in a row of them, and whether it is one for more than two arms.

    Args:
        index: the arm's column, ``control`` the comparator's, ``group`` those of all the arms beside them.
    """
    filled = [at for at in group if row.cells[at].text and not is_dash(row.cells[at].text)]
    if len(filled) == 1 and (len(group) == 2 or filled[0] == control):
        return row.cells[filled[0]], len(group) > 2
    if control in filled or index not in filled:
        return None
    return row.cells[index], False


def _holds_p(row: Row, lead: int) -> bool:
    texts = [cell.text for cell in row.cells[lead:] if cell.text and not is_dash(cell.text)]
    return bool(texts) and all(_P_CELL.match(text) or re.match(r"^\W*p?\W*[<>=≤≥]", text, re.I) for text in texts)
