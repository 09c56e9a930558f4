"""Tables of article pages: which hold data and which only lay the page out, their own rows, captions and notes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from lxml import etree

from pipeline.ingest.html_citations import HtmlReferences
from pipeline.ingest.html_inline import walk_inline
from pipeline.ingest.markup_math import local_name
from pipeline.ingest.markup_runs import read_plain
from pipeline.ingest.markup_tables import MarkupCell

_CELLS: Final = frozenset({"td", "th"})
_SHORT: Final = 100
_RUNNING: Final = 400


def lays_out(table: etree._Element, references: HtmlReferences) -> bool:
    """Whether a table only sets parts of the page side by side.

    A table without another one inside holds data, unless its role says otherwise. One that holds others lays out if
    a cell of its own has a heading or a paragraph's text; it holds data if it has a caption or header cells, or at
    least two rows of two or more short cells with text beside the inner tables.
    """
    if table.get("role") in {"presentation", "none"}:
        return True
    inner = find_inner(table)
    if not inner:
        return False
    texts: list[list[str]] = []
    headed = table.find("caption") is not None
    for row in own_rows(table):
        cells = [cell for cell in row if local_name(cell) in _CELLS]
        if any(_owns_heading(cell, inner) for cell in cells):
            return True
        headed = headed or any(local_name(cell) == "th" for cell in cells)
        texts.append([read_plain(walk_inline(cell, references, without=inner)) for cell in cells])
    if any(len(text) >= _RUNNING for row in texts for text in row):
        return True
    if headed:
        return False
    filled = [[text for text in row if text] for row in texts]
    grid = sum(len(row) >= 2 and all(len(text) <= _SHORT for text in row) for row in filled)
    return grid < 2


def _owns_heading(cell: etree._Element, inner: Collection[etree._Element]) -> bool:
    return any(
        not any(ancestor in inner for ancestor in heading.iterancestors())
        for heading in cell.iter("h1", "h2", "h3", "h4", "h5", "h6")
    )


def own_rows(table: etree._Element) -> list[etree._Element]:
    """Return the rows of a table that stand in no other table inside it and not in its foot."""
    return [row for row in table.iter("tr") if _owner(row) is table and not _stands_in(row, "tfoot", table)]


def find_inner(table: etree._Element) -> list[etree._Element]:
    """Return the tables that stand in a table's cells, those inside them left out; single cells are text."""
    inner = [other for other in table.iter("table") if other is not table and _owner(other) is table]
    return [other for other in inner if sum(1 for _ in other.iter("td", "th")) > 1]


def _owner(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors("table"), None)


def _stands_in(element: etree._Element, name: str, table: etree._Element) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is table:
            return False
        if local_name(ancestor) == name:
            return True
    return False


def read_rows(
    table: etree._Element, references: HtmlReferences, inner: Sequence[etree._Element]
) -> list[list[MarkupCell]]:
    """Return the cells of a table's own rows, the ``inner`` tables left out of them."""
    return [
        [_read_cell(cell, table, references, inner) for cell in row if local_name(cell) in _CELLS]
        for row in own_rows(table)
    ]


def _read_cell(
    cell: etree._Element, table: etree._Element, references: HtmlReferences, inner: Sequence[etree._Element]
) -> MarkupCell:
    row = cell.getparent()
    row_label = row is not None and any(local_name(other) == "td" for other in row)
    return MarkupCell(
        tuple(walk_inline(cell, references, without=inner)),
        _whole(cell.get("rowspan")),
        _whole(cell.get("colspan")),
        _stands_in(cell, "thead", table) or (local_name(cell) == "th" and not row_label),
    )


def _whole(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text.strip()) < 5 else 1


def find_caption(table: etree._Element) -> etree._Element | None:
    """Return the caption of a table: its own, or that of the figure around it."""
    caption = table.find("caption")
    if caption is not None:
        return caption
    for ancestor in table.iterancestors():
        if local_name(ancestor) == "figure":
            return ancestor.find(".//figcaption")
    return None


def find_notes(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements of a table's foot that hold its footnotes."""
    for foot in table.iter("tfoot"):
        if _owner(foot) is table:
            yield from foot.iter("td", "p") if foot.find(".//p") is None else foot.iter("p")
