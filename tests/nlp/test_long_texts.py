"""Texts of odd shape and great length are read in time that grows with their length."""

from __future__ import annotations

import time

import pytest

from pipeline.ingest import read_bytes
from pipeline.nlp.language import parse_document
from pipeline.nlp.mentions import find_mentions
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings

SENTENCE = "Oral rapamycin at 14 ppm extended median lifespan in female mice, and metformin did not. "
LOOK_ALIKES = str.maketrans("aeopcx", "аеорсх")


def read(text: str) -> int:
    """Return the number of mentions in a plain text."""
    settings = Settings()
    document = read_bytes(text.encode(), name="text.txt", settings=settings)
    parse = parse_document(document, max_characters=settings.max_sentence_characters)
    return len(find_mentions(document, parse, vocabulary=Vocabulary.load()))


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (SENTENCE.upper() * 20, 80),
        (SENTENCE.replace(" ", "  ") * 20, 80),
        (SENTENCE.translate(LOOK_ALIKES) * 20, 0),
        ("Die Mäuse erhielten Rapamycin, und sie lebten länger. " * 20, 20),
        ("雷帕霉素延长了雌性小鼠的中位寿命。" * 20, 0),
        ("أطال الراباميسين عمر الفئران بنسبة كبيرة. " * 20, 0),
    ],
)
def test_odd_letters_break_nothing(text: str, mentions: int) -> None:
    assert read(text) >= mentions


@pytest.mark.parametrize(
    "piece",
    [
        "rapamycin mice lifespan ",
        "a",
        "( a",
        "metformin, rapamycin (RAPA), aspirin; ",
        "Rapamycin (RAPA) and metformin (MET) [1, 2] were given with 5% glucose in C57BL/6J mice, ",
    ],
)
def test_a_text_without_a_period_does_not_crawl(piece: str) -> None:
    read(SENTENCE)
    started = time.process_time()
    read((piece * 200_000)[:200_000])
    assert time.process_time() - started < 15
