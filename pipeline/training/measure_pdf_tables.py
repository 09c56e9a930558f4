"""Scores of the PDF reader's table cells on tables of JATS articles that are drawn to PDF here.

Run as ``python -m pipeline.training.measure_pdf_tables --corpora ../shared/corpora``. Tables are taken from the XML by
the pipeline's own reader and drawn in two layouts (ruled on a wide page, unruled in a narrower one) by two producers:
reportlab, and a Chromium browser where one is installed (``--browser``). A cell counts as right when a cell of the
same row and column, spans included, has the same words; header rows when their number is right.
"""

from __future__ import annotations

import argparse
import html
import io
import subprocess
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pipeline.errors import DocumentError
from pipeline.ingest import read_bytes
from pipeline.model import Cell, Table
from pipeline.settings import Settings
from pipeline.training.measure_pdf_pairs import split_words
from pipeline.training.records import DEFAULT_CORPORA

ARCHIVES: Final = ("jats/nxml.tar.xz", "craft/articles_nxml.tar.xz")
LAYOUTS: Final = ("ruled", "plain")
_PROSE: Final = (
    "The animals were weighed every week, and the values of all groups are given in the table.",
    "Nothing else was changed in their housing, and no animal was lost before the end of the study.",
    "Both observers read the records on their own, without knowing to which group a record belonged.",
    "Where they did not agree, a third was asked, whose reading was then taken as the right one.",
    "Food was weighed before it was given and again on the next day, and the difference was noted.",
)


@dataclass(slots=True)
class TableScore:
    """Counts over tables: cells of the truth, of the reading, right ones; tables, with right header rows, missing."""

    cells: int = 0
    found: int = 0
    right: int = 0
    tables: int = 0
    headers_right: int = 0
    missing: int = 0
    worst: list[tuple[float, str]] = field(default_factory=list)

    def format(self) -> str:
        """Return one line of figures."""
        f1 = 2 * self.right / (self.cells + self.found) if self.cells + self.found else 0.0
        return (
            f"{self.tables:4} tables, {self.missing:2} missing; cells {self.cells:5}, found {self.found:5}, "
            f"F1 {f1:.4f}; header rows {self.headers_right / self.tables:.4f}"
        )


def collect_tables(corpora: Path, *, limit: int) -> list[Table]:
    """Return tables of the archives' articles, ``limit`` an archive, that fit a page and have text in most cells."""
    tables: list[Table] = []
    for archive in ARCHIVES:
        chosen: list[Table] = []
        for name, data in read_archive(corpora / archive):
            if len(chosen) >= limit:
                break
            try:
                document = read_bytes(data, name=name, settings=Settings())
            except DocumentError:
                continue
            chosen.extend(table for table in map(drop_blanks, document.tables) if fits_page(table))
        tables.extend(chosen[:limit])
    return tables


def drop_blanks(table: Table) -> Table:
    """Return the table without rows and columns of which nothing would be seen on paper."""
    rows = sorted({cell.row for cell in table.cells if cell.text})
    columns = sorted({cell.column for cell in table.cells if cell.text and cell.colspan == 1})
    cells = []
    for cell in table.cells:
        covered = [column for column in columns if cell.column <= column < cell.column + cell.colspan]
        lower = [row for row in rows if cell.row <= row < cell.row + cell.rowspan]
        if covered and lower:
            row, column = rows.index(lower[0]), columns.index(covered[0])
            cells.append(replace(cell, row=row, column=column, rowspan=len(lower), colspan=len(covered)))
    return replace(table, cells=tuple(cells))


def read_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda item: item.name):
            stream = archive.extractfile(member) if member.name.endswith(("nxml", "xml")) else None
            if stream is not None:
                yield member.name, stream.read()


def fits_page(table: Table) -> bool:
    """Return whether a table can be drawn on one page in Latin letters and has a header and enough cells."""
    rows, columns = count_grid(table)
    longest = max((len(cell.text) for cell in table.cells), default=0)
    filled = sum(bool(cell.text) for cell in table.cells)
    words = sum(len(cell.text) for cell in table.cells)
    latin = all(character.encode("latin-1", "ignore") for cell in table.cells for character in cell.text)
    header = any(cell.header for cell in table.cells)
    return (
        3 <= rows <= 24 and 2 <= columns <= 8 and longest <= 110 and filled >= 6 and words < 1900 and latin and header
    )


def count_grid(table: Table) -> tuple[int, int]:
    """Return a table's numbers of rows and columns."""
    rows = max((cell.row + cell.rowspan for cell in table.cells), default=0)
    return rows, max((cell.column + cell.colspan for cell in table.cells), default=0)


def count_cells(table: Table) -> Counter[tuple[int, int, str]]:
    """Count a table's cells with text by row, first column and words."""
    cells: Counter[tuple[int, int, str]] = Counter()
    for cell in table.cells:
        words = " ".join(split_words(cell.text))
        if words:
            cells[cell.row, cell.column, words] += 1
    return cells


def _count_header_rows(table: Table) -> int:
    return max((cell.row + cell.rowspan for cell in table.cells if cell.header), default=0)


def compare_tables(truth: Sequence[Table], found: Sequence[Table]) -> TableScore:
    """Return the counts of drawn tables against those read, joined by their numbers (1, 2, 3, …)."""
    by_number = {table.number: table for table in reversed(found)}
    score = TableScore()
    for number, table in enumerate(truth, start=1):
        ours = by_number.get(str(number))
        cells = count_cells(table)
        read = count_cells(ours) if ours is not None else Counter()
        right = (cells & read).total()
        score.tables += 1
        score.missing += ours is None or not ours.cells
        score.cells += cells.total()
        score.found += read.total()
        score.right += right
        score.headers_right += ours is not None and _count_header_rows(ours) == _leading_header(table)
        score.worst.append((2 * right / max(cells.total() + read.total(), 1), str(number)))
    score.worst.sort()
    return score


def _leading_header(table: Table) -> int:
    """Return how many rows stand at the head of a table as its header."""
    rows, _ = count_grid(table)
    header = {row for cell in table.cells if cell.header for row in range(cell.row, cell.row + cell.rowspan)}
    body = {cell.row for cell in table.cells if not cell.header and cell.text and cell.column > 0}
    return next((row for row in range(rows) if row not in header or (row in body and row not in header)), rows)


def _write_prose(number: int, sentences: int) -> str:
    return " ".join(_PROSE[(number * 3 + index * 2 + number // 5) % len(_PROSE)] for index in range(sentences))


def _write_caption(table: Table, number: int) -> str:
    words = (table.caption or "Values of the groups").split()[:9]
    return f"<b>Table {number}.</b> {html.escape(' '.join(words))}"


def draw_reportlab(tables: Sequence[Table], *, layout: str) -> bytes:
    """Return a PDF with one table a page between two paragraphs, drawn by reportlab's flowing tables."""
    from reportlab.lib.colors import black
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer
    from reportlab.platypus import Table as Flowing

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12)
    small = ParagraphStyle("small", fontName="Times-Roman", fontSize=8, leading=9.5)
    bold = ParagraphStyle("bold", parent=small, fontName="Times-Bold")
    size = landscape(A4) if layout == "ruled" else A4
    buffer = io.BytesIO()
    template = SimpleDocTemplate(buffer, pagesize=size, leftMargin=50, rightMargin=50, topMargin=40, bottomMargin=40)
    template.title = "Drawn tables"
    flow: list[Any] = [Paragraph(_write_prose(0, 9), body)]
    for number, table in enumerate(tables, start=1):
        rows, columns = count_grid(table)
        header = _leading_header(table)
        grid: list[list[Any]] = [[""] * columns for _ in range(rows)]
        style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        style += [("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5)]
        if layout == "ruled":
            style += [("LINEABOVE", (0, 0), (-1, 0), 0.8, black), ("LINEBELOW", (0, -1), (-1, -1), 0.8, black)]
            style += [("LINEBELOW", (0, header - 1), (-1, header - 1), 0.5, black)] if header else []
        for cell in table.cells:
            marks = f"<super>{html.escape(','.join(cell.marks))}</super>" if cell.marks else ""
            grid[cell.row][cell.column] = Paragraph(
                html.escape(cell.text) + marks, bold if cell.row < header else small
            )
            if cell.rowspan > 1 or cell.colspan > 1:
                last = (cell.column + cell.colspan - 1, cell.row + cell.rowspan - 1)
                style.append(("SPAN", (cell.column, cell.row), last))
        widths = share_widths(table, size[0] - 100)
        flow += [PageBreak()] if number > 1 else [Spacer(1, 8)]
        flow += [Paragraph(_write_prose(number, 2 + number % 5), body)] if number > 1 else []
        flow += [Spacer(1, 8), Paragraph(_write_caption(table, number), small), Spacer(1, 4)]
        flow += [Flowing(grid, colWidths=widths, style=style), Spacer(1, 16)]
        flow += [Paragraph(_write_prose(number + 7, 4 + number % 3), body)]
    template.build(flow)
    return buffer.getvalue()


def share_widths(table: Table, whole: float) -> list[float]:
    """Return column widths in proportion to what their cells hold, none too narrow for its longest word."""
    _, columns = count_grid(table)
    wants, least = [1.0] * columns, [24.0] * columns
    for cell in table.cells:
        if cell.colspan == 1:
            longest = max((len(word) for word in cell.text.split()), default=0)
            least[cell.column] = max(least[cell.column], 4.6 * longest + 14)
            wants[cell.column] = max(wants[cell.column], min(len(cell.text), 40))
    spare = max(whole - sum(least), 0.0)
    return [low + spare * want / sum(wants) for low, want in zip(least, wants, strict=True)]


def write_page(tables: Sequence[Table], *, layout: str) -> str:
    """Return an HTML page with one table a printed page between two paragraphs."""
    rules = (
        "table{border-top:1px solid #000;border-bottom:1px solid #000} .last th,.last td{border-bottom:1px solid #000}"
        if layout == "ruled"
        else ""
    )
    page = "A4 landscape" if layout == "ruled" else "A4"
    parts = [
        f"<html><head><title>Drawn tables</title><style>@page{{size:{page};margin:15mm}} body{{font:10pt serif}} "
        f"table{{border-collapse:collapse;font-size:8pt;width:100%}} th,td{{text-align:left;vertical-align:top;"
        f"padding:1pt 5pt}} {rules} div{{break-after:page}}</style></head><body>"
    ]
    for number, table in enumerate(tables, start=1):
        rows, _ = count_grid(table)
        header = _leading_header(table)
        parts.append(f"<div><p>{_write_prose(number, 2 + number % 5)}</p>")
        parts.append(f"<p style='font-size:8pt'>{_write_caption(table, number)}</p>")
        parts.append("<table>")
        for row in range(rows):
            parts.append("<tr class='last'>" if row == header - 1 else "<tr>")
            parts.extend(write_cell(cell, header) for cell in table.cells if cell.row == row)
            parts.append("</tr>")
        parts.append(f"</table><p>{_write_prose(number + 7, 4 + number % 3)}</p></div>")
    return "".join(parts) + "</body></html>"


def write_cell(cell: Cell, header: int) -> str:
    tag = "th" if cell.row < header else "td"
    marks = f"<sup>{html.escape(','.join(cell.marks))}</sup>" if cell.marks else ""
    return f"<{tag} rowspan={cell.rowspan} colspan={cell.colspan}>{html.escape(cell.text)}{marks}</{tag}>"


def draw_browser(tables: Sequence[Table], *, layout: str, browser: str) -> bytes:
    """Return the printed page of a Chromium browser."""
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(write_page(tables, layout=layout), encoding="utf-8")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run(
            [*command, f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}", page.as_uri()],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return printed.read_bytes()


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw, read and score; print one line for each producer and layout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--limit", type=int, default=60, help="tables an archive")
    parser.add_argument("--browser", default="chromium")
    parser.add_argument("--keep", type=Path, help="keep the drawn files in this folder")
    options = parser.parse_args(arguments)
    tables = collect_tables(options.corpora, limit=options.limit)
    for producer in ("reportlab", "browser"):
        for layout in LAYOUTS:
            if producer == "reportlab":
                data = draw_reportlab(tables, layout=layout)
            else:
                try:
                    data = draw_browser(tables, layout=layout, browser=options.browser)
                except (OSError, subprocess.SubprocessError) as error:
                    print(f"browser {layout:6}: not drawn ({type(error).__name__})")
                    continue
            if options.keep:
                (options.keep / f"tables-{producer}-{layout}.pdf").write_bytes(data)
            document = read_bytes(data, name="tables.pdf", settings=Settings())
            score = compare_tables(tables, document.tables)
            print(f"{producer:9} {layout:6}: {score.format()}; worst {[item[1] for item in score.worst[:12]]}")


if __name__ == "__main__":
    main()
