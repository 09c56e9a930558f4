"""Who an arm is: species, strain, population, sex, age and number of animals or people of a row."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import cast

from pipeline.model import Age, Grounded, Named, SampleSize, Sex
from pipeline.model.claims import FieldSource, SexValue
from pipeline.nlp.strains import find_strains
from pipeline.tables.column_lexicon import SEXES
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.header_units import ground_unit, read_bare_spell
from pipeline.tables.naming import ROUTE, find_drugs
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Row
from pipeline.tables.values import is_dash, read_age, read_spells

_SEX_NAMES = {spelling: name for name, spellings in SEXES.items() for spelling in spellings}
_ANIMAL_WORD = re.compile(r"(?<=\S)\s+(?:mice|mouse|rats?|flies|worms|fish|rabbits?|pigs?|dogs?)$", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:,|and|or|&|/)\s*")
_AGED = re.compile(
    r"\baged? (?:between |from )?[≥≤<>]?\s?\d+(?:\s?(?:–|-|to|and)\s?\d+)?[- ](?:years?|months?|weeks?)\b"
    r"|[≥≤<>]\s?\d+ (?:years?|months?|weeks?) (?:of age|old)\b",
    re.IGNORECASE,
)
_LEADING_N = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d+)\s+(?=[A-Za-z])(?!days?\b|weeks?\b|months?\b|years?\b|d\b)")


def read_species(context: TableContext, row: Row) -> Named | None:
    """Return the species of the row, by its cells or by what stands around it."""
    found = context.species(row)
    if found is None:
        return None
    source, name = found
    concept = name.concept
    return Named(
        text=name.text,
        start=name.span.start,
        end=name.span.end,
        source=source,
        name=None if concept is None else concept.name,
        id=None if concept is None else concept.id,
    )


def read_strain(context: TableContext, row: Row) -> Named | None:
    """Return the strain: the strain column's cell, else what the subjects' cell, sub-header or caption names."""
    cell = context.typed.cell(row, "strain")
    if cell.text and not is_dash(cell.text):
        animal = _ANIMAL_WORD.search(cell.text)
        return _name_strain(context, cell, 0, animal.start() if animal else len(cell.text), "row")
    texts: list[tuple[FieldSource, CellText]] = [
        ("row", context.typed.cell(row, kind)) for kind in ("species", "population")
    ]
    for source, text in (*texts, *context.surroundings(row)):
        if source == "footnote":
            break
        found = find_strains(text.text)
        if found:
            alone = len(found) == 1 or (source == "row" and _JOINS.fullmatch(text.text[found[0][1] : found[1][0]]))
            return _name_strain(context, text, found[0][0], found[-1][1], source) if alone else None
    return None


def _name_strain(context: TableContext, cell: CellText, start: int, end: int, source: FieldSource) -> Named | None:
    place = ground_text(context, cell, start, end)
    if place is None:
        return None
    words = cell.text[start:end]
    concepts = context.vocabulary.lookup(words, label="STRAIN")
    concept = concepts[0] if concepts else None
    return Named(
        text=place[0],
        start=place[1],
        end=place[2],
        source=source,
        name=words if concept is None else concept.name,
        id=None if concept is None else concept.id,
    )


def read_population(context: TableContext, row: Row) -> Grounded | None:
    """Return who was studied, by the row's own cell or by its sub-header."""
    cell = context.typed.cell(row, "population")
    if cell.text and not is_dash(cell.text):
        match = _LEADING_N.match(cell.text)
        place = ground_text(context, cell, match.end() if match else 0, len(cell.text))
        return None if place is None else Grounded(text=place[0], start=place[1], end=place[2], source="row")
    for text in reversed(row.subheaders):
        head = text.text.split(":")[0]
        part = text.part(0, len(head))
        if find_drugs(part, context.vocabulary) or ROUTE.search(part.text):
            continue
        place = ground_text(context, part, 0, len(part.text))
        if place is not None:
            return Grounded(text=place[0], start=place[1], end=place[2], source="subheader")
    return None


def read_sex(context: TableContext, cell: CellText) -> Sex | None:
    """Return the sex of a sex column's cell."""
    key = cell.text.strip().lower()
    name = _SEX_NAMES.get(key)
    place = ground_text(context, cell, 0, len(cell.text)) if name is not None else None
    if name is None or place is None:
        return None
    return Sex(text=place[0], start=place[1], end=place[2], source="row", value=cast("SexValue", name))


def read_ages(context: TableContext, row: Row) -> tuple[Age, ...]:
    """Return the row's age, and where the cell lists several, each of them after it."""
    index = context.typed.column("age")
    if index is None:
        return _read_age_of_population(context, context.typed.cell(row, "population"))
    if not row.cells[index].text or is_dash(row.cells[index].text):
        return ()
    cell, column = row.cells[index], context.typed.columns[index]
    spell = read_age(cell.text)
    unit_at = None
    if spell is None:
        spell = read_bare_spell(cell, column.unit, column.header.text)
        unit_at = None if spell is None else ground_unit(context, column.header, column.unit)
    place = (
        ground_text(context, cell, 0, len(cell.text))
        if spell is None
        else ground_text(context, cell, spell.start, spell.end)
    )
    if place is None:
        return ()
    text, start, end = place
    if spell is None:
        return (Age(text=text, start=start, end=end, source="row"),)
    whole = Age(
        text=text, start=start, end=end, source="row", low_days=spell.low, high_days=spell.high, unit_at=unit_at
    )
    return (whole, *(replace(whole, low_days=member, high_days=member) for member in spell.members))


def _read_age_of_population(context: TableContext, cell: CellText) -> tuple[Age, ...]:
    """Return the age that the words on who was studied give: "adults aged ≥65 years"."""
    match = _AGED.search(cell.text)
    spells = () if match is None else read_spells(match.group())
    place = None if match is None else ground_text(context, cell, match.start(), match.end())
    if place is None or len(spells) != 1 or spells[0].members:
        return ()
    low, high = spells[0].low, spells[0].high
    return (Age(text=place[0], start=place[1], end=place[2], source="row", low_days=low, high_days=high),)


def read_sample(context: TableContext, row: Row) -> SampleSize | None:
    """Return the row's n."""
    cell = context.typed.cell(row, "n")
    match = re.fullmatch(r"(?:n ?= ?)?(\d{1,3}(?:,\d{3})+|\d+)", cell.text)
    if match is not None:
        place = ground_text(context, cell, match.start(1), match.end(1))
        if place is not None:
            value = int(match.group(1).replace(",", ""))
            return SampleSize(text=place[0], start=place[1], end=place[2], source="row", value=value)
    cell = context.typed.cell(row, "population")
    match = _LEADING_N.match(cell.text)
    if match is not None:
        place = ground_text(context, cell, match.start(1), match.end(1))
        if place is not None:
            value = int(match.group(1).replace(",", ""))
            return SampleSize(text=place[0], start=place[1], end=place[2], source="row", value=value, of="study")
    return None
