"""How people write a decision, and months, in a sheet."""

from __future__ import annotations

from typing import Final

from pipeline.model.decisions import Verdict

_WORDS: Final[dict[Verdict, str]] = {
    "accepted": "accepted accept a ok okay yes y right true correct confirmed ✓ ✔",
    "corrected": "corrected c fixed fix changed change edited edit",
    "rejected": "rejected reject r no n wrong false incorrect deleted delete ✗ ✘",
}
VERDICT_WORDS: Final[dict[str, Verdict]] = {
    word: verdict for verdict, words in _WORDS.items() for word in words.split()
}
MONTHS: Final = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
