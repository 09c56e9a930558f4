"""Varies training texts the way papers do: capitals of headings, other dashes, a missing full stop.

Every change keeps the length of the text, or only cuts its end, so that offsets stay valid. Choices come from a
generator seeded by the caller; the same seed gives the same texts.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeVar

from pipeline.training.records import AnnotatedText, ParsedSentence

Record = TypeVar("Record", AnnotatedText, ParsedSentence)
_DASHES: Final = "–−‐‑"
_SMALL_WORDS: Final = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with", "vs"]
)


def vary_texts(records: Iterable[Record], *, share: float, seed: int) -> Iterator[Record]:
    """Yield each record, and after about `share` (0–1) of them a varied copy."""
    chooser = random.Random(seed)
    changes: tuple[Callable[[str], str], ...] = (str.upper, capitalise_title, str.lower, swap_dashes(chooser))
    for record in records:
        yield record
        if chooser.random() >= share:
            continue
        changed = chooser.choice(changes)(record.text)
        if len(changed) == len(record.text) and changed != record.text:
            yield replace(record, text=changed)


def capitalise_title(text: str) -> str:
    """Return the text with the first letter of each word but the small ones in upper case."""
    words = text.split(" ")
    return " ".join(
        word if index and word in _SMALL_WORDS else word[:1].upper() + word[1:] for index, word in enumerate(words)
    )


def swap_dashes(chooser: random.Random) -> Callable[[str], str]:
    """Return a change that writes each hyphen of a text as one other dash, as PDF readers do."""

    def swap(text: str) -> str:
        return text.replace("-", chooser.choice(_DASHES))

    return swap
