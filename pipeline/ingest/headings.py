"""What headings look like in flattened text, and the labels with which paragraphs of abstracts begin."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.ingest.headings_lexicon import RUN_IN_LABELS
from pipeline.ingest.lines import count_function_words

_NUMBERING = re.compile(r"^(?:\d{1,2}[a-h]?(?:\.\d{1,2}){0,3}\.?\s+|[IVX]{1,4}\.\s+)(?=\S)")
_HEADING_START = re.compile(r"[A-ZÀ-Þ“‘\"0-9(α-ω]|[a-z]{1,2}[A-Z]")
_NEVER_LAST = frozenset("a an and as at by for from in into of on or our than that the their to was were with".split())
_CLAUSE = re.compile(r"\b(?:[Ww]e|was|were|had|has been|have been|did not|I)\s(?=\w)|\b(?:was|were)$")
_OPENING = re.compile(r"(?:In|On|At|By|For|However|Moreover|Furthermore|Thus|Therefore|Here)\b[^,]{0,40},\s")
_ADDRESS = re.compile(r"\bUniversit\w+,|,\s(?:University|Department|Institute)\b|\bUniversit\w+\sof\s[A-Z][\w ]+,")
_NO_HEADING = re.compile(r"[.!;]\s|[.!][”\"]|\[\d|@|https?:|\d{4};|^[\d\s.,%()–-]+$|\bet al\b")
_RUN_IN = re.compile(rf"(?P<label>(?:{'|'.join(RUN_IN_LABELS)})\s?[:.–—])\s+(?=[A-Z0-9“(\[])", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def match_run_in(text: str) -> re.Match[str] | None:
    """Return the match, with ``label``, where a text begins with a label of a structured abstract."""
    match = _RUN_IN.match(text)
    return match if match is not None and text[0].isupper() else None


def is_run_in(text: str) -> bool:
    """Whether a text begins with a label of a structured abstract ("Methods: Mice were …")."""
    return match_run_in(text) is not None


@lru_cache(maxsize=16_384)
def looks_like_heading(text: str, height: int) -> bool:
    """Whether a text of ``height`` lines has the form of a heading: no sentence, no list of numbers, no reference."""
    text = _NUMBERING.sub("", text)
    words = text.split()
    if not 1 <= len(words) <= 18 or len(text) > 140 or len(text) < 3 or not _HEADING_START.match(text):
        return False
    if _NO_HEADING.search(text) or text.endswith((".", ",", ";", "-")):
        return False
    if text.endswith("?") and not is_title_case(text):
        return False
    if words[-1].lower() in _NEVER_LAST or _CLAUSE.search(text) or _OPENING.match(text):
        return False
    function, total = count_function_words(text)
    digits = sum(any(c.isdigit() for c in word) for word in words)
    if _ADDRESS.search(text):
        return False
    return total >= 1 and digits <= max(1, len(words) // 3) and (function <= 0.6 * total or height > 1)


def is_title_case(text: str) -> bool:
    """Whether most words of some length begin with a capital."""
    long = [word for word in text.split() if len(word) >= 4 and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.6 * len(long)
