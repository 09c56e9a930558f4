"""Where the p-value of two arms' comparison stands: in a column, or in a row below their values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.arm_columns import ArmColumn, is_p
from pipeline.tables.attached_rows import COMPARED, Attached, pick_p
from pipeline.tables.columns import classify_header
from pipeline.tables.context import TableContext
from pipeline.tables.labels import CONTROL, ArmLabel, read_label, split_contrast
from pipeline.tables.naming import FoundName
from pipeline.tables.result_lexicon import CHANGE, WITHIN
from pipeline.tables.texts import EMPTY, CellText
from pipeline.tables.typed import Column
from pipeline.tables.values import read_doses

_TREND = re.compile(
    r"^\W*(?:p(?:[- ]?values?)?\W*)?(?:for )?(?:L|Q|C|lin(?:ear(?:ity)?)?|quad(?:ratic)?|cub(?:ic)?|trend|interaction"
    r"|dose)(?: (?:response|effect|trend))?\W*(?:p[- ]?values?)?\W*$",
    re.IGNORECASE,
)
"""Heads of p-values of a trend over all doses, which compare no two arms."""
_LISTED = re.compile(r"[<>=≤≥]?\s?(?:[01]?\.\d+|\b1\b)")

_COMPARISON = re.compile(r"\b(?:comparisons? (?:of|between)|compared|comparing|differences? between)\b", re.IGNORECASE)
"""Words of a caption by which one p-value speaks of the arms, and not of the strains that both were given to."""


def find_p(
    context: TableContext, groups: Sequence[Sequence[ArmColumn]], group: Sequence[ArmColumn], arm: ArmColumn,
    control: ArmColumn,
) -> tuple[int | None, bool]:  # fmt: skip
    """Return the column of the comparison's p-value, and whether it is one for all arms together."""
    columns = context.typed.columns
    shared = {text for item in groups for text in item[0].key}
    found = [
        index for index, column in enumerate(columns)
        if is_p(column) and not _TREND.match(column.parts[-1].text if column.parts else "")
        and not WITHIN.search(" ".join(part.text for part in column.parts if part.text not in shared))
    ]  # fmt: skip
    owned = [index for index in found if _stands_below(columns[index], control.label)]
    if owned:
        found = [
            index for index in found if not any(_stands_below(columns[index], item.label) for item in group)
        ]  # fmt: skip
    beside = {item.index + 1 for item in group}
    if beside <= set(found):
        rest = [index for index in found if index not in beside]
        return (rest[0], len(group) > 2) if len(rest) == len(groups) == 1 else (None, False)
    if {arm.index + 1, control.index + 1} <= set(found):
        return None, False
    own = [index for index in found if _names_arm(context, columns[index], arm.label, [item.label for item in group])]
    if own:
        return (own[0], False) if len(own) == 1 else (None, False)
    doses = [_doses_of(item.label.text.text) for item in group]
    bare = [
        index for index in found
        if not any(_names_any(context, columns[index], item.label) for item in group)
        and not (len(stated := _doses_of(columns[index].header.text)) == 1 and stated in doses)
    ]  # fmt: skip
    keyed = [index for index in bare if _key_of(columns[index]) == arm.key]
    keyed = keyed if len(groups) > 1 or len(bare) > len(keyed) > 0 else bare
    if len(groups) > 1 and not keyed and len(bare) == len(groups):
        keyed = [bare[groups.index(group)]]
    if len(groups) > 1 and not keyed and len(bare) == 1:
        changes = [other for other in groups if any(CHANGE.search(text) for text in other[0].key)]
        keyed = bare if changes == [group] else []
    if not keyed and len(bare) == 1 and len({_arms_of(other) for other in groups}) == 1:
        keyed = bare if _COMPARISON.search(context.typed.caption.text) else []
    last = max(item.index for item in group)
    if len(keyed) != 1 and len(bare) > 1 and last + 1 in bare and len(group) == 2:
        keyed = [last + 1]
    treated = [item for item in group if item is not control]
    after = [index for index in keyed if index == arm.index + 1]
    if len(keyed) == len(treated) > 1 and after:
        return after[0], False
    if len(keyed) != 1:
        return None, False
    return keyed[0], len(group) > 2


def _arms_of(group: Sequence[ArmColumn]) -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset((item.label.role, item.label.names) for item in group)


def _stands_below(column: Column, label: ArmLabel) -> bool:
    """Whether a p column stands below an arm's own head, and so speaks of changes within that arm."""
    return any(part.text == label.text.text for part in column.parts[:-1])


def pick_listed(context: TableContext, cell: CellText, treated: ArmLabel, control: ArmLabel) -> CellText:
    """Return the p-value of two arms from a cell that lists several, each with a mark whose note names its arms.

    A cell with one value comes back as it is; an empty one where the list does not say which is whose.
    """
    values = list(_LISTED.finditer(cell.text))
    if len(values) < 2:
        return cell
    marks = [letter for mark in cell.marks for letter in re.split(r"[,\s]+", mark) if letter]
    if len(marks) != len(values):
        return EMPTY
    for value, mark in zip(values, marks, strict=True):
        note = context.notes.find(mark)
        if note is None:
            continue
        text = note.text.removeprefix(mark).strip()
        sides = split_contrast(CellText(text, tuple(range(len(text)))))
        labels = [] if sides is None else [read_label(context, side, "row") for side in sides]
        for one, other in (labels, labels[::-1]) if len(labels) == 2 else ():
            if one is None or other is None or one.names != treated.names:
                continue
            if other.names == control.names and (other.names or {other.role, control.role} == {"control"}):
                part = cell.part(value.start(), value.end())
                return CellText(part.text, part.offsets)
    return EMPTY


def _key_of(column: Column) -> tuple[str, ...]:
    return tuple(part.text for part in column.parts if classify_header(part.text) != "p")


def _names_any(context: TableContext, column: Column, label: ArmLabel) -> bool:
    named = {drug.name for part in column.parts for drug in _drugs(context, part)}
    return bool(named & label.names)


def _names_arm(context: TableContext, column: Column, label: ArmLabel, arms: Sequence[ArmLabel]) -> bool:
    """Whether a p column is the arm's own: its header names the arm's drug, or its dose, and no other arm's."""
    named = {drug.name for part in column.parts for drug in _drugs(context, part)}
    if named and named != label.names:
        return False
    same = [arm for arm in arms if arm.names == label.names]
    if named and len(same) == 1:
        return True
    stated = _doses_of(column.header.text)
    return len(stated) == 1 and [arm for arm in same if stated == _doses_of(arm.text.text)] == [label]


def _doses_of(text: str) -> list[tuple[float, ...]]:
    return [dose.numbers for dose in read_doses(text)]


def _drugs(context: TableContext, part: CellText) -> tuple[FoundName, ...]:
    sides = split_contrast(part) or (part,)
    found: list[FoundName] = []
    for side in sides:
        text = re.sub(r"\bp[- ]?values?\b", " ", side.text, flags=re.IGNORECASE)
        label = read_label(context, side, "header") if text == side.text else None
        if label is None:
            match = re.search(r"\bp\b(?:[- ]?values?)?\W*(?:for\s)?", side.text, re.IGNORECASE)
            rest = side if match is None else side.part(match.end(), len(side.text))
            label = read_label(context, rest, "header")
        found.extend(() if label is None else label.drugs)
    return tuple(found)


def pick_attached_p(
    context: TableContext, more: Attached, group: Sequence[ArmColumn], arm: ArmColumn, control: ArmColumn
) -> tuple[CellText | None, bool]:
    """Return the p-value that a row below gives for the arm, where it speaks of the arm's own comparator."""
    if more.p is None:
        return None, False
    words = next((text.text for text in more.p.cells if text.text), "")
    found = pick_p(more.p, arm.index, control.index, [item.index for item in group])
    return (None, False) if found is None or not names_control(context, words, control.label) else found


def names_control(context: TableContext, words: str, control: ArmLabel) -> bool:
    """Whether a row's name leaves open what it compares with, or names the comparator: "P value vs. placebo"."""
    cue = COMPARED.search(words)
    if cue is None:
        return True
    rest = words[cue.end() :]
    label = read_label(context, CellText(rest, tuple(range(len(rest)))), "row")
    if label is not None and label.names:
        return label.names == control.names
    return CONTROL.search(rest) is not None and control.role == "control"
