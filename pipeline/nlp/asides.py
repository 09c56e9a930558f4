"""Bracketed figures and short forms, "(p < 0.05)", "(VLDL)": set aside for the parse, hung back afterwards.

The parser has seen few of them, and one in the middle of a phrase costs the phrase its head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.ingest.abbreviations import find_abbreviations
from pipeline.model import Span, Token
from pipeline.nlp.asides_lexicon import FIGURE_WORDS

_BRACKETED = re.compile(r"\s*(?:\((?:[^()\[\]]|\([^()]*\)|\[[^\[\]]*\])*\)|\[(?:[^()\[\]]|\([^()]*\))*\])")
_WORD = re.compile(r"[^\W\d_]+")
_COMPARES = re.compile(r"\bvs\b|\bversus\b|[=<>±]|\+/-")
_MAX_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A text without its asides. ``cuts`` are the ranges of the whole text that were left out, in order."""

    text: str
    cuts: tuple[tuple[int, int], ...]

    def restore(self, offset: int, *, end: bool = False) -> int:
        """Return where an offset into the trimmed text lies in the whole text.

        Args:
            end: whether the offset closes a stretch, so that a cut right there stays behind it.
        """
        for start, stop in self.cuts:
            if offset < start or (end and offset == start):
                break
            offset += stop - start
        return offset


def trim_asides(text: str) -> Trimmed:
    """Leave out brackets that hold nothing but figures and their words, or the short form of what stands before them.

    A bracket at the start of the text, or glued to a word on either side, stays.
    """
    cuts = []
    defined = {definition.clean.end for definition in find_abbreviations(text, [Span(0, len(text))])}
    for match in _BRACKETED.finditer(text):
        start, end = match.span()
        if not start or end - start > _MAX_CHARACTERS or not text[start].isspace():
            continue
        free = end == len(text) or not text[end].isalnum()
        short = end - 1 in defined and " " not in match.group().strip()
        if free and (short or _holds_figures(match.group())):
            cuts.append((start, end))
    if not cuts:
        return Trimmed(text, ())
    pieces = [text[left:right] for left, right in _rest(cuts, len(text))]
    return Trimmed("".join(pieces), tuple(cuts))


def _rest(cuts: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    edges = [0, *(edge for cut in cuts for edge in cut), length]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _holds_figures(aside: str) -> bool:
    """Whether a bracket holds figures: no strange word, one by units or statistics, three where two are compared."""
    if not any(character.isdigit() for character in aside):
        return False
    words = _WORD.findall(aside)
    strange = [word for word in words if word.lower() not in FIGURE_WORDS]
    allowed = 3 if _COMPARES.search(aside) else 1 if len(words) > len(strange) else 0
    return len(strange) <= allowed


def hang_asides(tokens: tuple[Token, ...], asides: Sequence[Sequence[tuple[str, int]]]) -> tuple[Token, ...]:
    """Return a parsed sentence's tokens with those of its asides, each aside hung on the word before it.

    Args:
        tokens: the tokens of the trimmed sentence with their places in the whole one.
        asides: for each aside, in order, its words and their places.
    """
    if not asides or not tokens:
        return tokens
    firsts = {aside[0][1]: aside for aside in asides if aside}
    merged: list[tuple[Token, int | None]] = []  # with the index of its head among the old tokens, if it is an old one
    places: dict[int, int] = {}
    waiting = sorted(firsts)
    for old, token in enumerate(tokens):
        while waiting and waiting[0] < token.start:
            _hang(merged, firsts[waiting.pop(0)])
        places[old] = len(merged)
        merged.append((token, token.head))
    for start in waiting:
        _hang(merged, firsts[start])
    return tuple(token if head is None else replace(token, head=places[head]) for token, head in merged)


def _hang(merged: list[tuple[Token, int | None]], words: Sequence[tuple[str, int]]) -> None:
    """Append an aside: its first word hangs on the word before, the others on the first."""
    first = len(merged)
    governor = max(first - 1, 0)
    for position, (text, start) in enumerate(words):
        token = Token(
            text=text,
            lemma=text.lower(),
            tag=_tag(text),
            dep="parataxis" if not position else "punct" if not text.isalnum() else "dep",
            head=governor if not position else first,
            start=start,
            end=start + len(text),
        )
        merged.append((token, None))


def _tag(text: str) -> str:
    if text in "([":
        return "-LRB-"
    if text in ")]":
        return "-RRB-"
    if any(character.isdigit() for character in text):
        return "CD"
    return "NN" if text.isalpha() else "SYM"
