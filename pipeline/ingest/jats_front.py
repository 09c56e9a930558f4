"""What a JATS article says about itself: title, authors, year, journal, identifiers, licence."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from pipeline.ingest.jats_inline import walk_inline
from pipeline.ingest.jats_references import clean_doi, read_names
from pipeline.ingest.markup_math import local_name
from pipeline.ingest.markup_runs import Run, read_plain
from pipeline.model import Metadata

XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_YEAR: Final = re.compile(r"(1[89]\d\d|20\d\d)")
_DATE_ORDER: Final = ("epub", "epub-ppub", "ppub", "collection", "pub", "electronic", "print")
_LICENSE_URL: Final = re.compile(r"https?://creativecommons\.org/[\w./-]+")
_LICENSE_NAME: Final = re.compile(
    r"Creative Commons[\w ,-]*?(?:Licen[cs]e|Dedication)?(?:\s?\(?(?:CC[ -]BY[\w-]*|CC0)\)?)?", re.I
)


def read_metadata(article: etree._Element) -> Metadata:
    """Return the metadata of an article from its front matter."""
    meta = article.find(".//{*}article-meta")
    if meta is None:
        meta = article.find(".//{*}front-stub")
    if meta is None:
        return Metadata()
    journal = article.find(".//{*}journal-meta")
    ids = {child.get("pub-id-type", ""): "".join(child.itertext()).strip() for child in meta.findall("{*}article-id")}
    pmcid = ids.get("pmcid") or ids.get("pmc")
    return Metadata(
        title=read_title(meta),
        authors=tuple(dict.fromkeys(_read_authors(meta))),
        year=_read_year(meta),
        journal=None
        if journal is None
        else _text_of(journal, "journal-title") or _text_of(journal, "abbrev-journal-title"),
        doi=clean_doi(ids.get("doi")),
        pmid=ids.get("pmid") or None,
        pmcid=None if not pmcid else pmcid if pmcid.upper().startswith("PMC") else f"PMC{pmcid}",
        license=_read_license(meta),
    )


def read_title(meta: etree._Element) -> str | None:
    """Return the article's title without footnote marks."""
    group = meta.find("{*}title-group/{*}article-title")
    return (read_plain(run for run in title_runs(group) if not run.note) or None) if group is not None else None


def title_runs(title: etree._Element) -> list[Run]:
    """Return a title's runs."""
    return list(walk_inline(title))


def _read_authors(meta: etree._Element) -> list[str]:
    authors: list[str] = []
    for contributor in meta.iterfind("{*}contrib-group/{*}contrib"):
        if contributor.get("contrib-type", "author") not in {"author", ""}:
            continue
        names = list(read_names(contributor))
        authors.extend(names[:1])
    return authors


def _read_year(meta: etree._Element) -> int | None:
    years: dict[str, int] = {}
    for date in meta.findall("{*}pub-date"):
        found = _YEAR.search(_text_of(date, "year") or "")
        if found:
            years.setdefault(
                date.get("pub-type") or date.get("publication-format") or date.get("date-type") or "", int(found[1])
            )
    for kind in _DATE_ORDER:
        if kind in years:
            return years[kind]
    if years:
        return next(iter(years.values()))
    found = _YEAR.search(_text_of(meta, "copyright-year") or "")
    return int(found[1]) if found else None


def _read_license(meta: etree._Element) -> str | None:
    for license_element in meta.iter("{*}license"):
        text = " ".join("".join(license_element.itertext()).split())
        links = [license_element.get(XLINK_HREF, "")]
        links.extend(
            child.get(XLINK_HREF, "") for child in license_element.iter() if local_name(child) in {"ext-link", "uri"}
        )
        url = next((_LICENSE_URL.search(link) for link in (*links, text) if _LICENSE_URL.search(link)), None)
        if url:
            return url[0].rstrip(".")
        name = _LICENSE_NAME.search(text)
        kind = license_element.get("license-type")
        return name[0].strip() if name else kind or text[:200] or None
    statement = _text_of(meta, "copyright-statement")
    found = _LICENSE_URL.search(statement or "") or _LICENSE_NAME.search(statement or "")
    return found[0].strip() if found else None


def _text_of(element: etree._Element, name: str) -> str | None:
    found = element.find(f".//{{*}}{name}")
    return (read_plain(walk_inline(found)) or None) if found is not None else None
