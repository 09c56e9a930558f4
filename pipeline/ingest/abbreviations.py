"""Short forms that a document defines, by the algorithm of Schwartz and Hearst (PSB 2003, 451-462)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model.documents import Abbreviation
from pipeline.model.spans import Span

_PARENTHESIS = re.compile(r"(?<=\s)[(\[]([^()\[\]]{1,120})[)\]]")
# A dose behind the short form: "parachlorophenylalanine (PCPA 100 mg/kg)".
_AMOUNT = re.compile(r"\d[\d.,]*\s?(?:[mkµμn]?g|[mµμ]?l|IU|U|units?|ppm|[mµμn]?M|mmol|%)(?!\w)")
_DOSE = re.compile(rf"\s+(?={_AMOUNT.pattern})")
_SHORT = re.compile(r"(?=.*[^\W\d_])[\w][\w./+'’ α-ωΑ-Ω-]{0,11}$")
_CLAUSE = re.compile(r"[.;:!?](?:\s|$)")
# Characters before a bracket that may hold its long form: far more than its few words, and not a text without a period.
_REACH = 2000
# Letters of the least word that may lend its first one to a short form with a digit of its own.
_WORD = 7
_LATIN = str.maketrans("αβγδΑΒΓΔ", "abgdABGD")
_LEADING_NOISE = re.compile(
    r"^(?:also |termed |called |known as |hereafter |abbreviated |i\.e\.,? |e\.g\.,? )+", re.IGNORECASE
)


def find_abbreviations(text: str, spans: Iterable[Span]) -> tuple[Abbreviation, ...]:
    """Return the definitions found in the given clean ranges (sentences), in order.

    Both "long form (SF)" and "SF (long form)" are read. ``Abbreviation.clean`` covers long and short form.
    """
    found: list[Abbreviation] = []
    for span in spans:
        sentence = text[span.start : span.end]
        if "(" not in sentence and "[" not in sentence:
            continue
        for match in _PARENTHESIS.finditer(sentence):
            definition = _read_definition(sentence, match)
            if definition is not None:
                short, long, start, end = definition
                found.append(Abbreviation(short, long, Span(span.start + start, span.start + end)))
    return tuple(found)


def _read_definition(sentence: str, match: re.Match[str]) -> tuple[str, str, int, int] | None:
    inner = _DOSE.split(re.split(r"[;,]\s", match.group(1))[0], maxsplit=1)[0].strip()
    offset = match.start(1) + match.group(1).index(inner) if inner else match.start(1)
    noise = _LEADING_NOISE.match(inner)
    if noise:
        inner, offset = inner[noise.end() :], offset + noise.end()
    base = max(0, match.start() - _REACH)
    before = sentence[base : match.start()].rstrip()
    if _AMOUNT.match(inner):
        return None
    if _SHORT.match(inner) and len(inner.split()) <= 2 and 2 <= len(inner) <= 12:
        clause = [cut.end() for cut in _CLAUSE.finditer(before)]
        low = clause[-1] if clause and clause[-1] < len(before) else 0
        limit = min(len(inner) + 5, len(inner) * 2)
        clause_text = before[low:]
        words = clause_text.rsplit(None, limit)
        if not words:
            return None
        # Beyond the limit, the first part is all that stands before the words.
        rest = clause_text[len(words[0]) :] if len(words) > limit else clause_text
        first = len(before) - len(rest.lstrip())
        start = _match_long_form(inner, before[first:])
        if start is None:
            return None
        return inner, before[first + start :], base + first + start, offset + len(inner)
    # "SF (long form)": the word before the parenthesis is the short form.
    last = re.search(r"[\w/+-]{2,10}$", before)
    if last is None or len(inner.split()) < 2 or not any(c.isupper() for c in last.group()):
        return None
    if _match_long_form(last.group(), inner) != 0:
        return None
    return last.group(), inner, base + last.start(), offset + len(inner)


def _match_long_form(short: str, candidate: str) -> int | None:
    """Return where the long form starts in ``candidate``, or ``None``: each letter matched from the right.

    Greek letters match the Latin ones they stand for, and a digit at the end of the short form may be its own, as in
    "estradiol (E2)", if the long form is one word.
    """
    folded = candidate.translate(_LATIN)
    start = _match_letters(short, folded)
    if start is None and len(short) > 1 and short[-1].isdigit() and not short[-2].isdigit():
        start = _match_letters(short[:-1], folded)
        if start is not None and (" " in candidate[start:] or len(candidate) - start < _WORD):
            return None
    return start


def _match_letters(short: str, candidate: str) -> int | None:
    if len(short) >= len(candidate) or not any(character.isalpha() for character in short):
        return None
    at = len(candidate) - 1
    for index in range(len(short) - 1, -1, -1):
        wanted = short[index].translate(_LATIN).lower()
        if not wanted.isalnum():
            continue
        while at >= 0 and (candidate[at].lower() != wanted or (index == 0 and at > 0 and candidate[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    start = at + 1
    long = candidate[start:]
    words = long.split()
    if len(long) < len(short) or short in words or len(words) > min(len(short) + 5, len(short) * 2):
        return None
    return start
