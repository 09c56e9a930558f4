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
