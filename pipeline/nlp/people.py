"""Words for people that are said of animals: "elderly laboratory mice" are no older people."""

from __future__ import annotations

import re
from collections.abc import Iterable

Range = tuple[int, int]

_BETWEEN = re.compile(r"[\s-]+(?:\w+[\s-]+){0,2}")


def find_animal_attributes(text: str, people: Iterable[Range], animals: Iterable[Range]) -> set[Range]:
    """Return the clean ranges of one-word names of people that stand as an attribute before an animal's name."""
    starts = sorted(start for start, _ in animals)
    found = set()
    for start, end in people:
        following = next((first for first in starts if first >= end), None)
        if following is not None and " " not in text[start:end] and _BETWEEN.fullmatch(text, end, following):
            found.add((start, end))
    return found
