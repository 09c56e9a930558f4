"""The HTML reader: the article and nothing else of the page."""

from __future__ import annotations

import pytest

from pipeline.errors import DocumentError
from pipeline.ingest.html import read_html
from pipeline.model import Document
from pipeline.settings import Settings

PAGE = """<!DOCTYPE html><html><head><meta name="citation_title" content="Compound A &amp; mice">
<meta name="citation_author" content="Vale, Ida"><meta name="citation_publication_date" content="2019/03/01">
<meta name="citation_doi" content="10.1000/xyz.1"><title>Site</title><style>p {}</style></head><body>
<nav><p>Home page</p></nav><div class="cookie-banner"><p>We use cookies</p></div><main><article>
<h1>Compound A &amp; mice</h1><h2>Abstract</h2><p>It worked at 10<sup>5</sup> &foo; cells.</p>
<h2>Results</h2><p>Life rose<sup><a href="#r1">1</a>,<a href="#r2">2</a></sup> again [<a href="#r3">3</a>&ndash;<a
href="#r5">5</a>] in mice.<script>track()</script></p>
<table><caption>Table 2. Weights</caption><thead><tr><th rowspan=2>Group</th><th colspan=2>Weight</th></tr>
<tr><th>M</th><th>F</th></tr></thead><tbody><tr><th>Drug</th><td>12.5<sup>a</sup></td><td>11*</td></tr></tbody>
<tfoot><tr><td colspan=3><sup>a</sup>P &lt; 0.05; * P &lt; 0.01</td></tr></tfoot></table>
<figure><img src="x.png"><figcaption>Figure 1. Survival.</figcaption></figure>
<h2>References</h2><ol>REFS</ol></article></main><footer><p>Imprint</p></footer></body></html>"""


def read(text: str) -> Document:
    return read_html(text.encode(), name="page.html", sha256="0" * 64, settings=Settings())


@pytest.fixture(scope="module")
def page() -> Document:
    entries = "".join(
        f'<li id="r{number}">Ode B. Study {number}. J Test 200{number};1:2.</li>' for number in range(1, 6)
    )
    return read(PAGE.replace("REFS", entries))


def test_page_around_the_article_is_dropped(page: Document) -> None:
    for word in ("Home", "cookies", "Imprint", "track", "Site"):
        assert word not in page.source


def test_citation_links_are_marks(page: Document) -> None:
    assert [citation.markers for citation in page.citations] == [("1", "2"), ("3", "4", "5")]
    assert "Life rose again in mice." in page.clean.text


def test_exponent_and_unknown_entity_stay(page: Document) -> None:
    assert "10⁵ &foo; cells" in page.clean.text


def test_metadata_comes_from_the_head(page: Document) -> None:
    assert (page.metadata.title, page.metadata.year, page.metadata.doi) == (
        "Compound A & mice",
        2019,
        "10.1000/xyz.1",
    )


def test_table_is_cells_outside_the_prose(page: Document) -> None:
    (table,) = page.tables
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    assert (cells[2, 1].text, cells[2, 1].marks, cells[2, 2].marks) == ("12.5", ("a",), ("*",))
    assert cells[0, 0].header and not cells[2, 0].header
    assert [note.mark for note in table.notes] == ["a", "*"]
    assert table.number == "2"
    assert "12.5" not in page.clean.text


def test_reference_list_is_read(page: Document) -> None:
    assert [reference.marker for reference in page.references] == ["1", "2", "3", "4", "5"]
    assert page.references[0].year == 2001


@pytest.mark.parametrize("text", ["", "<html></html>", "<p></p>"])
def test_empty_page_is_a_document_error(text: str) -> None:
    with pytest.raises(DocumentError):
        read(text)


NESTED = """<html><body><article><h1>Compound A</h1><p>Mice were given compound A for a year, and they were weighed.</p>
<table><caption>Table 3. Weight of both groups</caption><tr><th>Group</th><th>Weight</th></tr>
<tr><td>Control</td><td>31.4 g</td></tr>
<tr><td>Drug <table><tr><td>Dose</td><td>5 mg/kg</td></tr><tr><td>Route</td><td>oral</td></tr></table></td>
<td>29.8 g</td></tr></table><p>They lived.</p></article></body></html>"""


def read_cells(document: Document) -> list[list[tuple[int, int, str]]]:
    return [[(cell.row, cell.column, cell.text) for cell in table.cells] for table in document.tables]


def test_table_with_another_inside_keeps_its_own_cells() -> None:
    document = read(NESTED)
    outer, inner = read_cells(document)
    assert outer == [
        (0, 0, "Group"),
        (0, 1, "Weight"),
        (1, 0, "Control"),
        (1, 1, "31.4 g"),
        (2, 0, "Drug"),
        (2, 1, "29.8 g"),
    ]
    assert inner == [(0, 0, "Dose"), (0, 1, "5 mg/kg"), (1, 0, "Route"), (1, 1, "oral")]
    assert [table.number for table in document.tables] == ["3", "3"]
    assert not any(text in document.clean.text for text in ("31.4", "29.8", "5 mg/kg", "oral"))


def test_unheaded_rows_of_short_cells_around_a_table_are_data() -> None:
    text = NESTED.replace("<caption>Table 3. Weight of both groups</caption>", "").replace("th>", "td>")
    assert [len(cells) for cells in read_cells(read(text))] == [6, 4]


def test_inner_table_of_one_cell_is_text_of_the_cell() -> None:
    text = NESTED.replace("<td>31.4 g</td>", "<td><table><tr><td>31.4 g</td></tr></table></td>")
    outer, _ = read_cells(read(text))
    assert (1, 1, "31.4 g") in outer


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><h2>Results</h2><p>Mice lived on.</p>{inner}</td><td>Menu</td></tr></table>",
        "<table role=presentation><tr><td><p>Mice lived on.</p></td><td>{inner}</td></tr></table>",
        "<table><tr><td>Mice lived on. "
        + "They were weighed in each week. " * 20
        + "</td><td>{inner}</td></tr></table>",
    ],
)
def test_table_that_lays_out_the_page_is_running_text(page: str) -> None:
    inner = "<table><tr><th>Group</th><th>Weight</th></tr><tr><td>Drug</td><td>29.8 g</td></tr></table>"
    document = read(f"<html><body>{page.format(inner=inner)}</body></html>")
    assert "Mice lived on." in document.clean.text
    assert [len(cells) for cells in read_cells(document)] == [4]
    assert "29.8" not in document.clean.text


def test_every_table_of_a_figure_is_read() -> None:
    table = "<table><tr><td>Drug</td><td>{} g</td></tr><tr><td>Age</td><td>9</td></tr></table>"
    figure = f"<figure><figcaption>Table 1. Weights</figcaption>{table.format(1)}{table.format(2)}</figure>"
    document = read(f"<html><body><p>Mice lived on and on.</p>{figure}</body></html>")
    assert [cells[1][2] for cells in read_cells(document)] == ["1 g", "2 g"]
