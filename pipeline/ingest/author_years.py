"""Citation marks by author and year, such as "(Name et al., 2009; Name and Name 2011a)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.model.documents import Reference

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
_LOOSE = re.compile(rf"{_LEAD}(?P<authors>{_AUTHORS})(?P<mark>(?:,\s|\s)(?P<years>{_YEARS}))(?![\w-])")
# What the two patterns before end in, and begin far before.
_BRACKETED_YEAR = re.compile(rf"\((?<=\s\(){_YEAR}")
_SPACED_YEAR = re.compile(r"[12](?<=\s.)(?:(?<=1)[89]|(?<=2)0)\d\d")
_LONGEST_NAMES = 200
_INITIALS = re.compile(r"(?:[A-Z][.’'-]?){1,4}")
_FULL_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_TIME_WORDS = """
january february march april may june july august september october november december spring summer autumn winter
version since until before after in from during table figure fig
"""
_NO_NAME = frozenset(_TIME_WORDS.split())


def list_cited(references: Iterable[Reference]) -> frozenset[tuple[str, str]]:
    """Return surname and year of each entry that opens with a name, with every year that stands in its text."""
    cited: set[tuple[str, str]] = set()
    for reference in references:
        text = reference.text or ""
        first = reference.authors[0] if reference.authors else text.lstrip("0123456789.[]() ")[:40]
        surname = _read_surname(re.split(r"[,.:]", first)[0])
        if surname:
            cited.update((surname, year) for year in _FULL_YEAR.findall(text))
    return frozenset(cited)


def find_author_years(
    text: str, *, cited: frozenset[tuple[str, str]] = frozenset()
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return start, end and markers ("Name 2009") of each mark; a parenthesis with any other words is none.

    Args:
        cited: surnames and years of the reference list, where it is known to answer the document's marks. Then a mark
            has to be answered ("(Linnaeus, 1758)" behind a species is none), and a name with its year is one among
            other words, too; of it, only the year is the mark.
    """
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for match in _PARENTHESIS.finditer(text):
        parts = re.split(r";\s?", match[1].rstrip(" ;"))
        markers: list[str] = []
        for part in parts:
            if not _PART.match(part):
                break
            for cite in _KEYS.finditer(part):
                markers.extend(_make_keys(cite["authors"], cite["years"], cited))
        else:
            if markers and markers[0].split()[0].lower() not in _NO_NAME and _is_answered(markers, cited):
                found.append((match.start(), match.end(), tuple(markers)))
    for match in _find_narrative(text):
        markers = _make_keys(match["authors"], match["years"], cited)
        if _is_answered(markers, cited):
            found.append((*match.span("mark"), tuple(markers)))
    if cited:
        taken = [(low, high) for low, high, _ in found]
        for match in _LOOSE.finditer(text) if _SPACED_YEAR.search(text) else ():
            markers = _make_keys(match["authors"], match["years"], cited)
            low, high = match.span("mark")
            free = not any(low < end and start < high for start, end in taken)
            if free and _is_answered(markers, cited):
                found.append((low, high, tuple(markers)))
    return sorted(found)


def _find_narrative(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``_NARRATIVE`` in order, sought in the words before each year in brackets."""
    at = 0
    for year in _BRACKETED_YEAR.finditer(text):
        match = _NARRATIVE.search(text, max(at, year.start() - _LONGEST_NAMES), min(year.end() + 80, len(text)))
        if match is not None and year.start() >= at:
            yield match
            at = match.end()


def _is_answered(markers: Iterable[str], cited: frozenset[tuple[str, str]]) -> bool:
    return not cited or any(_read_key(marker) in cited for marker in markers)


def _read_key(marker: str) -> tuple[str, str]:
    name, _, year = marker.rpartition(" ")
    return _read_surname(name), year[:4]


def _read_surname(name: str) -> str:
    """Return the last word of a name before its initials, folded: lists and marks differ in particles."""
    words = name.split()
    initials = [at for at, word in enumerate(words) if _INITIALS.fullmatch(word)]
    # Lists without commas go on with the next author: "Vale I Ode BC".
    before = words[: initials[0]] if initials else words
    left = before or [word for word in words if not _INITIALS.fullmatch(word)]
    return left[-1].casefold() if left else ""


def _make_keys(authors: str, years: str, cited: frozenset[tuple[str, str]] = frozenset()) -> list[str]:
    names = [name.strip() for name in re.split(r",|\s(?:and|&)\s|\set\b", authors)]
    listed = {year[:4] for year in re.findall(_YEAR, years)}
    answered = [name for name in names if any((_read_surname(name), year) in cited for year in listed)]
    surname = re.sub(r"\s[A-Z]{1,3}\.?$", "", (answered or names)[0])
    keys: list[str] = []
    year = ""
    for token in re.findall(rf"{_YEAR}|\b[a-z]\b", years):
        if len(token) > 1:
            year = token[:4]
            keys.append(f"{surname} {token}")
        elif year:
            keys.append(f"{surname} {year}{token}")
    return keys
