"""The consensus as a table, and on the command line."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.store import Store
from tests.review import building


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a store that holds an invented paper."""
    address = f"sqlite:///{tmp_path / 'store.sqlite'}"
    store = Store.open(address)
    building.save(store, building.claims())
    store.close()
    return address


def test_a_row_counts_papers_and_leads_to_claims(litclaims: Callable[..., Any], url: str, tmp_path: Path) -> None:
    for name in ("out.csv", "out.parquet", "out.json"):
        assert litclaims("consensus", "--store", url, "--out", name).returncode == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["outcome"] for row in rows} == {"body weight", "lifespan"}
    row = next(row for row in rows if row["outcome"] == "body weight")
    assert (row["papers"], row["own"], row["decrease"], row["strength"]) == ("1", "1", "1", "weak")
    voices = json.loads(row["voices"])
    assert voices[0]["claim_ids"] == [building.claims()[1]["claim_id"]]
    table = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [item["papers"] for item in table] == [int(item["papers"]) for item in rows]
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == table


def test_it_is_printed_for_people(litclaims: Callable[..., Any], url: str) -> None:
    done = litclaims("consensus", "--drug", "acarbose", "--outcome", "life span", "--store", url)
    assert done.returncode == 0
    assert "acarbose · lifespan" in done.stdout
    assert "increase" in done.stdout
    assert building.claims()[0]["claim_id"][:8] in done.stdout
    assert "body weight" not in done.stdout


def test_wrong_uses_are_told(litclaims: Callable[..., Any], url: str) -> None:
    assert litclaims("consensus", "--format", "html", "--store", url).returncode == 2
    assert litclaims("consensus", "--format", "csv", "--store", url).returncode == 2
