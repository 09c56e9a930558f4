"""Framed text: boxes with a text of their own, around which the paragraphs of a page flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.ingest.pdf_blocks import TextBlock, build_blocks
from pipeline.ingest.pdf_columns import Column, order_columns
from pipeline.ingest.pdf_glyphs import Page, Rule
from pipeline.ingest.pdf_headings import Typography
from pipeline.ingest.pdf_lines import Piece

_NEAR: Final = 3.0
_LEAST_WIDTH: Final = 80.0
_LEAST_HEIGHT: Final = 20.0
_MOST: Final = 0.6
"""A frame with more than this share of a page's pieces is the page's own."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of a framed text, and its page."""

    page: int
    columns: tuple[Column, ...]


def find_frames(page: Page, pieces: Sequence[Piece], *, body_size: float) -> list[list[Piece]]:
    """Return the pieces of each ruled frame whose text is set in another size than running text.

    The first page has none: what is framed there is front matter or the abstract.
    """
    if page.number == 1:
        return []
    found: list[list[Piece]] = []
    taken: set[int] = set()
    for frame in _find_boxes(page):
        inside = [piece for piece in pieces if id(piece) not in taken and _holds(frame, piece)]
        letters = sum(len(piece.text) for piece in inside)
        size = sum(piece.size * len(piece.text) for piece in inside) / letters if letters else body_size
        if len(inside) >= 2 and len(inside) <= _MOST * len(pieces) and abs(size - body_size) > 0.4:
            taken.update(map(id, inside))
            found.append(inside)
    return found


def _find_boxes(page: Page) -> list[Rule]:
    """Return the boxes that two upright and two level rules make, the smallest first."""
    upright = [rule for rule in page.rules if rule.x1 - rule.x0 <= 2.5 and rule.y1 - rule.y0 >= _LEAST_HEIGHT][:200]
    level = [rule for rule in page.rules if rule.y1 - rule.y0 <= 2.5 and rule.x1 - rule.x0 >= _LEAST_WIDTH]
    boxes = []
    for left in upright:
        for right in upright:
            wide = _LEAST_WIDTH <= right.x0 - left.x0 <= 0.95 * page.width
            if wide and abs(left.y0 - right.y0) < _NEAR and abs(left.y1 - right.y1) < _NEAR:
                box = Rule(left.x0, left.y0, right.x1, left.y1)
                if all(any(_closes(rule, box, y) for rule in level) for y in (box.y0, box.y1)):
                    boxes.append(box)
    return sorted(boxes, key=lambda box: ((box.x1 - box.x0) * (box.y1 - box.y0), -box.y1, box.x0))


def _closes(rule: Rule, box: Rule, height: float) -> bool:
    return abs(rule.y0 - height) < _NEAR and rule.x0 <= box.x0 + _NEAR and rule.x1 >= box.x1 - _NEAR


def _holds(box: Rule, piece: Piece) -> bool:
    return box.y0 < piece.base < box.y1 and piece.x0 >= box.x0 - 1 and piece.x1 <= box.x1 + 1


def order_frame(pieces: Sequence[Piece], *, page: Page, body_size: float) -> Frame:
    """Return a frame's text in reading order."""
    return Frame(page.number, tuple(order_columns(pieces, width=page.width, body_size=body_size)))


def insert_frames(blocks: list[TextBlock], frames: Sequence[Frame], *, typography: Typography) -> None:
    """Put the blocks of framed texts behind the last block that begins on their page, in place."""
    for frame in frames:
        at = next((number for number, block in enumerate(blocks) if block.lines[0].page > frame.page), len(blocks))
        while at and blocks[at - 1].kind in {"reference", "heading", None}:
            at -= 1
        blocks[at:at] = [part for block in build_blocks(frame.columns, typography=typography) for part in _part(block)]


def _part(block: TextBlock) -> list[TextBlock]:
    """Return a framed block with the bold line that titles it as a caption of its own."""
    if block.kind == "heading":
        block.kind, block.section, block.level = "caption", "caption", None
        return [block]
    first, *rest = block.lines
    if not rest or not first.bold or rest[0].bold:
        return [block]
    breaks = {number - 1 for number in block.breaks if number > 1}
    return [TextBlock([first], kind="caption", section="caption"), TextBlock(rest, kind=block.kind, breaks=breaks)]
