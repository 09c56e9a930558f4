"""Rows that are times of one outcome: a column of times behind the names, and changes printed with their sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.tables.arm_columns import count_leads, read_arm_columns
from pipeline.tables.arm_sizes import size_arms
from pipeline.tables.context import TableContext
from pipeline.tables.contrasts import Contrast
from pipeline.tables.labels import ArmLabel
from pipeline.tables.result_lexicon import BASELINE
from pipeline.tables.texts import EMPTY, CellText
from pipeline.tables.times import find_time_column

_CHANGE_SIGN = re.compile(r"^[Δ∆]\s?(?=[+−–-]?\s?\d)")


def contrast_signed_changes(context: TableContext) -> Iterator[Contrast]:
    """Yield each drug's change from its own baseline, where the cells say that they are changes: "Δ7.2 ± 10.8".

    Only where rows of the baseline stand above them and no arm is a control, with which changes would be compared.
    """
    lead = count_leads(context)
    time = find_time_column(context, lead)
    arms = [arm for arm in read_arm_columns(context) if arm.index >= lead]
    if time is None or not arms or any(not arm.label.drugs for arm in arms):
        return
    sized = size_arms(context, arms)
    name, baseline = EMPTY, EMPTY
    for row in context.typed.rows:
        if BASELINE.match(row.cells[time].text):
            name, baseline = row.cells[0], row.cells[time]
            continue
        if not name.text:
            continue
        control = ArmLabel(baseline, "control", control=(0, len(baseline.text)))
        for arm in arms:
            change = _read_change(row.cells[arm.index])
            if change is None:
                continue
            size = arm.size or sized.get(arm.index)
            yield Contrast(
                row=row, column=arm.index, treated=replace(arm.label, size=None), control=control,
                drug=arm.label.drugs[0], partners=arm.label.drugs[1:], outcomes=(("row", name),),
                around=(("row", row.cells[time]),), cells=(EMPTY, EMPTY), arms=(arm.label, control),
                estimate=(change, "change"), sizes=(size, None), within=True, signed=True,
            )  # fmt: skip


def _read_change(cell: CellText) -> CellText | None:
    match = _CHANGE_SIGN.match(cell.text)
    return None if match is None else cell.part(match.end(), len(cell.text))
