"""Reference lists of flattened text: numbers that came apart, columns out of order, torn identifiers, titles."""

from __future__ import annotations

import pytest

from pipeline.ingest.lines import split_lines
from pipeline.ingest.reference_lists import find_references
from pipeline.ingest.references import parse_reference
from pipeline.model.documents import Reference


def read_list(text: str) -> tuple[Reference, ...]:
    return find_references(split_lines("References\n" + text), set())[0]


def test_numbers_set_apart_from_their_entries_are_counted_on() -> None:
    found = read_list(
        "1.\n\n2.\n\n3.\n\n"
        "Alder PK, Birch TM. Feeding of old mice on a poor\ndiet. J Invent Res. 2009;3:1–9.\n"
        "Cedar R. Sleep and the liver. Ann Made Up. 2011;7:20–8.\n"
        "Dogwood LL, Elm S. Rapamycin in flies: a longer\nstudy. Fly Days. 2012;1:2–4.\n"
        "4. Fir B. On weights of hearts. Cardio Tales. 2013;9:9.\n"
    )
    assert [(r.marker, r.authors[0], r.year) for r in found] == [
        ("1", "Alder PK", 2009), ("2", "Cedar R", 2011), ("3", "Dogwood LL", 2012), ("4", "Fir B", 2013)
    ]  # fmt: skip


def test_a_list_goes_on_after_other_text_that_columns_brought_into_it() -> None:
    found = read_list(
        "1. Alder PK. Feeding of old mice. J Invent Res. 2009;3:1–9.\n"
        "2. Birch TM. Sleep of old mice. J Invent Res. 2010;3:10–19.\n\n"
        "Ethics. All animals were kept under a licence of the invented authority for this study.\n\n"
        "3. Cedar R. Sleep and the liver. Ann Made Up. 2011;7:20–8.\n"
    )
    assert [(r.marker, r.year) for r in found] == [("1", 2009), ("2", 2010), ("3", 2011)]


def test_a_doi_torn_by_a_line_end_is_whole_again() -> None:
    found = read_list(
        "Alder, P. K. (2009). Feeding of old mice. J. Invent. Res. 3, 1–9. doi: 10.1016/0376-\n6357(93)90090-E\n"
        "Birch, T. M. (2010). Sleep of old mice. J. Invent. Res. 3, 10–19. doi: 10.1111/j.1439-0310.\n2011.01919.x\n"
        "Cedar, R. (2011). Sleep and the liver. Ann. Made Up 7, 20–28. doi: 10.1000/182\n"
    )
    assert [r.doi for r in found] == ["10.1016/0376-6357(93)90090-e", "10.1111/j.1439-0310.2011.01919.x", "10.1000/182"]


def test_entries_of_one_author_and_year_are_told_apart() -> None:
    found = read_list(
        "Alder, P. (2009). Feeding of old mice. J. Invent. Res. 3, 1–9.\n"
        "Alder, P. (2009). Feeding of young mice. J. Invent. Res. 4, 1–9.\n"
    )
    assert [r.marker for r in found] == ["Alder 2009", "Alder 2009b"]


def test_the_papers_own_doi_below_the_list_is_no_entrys() -> None:
    lines = split_lines(
        "DOI 10.1000/own.1\n\nReferences\n1. Alder P. Feeding of old mice. J Invent Res. 2009;3:1–9.\n"
        "2. Birch T. Sleep of old mice. J Invent Res. 2010;3:10–19.\ndoi:10.1000/own.1\n"
    )
    assert [r.doi for r in find_references(lines, set())[0]] == [None, None]


def test_titles_read_on_after_a_question_mark_and_end_before_a_journal() -> None:
    def title(text: str) -> str | None:
        return parse_reference(text, span=None, position=1).title

    assert title("Alder P. Do mice sleep? A study of quiet hours in old animals. J Invent Res. 2009;3:1.") == (
        "Do mice sleep? A study of quiet hours in old animals"
    )
    assert title("Alder P. Sleep of old mice. Annals of the Invented Society. 2009;3:1.") == "Sleep of old mice"
    assert title("Alder P. “Sleep,” in The Book of Mice, ed B. Birch (Town: Press), 1–9.") == "Sleep"
    assert title("Invented Health Office. Care of old people at home: a way forward. Town: Office; 2008.") == (
        "Care of old people at home: a way forward"
    )


def test_the_year_behind_the_authors_wins_over_pages_that_look_like_one() -> None:
    reference = parse_reference(
        "6. Alder KM. 1992 Care in otters. Can. J. Made Up 70, 1953–1964.", span=None, position=6
    )
    assert reference.year == 1992


def test_names_with_accents_and_without_initials_are_authors() -> None:
    reference = parse_reference(
        "Öster M, Álvarez Á, Mumpuni, Birch T. Old mice eat less. J Res. 2009;1:2.", span=None, position=1
    )
    assert reference.authors == ("Öster M", "Álvarez Á", "Mumpuni", "Birch T")
    assert reference.title == "Old mice eat less"


@pytest.mark.parametrize(
    ("entry", "author", "title"),
    [
        (
            "Vale I, Ode B. 2005 Milk of captive pale voles.Zoo Stud. 24, 393-398.",
            "Vale I",
            "Milk of captive pale voles",
        ),
        (
            "Ode, J.-F., and Vale, I. (2009). Voles of the far north. J. Voles 2, 1-9.",
            "Ode J-F",
            "Voles of the far north",
        ),
        (
            "Stone AB, Vale de Ode CL, Dunn H-P. 2012 Shape of a vole protein. J Voles 4, 1.",
            "Stone AB",
            "Shape of a vole protein",
        ),
    ],
)
def test_title_is_cut_behind_names_and_before_a_journal_without_a_space(entry: str, author: str, title: str) -> None:
    reference = parse_reference(entry, span=None, position=1)
    assert (reference.authors[0], reference.title) == (author, title)
