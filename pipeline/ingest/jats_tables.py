"""Tables of JATS articles: rows of HTML or CALS tables, footnotes, number and caption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from pipeline.ingest.jats_inline import walk_child, walk_inline
from pipeline.ingest.markup_math import local_name
from pipeline.ingest.markup_runs import Run, has_text, read_plain
from pipeline.ingest.markup_tables import MarkupCell, split_notes

_ROWS: Final = frozenset({"tr", "row"})
_CELLS: Final = frozenset({"td", "th", "entry"})


def read_rows(wrap: etree._Element) -> list[list[MarkupCell]]:
    """Return the rows of every table in a wrapper, in the order in which they stand.

    Rows inside a cell are text of that cell.
    """
    rows: list[list[MarkupCell]] = []
    for element in wrap.iter("{*}tr", "{*}row"):
        if not _stands_in_cell(element, wrap):
            columns = _column_numbers(element)
            cells = [cell for cell in element if local_name(cell) in _CELLS]
            inside_head = any(local_name(ancestor) == "thead" for ancestor in element.iterancestors())
            # A "th" that heads its row alone, in the table's body, is the row's label.
            heads = not any(local_name(cell) == "td" for cell in cells)
            rows.append(
                [_read_cell(c, columns, header=inside_head or (heads and local_name(c) == "th")) for c in cells]
            )
    return rows


def _stands_in_cell(row: etree._Element, wrap: etree._Element) -> bool:
    for ancestor in row.iterancestors():
        if ancestor is wrap:
            return False
        if local_name(ancestor) in _CELLS:
            return True
    return False


def read_notes(wrap: etree._Element) -> list[tuple[str | None, list[Run]]]:
    """Return the footnotes of a table, each with its mark, or None for a legend."""
    notes: list[tuple[str | None, list[Run]]] = []
    for foot in wrap.iter("{*}table-wrap-foot", "{*}tfoot"):
        if not any(local_name(child) in _ROWS for child in foot.iter()):
            notes.extend(_read_foot(foot))
    return notes


def _read_foot(element: etree._Element) -> Iterator[tuple[str | None, list[Run]]]:
    for child in element:
        name = local_name(child)
        if name == "fn":
            label = child.find("{*}label")
            mark = read_plain(walk_inline(label)).strip("()[]. ") if label is not None else None
            paragraphs = [item for item in child if local_name(item) == "p"]
            for number, paragraph in enumerate(paragraphs):
                runs = list(walk_inline(paragraph))
                if mark and number == 0 and label is not None:
                    text = read_plain(runs)
                    if not text.startswith(mark):
                        runs = [Run(mark + " "), *runs]
                yield from split_notes(runs, mark=mark or None)
        elif name in {"p", "title", "attrib", "permissions"}:
            yield from split_notes(list(walk_inline(child)))
        elif name:
            yield from _read_foot(child)


def _read_cell(cell: etree._Element, columns: dict[str, int], *, header: bool) -> MarkupCell:
    runs: list[Run] = []
    if cell.text:
        runs.append(Run(cell.text))
    rule = False
    for child in cell:
        if local_name(child) == "hr":
            rule = True
            if child.tail:
                runs.append(Run(child.tail))
        else:
            runs.extend(walk_child(child))
    colspan = _whole(cell.get("colspan"), 1)
    first, last = cell.get("namest", ""), cell.get("nameend", "")
    if first in columns and last in columns:
        colspan = columns[last] - columns[first] + 1
    rowspan = _whole(cell.get("rowspan"), 1) if cell.get("morerows") is None else _whole(cell.get("morerows"), 0) + 1
    return MarkupCell(tuple(runs), rowspan, colspan, header, rule and not has_text(runs))


def _column_numbers(row: etree._Element) -> dict[str, int]:
    for ancestor in row.iterancestors():
        if local_name(ancestor) == "tgroup":
            names = [child.get("colname", "") for child in ancestor if local_name(child) == "colspec"]
            return {name: number for number, name in enumerate(names)}
    return {}


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text.strip()) < 5 else default
