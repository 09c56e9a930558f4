"""Entries of a reference list, read into authors, year, title, DOI and PMID."""

from __future__ import annotations

import re

from pipeline.model.documents import Reference
from pipeline.model.spans import Span

_NUMBER = re.compile(r"^\s*(?:[-*•]\s+)?[\[(]?(\d{1,4})[\].)]*\s+(?=\S)")
_BULLET = re.compile(r"^\s*[-*•]\s+")
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)")
_PMID = re.compile(r"\bP(?:ub)?M(?:ed)?(?:\s?ID)?:?\s*\[?(\d{4,8})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d/.–-])(1[89]\d\d|20\d\d)(?P<letter>[a-z])?(?![\d/]|[–-]\d{3})")
_PAREN_YEAR = re.compile(r"[(\[](1[89]\d\d|20\d\d)(?P<letter>[a-z])?[)\]]")
_MARKUP = re.compile(r"[*_<>]|\[(?=\d)|\]\([^)]*\)|(?<=\d)\]")
_URL = re.compile(r"(?:https?://|www\.)\S+|\bdoi:?\s*\S+|\bPMID:?\s*\S+|\bPMCID:?\s*\S+", re.IGNORECASE)
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁŃŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
_INITIALS = rf"(?:[{_UPPER}][’'.]?-?\s?){{1,4}}"
_PARTICLE = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|el|al|ter|ten|dos|du|St\.?)\s){0,3}"
_SURNAME = (
    rf"{_PARTICLE}[{_UPPER}][\w’'‐-]+(?:\s(?:(?:de|da|do|dos|van|von|der|del|di|la)\s)?[{_UPPER}][\w’'‐-]+){{0,2}}"
)
_NAME_LAST_FIRST = re.compile(rf"({_SURNAME}),?\s({_INITIALS})(?:\s(?:Jr|Sr|II|III|2nd|3rd)\.?)?(?=[,.;&:\s(]|$)")
_NAME_FIRST_LAST = re.compile(rf"({_INITIALS})\s?({_SURNAME})(?=[,.;&:\s(]|$)")
_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and|&)\s|,|;|\s(?:and|&)\s|&)\s*")
_EDITORS = re.compile(r"\s*\((?:[Ee]ds?|[Ee]ditors?)\.?\)\.?")
_LEAD_YEAR = re.compile(r"[\s.,:;]*[(\[]?(1[89]\d\d|20\d\d)([a-z])?[)\]]?(?=[\s.,:;]|$)(?!\s?[;:])")
_QUOTED = re.compile(r"[“\"](.{2,300}?)(?:[,.?!][”\"](?=\s|$)|[”\"][,.](?=\s|$))")
_ALONE = re.compile(rf"([{_UPPER}][a-zà-ÿ]{{3,}}),\s")
# Where a font sets a narrow space, tools print none behind a title's point: "mammals.Zoology".
_SENTENCE = re.compile(r"(.+?[?!.])(?=\s+[A-Z*“\"]|\s*$|(?<=[a-z]{4}[?!.])[A-Z][a-z]{2})")
_LINKING = frozenset("a an and at by for from in into is of on or the to with und de la et der die".split())
_IN_BOOK = re.compile(r"(?<=\w)[.,]?\s(?:[Ii]n:\s|in\s(?=[A-Z][a-z]+[^.]{5,200}\b[Ee]ds?\b))")
_ET_AL = re.compile(r"\s*,?\s*(?:and\s)?(?:et\.? al\.?|and others|…|\.\.\.)")


def parse_reference(text: str, *, span: Span | None, position: int, numbered: bool = False) -> Reference:
    """Return the reference that one entry's text names.

    The marker is the entry's printed number, else "Surname Year" where an author and a year were read and the list
    is not ``numbered``, else its 1-based ``position`` in the list.
    """
    number = _NUMBER.match(text)
    bullet = _BULLET.match(text)
    body = text[number.end() :] if number else text[bullet.end() :] if bullet else text
    doi_match = _DOI.search(body)
    pmid_match = _PMID.search(body)
    doi = clean_doi(doi_match.group(1)) if doi_match else None
    plain = " ".join(_URL.sub(" ", _MARKUP.sub("", body)).split())
    authors, rest = _read_authors(plain)
    year = _read_year(plain, len(plain) - len(rest))
    title = _read_title(rest, authors=bool(authors))
    if number:
        marker = number.group(1)
    elif bullet or numbered or not authors or year is None:
        marker = str(position)
    else:
        marker = make_key(authors[0], year[0] + year[1])
    return Reference(
        marker=marker,
        text=text,
        span=span,
        authors=authors,
        year=int(year[0]) if year else None,
        title=title,
        doi=doi,
        pmid=pmid_match.group(1) if pmid_match else None,
    )


def make_key(author: str, year: str) -> str:
    """Return the author-year key under which a text cites: the surname, a space, the year with its letter."""
    words = author.replace(",", " ").split()
    surname = [word for word in words if not re.fullmatch(rf"(?:[{_UPPER}][.’'-]{{0,2}}){{1,4}}", word)] or words
    return f"{' '.join(surname)} {year}"


def clean_doi(doi: str) -> str:
    """Return a DOI without the punctuation and brackets that followed it, lower-cased."""
    doi = re.split(r"[\])}](?=\(|$)|&domain|%22", doi)[0] if doi.count("(") < doi.count(")") else doi
    return doi.rstrip(".,;:)]}'\"*_").lower()


def _read_authors(text: str) -> tuple[tuple[str, ...], str]:
    at = 0
    authors: list[str] = []
    form: re.Pattern[str] | None = None
    while at < len(text):
        forms = (form,) if form else (_NAME_LAST_FIRST, _NAME_FIRST_LAST)
        for pattern in forms:
            match = pattern.match(text, at)
            if match:
                form = pattern
                break
        else:
            match = None
        if match is None and authors and form is _NAME_LAST_FIRST:
            # A name without initials among others.
            alone = _ALONE.match(text, at)
            if alone and (form.match(text, alone.end()) or _ET_AL.match(text, alone.end() - 1)):
                authors.append(alone[1])
                at = alone.end()
                continue
        if match is None:
            break
        surname, initials = match.groups() if form is _NAME_LAST_FIRST else match.groups()[::-1]
        authors.append(f"{surname} {re.sub(rf'[^{_UPPER}-]', '', initials)}".strip(" -"))
        at = match.end()
        others = _ET_AL.match(text, at)
        if others:
            at = others.end()
            break
        separator = _SEPARATOR.match(text, at)
        if separator is None:
            break
        at = separator.end()
    if not authors:
        return (), text
    return tuple(authors), text[at:]


def _read_year(text: str, after: int) -> tuple[str, str] | None:
    lead = _LEAD_YEAR.match(text, after) if after else None
    if lead is not None:
        return lead.group(1), lead.group(2) or ""
    match = _PAREN_YEAR.search(text, max(after - 8, 0)) or None
    if match is None:
        found = list(_YEAR.finditer(text, after))
        if not found:
            return None
        # "Title. Journal. 2009; 460:392": the year stands before the volume or at the end, not inside the title.
        # "(Richardson, 1836)" within a title is the authority of a species.
        ends = [m for m in found if re.match(r"\s*[;,.)]|\s*$", text[m.end() :])]
        plain = [m for m in ends if text[m.end() : m.end() + 1] != ")" or text[m.start() - 1 : m.start()] == "("]
        match = (plain or ends or found[-1:])[0]
    return match.group(1), match.group("letter") or ""


def _reads_on(text: str) -> bool:
    """Whether words after a title's point or question mark are more of it: most are no names, as a journal's are."""
    words = re.findall(r"[^\W\d_][\w’'-]*", text)
    lower = sum(word[0].islower() and word not in _LINKING for word in words)
    return len(words) >= 4 and 2 * lower >= len(words) - sum(word in _LINKING for word in words)


def _is_organisation(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if word not in _LINKING]
    return 2 <= len(words) <= 10 and all(word[0].isupper() for word in words)


def _read_title(rest: str, *, authors: bool) -> str | None:
    editors = _EDITORS.match(rest)
    body = (rest[editors.end() :] if editors else rest).lstrip(" .,:;&")
    body = re.sub(r"^[(\[]?(?:1[89]|20)\d\d[a-z]?[)\]]?[.,:;]?\s*", "", body).lstrip(" .,:;")
    quoted = _QUOTED.match(body)
    if quoted and (len(quoted[1].split()) >= 2 or body[quoted.end() :].startswith(" in ")):
        return quoted[1].strip(" .,")
    match = _SENTENCE.match(body)
    title = match.group(1) if match else body
    while match and (len(title.split()) < 3 or re.search(r"\b(?:vs|[A-Z])\.$", title)):
        longer = _SENTENCE.match(body, match.end())
        if longer is None:
            break
        title = body[: longer.end(1)]
        match = longer
    following = _SENTENCE.match(body, match.end()) if match else None
    if following and _reads_on(following[1]):
        organisation = not authors and _is_organisation(title)
        title = following[1].strip() if organisation else body[: following.end(1)]
    book = _IN_BOOK.search(title)
    if book:
        title = title[: book.start()].rstrip(". ")
        return title or None
    title = title.rstrip(". ")
    # A journal name with year or volume in place of a title ("Nature. 2009; 460:392").
    if not title or len(title.split()) < 3 or re.search(r"\d{4};|\d+:\d+", title):
        return None
    return title
