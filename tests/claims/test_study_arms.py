"""Arms of a trial named by their role, all arms at once, and what a title says was studied."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.run import extract, read

TRIAL = """{title}

Methods

Adults were randomly assigned to {arms} for six weeks.

Results

{finding}
"""


def told(title: str, arms: str, finding: str, folder: Path) -> list[tuple[str, list[str], str, str]]:
    path = folder / "paper.txt"
    path.write_text(TRIAL.format(title=title, arms=arms, finding=finding), encoding="utf-8")
    return [
        (
            claim.intervention.name,
            [partner.name for partner in claim.combined_with],
            claim.outcome.name,
            claim.direction,
        )
        for claim in extract(read(path)).claims
        if claim.evidence.text[:20] in finding
    ]


def test_the_active_group_got_both_drugs_of_a_supplement(tmp_path: Path) -> None:
    title = "Supplementation with selenium and lutein in adults: a randomized trial"
    finding = "The active treatment group had lower mortality than the placebo group."
    assert told(title, "selenium and lutein or placebo", finding, tmp_path) == [
        ("selenium", ["lutein"], "mortality", "decrease")
    ]


def test_drugs_that_are_also_given_alone_are_no_single_treatment(tmp_path: Path) -> None:
    title = "Supplementation with selenium and lutein in adults: a randomized trial"
    finding = "The active treatment group had lower mortality than the placebo group."
    assert told(title, "selenium and lutein, selenium alone or placebo", finding, tmp_path) == []


@pytest.mark.parametrize(
    "title",
    [
        "Sitagliptin as add-on to metformin: a randomized trial",
        "Sitagliptin in adults inadequately controlled with metformin: a randomized trial",
        "Sitagliptin in patients receiving metformin: a randomized trial",
    ],
)
def test_a_drug_that_all_took_anyway_is_not_the_one_studied(title: str, tmp_path: Path) -> None:
    finding = "Body weight was lower in the active group than in the placebo group."
    arms = "sitagliptin or placebo, and all took metformin,"
    assert told(title, arms, finding, tmp_path) == [("sitagliptin", [], "body weight", "decrease")]


def test_a_drug_of_the_outcome_is_none_of_the_arms(tmp_path: Path) -> None:
    finding = "The need for analgesics and rescue tramadol was not different between the two groups."
    found = told("Ketamine after surgery: a randomized trial", "ketamine or placebo", finding, tmp_path)
    assert {drug for drug, *_ in found} <= {"ketamine"}
    assert {direction for *_, direction in found} == {"no_change"}


@pytest.mark.parametrize(
    "finding",
    [
        "The initial body weight was similar in both experimental groups.",
        "Initially, body weight was similar in both groups.",
        "At the start of the trial body weight was similar in both groups.",
        "Adults grew older. This suggests that age is associated with reduced mobility.",
        "Body weight fell significantly in the swimming group (P = 0.01).",
        "The level rose from 56 to 72 nmol/l in the treatment group.",
        "There was a less clear pattern of sleep in the treatment group.",
    ],
)
def test_these_are_no_findings_of_the_drug(finding: str, tmp_path: Path) -> None:
    assert told("Ketamine in adults: a randomized trial", "ketamine or placebo", finding, tmp_path) == []
