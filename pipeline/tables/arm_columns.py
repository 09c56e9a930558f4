"""The columns of a result table that hold one arm's values, and those that hold p-values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.tables.columns import classify_header
from pipeline.tables.context import TableContext
from pipeline.tables.dose_levels import label_level, read_level_columns, read_level_head
from pipeline.tables.explained_columns import find_explanation
from pipeline.tables.header_units import is_unit
from pipeline.tables.labels import ArmLabel, read_label, split_contrast
from pipeline.tables.pairing import LEVEL
from pipeline.tables.result_lexicon import (
    CHANGE,
    ESTIMATE,
    INTERVAL,
    NO_VALUE,
    NOT_AN_OUTCOME,
    SPREAD,
    STATISTIC_LABEL,
    TIME_ONLY,
    TIMEPOINT,
)
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Column
from pipeline.tables.values import is_dash, read_doses

_NO_ARMS = frozenset({"change", "n", "dose", "age", "reference", "duration"})
_NUMERIC = re.compile(r"^[Δ∆]?\W{0,3}\d|^n\s?=\s?\d")


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


def is_p(column: Column) -> bool:
    """Whether a column holds p-values, by its whole header or one level of it."""
    return column.kind == "p" or any(classify_header(part.text) == "p" for part in column.parts)


def read_arm_columns(context: TableContext) -> list[ArmColumn]:
    """Return the columns that hold one arm's values, by their headers."""
    arms: list[ArmColumn] = []
    lead = count_leads(context)
    levels = read_level_columns(context)
    for index, column in enumerate(context.typed.columns):
        if index in levels:
            arms.append(ArmColumn(index, levels[index], (), None))
            continue
        if not index or not column.parts or is_p(column) or SPREAD.match(column.parts[-1].text):
            continue
        if INTERVAL.match(column.parts[-1].text):
            continue
        if _holds_no_value(column) or ESTIMATE.search(column.header.text):
            continue
        if any(split_contrast(part) for part in column.parts):
            continue
        read = [(part, _read_part(context, part, alone=len(column.parts) == 1)) for part in column.parts]
        known = [label for _, label in read if label is not None and label.role != "plain"]
        dosed = [label for label in known if label.role == "control" and re.match(r"^\W*0\b", label.text.text)]
        own = read[-1][1]
        if own is not None and own.role == "control" and {label.role for label in known} == {"control", "treated"}:
            known = [own]
        known = dosed or [label for label in known if label.role != "healthy"] or known
        if len({(label.role, label.names) for label in known}) > 1:
            continue
        if known:
            chosen = known[0]
        elif index < lead:
            continue
        else:
            plain = [
                label for _, label in read
                if label is not None and not NOT_AN_OUTCOME.match(label.text.text)
                and not TIME_ONLY.match(label.text.text) and not _describes_only(label)
                and not (len(read) > 1 and CHANGE.search(label.text.text))
            ]  # fmt: skip
            if not plain or (column.kind in _NO_ARMS and not _names_group(plain[-1]) and not _is_changed(column)):
                continue
            chosen = plain[-1]
        if chosen.drugs and chosen.text is not column.parts[-1] and read_level_head(context, chosen.text):
            chosen = label_level(column.parts[-1], chosen.drugs) or chosen
        size = next((label for _, label in read if label is not None and label.size), None)
        rest = tuple(
            part for part, label in read
            if part is not chosen.text and (not _describes_arm(part) or _is_class(part, column))
            and not (label is not None and label.drugs)
            and label is not chosen
        )  # fmt: skip
        arms.append(ArmColumn(index, chosen, rest, size))
    return arms


def _holds_no_value(column: Column) -> bool:
    """Whether a column is of a time before treatment, or of all arms together: "Baseline", "Total (n = 90)".

    A level above the arms' names may speak of all subjects: "Overall" over "Placebo" and "Drug".
    """
    match = NO_VALUE.search(column.header.text)
    if match is None:
        return False
    if len(column.parts) < 2 or match.group().lower() not in ("total", "all", "overall"):
        return True
    return NO_VALUE.search(" ".join(part.text for part in column.parts[1:])) is not None


def _is_changed(column: Column) -> bool:
    """Whether a header of several levels names a group in one and says in another that the values are changes."""
    return len(column.parts) > 1 and column.kind == "change"


def _is_class(part: CellText, column: Column) -> bool:
    """Whether a number above an arm's name is a class of subjects: "5" over "Placebo" and "Drug"."""
    return part is not column.parts[-1] and re.fullmatch(r"\d{1,2}", part.text) is not None


def _describes_only(label: ArmLabel) -> bool:
    """Whether a header level is a statistic or a size: "(n = 21)" and "median (min, max)" below a group's name."""
    return STATISTIC_LABEL.match(label.text.text) is not None or not label.tokens


def _names_group(label: ArmLabel) -> bool:
    """Whether a header that reads as a number of subjects names their group too: "BX-7 group (N = 40)"."""
    if LEVEL.search(label.text.text):
        return True
    return label.size is not None and any(re.search(r"[a-z]{2}", token) for token in label.core)


def _read_part(context: TableContext, part: CellText, *, alone: bool) -> ArmLabel | None:
    """Return the arm that a header level names itself, or by what the caption says that it means."""
    label = None if TIMEPOINT.match(part.text) else read_label(context, part, "header")
    if label is None or label.role == "plain":
        meaning = find_explanation(context, part)
        explained = None if meaning is None else read_label(context, meaning, "caption")
        if explained is not None and explained.role != "plain":
            return explained
    return None if not alone and is_unit(part.text) else label


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
    return context.remember(("leads",), lambda: _count_leads(context))


def _count_leads(context: TableContext) -> int:
    count = 0
    for index in range(min(3, len(context.typed.columns) - 1)):
        texts = [text for row in context.typed.rows if (text := row.cells[index].text) and not is_dash(text)]
        if index and sum(_NUMERIC.match(text) is not None for text in texts) * 2 > len(texts):
            break
        count += 1
    return max(count, 1)
