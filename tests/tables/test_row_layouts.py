"""Rows that are subgroups, sizes, times, exposures or a model's treatment rather than outcomes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Claim, Document, Table
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]


def _rows(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(claim.intervention.name, claim.outcome.name, claim.direction) for claim in claims]


def test_characteristics_beside_differences_are_subgroups(extract: Extract) -> None:
    rows = [
        ["Baseline characteristic", "Serum urate (µmol/l)", "", ""],
        ["", "Febuxostat", "Placebo", "Difference"],
        ["Male", "310", "402", "-92"],
        ["Age over 60", "298", "377", "-79"],
    ]
    built = cell_table(rows, caption="Serum urate during follow-up", header_rows=2, colspans={(0, 1): 3})
    assert [(row[1], row[2]) for row in _rows(extract(built).claims)] == [("uric acid", "decrease")] * 2


def test_characteristics_without_differences_describe_who_was_enrolled(extract: Extract) -> None:
    rows = [
        ["Baseline characteristic", "Febuxostat", "Placebo"],
        ["Male", "31", "40"],
        ["Age over 60", "29", "37"],
        ["Body mass index", "27", "28"],
    ]
    assert extract(cell_table(rows, caption="Patients during follow-up")).claims == ()


def test_a_first_row_of_sizes_lets_two_drugs_be_compared(extract: Extract) -> None:
    head = ["Adverse event", "Cetirizine", "Loratadine"]
    events = [["Any", "24 (40.0)", "31 (50.0)"], ["Nausea", "9 (15.0)", "6 (9.7)"], ["Rash", "2 (3.3)", "2 (3.3)"]]
    caption = "Adverse events during treatment"
    assert extract(cell_table([head, *events], caption=caption)).claims == ()
    claims = extract(cell_table([head, ["n", "60 (%)", "62 (%)"], *events], caption=caption)).claims
    assert _rows(claims) == [
        ("cetirizine", "adverse events", "decrease"),
        ("cetirizine", "nausea", "increase"),
        ("cetirizine", "rash", "no_change"),
    ]
    assert [claim.sample_size.value for claim in claims if claim.sample_size is not None] == [60, 60, 60]


def test_hypertonic_saline_is_given_for_its_own_effect_and_saline_is_a_control(extract: Extract) -> None:
    rows = [["Outcome", "{} (n = 30)", "Mannitol (n = 31)"], ["Cough, n (%)", "12 (40)", "5 (16)"]]
    for name, expected in (("Hypertonic saline", "Hypertonic saline"), ("Normal saline", "mannitol")):
        head = [text.format(name) for text in rows[0]]
        (claim,) = extract(cell_table([head, rows[1]], caption="Adverse events after inhalation")).claims
        assert claim.intervention.name == expected


def test_changes_printed_with_their_sign_are_changes_from_the_rows_of_the_baseline(extract: Extract) -> None:
    rows = [
        ["Parameter", "Time point", "Salbutamol", "Formoterol"],
        ["Heart rate (beats/min)", "Baseline", "70 ± 9", "71 ± 8"],
        ["", "30 min", "Δ6.1 ± 4", "Δ-2.0 ± 3"],
        ["Systolic blood", "Baseline", "118 ± 9", "119 ± 9"],
        ["pressure", "30 min", "Δ-1.5 ± 6", "Δ2.4 ± 5"],
    ]
    claims = extract(cell_table(rows, caption="Vital signs at baseline, and the change after inhalation")).claims
    assert _rows(claims) == [
        ("albuterol", "heart rate", "increase"),
        ("formoterol", "heart rate", "decrease"),
        ("albuterol", "Systolic blood", "decrease"),
        ("formoterol", "Systolic blood", "increase"),
    ]
    assert {claim.comparator.kind for claim in claims if claim.comparator is not None} == {"baseline"}
    unsigned = [[cell.replace("Δ", "") for cell in row] for row in rows]
    assert (
        extract(cell_table(unsigned, caption="Vital signs at baseline, and the change after inhalation")).claims == ()
    )


def test_a_sign_before_the_letters_of_the_studied_drug_says_with_and_without(extract: Extract) -> None:
    rows = [
        ["Gene symbol", "Gene title", "−Cd", "+Cd", "P-value"],
        ["Abc1", "Invented carrier 1", "1", "3.2", "0.004"],
        ["Xyz2", "Invented kinase 2", "1", "0.4", "0.03"],
    ]
    caption = "Liver gene expression of cadmium- and mock-treated mice"
    claims = extract(cell_table(rows, caption=caption)).claims
    assert _rows(claims) == [("cadmium", "Abc1", "increase"), ("cadmium", "Xyz2", "decrease")]
    other = [[cell.replace("Cd", "Gk") for cell in row] for row in rows]
    assert extract(cell_table(other, caption=caption)).claims == ()


@pytest.mark.parametrize(
    ("short", "caption", "drug"),
    [
        ("Ca", "Cardiac gene expression of caffeine- and mock-treated mice", None),
        ("Caf", "Cardiac gene expression of caffeine- and mock-treated mice", None),
        ("Caf", "Cardiac gene expression of mice treated with caffeine (Caf)", "caffeine"),
    ],
)
def test_signed_letters_stand_only_for_what_they_are_defined_as(
    short: str, caption: str, drug: str | None, extract: Extract
) -> None:
    rows = [["Gene symbol", f"−{short}", f"+{short}", "P-value"], ["Abc1", "1", "2.9", "0.006"]]
    found = [claim.intervention.name for claim in extract(cell_table(rows, caption=caption)).claims]
    assert found == ([drug] if drug else [])


@pytest.mark.parametrize(("head", "caption"), [("Statin", "Outcomes"), ("Stat", "Outcomes according to statin")])
def test_yes_and_no_to_a_drug_are_arms_and_both_rows_are_evidence(head: str, caption: str, extract: Extract) -> None:
    rows = [
        ["Variables", head, "n", "Mean", "p value"],
        ["Walking distance", "No", "37", "4,6 ± 0,7", "0,008"],
        ["", "Yes", "39", "5,9 ± 0,8", ""],
    ]
    (claim,) = extract(cell_table(rows, caption=caption)).claims
    assert (claim.intervention.name, claim.outcome.name, claim.direction) == ("statin", "walking distance", "increase")
    assert claim.significance is not None and claim.significance.p == 0.008
    assert "Walking distance No 37" in claim.evidence.text and "Yes 39" in claim.evidence.text


def test_yes_and_no_to_what_is_no_drug_are_no_arms(extract: Extract) -> None:
    rows = [
        ["Variables", "Smoker", "n", "Mean", "p value"],
        ["Walking distance", "No", "37", "4.6 ± 0.7", "0.008"],
        ["", "Yes", "39", "5.9 ± 0.8", ""],
    ]
    assert extract(cell_table(rows, caption="Outcomes")).claims == ()


@pytest.mark.parametrize(
    ("head", "caption"),
    [
        ("Aspirin resistance", "Outcomes"),
        ("Aspirin allergy", "Outcomes"),
        ("Asp", "Outcomes according to aspirin resistance"),
        ("Aspirin resistance", "Outcomes according to aspirin resistance"),
        ("Aspect", "Outcomes according to aspirin"),
    ],
)
def test_yes_and_no_to_what_is_said_of_a_drug_are_no_arms(head: str, caption: str, extract: Extract) -> None:
    rows = [
        ["Variables", head, "n", "Mean", "p value"],
        ["Closure time", "No", "31", "140 ± 9", "0.004"],
        ["", "Yes", "28", "92 ± 8", ""],
    ]
    assert extract(cell_table(rows, caption=caption)).claims == ()


@pytest.mark.parametrize("head", ["Aspirin use", "Aspirin (taken)", "Aspirin"])
def test_yes_and_no_to_the_use_of_a_drug_are_arms(head: str, extract: Extract) -> None:
    rows = [
        ["Variables", head, "n", "Mean", "p value"],
        ["Closure time", "No", "31", "92 ± 8", "0.004"],
        ["", "Yes", "28", "140 ± 9", ""],
    ]
    (claim,) = extract(cell_table(rows, caption="Outcomes")).claims
    assert (claim.intervention.name, claim.direction) == ("aspirin", "increase")


@pytest.mark.parametrize(
    ("name", "p", "sized"), [("No.", "", True), ("n", "–", True), ("No", "", False), ("n", "0.71", False)]
)
def test_a_row_of_sizes_is_named_so_and_has_no_test(name: str, p: str, sized: bool, extract: Extract) -> None:
    rows = [
        ["Event", "Cetirizine", "Placebo", "P value"],
        [name, "60", "62", p],
        ["Drowsiness", "24 (40.0)", "6 (9.7)", "0.001"],
    ]
    claims = extract(cell_table(rows, caption="Adverse events during treatment, n (%)")).claims
    (claim,) = [claim for claim in claims if claim.outcome.name == "drowsiness"]
    found = claim.sample_size
    assert (None if found is None else (found.value, found.text, found.source)) == (
        (60, "60", "row") if sized else None
    )


def test_a_models_treatment_row_compares_the_arms_that_a_note_codes(extract: Extract) -> None:
    rows = [
        ["Covariates", "Coefficient (95% CI)", "P value"],
        ["Treatment", "-0.21 (-0.40, -0.02)", "0.03"],
        ["Age", "0.05 (0.01, 0.09)", "0.02"],
    ]
    note = (None, "Treatment: 0 for placebo, 1 for zinc supplementation")
    (claim,) = extract(cell_table(rows, caption="Changes in walking distance", notes=(note,))).claims
    assert (claim.intervention.name, claim.outcome.name, claim.direction) == ("zinc", "walking distance", "decrease")
    assert extract(cell_table(rows, caption="Changes in walking distance")).claims == ()


def test_the_scale_behind_a_measure_names_what_the_numbers_are(extract: Extract) -> None:
    rows = [["Covariates", "Coefficient (95% CI)", "P value"], ["Treatment", "-0.07 (-0.13, -0.01)", "0.02"]]
    note = (None, "Treatment: 0 for placebo, 1 for zinc supplementation")
    (claim,) = extract(cell_table(rows, caption="Changes in visual acuity (logMAR)", notes=(note,))).claims
    assert (claim.outcome.name, claim.direction) == ("logMAR", "decrease")
