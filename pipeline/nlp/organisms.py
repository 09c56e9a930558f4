"""Organisms by their names' shape and company: Latin names, names cut to an initial, plants that are no food.

"Tetrahymena pyriformis" may be in no vocabulary and is a species all the same; behind it, "T. pyriformis" is that one.
"Wheat" is a species in "wheat grown at 30 °C" and none in "wheat flour" or "rats were fed wheat".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from pipeline.model import Concept
from pipeline.nlp.vocabulary import DATA_DIRECTORY
from pipeline.nlp.vocabulary_tables import read_table

_LATIN: Final = re.compile(
    r"[A-Z][a-z]{2,}\s[a-z]{3,}(?:\s(?:subsp\.|var\.|ssp\.|pv\.|f\. sp\.)\s[a-z]{3,})?|[A-Z][a-z]?\.\s?[a-z]{4,}"
)
_CUT: Final = re.compile(r"(?<![\w.])([A-Z])\.[\s\u00a0]?([a-z]{3,})(?!\w)")
_BINOMIAL: Final = re.compile(r"([A-Z])[a-z]+\s([a-z]{3,})")
_MADE_OF_PLANTS: Final = re.compile(
    r"[\s-](?:oils?|brans?|germs?|flours?|starch(?:es)?|proteins?|breads?|extracts?|juices?|meals?|husks?|glutens?|syrups?|"
    r"fib(?:er|re)s?|diets?|feeds?|chips?|powders?|peels?|skins?|pulp|paste|sauce|soup|milk|isolates?|lectins?|agglutinins?|"
    r"products?|hay|straw|silage|chow|supplement\w*|wine|tea|peroxidase|polyphenols?|sugar|porridge|allerg\w+|butter)\b",
    re.IGNORECASE,
)
_EATEN: Final = re.compile(
    r"\b(?:fed|feeding|diets?|dietary|eat|eating|eaten|ate|foods?|consum\w+|intakes?|meals?|ingest\w+|supplement\w*|servings?)\b",
    re.IGNORECASE,
)


def is_latin_name(words: str) -> bool:
    """Whether words are written as a species is: a genus with an epithet, or its initial with one."""
    return _LATIN.fullmatch(words) is not None


@lru_cache(maxsize=1)
def list_plants() -> frozenset[str]:
    """Return the concepts of the table of plants."""
    return frozenset(entry.id for entry in read_table(DATA_DIRECTORY / "plants.tsv", label="SPECIES"))


def is_plant_matter(text: str, start: int, end: int, *, sentence: str) -> bool:
    """Whether a plant's name at [start, end) of `text` stands for food or stuff; `sentence` is the words around it."""
    return _MADE_OF_PLANTS.match(text, end) is not None or _EATEN.search(sentence) is not None


def find_short_names(
    text: str, named: Iterable[tuple[str, Concept | None]]
) -> Iterator[tuple[int, int, Concept | None]]:
    """Yield where a species that the text names in full stands with its genus cut to the initial.

    Args:
        named: the species of the text, words and concept. Where two have one short name, neither is meant.
    """
    meant: dict[tuple[str, str], set[Concept | None]] = {}
    for words, concept in named:
        binomial = _BINOMIAL.match(words)
        if binomial is not None:
            meant.setdefault((binomial[1], binomial[2]), set()).add(concept)
    for match in _CUT.finditer(text) if meant else ():
        concepts = meant.get((match[1], match[2]))
        known = {concept.id: concept for concept in concepts or () if concept is not None}
        if concepts and len(known) < 2:
            yield match.start(), match.end(), next(iter(known.values()), None)
