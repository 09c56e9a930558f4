"""The samples: read whole in each format, labelled in full, and the gold at the places where the labels were put."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

import pipeline
from pipeline.evaluation.gold import Gold, load_gold
from pipeline.evaluation.lint import claim_fields, lint_gold
from pipeline.model import Document
from pipeline.model.ids import hash_bytes, hash_text

PROJECT = Path(__file__).parent.parent
SAMPLES = PROJECT / "corpus" / "samples"
GOLD = PROJECT / "corpus" / "gold" / "samples.jsonl"
sys.path.insert(0, str(SAMPLES))

ROWS = {"acarbose-mice.pdf": 9, "carvedilol-rats.txt": 5, "colchicine-trial.xml": 4, "supplements-muscle.md": 5}
REFERENCES = {
    "acarbose-mice.pdf": 5,
    "carvedilol-rats.txt": 10,
    "colchicine-trial.xml": 5,
    "supplements-muscle.md": 10,
}
TITLES = {
    "acarbose-mice.pdf": "Acarbose, but not metformin, extends the lifespan of male mice",
    "carvedilol-rats.txt": "Carvedilol and dexrazoxane reduce doxorubicin cardiotoxicity in rats",
    "colchicine-trial.xml": "Colchicine and topical diclofenac in knee osteoarthritis: an invented randomised trial",
    "supplements-muscle.md": "Supplements for ageing muscle and brain: a short invented review",
}
SECTIONS = {
    "acarbose-mice.pdf": {"introduction", "methods", "results", "discussion", "references"},
    "carvedilol-rats.txt": {"introduction", "results", "discussion", "references"},
    "colchicine-trial.xml": {"introduction", "methods", "results", "discussion", "references"},
    "supplements-muscle.md": {"abstract", "urolithin a", "creatine", "lithium", "references"},
}
INVENTED = "is invented"


@cache
def read_sample(name: str) -> Document:
    return pipeline.read(SAMPLES / name)


@cache
def sample_gold() -> Gold:
    return load_gold(GOLD)


@pytest.mark.parametrize("name", ROWS)
def test_sample_is_read_without_failures(name: str) -> None:
    document = read_sample(name)
    assert document.failures == ()
    assert document.status == "done"


@pytest.mark.parametrize("name", ROWS)
def test_sample_says_that_it_is_invented(name: str) -> None:
    assert INVENTED in read_sample(name).source


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            "acarbose-mice.pdf", marks=pytest.mark.xfail(reason="the title's second line becomes a block apart")
        ),
        pytest.param(
            "carvedilol-rats.txt", marks=pytest.mark.xfail(reason="the journal's line is taken for the title")
        ),
        "colchicine-trial.xml",
        "supplements-muscle.md",
    ],
)
def test_title_is_found(name: str) -> None:
    assert read_sample(name).metadata.title == TITLES[name]


@pytest.mark.parametrize("name", ROWS)
def test_sections_are_found(name: str) -> None:
    titles = {(section.title or "").lower().lstrip("0123456789. ") for section in read_sample(name).sections}
    assert titles >= SECTIONS[name]


@pytest.mark.parametrize("name", ROWS)
def test_table_has_all_its_rows(name: str) -> None:
    (table,) = read_sample(name).tables
    assert table.number == "1"
    gold = [claim for claim in sample_gold().claims if claim.document == hash_bytes((SAMPLES / name).read_bytes())]
    labelled = [claim for claim in gold if claim.kind == "table"]
    assert [claim.evidence.row for claim in labelled] == list(range(ROWS[name]))
    if table.cells:
        assert len({cell.row for cell in table.cells if not cell.header}) == ROWS[name]
    else:
        lines = [read_sample(name).quote(line.span) for line in table.lines]
        assert sum(line.startswith(("Carvedilol", "Dexrazoxane")) for line in lines) == ROWS[name]


@pytest.mark.parametrize("name", ROWS)
def test_citations_lead_to_the_reference_list(name: str) -> None:
    document = read_sample(name)
    markers = [reference.marker for reference in document.references]
    assert markers == [str(number) for number in range(1, REFERENCES[name] + 1)]
    cited = {marker for citation in document.citations for marker in citation.markers}
    assert cited == set(markers)


def test_gold_holds_every_sample_on_the_development_split() -> None:
    gold = sample_gold()
    assert {document.name for document in gold.documents} == set(ROWS)
    assert {scope.split for scope in gold.scopes} == {"dev"}
    assert {document.sha256 for document in gold.documents} == {
        hash_bytes((SAMPLES / name).read_bytes()) for name in ROWS
    }


def test_gold_points_into_what_the_readers_make_today() -> None:
    for document in sample_gold().documents:
        source = read_sample(document.name).source
        assert document.text_sha256 == hash_text(source), f"run python corpus/samples/place_gold.py: {document.name}"


def test_every_label_stands_at_its_offsets() -> None:
    gold = sample_gold()
    sources = {document.sha256: read_sample(document.name).source for document in gold.documents}
    places = [
        (claim.document, field.start, field.end, field.text)
        for claim in gold.claims
        for _, field in claim_fields(claim)
    ]
    places += [(entity.document, entity.start, entity.end, entity.text) for entity in gold.entities]
    assert len(places) > 500
    for document, start, end, text in places:
        assert start is not None and sources[document][start:end] == text


def test_gold_passes_lint() -> None:
    gold = sample_gold()
    texts = {document.sha256: read_sample(document.name).source for document in gold.documents}
    assert [str(finding) for finding in lint_gold(gold, texts=texts) if finding.severity == "error"] == []


def test_labels_place_to_the_committed_gold(tmp_path: Path) -> None:
    from place_gold import place_samples

    from pipeline.evaluation.gold import save_gold

    gold, unplaced = place_samples()
    assert unplaced == []
    save_gold(gold, tmp_path / "samples.jsonl")
    assert (tmp_path / "samples.jsonl").read_bytes() == GOLD.read_bytes()


def test_pdf_is_set_to_the_committed_bytes() -> None:
    pytest.importorskip("reportlab")
    from make_pdf import SAMPLE, build_pdf

    assert build_pdf() == SAMPLE.read_bytes()
