"""What a result table compares: a treated arm beside its comparator for one outcome, with arms as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.tables.arm_columns import ArmColumn, count_leads, is_p, read_arm_columns
from pipeline.tables.arm_sets import settle_arms
from pipeline.tables.arm_sizes import size_arms
from pipeline.tables.attached_rows import Attached, attach_rows, says_against_control
from pipeline.tables.context import TableContext
from pipeline.tables.header_units import is_unit
from pipeline.tables.labels import ArmLabel
from pipeline.tables.merged import split_merged
from pipeline.tables.naming import FoundName
from pipeline.tables.p_columns import find_p, names_control, pick_attached_p, pick_listed
from pipeline.tables.pairing import pair_arms
from pipeline.tables.result_lexicon import (
    BASELINE,
    CHARACTERISTIC,
    DESCRIPTION,
    ESTIMATE,
    INTERVAL,
    RATE_HEAD,
    RATIO,
    SUBGROUP,
)
from pipeline.tables.texts import EMPTY, CellText
from pipeline.tables.times import find_time_column
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
        beside: the comparator's row, where the two rows say only together what was compared.
        within: whether the comparator is the arm's own baseline; ``signed`` whether the cell says that it is a change.
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
    signed: bool = False
    beside: Row | None = None


def contrast_columns(context: TableContext) -> Iterator[Contrast]:
    """Yield the contrasts of a table whose columns are arms and whose rows are outcomes."""
    columns = sorted(settle_columns(context, read_arm_columns(context)), key=lambda arm: arm.key)
    groups = _share_control([list(group) for _, group in groupby(columns, key=lambda arm: arm.key)])
    groups = [
        group for group in groups if any(pair_arms(context, arm.label, [item.label for item in group]) for arm in group)
    ]
    if not groups:
        return
    groups.sort(key=lambda group: group[0].index)
    if len(groups) > 1 and (all(_holds_units(group[0]) for group in groups) or _count_the_same(groups)):
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
    time = find_time_column(context, lead)
    spelt = {index for index in range(1, lead) if DESCRIPTION.search(context.typed.columns[index].header.text)}
    p_columns = {arm.index: find_p(context, groups, group, arm, control) for group, arm, control, _ in pairs}
    attached = attach_rows(context.typed.rows, lead=lead)
    sized = size_arms(context, columns)
    told = {more.difference.index for more in attached.values() if more.difference is not None}
    block: tuple[CellText, ...] = ()
    for row in context.typed.rows:
        if sized and row is context.typed.rows[0]:
            continue
        if row.subheaders != block:
            block, carried = row.subheaders, [EMPTY] * lead
        going_on = time is not None and bool(row.cells[time].text) and not BASELINE.match(row.cells[time].text)
        for index in range(lead):
            if row.cells[index].text and not (going_on and time is not None and index < time):
                carried = [*carried[:index], row.cells[index], *[EMPTY] * (lead - index - 1)]
        names = [("row", text) for index, text in enumerate(carried) if text.text and index not in spelt][::-1]
        inner = [] if names_subgroups(context) else names
        outer = [("subheader", text) for text in reversed(row.subheaders)]
        subheaders = outer if inner or not names else []
        for group, arm, control, (_, drug, partners) in pairs:
            p, overall = p_columns[arm.index]
            estimate, interval = _find_estimate(context, row, group, groups) if len(group) == 2 else (None, None)
            rest = [("header", part) for part in arm.rest]
            p_cell = None if p is None else pick_listed(context, row.cells[p], arm.label, control.label)
            overall = overall and (p is None or p_cell is row.cells[p])
            more = attached.get(row.index)
            if p_cell is None and more is not None:
                p_cell, overall = pick_attached_p(context, more, group, arm, control)
                estimate = estimate or _find_attached(context, more, arm, control, lead)
            if len(group) == 2 and len(groups) == 1:
                estimate, interval, p_cell = _take_apart(context, row, p, (estimate, interval, p_cell))
            cells = (row.cells[arm.index], row.cells[control.index])
            shared = None if row.index in told else _find_shared(row, names, group, cells)
            if row.subheaders and says_against_control(row) and cells[0].text and not cells[1].text:
                shared = (cells[0], names[0][1].text)
            if shared is not None:
                estimate, cells = shared, (EMPTY, EMPTY)
            own = [] if shared is not None else inner
            yield Contrast(
                row=row, column=arm.index, treated=arm.label, control=control.label, drug=drug, partners=partners,
                outcomes=(*own, *(outer if shared else subheaders), *rest, *last), around=(*names, *rest), scope=scope,
                cells=cells, arms=tuple(item.label for item in group),
                estimate=estimate, interval=interval, p=p_cell, overall=overall,
                sizes=(arm.size or sized.get(arm.index), control.size or sized.get(control.index)),
            )  # fmt: skip


def settle_columns(context: TableContext, arms: Sequence[ArmColumn]) -> list[ArmColumn]:
    """Return the arms' columns with what the arms taken together tell, below heads that name none of them."""
    own = {arm.label.text.text for arm in arms if not arm.rest}
    arms = [replace(arm, rest=()) if len(arm.rest) == 1 and arm.rest[0].text in own else arm for arm in arms]
    keys = list(dict.fromkeys(arm.key for arm in arms))
    sets = [[arm for arm in arms if arm.key == key] for key in keys]
    sets = sets if all(len(members) > 1 for members in sets) else [arms]
    settled: dict[int, ArmLabel] = {}
    for members in sets:
        distinct = {arm.label.text.text: arm.label for arm in members}
        found = dict(zip(distinct, settle_arms(context, list(distinct.values())), strict=True))
        settled.update((arm.index, label) for arm in members if (label := found[arm.label.text.text]) is not None)
    return [
        arm if settled.get(arm.index, arm.label) is arm.label else replace(arm, label=settled[arm.index])
        for arm in arms
    ]  # fmt: skip


def _share_control(groups: list[list[ArmColumn]]) -> list[list[ArmColumn]]:
    """Return the groups with the one control that stands alone in each: "Placebo" beside doses "Weekly" and "Daily"."""
    controls = [(group, arm) for group in groups for arm in group if arm.label.role == "control"]
    if len(controls) == 1 and not controls[0][1].rest and len(groups) > 1:
        own, _ = controls[0]
        rest = [arm for group in groups if group is not own for arm in group]
        if all(arm.label.role == "treated" for arm in own + rest if arm is not controls[0][1]) and len(own) > 1:
            return [sorted([*own, *rest], key=lambda arm: arm.index)]
    alone = [group[0] for group in groups if len(group) == 1 and group[0].label.role == "control"]
    others = [group for group in groups if group[0] not in alone]
    if len(alone) != 1 or alone[0].rest or any(arm.label.role != "treated" for group in others for arm in group):
        return groups
    return [sorted([alone[0], *group], key=lambda arm: arm.index) for group in others]


def _holds_units(arm: ArmColumn) -> bool:
    return bool(arm.rest) and all(is_unit(part.text) for part in arm.rest)


def _count_the_same(groups: Sequence[Sequence[ArmColumn]]) -> bool:
    """Whether groups of columns are counts and rates of the same events: "n (%)" and "Event rate"."""
    words = [" ".join(part.text for part in group[0].rest) for group in groups]
    return any(words) and all(not text or RATE_HEAD.match(text) for text in words)


def names_subgroups(context: TableContext) -> bool:
    """Whether the first column's head says that its cells are subgroups, in whom and not what was measured.

    Characteristics are subgroups where the arms' differences in them are given.
    """
    head, *others = (column.header.text for column in context.typed.columns)
    if CHARACTERISTIC.match(head):
        return any(ESTIMATE.search(text) for text in others)
    return SUBGROUP.match(head) is not None


def _find_attached(
    context: TableContext, more: Attached, arm: ArmColumn, control: ArmColumn, lead: int
) -> tuple[CellText, str] | None:
    """Return the difference or ratio that a row below gives for the arm: one cell for the two, or the arm's own."""
    if more.difference is None:
        return None
    words = next(text.text for text in reversed(more.difference.cells[:lead]) if text.text)
    own, other = more.difference.cells[arm.index], more.difference.cells[control.index]
    if not names_control(context, words, control.label) or bool(own.text) == bool(other.text):
        return None
    if not own.text and abs(arm.index - control.index) != 1:
        return None
    return (own if own.text else other), words


def _find_shared(
    row: Row, names: Sequence[tuple[str, CellText]], group: Sequence[ArmColumn], cells: tuple[CellText, CellText]
) -> tuple[CellText, str] | None:
    """Return the one cell that spans two arms in a row of differences or ratios: "Hazard ratio (95% CI)"."""
    words = names[0][1].text if names else ""
    if len(group) != 2 or not row.subheaders or ESTIMATE.search(words) is None:
        return None
    return (cells[0] if cells[0].text else cells[1], words) if bool(cells[0].text) != bool(cells[1].text) else None


_Stated = tuple[tuple[CellText, str] | None, CellText | None, CellText | None]


def _take_apart(context: TableContext, row: Row, p: int | None, stated: _Stated) -> _Stated:
    """Return difference, interval and p-value with those apart that stand in one cell."""
    estimate, interval, p_cell = stated
    if p is not None and (parts := split_merged(row.cells[p])) is not None:
        words = context.typed.columns[p].header.text
        return estimate or ((parts[0], words) if ESTIMATE.search(words) else None), interval, parts[1]
    if estimate is not None and p_cell is None and (parts := split_merged(estimate[0])) is not None:
        return (parts[0], estimate[1]), interval, parts[1]
    return stated


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
    words = next((words for mark in row.cells[at].marks if (words := _read_ratio(context, mark))), None)
    return (row.cells[at], words or columns[at].header.text), row.cells[at + 1] if interval else None


def _read_ratio(context: TableContext, mark: str) -> str | None:
    """Return what a cell's mark explains where it says that this cell, unlike its column, is a ratio."""
    note = context.notes.find(mark)
    return note.text if note is not None and RATIO.search(note.text[:60]) else None
