"""Schedules: how often a treatment is given, and its days on and off."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.mentions import Quantity
from pipeline.quantities.amounts import Amount
from pipeline.quantities.matches import QuantityMatch
from pipeline.quantities.numbers import parse_number
from pipeline.quantities.units import DAYS

_WORD_NUMBER: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty-one|twenty-eight"
    "|twenty-four"
)
_COUNT: Final = rf"(?:\d+(?:\.\d+)?|{_WORD_NUMBER})"
_TIMES: Final = rf"(?:once|twice|thrice|(?:{_COUNT}(?:\s?(?:-|to|or)\s?{_COUNT})?)(?:\s?[x×]|[- ]times?))"
_UNIT: Final = r"(?:minutes?|min|hours?|hrs?|hr|h|days?|d|weeks?|wks?|wk|months?|mo|years?|yr|night|morning|evening)"
_ADVERB: Final = r"(?:daily|weekly|nightly|monthly|yearly|annually|hourly|fortnightly)"
_DAYS_OF: Final[dict[str, float]] = {
    "daily": 1.0, "nightly": 1.0, "weekly": 7.0, "monthly": 30.4375, "yearly": 365.25, "annually": 365.25,
    "minute": 1 / 1440, "min": 1 / 1440,
    "hourly": 1 / 24, "fortnightly": 14.0, "night": 1.0, "morning": 1.0, "evening": 1.0, "hour": 1 / 24, "hr": 1 / 24,
    "h": 1 / 24, "day": 1.0, "d": 1.0, "week": 7.0, "wk": 7.0, "month": 30.4375, "mo": 30.4375, "year": 365.25,
    "yr": 365.25,
}  # fmt: skip
_ABBREVIATIONS: Final[dict[str, tuple[float, float]]] = {
    "bid": (2, 1), "bd": (2, 1), "tid": (3, 1), "tds": (3, 1), "qid": (4, 1), "qds": (4, 1), "qd": (1, 1),
    "od": (1, 1),
    "qod": (1, 2), "eod": (1, 2), "qhs": (1, 1), "qw": (1, 7), "biw": (2, 7), "tiw": (3, 7), "qow": (1, 14),
    "qam": (1, 1), "om": (1, 1), "on": (1, 1), "qpm": (1, 1), "qm": (1, 30.4375), "q2w": (1, 14), "hs": (1, 1),
}  # fmt: skip
_NOT_DOSING: Final = (
    r"(?![- ](?:life|living|activit\w+|practice|diar\w+|function\w*|routine|intake|visits?|symptoms?|variation"
    r"|mean|average"
    r"|values?|readings?|measurements?|monitoring|physical|food|energy|caloric|protein|urin\w+|excretion"
    r"|stress\w*|use|basis|users?"
    r"|follow|assess\w*|record\w*|reliever|rhythm|exercise|meetings?|care|clinical|consumption|headache|step"
    r"|steps|weight|output|diuresis|dietary|urine|sodium|salt|fluid|smok\w*|cigarettes?|alcohol))"
)
_FLAGS: Final = re.IGNORECASE
_PATTERN: Final = re.compile(
    rf"(?<![\w-])(?:"
    rf"(?P<on>{_COUNT})[- ]?(?P<on_unit>{_UNIT})\s(?:of\s(?:treatment|therapy)\s)?on(?:\s?[/,]\s?|,?\s(?:and"
    rf"|followed\sby|then)\s|\s?-\s?|\s)"
    rf"(?P<off>{_COUNT})[- ]?(?P<off_unit>{_UNIT})\soff"
    rf"|(?P<days>{_COUNT})\s?(?P<days_unit>days?|d|weeks?|wk)(?:\sout\sof|\s?/\s?|\sper\s|\sa\s|\seach\s"
    rf"|\severy\s|\seach\s)"
    rf"(?P<days_of>week|wk|month|{_COUNT}\s(?:days|weeks))"
    rf"|(?P<times>{_TIMES}|{_COUNT}(?=\s(?:equal\s|divided\s|single\s|oral\s)?(?:doses?|tablets?|capsules?"
    rf"|puffs?|inhalations?|injections?)\s(?:per|a|every|each|daily|weekly))"
    rf"(?:\s(?:equal|divided|single|oral))?\s\w+)"
    rf"(?:(?:\s?[-/]\s?|\s)(?:(?P<adverb>{_ADVERB})|(?:(?:per|a|an|each|in\sa|in\sthe|every"
    rf"|in\severy)[- ])?(?P<other>other\s|second\s|alternate\s)?(?:(?P<every>{_COUNT})[- ])?(?P<unit>{_UNIT})))"
    rf"|(?P<q>every|each|q\.?)\s?-?(?:(?P<q_other>other|second|alternate|third|fourth)\s"
    rf"|(?P<q_count>{_COUNT}(?:\s?(?:-|to|or)\s?{_COUNT})?)[- ]?(?:th\s)?)?(?P<q_unit>{_UNIT})"
    rf"|(?P<hourly>{_COUNT})[- ](?P<hourly_unit>hourly|weekly|monthly|daily)"
    rf"|(?:on\s|every\s)?(?P<alternate>alternate[- ]days?|alternating\sdays|alternate-day|every-other-day)"
    rf"|(?P<biweekly>bi-?weekly|bi-?monthly|fortnightly|every\sfortnight)|(?P<three_weekly>tri-?weekly|three-weekly)"
    rf"|(?P<once>once|twice|thrice)-?(?P<once_adverb>daily|weekly|monthly)"
    rf"|(?P<alone>(?:daily|nightly|weekly|monthly|fortnightly|hourly|yearly|annually)(?:\sor\s(?:daily"
    rf"|weekly))?){_NOT_DOSING}"
    rf"|(?P<bedtime>at\s(?:bedtime|night)|in\sthe\s(?:morning|evening)|before\sbedtime|before\s(?:breakfast"
    rf"|meals)|after\smeals|with\smeals)"
    rf"|(?P<infusion>continuous(?:ly)?(?=\s(?:(?:i\.?v|s\.?c|intravenous|subcutaneous|oral)\b|infus(?:ions?|ed)\b"
    rf"|perfusion|administration|dosing|treatment|exposure|therapy))|intermittent(?:ly)?(?=\s(?:dosing"
    rf"|administration|treatment|therapy|infusion))|as\sneeded|on\sdemand|prn)"
    rf"|(?P<single>single(?:[- ](?:oral|intravenous|i\.v\.|i\.p\.|s\.c\.|intraperitoneal|subcutaneous"
    rf"|intramuscular|daily|bolus|high|low|\d+(?:\.\d+)?[- ]m?g))*[- ](?:dose|injection|administration|bolus"
    rf"|infusion))"
    rf")(?![\w])",
    _FLAGS,
)
_SHORT: Final = re.compile(
    r"(?<![\w.-])(?P<short>[bB]\.?\s?[iI]\.?\s?[dD]\b\.?|[tT]\.?\s?[iI]\.?\s?[dD]\b\.?|[tT]\.[dD]\.[sS]\.?"
    r"|[qQ]\.?\s?[iI]\.?\s?[dD]\b\.?"
    r"|[qQ]\.?[oO]\.?[dD]\b\.?|[qQ]\.?[dD]\b\.?(?!\w)|[bB]\.[dD]\.?(?!\w)|[oO]\.[dD]\.?(?!\w)|(?<=\()(?:OD|BD"
    r"|QD)(?=[),])|(?<=mg )(?:om|on)(?=[\s,;.)]+(?:and\b|or\b|for\b|[;,.)]))"
    r"|(?:(?<=g )|(?<=/day )|(?<=/d ))(?:OD|od|BD|bd|HS)\b|tds"
    r"|TDS|qds|QDS|qhs|QHS|q\.?h\.?s\.?(?!\w)|(?:QW|qw|q\.w\.|TIW|tiw|BIW|biw|QOD|qod)(?!\w))"
    r"|(?<![\w-])[qQ]\s?(?P<q_count>\d{1,2})\s?-?(?P<q_unit>[hHdDwW]|wk|weeks|hours)(?!\w)"
)
_CYCLE: Final = re.compile(
    rf"\bon\sdays?\s(?P<days>\d+(?:(?:,\s?|\s?,?\sand\s|-|\sto\s)\d+)*)(?:\s(?:of|in|every)\s(?:a\s|an\s|each\s"
    rf"|every\s)?(?P<cycle>{_COUNT})[- ](?P<cycle_unit>days?|weeks?)(?:\scycles?)?)?",
    _FLAGS,
)
_HINTS: Final = re.compile(
    r"dail|week|month|night|year|annual|hour|ever|each|once|twice|thrice|times|alternat|bedtime|morning|evening"
    r"|meals|breakfast|fortnight"
    r"|continuous|intermittent|single|needed|demand|prn| off|per |day|/",
    _FLAGS,
)


def find_schedules(text: str, amounts: list[Amount], doses: list[QuantityMatch]) -> list[QuantityMatch]:
    """Return the schedules of a folded text, the "/day" of a dose among them."""
    found: list[QuantityMatch] = []
    dose_ends = {dose.end for dose in doses}
    for amount in amounts:
        unit = amount.unit
        if unit is not None and unit.period is not None and amount.end in dose_ends:
            days = {"day": 1.0, "week": 7.0, "month": 30.4375}
            period = next(days[name] for name in unit.per if name in days)
            found.append(_match(unit.period[0], unit.period[1], times=1.0, period_days=period))
    if _HINTS.search(text):
        found += [match for match in map(_read_match, _PATTERN.finditer(text)) if match is not None]
    for short in _SHORT.finditer(text):
        found.append(_read_short(short))
    found = [match for match in found if not _is_observation(text, match)]
    for per_day in _PER_DAY.finditer(text):
        if any(dose.end <= per_day.start() and _NEAR_DOSE.match(text[dose.end : per_day.start()]) for dose in doses):
            found.append(_match(*per_day.span(), times=1.0, period_days=_DAYS_OF[per_day["unit"].lower()]))
    for twelve in _TWELVE.finditer(text):
        found.append(_match(*twelve.span(), times=1.0, period_days=int(twelve["hours"]) / 24))
    if "on day" in text:
        found += [match for match in map(_read_cycle, _CYCLE.finditer(text)) if match is not None]
    return found


def _is_observation(text: str, match: QuantityMatch) -> bool:
    """Tell whether what happens so often is a measurement and no treatment: "pain was assessed daily"."""
    left = text[max(0, match.start - 70) : match.start]
    if text[match.start : match.end].lower() in _RARELY_DOSING:
        return _GIVEN.search(left + text[match.end : match.end + 50]) is None
    if _OBSERVED.search(left) is None and _OBSERVED_RIGHT.match(text, match.end) is None:
        return False
    return _GIVEN.search(left) is None


def _read_match(match: re.Match[str]) -> QuantityMatch | None:
    start, end = match.span()
    if match["on"]:
        on = _count(match["on"]) * _unit_days(match["on_unit"])
        off = _count(match["off"]) * _unit_days(match["off_unit"])
        return _match(start, end, days_on=on, days_off=off)
    if match["days"]:
        return _read_days(match)
    if match["times"]:
        return _read_times(match)
    if match["q"]:
        return _read_every(match)
    if match["hourly"]:
        number = _count(match["hourly"])
        days = _DAYS_OF[match["hourly_unit"].lower()]
        if match["hourly_unit"].lower() == "daily":
            return _match(start, end, times=number, period_days=1.0)
        return _match(start, end, times=1.0, period_days=number * days)
    if match["alternate"]:
        return _match(start, end, times=1.0, period_days=2.0)
    if match["biweekly"]:
        is_clear = "fortnight" in match["biweekly"].lower()
        return _match(start, end, times=1.0 if is_clear else None, period_days=14.0 if is_clear else None)
    if match["three_weekly"]:
        return _match(start, end)
    if match["once"]:
        return _match(start, end, times=_count(match["once"]), period_days=_DAYS_OF[match["once_adverb"].lower()])
    if match["alone"]:
        word = match["alone"].lower()
        if " or " in word:
            return _match(start, end)
        return _match(start, end, times=1.0, period_days=_DAYS_OF[word])
    if match["bedtime"]:
        is_daily = "meals" not in match["bedtime"].lower()
        return _match(start, end, times=1.0 if is_daily else None, period_days=1.0 if is_daily else None)
    if match["single"]:
        is_daily = "daily" in match["single"].lower()
        return _match(start, end, times=1.0, period_days=1.0 if is_daily else None)
    return _match(start, end)


def _read_days(match: re.Match[str]) -> QuantityMatch | None:
    of = match["days_of"].lower()
    words = of.split()
    period = _DAYS_OF.get(of.rstrip("s")) or _count(words[0]) * _unit_days(words[-1])
    on = _count(match["days"]) * _unit_days(match["days_unit"])
    if on > period:
        return None
    if match["days_unit"].lower().startswith("d") and period == 7.0:
        return _match(*match.span(), times=_count(match["days"]), period_days=7.0)
    return _match(*match.span(), days_on=on, period_days=period)


def _read_times(match: re.Match[str]) -> QuantityMatch | None:
    times = None if _COUNT_RANGE.match(match["times"]) else _count(match["times"])
    if match["adverb"]:
        return _match(*match.span(), times=times, period_days=_DAYS_OF[match["adverb"].lower()])
    words = match.group()
    if match["every"] is None and match["other"] is None and not _PER.search(words, len(match["times"])):
        return None
    period = _unit_days(match["unit"]) * (_count(match["every"]) if match["every"] else 1.0)
    return _match(*match.span(), times=times, period_days=period * (2.0 if match["other"] else 1.0))


_PER: Final = re.compile(r"per|\ba\b|\ban\b|each|every|in|/", _FLAGS)
_DOSE_LEFT: Final = re.compile(
    r"\d\s?(?:mg|g|[μu]g|mcg|IU|U|mL|ml)\b|\bm2|\bdos(?:e|es|ed|ing)\b|\bgiven\b|administered|infus|inject"
)
_OBSERVED: Final = re.compile(
    r"\b(?:assess|measur|evaluat|record|monitor|collect|visit|examin|scann|review|follow|sampl|obtain|question"
    r"|interview|weigh|rated|scored|check|seen|perform)"
    r"\w*\b[^.;]{0,60}$",
    _FLAGS,
)
# "Every 3 months, ultrasound examinations were repeated."
_OBSERVED_RIGHT: Final = re.compile(
    r",?\s(?!(?:for|of|in|to)\b)(?:[\w-]+\s){0,4}(?:tests?|examinations?|visits?|measurements?|assessments?|scans?|follow-?ups?"
    r"|biops(?:y|ies)|samples?|intervals?)\b",
    _FLAGS,
)
_RARELY_DOSING: Final = frozenset({"yearly", "annually", "monthly", "hourly"})
_GIVEN: Final = re.compile(
    r"\d\s?(?:mg|g|[μu]g|mcg|IU|U|mL|ml|%)(?:\b|/)|\b(?:dos(?:e|es|ed|ing|age)|given|administ\w+|infus\w+"
    r"|inject\w+|treated|treatment|receiv\w+|took(?!\splace)|taken|therapy)\b",
    _FLAGS,
)
_PER_DAY: Final = re.compile(r"(?<![\w-])(?:per|a|each)\s(?P<unit>day|week|month)(?![\w-])", _FLAGS)
_NEAR_DOSE: Final = re.compile(r"^\s?\)?(?:\s?(?:of\s)?[\w-]+){0,3}\s$")
_TWELVE: Final = re.compile(r"(?<![\d/])(?P<hours>\d{1,2})/(?P=hours)\s?h(?:ours)?\b")
_MULTIPLES: Final = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_LEADING: Final = re.compile(_COUNT, _FLAGS)
_COUNT_RANGE: Final = re.compile(rf"{_COUNT}\s?(?:-|to|or)\s?{_COUNT}", _FLAGS)
_EVERY: Final = {"other": 2.0, "second": 2.0, "alternate": 2.0, "third": 3.0, "fourth": 4.0}


def _read_every(match: re.Match[str]) -> QuantityMatch | None:
    unit = match["q_unit"].lower()
    if match["q"].lower().startswith("q") and not match["q_count"]:
        return None
    if not match["q_count"] and not match["q_other"] and unit.startswith(("year", "month", "week", "hour")):
        if match["q"].lower() == "each" and not unit.startswith("month"):
            return None
    counts = [_count(word) for word in re.split(r"\s?(?:-|to|or)\s?", match["q_count"])] if match["q_count"] else [1.0]
    if len(counts) > 1:
        return _match(*match.span())
    factor = _EVERY[match["q_other"].lower()] if match["q_other"] else counts[0]
    return _match(*match.span(), times=1.0, period_days=factor * _unit_days(unit))


def _read_short(match: re.Match[str]) -> QuantityMatch:
    if match["q_count"]:
        return _match(*match.span(), times=1.0, period_days=float(match["q_count"]) * _unit_days(match["q_unit"]))
    times, period = _ABBREVIATIONS[re.sub(r"[.\s]", "", match["short"]).lower()]
    return _match(*match.span(), times=float(times), period_days=float(period))


def _read_cycle(match: re.Match[str]) -> QuantityMatch | None:
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    is_run = re.fullmatch(r"\d+\s?(?:-|to)\s?\d+", match["days"]) is not None
    if match["cycle"] is None:
        left = match.string[max(0, match.start() - 40) : match.start()]
        return _match(*match.span()) if len(days) > 1 and _DOSE_LEFT.search(left) else None
    times = float(days[1] - days[0] + 1) if is_run else float(len(days))
    return _match(*match.span(), times=times, period_days=_count(match["cycle"]) * _unit_days(match["cycle_unit"]))


def _count(written: str) -> float:
    """Return the number that a count begins with: "twice", "3 times", "three doses"."""
    word = written.strip().lower()
    if word in _MULTIPLES:
        return _MULTIPLES[word]
    leading = _LEADING.match(word)
    return parse_number(leading.group()) if leading else 1.0


def _unit_days(written: str) -> float:
    word = written.lower()
    return _DAYS_OF.get(word) or _DAYS_OF.get(word.rstrip("s")) or DAYS[{"w": "wk"}.get(word, word)]


def _match(
    start: int,
    end: int,
    *,
    times: float | None = None,
    period_days: float | None = None,
    days_on: float | None = None,
    days_off: float | None = None,
) -> QuantityMatch:
    quantity = Quantity(kind="schedule", times=times, period_days=period_days, days_on=days_on, days_off=days_off)
    return QuantityMatch(start, end, "SCHEDULE", quantity)
