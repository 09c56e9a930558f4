"""Ages of subjects, in days, and words for an age without a number."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.mentions import Quantity, Relation
from pipeline.quantities.amounts import Amount
from pipeline.quantities.lexicon import load_words
from pipeline.quantities.matches import QuantityMatch
from pipeline.quantities.units import DAYS

_LEAD: Final = re.compile(r"\b(?:aged|between)\s$", re.IGNORECASE)
_RIGHT: Final = re.compile(r"\s?-?\s?(?:of\sage\b|olds?\b|postnatal\b)", re.IGNORECASE)
_GLUED_OLD: Final = frozenset({"yo", "y.o.", "y/o"})
_AGE_WORD: Final = re.compile(
    r"(?:\b(?:aged?|ages)\b(?:[\s(:,=]|±|/|-|\b(?:range[ds]?|ranging|was|were|is|of|from|between|group|groups|at"
    r"|baseline|diagnosis|onset|enrol\w+"
    r"|entry|mean|median|average|SD|years?|yrs?|in|approximately|patients|subjects|and|the|time|treatment|study"
    r"|over|under|above|below)\b)*)$",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    r"\b(?:(?P<up>over|above|older\sthan|beyond)|(?:under|below|younger\sthan))\s(?:the\s)?ages?\s(?:of\s)?$",
    re.IGNORECASE,
)
_START: Final = re.compile(
    r"\b(?:start|begin|beg[au]n|initiat|commenc)\w*\s(?:(?:treatment|therapy|dosing|feeding"
    r"|administration)\s)?(?:at|from)\s$",
    re.IGNORECASE,
)
# Words for ages that a number in brackets explains: "old (24 months) mice", "young mice (3 mo)".
_LEVEL_LEFT: Final = re.compile(
    r"\b(?:young|old|aged|adult|middle-aged)"
    r"(?:\s(?:male|female|wild-type|mice|rats|animals|flies|worms|dogs|monkeys)){0,2}\s\((?:~|∼|≈)?$",
    re.IGNORECASE,
)
_PEOPLE_LEFT: Final = re.compile(
    rf"\b(?:{load_words('people', 'nouns')})(?:\s(?:who\swere|were|was|of|is))?\s?,?\s?\(?(?:mean|median|between"
    rf"|average|range)?\s?$",
    re.IGNORECASE,
)
_SPREAD_OF_AGES: Final = re.compile(r"\b(?:aged?|ages|rang(?:ing|ed)|old)\s(?:\w+\s)?from\s$", re.IGNORECASE)
_YEAR_PERSON: Final = re.compile(r"\s(?:male|female|man|woman|boy|girl|infant|child)\b")
_NOT_AGE: Final = re.compile(
    r"\s?-?(?:history|duration|of\sdiabetes|after|before|follow|later|ago|of\sdisease|survival)", re.IGNORECASE
)
_POSTNATAL: Final = re.compile(
    r"(?:\b(?:at|on|from|until|to|between|postnatal\sday|by|and)\s"
    r"|\()(?P<day>P(?P<low>\d{1,2}(?:\.\d)?)(?:\s?-\s?P?(?P<high>\d{1,2}(?:\.\d)?))?)(?=\s(?:and|to|mice|rats"
    r"|pups|animals|old|onwards?)|[,.;)]|$)"
    r"|\b(?P<named>(?:postnatal\sdays?|PND)\s?(?P<low2>\d{1,3})(?:\s?(?:-|to)\s?(?P<high2>\d{1,3}))?)\b"
)
_EMBRYONIC: Final = re.compile(r"\b(?:E\d{1,2}\.5|(?:embryonic|gestational)\sday\s\d{1,2}(?:\.5)?)(?!\w)")
_WORDS: Final = re.compile(
    r"(?<![\w-])(?:elderly|middle[- ]aged?|geriatric|babies|newborns?|neonat(?:es?|al)|infants?|toddlers?"
    r"|child(?:ren|hood)?|p(?:a)?ediatric|adolescents?|teenage[dr]?s?"
    r"|octogenarians?|nonagenarians?|centenarians?|juvenile|young(?:er)?\s(?:adults?|children|infants?|people"
    r"|patients|men|women|woman|man|girl|boy|child|individuals|mice|rats|animals|males?|females?)"
    r"|(?:old|older|aged)\s(?:adults?|people|patients|men|women|individuals|mice|rats|animals|monkeys|dogs"
    r"|wild-type|male|female|subjects|persons)|adults?(?!-onset)|seniors|old-aged?|very\sold)(?![\w])"
    r"(?!\s(?:stem|neurogenesis|respiratory|T-cell|onset|cells?))",
    re.IGNORECASE,
)
_WORD_PART: Final = re.compile(r"^(?:young(?:er)?|old(?:er)?|aged)(?=\s)", re.IGNORECASE)


def find_ages(text: str, amounts: list[Amount]) -> tuple[list[QuantityMatch], set[tuple[int, int]]]:
    """Return the ages of a folded text, and the places of the amounts that were read as ages."""
    found: list[QuantityMatch] = []
    taken: set[tuple[int, int]] = set()
    for amount in amounts:
        end = _find_age_end(text, amount)
        if end is not None:
            is_span = _is_span(text, amount)
            lead = _LEAD.search(text, max(0, amount.start - 9), amount.start)
            start = lead.start() if lead is not None else amount.start
            found.append(_match_age(amount, start, end, is_span=is_span, bound=_read_bound(text, amount)))
            taken.add((amount.start, amount.end))
    for match in _POSTNATAL.finditer(text):
        low = float(match["low"] or match["low2"])
        high = float(match["high"] or match["high2"] or low)
        start, end = match.span("day") if match["day"] else match.span("named")
        found.append(QuantityMatch(start, end, "AGE", Quantity(kind="age", low_days=low, high_days=high)))
    for match in _EMBRYONIC.finditer(text):
        found.append(QuantityMatch(match.start(), match.end(), "AGE", Quantity(kind="age")))
    for match in _WORDS.finditer(text):
        part = _WORD_PART.match(match.group())
        end = match.start() + part.end() if part is not None else match.end()
        found.append(QuantityMatch(match.start(), end, "AGE", Quantity(kind="age")))
    return found, taken


def _read_bound(text: str, amount: Amount) -> Relation | None:
    """Return ">" for "over the age of 50", "<" for "under the age of 50"."""
    bound = _BOUND.search(text, max(0, amount.start - 30), amount.start)
    if bound is None:
        return None
    return ">" if bound["up"] else "<"


def _is_span(text: str, amount: Amount) -> bool:
    """Tell whether a range of ages is a span of time from the first to the second: "from 9 to 30 months of age"."""
    if amount.form != "range" or amount.unit is None or amount.unit.dimension != "time":
        return False
    left = text[max(0, amount.start - 30) : amount.start]
    return left.endswith(("from ", "From ")) and _SPREAD_OF_AGES.search(left) is None


def _find_age_end(text: str, amount: Amount) -> int | None:
    """Return where the age that an amount tells ends, or None where it is no age."""
    unit = amount.unit
    if amount.numbers[0].sign is not None:
        return None
    if unit is not None and unit.dimension != "time":
        return None
    right = _RIGHT.match(text, amount.end)
    if unit is not None:
        if right is not None:
            return right.end()
        if text[unit.start - 1] == "-" and _YEAR_PERSON.match(text, amount.end):
            return amount.end
        if text[unit.start : unit.end] in _GLUED_OLD:
            return amount.end
        if unit.code not in ("d", "wk", "mo", "a") or _NOT_AGE.match(text, amount.end):
            return None
    elif right is not None and amount.value < 120 and right.group().strip(" -").lower().startswith("old"):
        return None
    left = text[max(0, amount.start - 60) : amount.start]
    if _AGE_WORD.search(left):
        if unit is None and (
            amount.value > 120 or (text[amount.end : amount.end + 1] in "%" and amount.end < len(text))
        ):
            return None
        return amount.end
    if unit is None:
        return None
    if _START.search(left) or (_LEVEL_LEFT.search(left) and re.match(r"\s?[),;]", text[amount.end : amount.end + 2])):
        return amount.end
    if unit.code == "a" and 1 <= amount.value < 110 and _PEOPLE_LEFT.search(left):
        return amount.end
    if unit.code == "a" and amount.form == "range" and amount.value >= 18 and left.endswith("between "):
        return amount.end
    return None


def _match_age(
    amount: Amount, start: int, end: int, *, is_span: bool = False, bound: Relation | None = None
) -> QuantityMatch:
    days = DAYS[amount.unit.code] if amount.unit is not None else DAYS["a"]
    low, high, values = amount.bounds
    relation = amount.relation
    if is_span:
        high = low
    elif bound is not None and amount.form == "single":
        relation = bound
        low, high = (low, None) if bound == ">" else (None, high)
    quantity = Quantity(
        kind="age",
        low_days=None if low is None else low * days,
        high_days=None if high is None else high * days,
        values=None if values is None else tuple(value * days for value in values),
        relation=relation,
    )
    return QuantityMatch(start, end, "AGE", quantity)
