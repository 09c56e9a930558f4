"""Sample sizes: numbers of people, animals or other subjects."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.mentions import Quantity, Relation
from pipeline.quantities.amounts import Amount
from pipeline.quantities.lexicon import load_words
from pipeline.quantities.matches import QuantityMatch
from pipeline.quantities.numbers import NUMBER_WORD

_EQUALS: Final = re.compile(
    r"(?<![\w])(?P<sample>[nN](?:</i>)?\s?(?:=|:|of)\s?(?P<value>\d{1,3}(?:[,\u00a0]\d{3})+|\d+)(?:\s?(?P<to>-"
    r"|to|/|,|and)\s?(?P<high>\d+)(?![\d.%]))?)(?![\d.]\d)"
)
_STOP: Final = (
    r"(?:of|in|with|for|to|from|at|on|by|per|than|as|were|was|are|is|had|have|has|who|that|which|the|doses?"
    r"|days?|weeks?|months?|years?|hours?|times|out"
    r"|groups?|arms?|studies|trials?|or|and|vs|versus|died|did|developed|showed|received|centers?|centres?"
    r"|hospitals?|among|after|before|during|between)\b"
)
_VERB: Final = re.compile(
    r"\s(?:\([^()]{1,60}\)\s)?(?:(?:were|was|ha(?:d|ve|s)\sbeen)\s(?:randomi[sz]ed|assigned|allocated|enrolled|treated"
    r"|given|eligible|included|evaluable|recruited"
    r"|analy[sz]ed|studied|screened|excluded|assessable|male|female|women|men|on|in\sthe)|received|receiving|completed|underwent"
    r"|took|assigned|treated|allocated|randomi[sz]ed|(?:deemed|considered|found|judged)\s(?:to\sbe\s)?eligible|each\s(?:to|on|for)"
    r"|of\s(?:the\s|these\s|our\s|those\s|all\s)?(?:[\w,-]+\s){0,4}?(?:patients|subjects|participants"
    r"|women|men|children|cases|mice|rats|animals)"
    r"|of\sthem|males?\b|females?\b|placebo\b(?!\s?-?controlled)|controls?\b)\b",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(r"\s[\[(]\s?\d+(?:[.·]\d+)?\s?%\s?[\])]")
# A share of the patients that is an arm: "60 patients (42 %) received the drug".
_PERCENT_OF_ARM: Final = re.compile(
    r"\s[\[(]\s?\d+(?:[.·]\d+)?\s?%\s?[\])],?\s(?:(?:were|was)\s(?:randomi[sz]ed|assigned|allocated|given|treated)"
    r"|to\s(?:the|receive)\b|received\b|assigned\b|allocated\b|randomi[sz]ed\b)",
    re.IGNORECASE,
)
_OUT_OF: Final = re.compile(rf"\b(?:\d+|{NUMBER_WORD.pattern})\s(?:out\s)?of\s(?:the\s|all\s)?$", re.IGNORECASE)
_LISTED_LEFT: Final = re.compile(r"(?:\b(?:and|or|whom|which)|[,(:;])\s?$")
_LISTED_RIGHT: Final = re.compile(
    r"\s(?:\(\d[\d.,\s]*%\)\s)?(?:with|on|to|were|did|who|using|in\s(?:the|group|arm)|randomly|had|not"
    r"|of\s(?:whom|these|them)|(?:also\s)?(?:received|completed|took))\s",
    re.IGNORECASE,
)
_ASSIGNED: Final = re.compile(r"\b(?:randomi[sz]ed|assigned|allocated)\b[^.;]*$", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"[a-z]\s\((?P<count>\d{2,4})\)")
_YEAR_LEFT: Final = re.compile(
    r"\b(?:in|since|of|by|until|from|to|between|and|during|before|after|year)\s$", re.IGNORECASE
)
_COUNT_AND: Final = re.compile(r"\b(?!(?:19|20)\d\d\b)\d+\s[a-z][\w\s-]*\band\s$", re.IGNORECASE)
_COUNTED: Final = re.compile(
    rf"(?:\s|-)(?:[\[(][^()\[\]]{{1,40}}[\])]\s)?"
    rf"(?:(?:{load_words('people', 'adjectives')}|[A-Z]\.|(?<=\band\s)\d+|(?!{_STOP}|\d{{2}})[\w'/-]+)"
    rf"(?:,\s|\s(?:and|or)\s|\s"
    rf"|/)){{0,5}}?(?:{load_words('people', 'nouns')})(?![\w-])(?!\s?(?:years?|days?|per|%|groups\b))",
    re.IGNORECASE,
)
# Those something happened to are no sample: "nausea occurred in three patients", "3 (7%) of the 47 patients".
_EVENT_LEFT: Final = re.compile(
    r"\b(?:occur\w*|developed|observed|seen|noted|reported|experienced|found|detected|achieved|present|recorded|appeared"
    r"|described|resolved|improved|discontinued|withdrawn)\s(?:only\s)?(?:in|by|for)\s(?:only\s|another\s|an\sadditional\s)?$",
    re.IGNORECASE,
)
_NUMERATOR: Final = re.compile(
    rf"(?:\s[\[(]\s?\d+(?:[.·]\d+)?\s?%\s?[)\]])?\s(?:out\s)?of\s(?:the\s|all\s|these\s)?(?:\d|(?:{NUMBER_WORD.pattern})\b)",
    re.IGNORECASE,
)
_UNCOUNTED: Final = re.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:studies|trials|cent(?:er|re)s|hospitals|clinics|countries|sites|articles|reports)\b",
    re.IGNORECASE,
)
_NUMBER_OF: Final = re.compile(
    r"\bnumber\sof\s(?:[\w-]+\s){0,3}?(?:patients|subjects|participants|individuals|women|men|children|animals|mice|rats"
    r"|cases)\b[^.;,]{0,40}?\b(?:was|were|is)\s$",
    re.IGNORECASE,
)
# "387 of the 2,141 patients received the drug" counts an arm.
_ASSIGNED_RIGHT: Final = re.compile(
    r"[^.;,]{0,80}?\b(?:received|used|took|randomi[sz]ed|assigned|allocated|completed|enrolled|were\s(?:treated|given|included))\b",
    re.IGNORECASE,
)
_PER_GROUP: Final = re.compile(
    r"\s?(?:\w+\s)?(?:per|in\seach|in\severy|each)\s(?:group|arm|treatment\sgroup|cohort|genotype|condition)",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(
    r"\b(?:a\stotal\s(?:number\s)?of|sample\s(?:size\s)?(?:of|was)|cohort\sof|group\sof|enrolled|randomi[sz]ed"
    r"|recruited|included|studied)\s$",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"\b(?:of|among|in|from|with)\s(?:the\s|all\s)?$", re.IGNORECASE)
_PART: Final = re.compile(r"\s?(?:\(|/|of\b|out\sof\b|%)", re.IGNORECASE)


def find_samples(text: str, amounts: list[Amount]) -> list[QuantityMatch]:
    """Return the sample sizes of a folded text: "n = 24", "36 participants", "a total of 40 dogs"."""
    found: list[QuantityMatch] = []
    for match in _EQUALS.finditer(text):
        low = float(re.sub(r"[,\u00a0]", "", match["value"]))
        high = float(match["high"]) if match["high"] else low
        is_list = match["high"] is not None and match["to"] not in ("-", "to")
        start, end = match.span("sample")
        found.append(_match(start, end, low, high, (low, high) if is_list else None, None))
    arms = _find_bracketed(text)
    for amount in amounts:
        if (amount.start, amount.end) in arms:
            found.append(_match(amount.start, amount.end, *amount.bounds, amount.relation))
        elif amount.unit is None and amount.spread is None and not amount.numbers[0].glued:
            if _is_sample(text, amount) or (found and _continues_list(text, amount)):
                found.append(_match(amount.start, amount.end, *amount.bounds, amount.relation))
    return found


def _find_bracketed(text: str) -> frozenset[tuple[int, int]]:
    """Return the places of counts in brackets behind the arms: "randomized to placebo (48) or enalapril (53)"."""
    places = [
        match.span("count")
        for match in _BRACKETED.finditer(text)
        if _ASSIGNED.search(text, max(0, match.start() - 120), match.start()) and not 1900 <= int(match["count"]) < 2100
    ]
    return frozenset(places) if len(places) > 1 else frozenset()


def _continues_list(text: str, amount: Amount) -> bool:
    """Tell whether a number goes on counting subjects: "40 patients, 21 with enalapril and 19 on placebo"."""
    value = amount.value
    if value != int(value) or value < 2 or amount.form != "single" or 1900 <= value < 2100:
        return False
    return _LISTED_LEFT.search(text[max(0, amount.start - 6) : amount.start]) is not None and (
        _LISTED_RIGHT.match(text, amount.end) is not None
    )


def _is_sample(text: str, amount: Amount) -> bool:
    number = amount.numbers[-1]
    if number.value != int(number.value) or number.sign is not None or number.value < 1:
        return False
    if 1900 <= number.value < 2100 and text[number.start : number.end].isdigit():
        before = text[max(0, amount.start - 24) : amount.start]
        is_year = _YEAR_LEFT.search(before) and not _COUNT_AND.search(before)
        if _TOTAL.search(before) is None and (is_year or not _COUNTED.match(text, amount.end)):
            return False
    if re.match(r"\s(?:thousand|million|billion)\b", text[amount.end : amount.end + 12], re.IGNORECASE):
        return False
    left = text[max(0, amount.start - 24) : amount.start]
    if re.search(
        r"\b(?:type|group|grade|stage|phase|day|week|month|table|figure|fig\.|class|version|visit|aged?)\s$",
        left,
        re.IGNORECASE,
    ):
        return False
    if _PER_GROUP.match(text, amount.end):
        return True
    if _EVENT_LEFT.search(text[max(0, amount.start - 40) : amount.start]) or _UNCOUNTED.match(text, amount.end):
        return False
    if amount.form == "single" and _NUMERATOR.match(text, amount.end) and not _ASSIGNED_RIGHT.match(text, amount.end):
        return False
    counted = _COUNTED.match(text, amount.end)
    if counted is not None:
        return _OUT_OF.search(left) is not None or not _is_share(text, amount, counted.end())
    if _NUMBER_OF.search(text[max(0, amount.start - 110) : amount.start]):
        return True
    if number.value > 1 and _VERB.match(text, amount.end):
        return True
    return bool(_TOTAL.search(left)) and _PART.match(text, amount.end) is None and number.value > 3


def _is_share(text: str, amount: Amount, end: int) -> bool:
    """Tell whether a count is of those something happened to: "6 patients (6.2%) had", "one patient died"."""
    if amount.value < 2:
        return True
    return _PERCENT.match(text, end) is not None and _PERCENT_OF_ARM.match(text, end) is None


def _match(
    start: int,
    end: int,
    low: float | None,
    high: float | None,
    values: tuple[float, ...] | None,
    relation: Relation | None,
) -> QuantityMatch:
    quantity = Quantity(
        kind="sample_size",
        low=None if values else low,
        high=None if values else high,
        values=values,
        relation=relation,
    )
    return QuantityMatch(start, end, "SAMPLE_SIZE", quantity)
