"""Sentence boundaries of biomedical prose, by rules over a list of abbreviations."""

from __future__ import annotations

import re

from pipeline.ingest.sentences_lexicon import ADMINISTERED, CAPITALS, LETTERED, NEVER_FINAL, OPENERS, SELDOM_FINAL
from pipeline.model.spans import Span

# A citation mark that nobody lifted out ("longer.[3,4] Males", "longer.12,13 Males") belongs to what it closes.
_NUMBERS = r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*"
_CANDIDATE = re.compile(
    r"(?P<stop>[.!?…][.!?…]*)(?P<close>[)\]}\"'”’»]*"
    rf"(?P<mark>\[{_NUMBERS}\](?=\s+\S)|(?<=[a-z)%]\.){_NUMBERS}(?=\s+[A-Z][a-z]+\s))?)(?P<space>\s+)(?=\S)"
)
_BRACKETS = re.compile(r"[()\[\]]")
_NEXT_WORD = re.compile(r"[(\[{\"'“‘«]*(?P<word>[\w’'+/αβγδκµ-]+)")
_INITIAL = re.compile(r"(?:[A-Z]\.-?)*[A-Z]$|(?:[A-Z][a-z]?\.)+[A-Z][a-z]?$")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,4}|[A-Ha-h])$")
_MIXED_CASE = re.compile(r"[a-zα-ω]{1,4}[-]?(?:[A-Z0-9α-ωΑ-Ω])")
_PLAIN_WORD = re.compile(r"[a-zà-ÿ]{3,}$|[A-Za-z]*[a-z]{2,}[-‐–][a-z]{3,}$")
_NUMBER_END = re.compile(r"\d[%)]?$|[)\]%]$")
_OPENING = str.maketrans("", "", "\"'“‘«”’»")
_LETTERED = re.compile(rf"(?:{'|'.join(LETTERED)})$", re.IGNORECASE)
_CLAUSE = re.compile(r"[A-Z][a-z]{2,}\s(?:[a-z]{3,}\s)?(?:was|were|is|are|had|has|did|showed|received)\b")
_PANEL = re.compile(r"\([a-z](?:[-–,]\s?[a-z])*\)\s")
_SIGNS = "*†‡§¶#(["
_LONGEST_ASIDE = 400


def split_sentences(text: str, *, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Return the sentences of ``text[start:end]`` in order, without the white space between them.

    The range should be one block: a paragraph, a caption, a heading. Linear in its length.
    """
    end = len(text) if end is None else end
    sentences: list[Span] = []
    low = start
    for candidate in _CANDIDATE.finditer(text, start, end):
        if candidate.start() < low or not _ends_sentence(text, candidate, low, end):
            continue
        sentences.append(_trim(text, low, candidate.end("close")))
        low = candidate.end()
    if text[low:end].strip():
        sentences.append(_trim(text, low, end))
    return tuple(sentences)


def _trim(text: str, low: int, high: int) -> Span:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return Span(low, high)


def _ends_sentence(text: str, candidate: re.Match[str], low: int, end: int) -> bool:
    following = _NEXT_WORD.match(text, candidate.end(), end)
    before = text[max(low, candidate.start() - 60) : candidate.start()]
    token = before.rsplit(None, 1)[-1] if before and not before[-1].isspace() else ""
    if not token and candidate["stop"] == ".":
        return following is not None and following["word"][0].isupper()
    if _is_inside_aside(text, candidate, low, end):
        return False
    if following is None:
        return text[candidate.end()] in _SIGNS
    word = following["word"]
    if _PANEL.match(text, candidate.end(), end):
        word = word.upper()
    if candidate["stop"] != ".":
        return not word[0].islower() or bool(_MIXED_CASE.match(word))
    return _period_ends(text, token, candidate.start() - len(token) if token else low, candidate, word, low)


def _period_ends(text: str, token: str, at: int, candidate: re.Match[str], word: str, low: int) -> bool:
    bare = token.translate(_OPENING).lstrip("([{").lower()
    core = re.split(r"[(\[/–—,;]", bare)[-1]
    initial = len(word) == 1 and text[candidate.end() + 1 : candidate.end() + 2] == "."
    opener = word.lower() in OPENERS and word[0].isupper() and not initial
    if at == low and _ENUMERATOR.match(token):
        return False
    if candidate["close"] and any(mark in ")]}" for mark in candidate["close"]) and core not in NEVER_FINAL:
        return not word[0].islower() or bool(_MIXED_CASE.match(word))
    # "CF", "SC" and "SP" in capitals are names, not the "cf." and "s.c." that they are spelt like.
    acronym = len(core) >= 2 and core.isalpha() and token.endswith(core.upper()) and core not in CAPITALS
    if core in NEVER_FINAL and not acronym:
        # "no", "fig" and the like are also plain words: a sentence opener after "no." still begins none.
        return False
    if core in SELDOM_FINAL and not acronym:
        clause = core in ADMINISTERED and bool(_CLAUSE.match(text, candidate.end()))
        return (opener or clause) and not (core == "al" and word.lower() in {"a", "an"})
    if _INITIAL.match(token.lstrip("([{\"'“‘")):
        before = text[max(low, at - 40) : at].split()
        if not before:
            return False
        if _LETTERED.search(before[-1]) and len(token) == 1 and not initial:
            return not word[0].islower()
        return opener and (before[-1][-1].islower() or before[-1][-1].isdigit())
    if word[0].islower():
        if _MIXED_CASE.match(word) and not word.islower():
            return True
        if _PLAIN_WORD.search(token):
            return True
        return bool(_NUMBER_END.search(token)) and not _ENUMERATOR.match(token) and word.isalpha() and len(word) > 3
    return True


def _is_inside_aside(text: str, candidate: re.Match[str], low: int, end: int) -> bool:
    """Whether the boundary lies in parentheses that opened in mid-sentence and close soon after."""
    depth = 0
    opened = -1
    floor = max(low, candidate.start() - _LONGEST_ASIDE)
    if text.rfind("(", floor, candidate.start()) < 0 and text.rfind("[", floor, candidate.start()) < 0:
        return False
    for bracket in reversed(list(_BRACKETS.finditer(text, floor, candidate.start()))):
        if bracket[0] in ")]":
            depth += 1
            continue
        if not depth:
            opened = bracket.start()
            break
        depth -= 1
    if opened < 0 or any(mark in ")]" for mark in candidate["close"]):
        return False
    if not text[low:opened].strip():
        return False
    close = ")" if text[opened] == "(" else "]"
    found = text.find(close, candidate.end(), min(end, opened + _LONGEST_ASIDE))
    return found >= 0
