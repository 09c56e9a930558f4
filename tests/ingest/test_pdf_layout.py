"""Tables over pages, rows of wrapped cells, framed texts and torn identifiers on PDF pages drawn here."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest.pdf import read_pdf
from pipeline.model import Document
from pipeline.settings import Settings

PROSE = (
    "Old mice that were given the compound lived longer than those that had none of it in their food.",
    "Their weight was taken in each week, and what they ate was weighed on every second day by hand.",
    "No animal was left out of the counts, and none was lost before the last of them had died of age.",
)


def read(*pages: Callable[[Canvas], None]) -> Document:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf(buffer.getvalue(), name="paper.pdf", sha256="0" * 64, settings=Settings())


def write(canvas: Canvas, x: float, y: float, text: str, *, size: float = 10, bold: bool = False) -> None:
    canvas.setFont("Times-Bold" if bold else "Times-Roman", size)
    canvas.drawString(x, y, text)


def fill(canvas: Canvas, y: float, *, lines: int, start: int = 0) -> None:
    for line in range(lines):
        write(canvas, 50, y - 12 * line, PROSE[(line + start) % 3])


def tabulate(canvas: Canvas, y: float, rows: Sequence[Sequence[str]], *, pitch: float = 14) -> None:
    for number, row in enumerate(rows):
        for x, text in zip((50, 250, 420), row, strict=False):
            write(canvas, x, y - pitch * number, text, size=8)


def grid_of(document: Document, table: int = 0) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in document.tables[table].cells}


def test_table_that_goes_on_after_the_page_is_one_table() -> None:
    header = ("Group", "Start (g)", "End (g)")

    def first(canvas: Canvas) -> None:
        fill(canvas, 780, lines=12)
        write(canvas, 50, 300, "Table 1. Weight of the mice", size=9, bold=True)
        canvas.line(50, 296, 540, 296)
        canvas.line(50, 282, 540, 282)
        tabulate(
            canvas, 286, [header, ("Vehicle", "25.1", "31.0"), ("Low dose", "25.2", "30.1"), ("Mid", "25.6", "29")]
        )

    def second(canvas: Canvas) -> None:
        write(canvas, 50, 760, "Table 1. Weight of the mice (Continued)", size=9, bold=True)
        canvas.line(50, 756, 540, 756)
        canvas.line(50, 742, 540, 742)
        tabulate(canvas, 746, [header, ("High dose", "25.0", "27.4"), ("Both", "25.3", "26.8")])
        canvas.line(50, 714, 540, 714)
        fill(canvas, 660, lines=12, start=1)

    document = read(first, second)
    assert len(document.tables) == 1
    grid = grid_of(document)
    assert [grid[row, 0] for row in range(6)] == ["Group", "Vehicle", "Low dose", "Mid", "High dose", "Both"]
    assert (grid[5, 1], grid[5, 2]) == ("25.3", "26.8")
    assert [cell.row for cell in document.tables[0].cells if cell.header] == [0, 0, 0]
    pages = {box.page for cell in document.tables[0].cells for box in document.boxes if box.span == cell.spans[0]}
    assert pages == {1, 2}


def test_rows_without_a_last_rule_are_followed_over_lone_labels() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 50, 780, "Table 2. The animals at the start", size=9, bold=True)
        canvas.line(50, 776, 540, 776)
        canvas.line(50, 762, 540, 762)
        rows = [("", "All (N = 9)"), ("Age (days)", "812 (16)"), ("Sex",), ("Female", "5 (56)"), ("Male", "4 (44)")]
        tabulate(canvas, 766, rows)
        fill(canvas, 660, lines=14)

    grid = grid_of(read(page))
    assert grid[2, 0] == "Sex"
    assert (grid[4, 0], grid[4, 1]) == ("Male", "4 (44)")


def test_line_that_would_have_fitted_above_is_a_row() -> None:
    def page(canvas: Canvas) -> None:
        fill(canvas, 780, lines=10)
        write(canvas, 50, 600, "Table 3. Doses by strain", size=9, bold=True)
        rows = [
            ("Strain", "Dose of the compound", "n"), ("First strain", "0.5 mg/kg", "12"), ("", "5 mg/kg", "11"),
            ("", "50 mg/kg", "10"), ("Second strain", "0.5 mg/kg", "12"), ("", "5 mg/kg", "9"),
        ]  # fmt: skip
        tabulate(canvas, 586, rows, pitch=9.5)
        fill(canvas, 480, lines=10)

    grid = grid_of(read(page))
    assert [grid.get((row, 1)) for row in range(1, 6)] == ["0.5 mg/kg", "5 mg/kg", "50 mg/kg", "0.5 mg/kg", "5 mg/kg"]
    assert [grid.get((row, 0)) for row in range(1, 6)] == ["First strain", None, None, "Second strain", None]


def test_brackets_that_a_line_closes_belong_to_the_cell_above() -> None:
    def page(canvas: Canvas) -> None:
        fill(canvas, 780, lines=10)
        write(canvas, 50, 600, "Table 4. Change of weight", size=9, bold=True)
        rows = [("Group", "Change (95% CI)"), ("Low dose", "-0.4 (-0.9,"), ("", "0.1)"), ("High dose", "-1.2 (-1.8,")]
        tabulate(canvas, 586, [*rows, ("", "-0.6)")], pitch=9.5)
        fill(canvas, 480, lines=10)

    grid = grid_of(read(page))
    assert grid[1, 1] == "-0.4 (-0.9, 0.1)"
    assert grid[2, 1] == "-1.2 (-1.8, -0.6)"


def test_paragraph_flows_around_a_framed_text() -> None:
    def first(canvas: Canvas) -> None:
        fill(canvas, 780, lines=20)
        write(canvas, 50, 540, "At the end of this page a sentence is torn by what was set into a frame and then")

    def second(canvas: Canvas) -> None:
        canvas.rect(45, 690, 240, 0.4, fill=1)
        canvas.rect(45, 760, 240, 0.4, fill=1)
        canvas.rect(45, 690, 0.4, 70, fill=1)
        canvas.rect(285, 690, 0.4, 70, fill=1)
        write(canvas, 50, 745, "What is a colony", size=7, bold=True)
        for line, text in enumerate(
            ("A colony is a group of animals that", "are kept and bred in one place for", "years.")
        ):
            write(canvas, 50, 735 - 9 * line, text, size=7)
        write(canvas, 50, 660, "it goes on behind that frame as though there were nothing in between, which is so.")
        fill(canvas, 648, lines=20)

    text = read(first, second).clean.text
    assert "into a frame and then it goes on behind that frame" in text
    assert "A colony is a group of animals that are kept and bred in one place for years." in text


def test_identifier_parted_by_a_line_end_is_whole() -> None:
    def page(canvas: Canvas) -> None:
        fill(canvas, 780, lines=20)
        write(canvas, 50, 500, "References", size=12, bold=True)
        for number in range(1, 4):
            y = 500 - 26 * number
            write(
                canvas, 50, y, f"{number}. Ode B. Old mice again. J Test. 2009;{number}:2-9. doi:10.1000/j.test.2009."
            )
            write(canvas, 62, y - 11, f"0010{number}")

    assert [reference.doi for reference in read(page).references] == [f"10.1000/j.test.2009.0010{n}" for n in (1, 2, 3)]
