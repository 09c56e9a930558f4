"""Units: how they are written after a number, their UCUM code, dimension, and what a dose in them is per."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

DAYS: Final[dict[str, float]] = {
    "s": 1 / 86400, "ms": 1 / 86400000, "min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.4375, "a": 365.25,
}  # fmt: skip
"""Days of each unit of time; a month is a twelfth of the mean year of 365.25 days."""

CONTRACT_PER: Final = frozenset({"body weight", "day", "diet", "water", "week", "dose", "area"})
"""What the contract lets a dose be per; other denominators stay in the unit's code alone."""
_POWERS: Final = r"(?:\^?-1|-¹|<sup>-1</sup>|<sup>-1|\(-1\))"
_SQUARE: Final = r"(?:\^?2|²|<sup>2</sup>|\(2\)|\s?sq)"
_BODY: Final = (
    r"(?P<body>(?:\s?(?:-|of|/)?\s?(?:the\s)?(?:body[- ]?(?:weight|wt\.?|mass)|b\.?w\.?t?\.?(?![a-z])"
    r"|bwt|bodyweight)))"
)
_FOOD: Final = (
    r"(?P<diet>\s?(?:of\s|in\s(?:the\s|their\s)?)?(?:\w+\s)?(?:diet|food|chow|feed)\b)"
    r"|(?P<water>\s?(?:of\s|in\s(?:the\s|their\s)?)?(?:drinking[- ])water\b)"
)
_DENOMINATORS: Final[tuple[tuple[str, str, str], ...]] = (
    ("body weight", "kg", r"kg|Kg|KG|kilogram|kilo"),
    ("area", "m2", rf"m\s?{_SQUARE}|square met(?:er|re)|sqm|m\(2\)"),
    ("day", "", r"days?|d|24[- ]?h(?:ours|rs?)?|diem"),
    ("week", "", r"weeks?|wk"),
    ("month", "", r"months?"),
    ("hour", "h", r"hours?|hr|h"),
    ("minute", "min", r"minutes?|min"),
    ("second", "s", r"seconds?|sec|s"),
    ("litre", "L", r"lit(?:er|re)|L|l"),
    ("decilitre", "dL", r"dL|dl|100\s?m[lL]"),
    ("millilitre", "mL", r"mL|ml|ML|millilit(?:er|re)"),
    ("microlitre", "uL", r"[μu][lL]"),
    ("gram", "g", r"(?:100\s?)?(?:gram|g)"),
    ("milligram", "mg", r"mg"),
    ("millimole", "mmol", r"mmol"),
    ("clearance", "{1.73_m2}", rf"1\.73\s?m\s?{_SQUARE}"),
    ("cells", "{cells}", r"(?:10\^?\d\s)?cells?"),
    ("dose", "", r"doses?|injections?|puffs?|actuations?|inhalations?"),
    ("subject", "", r"mouse|mice|rats?|animals?|person|patients?|subjects?|body|man|eye|ear|kidney|capita|head"),
)
_DENOMINATOR_WORDS: Final = "|".join(f"(?P<d{place}>{pattern})" for place, (_, _, pattern) in enumerate(_DENOMINATORS))
_DIVISION: Final = re.compile(rf"(?:\s?/\s?|\s?-?per(?:-|\s\s?))(?:{_DENOMINATOR_WORDS})(?![A-Za-z])")
_INVERSE: Final = re.compile(rf"(?:\s?[·.]\s?|\s)(?:{_DENOMINATOR_WORDS})\s?{_POWERS}(?!\d)")
_SQUARE_INVERSE: Final = re.compile(r"(?:\s?[·.]\s?|\s)m\s?(?:\^?-2|-²|⁻²|<sup>-2</sup>)(?!\d)")
_BODY_TAIL: Final = re.compile(_BODY, re.IGNORECASE)
_FOOD_TAIL: Final = re.compile(_FOOD, re.IGNORECASE)
_NAMED: Final = re.compile(r"\sof\s[\w-]+(?:\s[\w-]+)?(?=\sper\s(?:kg|kilogram|day)\b)")
_SHARE: Final = re.compile(r"\s?\(?(?:w/w|w/v|v/v|wt/wt|wt/vol)\)?")
_LIQUID: Final = frozenset({"litre", "millilitre"})
_PER_TIME: Final = frozenset({"day", "week", "month"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written at `[start, end)`.

    Attributes:
        code: UCUM-like, without the time of "per day"; body weight and area stay in it (``mg/kg``, ``mg/m2``).
        dimension: of the numerator, as the table says (mass, amount, molar, fraction, time, …).
        per: what it is divided by, in order (``body weight``, ``day``, ``litre``, ``hour``, …).
        period: where the "per day" of it stands, or None.
    """

    start: int
    end: int
    code: str
    dimension: str
    per: tuple[str, ...] = ()
    period: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _UnitTable:
    exact: dict[str, tuple[str, str]]
    folded: dict[str, tuple[str, str]]
    pattern: re.Pattern[str]


def read_unit(text: str, at: int) -> Unit | None:
    """Return the unit that stands at a place of a folded text, with one space or hyphen before it, or None."""
    table = _load_units()
    match = table.pattern.match(text, at)
    if match is None:
        return None
    start, end = match.span("unit")
    written = match["unit"]
    entry = table.exact.get(written) or table.folded.get(written.lower())
    if entry is None:
        return None
    code, dimension = entry
    return _read_denominators(text, start, end, code, dimension)


def _read_denominators(text: str, start: int, end: int, code: str, dimension: str) -> Unit:
    per: list[str] = []
    period: tuple[int, int] | None = None
    if dimension == "time":
        return Unit(start, end, code, dimension)
    if dimension == "fraction_food":
        tail = _FOOD_TAIL.match(text, end)
        return Unit(start, tail.end() if tail else end, code, dimension, _name_food(tail))
    named = _NAMED.match(text, end) if dimension in ("mass", "amount", "activity") else None
    if named is not None:
        end = named.end()
    while len(per) < 3:
        match = _DIVISION.match(text, end) or _INVERSE.match(text, end)
        if match is None:
            square = _SQUARE_INVERSE.match(text, end)
            if square is None:
                break
            per, code, end = [*per, "area"], f"{code}/m2", square.end()
            continue
        place = int(str(match.lastgroup)[1:])
        name, denominator, _ = _DENOMINATORS[place]
        if name in _PER_TIME and period is None:
            period = (match.start() + (text[match.start()].isspace()), match.end())
        end = match.end()
        if name == "gram" and (body := _BODY_TAIL.match(text, end)) is not None:
            name, end = "body weight", body.end()  # "3 µg/g body weight"
        elif name == "body weight":
            food = _FOOD_TAIL.match(text, end)
            body = _BODY_TAIL.match(text, end)
            if food is not None:
                name, end = _name_food(food)[0], food.end()
            elif body is not None:
                end = body.end()
        per.append(name)
        if denominator:
            code = f"{code}/{denominator}"
    if _LIQUID.intersection(per):
        tail = _FOOD_TAIL.match(text, end)
        if tail is not None and tail["water"]:
            return Unit(start, tail.end(), code, dimension, (*per, "water"), period)
    if not per and dimension == "fraction":
        share = _SHARE.match(text, end)
        tail = _FOOD_TAIL.match(text, share.end() if share else end)
        if tail is not None and text[tail.start() : tail.end()].lstrip().startswith(("in ", "of ")):
            return Unit(start, tail.end(), code, dimension, _name_food(tail))
    return Unit(start, end, code, dimension, tuple(per), period)


def _name_food(match: re.Match[str] | None) -> tuple[str, ...]:
    if match is None:
        return ()
    return ("diet",) if match["diet"] else ("water",)


@cache
def _load_units() -> _UnitTable:
    exact: dict[str, tuple[str, str]] = {}
    folded: dict[str, tuple[str, str]] = {}
    content = (resources.files(__package__) / "data" / "units.tsv").read_text(encoding="utf-8")
    for line in content.splitlines():
        if not line or line.startswith("#"):
            continue
        forms, code, dimension, case = line.split("\t")
        for form in forms.split("|"):
            if case == "any":
                folded[form.lower()] = (code, dimension)
            else:
                exact[form] = (code, dimension)
    exact_words = "|".join(map(_quote, sorted(exact, key=lambda form: (-len(form), form))))
    folded_words = "|".join(map(_quote, sorted(folded, key=lambda form: (-len(form), form))))
    pattern = re.compile(
        rf"(?:[\s-]?\s?|\s(?:consecutive|successive|additional|full|more)\s)(?P<unit>(?:{exact_words}"
        rf"|(?i:{folded_words}))(?![^\W\d_]))"
    )
    return _UnitTable(exact, folded, pattern)


def _quote(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s")
