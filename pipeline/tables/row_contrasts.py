"""Arms as rows, and rows that are differences themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.tables.arm_columns import count_leads, is_p
from pipeline.tables.arm_sets import settle_arms, share_sign
from pipeline.tables.coded_rows import contrast_coded_rows
from pipeline.tables.context import TableContext
from pipeline.tables.contrasts import Contrast, contrast_columns
from pipeline.tables.dose_levels import read_level_head, read_levels
from pipeline.tables.exposures import read_exposures
from pipeline.tables.labels import ArmLabel, read_label, split_contrast
from pipeline.tables.marked_within import contrast_marked_within
from pipeline.tables.naming import find_names
from pipeline.tables.p_columns import names_control
from pipeline.tables.pairing import pair_arms
from pipeline.tables.result_lexicon import (
    ESTIMATE,
    INTERVAL,
    NO_VALUE,
    NOT_AN_OUTCOME,
    P_ROW,
    RELATIVE_CHANGE,
    SPREAD,
    WITHIN,
)
from pipeline.tables.stated_contrasts import contrast_stated
from pipeline.tables.stated_rows import contrast_stated_rows
from pipeline.tables.texts import EMPTY, CellText
from pipeline.tables.time_rows import contrast_signed_changes
from pipeline.tables.typed import Row
from pipeline.tables.values import is_dash
from pipeline.tables.within import contrast_single, contrast_within

_ARM_HEAD = re.compile(
    r"\b(?:treatments?|groups?|arms?|drugs?|agents?|medications?|compounds?|regimens?|interventions?|therap\w+|doses?|names?"
    r"|substances?|samples?|variables?|parameters?|strains?|animals?|cohorts?|phases?|times?|visits?|comparisons?|study)\b",
    re.IGNORECASE,
)
_AVERAGE = re.compile(
    r"^\W*(?:means?|medians?|average|values?|results?)\b\W*(?:(?:±|\+/-)?\s?s\.?[de]\.?m?\.?)?\W*$", re.IGNORECASE
)
MAX_ARMS = 60
"""More rows of arms than these in one block are a list, not a comparison; every pair of them would be weighed."""


def find_contrasts(context: TableContext, problems: list[str]) -> Iterator[Contrast]:
    """Yield what the table compares, in the order of rows and columns; what was left out is added to ``problems``.

    The first reading that finds anything is the table's; marks of a change within an arm are read beside it.
    """
    readings: tuple[Iterator[Contrast], ...] = (
        contrast_within(context),
        contrast_signed_changes(context),
        contrast_coded_rows(context),
        contrast_stated_rows(context),
        contrast_columns(context),
        contrast_stated(context),
        contrast_rows(context, problems),
        contrast_single(context),
    )
    for reading in readings:
        first = next(reading, None)
        if first is not None:
            yield first
            yield from reading
            break
    yield from contrast_marked_within(context)


@dataclass(frozen=True, slots=True)
class _ArmRow:
    row: Row
    label: ArmLabel


def contrast_rows(context: TableContext, problems: list[str]) -> Iterator[Contrast]:
    """Yield the contrasts of a table whose rows are arms and whose columns are outcomes."""
    typed = context.typed
    lead = count_leads(context)
    if lead >= len(typed.columns):
        return
    if _holds_levels(context, lead):
        lead += 1
        if lead >= len(typed.columns):
            return
    carried: list[CellText] = [EMPTY] * lead
    named: list[tuple[tuple[CellText, ...], Row]] = []
    for row in typed.rows:
        carried = [row.cells[index] if row.cells[index].text else carried[index] for index in range(lead)]
        named.append((tuple(carried), row))
    yield from _from_differences(context, named)
    for at in range(lead):
        labels = [read_label(context, names[at], "row") for names, _ in named]
        labels = (
            read_levels(
                context,
                typed.columns[at].header,
                [names[at] for names, _ in named],
                [row.subheaders for _, row in named],
            )
            or read_exposures(context, typed.columns[at].header, [row.cells[at] for _, row in named])
            or settle_arms(context, labels, dosed=_find_dosed(context, [row for _, row in named]))
        )
        roles = {label.role for label in labels if label is not None}
        if "treated" in roles or ("control" in roles and "plain" in roles):
            yield from _compare_rows(context, named, at, labels, lead, problems)
            return


def _find_dosed(context: TableContext, rows: Sequence[Row]) -> list[bool]:
    """Return whether each row gives a dose that is not 0 in a column of doses."""
    column = next((index for index, column in enumerate(context.typed.columns) if column.kind == "dose"), None)
    return [column is not None and re.search(r"[1-9]", row.cells[column].text) is not None for row in rows]


def _holds_levels(context: TableContext, at: int) -> bool:
    """Whether the column behind the names holds the doses of one drug, which are the arms."""
    cells = [row.cells[at] for row in context.typed.rows]
    above = [row.subheaders for row in context.typed.rows]
    return read_level_head(context, context.typed.columns[at].header) != () and bool(
        read_levels(context, context.typed.columns[at].header, cells, above)
    )


def _from_differences(
    context: TableContext, named: Sequence[tuple[tuple[CellText, ...], Row]]
) -> Iterator[Contrast]:  # fmt: skip
    """Yield the contrasts of rows that are differences themselves: "metformin versus placebo"."""
    columns = context.typed.columns
    scope = tuple(cell for names, row in named if split_contrast(names[0]) for cell in row.cells[1:])
    for names, row in named:
        sides = split_contrast(names[0])
        if sides is None:
            continue
        first, second = (read_label(context, side, "row") for side in sides)
        if first is None or second is None:
            continue
        found = pair_arms(context, first, [first, second])
        if found is None:
            continue
        words = " ".join(text.text for text in (*row.subheaders, context.typed.caption))
        for column in _value_columns(context, 1):
            parts = [("header", part) for part in reversed(columns[column].parts)]
            interval = column + 1 < len(columns) and INTERVAL.search(columns[column + 1].header.text) is not None
            after = column + 1 + interval
            p = row.cells[after] if after < len(columns) and is_p(columns[after]) else None
            yield Contrast(
                row=row, column=column, treated=first, control=found[0], drug=found[1], partners=found[2],
                outcomes=(*parts, *(("subheader", text) for text in reversed(row.subheaders))), around=tuple(parts),
                cells=(EMPTY, EMPTY), arms=(first, second), scope=scope, p=p,
                estimate=(row.cells[column], f"{columns[column].header.text} {words}"),
                interval=row.cells[column + 1] if interval else None,
            )  # fmt: skip


def _compare_rows(
    context: TableContext, named: Sequence[tuple[tuple[CellText, ...], Row]], at: int,
    labels: Sequence[ArmLabel | None], lead: int, problems: list[str],
) -> Iterator[Contrast]:  # fmt: skip
    blocks: list[tuple[object, list[int]]] = []
    for index, (names, row) in enumerate(named):
        key = (
            row.subheaders,
            tuple(name.text for place, name in enumerate(names) if place < at and re.search("[A-Za-z]{2}", name.text)),
        )
        if not blocks or blocks[-1][0] != key:
            blocks.append((key, []))
        blocks[-1][1].append(index)
    for _, members in blocks:
        arms = [_ArmRow(named[index][1], label) for index in members if (label := labels[index]) is not None]
        p_row = next((named[index][1] for index in members if P_ROW.match(named[index][0][at].text)), None)
        if len(arms) > MAX_ARMS:
            first, last = arms[0].row.index, arms[-1].row.index
            problems.append(f"rows {first} to {last}: {len(arms)} arms in one block, {MAX_ARMS} are compared at most")
            continue
        if len({_distinguish(context, arm) for arm in arms}) != len(arms):
            continue
        all_labels = tuple(arm.label for arm in arms)
        names = named[members[0]][0]
        scope = tuple(cell for arm in arms for cell in arm.row.cells[lead:])
        head = context.typed.columns[at].header
        exposed = bool(read_exposures(context, head, [arm.label.text for arm in arms]))
        named_above = [("header", head)] if _names_outcome(context, at) else []
        for arm in arms:
            found = pair_arms(context, arm.label, all_labels)
            if found is None:
                continue
            control = next(other for other in arms if other.label is found[0])
            outer = [("row", name) for name in names[:at] if name.text]
            subheaders = [("subheader", text) for text in reversed(arm.row.subheaders)]
            columns = _value_columns(context, lead, named=bool(outer))
            for column in columns:
                parts = [("header", part) for part in reversed(context.typed.columns[column].parts)]
                p, overall = _row_p(context, column, arm, control, arms, p_row)
                estimate = _find_difference(context, column, columns, arm, control)
                yield Contrast(
                    row=arm.row, column=column, treated=arm.label, control=control.label, drug=found[1],
                    partners=found[2], scope=scope, outcomes=(*outer, *parts, *subheaders, *named_above),
                    around=(*parts, *outer),
                    sizes=(arm.label if arm.label.size else None, control.label if control.label.size else None),
                    cells=(arm.row.cells[column], control.row.cells[column]), p=p, overall=overall,
                    arms=share_sign(arm.label, all_labels), estimate=estimate,
                    beside=control.row if arm.label.source != "row" and exposed else None,
                )  # fmt: skip


def _names_outcome(context: TableContext, at: int) -> bool:
    """Whether the head above the arms' names says what was measured, as a table of one outcome may: "CGI-S"."""
    column = context.typed.columns[at]
    if not column.header.text:
        return False
    named = find_names(column.header, context.vocabulary, "CHEMICAL", "SPECIES", "POPULATION")
    return column.kind in ("unknown", "outcome", "endpoint") and not named and not _ARM_HEAD.search(column.header.text)


def _find_difference(
    context: TableContext, column: int, columns: Sequence[int], arm: _ArmRow, control: _ArmRow
) -> tuple[CellText, str] | None:
    """Return the cell behind an arm's value that gives its difference from the comparator, whose own is blank."""
    after = next((index for index in columns if index > column), None)
    if after is None or not arm.row.cells[after].text or not _is_blank(control.row.cells[after]):
        return None
    words = context.typed.columns[after].header.text
    compares = ESTIMATE.search(words) is not None and names_control(context, words, control.label)
    return (arm.row.cells[after], words) if compares and not WITHIN.search(words) else None


def _distinguish(context: TableContext, arm: _ArmRow) -> tuple[str, ...]:
    """Return what tells a row's arm from the others: its label with its dose, route, schedule and duration."""
    columns = context.typed.columns
    kinds = ("dose", "route", "schedule", "duration")
    regimen = (arm.row.cells[index].text for index, column in enumerate(columns) if column.kind in kinds)
    return (arm.label.text.text, *regimen)


def _value_columns(context: TableContext, lead: int, *, named: bool = False) -> list[int]:
    """Return the columns of values; where the rows name their outcome, "Mean" is one too."""
    columns = context.typed.columns
    kept = []
    for index in range(lead, len(columns)):
        column = columns[index]
        last = column.parts[-1].text if column.parts else ""
        if (
            not last
            or is_p(column)
            or column.kind in ("n", "dose", "sex", "age", "route", "schedule", "reference", "duration")
        ):
            continue
        if (
            NO_VALUE.search(column.header.text)
            or INTERVAL.match(last)
            or SPREAD.match(last)
            or (NOT_AN_OUTCOME.match(last) and not (named and _AVERAGE.match(last)))
        ):
            continue
        kept.append(index)
    return kept


def _last(context: TableContext, index: int) -> str:
    parts = context.typed.columns[index].parts
    return parts[-1].text if parts else ""


def _gives_each(own: CellText, other: CellText) -> bool:
    """Whether both arms have a p-value of their own, which then speaks of changes within them."""
    return bool(re.search(r"\d", own.text) and re.search(r"\d", other.text)) and own.text != other.text


def _is_blank(cell: CellText) -> bool:
    return not cell.text or is_dash(cell.text)


def _row_p(
    context: TableContext, column: int, arm: _ArmRow, control: _ArmRow, arms: Sequence[_ArmRow], p_row: Row | None
) -> tuple[CellText | None, bool]:
    """Return the p cell of a row's value: that of the column after it, where it is no other outcome's."""
    columns = context.typed.columns
    if p_row is not None:
        return p_row.cells[column], len(arms) > 2
    p_columns = [index for index in range(len(columns)) if is_p(columns[index])]
    others = [index for index in _value_columns(context, 1) if index > column]
    relative = {index for index in others if RELATIVE_CHANGE.match(_last(context, index))}
    relative |= {index for index in others if _is_blank(control.row.cells[index])}
    bounds = [index for index in others if index not in relative or not _is_blank(control.row.cells[index])]
    limit = min(bounds, default=len(columns))
    after = next(
        (
            index for index in p_columns
            if column < index < limit and not WITHIN.search(columns[index].header.text)
            and not (len(arms) == 2 and _gives_each(arm.row.cells[index], control.row.cells[index]))
        ), None,
    )  # fmt: skip
    if after is None:
        return None, False
    own, other = arm.row.cells[after], control.row.cells[after]
    if len(arms) == 2:
        return (own if own.text else other), False
    treated = [item for item in arms if item is not control]
    shared = any(after in item.row.shared for item in arms) or not all(item.row.cells[after].text for item in treated)
    if not own.text or shared:
        return (other if not own.text else own), True
    return (own, False) if not re.search(r"\d", other.text) else (None, False)
