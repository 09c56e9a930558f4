"""The works that a reference cell cites, by the markers of the document's reference list."""

from __future__ import annotations

import re

from pipeline.model import CitedWork
from pipeline.tables.context import TableContext
from pipeline.tables.texts import CellText
from pipeline.tables.values import is_dash

_MARKERS = re.compile(
    r"(?<=al\.)\s?\(?(\d+(?:\s?[,–-]\s?\d+)*)|\[(\d+(?:\s?[,–-]\s?\d+)*)\]|\brefs?\. (\d+(?:[,–-]\d+)*)"
    r"|^\(?(\d{1,4}(?:\s?[,–-]\s?\d+)*)\)?$|(?<=[a-z])(\d{1,3}(?:[,–]\d{1,3})*)$"
)


def read_citations(context: TableContext, cell: CellText) -> tuple[CitedWork, ...]:
    """Return the works that a reference cell cites, by the markers of the document's reference list."""
    if not cell.text or is_dash(cell.text):
        return ()
    markers: list[str] = []
    for citation in context.document.citations:
        if any(span.overlaps(citation.span) for span in cell.spans()):
            markers.extend(citation.markers)
    if not markers:
        for match in _MARKERS.finditer(cell.text):
            numbers = next(group for group in match.groups() if group)
            markers.extend(_expand(numbers))
    known = {reference.marker: reference for reference in context.document.references}
    works: list[CitedWork] = []
    for marker in dict.fromkeys(markers):
        reference = known.get(marker)
        works.append(
            CitedWork(
                marker=marker,
                text=cell.text if reference is None or reference.text is None else reference.text,
                doi=None if reference is None else reference.doi,
                pmid=None if reference is None else reference.pmid,
            )
        )
    if not works and re.search(r"[A-Za-z]{3}", cell.text):
        works.append(CitedWork(marker=cell.text, text=cell.text))
    return tuple(works)


def _expand(numbers: str) -> list[str]:
    expanded: list[str] = []
    for part in re.split(r"\s?,\s?", numbers):
        bounds = re.split(r"\s?[–-]\s?", part)
        if len(bounds) == 2 and int(bounds[0]) < int(bounds[1]) <= int(bounds[0]) + 50:
            expanded.extend(str(number) for number in range(int(bounds[0]), int(bounds[1]) + 1))
        else:
            expanded.extend(bounds)
    return expanded
