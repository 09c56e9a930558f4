"""Reader of JATS and NLM articles, and of the E-utilities' PubMed records and BioMed Central's own XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.ingest.assembly import assemble_document
from pipeline.ingest.jats_bmc import convert_bmc
from pipeline.ingest.jats_front import read_metadata, title_runs
from pipeline.ingest.jats_inline import BLOCKS, walk_child, walk_inline
from pipeline.ingest.jats_references import read_references
from pipeline.ingest.jats_tables import read_notes, read_rows
from pipeline.ingest.markup_math import local_name
from pipeline.ingest.markup_parse import parse_xml
from pipeline.ingest.markup_runs import Run, has_text, read_plain
from pipeline.ingest.markup_source import SourceWriter
from pipeline.ingest.markup_tables import lay_out
from pipeline.ingest.pubmed import write_pubmed
from pipeline.model import Document, Failure, Metadata
from pipeline.model.documents import BlockKind, SectionKind
from pipeline.settings import Settings

READER_VERSION: Final = "2"

_SECTION_TYPES: Final[dict[str, SectionKind]] = {
    "intro": "introduction", "introduction": "introduction", "background": "introduction",
    "methods": "methods", "materials": "methods", "materials|methods": "methods", "materials and methods": "methods",
    "subjects": "methods", "results": "results", "discussion": "discussion", "conclusions": "conclusion",
    "conclusion": "conclusion", "supplementary-material": "back", "display-objects": "caption",
}  # fmt: skip
_FLOATS: Final = frozenset({"table-wrap", "table-wrap-group", "fig", "fig-group", "boxed-text"})
_TABLE_NUMBER: Final = re.compile(
    r"(?:supplementary\s+|additional\s+|appendix\s+)?table\s*([A-Z]?\s?\d+[A-Za-z]?|[IVXL]+)", re.I
)
_TRANSPARENT: Final = frozenset({"sec", "app", "app-group", "fn-group", "notes", "ack", "bio", "glossary", "statement"})


def read_jats(data: bytes, *, name: str, sha256: str, settings: Settings) -> Document:
    """Read an XML article.

    The source text is a rendition: blocks stand apart by a blank line, table rows by a line break, cells by a tab.

    Raises:
        DocumentError: the file is no XML, declares entities, or holds neither title nor text.
    """
    root, problem = parse_xml(data, settings=settings)
    if local_name(root) == "art":
        root = convert_bmc(root)
    if local_name(root) in {"PubmedArticleSet", "PubmedArticle", "PubmedBookArticle"}:
        writer = SourceWriter(markers={}, marks_complete=True)
        metadata = write_pubmed(root, writer)
    else:
        article = root if local_name(root) == "article" else root.find(".//{*}article")
        if article is None:
            raise DocumentError(
                f"the XML's root is <{local_name(root)}>, and it holds no <article>",
                remedy="give a JATS or NLM article, or a PubMed record",
            )
        writer, metadata = _write_article(article)
    if not writer.blocks:
        raise DocumentError("the XML article holds no text", remedy="check that the file is the full article")
    failures = []
    if problem is not None:
        failures.append(
            Failure(
                path=name,
                stage="read",
                cause=f"the XML is malformed ({problem}); what the parser could mend was read",
                remedy="get a well-formed copy, and compare the end of the text",
                survivable=True,
            )
        )
    return assemble_document(
        name=name,
        sha256=sha256,
        reader="jats",
        reader_version=READER_VERSION,
        source=writer.read_source(),
        blocks=writer.blocks,
        tables=writer.tables,
        references=writer.references,
        metadata=metadata,
        failures=failures,
        settings=settings,
    )


def _write_article(article: etree._Element) -> tuple[SourceWriter, Metadata]:
    listed = read_references(article)
    markers = {identifier: entry.reference.marker for entry in listed for identifier in entry.identifiers}
    linked = any(xref.get("ref-type") in {"bibr", "ref"} for xref in article.iter("{*}xref"))
    writer = SourceWriter(markers=markers, marks_complete=linked)
    _ArticleWriter(writer).write(article)
    for entry in listed:
        writer.add_reference(entry.runs, entry.reference)
    return writer, read_metadata(article)


class _ArticleWriter:
    """Walks an article's parts in reading order and writes their blocks."""

    def __init__(self, writer: SourceWriter) -> None:
        self.writer = writer
        self.section: SectionKind | None = None
        self.figure = 0

    def write(self, article: etree._Element) -> None:
        front = article.find("{*}front")
        if front is None:
            front = article.find("{*}front-stub")
        if front is not None:
            self._write_front(front)
        body = article.find("{*}body")
        if body is not None:
            self.section = "body"
            self._write_children(body, level=0)
        for name in ("floats-group", "floats-wrap"):
            for group in article.findall(f"{{*}}{name}"):
                self._write_children(group, level=0)
        back = article.find("{*}back")
        if back is not None:
            self.section = "back"
            self._write_children(back, level=0)
        for part in article:
            if local_name(part) in {"sub-article", "response"}:
                self.section = "back"
                for title in part.iterfind(".//{*}title-group/{*}article-title"):
                    self.writer.add_block(title_runs(title), kind="heading", section="back", level=1)
                    break
                for inner in part.iterfind("{*}body"):
                    self._write_children(inner, level=1)

    def _write_front(self, front: etree._Element) -> None:
        meta = front.find("{*}article-meta")
        if meta is None:
            meta = front
        title = meta.find("{*}title-group/{*}article-title")
        if title is not None:
            self.writer.add_block(title_runs(title), kind="title", section="title")
        subtitle = meta.find("{*}title-group/{*}subtitle")
        if subtitle is not None:
            self.writer.add_block(title_runs(subtitle), kind="other", section="title")
        for group in meta.findall("{*}contrib-group"):
            self.writer.add_aside(_join_contributors(group))
        for abstract in meta.iter("{*}abstract", "{*}trans-abstract"):
            self.section = "abstract"
            self._write_children(abstract, level=0)
        for keywords in meta.findall("{*}kwd-group"):
            words = [list(walk_inline(word)) for word in keywords.iter("{*}kwd")]
            self.writer.add_aside(run for word in words for run in (*word, Run("; ")))
        self.section = None

    def _write_children(self, element: etree._Element, *, level: int) -> None:
        pending: list[Run] = [Run(element.text)] if element.text and element.text.strip() else []
        for child in element:
            name = local_name(child)
            if (
                name in BLOCKS
                or name in _TRANSPARENT
                or name in {"title", "label", "ref-list", "disp-formula", "def", "fn"}
            ):
                self._flush(pending, "paragraph")
                self._write_block(child, level=level)
                if child.tail and child.tail.strip():
                    pending.append(Run(child.tail))
            elif name not in {"sec-meta", "object-id", "ref", "attrib", "permissions"}:
                pending.extend(walk_child(child))
        self._flush(pending, "paragraph")

    def _flush(self, pending: list[Run], kind: BlockKind) -> None:
        if has_text(pending):
            self.writer.add_block(pending, kind=kind, section=self.section)
        pending.clear()

    def _write_block(self, element: etree._Element, *, level: int) -> None:
        name = local_name(element)
        if name == "p":
            self._write_paragraph(element, kind="paragraph", level=level)
        elif name in {"table-wrap", "table", "array"}:
            self._write_table(element)
        elif name == "fig":
            self._write_caption(element)
        elif name == "list":
            for item in element.iter("{*}list-item"):
                self._write_item(item, level=level)
        elif name == "def-list":
            for item in element.iter("{*}def-item"):
                runs = [run for part in item for run in (*walk_inline(part), Run(" "))]
                self.writer.add_block(runs, kind="list", section=self.section)
        elif name == "supplementary-material":
            self._write_caption(element)
        elif name == "title":
            if local_name(element.getparent()) not in {"caption"}:
                self.writer.add_block(
                    list(walk_inline(element)), kind="heading", section=self.section, level=max(level, 1)
                )
        elif name == "label":
            self._write_label(element, level=level)
        elif name == "ref-list":
            title = element.find("{*}title")
            if title is not None:
                self.writer.add_block(list(walk_inline(title)), kind="heading", section="references", level=level + 1)
            for child in element:
                if local_name(child) in {"p", "sec"}:
                    self._write_block(child, level=level + 1)
        elif name == "fn":
            for child in element:
                if local_name(child) == "p":
                    self._write_paragraph(child, kind="note", level=level)
        elif name == "disp-formula":
            self.writer.add_block(list(walk_inline(element)), kind="other", section=self.section)
        elif name in {"sec", "app", "boxed-text"}:
            self._write_section(element, level=level)
        elif name in {"ack", "notes", "glossary", "bio", "fn-group"}:
            outer, self.section = self.section, "back"
            self._write_children(element, level=level + 1)
            self.section = outer
        else:
            self._write_children(element, level=level)

    def _write_section(self, element: etree._Element, *, level: int) -> None:
        outer = self.section
        kind = _SECTION_TYPES.get(element.get("sec-type", "").lower().strip())
        if kind is not None and outer not in {"abstract", "back"}:
            self.section = kind
        elif level == 0 and outer == "body" and element.find("{*}title") is not None:
            self.section = None
        self._write_children(element, level=level + 1)
        self.section = outer

    def _write_label(self, element: etree._Element, *, level: int) -> None:
        parent = element.getparent()
        if parent is not None and local_name(parent) in {"sec", "app"} and parent.find("{*}title") is None:
            self.writer.add_block(list(walk_inline(element)), kind="heading", section=self.section, level=max(level, 1))

    def _write_item(self, item: etree._Element, *, level: int) -> None:
        label = item.find("{*}label")
        lead = [*walk_inline(label), Run(" ")] if label is not None else []
        for child in item:
            if local_name(child) == "p":
                self._write_paragraph(child, kind="list", level=level, lead=lead)
                lead = []

    def _write_paragraph(
        self, element: etree._Element, *, kind: BlockKind, level: int, lead: list[Run] | None = None
    ) -> None:
        pending = list(lead or [])
        if element.text:
            pending.append(Run(element.text))
        floats: list[etree._Element] = []
        for child in element:
            name = local_name(child)
            if name in _FLOATS or (name == "supplementary-material" and child.find("{*}caption") is not None):
                floats.append(child)
                pending.append(Run(child.tail or ""))
            elif name in BLOCKS:
                self._flush(pending, kind)
                if not (name == "list" and kind == "list"):
                    self._write_block(child, level=level)
                pending.append(Run(child.tail or ""))
            else:
                pending.extend(walk_child(child))
        self._flush(pending, kind)
        for child in floats:
            self._write_block(child, level=level)

    def _write_caption(self, element: etree._Element) -> None:
        lead = _caption_lead(element)
        section: SectionKind = "back" if self.section == "back" else "caption"
        if has_text(lead):
            self.writer.add_block(lead, kind="caption", section=section)
        for paragraph in element.iterfind("{*}caption/{*}p"):
            if not _is_lead(element, paragraph):
                self.writer.add_block(list(walk_inline(paragraph)), kind="caption", section=section)

    def _write_table(self, wrap: etree._Element) -> None:
        lead = _caption_lead(wrap)
        for paragraph in wrap.iterfind("{*}caption/{*}p"):
            if not _is_lead(wrap, paragraph):
                lead.extend((Run(" "), *walk_inline(paragraph)))
        caption_span = self.writer.add_block(lead, kind="caption", section="caption") if has_text(lead) else None
        caption = read_plain(run for run in lead if not run.note) or None
        found = _TABLE_NUMBER.match(read_plain(lead))
        number = found[1] if found else None
        notes = read_notes(wrap)
        rows = read_rows(wrap)
        if rows:
            marks = {mark for mark, _ in notes if mark for mark in mark.split(",")}
            self.writer.add_table(
                lay_out(rows, note_marks=marks), notes, number=number, caption=caption, caption_span=caption_span
            )
        else:
            for _, runs in notes:
                self.writer.add_block(runs, kind="note", section="caption")


def _caption_lead(element: etree._Element) -> list[Run]:
    """Return label and title of a float, or label and first paragraph where there is no title."""
    lead: list[Run] = []
    label = element.find("{*}label")
    if label is not None:
        lead.extend((*walk_inline(label), Run(" ")))
    title = element.find("{*}caption/{*}title")
    if title is not None:
        lead.extend(walk_inline(title))
        return lead
    paragraph = element.find("{*}caption/{*}p")
    if paragraph is not None:
        lead.extend(walk_inline(paragraph))
    return lead


def _is_lead(element: etree._Element, paragraph: etree._Element) -> bool:
    return element.find("{*}caption/{*}title") is None and paragraph is element.find("{*}caption/{*}p")


def _join_contributors(group: etree._Element) -> Iterator[Run]:
    for number, contributor in enumerate(group.iterfind("{*}contrib")):
        if number:
            yield Run(", ")
        name = contributor.find(".//{*}name")
        if name is None:
            name = contributor.find(".//{*}collab")
        if name is not None:
            given = name.find("{*}given-names")
            surname = name.find("{*}surname")
            parts = [part for part in (given, surname) if part is not None] or [name]
            yield Run(" ".join(read_plain(walk_inline(part)) for part in parts))
