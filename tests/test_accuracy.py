"""A run against the gold from end to end: files, store, and labels that follow a sample into another format."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import pipeline
from pipeline.accuracy import evaluate_folder, store_reconciliation, write_reconciliation
from pipeline.runs import extract_to_folder
from pipeline.store import Store
from pipeline.store.evaluations import load_evaluations, load_reconciliation

SAMPLES = Path("corpus/samples")
GOLD = Path("corpus/gold/samples.jsonl")
SEEDS = Path("../shared/corpus/seeds")


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, of which one stands as the text of its XML and one as the PDF's text in Markdown."""
    place = tmp_path_factory.mktemp("accuracy")
    papers = place / "papers"
    papers.mkdir()
    for name in ("carvedilol-rats.txt", "supplements-muscle.md"):
        (papers / name).write_bytes((SAMPLES / name).read_bytes())
    trial = pipeline.read(SAMPLES / "colchicine-trial.xml").source
    (papers / "trial.txt").write_text(trial.replace("–", "-").replace("knee pain", "knee  pain"), encoding="utf-8")
    extract_to_folder([papers], place / "run")
    return place / "run"


def test_sample_in_another_format_is_scored_on_moved_labels(run_folder: Path) -> None:
    evaluation = evaluate_folder(run_folder, gold=GOLD)
    (moved,) = evaluation.moved
    assert (moved.labelled, moved.rendition) == ("colchicine-trial.xml", "trial.txt")
    assert moved.claims >= 0.9 * moved.of
    assert evaluation.absent == ("acarbose-mice.pdf",)
    found = evaluation.by_document["trial.txt"].detection.total("claims")
    assert found.tp > 0.5 * moved.claims and found.precision is not None and found.precision > 0.8


def test_same_evaluation_is_stored_once_and_written_alike(run_folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    written = []
    for number in range(2):
        evaluation = evaluate_folder(run_folder, gold=GOLD)
        assert store_reconciliation(url, evaluation) is (number == 0)
        written.append([path.read_bytes() for path in write_reconciliation(tmp_path / str(number), evaluation)])
    assert written[0] == written[1]
    assert store_reconciliation(url, evaluate_folder(run_folder, gold=GOLD, split="dev"))
    store = Store.open(url)
    try:
        kept = load_evaluations(store)
        rows = load_reconciliation(store, kept[0]["key"])
    finally:
        store.close()
    assert [item["split"] for item in kept] == [None, "dev"]
    assert len(rows) == sum(kept[0]["scores"]["statuses"].values()) == len(evaluation.reconciliation_rows())


def test_evaluation_takes_seconds(run_folder: Path) -> None:
    start = time.process_time()
    evaluate_folder(run_folder, gold=Path("corpus/gold"))
    assert time.process_time() - start < 30


@pytest.mark.slow
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the five papers are not on this machine")
def test_evaluation_of_the_five_papers_takes_less_than_half_a_minute(tmp_path: Path) -> None:
    extract_to_folder([SEEDS, SAMPLES], tmp_path / "run")
    start = time.process_time()
    evaluation = evaluate_folder(tmp_path / "run", gold=Path("corpus/gold"))
    write_reconciliation(tmp_path / "reconciliation.csv", evaluation)
    store_reconciliation(f"sqlite:///{tmp_path / 'store.sqlite'}", evaluation)
    assert time.process_time() - start < 30
    assert len(evaluation.by_document) >= 9
