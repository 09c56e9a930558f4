"""A table on the terminal: its source lines and its typed rows side by side, and what of it is in doubt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model import Document, Table
    from pipeline.store import Store
    from pipeline.tables.typed import Row, TypedTable


def print_table(document: Document, number: str) -> None:
    """Print the table of this number, or of this place among the document's (``#1`` is its first).

    Raises:
        SettingsError: the document has no such table.
    """
    from pipeline.nlp.vocabulary import Vocabulary
    from pipeline.tables.column_kinds import type_arms
    from pipeline.tables.extraction import read_context
    from pipeline.tables.problems import find_problems

    console = Console(highlight=False)
    table = find_table(document, number)
    context = read_context(document, table, vocabulary=Vocabulary.load())
    title = f"table {table.number}" if table.number else "a table without a number"
    console.print(f"[bold]{escape(document.path)} · {title}[/]" + (f" · page {table.page}" if table.page else ""))
    if context is None:
        console.print("Its columns and rows could not be made out. The source:")
        for text in (line.text for line in table.lines):
            console.print(f"  {escape(text)}")
        return
    typed = type_arms(context)
    console.print(escape(typed.caption.text), style="dim")
    columns = Grid("column", "kind", "header", "unit", box=None, pad_edge=False)
    for index, column in enumerate(typed.columns):
        columns.add_row(str(index), f"[cyan]{column.kind}[/]", escape(column.header.text), escape(column.unit or ""))
    console.print(columns)
    rows = Grid("row", "line", "source", "typed", box=None, pad_edge=False)
    rows.columns[2].overflow = rows.columns[3].overflow = "fold"
    above: tuple[str, ...] = ()
    for row in typed.rows:
        heads = tuple(text.text for text in row.subheaders)
        if heads != above:
            rows.add_row("", "", "", f"[bold]{escape(' › '.join(heads))}[/]")
            above = heads
        line, source = _source_of(document, row)
        rows.add_row(str(row.index), str(line or ""), escape(source), _describe(typed, row))
    console.print(rows)
    problems = find_problems(typed, context.notes)
    listed = [escape(problem) for problem in typed.problems]
    for item in problems:
        place = f"column {item.column}" if item.row is None else f"row {item.row}, column {item.column}"
        listed.append(f"{place} [yellow]{escape(item.text)}[/]: {escape(item.cause)}")
    console.print(f"[bold]{len(listed)} in doubt[/]")
    for text in listed:
        console.print(f"  {text}")


def find_table(document: Document, number: str) -> Table:
    """Return the table of this printed number, else the one of this place ("#2" is the second).

    Raises:
        SettingsError: there is none.
    """
    named = next((table for table in document.tables if table.number == number), None)
    place = number.removeprefix("#")
    if named is None and number.startswith("#") and place.isdigit() and 0 < int(place) <= len(document.tables):
        named = document.tables[int(place) - 1]
    if named is None:
        there = ", ".join(table.number or f"#{index}" for index, table in enumerate(document.tables, start=1))
        raise SettingsError(f"{document.path} has no table {number!r}; it has {there or 'none'}")
    return named


def open_paper(name: str, store: Store | None) -> Document:
    """Return the paper of a file, or of the store by its path, its file name or how its id begins.

    Raises:
        SettingsError: there is no such paper, or there are several.
    """
    if Path(name).is_file():
        from pipeline.run import read

        return read(Path(name))
    found = [] if store is None else list(_stored(name, store))
    if len(found) != 1:
        several = ", ".join(document.path for document in found[:4])
        raise SettingsError(
            f"{name!r} is the name of several papers: {several}" if found
            else f"there is no file and no paper of the store named {name!r}"
        )  # fmt: skip
    return found[0]


def _stored(name: str, store: Store) -> Iterator[Document]:
    for result in store.results():
        if result.record is None:
            continue
        if name in (result.path, Path(result.path).name) or (len(name) >= 6 and result.doc_id.startswith(name)):
            document = store.rendition_of(result.doc_id, result.record["text_sha256"])
            if document is not None:
                yield document


def _source_of(document: Document, row: Row) -> tuple[int | None, str]:
    """Return the source lines of the row's own cells, and the number of the first (from 1)."""
    spans = [
        span for index, cell in enumerate(row.cells) if cell.text and index not in row.shared for span in cell.spans()
    ]
    if not spans:
        return None, ""
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    first = document.source.count("\n", 0, start) + 1
    text = document.source[start:end]
    if len(text) > 600:
        text = text[:600] + " …"
    return first, "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _describe(typed: TypedTable, row: Row) -> str:
    parts = []
    for index, (column, cell) in enumerate(zip(typed.columns, row.cells, strict=True)):
        if cell.text:
            mark = " ↕" if index in row.shared else ""
            marks = f" [dim]{escape(' '.join(cell.marks))}[/]" if cell.marks else ""
            parts.append(f"[cyan]{column.kind}[/] {escape(cell.text)}{marks}{mark}")
    return " · ".join(parts)
