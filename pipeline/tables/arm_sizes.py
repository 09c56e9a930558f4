"""How many were in each arm, where a row of the body says it: "n | 62 | 60"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.arm_columns import ArmColumn, is_p
from pipeline.tables.context import TableContext
from pipeline.tables.labels import ArmLabel
from pipeline.tables.typed import Row

_NAME = re.compile(
    r"^\W*(?:[nN]|[nN]o\.|[nN]umber|(?:total )?(?:(?:number|no\.) (?:of )?|no of )"
    r"(?:patients|subjects|participants|animals|mice|rats))"
    r"(?: (?:analy[sz]ed|treated|randomi[sz]ed|exposed|evaluable|per group))?\W*$"
)
_SIZE = re.compile(r"^(?:[nN]\s?=\s?)?(\d{1,3}(?:,\d{3})+|\d+)(?:\s?\(%\))?$")


def size_arms(context: TableContext, arms: Sequence[ArmColumn]) -> dict[int, ArmLabel]:
    """Return a label with the arm's n, by its column, where the first row gives the arms' sizes."""
    if not context.typed.rows or not arms:
        return {}
    row = context.typed.rows[0]
    if not _names_size(context, row):
        return {}
    return {arm.index: label for arm in arms if (label := _read_size(row, arm)) is not None}


def _names_size(context: TableContext, row: Row) -> bool:
    """Whether a row's name says how many there were, and no p-value judges the row."""
    name = next((cell.text for cell in row.cells if cell.text), "")
    tested = any(
        is_p(column) and re.search(r"\w", cell.text)
        for column, cell in zip(context.typed.columns, row.cells, strict=True)
    )
    return _NAME.match(name) is not None and not tested


def _read_size(row: Row, arm: ArmColumn) -> ArmLabel | None:
    cell = row.cells[arm.index]
    match = _SIZE.match(cell.text)
    if match is None:
        return None
    return ArmLabel(cell, "plain", size=(int(match.group(1).replace(",", "")), match.start(1), match.end(1)))
