"""Citation marks by author and year, such as "(Name et al., 2009; Name and Name 2011a)"."""

from __future__ import annotations

import re

_YEAR = r"(?:1[89]|20)\d\d[a-z]?"
_NAME = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|el|al|ter|dos|du)\s){0,3}[A-ZÀ-ÞŁŚŠŽČ][\w’'‐-]+"
_AUTHORS = (
    rf"{_NAME}(?:\s(?:of\s|for\s|and\s)?[A-Z][\w’'‐-]+){{0,6}}(?:\s[A-Z]{{1,3}}\b\.?)?(?:\s\([A-Z]{{2,6}}\))?"
    rf"(?:(?:,\s|\s(?:and|&)\s|,\s(?:and|&)\s){_NAME}(?:\s[A-Z]{{1,3}}\b\.?)?){{0,8}}"
    r"(?:,?\set\.?\sal\.?)?"
)
_YEARS = rf"{_YEAR}(?:,\s?(?:{_YEAR}|[a-z]\b))*"
_LEAD = r"(?:see(?:\salso)?,?\s|e\.g\.,?\s|cf\.?\s|reviewed\s(?:in|by)\s|for\sreview,?\ssee\s|i\.e\.,?\s)?"
_CITE = rf"{_LEAD}(?P<authors>{_AUTHORS}),?\s\(?(?P<years>{_YEARS})\)?"
_PARENTHESIS = re.compile(r"[(\[]([^()\[\]]{4,400}?\d{4}[a-z]?[^()\[\]]{0,3})[)\]]")
_PART = re.compile(rf"^\s*{_CITE.replace('?P<authors>', '').replace('?P<years>', '')}\s*$")
_KEYS = re.compile(_CITE)
_NARRATIVE = re.compile(
    rf"(?P<authors>{_NAME}(?:\s(?:and|&)\s{_NAME}|\set\.?\sal\.?))\s(?P<mark>\((?P<years>{_YEARS})\))"
)
_TIME_WORDS = """
january february march april may june july august september october november december spring summer autumn winter
version since until before after in from during table figure fig
"""
_NO_NAME = frozenset(_TIME_WORDS.split())


def find_author_years(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return start, end and markers ("Name 2009") of each mark; a parenthesis with any other words is none."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for match in _PARENTHESIS.finditer(text):
        parts = re.split(r";\s?", match[1].rstrip(" ;"))
        markers: list[str] = []
        for part in parts:
            if not _PART.match(part):
                break
            for cite in _KEYS.finditer(part):
                markers.extend(_make_keys(cite["authors"], cite["years"]))
        else:
            if markers and markers[0].split()[0].lower() not in _NO_NAME:
                found.append((match.start(), match.end(), tuple(markers)))
    for match in _NARRATIVE.finditer(text):
        found.append((*match.span("mark"), tuple(_make_keys(match["authors"], match["years"]))))
    return sorted(found)


def _make_keys(authors: str, years: str) -> list[str]:
    first = re.split(r",|\s(?:and|&)\s|\set\b", authors)[0].strip()
    surname = re.sub(r"\s[A-Z]{1,3}\.?$", "", first)
    keys: list[str] = []
    year = ""
    for token in re.findall(rf"{_YEAR}|\b[a-z]\b", years):
        if len(token) > 1:
            year = token[:4]
            keys.append(f"{surname} {token}")
        elif year:
            keys.append(f"{surname} {year}{token}")
    return keys
