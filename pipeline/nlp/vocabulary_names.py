"""How names are folded so that spellings of one name meet: case, hyphens, Greek letters, digits.

A name becomes its *segments*, runs of letters or of digits, joined by single spaces: "RAD-001", "RAD001" and
"RAD 001" are all "rad 001". Nothing is joined across a space, so "as a" never becomes "asa". Units never pass here:
"nM" and "nm" differ only in case.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

GREEK_LETTERS = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ϑ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "µ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "ς": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "ϕ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
    "Δ": "delta",
    "Ω": "omega",
    "Γ": "gamma",
    "Σ": "sigma",
    "Φ": "phi",
    "Ψ": "psi",
}
LETTER_FOLDS = str.maketrans("àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ", "aaaaaaceeeeiiiinoooooouuuuyy")
_GREEK = "".join(GREEK_LETTERS)
_SEGMENT = re.compile(rf"[A-Za-zÀ-ÖØ-öø-ÿ]+|[0-9]+|[{_GREEK}]")
_GAP = re.compile(r"[ \u00a0\u2009\n]|[-‐‑‒–—−/'’,.()\[\]+]{1,3}|[)\]][ -]?|['’] ")


class Segment(NamedTuple):
    """A run of letters, a run of digits or one Greek letter, at [start, end) of the text."""

    start: int
    end: int
    folded: str
    raw: str


def split_segments(text: str) -> Iterator[Segment]:
    """Yield the segments of a text in order."""
    for match in _SEGMENT.finditer(text):
        raw = match.group()
        if raw.isascii():
            yield Segment(match.start(), match.end(), raw.lower(), raw)
        elif raw in GREEK_LETTERS:
            yield Segment(match.start(), match.end(), GREEK_LETTERS[raw], GREEK_LETTERS[raw])
        else:
            yield Segment(match.start(), match.end(), raw.lower().translate(LETTER_FOLDS), raw)


def fold_name(name: str) -> str:
    """The key under which a case-insensitive name is stored: "β-Blocker" is "beta blocker"."""
    return " ".join(segment.folded for segment in split_segments(name))


def segment_name(name: str) -> str:
    """The key under which a case-sensitive name is stored: "Trp53" is "Trp 53"."""
    return " ".join(segment.raw for segment in split_segments(name))


def joins_name(gap: str) -> bool:
    """Whether two segments with this text between them may belong to one name.

    A space, or punctuation without space, joins; ", " and ". " separate.
    """
    return gap == "" or _GAP.fullmatch(gap) is not None
