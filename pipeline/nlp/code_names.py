"""Substances known by a code, "PJ34", "MK-801", "SB 203580": found where a document says that one was given."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.nlp.administration import words_say_given

_CODE = re.compile(r"(?<![\w./-])(?:[A-Z]{2,5}[- ]?\d{2,6}|[A-Z][- ]?\d{3,6})[A-Za-z]{0,2}(?![\w/]|-\d|-[A-Z]|[.,]\d)")
# Codes of antigens, embryonic days, grants and the like; a substance's code has none of these before its number.
_OTHER_CODES = re.compile(r"(?:CD|ISBN|ICD|NCT|PMC|PMID|DOI|DSM|RRID|ISO|GSE|NO|OR|AND|IN|OF|TO)[- ]?\d")
_NOT_GIVEN = re.compile(
    r"\s?(?:-\s?)?(?:cells?|mice|rats|strains?|virus(?:es)?|diets?|chow|buffer|medium|antigens?)\b", re.I
)


def find_code_names(text: str, taken: Collection[int]) -> list[tuple[int, int]]:
    """Return the clean ranges of every place of the codes that the text somewhere says were administered.

    Args:
        taken: offsets that belong to other names.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    given: set[str] = set()
    for match in _CODE.finditer(text):
        start, end = match.span()
        if start in taken or end - 1 in taken or _OTHER_CODES.match(match.group()):
            continue
        if _NOT_GIVEN.match(text, end):
            continue
        places.setdefault(match.group(), []).append((start, end))
        if words_say_given(text[max(0, start - 60) : start], text[end : end + 40]):
            given.add(match.group())
    return sorted(place for code in given for place in places[code])
