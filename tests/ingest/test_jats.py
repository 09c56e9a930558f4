"""The XML reader: nothing moves, no cell in prose, marks and references kept, bombs refused."""

from __future__ import annotations

import pytest

from pipeline.errors import DocumentError
from pipeline.ingest.jats import read_jats
from pipeline.model import Document
from pipeline.settings import Settings

ARTICLE = """<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">
<article><front><journal-meta><journal-title>Annals of Tests</journal-title></journal-meta><article-meta>
<article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="pmc">456</article-id>
<article-id pub-id-type="doi">10.1000/test.1</article-id>
<title-group><article-title>Compound A extends life</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Vale</surname><given-names>Ida</given-names></name>
</contrib></contrib-group><pub-date pub-type="epub"><year>2018</year></pub-date>
<permissions><license><license-p>See http://creativecommons.org/licenses/by/4.0/.</license-p></license></permissions>
<abstract><p>Compound A lengthened life.</p></abstract></article-meta></front>
<body><sec><title>Introduction</title><p>Mice lived longer<sup><xref ref-type="bibr" rid="r3">3</xref>&#8211;<xref
ref-type="bibr" rid="r5">5</xref></sup> at 10<sup>5</sup> cells and 5&nbsp;mg&#8201;kg<sup>&#8722;1</sup> &unknown;
[<xref ref-type="bibr" rid="r1">1</xref>,<xref ref-type="bibr" rid="r2">2</xref>] in
<italic>Ndufs4</italic><sup>&#8722;/&#8722;</sup> mice.<table-wrap id="t1"><label>Table 1</label>
<caption><p>Survival by group.</p></caption><table><thead><tr><th rowspan="2">Group</th><th colspan="2">Days</th></tr>
<tr><th>Male</th><th>Female</th></tr></thead><tbody>
<tr><td>Drug</td><td>812<sup>a</sup></td><td>790*</td></tr>
<tr><td>Vehicle</td><td>701</td><td/></tr></tbody></table>
<table-wrap-foot><p><sup>a</sup>P &lt; 0.05; *P &lt; 0.01.</p>
</table-wrap-foot></table-wrap> A second sentence follows the table.</p></sec>
<sec sec-type="methods"><title>Animals</title><p>Doses followed Ode et al. (<xref
ref-type="bibr" rid="r2">2002</xref>).
</p></sec></body><back><ref-list><title>References</title>
REFS</ref-list></back></article>"""
REFERENCE = (
    '<ref id="r{0}"><label>{0}</label><element-citation>'
    '<person-group person-group-type="author">'
    "<name><surname>Ode</surname><given-names>B</given-names></name></person-group>"
    "<article-title>Study {0}</article-title>"
    '<source>J Test</source><year>200{0}</year><pub-id pub-id-type="doi">10.1000/ref.{0}</pub-id>'
    '<pub-id pub-id-type="pmid">90{0}</pub-id>'
    "</element-citation></ref>"
)
PUBMED = b"""<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>77</PMID><Article><Journal>
<Title>Test Medicine</Title><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue></Journal>
<ArticleTitle>Drug B in asthma.</ArticleTitle><Abstract>
<AbstractText Label="METHODS">Sixty adults took drug B.</AbstractText>
<AbstractText Label="RESULTS">Attacks fell by half.</AbstractText></Abstract>
<AuthorList><Author><LastName>Roe</LastName>
<ForeName>Al</ForeName></Author></AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList>
<ArticleId IdType="doi">10.1000/b.2</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>"""


def read(text: str | bytes) -> Document:
    data = text if isinstance(text, bytes) else text.encode()
    return read_jats(data, name="paper.xml", sha256="0" * 64, settings=Settings())


@pytest.fixture(scope="module")
def article() -> Document:
    return read(ARTICLE.replace("REFS", "".join(REFERENCE.format(number) for number in range(1, 7))))


def test_metadata_is_read(article: Document) -> None:
    metadata = article.metadata
    assert (metadata.title, metadata.authors, metadata.year) == ("Compound A extends life", ("Vale Ida",), 2018)
    assert (metadata.doi, metadata.pmid, metadata.pmcid) == ("10.1000/test.1", "123", "PMC456")
    assert metadata.license == "http://creativecommons.org/licenses/by/4.0/"


def test_citation_marks_are_lifted_and_ranges_expanded(article: Document) -> None:
    assert [citation.markers for citation in article.citations] == [("3", "4", "5"), ("1", "2"), ("2",)]
    assert "lived longer at" in article.clean.text
    assert all(article.quote(citation.span) == citation.text for citation in article.citations)


def test_narrative_author_stays_in_the_sentence(article: Document) -> None:
    assert "Doses followed Ode et al." in article.clean.text


def test_exponent_is_no_mark_and_joins_no_number(article: Document) -> None:
    assert "10⁵ cells and 5 mg kg⁻¹" in article.clean.text
    assert "Ndufs4−/− mice" in article.clean.text


def test_unknown_entity_does_not_stop_the_reading(article: Document) -> None:
    assert "&unknown;" in article.clean.text


def test_table_leaves_its_paragraph_whole(article: Document) -> None:
    assert "mice. A second sentence follows the table." in article.clean.text
    assert "812" not in article.clean.text


def test_table_cells_have_place_span_and_marks(article: Document) -> None:
    (table,) = article.tables
    assert (table.number, table.caption) == ("1", "Table 1 Survival by group.")
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    assert (cells[0, 0].rowspan, cells[0, 1].colspan, cells[1, 1].text) == (2, 2, "Male")
    assert (cells[2, 1].text, cells[2, 1].marks) == ("812", ("a",))
    assert (cells[2, 2].text, cells[2, 2].marks) == ("790", ("*",))
    assert cells[3, 2].spans == ()
    assert [cells[row, 0].header for row in (0, 2)] == [True, False]
    for cell in table.cells:
        assert "".join(article.quote(span) for span in cell.spans) == cell.text
    assert [note.mark for note in table.notes] == ["a", "*"]


def test_references_have_their_fields(article: Document) -> None:
    second = article.references[1]
    assert (second.marker, second.authors, second.year, second.title) == ("2", ("Ode B",), 2002, "Study 2")
    assert (second.doi, second.pmid) == ("10.1000/ref.2", "902")
    assert second.span is not None
    assert article.quote(second.span) == second.text


def test_sections_follow_titles_and_types(article: Document) -> None:
    kinds = [section.kind for section in article.sections]
    assert kinds.index("abstract") < kinds.index("introduction") < kinds.index("methods")


def test_author_year_marks_in_parentheses_are_lifted_whole() -> None:
    name = "<name><surname>{0}</surname><given-names>B</given-names></name>"
    entry = f"<mixed-citation>{name} (<year>{{1}}</year>) Title.</mixed-citation>"
    text = (
        '<article><body><sec><title>A</title><p>It helped (Ode et al., <xref ref-type="bibr" rid="x">2003</xref>; '
        "Roe, "
        '<xref ref-type="bibr" rid="y">2004</xref>) much (P = 0.03).</p></sec></body><back><ref-list>'
        f'<ref id="x">{entry.format("Ode", 2003)}</ref><ref id="y">{entry.format("Roe", 2004)}</ref>'
        "</ref-list></back></article>"
    )
    document = read(text)
    assert [citation.markers for citation in document.citations] == [("Ode 2003", "Roe 2004")]
    assert "It helped much (P = 0.03)." in document.clean.text


def test_pubmed_record_gives_title_abstract_and_metadata() -> None:
    document = read(PUBMED)
    assert document.metadata.journal == "Test Medicine"
    assert (document.metadata.pmid, document.metadata.doi, document.metadata.year) == ("77", "10.1000/b.2", 2020)
    assert "Sixty adults took drug B." in document.clean.text


def test_entity_expansion_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "xxxx"><!ENTITY c "&b;&b;&b;">]><article><body><p>&c;</p></body></article>'
    with pytest.raises(DocumentError, match="declares entities"):
        read(bomb)


def test_external_entity_is_refused() -> None:
    with pytest.raises(DocumentError):
        read('<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><article><body><p>&f;</p></body></article>')


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(DocumentError):
        read("<article><body>" + "<sec>" * 3000 + "</sec>" * 3000 + "</body></article>")


def test_cut_file_is_kept_with_a_recorded_failure() -> None:
    document = read("<article><body><sec><title>Results</title><p>Mice lived longer.</p><p>Then the fi")
    assert "Mice lived longer." in document.clean.text
    assert document.status == "partial"
    assert document.failures[0].survivable


@pytest.mark.parametrize("text", ["", "no markup", "<html><body/></html>", "<article/>", "\x00\x01"])
def test_what_is_no_article_is_a_document_error(text: str) -> None:
    with pytest.raises(DocumentError):
        read(text)


def test_rows_inside_a_cell_are_text_of_the_cell() -> None:
    inner = "<array><tbody><tr><td>12</td><td>34</td></tr></tbody></array>"
    rows = f"<tr><th>Dose</th><th>Weight</th></tr><tr><td>5 mg</td><td>{inner}</td></tr>"
    document = read(f"<article><body><p>Mice lived.</p><table-wrap><table>{rows}</table></table-wrap></body></article>")
    (table,) = document.tables
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [
        (0, 0, "Dose"), (0, 1, "Weight"), (1, 0, "5 mg"), (1, 1, "12 34"),
    ]  # fmt: skip


def test_array_in_the_text_is_a_table() -> None:
    array = "<array><tbody><tr><td>12</td><td>34</td></tr></tbody></array>"
    document = read(f"<article><body><p>Mice lived.</p><p>As here: {array}</p></body></article>")
    assert [cell.text for cell in document.tables[0].cells] == ["12", "34"]
    assert "12" not in document.clean.text
