"""Headings of a PDF: lines set apart by size, weight, font or capitals, and how deep each stands."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.ingest.pdf_lines import Piece
from pipeline.ingest.sections import recognise_section

MAX_HEADING: Final = 160
MAX_TITLE: Final = 400
_TERMINAL: Final = re.compile(r"[.?!:][\"'”’)\]]*$")
_OPENING: Final = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?[A-ZÀ-Þ“‘\"'(α-ω\d]")
_OPEN: Final = re.compile(r"(?:\b(?:and|of|the|for|to|in|with|on|a|an|or)|[&,/–-])$", re.IGNORECASE)
_OPENING_KINDS: Final = frozenset({"abstract", "introduction", "references"})
_MAIN: Final = frozenset({"introduction", "methods", "results", "discussion", "conclusion", "references"})
_ALWAYS_MAIN: Final = frozenset({"abstract", "references", "back"})


@dataclass(frozen=True, slots=True)
class Typography:
    """How a document sets its running text: size and distance of baselines in points, its fonts, and other sizes."""

    size: float
    leading: float
    fonts: frozenset[str]
    sizes: frozenset[float] = frozenset()


def measure_typography(pages: Iterable[Sequence[Piece]]) -> Typography:
    """Return what most characters in long lines have: size, distance of baselines, fonts."""
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    gaps: Counter[float] = Counter()
    listed = [list(pieces) for pieces in pages]
    for pieces in listed:
        for piece in pieces:
            if len(piece.text) > 25:
                sizes[round(piece.size, 1)] += len(piece.text)
            if len(piece.text) > 45:
                fonts[piece.font] += len(piece.text)
    size = min(sizes, key=lambda key: (-sizes[key], key)) if sizes else 10.0
    for pieces in listed:
        for before, piece in itertools.pairwise(pieces):
            if abs(before.size - size) < 0.2 and abs(piece.size - size) < 0.2 and abs(before.x0 - piece.x0) < 30:
                gap = before.base - piece.base
                if 0.9 * size < gap < 2.5 * size:
                    gaps[round(gap, 1)] += 1
    leading = min(gaps, key=lambda key: (-gaps[key], key)) if gaps else 1.2 * size
    total = fonts.total()
    used = frozenset(key for key, count in sizes.items() if count >= 0.06 * sizes.total())
    return Typography(size, leading, frozenset(font for font, count in fonts.items() if count >= 0.03 * total), used)


def is_heading(
    line: Piece,
    previous: Piece | None,
    *,
    fresh: bool,
    width: float,
    previous_short: bool,
    typography: Typography,
    listing: bool,
) -> bool:
    """Whether a line is set as a heading and is not a part of a sentence.

    Args:
        previous: the line before it in reading order.
        fresh: whether it begins a column.
        width: of its column.
        previous_short: whether the line before ends well before its column does.
        listing: whether the line stands in a reference list, where only a known title or larger type is one.
    """
    text = line.text.strip()
    letters = [character for character in text if character.isalpha()]
    if not letters or len(text) > MAX_HEADING or len(letters) < 0.5 * len(text.replace(" ", "")):
        return False
    known = len(text) < 60 and recognise_section(text) is not None
    usual = round(line.size, 1) in typography.sizes and line.font in typography.fonts
    larger = line.size > typography.size + 0.6 and len(letters) > 2 and not usual
    apart = previous is None or fresh or previous.base - line.base > 1.25 * typography.leading
    if listing:
        return (known and (line.bold or apart or larger)) or (line.size > typography.size + 1.0 and apart)
    if larger:
        return True
    if line.bold and not known and line.size < typography.size - 2.0:
        return False
    if line.bold and line.font not in typography.fonts:
        return not text.endswith(".") or known or (len(text) < 60 and apart)
    capitals = len(letters) > 3 and all(character.isupper() for character in letters)
    if known and (apart or capitals) and text[:1].isupper():
        return True
    if capitals and apart and len(letters) > 5:
        return line.size > typography.size - 0.6
    ended = previous is None or bool(_TERMINAL.search(previous.text)) or previous_short
    other = line.font not in typography.fonts and len({word.font for word in line.words}) <= 2
    limit = 1.0 if other and abs(line.size - typography.size) > 0.3 else 0.75
    short = line.x1 - line.x0 < limit * width and not text.endswith((".", ",", ";", ":"))
    mixed = len({word.font for word in line.words}) > 1
    if not (ended and short and _OPENING.match(text) and len(letters) > 3) or (mixed and _OPEN.search(text)):
        return False
    return line.size > typography.size - 2.0 and (line.italic or other)


def continues_heading(lines: Sequence[Piece], line: Piece, *, typography: Typography) -> bool:
    """Whether a heading's line is the next line of the heading before it."""
    last = lines[-1]
    text = " ".join(item.text for item in lines)
    larger = last.size > typography.size + 2.0
    alike = abs(last.size - line.size) < 0.4 and (larger or (last.bold == line.bold and last.font == line.font))
    near = 0 < last.base - line.base < 1.6 * line.size
    if recognise_section(line.text) in _OPENING_KINDS and line.text[:1].isupper() and not _OPEN.search(text):
        return False
    limit = MAX_TITLE if larger else MAX_HEADING
    return alike and near and recognise_section(text) is None and len(text) + len(line.text) < limit


def rank_headings(headings: Sequence[Piece]) -> list[int]:
    """Return each heading's depth: 1 for those set like the document's main titles, 2 for smaller or lighter ones."""
    styles = [(round(line.size, 1), line.font) for line in headings]
    main: Counter[tuple[float, str]] = Counter()
    for line, style in zip(headings, styles, strict=True):
        if recognise_section(line.text) in _MAIN:
            main[style] += 1
    if not main:
        return [1] * len(headings)
    chief = min(main, key=lambda style: (-main[style], -style[0], style[1]))
    ranks = []
    for line, style in zip(headings, styles, strict=True):
        kind = recognise_section(line.text)
        capitals = line.text.isupper()
        if kind in _ALWAYS_MAIN or style == chief or style[0] > chief[0] + 0.2 or (kind in _MAIN and capitals):
            ranks.append(1)
        else:
            ranks.append(2)
    return ranks
