"""Lines that cite the paper they are printed in: journal, volume, year and pages, perhaps after its authors."""

from __future__ import annotations

import re
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
_LONGEST = 160


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
    if not 12 <= len(text) <= _LONGEST or not any(character.isdigit() for character in text):
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
