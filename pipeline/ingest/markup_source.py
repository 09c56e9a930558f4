"""The source text that a markup reader renders, with the blocks, tables and references that point into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from pipeline.ingest.layout import Fragment, KnownMark, RawBlock
from pipeline.ingest.markup_marks import Link, gather_marks, resolve_targets
from pipeline.ingest.markup_runs import Run, shift_text, squeeze
from pipeline.model import Cell, Line, Reference, Span, Table, TableNote
from pipeline.model.documents import BlockKind, SectionKind

SEPARATOR: Final = "\n\n"


class SourceWriter:
    """Renders runs into a source text: blocks stand apart by a blank line, table cells by a tab.

    Args:
        markers: each reference's marker by its identifier, for the citation links.
        marks_complete: whether the document links its citations, so that no other digit may be one.
    """

    def __init__(self, *, markers: Mapping[str, str], marks_complete: bool) -> None:
        self.markers = markers
        self.marks_complete = marks_complete
        self.blocks: list[RawBlock] = []
        self.tables: list[Table] = []
        self.references: list[Reference] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def length(self) -> int:
        """How many characters stand in the source so far."""
        return self._length

    def read_source(self) -> str:
        """Return the source text."""
        return "".join(self._parts)

    def add_text(self, text: str) -> Span:
        """Write text as it is and return its place."""
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return Span(start, self._length)

    def begin_block(self) -> None:
        """Set what follows apart from what stands before by a blank line."""
        if self._length:
            self.add_text(SEPARATOR)

    def add_aside(self, runs: Iterable[Run]) -> Span | None:
        """Write text that is kept in the source but belongs to no block, such as author lists and keywords."""
        squeezed = squeeze(runs)
        if not squeezed:
            return None
        self.begin_block()
        return self._write_runs(squeezed)[0]

    def add_block(
        self,
        runs: Iterable[Run],
        *,
        kind: BlockKind,
        section: SectionKind | None = None,
        level: int | None = None,
    ) -> Span | None:
        """Write a block, its citation links gathered into marks; footnote marks stay outside its fragments."""
        squeezed = squeeze(runs)
        if not squeezed:
            return None
        self.begin_block()
        span, marks, gaps = self._write_runs(squeezed)
        fragments = _cut(span, gaps)
        if fragments:
            self.blocks.append(
                RawBlock(
                    kind=kind,
                    fragments=fragments,
                    section=section,
                    level=level,
                    marks=marks,
                    marks_complete=self.marks_complete,
                )
            )
        return span

    def add_reference(self, runs: Iterable[Run], reference: Reference) -> None:
        """Write an entry of the reference list; ``reference`` gets its place and its text."""
        squeezed = squeeze(Run(run.text, run.shift) if run.targets or run.note else run for run in runs)
        if not squeezed:
            self.references.append(reference)
            return
        self.begin_block()
        span, _, _ = self._write_runs(squeezed)
        self.references.append(replace(reference, text=self._tail(span), span=span))
        self.blocks.append(
            RawBlock(kind="reference", fragments=(Fragment(span),), section="references", marks_complete=True)
        )

    def add_table(
        self,
        rows: Iterable[Iterable[tuple[Cell, list[Run]]]],
        notes: Iterable[tuple[str | None, list[Run]]],
        *,
        number: str | None,
        caption: str | None,
        caption_span: Span | None,
    ) -> None:
        """Write a table's cells, one row a line, and its footnotes, and keep the table.

        Args:
            rows: each row's cells, without text and place, with the runs they hold.
            notes: each footnote's mark and the runs of mark and text.
        """
        cells: list[Cell] = []
        spans: list[Span] = [] if caption_span is None else [caption_span]
        self.begin_block()
        start = self._length
        for row_number, row in enumerate(rows):
            if row_number:
                self.add_text("\n")
            for cell_number, (cell, runs) in enumerate(row):
                if cell_number:
                    self.add_text("\t")
                cells.append(self._write_cell(cell, squeeze(runs)))
        if self._length > start:
            spans.append(Span(start, self._length))
        written: list[TableNote] = []
        for mark, runs in notes:
            squeezed = squeeze(Run(run.text, run.shift) if run.targets or run.note else run for run in runs)
            if squeezed:
                self.add_text("\n")
                span, _, _ = self._write_runs(squeezed)
                written.append(TableNote(mark, self._tail(span), span))
                spans.append(span)
        self.tables.append(
            Table(
                number=number,
                caption=caption,
                caption_span=caption_span,
                cells=tuple(cells),
                lines=(),
                notes=tuple(written),
                spans=tuple(spans),
            )
        )

    def add_table_lines(
        self, lines: Iterable[list[Run]], *, number: str | None, caption: str | None, caption_span: Span | None
    ) -> None:
        """Write a table of which only lines are known, and keep it."""
        self.begin_block()
        written = []
        for runs in lines:
            squeezed = squeeze(runs)
            if squeezed:
                span, _, _ = self._write_runs(squeezed)
                written.append(Line(self._tail(span), span))
                self.add_text("\n")
        spans = [] if caption_span is None else [caption_span]
        self.tables.append(
            Table(
                number=number,
                caption=caption,
                caption_span=caption_span,
                cells=(),
                lines=tuple(written),
                notes=(),
                spans=(*spans, *(line.span for line in written)),
            )
        )

    def _write_cell(self, cell: Cell, runs: list[Run]) -> Cell:
        span, _, gaps = self._write_runs(runs)
        places: list[Span] = []
        for fragment in _cut(span, gaps):
            piece = self._tail(fragment.span)
            trimmed = piece.strip(" ") if not places else piece.rstrip(" ")
            if trimmed:
                begin = fragment.span.start + piece.index(trimmed)
                places.append(Span(begin, begin + len(trimmed)))
        text = "".join(self._tail(place) for place in places)
        return Cell(text, tuple(places), cell.row, cell.column, cell.rowspan, cell.colspan, cell.header, cell.marks)

    def _write_runs(self, runs: list[Run]) -> tuple[Span, tuple[KnownMark, ...], list[Span]]:
        start = self._length
        text = ""
        links: list[Link] = []
        gaps: list[Span] = []
        for run in runs:
            begin = len(text)
            plain = bool(run.targets) or run.note
            text += run.text if plain else shift_text(run.text, shift=run.shift, before=text)
            if run.targets:
                links.append(Link(begin, len(text), resolve_targets(run.targets, run.text, self.markers)))
            elif run.note:
                gaps.append(Span(start + begin, start + len(text)))
        span = self.add_text(text)
        return span, gather_marks(text, links, offset=start), gaps

    def _tail(self, span: Span) -> str:
        text = ""
        for part in reversed(self._parts):
            text = part + text
            if len(text) >= self._length - span.start:
                break
        return text[len(text) - self._length + span.start : len(text) - self._length + span.end]


def _cut(span: Span, gaps: list[Span]) -> tuple[Fragment, ...]:
    fragments = []
    start = span.start
    for gap in gaps:
        if start < gap.start:
            fragments.append(Fragment(Span(start, gap.start)))
        start = gap.end
    if start < span.end:
        fragments.append(Fragment(Span(start, span.end)))
    return tuple(fragments)
