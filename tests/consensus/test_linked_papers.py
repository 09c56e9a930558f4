"""Two reviews and the papers that they cite, from text to consensus: a report is linked to the paper's own finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.line import extract_into, identify, register
from pipeline.selection import select_documents
from pipeline.settings import Settings
from pipeline.store import Store

FIRST = """# Acarbose lengthens the lives of laboratory mice

Ada Example, Bo Sample. Journal of Invented Gerontology 2019; 4: 11-19. doi:10.5555/jig.2019.0411

## Results

Acarbose at 1,000 ppm in the diet extended the median lifespan of male UM-HET3 mice by 22 % (p < 0.01).
Acarbose did not change body weight in mice.
"""
SECOND = """# Feeding acarbose to mice of four strains from middle age on

Cy Model. Annals of Imaginary Physiology 2021; 2: 1-9.

## Results

Acarbose did not extend the lifespan of C57BL/6 mice.
"""
REVIEW = """# Drugs for a long life: an invented review

Di Review. Invented Reviews 2023.

## Acarbose

In mice, acarbose extended lifespan [1]. Acarbose extended the lifespan of mice of four strains [2].
Acarbose lowered body weight in mice [1].

## References

1. Example A, Sample B. Acarbose lengthens the lives of laboratory mice. J Invent Gerontol. 2019;4:11-19. doi:10.5555/jig.2019.0411
2. Model C. Feeding acarbose to mice of four strains from middle age on. Ann Imag Physiol. 2021;2:1-9.
"""  # noqa: E501


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a store that holds the three papers, as they are read and extracted."""
    (tmp_path / "papers").mkdir()
    for name, text in (("first", FIRST), ("second", SECOND), ("review", REVIEW)):
        (tmp_path / "papers" / f"{name}.md").write_text(text, encoding="utf-8")
    address = f"sqlite:///{tmp_path / 'store.sqlite'}"
    store = Store.open(address)
    contents, failures = identify(select_documents([str(tmp_path / "papers")]))
    register(store, contents, failures)
    extract_into(store, contents, make="1" * 64, settings=Settings())
    store.close()
    return address


def test_a_review_is_linked_to_the_own_findings_of_the_papers_it_cites(litclaims: Callable[..., Any], url: str) -> None:
    done = litclaims("consensus", "--species", "mouse", "--format", "json", "--store", url)
    groups = {row["outcome"]: row for row in json.loads(done.stdout)}
    lifespan = groups["lifespan"]
    assert (lifespan["papers"], lifespan["own"], lifespan["increase"], lifespan["no_change"]) == (2, 2, 1, 1)
    assert lifespan["strength"] == "conflicting"
    voices = {Path(voice["path"]).stem: voice for voice in lifespan["voices"]}
    assert set(voices) == {"first", "second"}
    assert (voices["first"]["basis"], voices["first"]["direction"]) == ("own", "increase")
    (reporter,) = voices["first"]["reported_by"]
    assert reporter.startswith("Drugs for a long life: an invented review")
    assert voices["first"]["reported_otherwise_by"] == []
    # By title alone, and told where the review says more than the paper found.
    assert (voices["second"]["basis"], voices["second"]["direction"]) == ("own", "no_change")
    assert len(voices["second"]["reported_otherwise_by"]) == 1
    weight = groups["body weight"]
    assert (weight["papers"], weight["direction"], weight["reported_otherwise"]) == (1, "no_change", 1)


def test_the_link_is_printed(litclaims: Callable[..., Any], url: str) -> None:
    done = litclaims("consensus", "--drug", "acarbose", "--outcome", "lifespan", "--store", url)
    printed = " ".join(done.stdout.split())
    assert "acarbose · lifespan · Mus musculus" in printed
    assert "conflicting: 2 papers: 1 increase, 1 no change" in printed
    assert "cited for" in printed and "Feeding acarbose to mice" in printed
