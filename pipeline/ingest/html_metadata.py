"""What an article page says about itself in its ``meta`` elements."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from pipeline.ingest.jats_references import clean_doi
from pipeline.model import Metadata

_YEAR: Final = re.compile(r"(1[89]\d\d|20\d\d)")
_TITLES: Final = ("citation_title", "dc.title", "og:title", "twitter:title")
_AUTHORS: Final = ("citation_author", "dc.creator", "citation_authors")
_DATES: Final = (
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "dc.date",
    "article:published_time",
    "prism.publicationdate",
)
_JOURNALS: Final = ("citation_journal_title", "prism.publicationname", "citation_journal_abbrev")
_LICENSE: Final = re.compile(r"https?://creativecommons\.org/[\w./-]+\w")


def read_html_metadata(root: etree._Element) -> Metadata:
    """Return the metadata in a page's head."""
    values: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower().replace("dcterms.", "dc.")
        content = " ".join((meta.get("content") or "").split())
        if key and content:
            values.setdefault(key, []).append(content)
    title = _first(values, _TITLES)
    if title is None:
        element = root.find(".//head/title")
        title = " ".join("".join(element.itertext()).split()) or None if element is not None else None
    authors: list[str] = []
    for key in _AUTHORS:
        if values.get(key):
            authors = [name.strip() for value in values[key] for name in value.split(";") if name.strip()]
            break
    year = next((_YEAR.search(values[key][0]) for key in _DATES if key in values), None)
    doi = next(
        (
            clean_doi(value)
            for key in ("citation_doi", "dc.identifier", "prism.doi", "doi")
            for value in values.get(key, ())
            if clean_doi(value)
        ),
        None,
    )
    pmcid = next(
        (re.search(r"PMC\d+", value) for value in (*values.get("citation_pmcid", ()), *values.get("ncbi_pcid", ()))),
        None,
    )
    links = [
        link.get("href", "")
        for link in root.iter("a", "link")
        if "license" in (link.get("rel") or "") or "creativecommons.org" in link.get("href", "")
    ]
    rights = next(
        (_LICENSE.search(text) for text in (*values.get("dc.rights", ()), *links) if _LICENSE.search(text)), None
    )
    return Metadata(
        title=title,
        authors=tuple(dict.fromkeys(authors)),
        year=int(year[1]) if year else None,
        journal=_first(values, _JOURNALS),
        doi=doi,
        pmid=_first(values, ("citation_pmid",)),
        pmcid=pmcid[0] if pmcid else None,
        license=rights[0] if rights else None,
    )


def _first(values: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((values[key][0] for key in keys if key in values), None)
