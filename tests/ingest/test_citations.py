"""Citation marks: learnt style, lifted marks, numbers that stay."""

import pytest

from pipeline.ingest import read_bytes
from pipeline.ingest.author_years import find_author_years, list_cited
from pipeline.ingest.citations import expand_numbers
from pipeline.ingest.references import parse_reference
from pipeline.model.documents import Document, Reference
from pipeline.settings import Settings

GLUED = """Lifespan in mice

Everolimus lowered weight in several strains of mice1. Food intake fell as well2,3. Others saw the same effect in
rats4–6, and the survival of dogs improved7. The kinase S6K1 and the factor HIF-1 were less active in C57BL/6J mice8.
Insulin-like growth factor 1 (IGF-1) stayed at the level of controls9. A dose of 0.15 mg/kg for 6 weeks was enough.
In a further colony the effect was gone10. Cells with p53, p16 or CD8+ markers were counted; FGF21 rose by 50%.
The phase 2b trial was small11. Tumours (mostly benign)12 were rare,13 and liver weight was normal.14 Glucose fell.
"""

BRACKETS = """Skin ageing

Creams with sirolimus were tested in adults [1]. Wrinkles became finer [2, 4-6] within 4 months, as in mice [7].
Blood levels stayed below 1.0 ng/mL [8]. The interval was wide (95% CI [1, 3] = narrow). See also (ref. 9).
"""

NAMES = """Frogs

Males call at night (Adams et al., 2009). Females choose (Brown and Clark 2011a; Dunn 2012, 2014). Tadpoles grow
fast (Evans & Frey, 1999). As Gray et al. (2003) saw, eggs are few. The pond (built in 1998) dried in May (2001).
"""


def read(text: str) -> Document:
    return read_bytes(text.encode(), name="paper.txt", settings=Settings())


def marks(document: Document) -> list[tuple[str, ...]]:
    return [citation.markers for citation in document.citations]


def test_glued_superscripts_are_lifted_and_ranges_expanded() -> None:
    document = read(GLUED)
    assert ("2", "3") in marks(document)
    assert ("4", "5", "6") in marks(document)
    assert "several strains of mice. Food intake fell as well. Others" in document.clean.text
    assert "(mostly benign) were rare, and liver weight was normal. Glucose" in document.clean.text


@pytest.mark.parametrize(
    "kept", ["S6K1", "HIF-1", "C57BL/6J", "(IGF-1)", "p53, p16 or CD8+", "FGF21", "phase 2b", "0.15 mg/kg", "50%"]
)
def test_number_of_a_name_or_quantity_stays(kept: str) -> None:
    assert kept in read(GLUED).clean.text


def test_bracketed_marks_are_lifted_without_a_gap() -> None:
    document = read(BRACKETS)
    assert marks(document) == [("1",), ("2", "4", "5", "6"), ("7",), ("8",), ("9",)]
    assert "finer within 4 months, as in mice. Blood" in document.clean.text
    assert "[1, 3] = narrow" in document.clean.text


def test_author_year_marks_get_keys() -> None:
    document = read(NAMES)
    assert marks(document) == [
        ("Adams 2009",), ("Brown 2011a", "Dunn 2012", "Dunn 2014"), ("Evans 1999",), ("Gray 2003",)
    ]  # fmt: skip
    assert "As Gray et al. saw" in document.clean.text
    assert "(built in 1998)" in document.clean.text


def test_glued_numbers_stay_where_the_style_is_bracketed() -> None:
    document = read(BRACKETS + "\nThe cells of cohort7 and of lineage12 were kept apart.\n")
    assert "cohort7 and of lineage12" in document.clean.text


def test_mark_keeps_its_place_in_the_source() -> None:
    document = read(GLUED)
    for citation in document.citations:
        assert document.quote(citation.span) == citation.text
        assert document.clean.text[citation.clean - 1].isalnum() or document.clean.text[citation.clean - 1] in ".,)"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("5–11", list(range(5, 12))), ("3, 8", [3, 8]), ("13,17-19", [13, 17, 18, 19]), ("9–4", [9, 4])],
)
def test_numbers_are_expanded(text: str, numbers: list[int]) -> None:
    assert expand_numbers(text) == numbers


def test_list_answers_marks_by_author_and_year() -> None:
    references = [
        parse_reference("Vale I, Ode B. (2003). Old mice and their food. J Test 3, 1-9.", span=None, position=1),
        parse_reference("Ode B. (2009). Mice of a test fish (Richardson, 1836). J Test 3, 1-9.", span=None, position=2),
        parse_reference("Kern A, Vale I. (2011). Old mice again. J Test 4, 1-9.", span=None, position=3),
    ]
    cited = list_cited(references)
    text = (
        "Mice (Mus musculus Linnaeus, 1758) eat (Vale and Ode, 2003), though less (rats: Ode, 2009; see also Kern "
        "et al., 2011 on hamsters) when old (see Methods, Kern et al., 2011)."
    )
    marks = find_author_years(text, cited=cited)
    assert [text[start:end] for start, end, _ in marks] == [
        "(Vale and Ode, 2003)", ", 2009", ", 2011", "(see Methods, Kern et al., 2011)",
    ]  # fmt: skip
    assert marks[-1][2] == ("Kern 2011",)


def test_names_of_a_list_without_commas_answer_marks() -> None:
    references = [
        Reference(marker=str(number), text=f"{name} R Lavo KA Dubin S {year} A study of mice.", span=None, year=year)
        for number, (name, year) in enumerate((("Vale", 1979), ("Den Ode", 1988)), start=1)
    ]
    assert list_cited(references) == {("vale", "1979"), ("ode", "1988")}
