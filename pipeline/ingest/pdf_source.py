"""The source text of a PDF: lines as they stand, raised text written out or marked, a box for every word."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pipeline.ingest.layout import Fragment, KnownMark, RawBlock
from pipeline.ingest.markup_runs import is_note_mark, shift_text, split_note_marks
from pipeline.ingest.pdf_blocks import TextBlock
from pipeline.ingest.pdf_glyphs import Page
from pipeline.ingest.pdf_lines import Piece
from pipeline.ingest.pdf_marks import find_raised, is_citation
from pipeline.ingest.pdf_tables import GridCell
from pipeline.ingest.pdf_words import Word
from pipeline.model import Cell, Line, PackedBoxes, Span, Table, TableNote

SEPARATOR: Final = "\n\n"
_TRAILING_SIGN: Final = re.compile(r"(?<=[\w)\]%.])([*∗†‡§¶‖#]+)$")
_NOTE: Final = re.compile(r"\s*(?:([*∗†‡§¶‖#]{1,4})|\(?([a-z])\)?(?=[\sA-Z(])|(\d)(?=\s?[A-Z]))")


class PdfSourceWriter:
    """Writes blocks, tables and asides one after another and keeps their places.

    Args:
        pages: the pages by number, for boxes on the unrotated page.
        raised_marks: whether the document cites by raised numbers.
    """

    def __init__(self, *, pages: Mapping[int, Page], raised_marks: bool) -> None:
        self.pages = pages
        self.raised_marks = raised_marks
        self.blocks: list[RawBlock] = []
        self.tables: list[Table] = []
        self.boxes = PackedBoxes()
        self._parts: list[str] = []
        self._starts = array("q")
        self._length = 0

    def read_source(self) -> str:
        """Return the source text."""
        return "".join(self._parts)

    def add_block(self, block: TextBlock) -> Span:
        """Write a block; one without a kind is kept in the source only."""
        self._begin()
        start = fragment_start = self._length
        first = len(self._parts)
        fragments: list[Fragment] = []
        marks: list[KnownMark] = []
        cites = self.raised_marks and block.kind in {"paragraph", "list", "caption", "heading"}
        for number, line in enumerate(block.lines):
            if number:
                if number in block.breaks:
                    fragments.append(Fragment(Span(fragment_start, self._length), bool(fragments)))
                    self._add("\n")
                    fragment_start = self._length
                else:
                    self._add("\n")
            marks.extend(self._write_line(line, cites=cites))
        fragments.append(Fragment(Span(fragment_start, self._length), bool(fragments)))
        if len(self._parts) > first:
            self._parts[first:] = ["".join(self._parts[first:])]
            del self._starts[first + 1 :]
        if block.kind is not None:
            self.blocks.append(
                RawBlock(
                    kind=block.kind,
                    fragments=tuple(fragments),
                    section=block.section,
                    level=block.level,
                    marks=tuple(marks),
                    marks_complete=self.raised_marks or block.kind == "reference",
                )
            )
        return Span(start, self._length)

    def add_table(
        self,
        grid: Sequence[Sequence[GridCell]] | None,
        lines: Iterable[Sequence[Piece]],
        notes: Sequence[Piece],
        *,
        number: str,
        caption: str,
        caption_span: Span,
        page: int,
    ) -> None:
        """Write a table's rows, cells apart by a tab, and its notes; without a grid, its lines."""
        spans = [caption_span]
        cells: list[Cell] = []
        written: list[Line] = []
        self._begin()
        start = self._length
        if grid is not None:
            known = {mark for note in notes for mark in _read_note_marks(note.text)}
            for row_number, row in enumerate(grid):
                if row_number:
                    self._add("\n")
                for cell_number, cell in enumerate(row):
                    if cell_number:
                        self._add("\t")
                    cells.append(self._write_cell(cell, page, known))
        else:
            for line in lines:
                begin = self._length
                for piece_number, piece in enumerate(line):
                    if piece_number:
                        self._add("\t")
                    self._write_line(piece, cites=False)
                written.append(Line(self._tail(begin), Span(begin, self._length)))
                self._add("\n")
        if self._length > start:
            spans.append(Span(start, self._length))
        table_notes: list[TableNote] = []
        for text_span, mark in self._write_notes(notes):
            table_notes.append(TableNote(mark, " ".join(self._tail(text_span.start, text_span.end).split()), text_span))
            spans.append(text_span)
        self.tables.append(
            Table(
                number=number,
                caption=caption,
                caption_span=caption_span,
                cells=tuple(cells),
                lines=tuple(written),
                notes=tuple(table_notes),
                spans=tuple(spans),
                page=page,
            )
        )

    def _write_notes(self, notes: Sequence[Piece]) -> list[tuple[Span, str | None]]:
        groups: list[tuple[int, int, str | None]] = []
        for line in notes:
            self._add("\n")
            start = self._length
            self._write_line(line, cites=False)
            match = _NOTE.match(line.text)
            raised = bool(line.shifts) and line.shifts[0] == "sup"
            mark = next((group for group in match.groups() if group), None) if match else None
            if mark is not None and not raised and mark.isalnum():
                mark = None
            if groups and mark is None:
                groups[-1] = (groups[-1][0], self._length, groups[-1][2])
            else:
                groups.append((start, self._length, mark))
        return [(Span(start, end), mark) for start, end, mark in groups]

    def _write_cell(self, cell: GridCell, page: int, known: set[str]) -> Cell:
        piece = Piece(list(cell.words), page=page).settle()
        parts: list[tuple[Span, str]] = []
        marks: list[str] = []
        before = ""
        for number, (word, shift) in enumerate(zip(piece.words, piece.shifts, strict=True)):
            if number and not word.glued:
                self._add(" ")
                before += " "
            text = word.text
            lone = not before.strip() and len(piece.words) == 1
            listed = bool(split_note_marks(text)) and all(mark in known for mark in split_note_marks(text))
            if shift == "sup" and not lone and (is_note_mark(text) or listed):
                self._write_word(word, text, page)
                marks.extend(split_note_marks(text))
                before += text
                continue
            sign = _TRAILING_SIGN.search(text)
            start = self._length
            shown = shift_text(text, shift=shift, before=before)
            self._write_word(word, shown, page)
            end = self._length
            if sign is not None and sign.start() > 0:
                marks.append(sign[1])
                end -= len(sign[1])
            elif number and not shift and re.fullmatch(r"[*∗†‡§¶‖#]+", text):
                marks.append(text)
                before += text
                continue
            parts.append((Span(start, end), "" if number and word.glued else " "))
            before += shown
        return self._close_cell(cell, parts, marks)

    def _close_cell(self, cell: GridCell, parts: Sequence[tuple[Span, str]], marks: Sequence[str]) -> Cell:
        spans: list[Span] = []
        for span, _ in parts:
            if spans and self._tail(spans[-1].end, span.start).strip() == "":
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
        text = " ".join(self._tail(span.start, span.end) for span in spans)
        return Cell(
            text, tuple(spans), cell.row, cell.column, 1, cell.colspan, cell.header, tuple(dict.fromkeys(marks))
        )

    def _write_line(self, line: Piece, *, cites: bool) -> list[KnownMark]:
        marks: list[KnownMark] = []
        groups = {group.first: group for group in find_raised(line)} if "sup" in line.shifts else {}
        marked_until = 0
        begin = self._length
        before = ""
        for number, (word, shift) in enumerate(zip(line.words, line.shifts, strict=True)):
            if number and not word.glued:
                self._add(" ")
                before += " "
            group = groups.get(number)
            if group is not None and cites and is_citation(group):
                marked_until = group.last
                begin = self._length
            text = word.text if number < marked_until else shift_text(word.text, shift=shift, before=before)
            self._write_word(word, text, line.page)
            before += text
            if number + 1 == marked_until:
                trailing = len(text) - len(text.rstrip(",.;"))
                marks.append(KnownMark(Span(begin, self._length - trailing)))
        return marks

    def _write_word(self, word: Word, text: str, page: int) -> None:
        span = self._add(text)
        edges = self.pages[page].to_media(word.x0, word.bottom, word.x1, word.bottom + word.size)
        self.boxes.add(span, page, edges)

    def _begin(self) -> None:
        if self._length:
            self._add(SEPARATOR)

    def _add(self, text: str) -> Span:
        start = self._length
        self._parts.append(text)
        self._starts.append(start)
        self._length += len(text)
        return Span(start, self._length)

    def _tail(self, start: int, end: int | None = None) -> str:
        """Return what was written from ``start``, a place near the end, up to ``end``."""
        if not self._parts:
            return ""
        end = self._length if end is None else end
        first = bisect_right(self._starts, start) - 1
        shift = self._starts[first]
        return "".join(self._parts[first : bisect_right(self._starts, end)])[start - shift : end - shift]


def _read_note_marks(text: str) -> tuple[str, ...]:
    match = _NOTE.match(text)
    return tuple(group for group in match.groups() if group) if match else ()
