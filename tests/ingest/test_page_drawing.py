"""Drawings of pages: snapshots of the sample, and what cannot be drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipeline.errors import SettingsError
from pipeline.ingest import read_document
from pipeline.ingest.page_drawing import BoxFinder, draw_page
from pipeline.model import Document
from pipeline.settings import Settings

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "corpus" / "samples" / "acarbose-mice.pdf"
SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def paper() -> Document:
    return read_document(SAMPLE, name="acarbose-mice.pdf", settings=Settings())


@pytest.mark.parametrize("page", [1, 2])
def test_drawing_of_the_sample_is_the_snapshot(paper: Document, page: int) -> None:
    """After a wanted change: ``litclaims show corpus/samples/acarbose-mice.pdf --page N``, look, and move it here."""
    snapshot = SNAPSHOTS / f"acarbose-mice-page-{page}.svg"
    assert draw_page(paper, page) == snapshot.read_text(encoding="utf-8")


def test_drawing_holds_every_word_of_the_page_and_every_cell(paper: Document) -> None:
    root = etree.fromstring(draw_page(paper, 2).encode())
    texts = [element.text for element in root.iter("{*}text")]
    words = [paper.quote(box.span) for box in paper.boxes if box.page == 2]
    assert texts[: len(words)] == words
    cells = {f"{cell.row},{cell.column}" for cell in paper.tables[0].cells if cell.text}
    assert cells <= set(texts)


def test_boxes_of_a_span_are_those_that_share_its_characters(paper: Document) -> None:
    finder = BoxFinder(paper.boxes)
    span = paper.sentences[len(paper.sentences) // 2].clean
    for source in paper.clean.to_source(span.start, span.end):
        expected = [box for box in paper.boxes if box.span.start < source.end and source.start < box.span.end]
        assert finder.find(source) == expected


def test_page_that_is_not_there_is_a_settings_error(paper: Document) -> None:
    with pytest.raises(SettingsError, match="no page 3"):
        draw_page(paper, 3)


def test_document_without_pages_is_a_settings_error() -> None:
    text = read_document(ROOT / "corpus/samples/carvedilol-rats.txt", name="carvedilol-rats.txt", settings=Settings())
    with pytest.raises(SettingsError, match="only PDFs"):
        draw_page(text, 1)
