"""How well a run of words fits a column: a cost of 0 for a perfect cell, more for every word out of place.

Each kind of column knows the elements its cells are made of (numbers with marks, doses, routes, sexes, citations). A
run is tiled with them; what they leave over costs affinely, so that one foreign clause is dearer than none but not
much dearer than a shorter one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.tables.column_lexicon import AGE_WORDS, ROUTES, SEXES, TIME_WORDS
from pipeline.tables.typed import ColumnKind

NUMBER = r"[~≈∼<>≥≤±]{0,2}\s?[+−–‐-]?\d+(?:,\d{3})*(?:\.\d+)?"
RANGE = rf"{NUMBER}(?:\s?(?:–|-|−|to|±)\s?\d+(?:\.\d+)?)?"
MARKS = r"(?:NS|ns|n\.s\.|[*†‡§¶#]{1,3}|[a-z](?:,[a-z])*)"
_TIME = "|".join(sorted(map(re.escape, TIME_WORDS), key=len, reverse=True))
_LIST = rf"{RANGE}(?:,? (?:and|or|to) {RANGE}|, ?{RANGE})*"
SPELL = rf"{_LIST}[- ]?(?:{_TIME})\b"
MASS = r"(?:mg|µg|μg|ug|mcg|g|ng|kg|mmol|µmol|μmol|umol|mM|µM|μM|uM|nM|IU|U|mL|ml|µl|μl|%)"
DOSE = (
    rf"{_LIST} ?(?:ppm\b|ppb\b|{MASS}(?:(?: ?/ ?| per | ?· ?)(?:kg|m2|m²|g"
    rf"|day|d|mL|ml|l|L|week|mouse|animal|dose|kg bw)\b"
    r"(?: ?(?:bw|body weight)\b)?(?:(?: ?/ ?| per )(?:day|d|week|wk)\b)?|(?: ?kg[−-]1)|(?![\w/])))"
)
SCHEDULE = (
    rf"\d+ ?×(?: ?/ ?(?:\d+ ?)?(?:{_TIME}))?(?!\w)|\d+ ?x ?/ ?(?:{_TIME})\b|(?:once"
    rf"|twice|three times|thrice|\d+ times)(?: (?:a|per|every) "
    rf"(?:{_TIME})| daily| weekly| monthly)?|every (?:other|second|third|\d+)? ?"
    rf"(?:{_TIME})\b|every other (?:{_TIME})|daily|weekly"
    r"|monthly|continuous(?:ly)?|alternate days?|(?:q\.?d|b\.?i\.?d|q\d+d|q\.?o\.?d|t\.?i\.?d)\b\.?|ad libitum"
    rf"|\d+ ?(?:{_TIME}) on ?/? ?\d+ ?(?:{_TIME}) off|\d+ (?:{_TIME}) (?:per"
    rf"|every|out of) (?:\d+|(?:{_TIME}))(?: (?:{_TIME}))?\b"
)
DURATION = (
    rf"(?:for|until|up to|through(?:out)?|over) {SPELL}(?: of age| old)?|{SPELL}"
    rf"|life ?long|lifespan|throughout life|until death"
)


def _words(table: dict[str, tuple[str, ...]]) -> str:
    names = sorted({name for group in table.values() for name in group}, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) for name in names)


ROUTE = rf"(?<!\w)(?:{_words(ROUTES)})(?!\w)"
SEX = rf"(?<!\w)(?:{_words(SEXES)}|n\.?[rs]\.?|unknown|not specified)(?!\w)"
AGE = rf"{SPELL}(?: of age| old)?|(?:Day|Days|Week|Month|P|PND|E|GD) ?{RANGE}|\b(?:{'|'.join(AGE_WORDS)})\b"
EMPTY_SIGN = r"[–—−-]|n\.?a\.?|n/a|nd|n\.?d\.?|nr|n\.?r\.?|…|\.\.\."
_VALUE = (
    rf"(?:{NUMBER}(?:\s?(?:–|-|−|to)\s?\d+(?:\.\d+)?)?%?(?:\s?\(?±\s?\d+"
    rf"(?:\.\d+)?\)?)?(?:\s?(?:to|–)\s?{NUMBER})?{MARKS}{{0,3}})"
)
_VALUES = rf"{_VALUE}(?:, {_VALUE})*"
_AUTHOR = r"(?:(?:[dD]e|[vV]an|[vV]on|der|den|la|le|Di|Da|dos) )*[A-ZÀ-ÖØ-Þ][\w’'‐-]+"
REFERENCE = (
    rf"{_AUTHOR}(?: {_AUTHOR}){{0,2}} et al\.?,? ?\(?(?:\d+(?:[,–-]\d+)*)?[a-z]?\)?"
    rf"|{_AUTHOR}(?: (?:and|&) {_AUTHOR}),? ?\(?(?:\d+(?:[,–-]\d+)*)?\)?"
    r"|\[\d+(?:[,–-] ?\d+)*\]|\(?\d{1,4}(?:[,–-] ?\d+)*\)?|PMID:? ?\d+|refs?\. \d+(?:[,–-]\d+)*"
)

_ELEMENTS: dict[str, str] = {
    "sex": SEX,
    "age": rf"{AGE}|{EMPTY_SIGN}",
    "dose": rf"{DOSE}|{DURATION}|\bwith\b|\([a-z]+\)",
    "route": rf"{ROUTE}|{SCHEDULE}|for {SPELL}",
    "schedule": rf"{SCHEDULE}|for {SPELL}",
    "duration": rf"{DURATION}",
    "n": rf"\d+(?:,\d{{3}})*(?: ?[/,] ?\d+)*|{EMPTY_SIGN}",
    "control": rf"{_VALUES}|{EMPTY_SIGN}",
    "treated": rf"{_VALUES}|{EMPTY_SIGN}",
    "change": rf"{_VALUES}|{MARKS}|{EMPTY_SIGN}",
    "p": rf"(?:p|P)? ?[<>=≤≥]? ?(?:0?\.\d+|\d(?:\.\d+)?)(?: ?[×x] ?10[−-]\d+)?|NS|ns|n\.s\.|[*†]{{1,4}}|{EMPTY_SIGN}",
    "reference": REFERENCE,
    "met": r"yes|no|not met|met|partially|partly|n/?a",
    "regimen": rf"(?-i:[A-Z])[\w-]*(?: [\w-]+)?,? \(?{DOSE}\)?(?:,? (?:{SCHEDULE}))?"
    rf"|\+ (?:[\w-]+,? )?{DOSE}(?: [\w-]+)?|{DOSE}"
    rf"|{SCHEDULE}|(?:(?-i:[A-Z])[\w-]+ )?(?:placebo|vehicle|control|sham)\b",
}
_HEAD: dict[str, re.Pattern[str]] = {
    kind: re.compile(rf"\s*(?:{pattern})", re.IGNORECASE if kind not in ("reference", "change", "sex") else 0)
    for kind, pattern in _ELEMENTS.items()
}
_SEX_HEAD = re.compile(rf"\s*(?:{SEX})", re.IGNORECASE)
_PRIMARY: dict[str, re.Pattern[str]] = {
    "dose": re.compile(rf"\s*(?:{DOSE})", re.IGNORECASE),
    "route": re.compile(rf"\s*(?:{ROUTE}|{SCHEDULE})", re.IGNORECASE),
    "schedule": re.compile(rf"\s*(?:{SCHEDULE})", re.IGNORECASE),
}
_CLOSED = frozenset({"sex", "n", "control", "treated", "change", "p", "met", "reference"})
_MISSING = {
    "sex": 6.0,
    "control": 4.0,
    "treated": 4.0,
    "change": 2.0,
    "p": 4.0,
    "met": 6.0,
    "n": 4.0,
    "reference": 3.0,
}
_FIRST_LEFT, _NEXT_LEFT = 1.3, 0.45


@lru_cache(maxsize=200_000)
def cell_cost(kind: ColumnKind, text: str) -> float:
    """Return how badly the text reads as a cell of a column of this kind."""
    head = _SEX_HEAD if kind == "sex" else _HEAD.get(kind)
    if head is None:
        return _open_cost(text) if kind != "unknown" else _unknown_cost(text)
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    covered = 0
    elements = 0
    position = 0
    starts_well = False
    while position < len(words):
        match = head.match(text, words[position][0])
        end = match.end() if match else 0
        reached = position
        while reached < len(words) and words[reached][1] <= end:
            reached += 1
        if reached > position and (reached == len(words) or end <= words[reached][0]):
            pass
        elif match and re.fullmatch(r"[,;:.)]+", text[end : words[reached][1]] if reached < len(words) else "-"):
            reached += 1
        else:
            position += 1
            continue
        if position == 0:
            primary = _PRIMARY.get(kind)
            starts_well = primary is None or primary.match(text) is not None
        covered += reached - position
        elements += 1
        position = reached
    left = len(words) - covered
    cost = _edge_cost(text) if left == 0 else _edge_cost(text) + _FIRST_LEFT + _NEXT_LEFT * (left - 1)
    if elements == 0:
        cost += _MISSING.get(kind, 2.0)
    elif not starts_well:
        cost += 0.6
    if kind in _CLOSED:
        cost += 2.0 * max(elements - 1, 0) + (1.0 if left and elements else 0.0)
    else:
        cost += 0.1 * max(elements - 1, 0)
    return cost


_PLAIN_NUMBER = re.compile(rf"^{_VALUE}$")


def _unknown_cost(text: str) -> float:
    """Return the cost of a cell of an untyped column: one value reads well, two side by side do not."""
    words = text.split()
    numbers = sum(_PLAIN_NUMBER.match(word) is not None for word in words)
    if numbers == 0:
        return _open_cost(text)
    if numbers == len(words) == 1 or _PLAIN_NUMBER.match(text):
        return 0.2
    return _open_cost(text) + 0.8 * (numbers - 1) + 0.4


def _open_cost(text: str) -> float:
    words = text.split()
    cost: float = 0.25 + 0.3 * (len(words) - 1) ** 0.7 + _edge_cost(text)
    if len(words) == 1 and _PLAIN_NUMBER.match(text):
        cost += 0.8
    for pattern, penalty in _FOREIGN:
        if pattern.search(text):
            cost += penalty
    return cost


def _edge_cost(text: str) -> float:
    cost = 1.5 if text[-1] in ",(/+" or text[0] in ",;)" else 0.0
    return cost + (1.5 if text.count("(") != text.count(")") else 0.0)


def count_values(text: str) -> int:
    """Return how many sorts of typed values (sex, dose, time, citation) a line holds: a sub-header seldom has any."""
    return sum(1 for pattern in _VALUE_SORTS if pattern.search(text))


_CITED = re.compile(r"\bet al\.?")
_FOREIGN = ((_CITED, 4.0), (re.compile(DOSE), 1.5))
_VALUE_SORTS = (
    _CITED,
    re.compile(DOSE),
    re.compile(SPELL),
    re.compile(r"\b(?:males?|females?|MF)\b", re.IGNORECASE),
    re.compile(rf"\s{NUMBER}{MARKS}?$"),
)
