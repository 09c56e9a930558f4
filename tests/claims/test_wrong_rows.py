"""Texts that once gave a wrong row, told anew: a missing row costs less."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.run import extract, read

ONE_DRUG = "Frailty in mice\n\nMice received fisetin (100 mg/kg). Fisetin reduced frailty (p = 0.01). {}\n"
TRIAL = (
    "Simvastatin in women: a randomised trial\n\nWe randomised 60 women to simvastatin 40 mg or placebo daily for a "
    "year. {}\n"
)
LABELS = "Kidneys of rats\n\nGroup 1 received saline and group 2 received losartan (10 mg/kg). {}\n"


def _rows(place: Path, text: str) -> list[tuple[str, str, str]]:
    place.write_text(text, encoding="utf-8")
    found = extract(read(place)).claims
    return [(claim.intervention.name, claim.outcome.text, claim.direction) for claim in found]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Body weight was reduced by surgery, and it was further reduced by metformin.",
            [("metformin", "Body weight", "decrease")],
        ),
        ("Anxiety was decreased by exercise and it was increased by caffeine.", [("caffeine", "Anxiety", "increase")]),
        ("Fat mass fell with exercise and this was lowered by metformin.", []),
        (
            "Osteoclast number was increased by rest and this increase was prevented by zoledronate.",
            [("zoledronate", "Osteoclast number", "decrease")],
        ),
    ],
)
def test_it_and_this_go_the_way_that_the_verb_says(tmp_path: Path, text: str, rows: list[tuple[str, str, str]]) -> None:
    found = _rows(tmp_path / "a.txt", f"Rats in old age\n\n{text}\n")
    assert [row for row in found if row[0] in ("metformin", "caffeine", "zoledronate")] == rows


@pytest.mark.parametrize(
    "text",
    [
        "Frailty was increased by castration (p = 0.02).",
        "Body temperature was significantly lowered by fasting.",
        "Bone mass was significantly increased through loading.",
        "Heart rate increased by 20% during running.",
        "Litter size was reduced by 30% when dams were stressed.",
        "BMI increased by 5% with wealth.",
    ],
)
def test_result_of_another_cause_is_not_the_drug_s(tmp_path: Path, text: str) -> None:
    found = _rows(tmp_path / "a.txt", ONE_DRUG.format(text))
    assert {row[1].lower() for row in found} == {"frailty"}
    assert all(row[2] == "decrease" for row in found)


@pytest.mark.parametrize(
    "text",
    [
        "LDL was higher in the control group at baseline (p = 0.01).",
        "Age was significantly higher in the control group.",
        "At enrolment, weight was significantly higher in the control group.",
        "LDL was significantly lower in the healthy control group.",
    ],
)
def test_controls_before_treatment_say_nothing_of_the_drug(tmp_path: Path, text: str) -> None:
    assert _rows(tmp_path / "a.txt", TRIAL.format(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Patients in risk group 2 had higher mortality.",
        "Patients with blood group 2 antigens had more strokes.",
        "Proteinuria was higher in ASA group 2.",
        "Children of age group 2 had lower urea.",
    ],
)
def test_groups_of_another_kind_are_no_arms(tmp_path: Path, text: str) -> None:
    assert all(row[0] != "losartan" for row in _rows(tmp_path / "a.txt", LABELS.format(text)))


def test_label_of_two_experiments_is_nobody_s(tmp_path: Path) -> None:
    text = (
        "Pressure in rats\n\nIn experiment 1, group A received losartan 10 mg/kg and group B received saline. In "
        "experiment 2, group A received saline and group B received amlodipine 5 mg/kg.\n\nIn experiment 2, group A "
        "had higher systolic pressure (p = 0.01).\n"
    )
    assert _rows(tmp_path / "a.txt", text) == []


def test_what_subjects_were_exposed_to_is_their_treatment(tmp_path: Path) -> None:
    text = (
        "Bosentan in lambs\n\nLambs were randomised to bosentan or vehicle. Lambs exposed to smoke had a higher "
        "pressure than untreated lambs.\n"
    )
    assert all(row[2] != "increase" for row in _rows(tmp_path / "a.txt", text))


def test_age_in_numbers_stays_with_its_species(tmp_path: Path) -> None:
    text = (
        "Navitoclax and platelets\n\nOld (24-month-old) mice received navitoclax (50 mg/kg). Navitoclax lowered "
        "platelets in old patients.\n"
    )
    place = tmp_path / "a.txt"
    place.write_text(text, encoding="utf-8")
    ages = {claim.age.text for claim in extract(read(place)).claims if claim.age and "platelets" in claim.outcome.text}
    assert "24-month-old" not in ages
