"""Lines of the page are taken out of the text, also where they tear a sentence."""

import pytest

from pipeline.ingest.furniture import find_furniture
from pipeline.ingest.journal_lines import read_journal_line
from pipeline.ingest.lines import split_lines


def kept(text: str) -> list[str]:
    lines = split_lines(text)
    found = find_furniture(lines)
    return [line.text for number, line in enumerate(lines) if line.text and number not in found]


@pytest.mark.parametrize(
    ("line", "journal", "year"),
    [
        ("I. Vale et al. Journal of Invented Diets 12 (2023) 44–46", "Journal of Invented Diets", 2023),
        ("Vale et al. Invented Trials (2015) 16:50", "Invented Trials", 2015),
        ("Vale and Ode, BMC Invention 2010, 8:23", "BMC Invention", 2010),
        ("44 I. Vale, B. Ode / Invented Letters 12 (2023) 44–46", "Invented Letters", 2023),
        ("Invented Nutrients 2019, 11, 2345 2 of 14", "Invented Nutrients", 2019),
        ("Inventions 460, 392–395 (2009)", "Inventions", 2009),
        ("Invent. Metab. 2012;16(3):33-45", "Invent. Metab", 2012),
    ],
)
def test_line_that_cites_a_journal_is_read(line: str, journal: str, year: int) -> None:
    found = read_journal_line(line)
    assert found is not None
    assert (found.journal, found.year) == (journal, year)


@pytest.mark.parametrize(
    "line",
    [
        "Group B 2019, 11, 23 mice",
        "Rats lived 24 (2023) days longer than 44–46 controls",
        "Males 2010, 12",
        "Survival in 2012 24",
        "in mice 12 (2013) 44",
    ],
)
def test_line_of_other_words_cites_no_journal(line: str) -> None:
    assert read_journal_line(line) is None


def test_running_head_and_page_number_inside_a_sentence_go() -> None:
    text = (
        "Acarbose (0.1 %) reduced the\n\n44\n\nI. Vale et al. Invented Letters 12 (2023) 44–46\n\nweight of male mice."
    )
    assert kept(text) == ["Acarbose (0.1 %) reduced the", "weight of male mice."]


def test_entries_of_a_list_are_no_running_heads() -> None:
    entry = "B. Ode et al. Invented Letters 9 (2003) 12–19"
    assert kept(f"It fell.\n\nReferences\n\n{entry}\n\n44") == ["It fell.", "References", entry, "44"]


def test_line_within_a_paragraph_stays() -> None:
    text = "Weights were compared with those of\nInvented Letters 12 (2023) 44–46\nand found to be lower."
    assert len(kept(text)) == 3


def test_a_licence_goes_with_all_its_lines_and_the_text_below_stays() -> None:
    source = (
        "© 2019 Alder et al.; licensee Invented House. This is an Open Access article under the terms of the Creative\n"
        "Commons Attribution License, which permits unrestricted use, distribution, and\n"
        "reproduction in any medium, provided the original work is properly credited.\n"
        "Old mice eat less than young ones.\n"
    )
    assert find_furniture(split_lines(source)) == {0, 1, 2}
