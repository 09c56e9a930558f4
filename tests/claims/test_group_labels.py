"""Labelled arms stand for what they were given; what nothing defines, or all arms got, stands for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Claim
from pipeline.run import extract, read

Told = list[tuple[str, str, str]]


def claims(text: str, folder: Path) -> list[Claim]:
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    return list(extract(read(path)).claims)


def told(text: str, folder: Path) -> Told:
    return [(claim.intervention.name, claim.outcome.name, claim.direction) for claim in claims(text, folder)]


@pytest.mark.parametrize(
    "definition",
    [
        "Adults were randomly divided: group D received ketamine 1 mg and group S received saline.",
        "Adults were randomly assigned to ketamine (group D) or saline (group S).",
        "Adults were randomly assigned to ketamine (D group, 20 adults) or saline (S group).",
        "In group D, ketamine was given to 20 adults. Saline was used in group S.",
        "Group D (ketamine, n = 20) and group S (control, n = 20) were formed.",
    ],
)
def test_a_defined_label_stands_for_its_drug(definition: str, tmp_path: Path) -> None:
    finding = "Pain scores were lower in group D than in group S."
    assert told(f"{definition}\n\n{finding}", tmp_path)[-1:] == [("ketamine", "pain scores", "decrease")]


def test_what_both_arms_were_given_is_neither_s_own(tmp_path: Path) -> None:
    definition = "Group D received ketamine plus sufentanil, and group S received sufentanil only."
    finding = "Pain scores were lower in group D than in group S. Nausea was less frequent in group S."
    assert told(f"{definition}\n\n{finding}", tmp_path) == [("ketamine", "pain scores", "decrease")]


def test_the_other_labelled_arm_is_the_comparator(tmp_path: Path) -> None:
    definition = "Group 1 received ketamine and group 2 received midazolam before surgery."
    (claim,) = claims(f"{definition}\n\nPain scores were lower in group 1 than in group 2.", tmp_path)
    assert claim.intervention.text == "group 1"
    assert claim.comparator is not None and (claim.comparator.kind, claim.comparator.name) == ("active", "midazolam")


def test_letters_of_a_plural_are_labels_each(tmp_path: Path) -> None:
    definition = "Arm A received ketamine and arm B received midazolam before surgery."
    finding = "Pain scores did not differ between arms A and B."
    assert told(f"{definition}\n\n{finding}", tmp_path) == [("ketamine", "pain scores", "no_change")]


@pytest.mark.parametrize(
    "definition",
    [
        "Group D was treated at home and group S in hospital, and some took ketamine.",
        "Group D received ketamine at 1 mg and group S received ketamine at 2 mg.",
        "Patients in group D who received ketamine as rescue were excluded.",
        "Group D received ketamine. Group D received midazolam.",
        "Table 1. Ketamine (group D) by age.",
    ],
)
def test_other_labels_stand_for_nothing(definition: str, tmp_path: Path) -> None:
    assert told(f"{definition}\n\nPain scores were lower in group D than in the others.", tmp_path)[-1:] == []


def test_a_group_may_go_by_a_word_of_the_titled_drug_s_name(tmp_path: Path) -> None:
    text = "Effects of krill oil in adults\n\nAdults were randomly assigned to krill oil or to nothing.\n\n{finding}"
    named = "Body weight fell in the krill group."
    assert told(text.format(finding=named), tmp_path) == [("krill oil", "body weight", "decrease")]
    assert told(text.format(finding="Body weight fell in the salmon group (P = 0.01)."), tmp_path) == []


def test_statistics_in_brackets_name_no_arm(tmp_path: Path) -> None:
    text = "We gave hydralazine and reserpine (HR: 0.5). HR was lower in old men."
    assert told(text, tmp_path) == []
