"""What the first and last lines of a flattened paper say about it: title, authors, year, DOI."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.ingest.journal_lines import name_journal, read_journal_line
from pipeline.ingest.lines import TextLine, count_function_words
from pipeline.ingest.references import clean_doi
from pipeline.ingest.sections import recognise_section
from pipeline.model.documents import Metadata

_BY = re.compile(r"^(?P<title>.{15,300}?)[.?!]?\s+by\s+(?P<authors>[A-Z][\w’'-]+(?:\s[A-Z]{1,3})(?:,\s?.{3,})?)$")
_DOI = re.compile(r"(?:doi\.org/|\bdoi:?\s*/?)(10\.\d{4,9}/[^\s\"<>|]+)", re.IGNORECASE)
_TORN_DOI = re.compile(r"(10\.\d{4,9}/\S*[a-z]\.)[ \t]*\r?\n\s*(?=\d{4,})")
_ALONE_DOI = re.compile(r"doi:\s?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s*\[?(\d{6,8})\b")
_PMCID = re.compile(r"\b(PMC\d{5,8})\b")
_YEAR_LINES = (
    re.compile(r"^\W*(?:e-?)?published(?:\sonline)?\W[^\n]{0,30}?\b((?:19|20)\d\d)\b[^\n]{0,60}$", re.I | re.M),
    re.compile(r"(?:©|\(c\)|copyright)\s*(?:\w+\s){0,3}((?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(r"^\W*(?:accepted|available\sonline)\W[^\n]{0,30}?\b((?:19|20)\d\d)\b[^\n]{0,60}$", re.I | re.M),
    re.compile(r"^[^\n]{3,60}[\s(]((?:19|20)\d\d)\)?[;,:]\s?\d{1,4}", re.MULTILINE),
)
_LICENSE = re.compile(
    r"\b(CC[ -]BY(?:[ -](?:NC|SA|ND))*(?:\s\d\.\d)?)\b|(Creative\sCommons\s[A-Z][\w\s-]{5,60}?Licen[cs]e)"
)
_NAME = re.compile(
    r"(?:[A-ZÀ-ÞŁŚŠŽČ][\w’'‐-]*\.?[\s-]?){1,3}(?:(?:van|von|de|der|den|del|della|di|da|la|le|el|al|dos)\s){0,2}"
    r"[A-ZÀ-ÞŁŚŠŽČ][\w’'‐-]+"
)
_DEGREES = re.compile(r",?\s\b(?:M\.?D\.?|Ph\.?D\.?|MSc|BSc|MPH|MBBS|FRCP|DVM|Jr\.?|Sr\.?|RN|MS)\b")
_AUTHOR_MARKS = re.compile(
    r"(?<=[a-zà-ÿ.])\s?(?:\d{1,2}|[*†‡§¶#]|(?<=\s)[a-h](?=[,\s]|$))(?:\s?,\s?(?:\d{1,2}|[*†‡§¶#]|[a-h]\b))*"
)
_FRONT = 60


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The paper's title and authors, with the indices of the lines on which they stand.

    ``title_end`` is set where the title ends within its line.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    title_lines: tuple[int, ...] = ()
    author_lines: tuple[int, ...] = ()
    title_end: int | None = None


def find_front(lines: Sequence[TextLine], skipped: set[int]) -> FrontMatter:
    """Return the title and authors that stand above the text, where both or a clear title are found."""
    groups = _first_groups(lines, skipped)
    if not groups:
        return FrontMatter()
    first = lines[groups[0][0]]
    match = _BY.match(first.text)
    if match:
        authors = tuple(part.strip() for part in re.split(r",\s?|\sand\s", match["authors"]) if part.strip())
        return FrontMatter(match["title"], authors, (groups[0][0],), (), first.start + match.end("title"))
    for index, group in enumerate(groups[:4]):
        text = " ".join(lines[number].text for number in group)
        whole = _may_be_title(text, len(group))
        for following in groups[index + 1 : index + 3] if whole else ():
            authors = read_authors(" ".join(lines[number].text for number in following))
            if authors:
                return FrontMatter(text, authors, tuple(group), tuple(following))
        # Title and authors in one group: the last lines are names.
        for cut in range(1, len(group)):
            authors = read_authors(" ".join(lines[number].text for number in group[cut:]))
            head = " ".join(lines[number].text for number in group[:cut])
            if authors and len(authors) >= 2 and _may_be_title(head, cut):
                return FrontMatter(head, authors, tuple(group[:cut]), tuple(group[cut:]))
    return FrontMatter()


def read_metadata(source: str, lines: Sequence[TextLine], front: FrontMatter, *, references_at: int | None) -> Metadata:
    """Return the metadata of a flattened paper; identifiers are looked for outside the reference list."""
    cut = lines[references_at].start if references_at is not None else len(source)
    head = source[: min(cut, 12_000)]
    tail = source[max(cut, len(source) - 4_000) :]
    doi = _find_doi(lines, head, references_at)
    pmid = _PMID.search(head) or (_PMID.search(tail) if references_at is None else None)
    pmcid = _PMCID.search(head)
    # Read line by line, as columns and indents stand between the words in the source.
    license_match = _LICENSE.search(" ".join(line.text for line in lines if line.text))
    cited = next((c for line in lines[:_FRONT] if (c := read_journal_line(line.text)) and not c.authors), None)
    year = _find_year(head, tail) or (cited.year if cited else None)
    return Metadata(
        title=front.title,
        authors=front.authors,
        year=year,
        journal=name_journal((line.text for line in lines[:references_at]), front=_FRONT),
        doi=doi,
        pmid=pmid.group(1) if pmid else None,
        pmcid=pmcid.group(1) if pmcid else None,
        license=" ".join(license_match.group(0).split()) if license_match else None,
    )


def _find_doi(lines: Sequence[TextLine], head: str, references_at: int | None) -> str | None:
    """Return the paper's DOI: of those at the front the one printed most often, else one alone below the list."""
    mended = _TORN_DOI.sub(r"\1", head)
    found = [clean_doi(match.group(1)) for match in _DOI.finditer(mended)]
    if found:
        return max(found, key=lambda doi: (found.count(doi), -found.index(doi)))
    below = lines[references_at:] if references_at is not None else ()
    alone = [match for line in below if (match := _ALONE_DOI.fullmatch(line.text))]
    return clean_doi(alone[-1].group(1)) if alone else None


def _find_year(head: str, tail: str) -> int | None:
    for pattern in _YEAR_LINES:
        match = pattern.search(head)
        # A journal's line with year and volume is sought at the front only: at the end, references look like it.
        if match is None and pattern is not _YEAR_LINES[-1]:
            match = pattern.search(tail)
        if match is not None:
            return int(match.group(1))
    return None


def read_authors(text: str) -> tuple[str, ...]:
    """Return the names of a line of authors, empty where any part of it is no name."""
    if len(text) > 3_000 or text.endswith(".") or count_function_words(text)[0] > 1 + text.count(" and "):
        return ()
    plain = _DEGREES.sub("", " ".join(text.split()))
    plain = _AUTHOR_MARKS.sub("", plain)
    parts = [part.strip(" .*†‡§¶#0123456789") for part in re.split(r",|;|&|\band\b|•|·|\|", plain)]
    names = [part for part in parts if part]
    if not names or not all(_NAME.fullmatch(name) and 2 <= len(name.split()) <= 5 for name in names):
        return ()
    return tuple(" ".join(name.split()) for name in names)


def _first_groups(lines: Sequence[TextLine], skipped: set[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    fresh = True
    for number, line in enumerate(lines[:_FRONT]):
        if not line.text or number in skipped:
            fresh = True
            continue
        if groups and len(line.text) <= 40 and recognise_section(line.text) == "abstract":
            break
        if fresh:
            groups.append([])
        groups[-1].append(number)
        fresh = False
    return groups[:6]


def _may_be_title(text: str, height: int) -> bool:
    words = text.split()
    if not 3 <= len(words) <= 40 or height > 5 or text.endswith((".", ",", ";")) or recognise_section(text):
        return False
    return text[0].isupper() or text[0] in '“‘"(' or any(c.isupper() for c in words[0])
