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


@pytest.mark.parametrize(
    ("finding", "outcome", "direction"),
    [
        ("Body weight fell in both groups, with no difference between groups.", "body weight", "no_change"),
        ("There was no difference on body weight between treatment and control groups.", "body weight", "no_change"),
        ("Ketamine was similar to placebo with regard to body weight.", "body weight", "no_change"),
        ("Nausea was present more often in the ketamine group than in the placebo group.", "nausea", "increase"),
        ("The frequency of crying decreased in the treated group.", "frequency of crying", "decrease"),
        (
            "The proportion of adults with relapse was lower in the active group.",
            "proportion of adults with relapse",
            "decrease",
        ),
        (
            "Mean recovery times were 92 hours (84 to 114) for ketamine recipients and 138 hours (105 to 164)"
            " on placebo (P < 0.01).",
            "recovery times",
            "decrease",
        ),
        (
            "Relapse occurred in 18.1% of the ketamine group and 31.8% of the placebo group, but many left.",
            "relapse",
            "decrease",
        ),
    ],
)
def test_these_are_findings_of_the_drug(finding: str, outcome: str, direction: str, tmp_path: Path) -> None:
    found = told("Ketamine in adults: a randomized trial", "ketamine or placebo", finding, tmp_path)
    assert found == [("ketamine", [], outcome, direction)]


@pytest.mark.parametrize(
    "finding",
    [
        "The tablet was indistinguishable from the ketamine tablet in terms of taste and odor.",
        "To ensure comfort, room temperature was increased by 25% (P = 0.01).",
        "Muscle force significantly declined following a run (P = 0.001).",
        "Two of them had not changed their diet.",
        "Measurements were not different at any time.",
    ],
)
def test_what_was_done_or_happened_otherwise_is_no_finding(finding: str, tmp_path: Path) -> None:
    assert told("Ketamine in adults: a randomized trial", "ketamine or placebo", finding, tmp_path) == []


def test_labels_of_an_abstract_tell_that_a_long_paper_reports_its_own_trial(tmp_path: Path) -> None:
    filler = "The house stood by the river and was old. " * 160
    path = tmp_path / "paper.txt"
    text = "Ketamine after surgery\n\n{label} Adults received ketamine or placebo. {filler}\n\n"
    text += "Pain did not differ between groups."
    for label, drugs in (("METHODS:", ["ketamine"]), ("Therefore", [])):
        path.write_text(text.format(label=label, filler=filler), encoding="utf-8")
        assert [claim.intervention.name for claim in extract(read(path)).claims] == drugs


@pytest.mark.parametrize(
    ("finding", "outcome", "direction"),
    [
        ("Pain scores were significantly higher in the control group (P = 0.01).", "pain scores", "decrease"),
        (
            "Blood transfusion was needed in 2.2% of the ketamine group and 7% on placebo.",
            "blood transfusion",
            "decrease",
        ),
        ("Nine patients (12%) on ketamine and 20 (25%) on placebo had nausea.", "nausea", "decrease"),
        ("Nine patients (12%) on ketamine had nausea compared with 20 (25%) on placebo.", "nausea", "decrease"),
        ("Ketamine was not superior to placebo for body weight.", "body weight", "no_change"),
        ("No significant differences between groups were found for nausea.", "nausea", "no_change"),
    ],
)
def test_controls_and_counts_of_arms_tell_of_the_drug(
    finding: str, outcome: str, direction: str, tmp_path: Path
) -> None:
    found = told("Ketamine in adults: a randomized trial", "ketamine or placebo", finding, tmp_path)
    assert found == [("ketamine", [], outcome, direction)]


@pytest.mark.parametrize(
    "finding",
    [
        "Body weight rose significantly in the control group (P = 0.01).",
        "Body weight fell with both treatments.",
        "There was no difference in body weight between the melancholic and cheerful patient groups.",
        "Patients of both groups were similar with regard to body weight and height.",
        "Of those who underwent a scan, five (62%) on ketamine and three (60%) on placebo stayed.",
    ],
)
def test_controls_alone_and_kinds_of_patients_tell_nothing(finding: str, tmp_path: Path) -> None:
    assert told("Ketamine in adults: a randomized trial", "ketamine or placebo", finding, tmp_path) == []
