"""The kinds of a table's columns with what vocabulary and cells add: whose values they are, what rows are named by.

Claims from result tables find their arms as they need them; here a column gets one kind, for views and measures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.tables.arm_columns import is_p, read_arm_columns
from pipeline.tables.context import TableContext
from pipeline.tables.labels import read_label
from pipeline.tables.result_lexicon import ESTIMATE, NO_VALUE, SEX_WORD, SPREAD, STATISTIC_LABEL
from pipeline.tables.typed import Column, ColumnKind, TypedTable

_SIZED = re.compile(r"\bn\s?=\s?\d|\bn\s\d+\)", re.IGNORECASE)
_BOUND = re.compile(r"^\W*(?:9[059] ?% ?)?(?:c\.?i\.?\b|confidence)", re.IGNORECASE)
"""An interval's bounds, which are no change though their header says of what."""
_GROUP = re.compile(r"\b(?:group|arm|cohort)s?\b", re.IGNORECASE)
_NUMERIC = re.compile(r"^\W{0,3}\d|^n\s?=\s?\d")
_NO_GROUP = re.compile(
    r"\b(?:total|all|overall|baseline|range|ranges|units?|mean|median|sd|sem?|iqr|ci|ratio|rr|or|hr|days?|weeks?"
    r"|months?|years?|hours?|time|score|test|df|chi|cost|values?|sum|difference|n)\b|%",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z]{2}")
_ROW_NAMES = re.compile(
    r"\b(?:variables?|parameters?|characteristics?|outcomes?|measures?|scores?|adverse|events?|symptoms?|causes?|sites?"
    r"|items?|indices|index|covariates?|questionnaires?|endpoints?|complications?|results?)\b",
    re.IGNORECASE,
)


def read_column_kinds(context: TableContext) -> tuple[ColumnKind, ...]:
    """Return the kind of each column; ``"arm"`` for the values of a group that is no control."""
    columns = context.typed.columns
    kinds: list[ColumnKind] = [column.kind for column in columns]
    for index, column in enumerate(columns):
        if is_p(column):
            kinds[index] = "p"
        elif kinds[index] == "unknown" and column.parts and ESTIMATE.search(column.header.text):
            kinds[index] = "change"
        if kinds[index] == "change" and column.parts and _BOUND.match(column.parts[0].text):
            kinds[index] = "unknown"
    names = _names_rows(context)
    if names is not None and kinds[0] in ("unknown", "treated", "change", "control"):
        kinds[0] = names
    found = {arm.index: arm for arm in read_arm_columns(context)}
    labelled = {index: arm.label for index, arm in found.items()}
    sure = {arm.key for arm in found.values() if arm.label.role in ("control", "treated")}
    several = len(labelled) > 1
    for index, column in enumerate(columns[1:], start=1):
        label = labelled.get(index)
        last = column.parts[-1].text if column.parts else ""
        if kinds[index] not in ("unknown", "control", "treated", "dose", "outcome") or SPREAD.match(last):
            continue
        if label is not None and label.role in ("control", "treated", "healthy") and several:
            kinds[index] = "control" if label.role == "control" and not label.drugs else "arm"
            continue
        sized = kinds[index] != "control" and _SIZED.search(column.header.text) is not None
        grouped = kinds[index] != "control" and several and _GROUP.search(last) is not None
        beside = kinds[index] == "unknown" and label is not None and found[index].key in sure and len(column.parts) > 1
        if sized or grouped or beside:
            kinds[index] = "arm"
    for index in _find_repeated(columns):
        if kinds[index] == "unknown":
            kinds[index] = "arm"
    if kinds[0] == "outcome" and {"control", "arm"} & {*kinds}:
        for index, column in enumerate(columns[1:], start=1):
            if kinds[index] == "unknown" and _holds_a_group(context, index, column.header.text):
                kinds[index] = "arm"
    return tuple(kinds)


def _find_repeated(columns: Sequence[Column]) -> set[int]:
    """Return the columns whose names come back in the same order below several heads: the groups of a study."""
    found: set[int] = set()
    deepest = max((len(column.parts) for column in columns), default=0)
    for level in range(1, deepest):
        below: dict[str, list[tuple[int, str]]] = {}
        for index, column in enumerate(columns):
            if len(column.parts) > level:
                below.setdefault(column.parts[0].text, []).append((index, column.parts[level].text))
        names = {tuple(name for _, name in items) for items in below.values()}
        if len(below) < 2 or len(names) != 1 or len(set(next(iter(names)))) < 2:
            continue
        if any(_NO_GROUP.search(name) or NO_VALUE.search(name) or SEX_WORD.match(name) for name in next(iter(names))):
            continue
        found.update(index for items in below.values() for index, _ in items)
    return found


def _holds_a_group(context: TableContext, index: int, header: str) -> bool:
    """Whether a column beside the controls' holds values below words that name no statistic, unit or time."""
    cells = [row.cells[index].text for row in context.typed.rows if row.cells[index].text]
    numeric = sum(_NUMERIC.match(text) is not None for text in cells)
    return bool(header) and numeric * 10 >= len(cells) * 7 and numeric > 0 and not _NO_GROUP.search(header)


def _names_rows(context: TableContext) -> ColumnKind | None:
    """Return what the first column's words name: outcomes, or arms; ``None`` where it holds no names."""
    typed = context.typed
    if len(typed.columns) < 2 or not typed.rows:
        return None
    header = typed.columns[0].header.text
    first = [row.cells[0] for row in typed.rows if row.cells[0].text]
    others = [cell.text for row in typed.rows for cell in row.cells[1:] if cell.text]
    wordy = sum(_WORDS.search(cell.text) is not None and not _NUMERIC.match(cell.text) for cell in first)
    numeric = sum(_NUMERIC.match(text) is not None for text in others)
    if wordy * 10 < len(first) * 7 or numeric * 2 < len(others):
        return None
    labels = [read_label(context, cell, "row") for cell in first[:40]]
    arms = sum(label is not None and label.role in ("treated", "control") for label in labels)
    if arms * 2 > len(labels) or _GROUP.search(header):
        return "arm"
    if header and not _ROW_NAMES.search(header) and not STATISTIC_LABEL.match(header):
        return None
    return "outcome"


def type_arms(context: TableContext) -> TypedTable:
    """Return the table with its columns' kinds as ``read_column_kinds`` gives them."""
    kinds = read_column_kinds(context)
    columns = tuple(replace(column, kind=kind) for column, kind in zip(context.typed.columns, kinds, strict=True))
    return replace(context.typed, columns=columns)
