"""Whether a hyphen at a line's end belongs to the word, decided by the document's own words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from pipeline.ingest.hyphenation_lexicon import COMPOUND_HEADS, COMPOUND_TAILS

_WORD = re.compile(r"[^\W\d_][\w'’]*(?:[-\u2010\u2011][\w'’]+)*")
_AT_BREAK = re.compile(
    r"(?<![\w'’-])[\w'’-]+[-\u2010\u2011\u00ad][ \t]*(?:\r\n|[\n\r\f\v])\s*[\w'’-]+|[\w'’-]+[\x02\ufffe][\w'’-]+"
)


class WordStock:
    """How often each word, lower-cased, stands unbroken in the document; compounds count whole and in parts.

    The words are counted when the first hyphen is asked about: most XML has none at a line's end.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def whole(self) -> Counter[str]:
        """Words as they stand, with their hyphens."""
        text = _AT_BREAK.sub(" ", self._text).lower().replace("\u2010", "-").replace("\u2011", "-")
        return Counter(_WORD.findall(text))

    @cached_property
    def parts(self) -> Counter[str]:
        """Words, compounds taken apart."""
        parts: Counter[str] = Counter()
        for word, count in self.whole.items():
            if "-" not in word:
                parts[word] += count
                continue
            for part in word.split("-"):
                parts[part] += count
        return parts


def count_words(text: str) -> WordStock:
    """Return the words of a text, those broken at a line's end left out."""
    return WordStock(text)


def keeps_hyphen(left: str, right: str, stock: WordStock) -> bool:
    """Whether ``left-`` at a line's end and ``right`` at the next line's start are a real compound.

    The document's own spelling decides where it has one; else the shape of the parts: digits and inner capitals
    belong to compounds, as do usual heads ("age-") and tails ("-dependent").
    """
    tail = left.rsplit("-", 1)[-1]
    head = re.split(r"[-'’]", right, maxsplit=1)[0]
    joined = stock.parts[f"{tail}{head}".lower()]
    compound = _count_compound(f"{tail}-{head}".lower(), stock)
    if joined or compound:
        return compound > joined
    low_tail, low_head = tail.lower(), head.lower()
    if not head[0].islower() or len(tail) == 1 or low_head in COMPOUND_TAILS:
        return True
    known = stock.parts[low_head] > 0
    if not tail.isalpha() or not (tail.islower() or tail.istitle()):
        return known or tail[-1].isdigit()
    if low_tail in COMPOUND_HEADS and (known or len(head) >= 5):
        return True
    return min(len(tail), len(head)) >= 4 and stock.parts[low_tail] >= 2 and stock.parts[low_head] >= 2


def _count_compound(compound: str, stock: WordStock) -> int:
    return stock.whole[compound]
