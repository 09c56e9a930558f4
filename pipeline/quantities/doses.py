"""Doses: amounts of a drug that are given, told from amounts that are measured."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.mentions import Quantity
from pipeline.quantities.amounts import Amount
from pipeline.quantities.lexicon import compile_words, load_words
from pipeline.quantities.matches import QuantityMatch
from pipeline.quantities.units import CONTRACT_PER

_CONCENTRATION: Final = frozenset({"litre", "millilitre", "microlitre"})
_NEVER: Final = frozenset({"decilitre", "gram", "milligram", "millimole", "clearance", "cells"})
_PERIODS: Final = {"day": 1.0, "week": 7.0, "month": 30.4375}
_WEIGHTY: Final = {"U": 1000.0, "g": 10.0, "pg": 0.0, "mol": 0.0}
"""Above so many of these units an amount is a dose only where a word says that it is given."""
_LEFT: Final = 70
_NEAR: Final = 32
_DOSE_WORD: Final = re.compile(r"\b(?:dos(?:e|es|ed|age|ages|ing)|titrat\w+|bolus)\b", re.IGNORECASE)
_CLAUSE_END: Final = re.compile(r"[;:]\s|\.\s|,\s(?:and|but|while|whereas|which)\s")
_BODY_WEIGHT: Final = re.compile(r"\b(?:kg|kilogram)(?:-1)?\s(?:of\s)?(?:body[\s-]?weight|b\.?w\.?)", re.IGNORECASE)
# "A at 50 µM", "A (1 µM)", "1 µM A"; half-maximal concentrations and binding constants are none.
_MOLAR_LEFT: Final = re.compile(r"\bat\s$|(?:[^\W\d_]{4,}|[A-Z][A-Za-z]*-?\d[\w-]*)\s\($")
_MOLAR_RIGHT: Final = re.compile(
    r"\s(?!of\b|in\b|and\b|or\b|for\b|concentrations?\b|after\b|during\b|with\b)[a-z]{5,}\b"
)
_POTENCY: Final = re.compile(r"\b(?:IC|EC|ED|GI|LC|LD|K)(?:[a-z]{1,2}|[\s-]?\d{2})?\b[^.;]{0,30}$")
_DOSE_BRACKET: Final = re.compile(r"\b(?:doses?|dosages?|concentrations?)\s?(?:\(|of\s|:\s)$", re.IGNORECASE)
_LUNG: Final = re.compile(r"\b(?:FEV|FVC|PEF|PEFR|litres?|flow)\w*", re.IGNORECASE)
_SPIN: Final = re.compile(r"\s?(?:for\s\d+\s?min|at\s4\s?°)")
_OF_TISSUE: Final = re.compile(
    r"\s?(?:of\s)?(?:total\s)?(?:protein|proteins|RNA|DNA|cDNA|lysate|tissue|wet|dry|fat|carbohydrates?|body|tumou?r"
    r"|creatinine|fib(?:er|re)|alcohol|(?:salt|sodium)(?=\s(?:per|a|in|and|or|intake|diet)\b|[,.;)]|$)"
    r"|glucose\sload|force)\b",
    re.IGNORECASE,
)
_GIVEN_RIGHT: Final = re.compile(
    r"\s?,?\s?(?:\(|of\s\w+\s)?(?:daily|once|twice|three\stimes|four\stimes|every\s|b\.?i\.?d|t\.?i\.?d"
    r"|q\.?i\.?d|q\d|per\sday|a\sday"
    r"|intravenous|oral|subcutaneous|i\.v\.|i\.p\.|s\.c\.|bolus|infus)",
    re.IGNORECASE,
)
_FORMULATION_RIGHT: Final = re.compile(
    rf"\s?\(?(?:(?!and\b|or\b|in\b|of\b|had\b|was\b|were\b"
    rf"|vs\b)[\w-]+\s){{0,4}}(?:{load_words('measured', 'formulations')})\b",
    re.IGNORECASE,
)
_FORMULATION_LEFT: Final = re.compile(
    rf"\b(?:{load_words('measured', 'formulations')})\s\(?(?:(?:at|of|containing)\s)?$", re.IGNORECASE
)
# "chow containing A at 180 ppm": what is fed may contain a dose, what is measured a level.
_FED_LEFT: Final = re.compile(
    r"\b(?:chow|diet|feed|food|pellets?|water)\s(?:containing|mixed\swith|with)\s(?:[\w()-]+\s){1,4}(?:at\s)?$",
    re.IGNORECASE,
)
_FOLD_DOSE: Final = r"(?:\w+-?\s?fold|\d+(?:\.\d+)?\stimes)\s(?:lower|higher|smaller|larger|greater)"
_TEXT_DOSE: Final = re.compile(
    rf"(?<![\w-])(?:(?:very|extremely|relatively|ultra|more)[- ])?(?:{_FOLD_DOSE}|{load_words('doses', 'textual')})"
    r"(?:-?\s?to-?\s?(?:high|moderate|medium))?"
    r"(?:[- ](?:oral|intravenous|daily|initial|starting|loading|clinical|cumulative|fixed|bolus|i\.?v\.?"
    r"|s\.?c\.?|weekly|"
    r"therapeutic|tolerated|equivalent|total|infusion|additional|consecutive|separate|divided|intramuscular))?"
    r"['’\"”]?[- ](?:doses?|dosages?|dosing)(?![\w-])|(?<![\w-])(?:high|low)(?:er|est)?-dose(?:age)?(?![\w]|-rate)"
    r"|\boverdos(?:e|es|age|ed|ing)\b"
    r"|\bmega-?doses?\b",
    re.IGNORECASE,
)


# No size: lower than what, or how often, the words do not say.
_NO_SIZE: Final = re.compile(
    r"(?:(?:even|much|relatively|more)[- ])?(?:lower|higher|smaller|larger|multiple|repeated|optimal|adjusted|stable)\b"
    r"|.*\btolerated\b",
    re.IGNORECASE,
)


def find_doses(text: str, amounts: list[Amount]) -> list[QuantityMatch]:
    """Return the doses of a folded text: amounts that are given, and doses named in words ("low dose")."""
    found = [_match_dose(amount) for amount in amounts if amount.unit is not None and _is_dose(text, amount)]
    if "os" in text:
        for match in _TEXT_DOSE.finditer(text):
            if not _NO_SIZE.match(match.group()):
                found.append(QuantityMatch(match.start(), match.end(), "DOSE", Quantity(kind="dose")))
    return found


def _match_dose(amount: Amount) -> QuantityMatch:
    assert amount.unit is not None
    low, high, values = amount.bounds
    period = next((_PERIODS[name] for name in amount.unit.per if name in _PERIODS), None)
    times = 1.0 if period is not None else amount.multiplier
    return QuantityMatch(
        amount.start,
        amount.end,
        "DOSE",
        Quantity(
            kind="dose",
            low=low,
            high=high,
            values=values,
            unit=amount.unit.code,
            per=tuple(name for name in amount.unit.per if name in CONTRACT_PER),
            relation=amount.relation,
            times=times,
            period_days=period,
        ),
    )


def _is_dose(text: str, amount: Amount) -> bool:
    unit = amount.unit
    assert unit is not None
    if unit.code.startswith("kg") or not _NEVER.isdisjoint(unit.per):
        return False
    left = _read_left(text, amount.start)
    if amount.numbers[0].sign is not None:
        return False
    if amount.spread is not None and not (_DOSE_WORD.search(left) or _GIVEN_RIGHT.match(text, amount.end)):
        return False
    is_concentration = unit.dimension == "molar" or not _CONCENTRATION.isdisjoint(unit.per)
    if is_concentration:
        return _is_given_concentration(text, amount, left)
    match unit.dimension:
        case "mass" | "amount" | "activity":
            return _is_given_mass(text, amount, left)
        case "fraction_food":
            is_fed = _FED_LEFT.search(left) is not None
            return bool(unit.per) or is_fed or compile_words("measured", "words").search(left[-_NEAR:]) is None
        case "fraction":
            if compile_words("measured", "vehicles").match(text[amount.end : amount.end + _NEAR].lstrip(" -(")):
                return False
            if unit.per:
                return set(unit.per) <= {"diet", "water"}
            return bool(
                _DOSE_BRACKET.search(left)
                or _FORMULATION_RIGHT.match(text, amount.end)
                or _FORMULATION_LEFT.search(left)
            )
        case "volume":
            return ("body weight" in unit.per or not unit.per) and _is_given_volume(text, amount, left)
        case "item":
            return amount.value < 50
        case _:
            return False


def _is_given_mass(text: str, amount: Amount, left: str) -> bool:
    unit = amount.unit
    assert unit is not None
    if _OF_TISSUE.match(text, amount.end) or (unit.code == "g" and _SPIN.match(text, amount.end)):
        return False
    if unit.code in _WEIGHTY and amount.value > _WEIGHTY[unit.code] and not unit.per:
        is_given = _GIVEN_RIGHT.match(text, amount.end) or compile_words("measured", "given").search(left)
        if not is_given and _DOSE_WORD.search(left) is None:
            return False
    return not _is_nearest(left[-_NEAR:], "weights")


def _is_given_concentration(text: str, amount: Amount, left: str) -> bool:
    if amount.unit is not None and "water" in amount.unit.per:
        return True
    right = text[amount.end : amount.end + _NEAR]
    measured = compile_words("measured", "words")
    is_culture = compile_words("measured", "culture").search(left + " " + right) is not None
    if compile_words("measured", "blood").search(left) and not is_culture:
        return False
    if _is_nearest(left, "words") or measured.search(_cut_clause(right)) or left.rstrip().endswith((" was", " were")):
        return False
    if is_culture or _DOSE_WORD.search(left):
        return True
    is_molar = amount.unit is not None and amount.unit.dimension == "molar"
    if not is_molar or _POTENCY.search(left):
        return False
    return compile_words("measured", "given").search(left + " " + right) is not None or bool(
        _MOLAR_LEFT.search(left) or _MOLAR_RIGHT.match(right)
    )


def _is_given_volume(text: str, amount: Amount, left: str) -> bool:
    if _is_nearest(left, "words") or _LUNG.search(left):
        return False
    if _GIVEN_RIGHT.match(text, amount.end) or (amount.unit is not None and "body weight" in amount.unit.per):
        return True
    return compile_words("measured", "given").search(left) is not None


def _is_nearest(left: str, name: str) -> bool:
    """Tell whether the last telling word before an amount speaks of measuring, not of giving."""
    measured = _find_last(compile_words("measured", name), left)
    if measured < 0:
        return False
    given = max(_find_last(compile_words("measured", "given"), left), _find_last(_DOSE_WORD, left))
    return measured > given


def _find_last(pattern: re.Pattern[str], left: str) -> int:
    last = -1
    for match in pattern.finditer(left):
        last = match.start()
    return last


def _read_left(text: str, start: int) -> str:
    left = text[max(0, start - _LEFT) : start]
    cut = 0
    for match in _CLAUSE_END.finditer(left):
        cut = match.end()
    return _BODY_WEIGHT.sub(" ", left[cut:])


def _cut_clause(right: str) -> str:
    match = re.search(r"[;,.)]", right)
    return right[: match.start()] if match else right
