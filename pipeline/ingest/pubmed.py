"""PubMed records of the E-utilities: title, abstract and metadata."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from pipeline.ingest.jats_inline import walk_inline
from pipeline.ingest.jats_references import clean_doi
from pipeline.ingest.markup_math import local_name
from pipeline.ingest.markup_runs import Run, read_plain
from pipeline.ingest.markup_source import SourceWriter
from pipeline.model import Metadata

_YEAR: Final = re.compile(r"(1[89]\d\d|20\d\d)")


def write_pubmed(root: etree._Element, writer: SourceWriter) -> Metadata:
    """Write title and abstract of each record; return the metadata where there is but one record."""
    records = [root] if local_name(root) != "PubmedArticleSet" else [item for item in root if local_name(item)]
    for record in records:
        title = record.find(".//ArticleTitle")
        if title is None:
            title = record.find(".//BookTitle")
        if title is not None:
            writer.add_block(walk_inline(title), kind="title", section="title")
        for part in record.iterfind(".//Abstract/AbstractText"):
            label = part.get("Label")
            if label and label.upper() != "UNLABELLED":
                writer.add_block([Run(label.capitalize())], kind="heading", section="abstract", level=2)
            writer.add_block(walk_inline(part), kind="paragraph", section="abstract")
    return _read_metadata(records[0]) if len(records) == 1 else Metadata()


def _read_metadata(record: etree._Element) -> Metadata:
    ids = {
        item.get("IdType", ""): (item.text or "").strip()
        for item in record.iterfind("PubmedData/ArticleIdList/ArticleId")
    }
    doi = ids.get("doi")
    for location in record.iterfind(".//ELocationID"):
        if location.get("EIdType") == "doi" and not doi:
            doi = (location.text or "").strip()
    title = record.find(".//ArticleTitle")
    authors = []
    for author in record.iterfind(".//AuthorList/Author"):
        parts = [author.findtext("LastName"), author.findtext("ForeName") or author.findtext("Initials")]
        name = " ".join(part for part in parts if part) or author.findtext("CollectiveName")
        if name:
            authors.append(name)
    date = record.find(".//JournalIssue/PubDate")
    year = _YEAR.search("".join(date.itertext())) if date is not None else None
    return Metadata(
        title=(read_plain(walk_inline(title)) or None) if title is not None else None,
        authors=tuple(dict.fromkeys(authors)),
        year=int(year[1]) if year else None,
        journal=record.findtext(".//Journal/Title") or record.findtext(".//MedlineTA"),
        doi=clean_doi(doi),
        pmid=record.findtext(".//PMID"),
        pmcid=ids.get("pmc") or None,
    )
