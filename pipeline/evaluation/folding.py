"""Text folded for comparison, with the way back to its characters.

Three strengths, each a view of the same source: as it stands; without spacing and with typographic variants folded;
and also without hyphens between letters, so that a word broken at a line end equals the whole one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_VARIANTS = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


class Strength(IntEnum):
    """How much two texts may differ in print and still be the same words."""

    EXACT = 0
    SPACING = 1
    HYPHEN = 2


@dataclass(frozen=True, slots=True)
class FoldedText:
    """Folded characters; ``offsets[i]`` is the code point of the source that ``text[i]`` was read from."""

    text: str
    offsets: tuple[int, ...]

    def window(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of folded characters that were read from source ``[start, end)``."""
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)


def fold_text(text: str, strength: Strength) -> FoldedText:
    """Return the text folded to a strength, letter case kept."""
    if strength is Strength.EXACT:
        return FoldedText(text, tuple(range(len(text))))
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for folded in _fold_character(character):
            characters.append(folded)
            offsets.append(offset)
    if strength is Strength.HYPHEN:
        kept = [
            index
            for index, character in enumerate(characters)
            if not (
                character == "-"
                and 0 < index < len(characters) - 1
                and characters[index - 1].isalpha()
                and characters[index + 1].isalpha()
            )
        ]
        characters = [characters[index] for index in kept]
        offsets = [offsets[index] for index in kept]
    return FoldedText("".join(characters), tuple(offsets))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character.isspace() or character in _DROPPED:
        return ""
    if character in _VARIANTS:
        return _VARIANTS[character]
    folded = unicodedata.normalize("NFKC", character)
    return "".join(_VARIANTS.get(part, part) for part in folded if not part.isspace())


@lru_cache(maxsize=16384)
def fold_phrase(text: str) -> str:
    """Return a phrase in its comparable form: case, hyphenation and typography folded, words one space apart.

    A hyphen before a line break joins the word; any other hyphen between letters is a space.
    """
    joined = re.sub(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[^\W\d_])", "", text)
    folded = unicodedata.normalize("NFKC", joined)
    folded = "".join(_VARIANTS.get(character, character) for character in folded if character not in _DROPPED)
    folded = re.sub(r"(?<=\w)-(?=[^\W\d_])", " ", folded.casefold())
    return " ".join(folded.split()).strip(" .,;:()[]\"'")


class QuoteFinder:
    """Finds quotes in one source text, exactly where it can and by folded reading where it must."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._views = {strength: fold_text(source, strength) for strength in Strength}
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", source))]

    def line_of(self, offset: int) -> int:
        """Return the 1-based line that holds a code point."""
        return bisect_right(self._line_starts, offset)

    def line_range(self, first: int, last: int) -> tuple[int, int]:
        """Return the range of lines ``first`` to ``last`` (1-based, both included), outer blanks left out.

        Raises:
            ValueError: if the source has no such lines.
        """
        if not 1 <= first <= last <= len(self._line_starts):
            raise ValueError(f"lines {first}-{last} are not in a text of {len(self._line_starts)} lines")
        start = self._line_starts[first - 1]
        end = self._line_starts[last] if last < len(self._line_starts) else len(self.source)
        block = self.source[start:end]
        start += len(block) - len(block.lstrip())
        return start, max(start, start + len(block.strip()))

    def find(self, quote: str, *, start: int = 0, end: int | None = None, whole: bool = False) -> list[tuple[int, int]]:
        """Return every place of a quote inside ``[start, end)``, by the mildest strength that finds one.

        Args:
            whole: prefer places that do not cut a word or a number in two; others count only if there is none.
        """
        stop = len(self.source) if end is None else end
        for strength in Strength:
            places = list(self._find_folded(quote, strength, start, stop))
            if whole and places:
                places = [place for place in places if self._is_whole(*place)] or (
                    places if strength is Strength.HYPHEN else []
                )
            if places:
                return places
        return []

    def _find_folded(self, quote: str, strength: Strength, start: int, stop: int) -> Iterator[tuple[int, int]]:
        needle = fold_text(quote.strip(), strength).text
        if not needle:
            return
        view = self._views[strength]
        low, high = view.window(start, stop)
        at = view.text.find(needle, low, high)
        while at >= 0:
            yield view.offsets[at], view.offsets[at + len(needle) - 1] + 1
            at = view.text.find(needle, at + 1, high)

    def _is_whole(self, start: int, end: int) -> bool:
        return not (self._joins(start - 1, start) or self._joins(end - 1, end))

    def _joins(self, left: int, right: int) -> bool:
        """Whether the characters at two neighbouring offsets belong to one word or one number."""
        if left < 0 or right >= len(self.source):
            return False
        first, second = self.source[left], self.source[right]
        if first.isalpha() and second.isalpha():
            return True
        if first.isdigit() and second.isdigit():
            return True
        if first.isdigit() and second in ".," and right + 1 < len(self.source):
            return self.source[right + 1].isdigit()
        if second.isdigit() and first in ".," and left > 0:
            return self.source[left - 1].isdigit()
        return False
