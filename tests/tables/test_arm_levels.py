"""Arms told by a dose, a sign, a period or a population above them, and p-values behind derived columns."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import Claim, Document, Table
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]


def _rows(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(claim.intervention.name, claim.outcome.text, claim.direction) for claim in claims]


def test_column_of_dose_zero_is_the_control_that_marks_speak_of(extract: Extract) -> None:
    rows = [["", "0 µM", "5 µM", "20 µM"], ["Triglyceride (nmol/mg)", "88 ± 4", "82 ± 5", "52 ± 3*"]]
    built = cell_table(
        rows, caption="Effect of curcumin on lipids of liver cells", notes=((None, "* p < 0.05 vs 0 µM"),)
    )
    claims = extract(built).claims
    assert [(claim.direction, claim.dose.low if claim.dose else None) for claim in claims] == [
        ("no_change", 5.0), ("decrease", 20.0),
    ]  # fmt: skip


def test_plus_and_minus_say_who_was_given_the_drug(extract: Extract) -> None:
    rows = [["", "− Metformin", "+ Metformin", "P"], ["Autophagic flux", "0.8 ± 0.1", "1.9 ± 0.2", "0.003"]]
    assert _rows(extract(cell_table(rows, caption="Markers of fibroblasts")).claims) == [
        ("metformin", "Autophagic flux", "increase")
    ]


def test_bare_doses_below_a_drugs_name_are_its_arms(extract: Extract) -> None:
    rows = [
        ["Dose (mM)", "n", "Mean lifespan (days)", "P value vs control"],
        ["Metformin", "", "", ""],
        ["0", "90", "18.2 ± 0.3", "-"],
        ["50", "88", "23.0 ± 0.5", "<0.001"],
        ["Aspirin", "", "", ""],
        ["0", "91", "18.0 ± 0.4", "-"],
        ["1", "94", "18.3 ± 0.3", "0.55"],
    ]
    claims = extract(cell_table(rows, caption="Worms on drugs")).claims
    assert _rows(claims) == [("metformin", "lifespan", "increase"), ("aspirin", "lifespan", "no_change")]
    assert [claim.dose.low for claim in claims if claim.dose] == [50.0, 1.0]


def test_p_value_stands_behind_a_column_derived_from_the_control(extract: Extract) -> None:
    rows = [
        ["Treatment", "Median survival (days)", "ILS (%)", "P vs. vehicle"],
        ["Vehicle", "17", "-", "-"],
        ["Quercetin 25 mg/kg", "19", "11.8", "0.21"],
        ["Quercetin 50 mg/kg", "26", "52.9", "0.001"],
    ]
    claims = extract(cell_table(rows, caption="Survival of mice given quercetin")).claims
    assert _rows(claims) == [("quercetin", "survival", "no_change"), ("quercetin", "survival", "increase")]


def test_periods_of_a_crossover_trial_are_arms(extract: Extract) -> None:
    rows = [["", "Placebo period", "Melatonin period", "p"], ["Sleep time (min)", "340 (52)", "366 (48)", "0.004"]]
    (claim,) = extract(cell_table(rows, caption="Sleep by period")).claims
    assert (claim.intervention.name, claim.direction) == ("melatonin", "increase")


def test_arms_below_populations_are_compared_within_each(extract: Extract) -> None:
    rows = [
        ["", "Healthy", "", "Asthmatic", ""],
        ["", "Placebo", "Mannitol", "Placebo", "Mannitol"],
        ["FEV1 (L)", "3.9 (0.4)", "3.8 (0.5)", "2.9 (0.5)", "2.2 (0.4)*"],
    ]
    built = cell_table(
        rows, header_rows=2, colspans={(0, 1): 2, (0, 3): 2}, caption="Lung function",
        notes=((None, "* p < 0.05 vs placebo"),),
    )  # fmt: skip
    assert [claim.direction for claim in extract(built).claims] == ["no_change", "decrease"]


def test_p_between_groups_is_told_from_those_within_them(extract: Extract) -> None:
    rows = [
        ["", "Zinc (n = 30)", "", "", "Placebo (n = 31)", "", "", "P between"],
        ["", "Before", "After", "P", "Before", "After", "P", ""],
        ["HDL (mg/dL)", "42 ± 8", "47 ± 8", "0.01", "41 ± 7", "44 ± 9", "0.04", "0.75"],
    ]
    built = cell_table(rows, header_rows=2, colspans={(0, 1): 3, (0, 4): 3}, caption="Lipids before and after 12 weeks")
    (claim,) = extract(built).claims
    assert (claim.direction, claim.significance and claim.significance.p) == ("no_change", 0.75)


def test_concentrations_below_a_control_are_arms_of_the_captions_drug(extract: Extract) -> None:
    rows = [
        ["Concentration (µM)", "24 h", "48 h"],
        ["0 (control)", "100 ± 3", "100 ± 4"],
        ["10", "96 ± 5", "81 ± 4*"],
    ]
    caption = "Cell viability of colon cells after treatment with berberine"
    claims = extract(cell_table(rows, caption=caption, notes=((None, "*p < 0.05 versus control"),))).claims
    assert [(c.direction, c.outcome.timepoint and c.outcome.timepoint.text) for c in claims] == [
        ("no_change", "24 h"), ("decrease", "48 h"),
    ]  # fmt: skip


def test_of_two_controls_the_one_with_the_arms_background_is_compared(extract: Extract) -> None:
    rows = [
        ["Parameter", "ob/ob + saline", "ob/ob + exenatide", "ob/+ + saline"],
        ["Islet area (mm2)", "0.11 ± 0.01", "0.19 ± 0.02**", "0.15 ± 0.01**"],
        ["Glucagon (pg/mL)", "88 ± 7", "85 ± 9", "60 ± 5*"],
    ]
    notes = ((None, "*P < 0.05, **P < 0.01 vs ob/ob + saline"),)
    claims = extract(cell_table(rows, caption="Islets of mice", notes=notes)).claims
    assert _rows(claims) == [("exenatide", "Islet area", "increase"), ("exenatide", "Glucagon", "no_change")]


def test_difference_in_the_treated_arms_row_is_its_estimate(extract: Extract) -> None:
    rows = [
        ["Outcome", "Group", "Mean (SD)", "Difference vs placebo (95% CI)", "P"],
        ["MADRS score", "Ketamine", "12.3 (6.1)", "−6.7 (−9.9 to −3.5)", "<0.001"],
        ["", "Placebo", "19.0 (7.2)", "", ""],
    ]
    (claim,) = extract(cell_table(rows, caption="Efficacy at 24 hours")).claims
    assert (claim.direction, claim.effect and claim.effect.value) == ("decrease", -6.7)


def test_rows_of_subgroups_take_the_captions_outcome_and_keep_their_population(extract: Extract) -> None:
    rows = [
        ["Subgroup", "Canagliflozin events/patients", "Placebo events/patients", "Hazard ratio (95% CI)"],
        ["Previous stroke", "81/940", "112/951", "0.73 (0.56–0.95)"],
    ]
    caption = "Effect of canagliflozin versus placebo on renal failure by subgroup"
    (claim,) = extract(cell_table(rows, caption=caption)).claims
    assert (claim.outcome.text, claim.direction) == ("renal failure", "decrease")
    assert claim.population is not None
    assert claim.population.text == "Previous stroke"


def test_share_of_reduction_is_turned_into_the_outcomes_direction(extract: Extract) -> None:
    rows = [
        ["Antibiotic", "Log reduction", "P vs growth control"],
        ["Daptomycin", "3.1 ± 0.4", "<0.001"],
        ["Growth control", "0", "–"],
    ]
    (claim,) = extract(cell_table(rows, caption="Reduction of bacterial counts after 24 h of exposure")).claims
    assert (claim.intervention.text, claim.outcome.text, claim.direction) == (
        "Daptomycin", "bacterial counts", "decrease",
    )  # fmt: skip


def test_p_columns_name_their_arm_by_its_dose(extract: Extract) -> None:
    rows = [
        ["Measure", "Placebo", "Duloxetine 60 mg", "Duloxetine 120 mg", "60 mg vs placebo P", "120 mg vs placebo P"],
        ["Vitality", "4.0", "6.1", "7.9", "0.21", "0.01"],
    ]
    claims = extract(cell_table(rows, caption="Mean change to endpoint")).claims
    assert [(claim.direction, claim.significance and claim.significance.p) for claim in claims] == [
        ("no_change", 0.21), ("increase", 0.01),
    ]  # fmt: skip


def test_one_p_between_groups_is_that_of_their_changes(extract: Extract) -> None:
    rows = [
        ["", "Spironolactone", "", "", "Placebo", "", "", "Between-group p"],
        ["", "Baseline", "12 weeks", "Change", "Baseline", "12 weeks", "Change", ""],
        ["Potassium (mM)", "4.1", "4.3", "0.2", "4.1", "4.2", "0.1", "0.30"],
        ["Systolic BP (mmHg)", "158", "144", "−14.6", "157", "153", "−4.1", "<0.001"],
    ]
    built = cell_table(rows, header_rows=2, colspans={(0, 1): 3, (0, 4): 3}, caption="Values to 12 weeks")
    claims = extract(built).claims
    assert _rows(claims) == [
        ("spironolactone", "Potassium", "no_change"), ("spironolactone", "Systolic BP", "decrease"),
    ]  # fmt: skip
    assert [claim.effect.value for claim in claims if claim.effect] == [0.2, -14.6]


def test_doses_behind_the_sex_are_arms_of_their_heads_drug(extract: Extract) -> None:
    rows = [
        ["Sex", "Lithium (mM)", "Lifespan (days)", "% change", "Log-rank p"],
        ["Female", "0", "62", "–", "–"],
        ["Female", "10", "66", "6.4", "0.02"],
        ["Male", "0", "58", "–", "–"],
        ["Male", "10", "59", "1.7", "0.40"],
    ]
    claims = extract(cell_table(rows, caption="Flies on lithium")).claims
    assert [(claim.direction, claim.sex and claim.sex.value) for claim in claims] == [
        ("increase", "female"), ("no_change", "male"),
    ]  # fmt: skip
