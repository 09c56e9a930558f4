"""How well a run of words fits a column: a cost of 0 for a perfect cell, more for every word out of place.

Each kind of column knows the elements its cells are made of (numbers with marks, doses, routes, sexes, citations). A
run is tiled with them; what they leave over costs affinely, so that one foreign clause is dearer than none but not
much dearer than a shorter one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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


def _first(*groups: tuple[str, ...]) -> str:
    """Return the names' first characters, for a class of characters."""
    return "".join(sorted({re.escape(name[0]) for group in groups for name in group}))


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
FIRST_LEFT, NEXT_LEFT, LATE = 1.3, 0.45, 0.6
EDGE, LONE_NUMBER, VALUE = 1.5, 0.8, 0.2
TRAILING = re.compile(r"[,;:.)]+")
PLAIN_NUMBER = re.compile(rf"^{_VALUE}$")
_CITED = re.compile(r"\bet al\.?")
_DOSE = re.compile(DOSE)
FOREIGN = ((_CITED, 4.0), (_DOSE, 1.5))
_VALUE_OPENS = re.compile(r"[~≈∼<>≥≤±+−–‐\-\d]")
_VALUE_GOES_ON = re.compile(r"[~≈∼<>≥≤±+−–‐\-\d(t]")
_DIGITS = re.compile(r"\d+")


_SIGNS = r"~≈∼<>≥≤±+−–‐\-\d"
_EMPTY_SIGNS = r"–—−\-n….n"
_TIMES = r"\dotedwmcaqbf"
_SPELLS = rf"{_SIGNS}fuotl"
_OPENS: dict[str, str] = {
    "sex": rf"{_first(*SEXES.values())}nu",
    "age": rf"{_SIGNS}{_EMPTY_SIGNS}{_first(AGE_WORDS)}dwmpeg",
    "dose": rf"{_SPELLS}w(",
    "route": rf"{_SIGNS}{_TIMES}{_first(*ROUTES.values())}",
    "schedule": _TIMES + _SIGNS,
    "duration": _SPELLS,
    "n": rf"\d{_EMPTY_SIGNS}",
    "control": _SIGNS + _EMPTY_SIGNS,
    "treated": _SIGNS + _EMPTY_SIGNS,
    "change": rf"{_SIGNS}{_EMPTY_SIGNS}a-z*†‡§¶#",
    "p": rf"p<>=≤≥\d*†{_EMPTY_SIGNS}",
    "reference": r"A-ZÀ-ÖØ-Þdvlrp\[(\d",
    "met": "ynmp",
    "regimen": rf"{_SPELLS}a-z",
}
"""What the elements of each kind's cells may begin with, as classes of characters in any case."""


@dataclass(frozen=True, slots=True)
class CellGrammar:
    """The elements that a kind's cells are made of.

    Attributes:
        head: an element, wherever one may begin.
        opens: the characters with which one may begin.
        primary: what a cell begins with; ``None`` where any element will do.
        missing: the cost of a cell without any.
        closed: whether a cell is one element and nothing else.
    """

    head: re.Pattern[str]
    opens: re.Pattern[str]
    primary: re.Pattern[str] | None
    missing: float
    closed: bool


_GRAMMARS: dict[str, CellGrammar] = {
    kind: CellGrammar(
        _SEX_HEAD if kind == "sex" else head,
        re.compile(rf"[{_OPENS[kind]}]", re.IGNORECASE),
        _PRIMARY.get(kind),
        _MISSING.get(kind, 2.0),
        kind in _CLOSED,
    )
    for kind, head in _HEAD.items()
}
_ALIKE: dict[str, str] = {"treated": "control", "unknown": "unknown"}


def find_grammar(kind: str) -> CellGrammar | None:
    """Return the elements of a kind's cells; ``None`` where they are made of any words."""
    return _GRAMMARS.get(kind)


def name_grammar(kind: ColumnKind) -> str:
    """Return a name that kinds share whose cells cost the same."""
    return _ALIKE.get(kind, kind if kind in _GRAMMARS else "")


def begins_value(word: str, following: str) -> bool:
    """Whether a value of several words may begin with these two."""
    return _VALUE_OPENS.match(word) is not None and _VALUE_GOES_ON.match(following) is not None


def list_openings(pattern: re.Pattern[str], word: str) -> Iterator[int]:
    """Yield the places of a word at which a foreign element may begin."""
    if pattern is _DOSE:
        for digits in _DIGITS.finditer(word):
            yield digits.start()
    elif word.endswith("et"):
        yield len(word) - 2


@lru_cache(maxsize=200_000)
def cell_cost(kind: ColumnKind, text: str) -> float:
    """Return how badly the text reads as a cell of a column of this kind."""
    grammar = _GRAMMARS.get(kind)
    if grammar is None:
        return _open_cost(text) if kind != "unknown" else _unknown_cost(text)
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    covered = 0
    elements = 0
    position = 0
    starts_well = False
    while position < len(words):
        match = grammar.head.match(text, words[position][0])
        end = match.end() if match else 0
        reached = position
        while reached < len(words) and words[reached][1] <= end:
            reached += 1
        if reached > position and (reached == len(words) or end <= words[reached][0]):
            pass
        elif match and TRAILING.fullmatch(text[end : words[reached][1]] if reached < len(words) else "-"):
            reached += 1
        else:
            position += 1
            continue
        if position == 0:
            starts_well = grammar.primary is None or grammar.primary.match(text) is not None
        covered += reached - position
        elements += 1
        position = reached
    left = len(words) - covered
    cost = _edge_cost(text) if left == 0 else _edge_cost(text) + FIRST_LEFT + NEXT_LEFT * (left - 1)
    if elements == 0:
        cost += grammar.missing
    elif not starts_well:
        cost += LATE
    if grammar.closed:
        cost += 2.0 * max(elements - 1, 0) + (1.0 if left and elements else 0.0)
    else:
        cost += 0.1 * max(elements - 1, 0)
    return cost


def _unknown_cost(text: str) -> float:
    """Return the cost of a cell of an untyped column: one value reads well, two side by side do not."""
    words = text.split()
    numbers = sum(PLAIN_NUMBER.match(word) is not None for word in words)
    if numbers == 0:
        return _open_cost(text)
    if numbers == len(words) == 1 or PLAIN_NUMBER.match(text):
        return VALUE
    return _open_cost(text) + 0.8 * (numbers - 1) + 0.4


def cost_words(count: int) -> float:
    """Return what a cell of so many open words costs, whatever they are."""
    cost: float = 0.25 + 0.3 * (count - 1) ** 0.7
    return cost


def _open_cost(text: str) -> float:
    words = text.split()
    cost = cost_words(len(words)) + _edge_cost(text)
    if len(words) == 1 and PLAIN_NUMBER.match(text):
        cost += LONE_NUMBER
    for pattern, penalty in FOREIGN:
        if pattern.search(text):
            cost += penalty
    return cost


def _edge_cost(text: str) -> float:
    cost = EDGE if text[-1] in ",(/+" or text[0] in ",;)" else 0.0
    return cost + (EDGE if text.count("(") != text.count(")") else 0.0)


def count_values(text: str) -> int:
    """Return how many sorts of typed values (sex, dose, time, citation) a line holds: a sub-header seldom has any."""
    return sum(1 for pattern in _VALUE_SORTS if pattern.search(text))


_VALUE_SORTS = (
    _CITED,
    _DOSE,
    re.compile(SPELL),
    re.compile(r"\b(?:males?|females?|MF)\b", re.IGNORECASE),
    re.compile(rf"\s{NUMBER}{MARKS}?$"),
)
