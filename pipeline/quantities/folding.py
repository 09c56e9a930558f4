"""One reading of the signs that typesetters vary: dashes, micro signs, spaces, decimal dots. Lengths never change."""

from __future__ import annotations

from typing import Final

_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2212\u207b\ufe63\uff0d"
_SPACES: Final = "\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u00a0"
_SIGNS: Final[dict[int, str]] = {
    **{ord(dash): "-" for dash in _DASHES},
    **{ord(space): "\u00a0" for space in _SPACES},
    **dict(zip(map(ord, "\u00b9\u00b2\u00b3"), "\u00b9\u00b2\u00b3", strict=True)),
    ord("\u00b5"): "\u03bc",
    ord("\n"): " ", ord("\t"): " ", ord("\r"): " ",
    ord("\u2a7d"): "\u2264", ord("\u2266"): "\u2264", ord("\u2a7e"): "\u2265", ord("\u2267"): "\u2265",
    ord("\u223c"): "~", ord("\u02dc"): "~", ord("\u2248"): "~", ord("\u2243"): "~", ord("\uff5e"): "~",
    ord("\uff1d"): "=", ord("\uff1c"): "<", ord("\uff1e"): ">",
    ord("\u2715"): "\u00d7", ord("\u2a2f"): "\u00d7",
    ord("\u22c5"): "\u00b7", ord("\u2219"): "\u00b7", ord("\u2022"): "\u00b7",
}  # fmt: skip


def fold_signs(text: str) -> str:
    """Return the text with one sign for each meaning, code point by code point, so offsets stay the same.

    Every dash and minus (the superscript one too) becomes ``-``, every wide or thin space a no-break space, both
    micro signs the Greek letter, "about" signs ``~``.
    """
    return text.translate(_SIGNS)
