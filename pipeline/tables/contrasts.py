"""Which arms of a table are compared with which: arms as columns, arms as rows, or rows and columns of"
" differences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.tables.columns import classify_header
from pipeline.tables.context import TableContext
from pipeline.tables.labels import ArmLabel, name_unlinked, read_label, split_contrast
from pipeline.tables.naming import FoundName
from pipeline.tables.result_lexicon import (
    ESTIMATE,
    INTERVAL,
    MODEL,
    NO_VALUE,
    NOT_AN_OUTCOME,
    SPREAD,
    STATISTIC_LABEL,
    TIMEPOINT,
    WITHIN,
)
from pipeline.tables.studied import find_studied
from pipeline.tables.texts import EMPTY, CellText
from pipeline.tables.typed import Column, Row
from pipeline.tables.values import read_doses

_LEVEL = re.compile(r"\b(low|lower|high|higher)[- ]dose\b", re.IGNORECASE)
_JOINER = re.compile(r"\s?\+\s?|\s(?:plus|and|with)\s", re.IGNORECASE)
_NO_ARMS = frozenset({"change", "n", "dose", "age", "reference", "duration"})
_NUMERIC = re.compile(r"^\W{0,3}\d|^n\s?=\s?\d")


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


@dataclass(frozen=True, slots=True)
class ArmColumn:
    """A column of one arm's values: its label, the other levels of its header, and the level that gives its n."""

    index: int
    label: ArmLabel
    rest: tuple[CellText, ...]
    size: ArmLabel | None

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.rest)


Pairing = tuple[ArmLabel, FoundName, tuple[FoundName, ...]]
"""An arm's comparator, the drug that tells them apart, and what was given with it."""


def pair_arms(context: TableContext, treated: ArmLabel, arms: Sequence[ArmLabel]) -> Pairing | None:
    """Return an arm's comparator, the drug that tells them apart, and what was given with it; ``None`` if unclear."""
    others = [arm for arm in arms if arm is not treated]
    if not treated.drugs:
        return _pair_unlinked(context, treated, others)
    base = [arm for arm in others if arm.drugs and arm.names == treated.names and arm.tokens < treated.tokens]
    if base and _JOINER.search(treated.text.text):
        return _pair_added(context, treated, base)
    plain = [
        arm for arm in others
        if not arm.drugs and arm.role in ("plain", "control") and arm.core and arm.core < treated.tokens
    ]  # fmt: skip
    part = [
        arm for arm in others
        if arm.drugs and arm.names < treated.names and len(_JOINER.findall(arm.text.text)) < len(arm.drugs)
    ]  # fmt: skip
    parts = len(_JOINER.findall(treated.text.text)) + 1
    if parts > len(treated.drugs) and not plain:
        return None
    free = [arm for arm in others if arm.role == "control"]
    shared = [arm for arm in part if all(arm.names <= other.names for other in arms if other.drugs)]
    control: ArmLabel | None = None
    if len(plain) == 1:
        control = plain[0]
    elif len(shared) == 1:
        control = shared[0]
    elif not part and len(free) == 1:
        control = free[0]
    elif not part and len(free) > 1:
        models = [arm for arm in free if MODEL.search(arm.text.text)]
        control = models[0] if len(models) == 1 else None
    elif len(part) == 1 and not free:
        control = part[0]
    if control is not None:
        own = [drug for drug in treated.drugs if drug.name not in control.names]
        if len(own) > 1 and len(arms) > 2 and any(arm.names and arm.names < treated.names for arm in others):
            return None
        return control, own[0], tuple(drug for drug in treated.drugs if drug is not own[0])
    return _pair_active(treated, others[0]) if len(arms) == 2 and _leads(treated, others[0], arms) else None


def _leads(treated: ArmLabel, other: ArmLabel, arms: Sequence[ArmLabel]) -> bool:
    """Whether the arm is the one that two active arms are compared for: the higher dose, else the first."""
    doses = [read_doses(arm.text.text) for arm in (treated, other)]
    if treated.names == other.names and all(len(found) == 1 for found in doses):
        first, second = doses[0][0], doses[1][0]
        if first.unit == second.unit and len(first.numbers) == len(second.numbers) == 1:
            return first.numbers[0] > second.numbers[0]
    return arms[0] is treated


def _pair_active(treated: ArmLabel, other: ArmLabel) -> Pairing | None:
    """Return the pair of two active arms: what only the one gave, or another form or dose of the same drug."""
    if not other.drugs:
        return None
    own = [drug for drug in treated.drugs if drug.name not in other.names]
    if len(own) == 1:
        return other, own[0], tuple(drug for drug in treated.drugs if drug is not own[0])
    if treated.names == other.names and len(treated.drugs) == 1 and treated.core != other.core:
        return other, treated.drugs[0], ()
    return None


def _pair_added(context: TableContext, treated: ArmLabel, base: Sequence[ArmLabel]) -> Pairing | None:
    """Return the pair of "A + X" and "A" where X is no known name: X is what was studied, by its dose."""
    joined = _JOINER.search(treated.text.text)
    if len(base) != 1 or joined is None:
        return None
    part = treated.text.part(joined.end(), len(treated.text.text))
    if any(drug.span.start >= (part.offsets or (0,))[0] for drug in treated.drugs):
        return None
    name = name_unlinked(context, replace(treated, text=part, size=None), base[0])
    return None if name is None else (base[0], name, treated.drugs)


def is_level(arm: ArmLabel) -> bool:
    """Whether an arm is named by how high its dose was: "low dose"."""
    return _level(arm) > 0


def _level(arm: ArmLabel) -> int:
    """Return 1 for an arm named by its low dose, 2 for one named by its high dose, else 0."""
    match = _LEVEL.search(arm.text.text)
    if match is None:
        return 0
    return 2 if match.group(1).lower().startswith("high") else 1


def _pair_unlinked(context: TableContext, treated: ArmLabel, others: Sequence[ArmLabel]) -> Pairing | None:
    controls = [arm for arm in others if arm.role == "control"]
    if treated.role == "plain" and len(others) == 1 and (_level(others[0]), _level(treated)) == (1, 2):
        found = find_studied(context)
        return None if found is None or len(found[1]) != 1 else (others[0], found[1][0], ())
    if treated.role != "plain" or len(controls) != 1:
        return None
    name = name_unlinked(context, treated, controls[0])
    return None if name is None else (controls[0], name, ())


def is_p(column: Column) -> bool:
    """Whether a column holds p-values, by its whole header or one level of it."""
    return column.kind == "p" or any(classify_header(part.text) == "p" for part in column.parts)


def read_arm_columns(context: TableContext) -> list[ArmColumn]:
    """Return the columns that hold one arm's values, by their headers."""
    arms: list[ArmColumn] = []
    for index, column in enumerate(context.typed.columns):
        if not index or not column.parts or is_p(column) or SPREAD.match(column.parts[-1].text):
            continue
        if NO_VALUE.search(column.header.text) or ESTIMATE.search(column.header.text):
            continue
        if any(split_contrast(part) for part in column.parts):
            continue
        read = [
            (part, None if TIMEPOINT.match(part.text) else read_label(context, part, "header")) for part in column.parts
        ]
        known = [label for _, label in read if label is not None and label.role != "plain"]
        dosed = [label for label in known if label.role == "control" and re.match(r"^\W*0\b", label.text.text)]
        known = dosed or known
        if len({(label.role, label.names) for label in known}) > 1:
            continue
        if known:
            chosen = known[0]
        else:
            plain = [label for _, label in read if label is not None and not NOT_AN_OUTCOME.match(label.text.text)]
            if not plain or (column.kind in _NO_ARMS and not _LEVEL.search(plain[-1].text.text)):
                continue
            chosen = plain[-1]
        size = next((label for _, label in read if label is not None and label.size), None)
        rest = tuple(
            part for part, label in read
            if part is not chosen.text and not _describes_arm(part) and not (label is not None and label.drugs)
        )  # fmt: skip
        arms.append(ArmColumn(index, chosen, rest, size))
    return arms


def _describes_arm(part: CellText) -> bool:
    """Whether a header level holds no more than the arm's size, dose or statistic."""
    if STATISTIC_LABEL.match(part.text):
        return True
    text = part.text
    for dose in reversed(read_doses(text)):
        text = text[: dose.start] + text[dose.end :]
    return not re.search(
        r"[A-Za-z]{2}", re.sub(r"\bn\s?=\s?\d+|\b(?:daily|twice|once|per day)\b", "", text, flags=re.IGNORECASE)
    )


def count_leads(context: TableContext) -> int:
    """Return how many of the first columns hold words."""
    count = 0
    for index in range(min(3, len(context.typed.columns) - 1)):
        texts = [row.cells[index].text for row in context.typed.rows if row.cells[index].text]
        if index and sum(_NUMERIC.match(text) is not None for text in texts) * 2 > len(texts):
            break
        count += 1
    return max(count, 1)


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
    last = [("header", head)] if head.text else []
    carried: list[CellText] = [EMPTY] * lead
    for row in context.typed.rows:
        for index in range(lead):
            if row.cells[index].text:
                carried = [*carried[:index], row.cells[index], *[EMPTY] * (lead - index - 1)]
        names = [("row", text) for text in reversed(carried) if text.text]
        subheaders = [("subheader", text) for text in reversed(row.subheaders)]
        for group, arm, control, (_, drug, partners) in pairs:
            p, overall = _find_p(context, groups, group, arm, control)
            estimate, interval = _find_estimate(context, row, group, groups)
            rest = [("header", part) for part in arm.rest]
            yield Contrast(
                row=row, column=arm.index, treated=arm.label, control=control.label, drug=drug, partners=partners,
                outcomes=(*names, *subheaders, *rest, *last), around=(*names, *rest), scope=scope,
                cells=(row.cells[arm.index], row.cells[control.index]), arms=tuple(item.label for item in group),
                estimate=estimate if len(group) == 2 else None, interval=interval if len(group) == 2 else None,
                p=None if p is None else row.cells[p], overall=overall, sizes=(arm.size, control.size),
            )  # fmt: skip


def _has_pair(context: TableContext, group: Sequence[ArmColumn]) -> bool:
    labels = [arm.label for arm in group]
    return any(pair_arms(context, label, labels) for label in labels)


def _find_p(
    context: TableContext, groups: Sequence[Sequence[ArmColumn]], group: Sequence[ArmColumn], arm: ArmColumn,
    control: ArmColumn,
) -> tuple[int | None, bool]:  # fmt: skip
    """Return the column of the comparison's p-value, and whether it is one for all arms together."""
    columns = context.typed.columns
    found = [index for index, column in enumerate(columns) if is_p(column) and not WITHIN.search(column.header.text)]
    if {arm.index + 1, control.index + 1} <= set(found):
        return None, False
    own = [index for index in found if _names_arm(context, columns[index], arm.label, [item.label for item in group])]
    if own:
        return (own[0], False) if len(own) == 1 else (None, False)
    bare = [index for index in found if not any(_names_any(context, columns[index], item.label) for item in group)]
    keyed = [index for index in bare if _key_of(columns[index]) == arm.key] if len(groups) > 1 else bare
    if len(groups) > 1 and not keyed and len(bare) == len(groups):
        keyed = [bare[groups.index(group)]]
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


def _key_of(column: Column) -> tuple[str, ...]:
    return tuple(part.text for part in column.parts if classify_header(part.text) != "p")


def _names_any(context: TableContext, column: Column, label: ArmLabel) -> bool:
    named = {drug.name for part in column.parts for drug in _drugs(context, part)}
    return bool(named & label.names)


def _names_arm(context: TableContext, column: Column, label: ArmLabel, arms: Sequence[ArmLabel]) -> bool:
    """Whether a p column is the arm's own: its header names the arm's drug, and no other arm's but the"
    " comparator's."""
    named = {drug.name for part in column.parts for drug in _drugs(context, part)}
    same = [arm for arm in arms if arm.names == label.names]
    return bool(named) and named == label.names and len(same) == 1


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
