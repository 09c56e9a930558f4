"""Passages: the paragraph or table that a place of a document stands in, ready to be shown with places marked.

A passage is made of parts, each a stretch of the source with its offset. A page marks a field by the field's own
offsets, so that what is highlighted is what the claim points to and nothing that merely reads like it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.model import CleanView, Document, Span
from pipeline.model.documents import Block, Table
from pipeline.model.spans import Piece

LONGEST = 6000
"""Code points of a paragraph beyond which it is shown in chunks of whole sentences."""
AROUND = 400
"""Code points shown on either side of a place that stands in no paragraph."""

_BEFORE = 40
"""How many stretches before a place may reach over it; stretches seldom overlap at all."""

PassageKind = Literal["text", "lines", "grid"]


@dataclass(frozen=True, slots=True)
class Passage:
    """What is shown of a document at a place.

    Attributes:
        kind: running text, a table that reached us as lines, or a table with cells.
        parts: stretches of the source, in reading order; of a grid, in the order in which ``cells`` names them.
        title: the table's name, the section's title.
        cells: of a grid: row, column, rows covered, columns covered, whether a header, and its parts' indices.
        captions, notes: indices of the parts that are a table's caption and notes.
    """

    kind: PassageKind
    parts: tuple[Span, ...]
    title: str | None = None
    cells: tuple[tuple[int, int, int, int, bool, tuple[int, ...]], ...] = ()
    captions: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()


@dataclass(slots=True)
class PassageBook:
    """The passages of one document, each made when a place in it is first asked for."""

    document: Document
    passages: list[Passage] = field(default_factory=list)
    _known: dict[object, int] = field(default_factory=dict)
    _owners: list[tuple[int, int, object]] = field(default_factory=list)
    _pages: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))

    def __post_init__(self) -> None:
        document = self.document
        claimed = [
            (span.start, span.end, ("table", index))
            for index, table in enumerate(document.tables)
            for span in _table_spans(table)
        ]
        starts = sorted((start, end) for start, end, _ in claimed)
        for index, block in enumerate(document.blocks):
            for span in document.clean.to_source(block.clean.start, block.clean.end):
                if not _is_inside(span, starts):
                    claimed.append((span.start, span.end, ("block", index)))
        self._owners = sorted(claimed, key=lambda owner: (owner[0], owner[1], str(owner[2])))
        boxes = sorted(document.boxes, key=lambda box: box.span)
        self._pages = [box.span.start for box in boxes], [box.page for box in boxes]

    def find(self, start: int, end: int) -> int:
        """Return the index of the passage that holds the source range."""
        before = bisect_right(self._owners, start, key=lambda owner: owner[0])
        beyond = bisect_right(self._owners, end - 1, key=lambda owner: owner[0])
        near = self._owners[max(before - _BEFORE, 0) : beyond]
        # The stretch in which the place begins; or the first that it touches, where it begins between two.
        for low, high, owner in (*reversed(near[: before - max(before - _BEFORE, 0)]), *near):
            if low <= start < high or (low >= start and low < end):
                return self._make(owner, start, end)
        return self._make(("around", (start, end)), start, end)

    def page(self, start: int) -> int | None:
        """Return the page on which a source character stands, 1-based; ``None`` where the format has no pages."""
        starts, pages = self._pages
        at = bisect_right(starts, start) - 1
        return pages[max(at, 0)] if pages else None

    def _make(self, owner: Any, start: int, end: int) -> int:
        document = self.document
        kind, index = owner[:2]
        chunk = _chunk(document, index, start) if kind == "block" else 0
        key = (*owner, chunk)
        if key not in self._known:
            if kind == "table":
                passage = _table_passage(document.tables[index])
            elif kind == "block":
                passage = _block_passage(document, document.blocks[index], chunk)
            else:
                passage = _around(document, start, end)
            self._known[key] = len(self.passages)
            self.passages.append(passage)
        return self._known[key]


def passage_value(passage: Passage, book: PassageBook) -> dict[str, Any]:
    """Return a passage as a page's script reads it; ``parts`` as ``[start, text]`` or ``[start, text, page]``."""
    source = book.document.source
    parts = []
    for span in passage.parts:
        page = book.page(span.start)
        parts.append([span.start, source[span.start : span.end], *([] if page is None else [page])])
    value: dict[str, Any] = {"kind": passage.kind, "parts": parts}
    if passage.title:
        value["title"] = passage.title
    if passage.cells:
        value["cells"] = [
            [row, column, rows, columns, int(header), list(indices)]
            for row, column, rows, columns, header, indices in passage.cells
        ]
    if passage.captions:
        value["captions"] = list(passage.captions)
    if passage.notes:
        value["notes"] = list(passage.notes)
    return value


def read_text_only(record: Mapping[str, Any], source: str) -> Document:
    """Return a document of which only its record and its text are known: paragraphs are what blank lines part."""
    blocks = []
    start = 0
    for paragraph in source.split("\n\n"):
        if paragraph.strip():
            blocks.append(Block("paragraph", Span(start, start + len(paragraph)), 0))
        start += len(paragraph) + 2
    return Document(
        doc_id=record["doc_id"],
        path=record["path"],
        sha256=record["sha256"],
        reader=record["reader"],
        reader_version=record["reader_version"],
        source=source,
        clean=CleanView(source, (Piece(0, 0, len(source)),) if source else ()),
        blocks=tuple(blocks),
    )


def _table_spans(table: Table) -> list[Span]:
    spans = [span for cell in table.cells for span in cell.spans]
    spans += [line.span for line in table.lines]
    spans += [note.span for note in table.notes]
    if not table.cells and not table.lines:
        spans += table.spans
    if table.caption_span is not None:
        spans.append(table.caption_span)
    return [span for span in spans if len(span)]


def _is_inside(span: Span, starts: list[tuple[int, int]]) -> bool:
    at = bisect_right(starts, (span.start, span.end)) - 1
    return at >= 0 and starts[at][0] <= span.start and span.end <= starts[at][1]


def _table_passage(table: Table) -> Passage:
    parts: list[Span] = []

    def add(span: Span) -> int:
        parts.append(span)
        return len(parts) - 1

    captions = () if table.caption_span is None else (add(table.caption_span),)
    cells = tuple(
        (cell.row, cell.column, cell.rowspan, cell.colspan, cell.header, tuple(add(span) for span in cell.spans))
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    )
    if not cells:
        for span in [line.span for line in table.lines] or list(table.spans):
            add(span)
    notes = tuple(add(note.span) for note in table.notes)
    title = f"Table {table.number}" if table.number else "Table"
    return Passage("grid" if cells else "lines", tuple(parts), title, cells, captions, notes)


def _chunk(document: Document, block: int, start: int) -> int:
    """Return which chunk of a paragraph a place falls into, 0 for all of a paragraph that is not too long."""
    clean = document.blocks[block].clean
    if len(clean) <= LONGEST:
        return 0
    place = document.clean.to_clean(Span(start, start + 1))
    return 0 if place is None else (place.start - clean.start) // LONGEST


def _block_passage(document: Document, block: Block, chunk: int) -> Passage:
    clean = block.clean
    if len(clean) > LONGEST:
        low, high = clean.start + chunk * LONGEST, min(clean.start + (chunk + 1) * LONGEST, clean.end)
        around = [
            sentence.clean
            for sentence in document.sentences
            if sentence.clean.start < high and sentence.clean.end > low and clean.covers(sentence.clean)
        ]
        clean = Span(min([low, *(span.start for span in around)]), max([high, *(span.end for span in around)]))
    section = document.sections[block.section] if block.section < len(document.sections) else None
    title = section.title if section is not None else None
    return Passage("text", document.clean.to_source(clean.start, clean.end), title)


def _around(document: Document, start: int, end: int) -> Passage:
    source = document.source
    low, high = max(0, start - AROUND), min(len(source), end + AROUND)
    line_start, line_end = source.find("\n", low, start), source.rfind("\n", end, high)
    low = line_start + 1 if low and line_start >= 0 else low
    high = line_end if high < len(source) and line_end >= 0 else high
    return Passage("text", (Span(low, high),))
