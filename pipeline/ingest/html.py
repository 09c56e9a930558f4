"""Reader of article pages in HTML: headings, paragraphs, tables, citation links; the page around is dropped."""

from __future__ import annotations

import contextlib
import re
from typing import Final

from lxml import etree, html

from pipeline.errors import DocumentError
from pipeline.ingest.assembly import assemble_document
from pipeline.ingest.html_citations import HtmlReferences, find_references
from pipeline.ingest.html_inline import BLOCKS, is_dropped, walk_inline
from pipeline.ingest.html_metadata import read_html_metadata
from pipeline.ingest.html_tables import find_caption, find_inner, find_notes, lays_out, read_rows
from pipeline.ingest.markup_math import local_name
from pipeline.ingest.markup_parse import check_depth, decode_markup
from pipeline.ingest.markup_runs import Run, has_text, read_plain
from pipeline.ingest.markup_source import SourceWriter
from pipeline.ingest.markup_tables import lay_out, split_notes
from pipeline.ingest.sections import recognise_section
from pipeline.model import Document, Failure, Metadata
from pipeline.model.documents import BlockKind, SectionKind
from pipeline.settings import Settings

READER_VERSION: Final = "2"

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_CAPTION: Final = re.compile(
    r"(?:supplementary\s+)?(?:table|fig(?:ure)?\.?)\s*([A-Z]?\d+[A-Za-z]?|[IVX]+)\b", re.IGNORECASE
)
_ASIDE_CLASSES: Final = re.compile(
    r"(?:^|[\s_-])(?:authors?|contrib(?:s|utors?)?|affiliations?|keywords?|kwd)(?:$|[\s_-])", re.IGNORECASE
)


def read_html(data: bytes, *, name: str, sha256: str, settings: Settings) -> Document:
    """Read an article page.

    The source text is a rendition: blocks stand apart by a blank line, table rows by a line break, cells by a tab.

    Raises:
        DocumentError: the page is too large, or holds no text.
    """
    root, problem = _parse(data, settings=settings)
    metadata = read_html_metadata(root)
    article = _find_article(root)
    references = find_references(article)
    writer = SourceWriter(markers=references.markers, marks_complete=references.linked)
    walker = _PageWriter(writer, references)
    walker.write(article, metadata)
    for entry in references.entries:
        writer.add_reference(list(walk_inline(entry.element, references)), entry.reference)
    if not any(block.kind in {"paragraph", "list"} for block in writer.blocks):
        raise DocumentError(
            "the page holds no running text", remedy="save the full article page, after its scripts have run"
        )
    source = writer.read_source()
    if problem is None and "\ufffd" in source:
        problem = f"{source.count(chr(0xFFFD))} characters could not be read and stand as U+FFFD"
    if metadata.title is None and walker.title is not None:
        metadata = Metadata(walker.title, metadata.authors, metadata.year, metadata.journal, metadata.doi)
    return assemble_document(
        name=name,
        sha256=sha256,
        reader="html",
        reader_version=READER_VERSION,
        source=source,
        blocks=writer.blocks,
        tables=writer.tables,
        references=writer.references,
        metadata=metadata,
        failures=() if problem is None else (_note_damage(name, problem),),
        settings=settings,
    )


def _note_damage(name: str, problem: str) -> Failure:
    return Failure(
        path=name,
        stage="read",
        cause=f"the page is damaged: {problem}",
        remedy="save the page again, as UTF-8",
        survivable=True,
    )


def _parse(data: bytes, *, settings: Settings) -> tuple[etree._Element, str | None]:
    declared = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", data[:4096])
    text, problem = decode_markup(data)
    if declared is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        with contextlib.suppress(LookupError):
            encoding = declared[1].decode("ascii")
            text = data.decode(encoding, "replace")
            bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
            problem = f"{bad} places are not valid {encoding}" if bad > 0 else None
    if len(text) > settings.max_characters * 4:
        raise DocumentError(
            f"the page has {len(text)} characters, more than {settings.max_characters * 4}",
            remedy="raise the setting max_characters",
        )
    text = re.sub(r"<\?xml[^>]*\?>", "", text.replace("\x00", " "), count=1)
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise DocumentError(f"this is no HTML: {error}", remedy="check that the page was saved completely") from error
    if root is None:
        raise DocumentError("the page is empty", remedy="save the full article page")
    check_depth(root)
    return root, problem


def _find_article(root: etree._Element) -> etree._Element:
    """Return the element with most paragraph text among article, main and body."""
    candidates = [element for element in root.iter("article", "main") if _text_length(element) > 200]
    candidates.extend(element for element in root.iter("div", "section") if element.get("role") == "main")
    body = root.find(".//body")
    if candidates:
        best = max(candidates, key=_text_length)
        whole = _text_length(body if body is not None else root)
        if _text_length(best) > 0.5 * whole:
            return best
    return body if body is not None else root


def _text_length(element: etree._Element) -> int:
    return sum(len("".join(paragraph.itertext())) for paragraph in element.iter("p"))


class _PageWriter:
    """Walks a page in document order and writes its blocks."""

    def __init__(self, writer: SourceWriter, references: HtmlReferences) -> None:
        self.writer = writer
        self.references = references
        self.title: str | None = None
        self.begun = False
        self.section: SectionKind | None = None

    def write(self, article: etree._Element, metadata: Metadata) -> None:
        if article.find(".//h1") is None and metadata.title:
            self._write_title([Run(metadata.title)])
        self._write_children(article, kind="paragraph")

    def _write_title(self, runs: list[Run]) -> None:
        self.title = read_plain(runs)
        self.writer.add_block(runs, kind="title", section="title")

    def _write_children(self, element: etree._Element, *, kind: BlockKind) -> None:
        pending: list[Run] = [Run(element.text)] if element.text else []
        for child in element:
            if child in self.references.hidden or is_dropped(child):
                pass
            elif local_name(child) in BLOCKS or _holds_blocks(child):
                self._flush(pending, kind)
                self._write_block(child, kind=kind)
            else:
                pending.extend(walk_inline(child, self.references))
            if child.tail:
                pending.append(Run(child.tail))
        self._flush(pending, kind)

    def _flush(self, pending: list[Run], kind: BlockKind) -> None:
        if has_text(pending):
            self.writer.add_block(pending, kind=kind, section=self.section)
        pending.clear()

    def _write_block(self, element: etree._Element, *, kind: BlockKind) -> None:
        name = local_name(element)
        if name in _HEADINGS:
            self._write_heading(element, _HEADINGS[name])
        elif name == "table":
            self._write_table(element)
        elif name == "figure":
            self._write_figure(element)
        elif name == "li":
            self._write_children(element, kind="list")
        elif _ASIDE_CLASSES.search(element.get("class", "")) and self.section is None and element.find(".//h2") is None:
            self.writer.add_aside(walk_inline(element, self.references))
        elif (
            name == "p"
            and _CAPTION.match(read_plain(walk_inline(element, self.references)))
            and element.find("b") is not None
        ):
            self.writer.add_block(walk_inline(element, self.references), kind="caption", section="caption")
        elif name in {"dt", "dd"}:
            self._write_children(element, kind="list")
        else:
            self._write_children(element, kind=kind)

    def _write_heading(self, element: etree._Element, level: int) -> None:
        runs = list(walk_inline(element, self.references))
        text = read_plain(runs)
        if not text:
            return
        if self.title is None and level == 1:
            self._write_title(runs)
            return
        kind = recognise_section(text)
        if kind is not None or level <= 2:
            self.section = kind if kind in {"abstract", "references", "back"} else None
        self.writer.add_block(runs, kind="heading", section=kind, level=max(level - 1, 1))

    def _write_figure(self, element: etree._Element) -> None:
        tables = [table for table in element.iter("table") if not _stands_between(table, element)]
        for table in tables:
            self._write_table(table)
        if tables:
            return
        for caption in element.iter("figcaption"):
            self.writer.add_block(walk_inline(caption, self.references), kind="caption", section="caption")

    def _write_table(self, table: etree._Element) -> None:
        if lays_out(table, self.references):
            self._write_children(table, kind="paragraph")
            return
        inner = find_inner(table)
        caption = find_caption(table)
        runs = list(walk_inline(caption, self.references)) if caption is not None else []
        span = None
        if has_text(runs):
            span = self.writer.add_block(runs, kind="caption", section="caption")
        elif self.writer.blocks and self.writer.blocks[-1].kind == "caption":
            span = self.writer.blocks[-1].fragments[0].span
        text = self.writer.read_source()[span.start : span.end] if span is not None else None
        found = _CAPTION.match(text) if text else None
        notes = [note for foot in find_notes(table) for note in split_notes(list(walk_inline(foot, self.references)))]
        marks = {mark for joined, _ in notes if joined for mark in joined.split(",")}
        self.writer.add_table(
            lay_out(read_rows(table, self.references, inner), note_marks=marks),
            notes,
            number=found[1] if found else None,
            caption=text,
            caption_span=span,
        )
        # What a cell holds as a table has rows of its own: it stands below, not between the outer table's rows.
        for other in inner:
            self._write_table(other)


def _holds_blocks(element: etree._Element) -> bool:
    return any(local_name(inner) in BLOCKS for inner in element.iter() if inner is not element)


def _stands_between(table: etree._Element, figure: etree._Element) -> bool:
    """Whether a table of a figure stands inside another one of it."""
    return any(figure in outer.iterancestors() for outer in table.iterancestors("table"))
