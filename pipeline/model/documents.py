"""A document as every reader yields it: source text, clean view, sections, sentences, tables, citations.

Offsets named ``clean`` point into ``Document.clean.text``; everything of type :class:`Span` that is not named so
points into ``Document.source``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.model.failures import Failure
from pipeline.model.spans import CleanView, Span

ReaderName = Literal["text", "markdown", "jats", "html", "pdf"]
Status = Literal["done", "partial", "failed"]
SectionKind = Literal[
    "title", "abstract", "introduction", "methods", "results", "discussion", "conclusion", "body",
    "caption", "table", "references", "back",
]  # fmt: skip
BlockKind = Literal["title", "heading", "paragraph", "list", "caption", "note", "reference", "other"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says about itself; unknown is ``None``."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the document. ``clean`` is its range in the clean text, title included."""

    kind: SectionKind
    title: str | None
    clean: Span


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or note of the running text; ``section`` indexes ``Document.sections``."""

    kind: BlockKind
    clean: Span
    section: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the clean text; ``block`` and ``section`` index the document's."""

    clean: Span
    block: int
    section: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation mark in the running text.

    Attributes:
        span: its place in the source.
        text: as written, ``"5–11"`` or ``"[3, 4]"``.
        markers: the reference numbers or author-year keys it names, ranges expanded.
        clean: the clean offset at which it stood (the character before it ends there).
    """

    span: Span
    text: str
    markers: tuple[str, ...]
    clean: int


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of the reference list, under the marker by which the text cites it."""

    marker: str
    text: str | None
    span: Span | None
    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str | None = None
    doi: str | None = None
    pmid: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell.

    Attributes:
        text: its clean reading; superscript marks lifted into ``marks``.
        spans: where it stands in the source; empty for an empty cell.
        row: 0-based row in the whole grid, header rows included.
        column: 0-based first column.
        rowspan, colspan: how many rows and columns it covers.
        header: whether it is a header cell.
        marks: footnote marks, such as ``("a",)`` or ``("*",)``.
    """

    text: str
    spans: tuple[Span, ...]
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table that reached us as text only: its words and its place in the source."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class TableNote:
    """A table footnote: its mark (``"a"``, ``"*"``, ``"NS"``) or ``None`` for the legend, text and place."""

    mark: str | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with its cells where the format gives them, else with its lines.

    ``cells`` is filled by readers of structured formats; ``lines`` by those of flattened text, where the table stage
    finds the cells. A table that continues over pages is one table.
    """

    number: str | None
    caption: str | None
    caption_span: Span | None
    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]
    notes: tuple[TableNote, ...]
    spans: tuple[Span, ...]
    section: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form that the document defines, in clean offsets of the definition."""

    short: str
    long: str
    clean: Span


@dataclass(frozen=True, slots=True)
class CharacterBox:
    """Where a run of source characters stands on a page.

    Points, origin bottom left, unrotated page, MediaBox coordinates, em boxes. Runs are lines or words, in source
    order; a character inside a run is placed by even division of its width.
    """

    span: Span
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Document:
    """One rendition of one file: what a reader made of its bytes."""

    doc_id: str
    path: str
    sha256: str
    reader: ReaderName
    reader_version: str
    source: str
    clean: CleanView
    metadata: Metadata = Metadata()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[Table, ...] = ()
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    boxes: Sequence[CharacterBox] = ()
    pages: int | None = None
    failures: tuple[Failure, ...] = ()
    status: Status = "done"

    def quote(self, span: Span) -> str:
        """Return the source characters of a span, as they are."""
        return self.source[span.start : span.end]
