"""Captions, the regions of tables below them, and the lettering of figures: what running text flows around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.ingest.pdf_glyphs import Page, Rule
from pipeline.ingest.pdf_lines import Piece, sort_lines
from pipeline.ingest.pdf_regions import Region

CAPTION: Final = re.compile(
    r"(?P<kind>(?:supplement(?:ary|al)\s+|extended data\s+|additional\s+|online\s+)?"
    r"(?:fig(?:ure)?s?\b\.?|tab(?:le)?\b\.?|"
    r"box\b|scheme\b|chart\b|panel\b|video\b|movie\b))\s*"
    r"(?P<number>[A-Z]{0,2}\s?\d{1,3}(?:\.\d{1,2})?[a-z]?|[IVX]{1,5})\b(?P<stop>\s*[.:|–—-]|\s*\(|\s+|$)",
    re.IGNORECASE,
)
_REFERRING: Final = re.compile(
    r"\s*(?:shows?|showed|shown|illustrates?|presents?|summari[sz]es?|lists?|depicts?|displays?|gives?|provides?|reports?|contains?|"
    r"indicates?|describes?|demonstrates?|compares?|and\b|or\b|for\b|in\b|that\b|which\b|was\b|were\b|is\b|are\b|[,;)\]])"
)
_TABLE: Final = re.compile(r"(?:supplement\w+|extended data|additional|online)?\s*tab", re.IGNORECASE)


@dataclass(slots=True)
class Float:
    """A caption with what it labels.

    ``rows`` holds a table's pieces by line; ``notes`` the lines under it; ``rules`` its horizontal rules' heights.
    """

    kind: str
    number: str
    caption: list[Piece]
    page: int
    rows: list[list[Piece]] = field(default_factory=list)
    notes: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return self.kind == "table"


def find_floats(page: Page, pieces: Sequence[Piece], *, body_size: float, gutters: Sequence[float]) -> list[Float]:
    """Return the captions of a page, tables with their rows and notes; each piece belongs to one float at most."""
    taken: set[int] = set()
    floats: list[Float] = []
    starts = [
        piece
        for piece in sorted(pieces, key=lambda item: (-item.base, item.x0))
        if is_caption(piece, pieces, body_size)
    ]
    for start in starts:
        if id(start) in taken:
            continue
        match = CAPTION.match(start.text)
        assert match is not None
        table = bool(_TABLE.match(match["kind"]))
        left, right = _column_of(start, gutters, page)
        rules = horizontal_rules(page)
        caption = _collect_caption(start, pieces, taken, rules, table=table, left=left, right=right, starts=starts)
        taken.update(id(piece) for piece in caption)
        item = Float("table" if table else "figure", match["number"].strip(), caption, page.number)
        if table:
            _collect_rows(item, pieces, taken, rules, body_size=body_size, bounds=(left, right), starts=starts)
        floats.append(item)
    return floats


def is_caption(piece: Piece, pieces: Sequence[Piece], body_size: float) -> bool:
    """Whether a piece begins a caption: it names a float, and neither its words nor its place are those of prose."""
    match = CAPTION.match(piece.text)
    if match is None or piece.text[:1].islower():
        return False
    rest = piece.text[match.end() :]
    strong = piece.words[0].bold or abs(piece.size - body_size) > 0.4 or piece.words[0].italic
    stopped = bool(match["stop"].strip())
    if not stopped and _REFERRING.match(rest):
        return False
    above = [
        other
        for other in pieces
        if other is not piece
        and other.x0 < piece.x1
        and piece.x0 < other.x1
        and 0 < other.base - piece.base < 1.7 * piece.size
    ]
    flows = any(
        abs(other.size - piece.size) < 0.3 and other.x1 - other.x0 > 100 and other.text[-1:] not in ".:)"
        for other in above
    )
    if strong:
        return not (flows and not piece.words[0].bold) and (
            stopped or not rest.strip() or rest.strip()[:1].isupper() or piece.words[0].bold
        )
    return (stopped and not above) or (not rest.strip() and not above)


def horizontal_rules(page: Page) -> list[Rule]:
    """Return the page's horizontal rules, those on one height that touch joined, from top to bottom."""
    thin = [rule for rule in page.rules if rule.y1 - rule.y0 <= 2.5 and rule.x1 - rule.x0 > 3]
    joined: list[Rule] = []
    for rule in sorted(thin, key=lambda item: (-round(item.y0), item.x0)):
        if joined and abs(joined[-1].y0 - rule.y0) < 1.5 and rule.x0 <= joined[-1].x1 + 6:
            last = joined[-1]
            joined[-1] = Rule(
                min(last.x0, rule.x0), min(last.y0, rule.y0), max(last.x1, rule.x1), max(last.y1, rule.y1)
            )
        else:
            joined.append(rule)
    return [rule for rule in joined if rule.x1 - rule.x0 > 15]


def _column_of(piece: Piece, gutters: Sequence[float], page: Page) -> tuple[float, float]:
    left = max((gutter for gutter in gutters if gutter <= piece.x0 + 2), default=0.0)
    right = min((gutter for gutter in gutters if gutter >= piece.x1 - 2), default=page.width)
    return left, right


def _collect_caption(
    start: Piece,
    pieces: Sequence[Piece],
    taken: set[int],
    rules: Sequence[Rule],
    *,
    table: bool,
    left: float,
    right: float,
    starts: Sequence[Piece],
) -> list[Piece]:
    caption = [start]
    others = [piece for piece in pieces if id(piece) not in taken and piece is not start]
    level_pieces = [
        piece for piece in others if abs(piece.base - start.base) < 0.3 * start.size and piece.x0 >= start.x1
    ]
    for piece in sorted(level_pieces, key=lambda item: item.x0):
        if piece.x0 - caption[-1].x1 < 3 * start.size and abs(piece.size - start.size) < 0.7:
            caption.append(piece)
    while True:
        last = caption[-1]
        low = min(piece.base for piece in caption)
        edge = min(piece.x0 for piece in caption)
        below = [
            piece
            for piece in others
            if piece not in caption
            and 0.5 * last.size < low - piece.base < 1.75 * last.size
            and left - 2 <= piece.x0
            and piece.x0 < max(item.x1 for item in caption)
            and piece.x1 > edge
            and abs(piece.size - last.size) < 0.45
            and piece not in starts
        ]
        if not below:
            return caption
        following = min(below, key=lambda piece: (-piece.base, piece.x0))
        if any(
            following.base + 0.3 * last.size < rule.y0 < low and rule.x0 < following.x1 and following.x0 < rule.x1
            for rule in rules
        ):
            return caption
        level = [piece for piece in below if abs(piece.base - following.base) < 2]
        if table and (len(level) > 1 or (last.bold != following.bold and caption[-1].text.rstrip()[-1:] in ".")):
            if len(level) > 1 or len(following.text) < 0.5 * len(start.text):
                return caption
        if following.x0 > edge + 6 * start.size and not table:
            return caption
        caption.append(following)
        if len(caption) > 60:
            return caption


def _collect_rows(
    item: Float,
    pieces: Sequence[Piece],
    taken: set[int],
    rules: Sequence[Rule],
    *,
    body_size: float,
    bounds: tuple[float, float],
    starts: Sequence[Piece],
) -> None:
    """Fill a table's rows and notes, downwards from its caption to the next one."""
    low = min(piece.base for piece in item.caption)
    x0, x1 = min(piece.x0 for piece in item.caption), max(piece.x1 for piece in item.caption)
    below = [piece.base for piece in starts if piece.base < low - 2 and piece.x0 < x1 and piece.x1 > x0]
    region = Region(item.caption, rules, bounds=bounds, floor=max(below, default=-1.0), body_size=body_size)
    region.collect([piece for piece in pieces if id(piece) not in taken])
    item.rows, item.notes, item.rules = region.rows, region.notes, region.mates
    taken.update(id(piece) for row in item.rows for piece in row)
    taken.update(id(piece) for piece in item.notes)


def find_lettering(page: Page, pieces: Sequence[Piece], *, figures: Sequence[Float], body_size: float) -> set[int]:
    """Return the ``id`` of each short piece that letters a figure: axis labels, legends, panel letters.

    They stand inside a picture, or between a figure's caption and the running text above it.
    """
    boxes = [box for box in page.pictures if box.x1 - box.x0 > 40 and box.y1 - box.y0 > 40]
    boxes = [box for box in boxes if (box.x1 - box.x0) * (box.y1 - box.y0) < 0.7 * page.width * page.height]
    prose = [piece for piece in pieces if piece.x1 - piece.x0 > 0.3 * page.width and abs(piece.size - body_size) < 0.4]
    lettering: set[int] = set()
    for piece in pieces:
        short = piece.x1 - piece.x0 < 0.3 * page.width
        middle = (piece.x0 + piece.x1) / 2
        small = abs(piece.size - body_size) > 0.3
        if short and small and any(_holds(box, middle, piece.base) for box in boxes):
            lettering.add(id(piece))
    for figure in figures:
        top = max(item.base for item in figure.caption)
        left = min(item.x0 for item in figure.caption)
        right = max(item.x1 for item in figure.caption)
        near = [piece for piece in prose if piece.x0 < right and piece.x1 > left and piece.base > top]
        ceiling = min((piece.base for piece in near), default=page.height)
        for piece in pieces:
            inside = top < piece.base < ceiling - 0.5 * piece.size and left - 30 < piece.x1 and piece.x0 < right + 30
            if inside and piece.x1 - piece.x0 < 0.3 * page.width and piece.size < body_size - 0.3:
                lettering.add(id(piece))
    return lettering


def _holds(box: Rule, x: float, y: float) -> bool:
    return box.x0 - 12 <= x <= box.x1 + 12 and box.y0 - 12 <= y <= box.y1 + 12


def join_notes(notes: Sequence[Piece]) -> list[Piece]:
    """Return a table's notes as lines from top to bottom."""
    return sort_lines(notes)
