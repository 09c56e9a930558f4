"""How many were in each arm, where a row of the body says it: "n | 62 | 60"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.arm_columns import ArmColumn
from pipeline.tables.context import TableContext
from pipeline.tables.labels import ArmLabel
from pipeline.tables.typed import Row

_NAME = re.compile(
    r"^\W*(?:[nN]|[nN]o\.?|[nN]umber|(?:total )?(?:number|no\.?) (?:of )?"
    r"(?:patients|subjects|participants|animals|mice|rats))"
    r"(?: (?:analy[sz]ed|treated|randomi[sz]ed|exposed|evaluable|per group))?\W*$"
)
_SIZE = re.compile(r"^(?:[nN]\s?=\s?)?(\d{1,3}(?:,\d{3})+|\d+)(?:\s?\(%\))?$")


def size_arms(context: TableContext, arms: Sequence[ArmColumn]) -> dict[int, ArmLabel]:
    """Return a label with the arm's n, by its column, where the first row gives the arms' sizes."""
    if not context.typed.rows or not arms:
        return {}
    row = context.typed.rows[0]
    return {arm.index: label for arm in arms if (label := _read_size(row, arm)) is not None} if _names_size(row) else {}


def _names_size(row: Row) -> bool:
    name = next((cell.text for cell in row.cells if cell.text), "")
    return _NAME.match(name) is not None


def _read_size(row: Row, arm: ArmColumn) -> ArmLabel | None:
    cell = row.cells[arm.index]
    match = _SIZE.match(cell.text)
    if match is None:
        return None
    return ArmLabel(cell, "plain", size=(int(match.group(1).replace(",", "")), match.start(1), match.end(1)))
