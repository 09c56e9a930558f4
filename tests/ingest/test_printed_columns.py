"""Columns printed side by side, as ``pdftotext -layout`` does: parted, each character with its way back."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import read_bytes
from pipeline.ingest.lines import split_lines
from pipeline.ingest.printed_columns import part_columns
from pipeline.model.documents import Document
from pipeline.model.spans import read_spans
from pipeline.settings import Settings

LEFT = """Introduction
Everolimus slows the ageing of many small mammals, but
little is known about golden hamsters, which live short
lives in captivity and are prone to disease of the kid-
neys and of the heart. Whether the drug helps old ani-
mals of this species has not been tested before.
   We therefore gave everolimus in the diet to hamsters
of both sexes from the age of nine months, and followed
them until they died of natural causes. Food intake was
recorded each week and did not differ between groups at
any time of the study, which lasted for three years and
was done in one room by a single team of six people.""".splitlines()
RIGHT = """Methods
Hamsters were housed in pairs at a constant temperature
of the room. The drug was mixed into their usual diet
at 14 ppm, and the pellets were stored in the dark un-
til use. Controls were given pellets with the carrier.
   Animals were weighed each week by two people who did
not know the groups. Blood was drawn from the leg vein
at nine and at twelve months, always before noon, when
animals had been fasted for four hours in clean cages.

Results
Median survival rose by nine percent in females and by
five percent in males, and all causes of death were the""".splitlines()
HEAD = "Stone et al. Journal of Hamsters 2021, 12:3" + " " * 45 + "Page 2 of 9"
CAPTION = (
    "Table 1 Survival of golden hamsters given everolimus in two doses, days and change against untreated controls"
)
ROWS = ["Sex          Dose           Animals      Median (d)      Change (%)",
        "Male         14 ppm         40           610             5",
        "Female       14 ppm         38           655             9",
        "Female       42 ppm         39           640             7"]  # fmt: skip


def print_page(*, gutter: int = 64, head: str = HEAD) -> str:
    rows = [left.ljust(gutter) + right for left, right in zip(LEFT, RIGHT, strict=False)]
    return "\n".join([head, "", "", *(row.rstrip() for row in rows), ""])


def read(text: str) -> Document:
    return read_bytes(text.encode(), name="paper.txt", settings=Settings())


def test_columns_are_read_one_after_the_other() -> None:
    text = read(print_page()).clean.text
    assert "We therefore gave everolimus in the diet to hamsters of both sexes from the age of nine months" in text
    assert text.index("single team of six people.") < text.index("Hamsters were housed in pairs")
    assert "prone to disease of the kidneys and of the heart" in text


def test_headings_of_both_columns_open_sections() -> None:
    document = read(print_page())
    kinds = [section.kind for section in document.sections if section.title]
    assert kinds == ["introduction", "methods", "results"]


def test_a_sentence_of_a_column_leads_back_to_its_own_characters_only() -> None:
    page = print_page()
    document = read(page)
    sentence = next(
        s for s in document.sentences if document.clean.text[s.clean.start :].startswith("Whether the drug helps")
    )
    spans = document.clean.to_source(sentence.clean.start, sentence.clean.end)
    assert [page[span.start : span.end] for span in spans] == [
        "Whether the drug helps old ani", "mals of this species has not been tested before.",
    ]  # fmt: skip
    assert read_spans(document.clean, spans) == document.clean.text[sentence.clean.start : sentence.clean.end]


def test_a_table_across_both_columns_stays_whole() -> None:
    document = read("\n".join([print_page(), CAPTION, *ROWS, "", print_page(head="").strip("\n")]))
    assert [line.text for line in document.tables[0].lines] == ROWS
    assert "14 ppm 40 610" not in document.clean.text


def test_a_table_alone_is_not_parted() -> None:
    lines = split_lines("\n".join([CAPTION, *ROWS * 10]))
    assert part_columns(lines, "\n".join([CAPTION, *ROWS * 10])) == lines


def test_text_of_one_column_stays_as_it_is() -> None:
    text = "\n".join([*LEFT, "", *RIGHT] * 3)
    assert part_columns(split_lines(text), text) == split_lines(text)


def test_the_abstract_above_the_columns_keeps_its_full_width() -> None:
    abstract = ["  Abstract", "  " + " ".join(LEFT[1:3]), "  " + " ".join(LEFT[3:5]).replace("kid- neys", "kidneys")]
    document = read("\n".join([*abstract, "", "", print_page(head="")]))
    clean = document.clean.text
    assert "many small mammals, but little is known" in clean.split("Introduction")[0]
    assert clean.index("Introduction") < clean.index("Methods")


@settings(max_examples=40, deadline=None)
@given(gutter=st.integers(58, 90), heads=st.lists(st.sampled_from(["", HEAD, CAPTION, "   ", "\f"]), max_size=6))
def test_no_character_is_lost_or_doubled(gutter: int, heads: list[str]) -> None:
    page = "\n".join([*heads, print_page(gutter=gutter)])
    parted = [line for line in part_columns(split_lines(page), page) if line.text]
    assert all(page[line.start : line.end] == line.text for line in parted)
    covered = sorted((line.start, line.end) for line in parted)
    assert all(low[1] <= high[0] for low, high in pairwise(covered))
    kept = "".join(page[start:end] for start, end in covered)
    assert "".join(kept.split()) == "".join(page.split())


def test_columns_whose_lines_are_never_level_are_parted() -> None:
    rows = [row for left, right in zip(LEFT, RIGHT, strict=False) for row in (left, " " * 64 + right) if row.strip()]
    text = read("\n".join([HEAD, "", *rows, "", HEAD, "", *rows])).clean.text
    assert "many small mammals, but little is known about golden hamsters" in text
    assert "prone to disease of the kidneys and of the heart" in text
