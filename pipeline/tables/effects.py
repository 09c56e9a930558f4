"""The effects of a row: value, change, control, significance, statistic and direction, one for each effect column and
each value of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from pipeline.model import Effect, Measured, Outcome, Significance
from pipeline.model.claims import Direction, Statistic
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.note_shares import read_note_shares
from pipeline.tables.notes import Mark
from pipeline.tables.outcomes import read_outcome
from pipeline.tables.texts import EMPTY, CellText
from pipeline.tables.typed import Row
from pipeline.tables.values import CellValue, is_dash, read_doses, read_values

_PERCENT = re.compile(r"%|\bper ?cent|\bpercent", re.IGNORECASE)
_OF_CONTROL = re.compile(
    r"(%|per ?cent(age)?) (of|relative to) (the )?(control|vehicle|placebo|untreated|baseline)", re.IGNORECASE
)
_FOLD = re.compile(r"\bfold\b|\bratio\b", re.IGNORECASE)
_INVERSE = re.compile(r"\b(reduction|decrease|inhibition|loss|decline|protection)\b", re.IGNORECASE)
_SIGNED = re.compile(r"[Δ∆]|\bdelta\b|\bchange|\bdifference|\bextension|\bincrease|\bgain\b", re.IGNORECASE)
_P = re.compile(
    r"^(?:p ?)?(?P<relation>[<>=≤≥]{0,2}) ?(?P<p>0?\.\d+|[01](?:\.\d+)?|[2-9](?:\.\d+)?(?=\s?[×x]))"
    r"(?:\s?[×x]\s?10\s?(?P<power>[−–-]\s?\d+|⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_COMMA = re.compile(r"^(\W{0,2}[01]),(\d+)$")
"""A p-value with a decimal comma."""
_ANOTHER_P = re.compile(r"^\W*[a-z]?\s?[,;/]\s?p?\s?[<>=≤≥]{0,2}\s?[01]?\.\d", re.IGNORECASE)
"""A second p-value in the cell: they are of several comparisons."""
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_RELATIONS = {"≤": "<=", "≥": ">=", "": "="}
PRelation = Literal["=", "<", ">", "<=", ">="]
_ALPHA = 0.05
_TREND = 0.1


@dataclass(frozen=True, slots=True)
class RowEffect:
    """One effect of a row; ``member`` is its place in a list of effects, ``None`` where the cell holds one."""

    outcome: Outcome
    direction: Direction
    effect: Effect | None
    significance: Significance | None
    column: int
    member: int | None = None
    why: tuple[str, ...] = ()


def read_effects(context: TableContext, row: Row) -> tuple[RowEffect, ...]:
    """Return the effects that a row reports; empty where its effect cells are."""
    typed = context.typed
    found: list[RowEffect] = []
    columns = [index for index, column in enumerate(typed.columns) if column.kind == "change"]
    compared = not columns
    if compared:
        columns = [index for index, column in enumerate(typed.columns) if column.kind == "treated"]
    for column in columns:
        cell = row.cells[column]
        if not cell.text or is_dash(cell.text):
            continue
        outcome = read_outcome(context, row, column)
        if outcome is None:
            continue
        values = read_values(cell.text, context.notes.names)
        if not values or (len(values) == 1 and values[0].rest and values[0].value is None):
            if _has_regimen(context, row):
                found.append(_read_words(context, row, column, outcome))
            continue
        controls = _controls(context, row, column)
        for member, value in enumerate(values):
            control = controls[member] if len(controls) == len(values) else controls[0] if len(controls) == 1 else None
            found.append(
                _read_value(
                    context,
                    row,
                    column,
                    outcome,
                    value,
                    control,
                    member=member if len(values) > 1 else None,
                    compared=compared,
                )
            )
    return tuple(found)


def _controls(context: TableContext, row: Row, column: int) -> list[tuple[CellText, int, CellValue]]:
    typed = context.typed
    candidates = [index for index, item in enumerate(typed.columns) if item.kind == "control"]
    if not candidates:
        return []
    before = [index for index in candidates if index < column]
    chosen = before[-1] if before else candidates[0]
    cell = row.cells[chosen]
    return [(cell, chosen, value) for value in read_values(cell.text, context.notes.names) if not value.rest]


def _read_value(
    context: TableContext,
    row: Row,
    column: int,
    outcome: Outcome,
    value: CellValue,
    control: tuple[CellText, int, CellValue] | None,
    *,
    member: int | None,
    compared: bool,
) -> RowEffect:
    header = context.typed.columns[column]
    cell = row.cells[column]
    marks = [mark for mark in map(context.notes.find, (*value.marks, *cell.marks)) if mark is not None]
    control_marks = () if control is None else (*control[2].marks, *control[0].marks)
    found = (context.notes.find(mark) for mark in control_marks)
    outcome = _with_statistic(outcome, [*marks, *(mark for mark in found if mark is not None)])
    significance = _read_significance(context, row, column, value, marks)
    change, sign = _signed_change(header.header.text, header.unit, value)
    measured = None if control is None else _measure(context, control, context.typed.columns[control[1]].unit)
    place = ground_text(context, cell, value.start, value.end)
    effect: Effect | None = None
    if place is not None:
        treated = None
        kind = "percent_change" if change is not None else "fold" if _FOLD.search(header.header.text) else "difference"
        if compared:
            treated = _measure(context, (cell, column, value), header.unit)
            kind = "value"
            change, sign = _compare(value, None if control is None else control[2])
        effect = Effect(
            text=place[0],
            start=place[1],
            end=place[2],
            source="row",
            value=value.value,
            low=value.low,
            high=value.high,
            unit=header.unit if value.value is not None or value.low is not None else None,
            type=cast("object", kind) if value.value is not None or value.low is not None else None,  # type: ignore[arg-type]
            relation=value.relation,
            change_percent=change,
            control=measured,
            treated=treated,
        )
    direction: Direction = (
        "unknown" if sign is None else "increase" if sign > 0 else "decrease" if sign < 0 else "no_change"
    )
    why = [f"direction {direction} from the value's sign"]
    if significance is not None and significance.significant is False and significance.source != "inferred":
        direction, why = "no_change", ["direction no_change as the value is marked not significant"]
    if value.value is None and value.low is None and direction == "unknown":
        stated = read_note_shares(context, marks)
        if stated is not None:
            direction, effect = stated
            why = [f"direction {direction} from the footnote"]
    return RowEffect(outcome, direction, effect, significance, column, member, tuple(why))


def _signed_change(header: str, unit: str | None, value: CellValue) -> tuple[float | None, float | None]:
    """Return (signed percent change where the column gives one, the sign's number)."""
    number = value.value
    reference = number if number is not None else value.low
    if reference is None:
        return None, None
    percent = value.percent or unit == "%" or _PERCENT.search(header) is not None
    if _OF_CONTROL.search(header):
        return (None if number is None else number - 100.0), reference - 100.0
    if _FOLD.search(header):
        return None, reference - 1.0
    if _INVERSE.search(header) and not _SIGNED.search(header):
        return (-number if percent and number is not None else None), -reference
    return (number if percent else None), reference


def _compare(treated: CellValue, control: CellValue | None) -> tuple[float | None, float | None]:
    if control is None or treated.value is None or control.value is None:
        return None, None
    change = None if control.value == 0 else round((treated.value - control.value) / abs(control.value) * 100.0, 6)
    return change, treated.value - control.value


def _measure(context: TableContext, item: tuple[CellText, int, CellValue], unit: str | None) -> Measured | None:
    cell, _, value = item
    place = ground_text(context, cell, value.start, value.end)
    if place is None or (value.value is None and value.low is None):
        return None
    return Measured(text=place[0], start=place[1], end=place[2], value=value.value, unit=unit, n=value.n)


def _has_regimen(context: TableContext, row: Row) -> bool:
    """Whether the row gives a dose: words in an effect cell count only in a row that is surely an arm."""
    return bool(read_doses(context.typed.cell(row, "dose").text))


def _read_words(context: TableContext, row: Row, column: int, outcome: Outcome) -> RowEffect:
    """Return the effect of a cell that holds words: no value, and a direction only where a note gives it."""
    cell = row.cells[column]
    place = ground_text(context, cell, 0, len(cell.text))
    control = _controls(context, row, column)
    measured = _measure(context, control[0], context.typed.columns[control[0][1]].unit) if len(control) == 1 else None
    effect = (
        None if place is None else Effect(text=place[0], start=place[1], end=place[2], source="row", control=measured)
    )
    outcome = _with_statistic(outcome, [])
    return RowEffect(outcome, "unknown", effect, None, column, why=("direction unknown: the cell holds words",))


def _read_significance(
    context: TableContext, row: Row, column: int, value: CellValue, marks: list[Mark]
) -> Significance | None:
    cell = row.cells[column]
    for mark in marks:
        if mark.meaning in ("not_significant", "significant"):
            at = cell.text.find(mark.mark, value.end)
            at = cell.text.find(mark.mark) if at < 0 else at
            place = None if at < 0 else ground_text(context, cell, at, at + len(mark.mark))
            significant = mark.meaning == "significant"
            if place is not None:
                return Significance(
                    text=place[0], start=place[1], end=place[2], source="row",
                    p=mark.p, p_relation=mark.p_relation, significant=significant,  # type: ignore[arg-type]
                )  # fmt: skip
            if mark.span is not None:
                return Significance(
                    text=context.quote(mark.span), start=mark.span.start, end=mark.span.end, source="footnote",
                    p=mark.p, p_relation=mark.p_relation, significant=significant,  # type: ignore[arg-type]
                )  # fmt: skip
    stated = read_p(context, _p_cell(context, row, column))
    if stated is not None:
        return stated
    return None if value.value is None else _read_unmarked(context, column)


def _read_unmarked(context: TableContext, column: int) -> Significance | None:
    """Return what the notes say of a value without a mark, where their marks are used in its column."""
    notes = context.notes
    if notes.unmarked is None:
        return None
    if not notes.unmarked:
        used = context.remember(
            ("marks of column", column),
            lambda: {mark for row in context.typed.rows for mark in _marks_of(context, row.cells[column])},
        )
        note = next((mark for mark in notes.marks if mark.meaning == "significant" and mark.mark in used), None)
        if note is None or note.span is None:
            return None
        return Significance(
            text=context.quote(note.span),
            start=note.span.start,
            end=note.span.end,
            source="footnote",
            significant=False,
        )
    return Significance(text="unmarked", source="inferred", significant=True)


def _marks_of(context: TableContext, cell: CellText) -> tuple[str, ...]:
    values = read_values(cell.text, context.notes.names) if cell.text else ()
    return (*cell.marks, *(mark for value in values for mark in value.marks))


def _p_cell(context: TableContext, row: Row, column: int) -> CellText:
    columns = context.typed.columns
    for index in range(column + 1, len(columns)):
        if columns[index].kind == "p":
            return row.cells[index]
        if columns[index].kind in ("change", "treated"):
            break
    return EMPTY


def read_p(context: TableContext, cell: CellText) -> Significance | None:
    """Return what a p cell states: a p-value, or a word or mark for significance."""
    text = _COMMA.sub(r"\1.\2", cell.text.strip())
    if not text or is_dash(text):
        return None
    match = _P.match(text)
    if match is not None and _ANOTHER_P.match(match["rest"]):
        return None
    if match is not None:
        p = float(match["p"]) * (10 ** float(re.sub(r"[−–-]\s?", "-", (match["power"] or "0").translate(_RAISED))))
        relation = match["relation"]
        relation = _RELATIONS.get(relation, relation)
        place = ground_text(
            context,
            cell,
            match.start("p") - len(match["relation"]) if match["relation"] else match.start("p"),
            match.end("power") if match["power"] else match.end("p"),
        )
        if place is None or p > 1:
            return None
        significant = decide_p(p, relation)
        return Significance(
            text=place[0],
            start=place[1],
            end=place[2],
            source="row",
            p=p,
            p_relation=cast("PRelation", relation),
            significant=significant,
        )
    lowered = text.lower()
    place = ground_text(context, cell, 0, len(text))
    if place is None:
        return None
    if lowered in ("ns", "n.s.", "no", "not significant", "n"):
        return Significance(text=place[0], start=place[1], end=place[2], source="row", significant=False)
    if lowered in ("s", "yes", "significant") or re.fullmatch(r"\*+", text):
        return Significance(text=place[0], start=place[1], end=place[2], source="row", significant=True)
    return None


def decide_p(p: float, relation: str) -> bool | None:
    """Return whether a p-value is below 0.05; ``None`` where its relation leaves that open.

    Who writes "< 0.06" has missed 0.05: authors give the least bound that holds.
    """
    if relation in ("<", "<="):
        return True if p <= _ALPHA else False if p <= _TREND else None
    if relation in (">", ">="):
        return False if p >= _ALPHA else None
    return p < _ALPHA


def _with_statistic(outcome: Outcome, marks: list[Mark]) -> Outcome:
    statistic = next((mark.meaning for mark in marks if mark.meaning in ("mean", "median")), outcome.statistic)
    if statistic == outcome.statistic:
        return outcome
    return Outcome(
        text=outcome.text, start=outcome.start, end=outcome.end, source=outcome.source, name=outcome.name,
        id=outcome.id,
        statistic=cast("Statistic", statistic), timepoint=outcome.timepoint,
    )  # fmt: skip
