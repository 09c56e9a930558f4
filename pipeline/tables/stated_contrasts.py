"""Columns that are differences or ratios themselves, between arms that a header, its brackets or the caption states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.tables.arm_columns import count_leads, is_p
from pipeline.tables.context import TableContext
from pipeline.tables.contrasts import Contrast, names_subgroups
from pipeline.tables.judging import is_ratio
from pipeline.tables.labels import ArmLabel, read_label, split_contrast
from pipeline.tables.pairing import Pairing, pair_arms
from pipeline.tables.result_lexicon import ESTIMATE, INTERVAL, STATISTIC_LABEL, WITHIN
from pipeline.tables.texts import EMPTY, CellText

_CUE = re.compile(
    r"\s(?:vs?\.?|versus|minus|compared (?:with|to)|relative to)\s(?:the )?|\s[–−-]\s|\s?/\s?(?=placebo\b)",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?:[(\[:,;]|\b(?:of|with|between|for|comparing|the|in|among|on|after|given|receiving|taking)\s)", re.IGNORECASE
)
_RIGHT = re.compile(r"\s?[)\],:;.]|\s(?:on|for|in|at|with|after|by|during|as|from|over|among)\b", re.IGNORECASE)
_REACH = 60
_ESTIMATES = re.compile(
    r"\b(?:estimates?|coefficients?|differences?|ratios?|effect sizes?)\b|\bβ|\b(?:OR|HR|RR)\b"
    r"|^(?:table \w+\W+)?(?:mean |median )?(?:decrease|increase|reduction|change|improvement)s? in\b",
    re.IGNORECASE,
)
"""Words of a caption by which columns that name no arm hold differences."""
_WITH_INTERVAL = re.compile(
    r"^[+−–-]?\s?\d[\d.,]*\s*%?\s*[(\[]\D{0,12}[+−–-]?\s?\d[\d.]*\s*%?\s*(?:–|—|-|−|to|,|;)\s*[+−–-]?\s?\d[\d.]*\s*%?\s*[)\]]"
)
_ADJUSTED = re.compile(r"^\W*(?:fully |multivaria\w+[- ])?adjusted\b", re.IGNORECASE)
_CRUDE = re.compile(r"^\W*(?:un-?adjusted|crude|raw|univaria\w+)\b", re.IGNORECASE)
_GIVEN = re.compile(r"\s(?:(?:pre-?|co-?)?(?:treatment|administration|therapy))?(?:\sas)?$", re.IGNORECASE)

_SUBGROUPS = frozenset({"population", "strain", "species", "sex", "age"})
"""Kinds of a first column whose cells say in whom, and never what was measured."""

Sides = tuple[ArmLabel, Pairing]
"""The treated arm and what it is compared with."""


def contrast_stated(context: TableContext) -> Iterator[Contrast]:
    """Yield the contrasts of columns that are differences: "metformin versus placebo, difference"."""
    columns = context.typed.columns
    lead = count_leads(context)
    caption = _find_sides(context, context.typed.caption)
    for index, column in enumerate(columns):
        if index < lead or not column.parts or is_p(column) or INTERVAL.match(column.parts[-1].text):
            continue
        unnamed = not ESTIMATE.search(column.header.text)
        own = next((found for part in column.parts if (found := _read_sides(context, part))), None)
        if own is None and not unnamed and index + 1 < len(columns) and is_p(columns[index + 1]):
            own = next((found for part in columns[index + 1].parts if (found := _find_sides(context, part))), None)
        bare = unnamed and (own is None or not _hold_intervals(context, index))
        if bare and (caption is None or not _holds_differences(context, index) or _is_crude_twin(context, index)):
            continue
        if own is None and WITHIN.search(column.header.text):
            continue
        sides = own or caption
        if sides is None:
            continue
        first, (second, drug, partners) = sides
        after = index + 1
        while after < len(columns) and INTERVAL.search(columns[after].header.text):
            after += 1
        interval = after == index + 2
        with_p = after < len(columns) and is_p(columns[after]) and not WITHIN.search(columns[after].header.text)
        scope = tuple(row.cells[index] for row in context.typed.rows)
        words = f"{column.header.text} {context.typed.caption.text}" if unnamed else column.header.text
        heads = [("header", part) for part in reversed(column.parts) if bare and not _describes_values(part)]
        for row in context.typed.rows:
            names = [("row", text) for text in reversed(row.cells[:lead]) if text.text]
            outer = [("subheader", text) for text in reversed(row.subheaders)]
            inner = [] if columns[0].kind in _SUBGROUPS or names_subgroups(context) else names
            yield Contrast(
                row=row, column=index, treated=first, control=second, drug=drug, partners=partners,
                outcomes=(*inner, *outer, *heads), around=tuple(names),
                cells=(EMPTY, EMPTY), arms=(first, second), scope=scope, p=row.cells[after] if with_p else None,
                estimate=(row.cells[index], next((text.text for _, text in names if is_ratio(text.text)), words)),
                interval=row.cells[index + 1] if interval else None,
            )  # fmt: skip


def _holds_differences(context: TableContext, index: int) -> bool:
    """Whether a column that names no arm holds differences: the caption speaks of them, and each has its interval."""
    if not _ESTIMATES.search(context.typed.caption.text):
        return False
    columns = context.typed.columns
    if index + 1 < len(columns) and INTERVAL.search(columns[index + 1].header.text):
        return True
    return _hold_intervals(context, index)


def _hold_intervals(context: TableContext, index: int) -> bool:
    """Whether most of a column's cells are a value with its interval."""
    texts = [row.cells[index].text for row in context.typed.rows if row.cells[index].text]
    return bool(texts) and sum(_WITH_INTERVAL.match(text) is not None for text in texts) >= 0.7 * len(texts)


def _is_crude_twin(context: TableContext, index: int) -> bool:
    """Whether a column's differences stand adjusted beside it, which are the ones to be read."""
    columns = context.typed.columns
    if not _CRUDE.match(columns[index].parts[-1].text):
        return False
    outer = [part.text for part in columns[index].parts[:-1]]
    return any(
        _ADJUSTED.match(other.parts[-1].text) and [part.text for part in other.parts[:-1]] == outer
        for other in columns if other.parts
    )  # fmt: skip


def _describes_values(part: CellText) -> bool:
    return any(pattern.match(part.text) for pattern in (_ADJUSTED, _CRUDE, INTERVAL, STATISTIC_LABEL))


def _read_sides(context: TableContext, part: CellText) -> Sides | None:
    """Return the arms that a header level states, as a whole or in its brackets."""
    sides = split_contrast(part)
    whole = None if sides is None else pair_sides(context, *sides)
    return whole or _find_sides(context, part)


def _find_sides(context: TableContext, text: CellText) -> Sides | None:
    """Return the arms around a word for comparison in a text: "... of cilostazol vs. placebo on ..."."""
    for cue in _CUE.finditer(text.text):
        start = max(0, cue.start() - _REACH)
        for opening in _LEFT.finditer(text.text, start, cue.start()):
            start = opening.end()
        closing = _RIGHT.search(text.text, cue.end())
        end = min(len(text.text) if closing is None else closing.start(), cue.end() + _REACH)
        found = pair_sides(context, text.part(start, cue.start()), text.part(cue.end(), end))
        if found is not None:
            return found
    return None


def pair_sides(context: TableContext, left: CellText, right: CellText) -> Sides | None:
    """Return the arms of two sides that a word for comparison parts, where both read as arms."""
    first, second = (read_label(context, _strip_giving(side), "header") for side in (left, right))
    found = None if first is None or second is None else pair_arms(context, first, [first, second])
    return None if first is None or found is None or found[0] is not second else (first, found)


def _strip_giving(side: CellText) -> CellText:
    """Return a side without the words for giving it: "terbutaline pre-treatment as" is terbutaline."""
    tail = _GIVEN.search(side.text)
    return side if tail is None or not tail.start() else side.part(0, tail.start())
