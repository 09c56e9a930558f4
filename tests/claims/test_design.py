"""What an abstract says of its experiment reaches its results, and nothing else: each case is a document of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Claim
from pipeline.run import extract, read

RATS = (
    "Losartan and renal injury in rats.\n\nHypertension is common, and adenine may increase fibrosis. "
    "The effect of losartan on kidney function was investigated in male Wistar rats. "
    "Rats received losartan (10 mg/kg per day) by gavage for 4 weeks. {}\n"
)
TRIAL = (
    "Bisoprolol in migraine.\n\nMigraine is a burden. The aim of this study was to evaluate bisoprolol in adults with "
    "migraine. In this double-blind crossover trial, {size} received bisoprolol 5 mg once daily or placebo for 12 "
    "weeks. {}\n"
)
SIZE = "48 patients (30 women and 18 men; age, 21 to 60 years)"


def _claims(text: str, folder: Path) -> list[Claim]:
    path = folder / "abstract.txt"
    path.write_text(text, encoding="utf-8")
    return [claim for claim in extract(read(path)).claims if claim.certainty != "hypothesis"]


def _told(claim: Claim) -> dict[str, Any]:
    names = ("dose", "route", "schedule", "duration", "species", "strain", "sex", "age", "sample_size", "population")
    return {name: value.text for name in names if (value := getattr(claim, name)) is not None}


def test_results_take_the_design_of_the_abstract(tmp_path: Path) -> None:
    (claim,) = [
        c for c in _claims(RATS.format("Losartan reduced proteinuria."), tmp_path) if c.outcome.name == "proteinuria"
    ]
    assert _told(claim) == {
        "dose": "10 mg/kg per day",
        "route": "by gavage",
        "schedule": "per day",
        "duration": "4 weeks",
        "species": "rats",
        "strain": "Wistar",
        "sex": "male",
    }
    assert claim.source_kind == "own"
    assert claim.dose is not None and claim.dose.source == "paragraph"


def test_background_before_the_experiment_takes_nothing(tmp_path: Path) -> None:
    (claim,) = [c for c in _claims(RATS.format(""), tmp_path) if c.intervention.name == "adenine"]
    assert _told(claim) == {}


@pytest.mark.parametrize("sentence", ["Losartan lowers blood pressure.", "Losartan may lower blood pressure."])
def test_what_holds_in_general_has_no_dose(sentence: str, tmp_path: Path) -> None:
    (claim,) = [c for c in _claims(RATS.format(sentence), tmp_path) if "pressure" in c.outcome.text]
    assert {"dose", "route", "schedule", "duration", "strain", "sex"}.isdisjoint(_told(claim))


@pytest.mark.parametrize(
    "sentence",
    ["These results suggest that losartan lowers blood pressure.", "Losartan lowers blood pressure (p < 0.01)."],
)
def test_present_tense_with_data_has_the_dose(sentence: str, tmp_path: Path) -> None:
    (claim,) = [c for c in _claims(RATS.format(sentence), tmp_path) if "pressure" in c.outcome.text]
    assert _told(claim)["dose"] == "10 mg/kg per day"


def test_a_level_named_in_words_is_not_the_dose_of_the_design(tmp_path: Path) -> None:
    text = RATS.format("A low losartan concentration reduced cell growth.")
    assert all(c.dose is None or c.dose.low is None for c in _claims(text, tmp_path) if "growth" in c.outcome.text)


def test_trial_tells_people_number_sex_and_age(tmp_path: Path) -> None:
    text = TRIAL.format("Attack frequency was reduced by bisoprolol.", size=SIZE)
    (claim,) = [c for c in _claims(text, tmp_path) if "frequency" in c.outcome.text]
    told = _told(claim)
    assert (told["population"], told["sample_size"], told["age"]) == ("adults with migraine", "48", "21 to 60 years")
    assert claim.sample_size is not None and (claim.sample_size.value, claim.sample_size.of) == (48, "study")
    assert claim.sex is not None and (claim.sex.text, claim.sex.value) == ("30 women and 18 men", "both")
    assert (told["dose"], told["schedule"], told["duration"]) == ("5 mg", "once daily", "12 weeks")
    assert claim.species is not None and claim.species.id == "NCBITaxon:9606"


def test_people_of_two_kinds_are_not_told_for_all(tmp_path: Path) -> None:
    size = "20 patients with asthma and 24 patients with eczema"
    (claim,) = [
        c
        for c in _claims(TRIAL.format("Sleep quality was improved by bisoprolol.", size=size), tmp_path)
        if "leep" in c.outcome.text
    ]
    assert {"population", "sample_size"}.isdisjoint(_told(claim))


ARMS = (
    "Two diuretics in heart failure.\n\nWe compared torasemide and furosemide. {} Oedema was reduced by torasemide. "
    "Weight was reduced by furosemide.\n"
)


@pytest.mark.parametrize(
    "design",
    [
        "Forty-one patients received torasemide 10 mg daily and 39 received furosemide 40 mg daily.",
        "Patients were randomized to torasemide 10 mg daily (n = 41) or furosemide 40 mg daily (n = 39).",
        "A total of 80 patients were assigned to torasemide 10 mg daily (41 patients) or furosemide 40 mg daily (39 "
        "patients).",
    ],
)
def test_each_arm_has_its_dose_and_number(design: str, tmp_path: Path) -> None:
    found = {c.intervention.name: c for c in _claims(ARMS.format(design), tmp_path) if c.dose is not None}
    told = {
        name: (claim.dose and claim.dose.low, claim.sample_size and (claim.sample_size.value, claim.sample_size.of))
        for name, claim in found.items()
    }
    assert told == {"torasemide": (10, (41, "arm")), "furosemide": (40, (39, "arm"))}


def test_levels_told_together_are_one_list(tmp_path: Path) -> None:
    text = (
        "Nadolol and tremor.\n\nNadolol was compared with placebo at two dose levels (20 mg t.d.s. and 50 mg t.d.s.) "
        "in a double-blind trial in 14 patients. Tremor was reduced by nadolol.\n"
    )
    (claim,) = [c for c in _claims(text, tmp_path) if c.outcome.text == "Tremor"]
    assert claim.dose is not None and claim.dose.values == (20, 50)


@pytest.mark.parametrize(
    ("design", "duration"),
    [
        ("Each patient took 4 weeks of placebo and then 6 weeks of nadolol.", "6 weeks"),
        ("Patients received nadolol, followed by a 2-week washout.", None),
        ("Patients received nadolol for 6 weeks and a second course for 9 weeks.", None),
    ],
)
def test_the_only_time_of_giving_is_the_duration(design: str, duration: str | None, tmp_path: Path) -> None:
    (claim,) = [
        c
        for c in _claims(f"Nadolol and tremor.\n\n{design} Tremor was reduced by nadolol.\n", tmp_path)
        if c.outcome.text == "Tremor"
    ]
    assert (claim.duration.text if claim.duration else None) == duration


def test_the_drugs_are_those_of_the_title(tmp_path: Path) -> None:
    text = (
        "Effects of acarbose and miglitol on weight in rats.\n\nThe drugs were given orally in doses of 50 mg/kg for "
        "five days. Weight was reduced by acarbose and miglitol.\n"
    )
    claims = [c for c in _claims(text, tmp_path) if c.direction == "decrease"]
    assert {c.intervention.name: _told(c).get("dose") for c in claims} == {
        "acarbose": "50 mg/kg",
        "miglitol": "50 mg/kg",
    }


@pytest.mark.parametrize(
    ("opening", "own"),
    [
        ("In this study naloxone reversed apnoea in rats.", "own"),
        ("Rats received naloxone. Apnoea was reversed by naloxone.", "own"),
        ("This review discusses opioids. Naloxone reversed apnoea in rats.", None),
    ],
)
def test_own_experiment_is_told_by_what_the_abstract_says(opening: str, own: str | None, tmp_path: Path) -> None:
    claims = [
        c for c in _claims(f"Naloxone and breathing.\n\n{opening}\n", tmp_path) if "apnoea" in c.outcome.text.lower()
    ]
    assert claims and {c.source_kind for c in claims} == {own}


def test_controls_are_not_who_was_treated(tmp_path: Path) -> None:
    text = RATS.format("Creatinine was lower in losartan-treated animals than in control animals.")
    (claim,) = [c for c in _claims(text, tmp_path) if "reatinine" in c.outcome.text]
    assert claim.population is None
    assert claim.species is not None and claim.species.text == "rats"


def test_a_paragraph_s_own_doses_come_before_those_of_other_experiments(tmp_path: Path) -> None:
    text = (
        "Acarbose in old mice.\n\nWe gave acarbose (1,000 ppm) in the diet to UM-HET3 mice. "
        "Acarbose increased lifespan.\n\nWe injected acarbose (10 mg/kg) into C57BL/6J mice. "
        "Acarbose lowered glucose.\n"
    )
    told = {claim.outcome.name: _told(claim) for claim in _claims(text, tmp_path)}
    assert (told["lifespan"]["dose"], told["lifespan"]["strain"]) == ("1,000 ppm", "UM-HET3")
    assert (told["glucose"]["dose"], told["glucose"]["strain"]) == ("10 mg/kg", "C57BL/6J")


def test_two_doses_in_one_paragraph_leave_the_next_result_without_one(tmp_path: Path) -> None:
    text = (
        "Acarbose in old mice.\n\nWe gave acarbose (1,000 ppm) to mice. We injected acarbose (10 mg/kg) into mice. "
        "Acarbose lowered glucose.\n"
    )
    assert [claim.dose for claim in _claims(text, tmp_path) if claim.outcome.name == "glucose"] == [None]


def test_groups_of_a_document_without_a_control_are_no_arms(tmp_path: Path) -> None:
    text = "Prednisone in the old.\n\nAll patients were given prednisone. Pain did not differ between the two groups.\n"
    assert [claim for claim in _claims(text, tmp_path) if claim.outcome.name == "pain"] == []
