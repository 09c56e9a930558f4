"""Amounts told for several arms in one statement: each stands with its own dose, sex, time, drug or outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Claim
from pipeline.run import extract, read

REVIEW = "This review discusses what is known of medicines in later life."

FOR = {
    "Losartan at 10 and 20 mg/kg reduced proteinuria by 15 % and 29 %, respectively.": {
        ("losartan", "proteinuria", 10.0, None, 15.0),
        ("losartan", "proteinuria", 20.0, None, 29.0),
    },
    "Losartan 10 mg and 20 mg lowered systolic pressure by 5 and 9 mmHg, respectively.": {
        ("losartan", "systolic pressure", 10.0, None, 5.0),
        ("losartan", "systolic pressure", 20.0, None, 9.0),
    },
    "Proteinuria was reduced by 15 % with 10 mg losartan and by 29 % with 20 mg losartan.": {
        ("losartan", "proteinuria", 10.0, None, 15.0),
        ("losartan", "proteinuria", 20.0, None, 29.0),
    },
    "Acarbose extended lifespan by 18 % in females and 5 % in males.": {
        ("acarbose", "lifespan", None, "female", 18.0),
        ("acarbose", "lifespan", None, "male", 5.0),
    },
    "Acarbose extended lifespan in female (by 18 %) and male (by 5 %) mice.": {
        ("acarbose", "lifespan", None, "female", 18.0),
        ("acarbose", "lifespan", None, "male", 5.0),
    },
    "Acarbose extended lifespan by 18 % and 5 % in females and males, respectively.": {
        ("acarbose", "lifespan", None, "female", 18.0),
        ("acarbose", "lifespan", None, "male", 5.0),
    },
    "Losartan reduced proteinuria and albuminuria by 15 % and 29 %, respectively.": {
        ("losartan", "proteinuria", None, None, 15.0),
        ("losartan", "albuminuria", None, None, 29.0),
    },
    "Losartan and enalapril reduced proteinuria by 15 % and 29 %, respectively.": {
        ("losartan", "proteinuria", None, None, 15.0),
        ("enalapril", "proteinuria", None, None, 29.0),
    },
}
AGAINST = {
    # one amount for all
    "Losartan at 10 and 20 mg/kg reduced proteinuria by 15 %.": {("losartan", "proteinuria", None, None, 15.0)},
    "Acarbose extended lifespan by 18 % in females and males.": {("acarbose", "lifespan", None, "both", 18.0)},
    # a list that matches nothing told: whose the amounts are is not known
    "Losartan reduced proteinuria by 15 % and 29 % at the two sites, respectively.": {
        ("losartan", "proteinuria", None, None, None)
    },
    # before and after are no arms
    "Losartan lowered proteinuria from 4.2 to 3.1 g/L in males and females.": {
        ("losartan", "proteinuria", None, "both", 3.1)
    },
}


def _claims(sentence: str, folder: Path) -> list[Claim]:
    path = folder / "paper.txt"
    path.write_text(f"{REVIEW}\n\n{sentence}\n", encoding="utf-8")
    return list(extract(read(path)).claims)


def _told(claim: Claim) -> tuple[str | None, str | None, float | None, str | None, float | None]:
    dose = claim.dose.low if claim.dose is not None else None
    value = claim.effect.value if claim.effect is not None else None
    return claim.intervention.name, claim.outcome.text.lower(), dose, claim.sex and claim.sex.value, value


@pytest.mark.parametrize("sentence", FOR)
def test_each_amount_stands_with_its_own_arm(sentence: str, tmp_path: Path) -> None:
    claims = _claims(sentence, tmp_path)
    assert {_told(claim) for claim in claims} == FOR[sentence]
    assert len({claim.claim_id for claim in claims}) == len(claims)


@pytest.mark.parametrize("sentence", AGAINST)
def test_amounts_without_arms_of_their_own_stay_together(sentence: str, tmp_path: Path) -> None:
    assert {_told(claim) for claim in _claims(sentence, tmp_path)} == AGAINST[sentence]


def test_a_contrast_ends_the_list(tmp_path: Path) -> None:
    """The second amount belongs to another verb, with another direction."""
    claims = _claims("Canagliflozin extended lifespan by 13 % in males but shortened it by 4 % in females.", tmp_path)
    assert all(claim.effect is None or claim.effect.value != 4 for claim in claims if claim.direction == "increase")


def test_each_number_is_written_where_it_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    text = f"{REVIEW}\n\nLosartan at 10 and 20 mg/kg reduced proteinuria by 15 and 29 %, respectively.\n"
    path.write_text(text, encoding="utf-8")
    claims = extract(read(path)).claims
    assert len(claims) == 2
    for claim in claims:
        for field in (claim.dose, claim.effect):
            assert field is not None and text[field.start : field.end] == field.text
    assert [claim.dose and claim.dose.text for claim in claims] == ["10", "20 mg/kg"]


def test_p_values_follow_the_outcomes_they_are_listed_for(tmp_path: Path) -> None:
    claims = _claims("Losartan reduced proteinuria and albuminuria (p = 0.02 and p = 0.04, respectively).", tmp_path)
    assert {c.outcome.text: c.significance and c.significance.p for c in claims} == {
        "proteinuria": 0.02,
        "albuminuria": 0.04,
    }


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("Metformin lowered HbA1c by 1.1 % at week 12 and by 1.4 % at week 24.", {"week 12", "week 24"}),
        ("At week 12, metformin reduced weight compared with placebo.", {"week 12"}),
        ("On day 60, survival was higher with carvedilol than with vehicle.", {"day 60"}),
        ("Pain was lower with ibuprofen than with placebo after 4 h.", {"4 h"}),
        ("Weight fell at 12 weeks of treatment with metformin.", set()),
        ("Metformin started at week 12 reduced weight.", set()),
        ("Metformin reduced weight in 12 weeks.", set()),
    ],
)
def test_times_of_measurement(sentence: str, times: set[str], tmp_path: Path) -> None:
    found = {c.outcome.timepoint.text if c.outcome.timepoint else None for c in _claims(sentence, tmp_path)}
    assert found - {None} == times


@pytest.mark.parametrize(
    ("sentence", "size"),
    [
        ("Metformin (n = 24) reduced weight compared with placebo (n = 25).", 24),
        ("Metformin reduced weight compared with placebo (n = 25).", None),
        ("Weight was lower in mice given metformin (n = 11) than in mice given acarbose (n = 12).", 11),
    ],
)
def test_number_behind_a_drug_is_that_of_its_arm(sentence: str, size: int | None, tmp_path: Path) -> None:
    claims = [claim for claim in _claims(sentence, tmp_path) if claim.intervention.name == "metformin"]
    assert {claim.sample_size.value if claim.sample_size else None for claim in claims} == {size}


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Pain was 3.1 with ibuprofen and 5.2 with placebo, and sleep was better with ibuprofen.", None),
        ("Ibuprofen reduced pain by 31 % and 52 % in two cohorts.", None),
        ("Ibuprofen lowered pain scores (31 % vs 52 % with placebo).", (31.0, 52.0)),
    ],
)
def test_two_amounts_are_arms_only_where_they_are_set_against_each_other(
    sentence: str, values: tuple[float, float] | None, tmp_path: Path
) -> None:
    for claim in _claims(sentence, tmp_path):
        effect = claim.effect
        if values is not None:
            assert effect is not None and effect.treated is not None and effect.control is not None
            assert (effect.treated.value, effect.control.value) == values
        elif "pain" in claim.outcome.text.lower() and claim.effect is not None and "cohorts" in sentence:
            assert claim.effect.control is None
