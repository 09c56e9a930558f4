"""A page of a PDF as a drawing (SVG): what the reader saw on it, in which order it reads, and what it took it for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape

from pipeline.errors import SettingsError
from pipeline.model import CharacterBox, Document, Span, Table

_COLOURS: Final = {
    "title": "#7b3294", "heading": "#c2571a", "paragraph": "#2166ac", "list": "#2a9d8f", "caption": "#b8860b",
    "reference": "#666666", "note": "#8c6d31", "table": "#1b7837", "mark": "#d7191c",
}  # fmt: skip
_MARGIN: Final = 30.0
_LEGEND: Final = ("title", "heading", "paragraph", "list", "caption", "reference", "table", "mark")


class BoxFinder:
    """Finds the boxes of a span by binary search."""

    def __init__(self, boxes: Sequence[CharacterBox]) -> None:
        self.boxes = sorted(boxes, key=lambda box: box.span.start)
        self._starts = [box.span.start for box in self.boxes]

    def find(self, span: Span) -> list[CharacterBox]:
        """Return the boxes that share a character with a span, in source order."""
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        found = []
        while at < len(self.boxes) and self.boxes[at].span.start < span.end:
            if self.boxes[at].span.end > span.start:
                found.append(self.boxes[at])
            at += 1
        return found


def draw_page(document: Document, page: int) -> str:
    """Return the drawing of a page: words in grey, blocks framed and numbered in reading order, marks, table cells.

    The page is as large as what stands on the document's pages, with a margin: the document does not keep more of it.

    Raises:
        SettingsError: the document has no boxes, or no such page.
    """
    if not document.boxes:
        raise SettingsError(f"{document.path} has no pages to draw: only PDFs do")
    if not 1 <= page <= (document.pages or 0):
        raise SettingsError(f"{document.path} has {document.pages} pages: there is no page {page}")
    finder = BoxFinder(document.boxes)
    width = max(box.x1 for box in document.boxes) + _MARGIN
    height = max(box.y1 for box in document.boxes) + _MARGIN
    canvas = _Canvas(width, height)
    for box in finder.boxes:
        if box.page == page:
            canvas.write(document.quote(box.span), box)
    for table in document.tables:
        _draw_table(canvas, table, finder, page)
    order = 0
    for block in document.blocks:
        parts = [
            [box for box in finder.find(span) if box.page == page]
            for span in document.clean.to_source(block.clean.start, block.clean.end)
        ]
        for boxes in _split_columns(parts):
            order += 1
            canvas.frame(boxes, _COLOURS.get(block.kind, "#000000"), label=str(order))
    for reference in document.references:
        if reference.span is not None:
            boxes = [box for box in finder.find(reference.span) if box.page == page]
            for part in _split_columns([boxes]):
                canvas.frame(part, _COLOURS["reference"], label=reference.marker)
    for citation in document.citations:
        canvas.fill([box for box in finder.find(citation.span) if box.page == page], _COLOURS["mark"])
    return canvas.finish(f"{document.path}, page {page} of {document.pages}")


def _split_columns(parts: Iterable[Sequence[CharacterBox]]) -> list[list[CharacterBox]]:
    """Return runs of boxes that flow downwards: a run that jumps up begins a new column."""
    runs: list[list[CharacterBox]] = []
    last: CharacterBox | None = None
    for part in parts:
        for box in part:
            height = box.y1 - box.y0
            if last is None or box.y0 > last.y1 + height:
                runs.append([])
            runs[-1].append(box)
            last = box
    return runs


def _draw_table(canvas: _Canvas, table: Table, finder: BoxFinder, page: int) -> None:
    everything: list[CharacterBox] = []
    for cell in table.cells:
        boxes = [box for span in cell.spans for box in finder.find(span) if box.page == page]
        everything.extend(boxes)
        canvas.frame(boxes, _COLOURS["table"], label=f"{cell.row},{cell.column}", thin=True, shaded=cell.header)
    for line in table.lines:
        everything.extend(box for box in finder.find(line.span) if box.page == page)
    for note in table.notes:
        boxes = [box for box in finder.find(note.span) if box.page == page]
        canvas.frame(boxes, _COLOURS["note"], label=note.mark or "", thin=True)
    canvas.frame(everything, _COLOURS["table"], label=f"table {table.number or ''}".strip(), wide=True)


class _Canvas:
    """Collects shapes; heights are turned over, since a drawing's origin is its upper left corner."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._words: list[str] = []
        self._shapes: list[str] = []

    def write(self, text: str, box: CharacterBox) -> None:
        size = max(box.y1 - box.y0, 1.0)
        self._words.append(
            f'<text x="{box.x0:.2f}" y="{self.height - box.y0 - 0.22 * size:.2f}" font-size="{0.9 * size:.2f}" '
            f'textLength="{max(box.x1 - box.x0, 0.5):.2f}" lengthAdjust="spacingAndGlyphs">{escape(text)}</text>'
        )

    def frame(
        self,
        boxes: Sequence[CharacterBox],
        colour: str,
        *,
        label: str,
        thin: bool = False,
        wide: bool = False,
        shaded: bool = False,
    ) -> None:
        if not boxes:
            return
        room = 4.0 if wide else 0.6 if thin else 1.6
        x0, x1 = min(box.x0 for box in boxes) - room, max(box.x1 for box in boxes) + room
        y0, y1 = min(box.y0 for box in boxes) - room, max(box.y1 for box in boxes) + room
        size = 4.5 if thin else 8.0
        dashes = ' stroke-dasharray="4 2"' if wide else ""
        fill = f'fill="{colour}" fill-opacity="0.12"' if shaded else 'fill="none"'
        self._shapes.append(
            f'<rect x="{x0:.2f}" y="{self.height - y1:.2f}" width="{x1 - x0:.2f}" height="{y1 - y0:.2f}" {fill} '
            f'stroke="{colour}" stroke-width="{0.5 if thin else 1}"{dashes}/>'
        )
        place = x1 - 0.55 * size * len(label) if wide else x0 - (0 if thin else 0.6 * size * len(label) + 1)
        drop = 0.0 if thin or wide else size
        self._shapes.append(
            f'<text x="{place:.2f}" y="{self.height - y1 + drop - (0.5 if thin or wide else 0):.2f}" '
            f'font-size="{size}" fill="{colour}">{escape(label)}</text>'
        )

    def fill(self, boxes: Sequence[CharacterBox], colour: str) -> None:
        for box in boxes:
            self._shapes.append(
                f'<rect x="{box.x0:.2f}" y="{self.height - box.y1:.2f}" width="{box.x1 - box.x0:.2f}" '
                f'height="{box.y1 - box.y0:.2f}" fill="{colour}" fill-opacity="0.3"/>'
            )

    def finish(self, title: str) -> str:
        legend = "".join(
            f'<rect x="{6 + 52 * number}" y="{self.height + 6:.1f}" width="8" height="8" fill="{_COLOURS[name]}"/>'
            f'<text x="{17 + 52 * number}" y="{self.height + 13:.1f}" font-size="8">{name}</text>'
            for number, name in enumerate(_LEGEND)
        )
        whole = self.height + 20
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:.2f}" height="{whole:.2f}" '
            f'viewBox="0 0 {self.width:.2f} {whole:.2f}" font-family="sans-serif">\n<title>{escape(title)}</title>\n'
            f'<rect width="100%" height="100%" fill="#ffffff"/>\n<g fill="#777777">\n'
            + "\n".join(self._words)
            + "\n</g>\n"
            "<g>\n" + "\n".join(self._shapes) + f"\n</g>\n<g>{legend}</g>\n</svg>\n"
        )
