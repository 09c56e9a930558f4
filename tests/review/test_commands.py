"""The commands of review, as a user meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.store import Store

from . import building
from .building import fill_sheet

FIRST, SECOND, THIRD = (item["claim_id"] for item in building.claims())


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a store that holds the invented paper."""
    address = f"sqlite:///{tmp_path / 'store.sqlite'}"
    store = Store.open(address)
    building.save(store, building.claims())
    store.close()
    return address


@pytest.mark.parametrize("name", ["export", "import", "status", "orphans", "promote", "import-entities"])
def test_every_command_explains_itself_with_an_example(litclaims: Callable[..., Any], name: str) -> None:
    done = litclaims("review", name, "--help")
    assert done.returncode == 0
    assert f"litclaims review {name}" in done.stdout


def test_a_claim_is_exported_judged_imported_counted_and_promoted(
    litclaims: Callable[..., Any], url: str, tmp_path: Path
) -> None:
    done = litclaims("review", "export", "--where", "direction=increase", "--out", "review", "--store", url)
    assert done.stdout.startswith("2 claims written to review")
    fill_sheet(tmp_path / "review" / "claims.csv", {FIRST: {"decision": "accepted"}, THIRD: {"decision": "what"}})
    done = litclaims("review", "import", "review/claims.csv", "--by", "Ada", "--store", url)
    assert done.returncode == 1
    assert "1 new decisions (1 accepted, 0 corrected, 0 rejected; 0 known before)" in done.stdout
    assert "row 3: 'what' is no decision" in done.stderr
    done = litclaims("review", "import", "review/claims.csv", "--by", "Ada", "--store", url, "--json")
    told = json.loads(done.stdout)
    assert (told["added"], told["known"], len(told["failures"])) == (0, 1, 1)
    status = json.loads(litclaims("review", "status", "--json", "--store", url).stdout)
    assert (status["claims"], status["accepted"], status["undecided"]) == (3, 1, 2)
    done = litclaims("review", "export", "--undecided", "--out", "review", "--store", url)
    assert done.stdout.startswith("2 claims written to review")
    done = litclaims("review", "promote", "--to", "gold.jsonl", "--store", url)
    assert done.stdout.startswith("1 claims and 1 stretches added to gold.jsonl")


def test_the_claims_of_a_paper_are_exported_by_its_name(
    litclaims: Callable[..., Any], url: str, tmp_path: Path
) -> None:
    done = litclaims("review", "export", "--paper", "ACARBOSE.md", "--out", "review", "--store", url)
    assert done.stdout.startswith("3 claims written to review")
    done = litclaims("review", "export", "--paper", "acarbose", "--paper", "zorvex", "--out", "other", "--store", url)
    assert done.returncode == 2 and "no paper is named 'zorvex'" in done.stderr
    assert not (tmp_path / "other").exists()


def test_hypotheses_do_not_wait_for_a_decision(litclaims: Callable[..., Any], url: str) -> None:
    first, *others = building.claims()
    store = Store.open(url)
    building.save(store, [{**first, "certainty": "hypothesis"}, *others], make="2")
    store.close()
    status = json.loads(litclaims("review", "status", "--json", "--store", url).stdout)
    assert (status["claims"], status["undecided"]) == (2, 2)


def test_orphans_are_listed_with_their_reason(litclaims: Callable[..., Any], url: str, tmp_path: Path) -> None:
    litclaims("review", "export", "--out", "review", "--store", url)
    fill_sheet(tmp_path / "review" / "claims.csv", {SECOND: {"decision": "accepted"}})
    litclaims("review", "import", "review/claims.csv", "--store", url)
    store = Store.open(url)
    building.save(store, building.claims()[:1], make="2")
    store.close()
    done = litclaims("review", "orphans", "--store", url)
    assert f"claim-{SECOND}  accepted: metformin, body weight: decrease" in done.stdout
    assert "no claim stands in its place now" in done.stdout
    assert json.loads(litclaims("review", "orphans", "--json", "--store", url).stdout)[0]["claim_id"] == SECOND


def test_wrong_uses_are_told(litclaims: Callable[..., Any], url: str, tmp_path: Path) -> None:
    assert litclaims("review", "import", "nothing.csv", "--store", url).returncode == 2
    assert litclaims("review", "promote", "--to", "gold.jsonl", "--split", "train", "--store", url).returncode == 2
    assert litclaims("review", "export", "--run", "none", "--out", "review", "--store", url).returncode == 2
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    assert litclaims("review", "import", "bad.json", "--store", url).returncode == 2
    assert litclaims("review", "status", "--store", f"sqlite:///{tmp_path / 'no.sqlite'}").returncode == 2
