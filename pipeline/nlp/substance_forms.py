"""Substances told by their form alone: a code ("PJ34") where one was given, a word with a drug's stem ("-prazole").

Stems are those of the WHO's international nonproprietary names that no common word ends in.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from pipeline.nlp.administration import words_say_given
from pipeline.nlp.vocabulary import DATA_DIRECTORY
from pipeline.nlp.vocabulary_tables import read_table

COLOURS: Final = frozenset("blue red green yellow orange purple violet white black brown pink grey gray".split())
"""Words that are no substance by themselves, but end the names of dyes."""
_STEMS = (
    "olimus|tinib|ciclib|parib|zomib|limab|tuzumab|[lnst]umab|ximab|vastatin|gliptin|gliflozin|glitazone|glutide|sartan|"
    "prazole|conazole|nidazole|setron|triptan|oxacin|cycline|vudine|buvir|previr|lukast|dipine|olol|azepam|barbital|coxib|"
    "fenacin|gatran|xaban|grelor|mycin|rubicin|platin|taxel|bactam|thiazide|lisib|sertib|dronate|oxetine|triptyline"
)
_STEMMED = re.compile(rf"(?<![\w-])[A-Za-z][a-z]{{3,}}(?:{_STEMS})(?![\w-])")
_DRUG_STEM = re.compile(rf"[a-z]{{3,}}(?:{_STEMS}|azole|statin)$")
_CODE = re.compile(r"(?<![\w./-])(?:[A-Z]{2,5}[- ]?\d{2,6}|[A-Z][- ]?\d{3,6})[A-Za-z]{0,2}(?![\w/]|-\d|-[A-Z]|[.,]\d)")
# Codes of antigens, embryonic days, grants and the like; a substance's code has none of these before its number.
_OTHER_CODES = re.compile(r"(?:AIN|CD|COVID|SF|ISBN|ICD|NCT|PMC|PMID|DOI|DSM|RRID|ISO|GSE|NO|OR|AND|IN|OF|TO)[- ]?\d")
_AMOUNT = re.compile(r"\s?(?:[%µμ]|(?:mg|g|kg|ml|mL|IU|U|mM|nM|ppm|mmol|h|days?|weeks?|months?|years?)\b)")
_NOT_GIVEN = re.compile(
    r"\s?(?:-\s?)?(?:cells?|mice|rats|strains?|virus(?:es)?|diets?|chow|buffer|medium|antigens?)\b", re.I
)


@lru_cache(maxsize=1)
def list_reagents() -> frozenset[str]:
    """Return the concepts of the table of laboratory reagents."""
    return frozenset(entry.id for entry in read_table(DATA_DIRECTORY / "reagents.tsv", label="CHEMICAL"))


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
        if _NOT_GIVEN.match(text, end) or _AMOUNT.match(text, end):
            continue
        places.setdefault(match.group(), []).append((start, end))
        if words_say_given(text[max(0, start - 60) : start], text[end : end + 40]):
            given.add(match.group())
    return sorted(place for code in given for place in places[code])


def find_stem_names(text: str, taken: Collection[int]) -> list[tuple[int, int]]:
    """Return the clean ranges of words that end in a drug's stem, outside other names.

    Args:
        taken: offsets that belong to other names.
    """
    return [match.span() for match in _STEMMED.finditer(text) if match.start() not in taken]


def has_drug_stem(surface: str) -> bool:
    """Whether a name of one word ends as drugs' names do."""
    return bool(_DRUG_STEM.match(surface.lower()))
