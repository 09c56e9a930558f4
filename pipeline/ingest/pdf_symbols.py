"""Symbol fonts whose characters reach us under the wrong codes, and accents that are set apart from their letters.

Publishers' fonts cut from Mathematical Pi carry "=", "−" or "±" at the places of "5", "2" and "6" and name them so; a
reader that believes them turns "n = 30" into "n 5 30". Such a font is known by its name, or by its use: a handful of
characters, no letter, and a "5" that always stands alone between spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from pipeline.ingest.pdf_glyphs import Glyph, Page

_PI_NAME: Final = re.compile(r"math(?:ematical)?-?pi|greekwithmathpi|advmathpi|mathematicalpi", re.IGNORECASE)
_PI: Final = {
    "1": "+", "2": "−", "3": "×", "4": "÷", "5": "=", "6": "±", "7": "°", "9": "′", "0": "″", ",": "<", ".": ">",
    "#": "≤", "$": "≥", "<": "≈", ";": "~", "`": "∞", "!": "≠", "'": "∝",
}  # fmt: skip
_ACCENTS: Final = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306",
    "˚": "\u030a", "¸": "\u0327", "˛": "\u0328", "˝": "\u030b", "¯": "\u0304", "˙": "\u0307",
}  # fmt: skip
_DOTLESS: Final = {"ı": "i", "ȷ": "j"}


def mend_symbols(pages: Sequence[Page]) -> None:
    """Give the characters of symbol fonts their meaning, and join accents to their letters, in place."""
    fonts = find_pi_fonts(pages)
    for page in pages:
        if fonts:
            page.glyphs[:] = [
                glyph._replace(text=_PI.get(glyph.text, glyph.text)) if glyph.font in fonts else glyph
                for glyph in page.glyphs
            ]
        if any(glyph.text in _ACCENTS for glyph in page.glyphs):
            page.glyphs[:] = _join_accents(page.glyphs)


def find_pi_fonts(pages: Sequence[Page]) -> set[str]:
    """Return the fonts whose digits are signs."""
    used: dict[str, set[str]] = defaultdict(set)
    equals: dict[str, list[bool]] = defaultdict(list)
    for page in pages:
        for before, glyph, after in zip([None, *page.glyphs], page.glyphs, [*page.glyphs[1:], None], strict=False):
            used[glyph.font].add(glyph.text)
            if glyph.text == "5":
                equals[glyph.font].append(_stands_apart(before, glyph) and _stands_apart(after, glyph))
    found = set()
    for font, characters in used.items():
        plain = {character for character in characters if character.strip()}
        if _PI_NAME.search(font) and not any(character.isalpha() for character in plain):
            found.add(font)
        elif plain and plain <= set(_PI) and not plain & {"0", "4", "7", "8"} and len(equals[font]) >= 3:
            if sum(equals[font]) >= 0.8 * len(equals[font]):
                found.add(font)
    return found


def _stands_apart(neighbour: Glyph | None, glyph: Glyph) -> bool:
    if neighbour is None or not neighbour.text.strip() or abs(neighbour.base - glyph.base) > 0.1 * glyph.size:
        return True
    gap = max(neighbour.x0 - glyph.x1, glyph.x0 - neighbour.x1)
    return neighbour.font != glyph.font and gap > 0.1 * glyph.size


def _join_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Join an accent to the letter whose box it overlaps, before or after it in content order."""
    joined: list[Glyph] = []
    pending: Glyph | None = None
    for glyph in glyphs:
        if pending is not None:
            if _overlap(pending, glyph) and glyph.text.isalpha():
                joined.append(glyph._replace(text=_compose(glyph.text, pending.text)))
            else:
                joined.extend((pending, glyph))
            pending = None
        elif glyph.text in _ACCENTS:
            if joined and joined[-1].text.isalpha() and _overlap(glyph, joined[-1]):
                joined[-1] = joined[-1]._replace(text=_compose(joined[-1].text, glyph.text))
            else:
                pending = glyph
        else:
            joined.append(glyph)
    if pending is not None:
        joined.append(pending)
    return joined


def _overlap(accent: Glyph, letter: Glyph) -> bool:
    if abs(accent.base - letter.base) > 0.5 * letter.size:
        return False
    shared = min(accent.x1, letter.x1) - max(accent.x0, letter.x0)
    return shared > 0.4 * min(accent.x1 - accent.x0, letter.x1 - letter.x0)


def _compose(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + _ACCENTS[accent])
