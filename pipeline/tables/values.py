"""The values of cells: numbers with their marks, lists of them, ages, durations, schedules and doses.

Offsets are into the text that was read. Days in a unit of time are those of ``column_lexicon.DAYS_PER_UNIT``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from pipeline.tables.column_lexicon import DAYS_PER_UNIT, TIME_WORDS

Relation = Literal["=", ">", "<", "~"]
_MINUS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-"})
_VALUE = re.compile(
    r"(?P<relation>[~≈∼<>≥≤]{0,2})\s?(?P<low>[+−–‐-]?\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:\s?(?:–|-|to)\s?(?P<high>\d+(?:,\d{3})*(?:\.\d+)?))?(?P<percent>\s?%)?"
    r"(?:\s?\(?±\s?(?P<spread>\d+(?:\.\d+)?)\)?)?(?:\s?\(n ?= ?(?P<n>\d+)\))?"
)
_ALWAYS_MARKS = re.compile(r"NS|ns|n\.s\.|\*{1,4}|[†‡§¶#‖]")
_DASH = re.compile(r"^(?:[–—−-]+|n\.?a\.?|n/a|n\.?d\.?|n\.?r\.?|…|\.\.\.)$", re.IGNORECASE)
_SEPARATOR = re.compile(r",\s+(?:and |or )?|\s+(?:and|or|/)\s+|;\s*")
_TIME = "|".join(sorted(map(re.escape, TIME_WORDS), key=len, reverse=True))
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SPELL = re.compile(
    rf"(?P<relation>[~≈∼<>≥≤]?)\s?(?P<numbers>{_NUMBER}(?:\s?(?:–|-|−|to|,|, and"
    rf"|, or|and|or)\s?{_NUMBER})*)[- ]?(?P<unit>{_TIME})\b"
)
_MARKED_AGE = re.compile(
    rf"\b(?P<unit>Day|Days|Week|Month|P|PND)[ -]?(?P<low>{_NUMBER})(?:\s?[–-]\s?(?P<high>{_NUMBER}))?\b"
)
_BIRTH = re.compile(r"\b(?:birth|newborn)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|up to|till)\s+$", re.IGNORECASE)
_COUNTS = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
_COUNT = rf"(?:{_NUMBER}|once|twice|thrice|one|two|three|four|five)"
_TIMES = re.compile(
    rf"(?P<times>{_NUMBER})\s?[×x](?:\s?/\s?(?P<every>{_NUMBER})?\s?(?P<unit>{_TIME})\b)?(?![\w.])"
    rf"|(?P<times2>{_COUNT})(?: times)? (?:a|per|every|each) (?P<unit2>{_TIME})\b(?! \d)"
    r"|(?P<times3>once|twice|three times) (?P<adverb>daily|weekly|monthly)|\b(?P<adverb2>daily|weekly|monthly)\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    rf"\b(?:every (?P<which>other|second|third|{_NUMBER})? ?(?P<unit>{_TIME})|(?P<alternate>alternate days?))\b",
    re.IGNORECASE,
)
_ON_OFF = re.compile(
    rf"(?P<on>{_NUMBER})\s?(?P<on_unit>{_TIME}) on\s?[/,]?\s?(?P<off>{_NUMBER})\s?(?P<off_unit>{_TIME}) off"
    rf"|(?P<part>{_NUMBER})\s?(?P<part_unit>{_TIME}) (?:per|every|out of|of)(?: every)? (?:"
    rf"(?P<whole>{_NUMBER})(?:\s?(?P<whole_unit>{_TIME})\b)?|(?P<one_unit>{_TIME})\b)",
    re.IGNORECASE,
)
_ADVERBS = {"daily": 1.0, "weekly": 7.0, "monthly": DAYS_PER_UNIT["month"]}
_MASS = r"mg|µg|μg|ug|mcg|ng|pg|g|mmol|µmol|μmol|umol|nmol|mM|µM|μM|uM|nM|IU|mL|ml|kg|U"
_DOSE = re.compile(
    rf"(?P<relation>[~≈∼<>≥≤]?)\s?(?<![\w.])(?P<numbers>{_NUMBER}(?:\s?(?:–"
    rf"|-|to|,|/|, and|, or|and|or)\s?{_NUMBER})*)\s?"
    rf"(?:(?P<parts>ppm|ppb)\b|(?P<percent>%)|(?P<mass>{_MASS})(?![\w]))"
    r"(?P<rest>(?:\s?/\s?|\sper\s|\s?·\s?)(?:kg|m2|m²|g|day|d|mL|ml|l|L|week|wk|mouse|animal|dose)\b"
    r"(?:\s(?:bw|body weight|of body weight|diet|food|chow)\b)?(?:(?:\s?/\s?|\sper\s)"
    r"(?:day|d|week|wk)\b)?|\s?kg[−-]1(?:\s?(?:day|d)[−-]1)?)?"
)
_UNITS = {
    "µg": "ug",
    "μg": "ug",
    "mcg": "ug",
    "µmol": "umol",
    "μmol": "umol",
    "ml": "mL",
    "mM": "mmol/L",
    "µM": "umol/L",
    "μM": "umol/L",
    "uM": "umol/L",
    "nM": "nmol/L",
    "ppm": "[ppm]",
    "ppb": "[ppb]",
    "IU": "[IU]",
    "U": "U",
}


@dataclass(frozen=True, slots=True)
class CellValue:
    """A number in a cell, or a cell that holds none; ``[start, end)`` is the number without its marks."""

    start: int
    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    relation: Relation | None = None
    marks: tuple[str, ...] = ()
    n: int | None = None
    percent: bool = False
    signed: bool = False
    rest: str = ""


@dataclass(frozen=True, slots=True)
class DoseValue:
    """A dose in a cell."""

    start: int
    end: int
    numbers: tuple[float, ...]
    is_range: bool
    unit: str
    per: tuple[str, ...]
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in days: a duration, an age, or until when; ``members`` are the single values of a list."""

    start: int
    end: int
    low: float | None
    high: float | None
    members: tuple[float, ...] = ()
    until: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleValue:
    """A schedule in a cell."""

    start: int
    end: int
    times: float | None = None
    period: float | None = None
    on: float | None = None
    off: float | None = None


def is_dash(text: str) -> bool:
    """Whether a cell says that there is no value."""
    return _DASH.match(text.strip()) is not None


def read_number(text: str) -> float:
    """Return a number as written, whatever its minus sign."""
    return float(text.translate(_MINUS).replace(",", ""))


def read_values(text: str, marks: Collection[str]) -> tuple[CellValue, ...]:
    """Return the value of a cell, or its several where it is a list of them; empty where it is neither.

    Args:
        marks: footnote marks that the table defines; letters glued to a number count only if they are among them.
    """
    whole = _read_value(text, 0, len(text), marks)
    if whole is not None and not whole.rest:
        return (whole,)
    bounds: list[tuple[int, int]] = []
    start = 0
    for separator in _SEPARATOR.finditer(text):
        bounds.append((start, separator.start()))
        start = separator.end()
    bounds.append((start, len(text)))
    parts = [_read_value(text, first, last, marks) for first, last in bounds]
    if len(parts) > 1 and all(part is not None and not part.rest for part in parts):
        return tuple(part for part in parts if part is not None)
    return () if whole is None else (whole,)


def _read_value(text: str, start: int, end: int, marks: Collection[str]) -> CellValue | None:
    only = read_marks(text[start:end].strip(), marks)
    if only is not None:
        return CellValue(start, end, marks=only)
    match = _VALUE.match(text, start, end)
    if match is None:
        return None
    rest = text[match.end() : end].strip()
    found = read_marks(rest, marks)
    low = read_number(match["low"])
    high = None if match["high"] is None else read_number(match["high"])
    relation = match["relation"]
    return CellValue(
        match.start(),
        match.end(),
        value=low if high is None else None,
        low=None if high is None else low,
        high=high,
        relation=_relation(relation),
        marks=found or (),
        n=None if match["n"] is None else int(match["n"]),
        percent=match["percent"] is not None,
        signed=match["low"][0] in "+−–‐-",
        rest="" if found is not None or not rest else rest,
    )


def _relation(text: str) -> Relation | None:
    if not text:
        return None
    return cast("Relation", {"≈": "~", "∼": "~", "≥": ">", "≤": "<"}.get(text[-1], text[-1]))


def read_marks(text: str, marks: Collection[str]) -> tuple[str, ...] | None:
    """Return the footnote marks that the text consists of, ``None`` where it holds anything else."""
    found: list[str] = []
    position = 0
    ordered = sorted(marks, key=lambda mark: (-len(mark), mark))
    while position < len(text):
        if text[position] in ", ":
            position += 1
            continue
        mark = next((mark for mark in ordered if text.startswith(mark, position)), "")
        match = _ALWAYS_MARKS.match(text, position)
        if match is not None and len(match.group()) > len(mark):
            mark = match.group()
        if not mark:
            return None
        found.append(mark)
        position += len(mark)
    return tuple(found) if found else None


def _days(unit: str) -> float:
    return DAYS_PER_UNIT[TIME_WORDS[unit.lower()]]


@lru_cache(maxsize=8192)
def read_spells(text: str) -> tuple[Spell, ...]:
    """Return the times in a text, in days: "20–21 months", "4, 13, 20 months", "until 45 d"."""
    spells: list[Spell] = []
    for match in _SPELL.finditer(text):
        factor = _days(match["unit"])
        numbers = [read_number(number) * factor for number in re.findall(_NUMBER, match["numbers"])]
        listed = "," in match["numbers"] or re.search(r"\b(and|or)\b", match["numbers"]) is not None
        low: float | None = min(numbers)
        high: float | None = max(numbers)
        if match["relation"] in ("<", "≤"):
            low = None
        elif match["relation"] in (">", "≥"):
            high = None
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        until = _UNTIL.search(text[:start]) is not None
        spells.append(Spell(start, match.end(), low, high, tuple(numbers) if listed else (), until))
    return tuple(spells)


def read_age(text: str) -> Spell | None:
    """Return the age that a cell gives, in days after birth; before birth and in words there is none."""
    spells = read_spells(text)
    if spells:
        return spells[0]
    match = _MARKED_AGE.search(text)
    if match is not None:
        factor = 1.0 if match["unit"].startswith(("P", "Day")) else _days(match["unit"])
        low = read_number(match["low"]) * factor
        return Spell(
            match.start(), match.end(), low, low if match["high"] is None else read_number(match["high"]) * factor
        )
    birth = _BIRTH.search(text)
    if birth is not None and not re.search(r"\bbefore birth\b|\bprior to birth\b", text, re.IGNORECASE):
        return Spell(birth.start(), birth.end(), 0.0, 0.0)
    return None


@lru_cache(maxsize=8192)
def read_schedule(text: str) -> ScheduleValue | None:
    """Return the schedule in a text: "3×/week, 2 weeks per month", "every other day", "5 d on/9 d off"."""
    cycle = _ON_OFF.search(text)
    body = text if cycle is None else text[: cycle.start()] + " " * (cycle.end() - cycle.start()) + text[cycle.end() :]
    times: float | None = None
    period: float | None = None
    places: list[tuple[int, int]] = []
    match = _TIMES.search(body)
    if match is not None:
        places.append(match.span())
        count = match["times"] or match["times2"] or match["times3"]
        times = 1.0 if count is None else _COUNTS.get(count.lower().removesuffix(" times")) or read_number(count)
        unit = match["unit"] or match["unit2"]
        adverb = match["adverb"] or match["adverb2"]
        if unit is not None:
            period = _days(unit) * (read_number(match["every"]) if match["every"] else 1.0)
        elif adverb is not None:
            period = _ADVERBS[adverb.lower()]
    else:
        every = _EVERY.search(body)
        if every is not None:
            places.append(every.span())
            times = 1.0
            which = every["which"]
            step = (
                2.0
                if which in ("other", "second") or every["alternate"]
                else 3.0
                if which == "third"
                else read_number(which)
                if which
                else 1.0
            )
            period = step * (1.0 if every["alternate"] else _days(every["unit"]))
    on: float | None = None
    off: float | None = None
    if cycle is not None:
        places.append(cycle.span())
        if cycle["on"]:
            on = read_number(cycle["on"]) * _days(cycle["on_unit"])
            off = read_number(cycle["off"]) * _days(cycle["off_unit"])
        else:
            on = read_number(cycle["part"]) * _days(cycle["part_unit"])
            unit = cycle["one_unit"] or cycle["whole_unit"] or cycle["part_unit"]
            whole = _days(unit) * (read_number(cycle["whole"]) if cycle["whole"] else 1.0)
            off = whole - on if whole > on else None
    if not places:
        return None
    return ScheduleValue(min(start for start, _ in places), max(end for _, end in places), times, period, on, off)


@lru_cache(maxsize=8192)
def read_doses(text: str) -> tuple[DoseValue, ...]:
    """Return the doses in a text, in order."""
    return tuple(_read_dose(match) for match in _DOSE.finditer(text))


def _read_dose(match: re.Match[str]) -> DoseValue:
    rest = (match["rest"] or "").lower()
    numbers = tuple(read_number(number) for number in re.findall(_NUMBER, match["numbers"]))
    unit = match["parts"] or match["percent"] or match["mass"]
    unit = _UNITS.get(unit, unit)
    per: list[str] = []
    if re.search(r"kg", rest):
        unit += "/kg"
        per.append("diet" if re.search(r"diet|food|chow", rest) else "body weight")
    elif re.search(r"m2|m²", rest):
        unit += "/m2"
        per.append("area")
    elif re.search(r"(?:/|per|·)\s?ml", rest):
        unit += "/mL"
    elif re.search(r"(?:/|per|·)\s?l\b", rest):
        unit += "/L"
    if re.search(r"(?:/\s?|per )(?:day|d)\b|(?:day|d)[−-]1", rest):
        per.append("day")
    elif re.search(r"(?:/\s?|per )(?:week|wk)\b", rest):
        per.append("week")
    elif re.search(r"(?:/\s?|per )dose\b", rest):
        per.append("dose")
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    is_range = len(numbers) == 2 and re.search(r"–|-|\bto\b", match["numbers"]) is not None
    return DoseValue(start, match.end(), numbers, is_range, unit, tuple(per), _relation(match["relation"]))
