"""Flattened text: joined lines, furniture, torn sentences, tables, references."""

# ruff: noqa: E501

from pipeline.ingest import read_bytes
from pipeline.model.documents import Document
from pipeline.model.records import document_record, validate_record
from pipeline.model.spans import read_spans
from pipeline.settings import Settings

PAPER = """Everolimus and the ageing of hamsters

Ada B. Stone1 & Carl Dunn2

Everolimus was given to golden hamsters from the age of nine months on, and
the animals were weighed each week. We report on survival, on food intake and
on the immuno-
suppression that was seen at higher doses of the drug in both of the sexes.

1Department of Ageing, University of Nowhere, Sometown, Noland.

Received: 3 May 2021

https://doi.org/10.9999/Hamster.2021.7

Methods
Hamsters of the stock LVG were housed in pairs and were given food and water
ad libitum. The drug was mixed into the diet at 14 ppm, which gives about 2 mg
per kg of body weight and

Journal of Hamsters

Review article https://doi.org/10.9999/Hamster.2021.7

day, as measured in a pilot study of ten animals that were killed afterwards.
Age-related changes were scored by two readers who did not know the groups.

Table 1 | Survival of hamsters on everolimus

Sex Dose Route Median (d) Change (%)

Male 14 ppm Diet 610 9a

Female 14 ppm Diet 655 14*

Male 2 mg per kg i.p. 3×/week 600 3NS

* indicates P < 0.05. NS, not significant. aTwo animals were lost.

Results
Median survival rose in females only, and the age-
related loss of weight was smaller than it was in the control animals of both
sexes (Table 1). Food intake did not differ between the groups at any age.

References

1. Stone AB, Dunn C. Hamsters live longer with rest. J Hamst. 2015; 12:3–9.
https://doi.org/10.9999/jh.2015.3 PMID:12345678
2. Moss E, et al. Diets of small rodents and what
they tell. Rodents. 2018; 4:55.

Figure 1. Survival curves of both sexes. The shaded area is the interval.
"""


def read(text: str, name: str = "paper.txt") -> Document:
    return read_bytes(text.encode(), name=name, settings=Settings())


def sentences(document: Document) -> list[str]:
    return [document.clean.text[s.clean.start : s.clean.end] for s in document.sentences]


def test_source_is_the_file() -> None:
    assert read(PAPER).source == PAPER


def test_title_authors_and_identifiers_come_from_the_first_lines() -> None:
    metadata = read(PAPER).metadata
    assert metadata.title == "Everolimus and the ageing of hamsters"
    assert metadata.authors == ("Ada B. Stone", "Carl Dunn")
    assert metadata.doi == "10.9999/hamster.2021.7"


def test_hyphens_at_line_ends_follow_the_words() -> None:
    text = read(PAPER).clean.text
    assert "immunosuppression" in text
    assert "the age-related loss of weight" in text


def test_sentence_across_a_page_is_one_with_two_spans() -> None:
    document = read(PAPER)
    whole = (
        "The drug was mixed into the diet at 14 ppm, which gives about 2 mg per kg of body weight and day, as measured"
    )
    found = next(s for s in document.sentences if document.clean.text[s.clean.start :].startswith(whole))
    spans = document.clean.to_source(found.clean.start, found.clean.end)
    assert len(spans) == 2
    assert read_spans(document.clean, spans).startswith(whole)


def test_furniture_is_no_text() -> None:
    text = read(PAPER).clean.text
    for furniture in ("Received", "https://", "University of Nowhere", "Review article"):
        assert furniture not in text


def test_flattened_table_is_set_aside_with_its_notes() -> None:
    document = read(PAPER)
    (table,) = document.tables
    assert (table.number, table.caption) == ("1", "Survival of hamsters on everolimus")
    assert [line.text for line in table.lines][1:3] == ["Male 14 ppm Diet 610 9a", "Female 14 ppm Diet 655 14*"]
    assert {note.mark for note in table.notes} >= {"*", "a", "NS"}
    assert all(document.quote(line.span) == line.text for line in table.lines)
    assert not any("i.p. 3×/week" in sentence for sentence in sentences(document))


def test_sections_carry_kind_and_title() -> None:
    kinds = [(section.kind, section.title) for section in read(PAPER).sections]
    assert ("methods", "Methods") in kinds
    assert ("results", "Results") in kinds
    assert ("references", "References") in kinds
    assert kinds[-1] == ("caption", None)


def test_references_are_read_and_are_no_running_text() -> None:
    document = read(PAPER)
    first, second = document.references
    assert (first.marker, first.year, first.doi, first.pmid) == ("1", 2015, "10.9999/jh.2015.3", "12345678")
    assert first.authors == ("Stone AB", "Dunn C")
    assert first.title == "Hamsters live longer with rest"
    assert second.title == "Diets of small rodents and what they tell"
    assert "Small rodents" not in document.clean.text and "J Hamst" not in document.clean.text


def test_printed_columns_in_the_wrong_order_are_put_right() -> None:
    left = "All animals were weighed and looked at by two readers on every day.\nThe liver weight of treated hamsters fell in the first weeks, whereas"
    middle = "grew more slowly in the second year. The gain was small. These animals"
    right = "the weight of the spleen did not change at all. Lastly, treated tumours"
    grown = " ".join(f"{size} tumours grew less." for size in ("Treated", "Large", "Small", "Old", "Young"))
    text = f"{left}\n\nhttps://doi.org/10.9999/h\n\n{middle}\n\n{right}\n\nwere kept for a further month. {grown}"
    assert "whereas the weight of the spleen" in read(text).clean.text


def test_record_keeps_the_contract() -> None:
    assert validate_record("document", document_record(read(PAPER))) == []


def test_same_bytes_give_the_same_document() -> None:
    assert read(PAPER) == read(PAPER)


def test_long_table_is_one_table_with_all_its_rows() -> None:
    prose = "The animals were weighed in each week and they were kept in cages under light and dark as before.\n"
    rows = "".join(f"Drug{number} {number % 50} mg/kg {20 + number % 9}.3 {number % 90} d\n" for number in range(2_000))
    text = f"{prose * 12}\nTable 1. Weights\nDrug Dose Weight Age\n{rows}\n{prose * 3}"
    document = read_bytes(text.encode(), name="a.txt", settings=Settings())
    (table,) = document.tables
    assert len(table.lines) == 2_001
    assert "mg/kg" not in document.clean.text


PROSE = """The animals were weighed in each week of the study, and
they were kept in cages under a cycle of light and dark
as it was described before. None of them was lost in the
time of the study, and all of them were fed with a diet
that was the same for both of the groups of the animals.
"""


def read_flattened(text: str) -> Document:
    return read_bytes(text.encode(), name="a.txt", settings=Settings())


def test_wide_note_below_a_table_ends_where_lines_of_the_text_begin() -> None:
    note = "Values are means with their standard errors; the groups were compared by the test of Student, as it is usual.\n"
    table = "Table 1. Weights\nGroup Dose Weight Age\nDrug 5 mg/kg 29.8 g 90 d\nControl 0 mg/kg 31.4 g 90 d\n"
    document = read_flattened(f"{PROSE * 6}\n{table}{note}{PROSE * 2}")
    assert document.tables[0].notes[0].text.startswith("Values are means")
    assert document.clean.text.count("The animals were weighed") == 8


def test_caption_without_a_point_ends_at_its_short_line() -> None:
    caption = "Figure 2 Weight of the animals on the drug, by group\nand week, with standard errors\n"
    document = read_flattened(f"{PROSE * 6}{caption}{PROSE * 2}")
    (block,) = [block for block in document.blocks if block.kind == "caption"]
    text = document.clean.text[block.clean.start : block.clean.end]
    assert text.endswith("with standard errors")


def test_caption_of_another_width_ends_where_the_text_goes_on() -> None:
    caption = "Figure 2. Weight of the animals that were fed with the drug, and of those that were not, by week of the study.\n"
    document = read_flattened(f"{PROSE * 6}{caption}{PROSE * 2}")
    (block,) = [block for block in document.blocks if block.kind == "caption"]
    assert document.clean.text[block.clean.start : block.clean.end].endswith("week of the study.")


def test_caption_goes_on_over_full_lines_of_its_own_width() -> None:
    caption = "Figure 2. Weight of the animals that were fed the drug.\nMeans of ten animals are shown with the errors of them\nand the groups were compared by a test in each week.\n"
    document = read_flattened(f"{PROSE * 6}\n{caption}\n{PROSE * 2}")
    (block,) = [block for block in document.blocks if block.kind == "caption"]
    assert document.clean.text[block.clean.start : block.clean.end].endswith("in each week.")


def test_sign_for_a_hyphen_joins_a_word_or_reads_as_a_hyphen() -> None:
    text = (
        "The popula\x02tion of mice was given co\x02artemether, and the whole population lived on the co-artemether.\n"
    )
    document = read_flattened(text * 3)
    assert "The population of mice was given co-artemether, and" in document.clean.text
    at = document.clean.text.index("co-artemether")
    (span,) = document.clean.to_source(at, at + len("co-artemether"))
    assert document.source[span.start : span.end] == "co\x02artemether"
