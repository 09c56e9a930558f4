"""An evaluation is kept once, however often it is made, with all its rows in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.store import Store
from pipeline.store.evaluations import NewEvaluation, load_evaluations, load_reconciliation, save_evaluation

ROWS = [
    {"document": "paper.txt", "status": "matched", "claim_id": "c1", "gold_id": "g1", "drug": "metformin\x00"},
    {"document": "paper.txt", "status": "missed", "claim_id": None, "gold_id": "g2", "drug": "ἀκαρβόζη"},
]
DONE = NewEvaluation(key="k1", gold="a" * 64, run="b" * 64, split=None, scores={"all": {"f1": 0.5}}, rows=ROWS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield opened
    opened.close()


def test_same_evaluation_twice_is_kept_once(store: Store) -> None:
    assert [save_evaluation(store, DONE) for _ in range(3)] == [True, False, False]
    assert [(item["key"], item["scores"]) for item in load_evaluations(store)] == [("k1", {"all": {"f1": 0.5}})]
    assert len(load_reconciliation(store, "k1")) == 2


def test_rows_come_back_in_order_with_everything_a_database_can_hold(store: Store) -> None:
    save_evaluation(store, DONE)
    first, second = load_reconciliation(store, "k1")
    assert (first["gold_id"], second["claim_id"], second["drug"]) == ("g1", None, "ἀκαρβόζη")
    assert first["drug"].startswith("metformin")


def test_another_gold_run_or_split_is_another_evaluation(store: Store) -> None:
    save_evaluation(store, DONE)
    save_evaluation(store, replace(DONE, key="k2", split="dev", rows=ROWS[:1]))
    assert [item["split"] for item in load_evaluations(store)] == [None, "dev"]
    assert [len(load_reconciliation(store, key)) for key in ("k1", "k2", "k3")] == [2, 1, 0]


def test_evaluation_without_rows_is_kept(store: Store) -> None:
    assert save_evaluation(store, replace(DONE, rows=[]))
    assert load_reconciliation(store, "k1") == []
