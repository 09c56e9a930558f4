"""The commands that measure reading: mutants are repeatable and broken offsets are seen."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from pipeline.ingest import read_bytes
from pipeline.model.spans import CleanView, Piece
from pipeline.settings import Settings
from pipeline.training.measure_jats import count_article
from pipeline.training.measure_reading_fuzz import check_document, find_seeds, find_unrecorded, measure_mutants, mutate

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def test_mutants_are_the_same_for_the_same_seed() -> None:
    data = b"Old mice ate less. " * 40
    first, second = (mutate(data, b"other text", random.Random(5)) for _ in range(2))
    assert first == second != data


def test_mutated_samples_are_read_or_refused() -> None:
    seeds = [path for path in find_seeds([SAMPLES]) if path.suffix in (".txt", ".xml")]
    counts, defects, _ = measure_mutants(seeds, files=12, seed=11)
    assert counts.total() == 12
    assert not defects


def test_a_shifted_piece_and_unrecorded_bytes_are_defects() -> None:
    data = b"Old mice of the second group ate less than the others did."
    document = read_bytes(data, name="a.txt", settings=Settings())
    assert check_document(document) is None
    pieces = tuple(Piece(p.clean, p.source + 1, p.length - 1) for p in document.clean.pieces)
    broken = replace(document, clean=CleanView(document.clean.text, pieces))
    assert "other characters" in str(check_document(broken))
    assert find_unrecorded(data, document) is None
    assert find_unrecorded(data + b"\xff", document) == "invalid UTF-8 without a failure"


def test_an_articles_links_cells_and_references_are_counted() -> None:
    data = (
        b"<article><body><p>Mice ate less <xref ref-type='bibr' rid='r1'>1</xref>.</p>"
        b"<table-wrap><table><tr><td>Dose</td><td>5 mg</td></tr></table></table-wrap></body>"
        b"<back><ref-list><ref id='r1'><element-citation><article-title>Of mice</article-title><year>2009</year>"
        b"<pub-id pub-id-type='doi'>10.1000/a(b)1&lt;2</pub-id></element-citation></ref></ref-list></back></article>"
    )
    counts = count_article(data, read_bytes(data, name="a.xml", settings=Settings()))
    assert (counts["links"], counts["links_resolved"]) == (1, 1)
    assert (counts["cells"], counts["cells_read"], counts["cells_in_prose"]) == (2, 2, 0)
    assert (counts["title_tp"], counts["year_tp"], counts["doi_tp"]) == (1, 1, 1)
