"""Changes within arms: columns of an arm's change from baseline, each with a p-value of its own beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.tables.arm_columns import ArmColumn, count_leads, is_p, read_arm_columns
from pipeline.tables.context import TableContext
from pipeline.tables.contrasts import Contrast
from pipeline.tables.labels import ArmLabel, read_label
from pipeline.tables.naming import only_one
from pipeline.tables.result_lexicon import NO_VALUE
from pipeline.tables.studied import find_given
from pipeline.tables.texts import EMPTY, CellText
from pipeline.tables.values import read_values

_CHANGE = re.compile(r"\bchanges?\b|[Δ∆]|\bmean difference from\b", re.IGNORECASE)
_BEFORE = re.compile(r"^\W*(?:at )?(?:before|baseline|pre(?:-?\w+)?|initial|week 0|day 0)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"^\W*(?:after|post(?:-?\w+)?|final|end|follow-?up|(?:at )?\d+ ?(?:weeks?|months?)|(?:week|month) [1-9])", re.I
)
_BETWEEN = re.compile(r"\b(?:vs|versus|compared|between|against)\b", re.IGNORECASE)
BASELINE_WORD = re.compile(r"\b(?:baseline|before(?: and after)?|pre-?treatment)\b", re.IGNORECASE)


def contrast_within(context: TableContext) -> Iterator[Contrast]:
    """Yield each treated arm's change beside its own baseline, where the table gives a p-value for each arm's.

    The words for change and for baseline must stand in the header or the caption, and every arm have its p column.
    """
    columns = context.typed.columns
    arms = [arm for arm in read_arm_columns(context) if arm.index + 1 < len(columns)]
    if len(arms) < 2 or not all(_has_own_p(context, arm, arms) for arm in arms):
        return
    if sum(is_p(column) for column in columns) > len(arms):
        return
    befores = {arm.index: _find_before(context, arm) for arm in arms}
    baseline = _find_baseline(context)
    lead = min(count_leads(context), arms[0].index)
    for row in context.typed.rows:
        names = [("row", text) for text in reversed(row.cells[:lead]) if text.text]
        subheaders = [("subheader", text) for text in reversed(row.subheaders)]
        for arm in arms:
            values = read_values(row.cells[arm.index].text, ())
            p = row.cells[arm.index + 1]
            if baseline is None or not arm.label.drugs or not values or not p.text:
                continue
            control = ArmLabel(baseline, "control", control=(0, len(baseline.text)))
            before = befores[arm.index]
            if before is None and any(befores.values()):
                continue
            pair = (EMPTY, EMPTY) if before is None else (row.cells[arm.index], row.cells[before])
            yield Contrast(
                row=row, column=arm.index, treated=replace(arm.label, size=None), control=control,
                drug=arm.label.drugs[0], partners=arm.label.drugs[1:], outcomes=(*names, *subheaders),
                around=tuple(names), cells=pair, arms=(arm.label, control),
                estimate=(row.cells[arm.index], "difference") if before is None else None, p=p,
                sizes=(arm.size, None), within=True,
            )  # fmt: skip


def contrast_single(context: TableContext) -> Iterator[Contrast]:
    """Yield the changes of a single arm: values before beside values after, and a p-value, for the caption's drug.

    The caption must say what was given between the two, and no column may hold another arm's values.
    """
    columns = context.typed.columns
    p_columns = [index for index, column in enumerate(columns) if is_p(column)]
    befores = [index for index, column in enumerate(columns) if column.parts and _BEFORE.match(column.parts[-1].text)]
    afters = [index for index, column in enumerate(columns) if column.parts and _AFTER.match(column.parts[-1].text)]
    if len(p_columns) != 1 or len(befores) != 1 or len(afters) != 1 or not befores[0] < afters[0] < p_columns[0]:
        return
    before, after, p_column = befores[0], afters[0], p_columns[0]
    labels = [read_label(context, row.cells[0], "row") for row in context.typed.rows]
    arms = [label for label in labels if label is not None and label.role in ("treated", "control", "healthy")]
    drug = only_one(find_given(context, context.typed.caption))
    if arms or drug is None:
        return
    head = columns[before].parts[-1]
    treated = ArmLabel(context.typed.caption, "treated", (drug,), "caption")
    control = ArmLabel(head, "control", control=(0, len(head.text)))
    lead = min(count_leads(context), before)
    for row in context.typed.rows:
        names = [("row", text) for text in reversed(row.cells[:lead]) if text.text]
        subheaders = [("subheader", text) for text in reversed(row.subheaders)]
        yield Contrast(
            row=row, column=after, treated=treated, control=control, drug=drug, partners=(),
            outcomes=(*names, *subheaders), around=tuple(names), cells=(row.cells[after], row.cells[before]),
            arms=(treated, control), p=row.cells[p_column], within=True,
        )  # fmt: skip


def _has_own_p(context: TableContext, arm: ArmColumn, arms: list[ArmColumn]) -> bool:
    following = context.typed.columns[arm.index + 1]
    words = " ".join((context.typed.columns[arm.index].header.text, context.typed.caption.text))
    return (
        is_p(following) and _CHANGE.search(words) is not None and arm.index + 1 not in {other.index for other in arms}
    )


def _find_before(context: TableContext, arm: ArmColumn) -> int | None:
    """Return the column of the arm's values before treatment, where the arm's own column holds those after it."""
    columns = context.typed.columns
    heads = [part.text for part in columns[arm.index].parts[:-1]]
    for index in range(arm.index - 1, 0, -1):
        parts = columns[index].parts
        if parts and NO_VALUE.search(parts[-1].text) and heads and [part.text for part in parts[:-1]] == heads:
            return index
    return None


def _find_baseline(context: TableContext) -> CellText | None:
    """Return the word for baseline in caption or headers, as the comparator."""
    for text in (context.typed.caption, *(column.header for column in context.typed.columns)):
        match = BASELINE_WORD.search(text.text)
        if match is not None:
            return text.part(match.start(), match.end())
    return None
