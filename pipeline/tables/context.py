"""What a table's claims need beside their row: the document, the typed table, its notes and the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from pipeline.model import Document, Span, Table
from pipeline.model.claims import FieldSource
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.tables.naming import FoundName, find_drugs, find_names, only_one
from pipeline.tables.notes import Notes
from pipeline.tables.texts import EMPTY, CellText, read_span
from pipeline.tables.typed import Row, TypedTable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TableContext:
    """A table on its way to claims."""

    document: Document
    table: Table
    typed: TypedTable
    notes: Notes
    vocabulary: Vocabulary
    known: dict[tuple[str | int, ...], Any] = field(default_factory=dict, compare=False, repr=False)

    def remember(self, key: tuple[str | int, ...], make: Callable[[], T]) -> T:
        """Return what was made once for the whole table; rows by the thousand ask for it."""
        if key not in self.known:
            self.known[key] = make()
        return cast("T", self.known[key])

    def quote(self, span: Span) -> str:
        """Return the source at a span."""
        return self.document.source[span.start : span.end]

    def surroundings(self, row: Row) -> Iterator[tuple[FieldSource, CellText]]:
        """Yield the texts that speak for the row from outside, the nearest first."""
        for text in reversed(row.subheaders):
            yield "subheader", text
        yield "caption", self.typed.caption
        for text in self.notes.legend:
            yield "footnote", text

    def header_drug(self) -> FoundName | None:
        """Return the drug that the headers of the dose and effect columns name, where it is one."""
        for column in self.typed.columns:
            if column.kind in ("dose", "change", "treated", "regimen"):
                found = only_one(find_drugs(column.header, self.vocabulary))
                if found is not None:
                    return found
        return None

    def context_drug(self, row: Row) -> tuple[FieldSource, FoundName] | None:
        """Return the one drug that header, sub-header or caption names for the row."""
        header = self.header_drug()
        if header is not None:
            return "header", header
        for source, text in self.surroundings(row):
            if source == "footnote":
                break
            names = find_drugs(text, self.vocabulary)
            if names:
                found = only_one(names)
                return None if found is None else (source, found)
        return None

    def species(self, row: Row) -> tuple[FieldSource, FoundName] | None:
        """Return the one species that the row or what stands around it names, the nearest first."""
        texts: list[tuple[FieldSource, CellText]] = [
            ("row", self.typed.cell(row, kind)) for kind in ("species", "population", "strain")
        ]
        texts += [("header", column.header) for column in self.typed.columns]
        texts += self.surroundings(row)
        title = self.title()
        if title.text:
            texts.append(("document", title))
        for source, text in texts:
            names = find_names(text, self.vocabulary, "SPECIES", "POPULATION")
            linked = [name for name in names if name.concept is not None and name.concept.id.startswith("NCBITaxon:")]
            if linked:
                found = only_one(linked)
                return None if found is None else (source, found)
        return None

    def title(self) -> CellText:
        """Return the document's title as it stands in the source; empty where none was found."""
        return self.remember(("title",), self._read_title)

    def _read_title(self) -> CellText:
        for block in self.document.blocks:
            if block.kind == "title":
                spans = self.document.clean.to_source(block.clean.start, block.clean.end)
                return read_span(self.document.source, spans[0]) if spans else EMPTY
        return EMPTY


def ground_text(context: TableContext, cell: CellText, start: int, end: int) -> tuple[str, int, int] | None:
    """Return the source text and place of ``cell.text[start:end]``, or ``None`` where it is not in one run."""
    span = cell.locate(start, end)
    return None if span is None else (context.quote(span), span.start, span.end)
