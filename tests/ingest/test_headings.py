"""Headings of flattened text: inner and run-in ones, front matter above them, and lines that only look like them."""

from __future__ import annotations

import pytest

from pipeline.ingest.headings import looks_like_heading
from pipeline.ingest.sections import BlockOutline, divide_sections
from pipeline.ingest.text import read_text
from pipeline.model.documents import Document
from pipeline.model.spans import Span
from pipeline.settings import Settings


def read(text: str) -> Document:
    return read_text(text.encode(), name="x.txt", sha256="0", settings=Settings())


def titles(document: Document) -> list[tuple[str, str]]:
    return [(section.kind, section.title) for section in document.sections if section.title]


COLUMN = (
    "The animals were kept in pairs in clean cages and had\n"
    "food and water as they liked during the whole of the\n"
    "study, which took two years and was ended as planned.\n"
)


def test_a_heading_between_full_lines_needs_no_blank_line() -> None:
    text = "Methods\n" + COLUMN + "Holotype\n" + COLUMN + "2.2. Milk collection and its processing\n" + COLUMN
    assert titles(read(text)) == [
        ("methods", "Methods"), ("methods", "Holotype"), ("methods", "2.2. Milk collection and its processing")
    ]  # fmt: skip


def test_labels_of_a_structured_abstract_become_headings_of_it() -> None:
    text = (
        "Abstract\nBackground: Old mice are thought to eat less than young ones do.\n"
        "Methods/Design: We fed forty mice of two ages in an invented house.\n"
        "Conclusions: Nothing in this sentence has ever been shown by anybody.\n\n"
        "Introduction\n\n" + COLUMN
    )
    document = read(text)
    assert titles(document) == [
        ("abstract", "Abstract"), ("abstract", "Background:"), ("abstract", "Methods/Design:"),
        ("abstract", "Conclusions:"), ("introduction", "Introduction")
    ]  # fmt: skip
    sentences = [document.clean.text[s.clean.start : s.clean.end] for s in document.sentences]
    assert "We fed forty mice of two ages in an invented house." in sentences


def test_one_label_alone_stays_in_its_sentence() -> None:
    text = "Abstract\n\nBackground: Old mice eat less than young ones do in most houses.\n\nIntroduction\n\n" + COLUMN
    assert [title for _, title in titles(read(text))] == ["Abstract", "Introduction"]


def test_pieces_of_the_front_are_notes_and_sentences_above_the_abstract_stay() -> None:
    text = (
        "Journal of Invented\n\nMouse Studies\n\nPlymouth Dale, Arland\n\n"
        "Old mice eat less, and this sentence tells it before any heading.\n\nAbstract\n\n" + COLUMN
    )
    document = read(text)
    kinds = {document.clean.text[b.clean.start : b.clean.end]: b.kind for b in document.blocks}
    assert kinds["Plymouth Dale, Arland"] == "note"
    assert kinds["Old mice eat less, and this sentence tells it before any heading."] == "paragraph"


def test_subheadings_of_an_introduction_belong_to_it_where_methods_follow() -> None:
    report = "Introduction\n\n" + COLUMN + "\nThe village mice\n\n" + COLUMN + "\nMethods\n\n" + COLUMN
    review = "Introduction\n\n" + COLUMN + "\nThe village mice\n\n" + COLUMN + "\nConclusions\n\n" + COLUMN
    assert ("introduction", "The village mice") in titles(read(report))
    assert ("body", "The village mice") in titles(read(review))


@pytest.mark.parametrize(
    "line",
    ["The study area is in the north of", "In total, we found forty names", "The land was left alone", "of mice and"],
)
def test_broken_sentences_are_no_headings(line: str) -> None:
    assert not looks_like_heading(line, 1)


def test_a_heading_may_end_a_group_and_head_the_text_below_the_blank_line() -> None:
    text = "Methods\n" + COLUMN + "Study animals\n\n" + COLUMN
    assert ("methods", "Study animals") in titles(read(text))


def test_a_heading_may_wrap_onto_a_second_line_within_a_group() -> None:
    text = "Methods\n" + COLUMN + "Criteria for the choice of animals of both\nsexes and three stocks\n" + COLUMN
    whole = "Criteria for the choice of animals of both sexes and three stocks"
    assert ("methods", whole) in titles(read(text))


def test_lists_set_to_another_width_leave_text_wrapped() -> None:
    wide = "Entry of a list in small type that runs across the whole of the printed page, with volume and year\n" * 14
    text = "Methods\n" + COLUMN * 6 + "Feeding of hamsters\n" + COLUMN * 6 + "\n" + wide
    assert ("methods", "Feeding of hamsters") in titles(read(text))


def test_ethics_among_the_methods_interrupt_them() -> None:
    text = "Methods\n\n" + COLUMN + "\nEthics statement\n\n" + COLUMN + "\nFeeding of hamsters\n\n" + COLUMN
    text += "\nResults\n\n" + COLUMN
    kinds = [kind for kind, _ in titles(read(text))]
    assert kinds == ["methods", "back", "methods", "results"]


def test_unknown_headings_below_the_list_are_back_matter() -> None:
    outlines = [
        ("heading", "Results"),
        ("paragraph", "x"),
        ("heading", "References"),
        ("heading", "Report of a reader"),
    ]
    blocks = [BlockOutline(kind, text, Span(at, at + 1)) for at, (kind, text) in enumerate(outlines)]
    assert [section.kind for section in divide_sections(blocks)[0]] == ["results", "references", "back"]


def test_labels_on_lines_of_their_own_belong_to_the_abstract_where_the_body_follows() -> None:
    parts = ["Abstract", "Background", COLUMN, "Methods", COLUMN, "Conclusion", COLUMN]
    parts += ["Background", COLUMN * 2, "Methods", COLUMN]
    kinds = [kind for kind, _ in titles(read("\n\n".join(part.strip() for part in parts)))]
    assert kinds == ["abstract", "abstract", "abstract", "abstract", "introduction", "methods"]


def test_labels_that_come_back_or_stand_in_a_row_are_no_headings() -> None:
    rows = "".join(f"{name} clinic\n\nTen people came, and one of them stayed until the end.\n\n" for name in NAMES)
    legends = "Pale Group\n\nThe animals ate as before.\n\n" * 3
    text = f"Methods\n\n{COLUMN}\n{rows}Housing of pups\n\n{COLUMN * 5}\nResults\n\n{COLUMN}\n{legends}"
    assert [title for _, title in titles(read(text))] == ["Methods", "Housing of pups", "Results"]


NAMES = ("North", "South", "West", "East", "Lake", "River", "Harbour", "Market", "Station", "Forest")


def test_a_few_short_subsections_stay_headings() -> None:
    rows = "".join(f"{name} clinic\n\nTen people came, and one of them stayed until the end.\n\n" for name in NAMES[:4])
    assert len(titles(read(f"Methods\n\n{COLUMN}\n{rows}{COLUMN}"))) == 5


@pytest.mark.parametrize(
    "text",
    [
        "He shall be fined five coins.” [5: 3",
        "Ida Vale, University of Nowhere, Noland",
        "University, Noland and Sometown",
    ],
)
def test_quotations_and_addresses_are_no_headings(text: str) -> None:
    assert not looks_like_heading(text, 1)


def test_aims_among_the_methods_introduce_nothing() -> None:
    text = "".join(
        f"{title}\n\n{COLUMN}\n" for title in ("Introduction", "Methods", "Objectives", "Feeding of pups", "Results")
    )
    assert [kind for kind, _ in titles(read(text))] == ["introduction", "methods", "methods", "methods", "results"]


def test_a_word_printed_apart_within_a_sentence_is_no_heading() -> None:
    text = f"Methods\n\n{COLUMN}\nThe animals were given the drug that was called\n\nRapamycin\n\n{COLUMN}"
    assert [title for _, title in titles(read(text))] == ["Methods"]
