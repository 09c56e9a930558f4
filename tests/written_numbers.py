"""Which numbers a few words of a paper can stand for, read without anything of the package.

The reading is generous about what the words may mean and strict about what they say: every number that is returned
is written there, in digits or words, or follows from what is written by one conversion listed here.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations

UNITS = {
    "min": 1 / 1440, "minute": 1 / 1440, "h": 1 / 24, "hr": 1 / 24, "hour": 1 / 24,
    "d": 1, "day": 1, "daily": 1, "night": 1, "nightly": 1,
    "w": 7, "wk": 7, "week": 7, "weekly": 7, "fortnight": 14,
    "mo": 30.4375, "month": 30.4375, "monthly": 30.4375,
    "y": 365.25, "yr": 365.25, "year": 365.25, "yearly": 365.25, "annual": 365.25, "annually": 365.25,
}  # fmt: skip
SMALL = {word: value for value, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen".split())}  # fmt: skip
TENS = {word: 10 * value for value, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
SPECIAL = {
    "once": {1}, "twice": {2, 200}, "thrice": {3}, "single": {1}, "double": {2, 200}, "doubled": {2, 100},
    "doubling": {2, 100}, "triple": {3, 300}, "tripled": {3, 200}, "halved": {0.5, 2, 50}, "half": {0.5, 50},
    "third": {1 / 3, 100 / 3}, "thirds": {1 / 3, 2 / 3, 200 / 3}, "quarter": {0.25, 25}, "quarters": {0.75, 75},
    "birth": {0}, "newborn": {0}, "no": {0}, "bid": {2}, "tid": {3}, "qid": {4}, "qd": {1},
}  # fmt: skip
EACH = re.compile(r"\b(every|per|each|daily|nightly|weekly|fortnightly|monthly|yearly|annual|annually|alternate|a)\b|/")
NUMERAL = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*[.·]\d+|\d+)(?:\s?[×x·]\s?10\s?\^?(?P<power>[-−–+]?\d+)|[eE](?P<short>-?\d+))?"
)
WORD = re.compile(r"[a-z]+")
ORDINALS = {"other": 2, "alternate": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
TOLERANCE = 1e-6


def read_numbers(text: str) -> set[float]:
    """Return the numbers that are written in a text, with the sign where one is written."""
    folded = _fold(text)
    special = {value for word in WORD.findall(folded) for value in SPECIAL.get(word, ())}
    return {value for value, _, _ in _scan(folded)} | special


def read_days(text: str) -> set[float]:
    """Return the lengths of time that a text can name, in days: a number and its unit, or the difference of two."""
    folded = _fold(text)
    units = [
        (match.start(), UNITS[word]) for match in WORD.finditer(folded) if (word := _singular(match.group())) in UNITS
    ]
    days: set[float] = {0.0} if re.search(r"birth|newborn", folded) else set()
    for value, start, end in _scan(folded):
        if re.match(r"\s?(×|x\b|times\b)", folded[end:]):
            continue
        following = [unit for place, unit in units if place >= end]
        preceding = [unit for place, unit in units if place < start]
        days.update(value * unit for unit in (*following[:1], *preceding[-1:]))
    if re.search(r"\b(from|between|to|until|per|of|off)\b|[-–−/]", folded):
        periods = days | {unit for _, unit in units}
        days |= {abs(one - other) for one, other in combinations(sorted(periods), 2)}
    return days


def read_periods(text: str) -> set[float]:
    """Return the periods, in days, that a schedule's words can name."""
    folded = _fold(text)
    named = {UNITS[word] for word in map(_singular, WORD.findall(folded)) if word in UNITS}
    periods = named | read_days(text)
    for word, count in ORDINALS.items():
        if re.search(rf"\b{word}\b", folded):
            periods |= {count * unit for unit in named}
    if re.search(r"\b(bi-?weekly|fortnightly)\b", folded):
        periods |= {3.5, 14}
    if re.search(r"\b(qd|bid|tid|qid|[bt]\.? ?i\.? ?d|q\.? ?d)\b", folded):
        periods.add(1)
    return periods


def read_times(text: str) -> set[float]:
    """Return how often a schedule's words can say that something is given."""
    folded = _fold(text)
    times = read_numbers(text)
    if EACH.search(folded):
        times.add(1)
    return times


def read_changes(text: str) -> set[float]:
    """Return the signed percentages of change that an amount's words can come to."""
    written = {abs(value) for value in read_numbers(text)}
    changes = written | {(value - 1) * 100 for value in written}
    changes |= {(1 / value - 1) * 100 for value in written if value}
    changes |= {100 * (one - other) / other for one in written for other in written if other}
    return {sign * value for value in changes for sign in (1, -1)}


def holds(numbers: set[float], value: float, *, rounding: float = TOLERANCE) -> bool:
    """Whether a value is one of the numbers, up to the rounding that it was written with."""
    return any(abs(value - number) <= max(rounding, TOLERANCE * abs(number)) for number in numbers)


def _fold(text: str) -> str:
    text = re.sub(r"[-\u00ad]\s*\n\s*(?=[a-z])", "-", text)
    text = re.sub(r"<[^<>]{1,9}>", "", text)
    text = re.sub(r"\b([bqt])\. ?(i?)\.? ?(d)\.?(?!\w)", r"\1\2\3", text, flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text.replace("\ufeff", ""))).casefold()


def _scan(folded: str) -> list[tuple[float, int, int]]:
    found: list[tuple[float, int, int]] = []
    for match in NUMERAL.finditer(folded):
        value = float(match["digits"].replace(",", "").replace("·", "."))
        power = match["power"] or match["short"]
        if power:
            value *= 10.0 ** int(re.sub("[−–]", "-", power))
        before = folded[: match.start()]
        if re.search(r"(?:^|[\s(\[<>=~±,:/])[-−–]\s?$", before):
            value = -value
        found.append((value, match.start(), match.end()))
    run: list[tuple[str, int, int]] = []
    words = [(match.group(), match.start(), match.end()) for match in WORD.finditer(folded)]
    for word in words:
        if re.fullmatch(r"[a-z]*fold", word[0]) and word[0] != "fold":
            word = (word[0].removesuffix("fold"), word[1], word[2])
        known = word[0] in SMALL or word[0] in TENS or word[0] in SCALES or (word[0] == "and" and run)
        if known and (not run or re.fullmatch(r"[- ]", folded[run[-1][2] : word[1]])):
            run.append(word)
            continue
        found.extend(_add_up(run))
        run = [word] if known and word[0] != "and" else []
    found.extend(_add_up(run))
    return found


def _add_up(run: list[tuple[str, int, int]]) -> list[tuple[float, int, int]]:
    while run and run[-1][0] == "and":
        run = run[:-1]
    if not run:
        return []
    if "and" in [word for word, _, _ in run] and not any(word in SCALES for word, _, _ in run):
        place = [word for word, _, _ in run].index("and")
        return _add_up(run[:place]) + _add_up(run[place + 1 :])
    total, part = 0, 0
    for word, _, _ in run:
        if word in SCALES:
            part = (part or 1) * SCALES[word]
            if SCALES[word] >= 1000:
                total, part = total + part, 0
        elif word != "and":
            part += SMALL.get(word, 0) + TENS.get(word, 0)
    return [(float(total + part), run[0][1], run[-1][2])]


def _singular(word: str) -> str:
    return word if word in UNITS else word.removesuffix("s")
