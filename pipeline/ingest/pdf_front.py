"""The first pages of a PDF: title, abstract, what stands between them, and metadata."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.ingest.pdf_blocks import TextBlock
from pipeline.ingest.pdf_lines import Piece
from pipeline.ingest.sections import recognise_section
from pipeline.model import Metadata

_DOI: Final = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|]+[^\s\"<>|.,;:)\]]")
_CITED: Final = re.compile(
    rf"(?P<before>{_DOI.pattern})\s+(?:please\s+)?cite this|"
    rf"(?:cite this (?:article|paper)|how to cite)[^\n]{{0,40}}(?:\n[^\n]*){{0,5}}?(?P<after>{_DOI.pattern})",
    re.IGNORECASE,
)
_VERSION: Final = re.compile(r"\s*\[v(?:ersion)?\s?\d[^\]]*\]$", re.IGNORECASE)
_PMCID: Final = re.compile(r"\bPMC\d{5,8}\b")
_PMID: Final = re.compile(r"\bPMID:?\s?(\d{5,8})\b")
_DATED: Final = re.compile(
    r"(?:published(?:\s+online)?|©|\(c\)|copyright|accepted|available online|first published)"
    r"[^\n]{0,40}?\b((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ISSUE: Final = re.compile(r"\(?\b((?:19|20)\d\d)\)?[,;:\s]+(?:vol(?:ume)?\.?\s*)?\d{1,4}\s?[:(,]")
_LICENSE: Final = re.compile(
    r"https?://creativecommons\.org/[\w./-]+\w|Creative Commons[\w ,-]{0,60}Licen[cs]e", re.IGNORECASE
)
_ABSTRACT: Final = re.compile(
    r"(?:abstract|summary|synopsis|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t)\b\s*[:.—–|-]?\s*", re.IGNORECASE
)
_FRONT: Final = re.compile(
    r"(?:©|\(c\)|\W*(?:19|20)\d\d the authors?|copyright|citation:|cite this|how to cite|received|accepted|published|"
    r"edited by|reviewed by|(?:academic |handling )?editors?:|funding|"
    r"data availability|competing interests?|open access|"
    r"\*?\s?correspond|e-?mail|https?:|www\.|doi|\*|†|‡|§|keywords?|key words|this is an open|full list of author|"
    r"author(?:s'|’s|s’)? affiliation|specialty section|article history|orcid|first published|available online|"
    r"subject (?:category|areas?)|registration|v\d: |referees?|abbreviations?:|this article is included|"
    r"discuss this article|"
    r"amendments from|department of|\d?\s?(?:department|school|institute|faculty|college|division) of)",
    re.IGNORECASE,
)
_AUTHOR: Final = re.compile(r"(?:[A-ZÀ-ÞŁŠŽČ](?:[\w’'.‐-]*)\s?){2,5}")
_SPLIT: Final = re.compile(r"\s*(?:,|;|\band\b|&|·|•|\|)\s*")
_AUTHOR_MARK: Final = re.compile(
    r"[\d*†‡§¶#⁰¹²³⁴-⁹]+(?:\s*,\s*[\d*†‡§¶#a-e]+)*|\s[a-e](?=\s*(?:,|$))|\b(?:MD|PhD|MSc|MPH|BSc|FRCP|DVM|Dr|Prof)\b\.?"
)
_LOGO_WORDS: Final = frozenset(
    {"open access", "research article", "research", "original article", "review", "article", "letter"}
)


def mark_front(blocks: list[TextBlock], *, body_size: float) -> TextBlock | None:
    """Give title, abstract and front matter their kinds, in place; return the title's block."""
    title = _find_title(blocks, body_size=body_size)
    if title is not None:
        _join_title(blocks, title, body_size=body_size)
        title.kind, title.section = "title", "title"
    begin = blocks.index(title) + 1 if title is not None else 0
    end = _find_body(blocks, begin)
    abstract = next((index for index in range(len(blocks[:end])) if _opens_abstract(blocks[index])), None)
    if abstract is None:
        longest = [
            index
            for index in range(begin, end)
            if len(blocks[index].text.split()) > 60 and not _FRONT.match(blocks[index].text)
        ]
        abstract = longest[0] if longest else None
    size = _measure_abstract(blocks[abstract:end]) if abstract is not None else None
    for index in range(end):
        block = blocks[index]
        if block is title or block.kind is None:
            continue
        inside = abstract is not None and index >= abstract
        if inside and not _is_front_matter(block, first=index == abstract, size=size):
            if block.kind in {"paragraph", "heading", "list"}:
                block.section = "abstract"
        elif block.kind in {"paragraph", "heading", "list", "reference"}:
            block.kind = None
    return title


def _join_title(blocks: list[TextBlock], title: TextBlock, *, body_size: float) -> None:
    """Take the lines of the title's type right below it into the title, in place, whatever they read like."""
    at = blocks.index(title) + 1
    while at < len(blocks) and title.size > 1.2 * body_size:
        block = blocks[at]
        same = abs(block.size - title.size) <= 0.1 and block.lines[0].page == title.lines[0].page
        if not same or block.kind not in {"heading", "paragraph"} or len(block.lines) > 3:
            break
        title.lines.extend(block.lines)
        del blocks[at]


def _measure_abstract(blocks: Sequence[TextBlock]) -> float | None:
    """Return the size of an abstract's type: that of its first paragraph of some length."""
    return next((block.size for block in blocks if len(block.text.split()) > 25), None)


def split_run_in_titles(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the blocks with titles that open an abstract's paragraphs ("Methods: …") as headings of their own."""
    split: list[TextBlock] = []
    for block in blocks:
        count = _count_title_words(block) if block.section == "abstract" and block.kind == "paragraph" else 0
        if not count:
            split.append(block)
            continue
        line = block.lines[0]
        title = Piece(line.words[:count], page=line.page).settle()
        rest = Piece([line.words[count]._replace(glued=False), *line.words[count + 1 :]], page=line.page).settle()
        split.append(TextBlock([title], kind="heading", section="abstract", level=2))
        split.append(TextBlock([rest, *block.lines[1:]], section="abstract", breaks=block.breaks))
    return split


def _count_title_words(block: TextBlock) -> int:
    words = block.lines[0].words
    count = 0
    while count < len(words) - 1 and words[count].font == words[0].font and count < 6:
        count += 1
    title = " ".join(word.text for word in words[:count])
    if not count or words[count].font == words[0].font:
        return 0
    known = recognise_section(title.rstrip(":. ")) is not None or title.casefold().startswith("trial registration")
    return count if known else 0


def read_front(
    blocks: Sequence[TextBlock], title: TextBlock | None, *, info: Mapping[str, str], first_pages: str, last_pages: str
) -> Metadata:
    """Return the metadata that the first pages show.

    Args:
        info: the PDF's information dictionary.
        first_pages: the text of the first two pages, furniture included.
        last_pages: that of the last two, where some publishers say how to cite the article.
    """
    pmcid = _PMCID.search(first_pages)
    pmid = _PMID.search(first_pages)
    year = _DATED.search(first_pages) or _ISSUE.search(first_pages)
    rights = _LICENSE.search(first_pages)
    words = " ".join(_join_lines(title).split()) if title is not None else info.get("Title", "")
    return Metadata(
        title=_VERSION.sub("", words.strip(" *†‡")) or None,
        authors=_read_authors(blocks, title),
        year=int(year[1]) if year else None,
        doi=_find_doi(first_pages, last_pages),
        pmid=pmid[1] if pmid else None,
        pmcid=pmcid[0] if pmcid else None,
        license=" ".join(rights[0].split()) if rights else None,
    )


def _find_doi(first_pages: str, last_pages: str) -> str | None:
    """Return the identifier that the first pages have most often, not cut short; else the one it is to be cited by."""
    counted = Counter(match[0] for match in _DOI.finditer(first_pages))
    whole = [doi for doi in counted if not any(other != doi and other.startswith(doi) for other in counted)]
    if whole:
        return max(whole, key=lambda doi: counted[doi])
    cited = _CITED.search(last_pages)
    return (cited["before"] or cited["after"]) if cited else None


def _join_lines(block: TextBlock) -> str:
    text = ""
    for line in block.lines:
        text += line.text if text.endswith("-") else f" {line.text}"
    return text


def _find_title(blocks: Sequence[TextBlock], *, body_size: float) -> TextBlock | None:
    candidates = [
        block
        for block in blocks
        if block.lines[0].page <= 2
        and block.size > body_size + 0.5
        and len(block.text.split()) >= 3
        and 15 <= len(block.text) < 400
        and " ".join(block.text.split()).casefold() not in _LOGO_WORDS
        and recognise_section(block.text) is None
    ]
    first = [block for block in candidates if block.lines[0].page == 1]
    pool = first or candidates
    if not pool:
        return None
    largest = max(block.size for block in pool)
    return next(block for block in pool if block.size >= largest - 0.1)


def _find_body(blocks: Sequence[TextBlock], begin: int) -> int:
    """Return the index of the block at which the article's body begins."""
    for index in range(begin, len(blocks)):
        block = blocks[index]
        if block.lines[0].page > 3:
            break
        if block.kind == "heading":
            kind = recognise_section(block.text)
            opened = any(_opens_abstract(other) for other in blocks[begin:index])
            structured = (opened and kind in {"methods", "results", "conclusion"}) or block.section == "abstract"
            if kind == "introduction":
                later = [
                    other
                    for other in blocks[index + 1 : index + 40]
                    if other.kind == "heading" and recognise_section(other.text) in {"introduction", "methods"}
                ]
                repeated = [other for other in later if recognise_section(other.text) == "introduction"]
                if not (opened and repeated):
                    return index
            elif kind in {"methods", "results"} and not structured:
                return index
    else:
        return min(begin, len(blocks))
    long = [index for index in range(begin, len(blocks)) if len(blocks[index].text.split()) > 60]
    return long[1] if len(long) > 1 else min(begin, len(blocks))


def _opens_abstract(block: TextBlock) -> bool:
    match = _ABSTRACT.match(block.text)
    return match is not None and (
        block.kind == "heading" or match.end() >= len(block.text.split("\n")[0]) or block.lines[0].words[0].bold
    )


def _is_front_matter(block: TextBlock, *, first: bool, size: float | None) -> bool:
    """Whether a block behind an abstract's beginning is no part of it: by its words, or set in other type."""
    if first:
        return False
    if size is not None and (block.size < size - 0.35 or (block.kind != "heading" and block.size > size + 0.35)):
        return True
    return bool(_FRONT.match(block.text)) and recognise_section(block.lines[0].text) is None


def _read_authors(blocks: Sequence[TextBlock], title: TextBlock | None) -> tuple[str, ...]:
    if title is None or title not in blocks:
        return ()
    at = list(blocks).index(title)
    found: list[str] = []
    size = 0.0
    for block in list(blocks)[at + 1 : at + 7]:
        if block.lines[0].page != title.lines[0].page or (found and abs(block.size - size) > 0.3):
            break
        names = _read_names(block)
        if names:
            size = block.size
            found.extend(names)
        elif found:
            break
    return tuple(dict.fromkeys(found))


def _read_names(block: TextBlock) -> list[str]:
    """Return the names that a block lists, none where too much of it is no name."""
    plain = []
    for line in block.lines[:12]:
        kept = [
            ("" if word.glued else " ") + word.text
            for word, shift in zip(line.words, line.shifts, strict=True)
            if shift != "sup"
        ]
        plain.append("".join(kept))
    names = [
        _AUTHOR_MARK.sub("", part).strip(" .,")
        for part in _SPLIT.split(" ".join(" ".join(plain).split()))
        if part.strip()
    ]
    names = [name for name in names if name]
    good = [name for name in names if _AUTHOR.fullmatch(name) and len(name) < 50]
    return good if good and len(good) >= 0.6 * len(names) else []
