"""Accents that a page sets apart from their letters, and degree signs set as rings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from pipeline.ingest.pdf_glyphs import Glyph

_ACCENTS: Final = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306",
    "˚": "\u030a", "¸": "\u0327", "˛": "\u0328", "˝": "\u030b", "¯": "\u0304", "˙": "\u0307",
}  # fmt: skip
_RINGS: Final = frozenset("◦∘˚")
_DEGREES: Final = re.compile(r".*\d(?:\s?°|°\s)[CFNSEW](?![^\W\d_]).*", re.DOTALL)
_DOTLESS: Final = {"ı": "i", "ȷ": "j"}


def join_accents(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs with each accent joined to the letter whose box it overlaps, before or after it."""
    if not any(glyph.text in _ACCENTS for glyph in glyphs):
        return list(glyphs)
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


def mend_degrees(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs with a ring between a digit and the letter of a scale or quarter as the degree sign it is."""
    mended = list(glyphs)
    for number, glyph in enumerate(glyphs):
        if glyph.text in _RINGS:
            before = "".join(near.text for near in glyphs[max(number - 2, 0) : number])
            after = _join(glyphs[number + 1 : number + 4])
            if _DEGREES.fullmatch(f"{before}°{after}"):
                mended[number] = glyph._replace(text="°")
    return mended


def _join(glyphs: Sequence[Glyph]) -> str:
    """Return the characters with a space wherever the page leaves room for one."""
    text = ""
    for number, glyph in enumerate(glyphs):
        if number:
            last = glyphs[number - 1]
            apart = not -0.6 * glyph.size < glyph.x0 - last.x1 < 0.12 * glyph.size
            text += " " if apart or abs(glyph.base - last.base) > 0.5 * glyph.size else ""
        text += glyph.text
    return text


def _overlap(accent: Glyph, letter: Glyph) -> bool:
    if abs(accent.base - letter.base) > 0.5 * letter.size:
        return False
    shared = min(accent.x1, letter.x1) - max(accent.x0, letter.x0)
    return shared > 0.4 * min(accent.x1 - accent.x0, letter.x1 - letter.x0)


def _compose(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + _ACCENTS[accent])
