"""Running heads, page numbers and licence lines: what stands at the edge of pages and comes again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from pipeline.ingest.pdf_lines import Piece

EDGE: Final = 0.14
"""Share of the page's height, at its top and bottom, in which running heads and feet stand."""
_SIDE: Final = 0.09
_DIGITS: Final = re.compile(r"\d+")
_LONE_NUMBER: Final = re.compile(r"[^\w%.]{0,3}\d{1,6}[^\w%.]{0,3}")
_SHARE: Final = 0.15
"""Share of a longer document's pages on which a running head stands at least: even pages often differ from odd ones."""
_ROMAN: Final = re.compile(r"\b[ivxlc]+\b")
_PAGE_NUMBER: Final = re.compile(r"(?:page\s*)?\d{1,5}(?:\s*(?:of|/)\s*\d{1,4})?|[ivxlc]{1,5}|e\d{1,6}", re.IGNORECASE)
_IMPRINT: Final = re.compile(
    r"^(?:downloaded from|this article is protected by copyright|for personal use only|see discussions, stats|"
    r"view publication stats|author manuscript|hhs public access|(?:nih-pa )?author manuscript|"
    r"published by|please cite this|submit your (?:next )?manuscript|doi:?\s*(?:https?://\S+|10\.\d{4,9}/\S+)$|"
    r"page \d+ of \d+|\(page number not for citation purposes\)|"
    r"bioRxiv preprint|medRxiv preprint|\.?CC-BY[\w .-]* international license)",
    re.IGNORECASE,
)
_COMPONENT: Final = re.compile(
    r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/|doi:\s*https?://(?:dx\.)?doi\.org/)10\.\d{4,9}/\S+[./-]"
    r"(?:[gts]\d{3,}|(?:fig|table|supp)-?\d+)",
    re.IGNORECASE,
)
"""The DOI of a figure or table on a line of its own, as some publishers set it below the caption."""


def find_furniture(pages: Sequence[tuple[Sequence[Piece], float, float]]) -> set[int]:
    """Return the ``id`` of each piece that is furniture.

    A piece at a page's edge is furniture when the same words, numbers aside, stand at about the same height on other
    pages; so is a lone page number there, an imprint by its words, and the DOI of a figure.

    Args:
        pages: each page's pieces, with its width and height in points.
    """
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    edge_pieces: list[tuple[int, Piece, str, int]] = []
    for number, (pieces, width, height) in enumerate(pages):
        for piece in pieces:
            if not _at_edge(piece, width, height, pieces):
                continue
            key = _ROMAN.sub("#", _DIGITS.sub("#", piece.text.casefold()))
            band = round(piece.base / 8)
            edge_pieces.append((number, piece, key, band))
            for near in (band - 1, band, band + 1):
                seen[key, near].add(number)
    furniture: set[int] = set()
    needed = 2 if len(pages) < 8 else max(3, round(_SHARE * len(pages)))
    counting = _count_up([(number, piece.text) for number, piece, _, _ in edge_pieces])
    for number, piece, key, band in edge_pieces:
        _, width, height = pages[number]
        if _LONE_NUMBER.fullmatch(piece.text) and not counting[number - int(_DIGITS.findall(piece.text)[0])] > 1:
            continue  # a table's cell at the edge
        repeated = len(seen[key, band]) >= needed and len(pages) > 1
        outer = piece.base > height * (1 - EDGE) or piece.base < height * EDGE
        lone = bool(_PAGE_NUMBER.fullmatch(piece.text.strip(" -–—|•"))) and outer and len(seen[key, band]) >= 2
        if repeated or lone or _IMPRINT.match(piece.text):
            furniture.add(id(piece))
    for pieces, _, height in pages:
        furniture.update(id(piece) for piece in pieces if _COMPONENT.fullmatch(piece.text.strip()))
        _add_neighbours(pieces, height, furniture)
    return furniture


def _count_up(numbered: Sequence[tuple[int, str]]) -> Counter[int]:
    """Return on how many pages a lone number stands at each distance from the page's own number."""
    found = {(page, page - int(_DIGITS.findall(text)[0])) for page, text in numbered if _LONE_NUMBER.fullmatch(text)}
    return Counter(distance for _, distance in found)


def _at_edge(piece: Piece, width: float, height: float, pieces: Sequence[Piece]) -> bool:
    if piece.base > height * (1 - EDGE) or piece.base < height * EDGE:
        return True
    if piece.x1 < width * _SIDE or piece.x0 > width * (1 - _SIDE):
        return True
    bases = sorted({round(other.base) for other in pieces})
    return len(bases) > 8 and (piece.base <= bases[1] + 1 or piece.base >= bases[-2] - 1)


def _add_neighbours(pieces: Sequence[Piece], height: float, furniture: set[int]) -> None:
    """Add short pieces on the same baseline as furniture, beyond the outermost running text."""
    found = [piece for piece in pieces if id(piece) in furniture]
    body = [piece for piece in pieces if id(piece) not in furniture and len(piece.text) > 30]
    if not found or not body:
        return
    top, bottom = max(piece.base for piece in body), min(piece.base for piece in body)
    for piece in pieces:
        if id(piece) in furniture or len(piece.text) > 90:
            continue
        if any(abs(piece.base - other.base) < 2 for other in found) and not bottom <= piece.base <= top:
            furniture.add(id(piece))
