"""Doses of listed drugs, p values of two arms and concentrations of what was added: whose each is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Claim
from pipeline.run import extract, read


def _claims(folder: Path, text: str) -> dict[str, Claim]:
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    return {claim.intervention.text.lower(): claim for claim in extract(read(path)).claims}


@pytest.mark.parametrize(
    "text",
    [
        "Losartan and valsartan (10 mg/kg each) reduced blood pressure in rats.",
        "A higher dose (10 mg/kg) of losartan and valsartan reduced blood pressure in rats.",
    ],
)
def test_dose_of_a_list_of_drugs_is_that_of_each(text: str, tmp_path: Path) -> None:
    claims = _claims(tmp_path, text)
    for drug in ("losartan", "valsartan"):
        dose = claims[drug].dose
        assert dose is not None and dose.text == "10 mg/kg"


def test_dose_before_the_first_drug_alone_is_not_that_of_the_second(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "10 mg/kg losartan and valsartan reduced blood pressure in rats.")
    assert claims["valsartan"].dose is None


def test_p_value_in_the_bracket_of_placebo_is_not_the_drugs(tmp_path: Path) -> None:
    text = "Pain decreased in patients treated with placebo (n = 16, p = 0.03) or aspirin (n = 12, p = 0.004)."
    significance = _claims(tmp_path, text)["aspirin"].significance
    assert significance is not None and significance.p == 0.004


def test_p_value_behind_what_is_compared_with_is_the_drugs(tmp_path: Path) -> None:
    significance = _claims(tmp_path, "Aspirin reduced pain compared with placebo (p = 0.03).")["aspirin"].significance
    assert significance is not None and significance.p == 0.03


def test_concentration_of_what_was_added_is_no_amount_of_effect(tmp_path: Path) -> None:
    text = "Fluvoxamine (10 µM) increased the number of neurites formed by NGF (2.5 ng/ml) in PC12 cells."
    claim = _claims(tmp_path, text)["fluvoxamine"]
    assert claim.effect is None and claim.setting == "in_vitro"


def test_values_before_and_after_are_control_and_treated(tmp_path: Path) -> None:
    effect = _claims(tmp_path, "Aspirin reduced body weight from 92.6 to 91.4 kg in rats.")["aspirin"].effect
    assert effect is not None and effect.control is not None and effect.treated is not None
    assert (effect.control.value, effect.treated.value) == (92.6, 91.4)


def test_p_value_goes_with_the_amount_of_its_bracket(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(
        "GH treatment reduced LDL cholesterol (2.20 vs. 2.63 mmol/L, P = 0.027), and increased HDL cholesterol levels "
        "compared with the control group.\n",
        encoding="utf-8",
    )
    claims = {claim.direction: claim for claim in extract(read(path)).claims}
    lowered, raised = claims["decrease"], claims["increase"]
    assert lowered.significance is not None and lowered.significance.p == 0.027
    assert raised.significance is None
    assert lowered.comparator is not None and raised.comparator is not None


def test_comparator_of_another_subject_is_not_shared(tmp_path: Path) -> None:
    claims = _claims(tmp_path, "Aspirin reduced pain, and metformin lowered glucose compared with placebo.")
    assert claims["aspirin"].comparator is None
    assert claims["metformin"].comparator is not None
