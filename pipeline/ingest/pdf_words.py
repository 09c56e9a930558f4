"""Words of a page, and a line's words held as columns: a long document has half a million of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload


class Style(NamedTuple):
    """What words set alike on one line share: baseline, font size, lower edge (in points) and the font's name."""

    base: float
    size: float
    bottom: float
    font: str

    @property
    def bold(self) -> bool:
        """Whether the font's name says that it is bold."""
        name = self.font.lower()
        return "bold" in name or "black" in name or "heavy" in name or name.endswith(("-bd", ".b", "semibold", "-b"))

    @property
    def italic(self) -> bool:
        """Whether the font's name says that it is italic."""
        name = self.font.lower()
        return "ital" in name or "obli" in name or name.endswith((".i", "-it"))


class Word(NamedTuple):
    """Characters of one size and baseline without a space among them; ``glued`` when no space stands before."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bottom: float
    font: str
    glued: bool

    @property
    def style(self) -> Style:
        """How it is set."""
        return Style(*self[3:7])

    @property
    def bold(self) -> bool:
        """Whether the font's name says that it is bold."""
        return self.style.bold

    @property
    def italic(self) -> bool:
        """Whether the font's name says that it is italic."""
        return self.style.italic


class PackedWords(Sequence[Word]):
    """A sequence of words in about a quarter of their memory; a word is made when it is asked for."""

    __slots__ = ("_edges", "_glued", "_styles", "texts")

    def __init__(self, words: Iterable[Word]) -> None:
        words = words if isinstance(words, (list, tuple)) else list(words)
        self.texts = tuple([word[0] for word in words])
        self._edges = array("d", [edge for word in words for edge in word[1:3]])
        styles = [word[3:7] for word in words]
        alike = bool(styles) and styles.count(styles[0]) == len(styles)
        self._styles = tuple(Style(*style) for style in (styles[:1] if alike else styles))
        self._glued = bytes([word[7] for word in words])

    @property
    def style(self) -> Style | None:
        """How the words are set, where all are set alike."""
        return self._styles[0] if len(self._styles) == 1 else None

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> list[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | list[Word]:
        if isinstance(index, slice):
            return [self._make(number) for number in range(*index.indices(len(self)))]
        return self._make(range(len(self.texts))[index])

    def __iter__(self) -> Iterator[Word]:
        return map(self._make, range(len(self.texts)))

    def _make(self, number: int) -> Word:
        style = self._styles[number if len(self._styles) > 1 else 0]
        edges = self._edges
        return Word(self.texts[number], edges[2 * number], edges[2 * number + 1], *style, bool(self._glued[number]))
