"""The PDF reader on pages drawn here: columns, raised marks, tables, furniture, boxes, broken files."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import DocumentError
from pipeline.ingest.pdf import read_pdf
from pipeline.model import Document
from pipeline.settings import Settings

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 50.0, 310.0
SENTENCES = (
    "Compound A was given to male mice by oral gavage every day for twelve weeks of the study.",
    "The treated animals lost less weight than their controls and lived longer in both cohorts.",
    "No difference between the two groups was seen in food intake or in the activity of the mice.",
    "Survival was followed until the last animal had died, and curves were compared by a test.",
)


def read(data: bytes, settings: Settings | None = None) -> Document:
    return read_pdf(data, name="paper.pdf", sha256="0" * 64, settings=settings or Settings())


def draw(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(canvas: Canvas, x: float, y: float, text: str, *, size: float = 9, font: str = "Times-Roman") -> float:
    """Draw text in which ``^3,4^`` is raised and return the x at which it ends."""
    for number, part in enumerate(text.split("^")):
        raised = number % 2
        canvas.setFont(font, size * 0.65 if raised else size)
        canvas.drawString(x, y + (size * 0.35 if raised else 0), part)
        x += canvas.stringWidth(part, font, size * 0.65 if raised else size)
    return x


def fill(canvas: Canvas, x: float, y: float, text: str, *, width: float = 235) -> float:
    """Draw text in lines of a column and return the height below it."""
    line = ""
    for word in text.split(" "):
        trial = f"{line} {word}".strip()
        if canvas.stringWidth(trial.replace("^", ""), "Times-Roman", 9) > width:
            write(canvas, x, y, line)
            y -= 11
            line = word
        else:
            line = trial
    write(canvas, x, y, line)
    return y - 11


def furnish(canvas: Canvas) -> None:
    write(canvas, LEFT, 815, "Vale et al. Annals of Tests 2018, 3:14", size=7)
    write(canvas, 500, 30, f"Page {canvas.getPageNumber()} of 3", size=7)


def title_page(canvas: Canvas) -> None:
    furnish(canvas)
    write(canvas, LEFT, 760, "Compound A extends the life of old mice", size=18, font="Helvetica-Bold")
    write(canvas, LEFT, 735, "Ida Vale^1^ and Bo Ode^2^", size=10)
    write(canvas, LEFT, 715, "doi: 10.1000/test.7  Published: 3 May 2018", size=7)
    write(canvas, LEFT, 690, "Abstract", size=11, font="Helvetica-Bold")
    fill(canvas, LEFT, 675, " ".join(SENTENCES[:2]), width=490)
    write(canvas, LEFT, 630, "Introduction", size=11, font="Helvetica-Bold")
    y = 615.0
    for number in range(1, 8):
        y = fill(
            canvas,
            LEFT,
            y,
            f"Work {number} on this was done before.^{number}^ {SENTENCES[number % 4]} {SENTENCES[2]}",
        )
    fill(canvas, LEFT, y, "The last line of the left column goes on without a stop into the right and")
    y = fill(
        canvas,
        RIGHT,
        630,
        "there it ends as one sentence. We used 10^5^ cells at 3 mg kg^-1^ in Ndufs4^-/-^ mice.^3-5,8^",
    )
    write(canvas, RIGHT, y - 8, "Methods", size=11, font="Helvetica-Bold")
    y -= 23
    for number in range(6):
        y = fill(canvas, RIGHT, y, f"{SENTENCES[number % 4]} {SENTENCES[(number + 1) % 4]}")
    fill(canvas, RIGHT, y, "The animals were kept in a well-\nknown barrier.".replace("\n", " "))


def table_page(canvas: Canvas) -> None:
    furnish(canvas)
    y = 780.0
    write(canvas, LEFT, y, "Table 1. Survival of treated mice.", size=8, font="Times-Bold")
    canvas.line(LEFT, y - 5, 540, y - 5)
    rows = [("Group", "Days", "Change"), ("Drug", "812^a^", "16%"), ("Vehicle", "701", "-"), ("Both", "790*", "12%")]
    for number, row in enumerate(rows):
        y -= 14
        for x, text in zip((LEFT, 250, 420), row, strict=True):
            write(canvas, x, y, text, size=8)
        if number == 0:
            canvas.line(LEFT, y - 4, 540, y - 4)
    canvas.line(LEFT, y - 4, 540, y - 4)
    write(canvas, LEFT, y - 14, "^a^ P < 0.05 against vehicle.", size=7)
    y -= 50
    write(canvas, LEFT, y, "Results", size=11, font="Helvetica-Bold")
    y -= 15
    for number in range(5):
        y = fill(canvas, LEFT, y, SENTENCES[number % 4], width=490)
    y -= 20
    write(canvas, LEFT, y, "Table 2. Body weight without rules.", size=8, font="Times-Bold")
    for row in [("Group", "Start (g)", "End (g)"), ("Drug", "25.1", "27.4"), ("Vehicle", "25.3", "31.0")]:
        y -= 12
        for x, text in zip((LEFT, 250, 420), row, strict=True):
            write(canvas, x, y, text, size=8)
    y -= 40
    fill(canvas, LEFT, y, " ".join(SENTENCES), width=490)


def last_page(canvas: Canvas) -> None:
    furnish(canvas)
    write(canvas, LEFT, 780, "References", size=11, font="Helvetica-Bold")
    for number in range(1, 10):
        write(
            canvas,
            LEFT,
            780 - 14 * number,
            f"{number}. Ode B. Study {number} of old mice. J Test. 200{number};1:2-9.",
            size=8,
        )


@pytest.fixture(scope="module")
def paper() -> Document:
    return read(draw(title_page, table_page, last_page))


def test_columns_are_read_one_after_the_other(paper: Document) -> None:
    text = paper.clean.text
    assert text.index("Introduction") < text.index("Work 7 on this") < text.index("Methods") < text.index("Results")
    assert "without a stop into the right and there it ends as one sentence." in text


def test_sentence_over_columns_keeps_two_places(paper: Document) -> None:
    start = paper.clean.text.index("The last line of the left")
    spans = paper.clean.to_source(start, paper.clean.text.index("one sentence.") + 13)
    assert len(spans) == 2


def test_raised_citations_are_marks_and_ranges_expanded(paper: Document) -> None:
    markers = [citation.markers for citation in paper.citations]
    assert markers[:7] == [(str(number),) for number in range(1, 8)]
    assert ("3", "4", "5", "8") in markers
    assert "was done before. " in paper.clean.text
    assert "before.1" not in paper.clean.text


def test_powers_and_genotypes_are_no_marks(paper: Document) -> None:
    assert "10⁵ cells at 3 mg kg⁻¹ in Ndufs4-/- mice." in paper.clean.text


def test_running_heads_and_page_numbers_are_in_no_block(paper: Document) -> None:
    assert "Annals of Tests" not in paper.clean.text
    assert "Page 2" not in paper.clean.text
    assert "Annals of Tests" in paper.source


def test_title_and_metadata_are_read(paper: Document) -> None:
    metadata = paper.metadata
    assert metadata.title == "Compound A extends the life of old mice"
    assert metadata.authors == ("Ida Vale", "Bo Ode")
    assert (metadata.doi, metadata.year) == ("10.1000/test.7", 2018)
    assert paper.pages == 3


def test_sections_have_their_kinds(paper: Document) -> None:
    kinds = [section.kind for section in paper.sections if section.kind != "caption"]
    assert kinds == ["title", "abstract", "introduction", "methods", "results", "references"]


def test_ruled_table_is_cells(paper: Document) -> None:
    table = paper.tables[0]
    grid = {(cell.row, cell.column): cell for cell in table.cells}
    assert (table.number, table.page) == ("1", 2)
    assert [grid[0, column].text for column in range(3)] == ["Group", "Days", "Change"]
    assert all(grid[0, column].header for column in range(3))
    assert (grid[1, 1].text, grid[1, 1].marks) == ("812", ("a",))
    assert (grid[3, 1].text, grid[3, 1].marks) == ("790", ("*",))
    assert [note.mark for note in table.notes] == ["a"]


def test_unruled_table_is_cells(paper: Document) -> None:
    grid = {(cell.row, cell.column): cell.text for cell in paper.tables[1].cells}
    assert [grid[2, column] for column in range(3)] == ["Vehicle", "25.3", "31.0"]


def test_no_cell_is_in_the_prose(paper: Document) -> None:
    for number in ("812", "790", "25.1", "31.0"):
        assert number not in paper.clean.text


def test_cell_text_is_its_source(paper: Document) -> None:
    for table in paper.tables:
        for cell in table.cells:
            assert " ".join(paper.quote(span) for span in cell.spans) == cell.text


def test_reference_list_is_parsed(paper: Document) -> None:
    assert [reference.marker for reference in paper.references] == [str(number) for number in range(1, 10)]


def test_every_word_has_a_box_where_it_was_drawn(paper: Document) -> None:
    start = paper.source.index("Compound A extends")
    box = next(box for box in paper.boxes if box.span.start == start)
    assert (box.page, round(box.x0)) == (1, round(LEFT))
    assert box.y0 < 760 < box.y1
    assert all(0 <= box.x0 <= box.x1 <= WIDTH + 1 and 0 <= box.y0 <= box.y1 <= HEIGHT + 1 for box in paper.boxes)
    starts = [box.span.start for box in paper.boxes]
    assert starts == sorted(starts)


def test_same_bytes_give_the_same_document() -> None:
    data = draw(title_page, table_page, last_page)
    assert read(data) == read(data)


def test_encrypted_file_is_a_document_error() -> None:
    data = draw(title_page, encrypt=pdfencrypt.StandardEncryption("secret", ownerPassword="other"))
    with pytest.raises(DocumentError, match="password"):
        read(data)


def test_file_without_text_is_a_document_error() -> None:
    with pytest.raises(DocumentError, match="no text") as caught:
        read(draw(lambda canvas: canvas.rect(100, 100, 200, 200, fill=1)))
    assert "optical character recognition" in caught.value.remedy
    assert caught.value.page == 1


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.4\n", b"<html></html>"])
def test_what_is_no_pdf_is_a_document_error(data: bytes) -> None:
    with pytest.raises(DocumentError):
        read(data)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_truncated_file_is_read_or_refused(share: float) -> None:
    data = draw(title_page, table_page, last_page)
    try:
        document = read(data[: int(len(data) * share)])
    except DocumentError as error:
        assert error.cause and error.remedy
    else:
        assert document.source


def test_damage_on_one_page_leaves_the_others() -> None:
    data = draw(title_page, table_page, last_page, pageCompression=0)
    begin = data.index(b"Table 2. Body")
    stream = data.rindex(b"stream", 0, begin)
    broken = data[: stream + 7] + b"\xff" * (begin - stream) + data[begin + 7 :]
    document = read(broken)
    assert "Work 7 on this" in document.clean.text


def test_pages_beyond_the_limit_are_a_recorded_failure() -> None:
    document = read(draw(title_page, table_page, last_page), Settings(max_pages=1))
    assert document.pages == 3
    assert document.status == "partial"
    assert document.failures[0].page == 2


def test_page_that_breaks_off_is_kept_and_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingest.pdf_glyphs.MAX_GLYPHS", 1500)
    document = read(draw(title_page, table_page, last_page))
    assert [failure.page for failure in document.failures] == [1]
    assert "Compound A extends" in document.clean.text
    assert document.tables
