"""Numerals: where a number stands in a text and what it is worth, in digits or in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_ONES: Final = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        start=1,
    )
}
_TENS: Final = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SMALL: Final = {**_ONES, **_TENS}
_ONE_WORD: Final = "|".join(sorted(_ONES, key=len, reverse=True))
_BELOW_HUNDRED: Final = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{_ONE_WORD}))?|{_ONE_WORD})"
_WORDS: Final = (
    rf"{_BELOW_HUNDRED}(?:[- ]hundred(?:[- ](?:and[- ])?{_BELOW_HUNDRED})?)?"
    rf"(?:[- ]thousand(?:[- ](?:and[- ])?{_BELOW_HUNDRED}(?:[- ]hundred(?:[- ](?:and[- ])?{_BELOW_HUNDRED})?)?)?)?"
)
_POWER: Final = (
    r"(?:\s?[×x*·]\s?10\s?(?:\^|<sup>|\()?\s?(?P<power>[-+]?(?:\d{1,2}|[⁰¹²³⁴-⁹]{1,2}))(?!\d)(?:</sup>|\))?)"
)
_DIGITS: Final = (
    r"(?P<number>\d{1,3}(?:[,\u00a0]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.·]\d+)?|\.\d+)"
    rf"(?:{_POWER}|[eE](?P<short>-?\d{{1,2}})(?!\w))?"
)
_NUMERAL: Final = re.compile(rf"(?<![\w.]){_DIGITS}|\b(?P<words>{_WORDS})(?![\w])", re.IGNORECASE)
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
NUMBER_WORD: Final = re.compile(_WORDS, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral at `[start, end)`; ``sign`` is −1 or 1 where one is written, and ``value`` includes it.

    ``glued`` marks a numeral after a letter and a slash: a quantity only where a unit follows ("cells/7.5 ml").
    """

    start: int
    end: int
    value: float
    sign: int | None = None
    in_words: bool = False
    glued: bool = False


def scan_numbers(text: str) -> list[Number]:
    """Return the numerals of a folded text in order.

    A numeral that continues a name ("p53", "IL-6", "C57BL/6") is left out, unless the name is a unit or a multiplier;
    one that begins a name ("6J", "5-HT") is returned, since only a reader of units can tell it from "6h".
    """
    found: list[Number] = []
    for match in _NUMERAL.finditer(text):
        start, end = match.span()
        if match["words"] is not None:
            if (text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalpha()) or (
                match["words"].lower() == "one" and _is_pronoun(text, end)
            ):
                continue
            found.append(Number(start, end, parse_number(match["words"]), in_words=True))
            continue
        sign = None
        glued = False
        if start and text[start - 1] in "-+" and _stands_free(text, start - 1):
            sign = -1 if text[start - 1] == "-" else 1
            start -= 1
        elif _continues_name(text, start):
            if text[start - 1] == "-":
                continue
            glued = True
        value = parse_number(match["number"])
        power = match["power"] or match["short"]
        if power:
            value = float(f"{value!r}e{int(power.translate(_SUPERSCRIPTS))}") if value < 1e6 else value
        found.append(Number(start, end, value * (sign or 1), sign, glued=glued))
    return found


def parse_number(written: str) -> float:
    """Return the value of one numeral as written, in digits or in words.

    Raises ValueError for anything else.
    """
    if written[:1].isdigit() or written.startswith("."):
        return float(written.replace(",", "").replace("\u00a0", "").replace("·", "."))
    total = current = 0
    for word in re.split(r"[-\s]+", written.lower()):
        if word in _SMALL:
            current += _SMALL[word]
        elif word == "hundred":
            current *= 100
        elif word == "thousand":
            total, current = total + current * 1000, 0
        elif word != "and":
            raise ValueError(f"not a number: {written!r}")
    return float(total + current)


def _stands_free(text: str, at: int) -> bool:
    """Tell whether the sign at a place is a sign of the number after it and no hyphen, dash or part of "+/-"."""
    if at == 0:
        return True
    before = text[at - 1]
    if before in "(=[,;:<>":
        return True
    return before.isspace() and not text[:at].rstrip()[-1:].isdigit()


def _continues_name(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    if before not in ("-", "/") or start < 2:
        return False
    return text[start - 2].isalpha() and _UNIT_BEFORE.search(text, max(0, start - 14), start) is None


def _is_pronoun(text: str, end: int) -> bool:
    return _PRONOUN_TAIL.match(text, end) is not None


_UNIT_BEFORE: Final = re.compile(r"(?:\d\s?(?:mg|g|[μu]g|ng|ml|mL|kg|%|d|h|days?|weeks?|months?|years?)|\bto)[-/]$")
_PRONOUN_TAIL: Final = re.compile(r" (?:of|another|or more|can|may|might|should)\b")
