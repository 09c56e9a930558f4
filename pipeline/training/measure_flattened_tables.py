"""Measure tables that reached us as text: ``python -m pipeline.training.measure_flattened_tables``.

Tables of JATS articles are drawn to PDF in two layouts and turned into text by PDF-to-text tools (pdfminer's and
pdfium's; poppler's ``pdftotext``, plain and with ``-layout``, where it is installed). The text is read as any text is,
and its tables are compared with those read from the XML. A cell is right when a cell of the same row and column has
the same words; rows and columns are joined in order so that most cells are right, hence a lost row costs its cells
alone. Header cells, sub-headers and body cells count alike; marks of footnotes may be there or not.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.ingest import read_bytes
from pipeline.model import Table
from pipeline.settings import Settings
from pipeline.tables.extraction import read_table
from pipeline.tables.typed import TypedTable
from pipeline.training.measure_flattened import flatten_with_pdfium, flatten_with_pdfminer
from pipeline.training.measure_pdf_tables import LAYOUTS, draw_reportlab, drop_blanks, fits_page
from pipeline.training.measure_tables import read_articles
from pipeline.training.records import DEFAULT_CORPORA

Flatten = Callable[[bytes], str]
Grid = list[list[str]]
_FOLD = re.compile(r"[\s*†‡§¶#]+")


@dataclass(slots=True)
class Count:
    """Cells of the truth, found ones, right ones; tables, and those of which nothing was read."""

    cells: int = 0
    found: int = 0
    right: int = 0
    tables: int = 0
    unread: int = 0

    def add(self, other: Count) -> None:
        """Add another count to this one."""
        self.cells += other.cells
        self.found += other.found
        self.right += other.right
        self.tables += other.tables
        self.unread += other.unread

    def format(self) -> str:
        """Return one line of figures."""
        return (
            f"{self.tables:4} tables, {self.unread:2} unread; cells {self.cells}, right {self.right}: "
            f"accuracy {self.right / max(self.cells, 1):.3f}, precision {self.right / max(self.found, 1):.3f}"
        )


def flatten_with_poppler(data: bytes, *options: str) -> str:
    """Return the text that poppler's pdftotext makes of a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "drawn.pdf")
        path.write_bytes(data)
        return subprocess.run(
            ["pdftotext", *options, str(path), "-"], check=True, capture_output=True, timeout=120
        ).stdout.decode("utf-8", "replace")


TOOLS: dict[str, Flatten] = {
    "pdfium": flatten_with_pdfium,
    "pdfminer": flatten_with_pdfminer,
    "poppler": flatten_with_poppler,
    "poppler-layout": lambda data: flatten_with_poppler(data, "-layout"),
}


def list_cells(typed: TypedTable) -> Grid:
    """Return a typed table as rows of folded texts: the header, then sub-headers where they change, and the body."""
    grid = [[_fold(column.header.text) for column in typed.columns]]
    above: tuple[str, ...] = ()
    for row in typed.rows:
        heads = tuple(_fold(text.text) for text in row.subheaders)
        for index, head in enumerate(heads):
            if index >= len(above) or above[index] != head:
                grid.append([head, *[""] * (len(typed.columns) - 1)])
        above = heads
        grid.append([_fold(_strip(cell.text, cell.marks)) for cell in row.cells])
    return grid


def _strip(text: str, marks: Sequence[str]) -> str:
    for mark in marks:
        text = text.removesuffix(mark)
    return text


def _fold(text: str) -> str:
    return _FOLD.sub("", re.sub("[−–‐]", "-", text)).lower()


def compare_grids(truth: Grid, found: Grid) -> Count:
    """Return the counts of a table's cells against those read."""
    count = Count(
        cells=sum(bool(text) for row in truth for text in row),
        found=sum(bool(text) for row in found for text in row),
        tables=1,
    )
    width, other = len(truth[0]), max((len(row) for row in found), default=0)
    shared = [
        [
            sum(a[one] == b[two] != "" for a, b in _pair_rows(truth, found, one, two))
            for two in range(other)
        ]
        for one in range(width)
    ]  # fmt: skip
    columns = dict(_align(width, other, lambda one, two: shared[one][two]))
    rows = _align(len(truth), len(found), lambda one, two: _matching(truth[one], found[two], columns))
    count.right = sum(_matching(truth[one], found[two], columns) for one, two in rows)
    return count


def _pair_rows(truth: Grid, found: Grid, one: int, two: int) -> list[tuple[list[str], list[str]]]:
    left = [row[one] for row in truth]
    right = [row[two] for row in found]
    pairs = _align(len(left), len(right), lambda a, b: left[a] == right[b] != "")
    return [(truth[a], found[b]) for a, b in pairs]


def _matching(truth: list[str], found: list[str], columns: dict[int, int]) -> int:
    return sum(truth[one] == found[two] != "" for one, two in columns.items())


def _align(count: int, other: int, score: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs, in order on both sides, with the highest sum of scores."""
    best = [[0.0] * (other + 1) for _ in range(count + 1)]
    scores = [[float(score(a, b)) for b in range(other)] for a in range(count)]
    for a in range(count - 1, -1, -1):
        for b in range(other - 1, -1, -1):
            best[a][b] = max(best[a + 1][b], best[a][b + 1], best[a + 1][b + 1] + scores[a][b])
    pairs = []
    a = b = 0
    while a < count and b < other:
        if scores[a][b] and best[a][b] == best[a + 1][b + 1] + scores[a][b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def collect_samples(corpora: Path, *, limit: int) -> tuple[list[Table], list[Grid]]:
    """Return tables that can be drawn, ``limit`` spread over all, and their cells as read from the XML."""
    tables: list[Table] = []
    grids: list[Grid] = []
    for name, data in read_articles(corpora):
        try:
            document = read_bytes(data, name=name, settings=Settings())
        except DocumentError:
            continue
        for table in map(drop_blanks, document.tables):
            typed = read_table(document, table) if fits_page(table) else None
            if typed is not None:
                words = (table.caption or "Values of the groups").split()[:8]
                tables.append(replace(table, caption=" ".join(words).rstrip(".") + "."))
                grids.append(list_cells(typed))
    step = max(len(tables) // limit, 1)
    return tables[::step][:limit], grids[::step][:limit]


def measure(tables: Sequence[Table], grids: Sequence[Grid], text: str, *, show: int = 0) -> Count:
    """Return the counts of the tables that are read from a text against their cells."""
    document = read_bytes(text.encode("utf-8", "replace"), name="drawn.txt", settings=Settings())
    found = {table.number: table for table in reversed(document.tables)}
    total = Count()
    for number, truth in enumerate(grids, start=1):
        table = found.get(str(number))
        typed = None if table is None else read_table(document, table)
        count = compare_grids(truth, [[]] if typed is None else list_cells(typed))
        count.unread = typed is None
        total.add(count)
        if number <= show:
            print(f"--- {number}: {count.format()}")
            for side, grid in (("XML", truth), ("text", [] if typed is None else list_cells(typed))):
                for row in grid:
                    print(f"    {side}: {' | '.join(row)}")
    return total


def time_reading(rows: int) -> None:
    """Print the CPU seconds that a table of invented arms takes, and those of a plain loop, to tell a busy machine."""
    header = "Strain Sex Age at start Drug dose Route Control (d) Treated (d) Change in lifespan (%) Reference"
    lines = (
        f"QX-{row % 7} {('Male', 'Female')[row % 2]} {row % 20 + 1} months {row % 50 + 1} mg/kg Diet {700 + row % 200} "
        f"{750 + row % 210} {row % 30}.5 Ostrow et al.{row % 99 + 1}"
        for row in range(rows)
    )
    text = "\n".join(("Table 1 | Lifespans of mice.", "", header, *lines))
    begun = time.process_time()
    document = read_bytes(text.encode(), name="drawn.txt", settings=Settings())
    read = time.process_time()
    found = [typed for table in document.tables if (typed := read_table(document, table)) is not None]
    aligned = time.process_time()
    sum(number * number for number in range(10_000_000))
    print(
        f"{sum(len(typed.rows) for typed in found)} of {rows} rows: text {read - begun:.2f} s, "
        f"rows {aligned - read:.2f} s; ten million squares {time.process_time() - aligned:.2f} s"
    )


def main() -> None:
    """Print one line for each layout and tool, and one over each tool."""
    parser = argparse.ArgumentParser(description="tables flattened to text against their XML")
    parser.add_argument("--corpora", type=Path, default=DEFAULT_CORPORA)
    parser.add_argument("--limit", type=int, default=120, help="tables in all")
    parser.add_argument("--tool", choices=sorted(TOOLS), action="append", help="only this tool")
    parser.add_argument("--show", type=int, default=0, help="print the first tables beside what was read")
    parser.add_argument("--rows", type=int, help="only tell how long one invented table of so many rows takes")
    arguments = parser.parse_args()
    if arguments.rows:
        time_reading(arguments.rows)
        return
    tables, grids = collect_samples(arguments.corpora, limit=arguments.limit)
    drawn = {layout: draw_reportlab(tables, layout=layout) for layout in LAYOUTS}
    for tool in arguments.tool or TOOLS:
        if tool.startswith("poppler") and shutil.which("pdftotext") is None:
            continue
        total = Count()
        for layout, data in drawn.items():
            count = measure(tables, grids, TOOLS[tool](data), show=arguments.show)
            print(f"{tool:14} {layout:6} {count.format()}")
            total.add(count)
        print(f"{tool:14} both   {total.format()}")


if __name__ == "__main__":
    main()
