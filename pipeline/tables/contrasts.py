"""What a result table compares: a treated arm beside its comparator for one outcome, with arms as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.tables.arm_columns import ArmColumn, count_leads, is_p, read_arm_columns
from pipeline.tables.attached_rows import attach_rows
from pipeline.tables.context import TableContext
from pipeline.tables.header_units import is_unit
from pipeline.tables.labels import ArmLabel
from pipeline.tables.naming import FoundName
from pipeline.tables.p_columns import find_p, names_control, pick_attached_p, pick_listed
from pipeline.tables.pairing import pair_arms
from pipeline.tables.result_lexicon import ESTIMATE, INTERVAL, SUBGROUP
from pipeline.tables.texts import EMPTY, CellText
from pipeline.tables.typed import Row


@dataclass(frozen=True, slots=True)
class Contrast:
    """A treated arm beside its comparator for one outcome.

    Attributes:
        row: the row that the claim stands in; ``column``: of the treated arm's value or of the difference.
        outcomes: texts that may name the outcome, the likeliest first; ``around``: texts on time and subgroup;
            ``sizes``: the labels that give the two arms' n.
        scope: the cells among which marks of significance count as used.
        cells: the treated arm's cell and the comparator's; empty where the table gives only the difference.
        estimate: the cell of a difference or ratio with the words of its column, ``interval`` that of its interval.
        p: the cell of the p-value; ``overall`` where it is that of more than two arms.
        arms: every arm that stands beside the two.
        within: whether the comparator is the arm's own baseline.
    """

    row: Row
    column: int
    treated: ArmLabel
    control: ArmLabel
    drug: FoundName
    partners: tuple[FoundName, ...]
    outcomes: tuple[tuple[str, CellText], ...]
    around: tuple[tuple[str, CellText], ...]
    cells: tuple[CellText, CellText]
    arms: tuple[ArmLabel, ...]
    estimate: tuple[CellText, str] | None = None
    interval: CellText | None = None
    p: CellText | None = None
    overall: bool = False
    sizes: tuple[ArmLabel | None, ArmLabel | None] = (None, None)
    scope: tuple[CellText, ...] = ()
    within: bool = False


def contrast_columns(context: TableContext) -> Iterator[Contrast]:
    """Yield the contrasts of a table whose columns are arms and whose rows are outcomes."""
    columns = sorted(read_arm_columns(context), key=lambda arm: arm.key)
    groups = [list(group) for _, group in groupby(columns, key=lambda arm: arm.key)]
    groups = [
        group for group in groups if any(pair_arms(context, arm.label, [item.label for item in group]) for arm in group)
    ]
    if not groups:
        return
    groups.sort(key=lambda group: group[0].index)
    if len(groups) > 1 and all(group[0].rest and all(is_unit(part.text) for part in group[0].rest) for group in groups):
        groups = groups[:1]
    lead = min(count_leads(context), min(arm.index for group in groups for arm in group))
    pairs = []
    for group in groups:
        labels = [arm.label for arm in group]
        for arm in group:
            found = pair_arms(context, arm.label, labels)
            if found is not None:
                control = next(other for other in group if other.label is found[0])
                pairs.append((group, arm, control, found))
    used = {arm.index for group in groups for arm in group}
    scope = tuple(row.cells[index] for row in context.typed.rows for index in sorted(used))
    head = context.typed.columns[lead - 1].header
    last = [("header", head)] if head.text and not names_subgroups(context) else []
    carried: list[CellText] = [EMPTY] * lead
    p_columns = {arm.index: find_p(context, groups, group, arm, control) for group, arm, control, _ in pairs}
    attached = attach_rows(context.typed.rows, lead=lead)
    for row in context.typed.rows:
        for index in range(lead):
            if row.cells[index].text:
                carried = [*carried[:index], row.cells[index], *[EMPTY] * (lead - index - 1)]
        names = [("row", text) for text in reversed(carried) if text.text]
        inner = [] if names_subgroups(context) else names
        subheaders = [("subheader", text) for text in reversed(row.subheaders) if inner or not names]
        for group, arm, control, (_, drug, partners) in pairs:
            p, overall = p_columns[arm.index]
            estimate, interval = _find_estimate(context, row, group, groups) if len(group) == 2 else (None, None)
            rest = [("header", part) for part in arm.rest]
            p_cell = None if p is None else pick_listed(context, row.cells[p], arm.label, control.label)
            overall = overall and (p is None or p_cell is row.cells[p])
            more = attached.get(row.index)
            if p_cell is None and more is not None:
                p_cell, overall = pick_attached_p(context, more, group, arm, control)
                if estimate is None and more.difference is not None and more.difference.cells[arm.index].text:
                    words = next(text.text for text in reversed(more.difference.cells[:lead]) if text.text)
                    if not more.difference.cells[control.index].text and names_control(context, words, control.label):
                        estimate = (more.difference.cells[arm.index], words)
            yield Contrast(
                row=row, column=arm.index, treated=arm.label, control=control.label, drug=drug, partners=partners,
                outcomes=(*inner, *subheaders, *rest, *last), around=(*names, *rest), scope=scope,
                cells=(row.cells[arm.index], row.cells[control.index]), arms=tuple(item.label for item in group),
                estimate=estimate, interval=interval, p=p_cell, overall=overall, sizes=(arm.size, control.size),
            )  # fmt: skip


def names_subgroups(context: TableContext) -> bool:
    """Whether the first column's head says that its cells are subgroups, in whom and not what was measured."""
    return SUBGROUP.match(context.typed.columns[0].header.text) is not None


def _find_estimate(
    context: TableContext, row: Row, group: Sequence[ArmColumn], groups: Sequence[Sequence[ArmColumn]]
) -> tuple[tuple[CellText, str] | None, CellText | None]:
    """Return the cell of the two arms' difference or ratio, and that of its interval."""
    if len(groups) > 1:
        return None, None
    columns = context.typed.columns
    last = max(arm.index for arm in group)
    found = [
        index for index in range(last + 1, len(columns))
        if ESTIMATE.search(columns[index].header.text) and not is_p(columns[index])
        and not INTERVAL.match(columns[index].parts[-1].text)
    ]  # fmt: skip
    if not found or not row.cells[found[0]].text:
        return None, None
    at = found[0]
    interval = at + 1 < len(columns) and INTERVAL.search(columns[at + 1].header.text) is not None
    return (row.cells[at], columns[at].header.text), row.cells[at + 1] if interval else None
