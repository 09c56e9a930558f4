"""Units that stand in a header or at the end of a row's name, for the bare numbers beside or below them."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model.claims import Grounded
from pipeline.quantities.units import read_unit
from pipeline.tables.column_lexicon import TIME_WORDS
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.texts import CellText
from pipeline.tables.values import Spell, is_dash, read_spells

_BARE = re.compile(r"^[~≈∼<>≥≤]?\s?\d+(?:\.\d+)?(?:\s?(?:–|-|−|to|,|and|or|, and|, or)\s?\d+(?:\.\d+)?)*$")
_TIME_IN_HEADER = re.compile(
    r"\bin (?P<word>days|weeks|months|years)\b|\((?P<short>d|wk|wks|mo|mos|mth|m|y|yr|yrs)\b", re.IGNORECASE
)
_AFTER_COMMA = re.compile(r",\s*(?P<unit>\S+(?:\s?/\s?\S+)?)$")


def read_bare_spell(cell: CellText, unit: str | None, header: str = "") -> Spell | None:
    """Return the time that a cell's bare numbers give in the unit of their header; ``None`` where there is no such.

    Args:
        unit: the unit that was read from the header's end ("months"); ``header`` is searched where there is none.
    """
    if not cell.text or is_dash(cell.text) or not _BARE.match(cell.text):
        return None
    word = (unit or "").strip(" .").lower()
    if word not in TIME_WORDS:
        found = _TIME_IN_HEADER.search(header)
        word = "" if found is None else (found["word"] or found["short"]).lower()
    if word not in TIME_WORDS:
        return None
    spells = read_spells(f"{cell.text} {TIME_WORDS[word]}s")
    if len(spells) != 1 or spells[0].end < len(cell.text):
        return None
    return replace(spells[0], end=len(cell.text))


def ground_unit(context: TableContext, header: CellText, unit: str | None) -> Grounded | None:
    """Return where a header states the unit of the bare numbers below it, the whole header where it has no one place.

    Args:
        unit: the unit that was read from the header's end; the header is searched for a time where there is none.
    """
    start = header.text.rfind(unit) if unit else -1
    end = start + len(unit or "")
    found = None if start >= 0 else _TIME_IN_HEADER.search(header.text)
    if found is not None:
        start, end = found.span("word" if found["word"] else "short")
    place = ground_text(context, header, start, end) if start >= 0 else None
    place = place or ground_text(context, header, 0, len(header.text))
    return None if place is None else Grounded(text=place[0], start=place[1], end=place[2], source="header")


def trailing_unit(text: str) -> tuple[int, str] | None:
    """Return where a row's name ends and the unit behind its comma: "Knee pain, mm" gives (9, "mm")."""
    match = _AFTER_COMMA.search(text)
    if match is None:
        return None
    unit = read_unit(f"1 {match['unit']}", 1)
    if unit is None or unit.end != 2 + len(match["unit"]):
        return None
    return match.start(), match["unit"]


def is_unit(text: str) -> bool:
    """Whether a header's level is no more than a unit: "mg/dl", "%", "percent"."""
    bare = text.strip(" ()[].,")
    if bare.lower() in ("%", "percent", "per cent", "percentage"):
        return True
    unit = read_unit(f"1 {bare}", 1) if len(bare) > 1 else None
    return unit is not None and unit.end == 2 + len(bare)
