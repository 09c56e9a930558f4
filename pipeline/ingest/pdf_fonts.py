"""Symbol fonts whose digits and points are signs: told by their names, or by widths that no digit has.

Publishers' fonts cut from Mathematical Pi carry "=", "−" or "±" at the places of "5", "2" and "6" and name them so; a
reader that believes them turns "n = 30" into "n 5 30". Their signs are five sixths of an em wide, where digits take
about half and points about a quarter, and no letter stands in such a font.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from pdfminer.glyphlist import glyphname2unicode
from pdfminer.pdffont import PDFUnicodeNotDefined

_NAME: Final = re.compile(r"math(?:ematical)?-?pi|greekwithmathpi|advmathpi|mathematicalpi", re.IGNORECASE)
_SIGNS: Final = {
    "1": "+", "2": "−", "3": "×", "4": "÷", "5": "=", "6": "±", "7": "°", "9": "′", "0": "″", ",": "<", ".": ">",
    "#": "≤", "$": "≥", "<": "≈", ";": "~", "`": "∞", "!": "≠", "'": "∝",
}  # fmt: skip
_GLYPH_NAMES: Final = {
    "prime": "′", "H11001": "+", "H11002": "−", "H11003": "×", "H11004": "÷", "H11005": "=", "H11006": "±",
    "H11011": "∼", "H11015": "≈", "H11021": "<", "H11022": ">", "H11032": "′", "H11033": "″", "H11034": "°",
    "H11349": "≤", "H11350": "≥", "H9251": "α", "H9252": "β", "H9253": "γ", "H9254": "δ", "H9262": "μ",
}  # fmt: skip
"""Names of glyphs in symbol fonts of publishers, which Adobe's list lacks."""
for _name, _sign in _GLYPH_NAMES.items():
    glyphname2unicode.setdefault(_name, _sign)

_WIDE_DIGIT: Final = 0.72
"""In em; the widest digits of text and typewriter fonts take 0.62."""
_LONE_COMMA: Final[Mapping[str, str | None]] = {**_SIGNS, ",": None}
"""Without a digit or point beside it a wide comma is "<" in one font of the family and "∼" in another."""
_WIDE_POINT: Final = 0.65
"""In em; a typewriter's point takes 0.6."""


class FontReader:
    """Reads characters of fonts, those of symbol fonts by their meaning; fonts are judged once."""

    def __init__(self) -> None:
        self._signs: dict[int, Mapping[str, str | None]] = {}
        self._names: dict[int, str] = {}

    def read_name(self, font: Any) -> str:
        """Return the font's name, ``""`` where it has none."""
        key = id(font)
        if key not in self._names:
            name = font.fontname
            self._names[key] = name.decode("latin-1") if isinstance(name, bytes) else str(name or "")
        return self._names[key]

    def read_character(self, font: Any, code: int) -> str | None:
        """Return the character that a code of a font stands for, ``None`` where the font does not say."""
        try:
            text: str = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            return None
        key = id(font)
        if key not in self._signs:
            self._signs[key] = self._find_signs(font)
        signs = self._signs[key]
        return signs.get(text, text) if signs else text

    def _find_signs(self, font: Any) -> Mapping[str, str | None]:
        if font.is_multibyte():
            return {}
        widths: dict[str, float] = {}
        for code in range(256):
            try:
                text = font.to_unichr(code)
            except PDFUnicodeNotDefined:
                continue
            if font.widths.get(code):
                widths[text] = font.char_width(code)
        if any(text.isalpha() for text in widths):
            return {}
        if _NAME.search(self.read_name(font)):
            return _SIGNS
        wide_digit = any(width >= _WIDE_DIGIT for text, width in widths.items() if text.isascii() and text.isdigit())
        if wide_digit or widths.get(".", 0.0) >= _WIDE_POINT:
            return _SIGNS
        return _LONE_COMMA if widths.get(",", 0.0) >= _WIDE_POINT else {}
