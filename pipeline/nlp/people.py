"""Words for people that are said of animals: "elderly laboratory mice" are no older people."""

from __future__ import annotations

import re
from collections.abc import Iterable

Range = tuple[int, int]

# Names of people that are adjectives as well: before an animal's name they are said of the animal.
_ADJECTIVES = frozenset("adult aged elderly geriatric infant juvenile middle-aged obese old young".split())
_BETWEEN = re.compile(r"[\s-]+(?:(?!(?:and|as|but|in|of|on|or|than|to|with)\b)\w+[\s-]+){0,2}", re.IGNORECASE)


def find_animal_attributes(text: str, people: Iterable[Range], animals: Iterable[Range]) -> set[Range]:
    """Return the clean ranges of adjectives among the names of people that stand right before an animal's name."""
    starts = sorted(start for start, _ in animals)
    found = set()
    for start, end in people:
        following = next((first for first in starts if first >= end), None)
        if following is None or text[start:end].lower() not in _ADJECTIVES:
            continue
        if _BETWEEN.fullmatch(text, end, following):
            found.add((start, end))
    return found
