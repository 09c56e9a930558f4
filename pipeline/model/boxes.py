"""The boxes of a long document, held as columns of numbers instead of as objects."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from pipeline.model.documents import CharacterBox
from pipeline.model.spans import Span


class PackedBoxes(Sequence[CharacterBox]):
    """A sequence of boxes in 56 bytes each; a box is made when it is asked for.

    A page of print has about a thousand words, so that a book's boxes as objects take more memory than its text. Two
    of these are equal when they hold equal boxes.
    """

    __slots__ = ("_edges", "_places")

    def __init__(self, boxes: Iterable[CharacterBox] = ()) -> None:
        self._places = array("q")
        self._edges = array("d")
        for box in boxes:
            self.add(box.span, box.page, (box.x0, box.y0, box.x1, box.y1))

    def add(self, span: Span, page: int, edges: tuple[float, float, float, float]) -> None:
        """Add a box behind the others; ``edges`` are left, lower, right and upper, in points."""
        self._places.extend((span.start, span.end, page))
        self._edges.extend(edges)

    def __len__(self) -> int:
        return len(self._edges) // 4

    @overload
    def __getitem__(self, index: int) -> CharacterBox: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[CharacterBox, ...]: ...
    def __getitem__(self, index: int | slice) -> CharacterBox | tuple[CharacterBox, ...]:
        if isinstance(index, slice):
            return tuple(self._make(number) for number in range(*index.indices(len(self))))
        number = range(len(self))[index]
        return self._make(number)

    def __iter__(self) -> Iterator[CharacterBox]:
        return map(self._make, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PackedBoxes):
            return NotImplemented
        return self._places == other._places and self._edges == other._edges

    def __hash__(self) -> int:
        return hash((self._places.tobytes(), self._edges.tobytes()))

    def __repr__(self) -> str:
        return f"PackedBoxes({tuple(self)!r})"

    def _make(self, number: int) -> CharacterBox:
        start, end, page = self._places[3 * number : 3 * number + 3]
        return CharacterBox(Span(start, end), page, *self._edges[4 * number : 4 * number + 4])
