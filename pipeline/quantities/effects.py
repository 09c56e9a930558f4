"""Effects: changes in percent, folds, ratios with their interval, differences, proportions and measured values."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.mentions import Quantity, Relation
from pipeline.quantities.amounts import Amount
from pipeline.quantities.matches import QuantityMatch
from pipeline.quantities.numbers import NUMBER_WORD, parse_number, scan_numbers

_NUM: Final = r"[-+]?(?:\d+(?:[.·]\d+)?|[.·]\d+)"
_INTERVAL: Final = (
    rf"(?:(?:\(|\[)?(?P<level>\d{{2}}(?:\.\d)?)\s?%\s?-?(?:CI|CrI|C\.I\.|confidence\s(?:interval|limits?)s?"
    rf"|credible\sinterval)s?(?:\s?[\[(]?CI[\])]?)?\s?[:=,;]?\s?(?:of\s|from\s|was\s)?[\[(]?\s?"
    rf"(?P<low>{_NUM})\s?%?\s?(?:-|to|,|;|and)\s?(?P<high>{_NUM}))"
)
_KINDS: Final = {"odd": "odds_ratio", "or": "odds_ratio", "hazard": "hazard_ratio", "hr": "hazard_ratio"}
_RATIO: Final = re.compile(
    r"(?<![\w-])(?P<name>(?i:(?:incidence\s)?rate\sratio|odds\sratios?|hazard\sratios?|risk\sratios?"
    r"|relative\srisks?)|a?ORs?|a?HRs?|I?RRs?)"
    r"(?:\s?[\[(][\w\s,]{0,30}[\])])?(?:\s(?:for|of|in)\s[a-zA-Z\s-]{2,40}?(?=\s(?:was|were|of|is)\s\d))?"
    r"(?:\s?(?:=|:|,|of|was|is|were|for|adjusted|estimate|[\[(])|\s)*\s?"
    rf"(?P<value>(?:\d+[.·]\d+|[.·]\d+|\d{{1,2}}(?![\d%]|\s?%)))(?:\s?[;,:(\[]?\s?\(?{_INTERVAL}[\])]?"
    rf"|\s?[\[(]\s?(?P<low2>{_NUM})\s?(?:-|to)\s?(?P<high2>{_NUM})\s?[\])])?"
)
_FREE_INTERVAL: Final = re.compile(_INTERVAL)
_UP: Final = (
    r"increase[sd]?|increasing|higher|greater|more|longer|larger|elevat(?:ed|ion)|improve(?:d|ment)|extension"
    r"|prolongation|extended|rise|rose|gain|growth|"
    r"faster|older|stronger|longer|above|enhancement"
)
_DOWN: Final = (
    r"decrease[sd]?|decreasing|reduction|reduced|reduce[sd]?|lower|fewer|less|shorter|smaller|decline[sd]?|drop(?:s|ped)?"
    r"|fall|fell|loss|inhibition|"
    r"slower|weaker|below|suppression|shortening"
)
_CHANGE_RIGHT: Final = re.compile(
    rf"\s?-?\s?(?:(?:\(|relative|absolute|greater|mean|median|overall|average|significant)\s)*(?:(?P<up>{_UP})"
    rf"|(?P<down>{_DOWN})|(?:change|difference|improvement)s?)\b",
    re.IGNORECASE,
)
_CHANGE_LEFT: Final = re.compile(
    rf"\b(?:by|(?:{_UP}|{_DOWN}|change[sd]?|difference|inhibited|improvement|prolonged|attenuated|suppressed"
    rf"|shortened|elevated|diminished|lowered|raised|extended)"
    rf"(?:\s(?:of|by|was|a|an|the|to|from|more\sthan|about|in\s[\w\s-]{{2,40}}?(?:of|by|was))|\s\w+ly)*)\s*\(?$",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\b(?:by|of)\s(?:a\s|an\s)?$", re.IGNORECASE)
_OF: Final = re.compile(
    r"\s?\)?\s?(?:of\s(?:the\s|all\s|these\s|those\s|our\s)?\w+|\s?(?:had|were|experienced|achieved|developed))",
    re.IGNORECASE,
)
_FROM: Final = re.compile(
    r"\bfrom\s(?:a\s(?:mean|median|baseline)\s(?:of\s)?|baseline\s(?:of\s)?|about\s)?$", re.IGNORECASE
)
_TO: Final = re.compile(
    r"\s?(?:\([^()]{0,30}\)\s?)?(?:at\sbaseline\s)?to\s(?:a\s(?:mean|median)\s(?:of\s)?)?$", re.IGNORECASE
)
_MOVED: Final = re.compile(rf"\b(?:{_UP}|{_DOWN}|change[sd]?|went|dropped|declined|improved)\b", re.IGNORECASE)
_COUNT_LEFT: Final = re.compile(
    r"(?:\d|\w-?(?:one|two|three|four|five|six|seven|eight|nine|ten|teen|ty)|patients|subjects)\s?[\[(]$"
)
_SHARE_LEFT: Final = re.compile(
    r"\b(?:rates?|incidence|prevalence|proportions?|percentages?|patients|subjects|participants|women|men|mice"
    r"|rats|animals|survival|response|remission|frequency|responders?)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_FOLD: Final = re.compile(
    r"\s?-?\s?(?:(?P<fold>fold)|(?P<times>times)(?=\s(?:as\s|more|less|higher|lower|greater|larger|smaller"
    r"|longer|shorter|the\b|that\sof|faster|slower|baseline|normal)))"
    r"(?:\s(?:(?P<up>higher|greater|more|increase[sd]?|increased|longer|larger|elevat\w+|rise)|(?P<down>lower"
    r"|less|fewer|decrease[sd]?|decreased|reduction|shorter|smaller|reduced))\b)?",
    re.IGNORECASE,
)
_GLUED_FOLD: Final = re.compile(
    rf"\b(?P<words>{NUMBER_WORD.pattern})-?\s?fold(?:\s(?P<up>higher|greater|increase[sd]?)|\s(?P<down>lower"
    rf"|decrease[sd]?|reduction))?\b",
    re.IGNORECASE,
)
_WORD_FOLDS: Final[dict[str, tuple[float, int]]] = {
    "doubled": (2.0, 1), "doubling": (2.0, 1), "doubles": (2.0, 1), "tripled": (3.0, 1), "tripling": (3.0, 1),
    "trebled": (3.0, 1), "quadrupled": (4.0, 1), "halved": (0.5, -1), "halving": (0.5, -1), "halves": (0.5, -1),
}  # fmt: skip
_WORD_FOLD: Final = re.compile(rf"\b(?:{'|'.join(_WORD_FOLDS)})\b", re.IGNORECASE)
_DOSE_AFTER: Final = re.compile(r"[\s-](?:lower\s|higher\s)?dos(?:e|es|age|ages|ing)\b", re.IGNORECASE)
_MEASURED: Final = frozenset({"pressure", "rate", "energy", "score", "temperature", "length"})
_CONFIDENCE: Final = re.compile(
    r"\s?-?(?:CI|CrI|C\.I\.|confidence|credible|power|sensitivity|specificity)", re.IGNORECASE
)


def find_effects(text: str, amounts: list[Amount], taken: set[tuple[int, int]]) -> list[QuantityMatch]:
    """Return the effects of a folded text; ``taken`` holds the amounts already read as doses, ages or samples."""
    found, covered = _find_ratios(text)
    for place, amount in enumerate(amounts):
        if (amount.start, amount.end) in taken or any(low <= amount.first < high for low, high in covered):
            continue
        before = amounts[place - 1] if place else None
        match = _read_effect(text, amount, before)
        if match is not None:
            found.append(match)
    if "fold" in text:
        found += [match for match in map(_read_glued_fold, _GLUED_FOLD.finditer(text)) if match is not None]
    for word in _WORD_FOLD.finditer(text):
        if not _DOSE_AFTER.match(text, word.end()):
            value, sign = _WORD_FOLDS[word.group().lower()]
            found.append(_match(word.start(), word.end(), "fold", value=value, sign=sign))
    return found


def _find_ratios(text: str) -> tuple[list[QuantityMatch], list[tuple[int, int]]]:
    found: list[QuantityMatch] = []
    covered: list[tuple[int, int]] = []
    for match in _RATIO.finditer(text):
        kind = _name_ratio(match["name"])
        value = _number(match["value"])
        low, high = match["low"] or match["low2"], match["high"] or match["high2"]
        if "." not in match["value"] and "·" not in match["value"] and low is None:
            continue
        start, end = match.start(), _trim_bracket(match)
        found.append(
            _match(
                start,
                end,
                kind,
                value=value,
                low=_number(low) if low else None,
                high=_number(high) if high else None,
            )
        )
        covered.append(match.span())
    for match in _FREE_INTERVAL.finditer(text):
        if not any(low <= match.start() < high for low, high in covered):
            covered.append(match.span())
            found.append(
                _match(match.start(), match.end(), None, low=_number(match["low"]), high=_number(match["high"]))
            )
    return found, covered


def _trim_bracket(match: re.Match[str]) -> int:
    """Return where a match ends without a closing bracket that was opened before it."""
    words = match.group()
    is_open = words.count("(") + words.count("[") < words.count(")") + words.count("]")
    return match.end() - 1 if is_open and words[-1] in ")]" else match.end()


def _name_ratio(written: str) -> str:
    """Return the contract's effect type of a ratio's name; rate, risk and incidence ratios are risk ratios."""
    word = re.sub(r"^a(?=[OHR])|s$", "", written.split()[0]).lower()
    return _KINDS.get(word, "risk_ratio")


def _read_effect(text: str, amount: Amount, before: Amount | None) -> QuantityMatch | None:
    fold = _FOLD.match(text, amount.end)
    if amount.unit is None and fold is not None:
        if _DOSE_AFTER.match(text, fold.end()):
            return None
        sign = 1 if fold["up"] else -1 if fold["down"] else None
        return _match_amount(amount, "fold", end=fold.end(), sign=sign)
    unit = amount.unit
    if unit is None:
        if amount.spread is not None:
            return _match_amount(amount, "value")
        return None
    if unit.dimension == "fraction" and not unit.per:
        return _read_percent(text, amount, before)
    if amount.form == "range" and _is_from_to(text, amount):
        return _match_from_to(amount)
    if before is not None and _joins_from_to(text, before, amount):
        return _match_amount(amount, "value", baseline=before.value)
    left = text[max(0, amount.start - 60) : amount.start]
    is_moved = _CHANGE_LEFT.search(left) and _BY.search(left) and text[unit.start - 1] != "-"
    if amount.numbers[0].sign is not None or is_moved:
        return _match_amount(amount, "difference")
    if (
        amount.spread is not None
        or unit.dimension in _MEASURED
        or not {"litre", "decilitre", "millilitre"}.isdisjoint(unit.per)
    ):
        return _match_amount(amount, "value")
    return None


def _read_percent(text: str, amount: Amount, before: Amount | None) -> QuantityMatch | None:
    if _CONFIDENCE.match(text, amount.end):
        return None
    if amount.form == "range" and _is_from_to(text, amount):
        return _match_from_to(amount)
    if before is not None and _joins_from_to(text, before, amount):
        return _match_amount(amount, "value", baseline=before.value)
    if amount.spread is not None:
        return _match_amount(amount, "value")
    right = _CHANGE_RIGHT.match(text, amount.end)
    if right is not None:
        sign = 1 if right["up"] else -1 if right["down"] else None
        return _match_amount(amount, "percent_change", end=right.end(), sign=sign)
    left = text[max(0, amount.start - 60) : amount.start]
    if amount.numbers[0].sign is not None or _CHANGE_LEFT.search(left):
        if not left.rstrip().endswith((" to", " from", " was", " were")):
            return _match_amount(amount, "percent_change")
        return _match_amount(amount, "value")
    is_share = _OF.match(text, amount.end) or _COUNT_LEFT.search(left) or _SHARE_LEFT.search(left)
    return _match_amount(amount, "proportion" if is_share else "value")


def _is_from_to(text: str, amount: Amount) -> bool:
    """Tell whether a range is a change: "decreased from 8.1 to 6.9 %"."""
    left = text[max(0, amount.start - 60) : amount.start]
    is_falling = amount.numbers[0].value > amount.numbers[-1].value
    return _FROM.search(left) is not None and (is_falling or _MOVED.search(left) is not None)


def _match_from_to(amount: Amount) -> QuantityMatch:
    return _match(
        amount.start, amount.end, "value", value=amount.numbers[-1].value, baseline=amount.numbers[0].value,
        unit=amount.unit.code if amount.unit is not None else None,
    )  # fmt: skip


def _joins_from_to(text: str, before: Amount, amount: Amount) -> bool:
    if _TO.fullmatch(text, before.end, amount.start) is None:
        return False
    return _FROM.search(text[max(0, before.start - 32) : before.start]) is not None and before.form == "single"


def _read_glued_fold(match: re.Match[str]) -> QuantityMatch | None:
    text = match.string
    if _DOSE_AFTER.match(text, match.end()):
        return None
    sign = 1 if match["up"] else -1 if match["down"] else None
    return _match(match.start(), match.end(), "fold", value=parse_number(match["words"]), sign=sign)


def _match_amount(
    amount: Amount, kind: str, *, end: int | None = None, sign: int | None = None, baseline: float | None = None
) -> QuantityMatch:
    low, high, values = amount.bounds
    is_single = amount.form == "single"
    return _match(
        amount.start,
        end if end is not None else amount.end,
        kind,
        value=amount.value if is_single else None,
        low=None if is_single else low,
        high=None if is_single else high,
        values=values,
        unit=amount.unit.code if amount.unit is not None else None,
        relation=amount.relation,
        sign=amount.numbers[0].sign or sign,
        spread=amount.spread,
        baseline=baseline,
    )


def _match(
    start: int,
    end: int,
    kind: str | None,
    *,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    values: tuple[float, ...] | None = None,
    unit: str | None = None,
    relation: Relation | None = None,
    sign: int | None = None,
    spread: float | None = None,
    baseline: float | None = None,
) -> QuantityMatch:
    quantity = Quantity(
        kind="effect", value=value, low=low, high=high, values=values, unit=unit, relation=relation, effect_type=kind,
        sign=sign, spread=spread, baseline=baseline,
    )  # fmt: skip
    return QuantityMatch(start, end, "EFFECT", quantity)


def _number(written: str) -> float:
    return scan_numbers(written)[0].value
