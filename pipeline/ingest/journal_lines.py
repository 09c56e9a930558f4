"""Lines that cite the paper they are printed in: journal, volume, year and pages, perhaps after its authors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.ingest.sections import recognise_section

_YEAR = r"(?:19|20)\d\d"
_PAGES = r"(?:pp?\.?\s?)?(?:[A-Z]{0,3}\d{1,7}|e\d{2,8})(?:\s?[–—-]\s?[A-Z]?\d{1,6})?"
_VOLUME = r"\d{1,4}(?:\s?[(/:.]\s?(?:\d{1,3}|Suppl\.?\s?\d*)(?:[–/-]\d{1,3})?\s?\)?)?"
_ISSUE = (
    # volume (year) pages; (year) volume:pages or year, volume, page; volume, pages (year); year, vol. number
    rf"(?:{_VOLUME}\s?\((?P<y1>{_YEAR})\)\s?[:,]?\s?{_PAGES}"
    rf"|\(?(?P<y2>{_YEAR})(?:\s[A-Z][a-z]{{2,8}}\.?(?:\s\d{{1,2}})?)?\)?[;:,]?\s?{_VOLUME}\s?[:,]\s?{_PAGES}"
    rf"|{_VOLUME}\s?[:,]\s?{_PAGES}\s?[,;]?\s?\(?(?P<y3>{_YEAR})\)?"
    rf"|\(?(?P<y4>{_YEAR})\)?[;,:|]?\s?[Vv]ol(?:ume)?\.?\s{_VOLUME}(?:\s?[|,]\s?(?:[Aa]rticle|[Ii]ssue|[Nn]o\.)\s\d+)?)"
)
_NAME = r"[A-ZÀ-ÞŁŚŠŽČ][\w’'‐-]+"
_PARTICLES = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|dos)\s){0,3}"
_AUTHOR = rf"(?:(?:[A-Z]\.[\s-]?){{1,3}})?{_PARTICLES}{_NAME}(?:\s{_NAME})?"
_AUTHORS = (
    rf"(?:{_AUTHOR}(?:\s(?:and|&)\s{_AUTHOR})?,?\set\s?al\b\.?\s?[.,:;|/]?|"
    rf"{_AUTHOR}(?:,\s{_AUTHOR}){{0,3}}(?:,?\s(?:and|&)\s{_AUTHOR})?\s?/|{_AUTHOR},?\s(?:and|&)\s{_AUTHOR}[.,:;|]?)\s+"
)
_JOURNAL = r"[A-Z][\w&’'‐-]*\.?(?:[:,]?\s(?:of|and|the|for|in|on|de|&|[–-]|\(?[A-Z][\w&’'‐-]*\)?\.?)){0,9}"
_REST = (
    r"[.,;]?(?:\s+\|?\s?(?:doi:?|https?://)\s?\S+|\s+[Pp]age\s\d+(?:\sof\s\d+)?|\s+\|?\s?\d{1,5}(?:\sof\s\d{1,3})?)?"
)
_LINE = re.compile(
    rf"(?:(?:[Pp]age\s)?\d{{1,5}}\s(?:\|\s?)?)?(?P<authors>{_AUTHORS})?(?P<journal>{_JOURNAL})[,.;:]?\s+"
    rf"(?:[Vv]ol(?:ume)?\.?\s)?{_ISSUE}(?P<rest>{_REST})"
)
_NAME_OF_JOURNAL = r"(?P<journal>[A-Z][\w&’'.-]*(?:\s(?:of|and|the|for|in|on|&|[A-Za-z][\w&’'.-]*)){0,7}?)"
_FOOTS = (
    re.compile(
        rf"(?:\d{{1,5}}\s+)?{_NAME_OF_JOURNAL}\s+(?:\|\s*)?(?:DOI:?\s?10\.|doi:?\s?10\.|www\.|https?://)\S+(?:\s.*)?"
    ),
    re.compile(
        rf"(?:\S+\.(?:org|com)\S*\s+)?{_NAME_OF_JOURNAL}\s(?:{_YEAR},\s)?\d{{1,4}}:\s?\d{{2,7}}(?:\s.{{0,40}})?"
    ),
)
_LONGEST = 160
_DIGIT = re.compile(r"\d")
_TIMES = 3


@dataclass(frozen=True, slots=True)
class JournalLine:
    """What such a line says; ``cited`` is its text without authors and page numbers, white space evened out."""

    journal: str
    year: int
    cited: str
    authors: bool


@lru_cache(maxsize=16_384)
def read_journal_line(text: str) -> JournalLine | None:
    """Return what a line says that consists of a journal's citation and nothing else, ``None`` for any other."""
    if not 12 <= len(text) <= _LONGEST or _DIGIT.search(text) is None:
        return None
    match = _LINE.fullmatch(text)
    if match is None or recognise_section(match["journal"]) is not None:
        return None
    year = next(group for group in (match["y1"], match["y2"], match["y3"], match["y4"]) if group)
    journal = match["journal"].rstrip(" ,.;:")
    if not any(len(word) >= 3 for word in journal.split()):
        return None
    cited = " ".join(text[match.start("journal") : match.start("rest")].split())
    return JournalLine(journal, int(year), cited, match["authors"] is not None)


def name_journal(texts: Iterable[str], *, front: int) -> str | None:
    """Return the journal that a paper's running heads and feet name, ``None`` where none is told plainly.

    Args:
        texts: the lines of a paper above its reference list.
        front: so many of the first lines may name it once; others count where the name comes back.
    """
    counted: Counter[str] = Counter()
    for number, text in enumerate(texts):
        line = " ".join(text.split())
        cited = read_journal_line(line)
        name = cited.journal if cited is not None else _read_foot(line)
        if name is not None:
            counted[name] += _TIMES if cited is not None and not cited.authors and number < front else 1
    if not counted:
        return None
    name, count = max(counted.items(), key=lambda item: item[1])
    return name if count >= _TIMES else None


def _read_foot(text: str) -> str | None:
    if not 12 <= len(text) <= _LONGEST or not (":" in text or "10." in text or "www." in text):
        return None
    match = next((found for pattern in _FOOTS if (found := pattern.fullmatch(text))), None)
    if match is None or recognise_section(match["journal"]) is not None:
        return None
    name = match["journal"].rstrip(" ,;:")
    return name if any(len(word) >= 3 for word in name.split()) else None
