"""Markdown: markup leaves, text and places stay."""

# ruff: noqa: E501

from pipeline.ingest import read_bytes
from pipeline.model.documents import Document
from pipeline.settings import Settings

PAPER = """---
title: "Acarbose in voles"
author: Ada Stone, Carl Dunn
date: 2020-05-01
doi: 10.9999/voles.1
---

## Methods

Voles grown *in vitro* conditions got [acarbose](https://example.org/a) at 1000 ppm.<sup>1,2</sup> The area was 5 m<sup>2</sup>.
Weight fell **by 9%** <https://example.org/b> in females; *P* < 0.05 \\* marks it.

- Food was weighed daily.
- Water was free.

Table 1. Weights by sex

| Sex | Weight (g) | Change (%) |
|-----|-----------:|-----------:|
| Female | 31.5 | −9* |
| Male | 40 | |

*P < 0.05.

# REFERENCES

- Moss E. Diets of small rodents. *Rodents*. 2018; 4:55. <https://doi.org/10.9999/r.1> PMID:11111111
- Frey A, Gray B. Sugar and voles. *Voles*. 2011; 1:1–9.

**Keywords:** voles, sugar
"""


def read(text: str = PAPER) -> Document:
    return read_bytes(text.encode(), name="paper.md", settings=Settings())


def test_front_matter_gives_metadata() -> None:
    metadata = read().metadata
    assert (metadata.title, metadata.year, metadata.doi) == ("Acarbose in voles", 2020, "10.9999/voles.1")
    assert metadata.authors == ("Ada Stone", "Carl Dunn")


def test_inline_markup_is_no_text_and_superscripts_are_marks() -> None:
    document = read()
    text = document.clean.text
    assert "Voles grown in vitro conditions got acarbose at 1000 ppm. The area was 5 m2." in text
    assert "Weight fell by 9% in females; P < 0.05 * marks it." in text
    assert [citation.markers for citation in document.citations] == [("1", "2")]


def test_list_items_are_blocks() -> None:
    document = read()
    items = [document.clean.text[b.clean.start : b.clean.end] for b in document.blocks if b.kind == "list"]
    assert items == ["Food was weighed daily.", "Water was free."]


def test_pipe_table_has_cells_with_places_and_marks() -> None:
    document = read()
    (table,) = document.tables
    assert (table.number, table.caption) == ("1", "Weights by sex")
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    assert cells[0, 1].header and cells[0, 1].text == "Weight (g)"
    assert (cells[1, 2].text, cells[1, 2].marks) == ("−9", ("*",))
    assert cells[2, 2].spans == ()
    assert document.quote(cells[1, 1].spans[0]) == "31.5"
    assert "Female" not in document.clean.text


def test_bulleted_references_are_numbered_by_place() -> None:
    first, second = read().references
    assert (first.marker, first.title, first.pmid) == ("1", "Diets of small rodents", "11111111")
    assert (second.marker, second.authors, second.year) == ("2", ("Frey A", "Gray B"), 2011)


def test_back_matter_is_a_note() -> None:
    document = read()
    note = next(block for block in document.blocks if block.kind == "note")
    assert document.clean.text[note.clean.start : note.clean.end] == "Keywords: voles, sugar"
    assert document.sections[note.section].kind == "back"
