"""A page as pieces of lines, its glyphs let go: what stands upright, what is set aside, what is rotated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pipeline.ingest.pdf_accents import join_accents, mend_degrees
from pipeline.ingest.pdf_glyphs import UNKNOWN, Page, Rule
from pipeline.ingest.pdf_lines import Piece, make_pieces, make_words, sort_lines

_UNKNOWN_SHARE: Final = 0.2


@dataclass(slots=True)
class PageText:
    """A page's pieces in content order.

    Attributes:
        page: number, size and rotation; its glyphs are gone.
        pieces: upright text.
        artifacts: lines that the file itself marks as no part of the text, from top to bottom.
        rotated: rotated text, one line a run, in content order.
        characters: how many characters the page shows, and how many of them have no Unicode value.
    """

    page: Page
    pieces: list[Piece]
    artifacts: list[Piece]
    rotated: list[Piece]
    characters: int
    unknown: int

    @property
    def number(self) -> int:
        """Its number, from 1."""
        return self.page.number

    @property
    def width(self) -> float:
        """Its width as seen, in points."""
        return self.page.width

    @property
    def height(self) -> float:
        """Its height as seen, in points."""
        return self.page.height

    @property
    def rules(self) -> list[Rule]:
        """Its thin lines."""
        return self.page.rules

    @property
    def pictures(self) -> list[Rule]:
        """The boxes of its pictures."""
        return self.page.pictures

    @property
    def mostly_unknown(self) -> bool:
        """Whether too many of its characters have no Unicode value for the page to be read."""
        return self.unknown > _UNKNOWN_SHARE * self.characters


def settle_page(page: Page) -> PageText:
    """Return the page's pieces of lines."""
    glyphs = mend_degrees(join_accents(page.glyphs))
    shown = [glyph.text for glyph in glyphs if glyph.text.strip()]
    rotated = make_words([glyph for glyph in glyphs if not glyph.upright])
    artifacts = make_words([glyph for glyph in glyphs if glyph.aside and glyph.upright])
    upright = make_words([glyph for glyph in glyphs if glyph.upright and not glyph.aside])
    return PageText(
        page._replace(glyphs=[]),
        make_pieces(upright, page=page.number),
        sort_lines(make_pieces(artifacts, page=page.number)),
        [Piece([word], page=page.number).settle() for word in rotated],
        len(shown),
        sum(text == UNKNOWN for text in shown),
    )
