"""Durations of a treatment, told from ages, time points, follow-up and history."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.mentions import Quantity
from pipeline.quantities.amounts import Amount
from pipeline.quantities.matches import QuantityMatch
from pipeline.quantities.units import DAYS

_LEFT: Final = re.compile(
    r"(?:\b(?:for|over|during|throughout|lasting|lasted|last|of|across)\s"
    r"(?:(?:the|a|an|their|this|its|up\sto|another|additional|entire|whole|first|last|next|following|subsequent"
    r"|initial|final"
    r"|total|period|periods|mean|median|average|maximum|minimum|duration|course|treatment|of|from|between"
    r"|further|consecutive|only|either|remaining|each|about|at)\s)*"
    r"|\b(?:duration|durations|period|course|phase|lasted|regimen|length|(?:treatment|therapy|study)\stime)\s?(?:\(|:|,|=|was"
    r"|were|of|is|for|ranged|ranging|varied|from|between|a|median|mean|total|(?:the\s)?(?:treatment|therapy|administration|exposure"
    r"|dosing|intervention|trial|study|supplementation|use)s?\b|\s)*)$",
    re.IGNORECASE,
)
_STRONG_LEFT: Final = re.compile(
    r"\b(?:for|throughout|lasting|lasted|duration|durations|course)\b[^.;]{0,30}$", re.IGNORECASE
)
_UNTIL: Final = re.compile(r"\b(?:until|up\sto|till)\s(?:the\s)?(?:age\sof\s)?$", re.IGNORECASE)
_TREATMENT: Final = (
    r"treatments?|therapy|therapies|administration|supplementation|exposure|dosing|infusions?|trial|study"
    r"|studies|course|courses|period|periods"
    r"|phase|regimen|regimens|intervention|program(?:me)?|prophylaxis|monotherapy|use|use\sof|double-blind"
    r"|double|randomi[sz]ed|open-label|open|"
    r"placebo|parallel|crossover|cross-over|multicent\w+|prospective|feeding|diet|taper|run-in|washout|wash-out"
    r"|maintenance|induction|long|"
    r"active|comparison|comparative|controlled|single-blind|blinded|duration|pilot|clinical|oral|daily|cycle|cycles|"
    r"continuous|drug|eradication|triple|quadruple|sequential|extension|consecutive|in\sduration|each|on\s"
)
_RIGHT: Final = re.compile(
    rf"(?:'|’)?(?:\s|,\s|\s?\(|-)?(?:of\s(?:[\w-]+\s){{0,3}}(?:{_TREATMENT})\b|(?:{_TREATMENT})\b|(?:of|with"
    rf"|on)\s(?:daily|twice|once|oral|either)\b)",
    re.IGNORECASE,
)
_EXCLUDED_RIGHT: Final = re.compile(
    r"\s?-?\s?,?\s?\(?(?:ago|earlier|later|before|after|prior|previously|previous|post\w*|following\b|apart"
    r"|follow|of\sfollow|old|of\sage|survival|mortality|risk|event|rate|"
    r"rates|overall|progression|disease-free|relapse|interval|intervals|history|incidence|cumulative|urin\w+"
    r"|ambulatory|blood|mean|recall|"
    r"fast|fasting|walk\w*|estimated|since|younger|older|or\solder|of\slife|postpartum|gestation|of\sgestation"
    r"|delay|half|post-|pre-|postprandial|after\s|period\s(?:after|following|before|post)"
    r"|(?:(?!with\b|and\b|or\b|active\b)[\w-]+\s){0,2}(?:run-?in|wash-?out)|"
    r"experience|of\sexperience|washout|wash-out|survivors?|outcomes?|PFS|OS|data|visit|assessment"
    r"|time\s?points?|mark\b|retention|period\sbefore|light|dark|into|from\sbaseline|"
    r"in\sthe\s(?:control|placebo)|vs|versus|earlier|preceding)\b",
    re.IGNORECASE,
)
_EXCLUDED_LEFT: Final = re.compile(
    r"\b(?:follow-?ups?|followed(?:-?\sup)?|survival|every|each|ages?|aged|median\s(?:time|overall|follow)"
    r"|mean\s(?:time|follow|age)|time\sto|history\sof|diagnos\w+|half-life|"
    r"t1/2|previous|past|preceding|prior|survived|interval|onset|intervals\sof|observed|observation|survive"
    r"|delay|increase|decrease|increased|decreased|prolonged|shortened|latency|lifespan|fast\w*|"
    r"age|score|hospital\w*|stay|disease|PFS|OS|TTP|apart|last|recent|waiting|tmax|until\sprogression|washout"
    r"|wash-out)\b[^.;]{0,26}$",
    re.IGNORECASE,
)
_DIRECT: Final = re.compile(
    r"\b(?:for|over|lasting|throughout|until|during)\s(?:(?:the\s(?:first|last|next|following|subsequent|initial|entire)|up\sto"
    r"|a\stotal\sof|a\speriod\sof"
    r"|an?\sadditional|another|at\sleast|about|the\sremaining|each\sof|a\sfurther|a\speriod\sof\sat\sleast"
    r"|a\smean\sof|a\smedian\sof|a\smaximum\sof|the)\s)?$",
    re.IGNORECASE,
)
_RECEIVED: Final = re.compile(
    r"\b(?:receiv\w+|followed\sby|given|underwent|completed|then|plus|either|or|and|additional|of|after"
    r"|undergo|(?:randomi[sz]ed|assigned|allocated)\sto|with|including|compris\w+|versus|vs\.?|than)\s(?:an?\s)?$",
    re.IGNORECASE,
)
_OF_DRUG: Final = re.compile(
    r"\s(?:of|on|with)\s(?!the\b|onset|admission|birth|delivery|enrol|entry|presentation|injury|transplant|discharge"
    r"|diagnos|start|begin|initiat|commenc|cessation|stop|infarction|stroke|intensive|any\b|life|gestation|pregnancy|follow|observation|disease|illness|symptom|age"
    r"|survival|hospital|stor|rest|baseline|surger|each|study|day|a\b)\w",
    re.IGNORECASE,
)
_FOLLOWED: Final = re.compile(
    r"\b(?:follow-?\s?ups?|followed(?!\s(?:by|in))|survived|survival|observed|monitored|history|diagnosed|smok\w+"
    r"|fasted)\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_HYPHEN_NOUN: Final = re.compile(
    rf"(?:\s|,\s|-)(?:(?!survival|mortality|risk|follow|and\b|or\b|in\b|of\b)[\w-]+,?\s){{0,4}}(?:{_TREATMENT})\b",
    re.IGNORECASE,
)
_FOLLOW_RIGHT: Final = re.compile(
    r"\s?(?:of\s)?(?:follow(?!ed\s(?:by|in))|survival|(?:or|and)\s(?:more|longer)\sof\sage|old|of\sage|ago"
    r"|before\sdiagnosis|history)"
    r"|[\s-]+(?:(?!with\b|and\b|or\b|active\b)[\w-]+,?\s){0,2}(?:run-?in|wash-?out|postprandial)\b",
    re.IGNORECASE,
)
# What stands between two durations of a list, as in "1 week (group A) or 2 weeks" and "14 weeks of A, 36 weeks of B".
_NEXT: Final = re.compile(
    r"(?:\s(?:for|in|of|on|with)\s(?!the\s(?:first|last))[\w\s-]{1,40}?|\s\([^()]{1,40}\))?(?:,|;)?"
    r"(?:(?<=[,;])|\s(?:and|or|versus|vs\.?|followed\sby|then))(?:\s(?:and|or|then|followed\sby|for|either))*\s"
)
_EXTENDED: Final = re.compile(
    r"\b(?:treatment|therapy|administration|dosing|supplementation|medication)\b[^.;,]{0,30}"
    r"\b(?:extended|prolonged|continued|lengthened|maintained|shortened)\s(?:to|until)\s$",
    re.IGNORECASE,
)
# "taking the drug for the past 12 years"
_TAKEN_FOR: Final = re.compile(
    r"\b(?:tak(?:en|ing)|been\son|prescribed|receiv\w+|treated|treatment|therapy|using|given|administered)\b[^.;]{0,60}"
    r"\bfor\s(?:the\s)?(?:past|previous|preceding|prior)\s$",
    re.IGNORECASE,
)
# As in "a regimen comprising A (14 days) and B (7 days)".
_IN_REGIMEN: Final = re.compile(
    r"\b(?:compris\w+|consist\w+\sof|receiv\w+)\s[^.;:]{0,120}"
    r"\b(?!early\b|late\b|later\b|time\b|term\b|phase\b|interval\b|age\b|median\b|mean\b|range\b|survival\b)[a-z-]{5,}\s\($"
)
# A window in which something was seen, unless something was given in it: "during the first 2 weeks".
_WINDOW: Final = re.compile(
    r"\b(?:(?:during|in|within|over|throughout)\sthe\s(?:first|initial|last|next|following|subsequent)|within\s(?:an?|the))\s$",
    re.IGNORECASE,
)
_SEEN: Final = re.compile(
    r"\b(?:follow(?!ed\s(?:by|in))\w*|observ\w+|outpatients|symptoms?|complaints?)\b[^.;,]{0,60}$"
    r"|\b(?:assess|measur|evaluat|record|monitor|visit|examin|scann|review|seen)\w*\b[^.;,]{0,60}\bfor\sthe\sfirst\s$",
    re.IGNORECASE,
)
_COLLECTED: Final = re.compile(
    r"\b(?:diagnosed|identified|admitted|seen|registered|reviewed|collected)\b[^.;,]{0,40}\b(?:during|over|in|within)\san?\s$",
    re.IGNORECASE,
)
_GIVING: Final = re.compile(
    r"\b(?:dos(?:e|es|ed|ing|age)|given|administ\w+|infus\w+|inject\w+|treat(?:ed|ment)|receiv\w+|took|taken|taking"
    r"|therapy|daily|mg|fed|supplement\w*)\b",
    re.IGNORECASE,
)
_FROM_AGE: Final = re.compile(r"\bfrom\s$", re.IGNORECASE)
_OF_AGE: Final = re.compile(r"\s?-?(?:of\sage|old)\b", re.IGNORECASE)
_ARTICLE: Final = re.compile(
    r"\b(?P<lead>for|over|during|lasting|throughout)\s(?:(?:about|approximately|up\sto|at\sleast|the\s(?:first"
    r"|last|next|following)|another|a\sfurther|a\sfull)\s)?"
    r"(?P<duration>(?:an?\s|half\san?\s|)(?P<unit>day|week|month|year|hour|decade))(?![\w-])",
    re.IGNORECASE,
)
_ARTICLE_DAYS: Final = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25, "hour": 1 / 24, "decade": 3652.5}
_LONG: Final = re.compile(r"[-\s]?long\b")


def find_durations(text: str, amounts: list[Amount], taken: set[tuple[int, int]]) -> list[QuantityMatch]:
    """Return the durations of a folded text; ``taken`` holds the amounts already read as ages or schedules."""
    found: list[QuantityMatch] = []
    for amount in amounts:
        unit = amount.unit
        if unit is None or unit.dimension != "time" or amount.numbers[0].sign is not None:
            continue
        span = _read_age_span(text, amount)
        if span is not None:
            found.append(span)
        elif (amount.start, amount.end) not in taken and (
            _is_duration(text, amount) or (bool(found) and _goes_on(text, found[-1].end, amount))
        ):
            found.append(_match_duration(text, amount))
    for match in _ARTICLE.finditer(text):
        if match["duration"].lower().startswith(("a ", "an ")) and not _EXCLUDED_RIGHT.match(text, match.end()):
            days = _ARTICLE_DAYS[match["unit"].lower()]
            quantity = Quantity(kind="duration", low_days=days, high_days=days)
            found.append(QuantityMatch(match.start("duration"), match.end(), "DURATION", quantity))
    return found


def _read_age_span(text: str, amount: Amount) -> QuantityMatch | None:
    """Read "from 9 to 30 months of age": treatment from one age until another."""
    unit = amount.unit
    if unit is None or amount.form != "range" or not _OF_AGE.match(text, amount.end):
        return None
    lead = _FROM_AGE.search(text, max(0, amount.start - 5), amount.start)
    if lead is None or re.search(r"\b(?:aged?|ages|ranging|ranged|old)\s(?:\w+\s)?$", text[: lead.start()][-24:]):
        return None
    days = DAYS[unit.code]
    low, high, _ = amount.bounds
    assert low is not None and high is not None
    tail = _OF_AGE.match(text, amount.end)
    assert tail is not None
    span = (high - low) * days
    quantity = Quantity(kind="duration", low_days=span, high_days=span, until_age_days=high * days)
    return QuantityMatch(lead.start(), tail.end(), "DURATION", quantity)


def _match_duration(text: str, amount: Amount) -> QuantityMatch:
    assert amount.unit is not None
    days = DAYS[amount.unit.code]
    low, high, values = amount.bounds
    if values is not None:
        low, high = None, None
    end = amount.end
    until = _UNTIL.search(text, max(0, amount.start - 12), amount.start)
    if until is not None:
        low = None
    long = _LONG.match(text, end)
    end = long.end() if long is not None else end
    return QuantityMatch(
        amount.start,
        end,
        "DURATION",
        Quantity(
            kind="duration",
            low_days=None if low is None else low * days,
            high_days=None if high is None else high * days,
            values=None if values is None else tuple(value * days for value in values),
            relation=amount.relation,
        ),
    )


def _is_duration(text: str, amount: Amount) -> bool:
    unit = amount.unit
    assert unit is not None
    left = text[max(0, amount.start - 60) : amount.start]
    is_short = unit.code in ("s", "ms", "min")
    if unit.code == "h" and left.endswith("over "):
        return False
    if (_TAKEN_FOR.search(left) or _EXTENDED.search(left)) and not is_short:
        return True
    if _IN_REGIMEN.search(text[max(0, amount.start - 140) : amount.start]) and text[amount.end : amount.end + 1] == ")":
        return not is_short and unit.code != "h"
    if _is_window(text, amount):
        return False
    if _DIRECT.search(left) and not is_short:
        return _FOLLOWED.search(left) is None and _FOLLOW_RIGHT.match(text, amount.end) is None
    if _EXCLUDED_RIGHT.match(text, amount.end):
        return False
    strong_right = _RIGHT.match(text, amount.end) is not None
    if strong_right and not is_short:
        return not (_is_hyphenated(text, amount) and unit.code == "h")
    if _EXCLUDED_LEFT.search(left) and not re.search(r"\bfor\s(?:\w+\s)?$", left):
        return False
    if amount.spread is not None and not _STRONG_LEFT.search(left):
        return False
    if _LEFT.search(left):
        return not (is_short and not left.rstrip().endswith((" for", " over")))
    if _RECEIVED.search(left) and _OF_DRUG.match(text, amount.end):
        return True
    if amount.relation is not None and re.search(r"\b(?:for|over|lasting)\s*$", left):
        return True
    if _UNTIL.search(left):
        return True
    if _is_hyphenated(text, amount):
        return unit.code in ("wk", "mo", "a", "d") and _HYPHEN_NOUN.match(text, amount.end) is not None
    return False


def _goes_on(text: str, end: int, amount: Amount) -> bool:
    """Tell whether an amount goes on a list of durations that was begun before it."""
    unit = amount.unit
    assert unit is not None
    if unit.code not in ("d", "wk", "mo", "a") or _EXCLUDED_RIGHT.match(text, amount.end):
        return False
    return _NEXT.fullmatch(text, end, amount.start) is not None and _FOLLOW_RIGHT.match(text, amount.end) is None


def _is_window(text: str, amount: Amount) -> bool:
    """Tell whether a time is one in which something was seen and not given: "assessed monthly for the first year"."""
    left = text[max(0, amount.start - 90) : amount.start]
    if _COLLECTED.search(left) is not None:
        return True
    if _RIGHT.match(text, amount.end) and _WINDOW.search(left) is None:
        return False
    if _GIVING.search(left) is not None:
        return False
    return _WINDOW.search(left) is not None or _SEEN.search(left) is not None


def _is_hyphenated(text: str, amount: Amount) -> bool:
    return amount.unit is not None and text[amount.unit.start - 1] == "-"
