"""Mentions of table cells, for ``entities.jsonl``: what each typed cell names, with its place."""

from __future__ import annotations

from typing import cast

from pipeline.model import Label, Mention, Quantity, Span
from pipeline.tables.arms import find_route
from pipeline.tables.context import TableContext
from pipeline.tables.naming import find_names
from pipeline.tables.subjects import read_sex
from pipeline.tables.texts import CellText
from pipeline.tables.typed import ColumnKind
from pipeline.tables.values import is_dash, read_age, read_doses, read_schedule, read_spells, read_values

_NAMES: dict[ColumnKind, tuple[str, ...]] = {
    "strain": ("SPECIES", "STRAIN"),
    "species": ("SPECIES",),
    "population": ("SPECIES", "POPULATION", "DISEASE"),
    "drug": ("CHEMICAL",),
    "dose": ("CHEMICAL",),
    "regimen": ("CHEMICAL",),
    "arm": ("CHEMICAL",),
    "endpoint": ("OUTCOME", "DISEASE"),
    "outcome": ("OUTCOME", "DISEASE", "CHEMICAL"),
}
_SUBHEADER_NAMES = ("CHEMICAL", "SPECIES", "POPULATION", "DISEASE", "OUTCOME")


def find_cell_mentions(context: TableContext) -> tuple[Mention, ...]:
    """Return the mentions of a table's cells and sub-headers in source order, each place once a label."""
    found: dict[tuple[int, int, str], Mention] = {}

    def add(mention: Mention | None) -> None:
        if mention is not None:
            found.setdefault((mention.span.start, mention.span.end, mention.label), mention)

    for column in context.typed.columns:
        _add_names(context, column.header, ("CHEMICAL", "OUTCOME", "DISEASE"), add)
    for row in context.typed.rows:
        for text in row.subheaders:
            _add_names(context, text, _SUBHEADER_NAMES, add)
        for index, cell in enumerate(row.cells):
            if cell.text and not is_dash(cell.text) and index not in row.shared:
                kind = context.typed.columns[index].kind
                _add_names(context, cell, _NAMES.get(kind, ()), add)
                _add_values(context, kind, cell, add)
    return tuple(mention for _, mention in sorted(found.items()))


def _add_names(context: TableContext, cell: CellText, labels: tuple[str, ...], add: object) -> None:
    if labels and callable(add):
        for name in find_names(cell, context.vocabulary, *labels):
            role = "drug" if name.label == "CHEMICAL" else None
            add(
                Mention(
                    label=cast("Label", name.label),
                    span=name.span,
                    text=context.quote(name.span),
                    concept=name.concept,
                    role=role,
                    flags=tuple(sorted(name.flags)),
                )
            )


def _add_values(context: TableContext, kind: ColumnKind, cell: CellText, add: object) -> None:
    if not callable(add):
        return

    def place(label: str, start: int, end: int, quantity: Quantity | None = None, name: str | None = None) -> None:
        span = cell.locate(start, end)
        if span is not None:
            add(Mention(label=cast("Label", label), span=span, text=context.quote(span), quantity=quantity, name=name))

    if kind == "strain" and not find_names(cell, context.vocabulary, "STRAIN"):
        place("STRAIN", 0, len(cell.text))
    if kind == "sex":
        sex = read_sex(context, cell)
        if sex is not None and sex.start is not None and sex.end is not None:
            add(Mention(label="SEX", span=Span(sex.start, sex.end), text=sex.text, name=sex.value))
    if kind == "age":
        age = read_age(cell.text)
        if age is not None:
            place("AGE", age.start, age.end, Quantity(kind="age", low_days=age.low, high_days=age.high))
    if kind in ("dose", "regimen", "drug"):
        for dose in read_doses(cell.text):
            several = dose.numbers if len(dose.numbers) > 1 and not dose.is_range else None
            place(
                "DOSE", dose.start, dose.end,
                Quantity(kind="dose", low=min(dose.numbers), high=max(dose.numbers), values=several, unit=dose.unit,
                         per=dose.per, relation=dose.relation),
            )  # fmt: skip
    if kind in ("dose", "route", "schedule", "regimen", "duration"):
        schedule = read_schedule(cell.text) if kind != "duration" else None
        if schedule is not None:
            place(
                "SCHEDULE", schedule.start, schedule.end,
                Quantity(kind="schedule", times=schedule.times, period_days=schedule.period, days_on=schedule.on,
                         days_off=schedule.off),
            )  # fmt: skip
        inside = (0, 0) if schedule is None else (schedule.start, schedule.end)
        for spell in read_spells(cell.text):
            if not inside[0] <= spell.start < inside[1]:
                place(
                    "DURATION", spell.start, spell.end,
                    Quantity(kind="duration", until_age_days=spell.high) if spell.until
                    else Quantity(kind="duration", low_days=spell.low, high_days=spell.high),
                )  # fmt: skip
    if kind == "route":
        route = find_route(context, cell)
        if route is not None and route.start is not None and route.end is not None:
            add(Mention(label="ROUTE", span=Span(route.start, route.end), text=route.text, name=route.name))
    if kind in ("change", "control", "treated"):
        for value in read_values(cell.text, context.notes.names):
            if value.value is not None or value.low is not None:
                place("EFFECT", value.start, value.end)
