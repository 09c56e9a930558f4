"""Result tables: several arms, p-values and marks of many makes, arms as rows, and tables that must give nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.model import Claim, Document, Table
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]
Notes = tuple[tuple[str | None, str], ...]


def _rows(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(claim.intervention.name, claim.outcome.text, claim.direction) for claim in claims]


def test_each_treated_column_is_compared_with_the_control_by_its_own_mark(extract: Extract) -> None:
    rows = [
        ["Parameter", "Vehicle (n = 10)", "Metformin 100 mg/kg (n = 9)", "Acarbose 20 mg/kg (n = 8)"],
        ["Body weight (g)", "31.2 ± 1.1", "27.9 ± 1.0*", "30.8 ± 1.2"],
        ["Plasma glucose (mM)", "9.1 ± 0.4", "7.0 ± 0.3**", "8.0 ± 0.5*"],
    ]
    notes: Notes = (("*", "P < 0.05 versus vehicle"), ("**", "P < 0.01 versus vehicle"))
    claims = extract(cell_table(rows, caption="Effects of treatment in mice", notes=notes)).claims
    assert _rows(claims) == [
        ("metformin", "Body weight", "decrease"), ("acarbose", "Body weight", "no_change"),
        ("metformin", "Plasma glucose", "decrease"), ("acarbose", "Plasma glucose", "decrease"),
    ]  # fmt: skip
    first = claims[0]
    assert first.dose is not None and (first.dose.low, first.dose.unit, first.dose.source) == (
        100.0,
        "mg/kg",
        "header",
    )
    assert first.sample_size is not None and first.sample_size.value == 9
    assert first.effect is not None and first.effect.treated is not None and first.effect.control is not None
    assert (first.effect.treated.value, first.effect.control.value, first.effect.unit) == (27.9, 31.2, "g")
    assert [claim.significance and claim.significance.p for claim in claims] == [0.05, None, 0.01, 0.05]
    assert claims[0].arm_id == claims[2].arm_id != claims[1].arm_id


def test_rows_of_arms_give_one_claim_for_each_outcome_column(extract: Extract) -> None:
    rows = [
        ["Group", "n", "Body weight (g)", "Glucose (mM)"],
        ["Control", "10", "31.2 ± 1.1", "9.1 ± 0.4"],
        ["Metformin 100 mg/kg", "10", "30.9 ± 1.0", "8.2 ± 0.3*"],
        ["Metformin 200 mg/kg", "9", "28.0 ± 0.9*", "7.1 ± 0.4*"],
    ]
    notes: Notes = (("*", "p < 0.05 compared with the control group"),)
    claims = extract(cell_table(rows, caption="Body weight and glucose of rats", notes=notes)).claims
    found = [(claim.dose and claim.dose.low, claim.outcome.text, claim.direction) for claim in claims]
    assert found == [
        (100.0, "Body weight", "no_change"), (100.0, "Glucose", "decrease"),
        (200.0, "Body weight", "decrease"), (200.0, "Glucose", "decrease"),
    ]  # fmt: skip
    assert all(claim.comparator is not None and claim.comparator.text == "Control" for claim in claims)


def test_the_diseased_control_is_the_comparator_not_the_healthy_one(extract: Extract) -> None:
    rows = [
        ["Group", "Urea (mg/dL)", "Creatine kinase (U/L)"],
        ["Normal control", "30 ± 2", "110 ± 9"],
        ["Diabetic control", "62 ± 4", "240 ± 12"],
        ["Diabetic + metformin", "41 ± 3#", "235 ± 14"],
    ]
    notes: Notes = (("#", "p < 0.01 vs diabetic control"),)
    claims = extract(cell_table(rows, notes=notes)).claims
    assert _rows(claims) == [("metformin", "Urea", "decrease"), ("metformin", "Creatine kinase", "no_change")]
    assert claims[0].effect is not None and claims[0].effect.control is not None
    assert claims[0].effect.control.value == 62.0


def test_a_mark_against_another_group_says_nothing_of_the_comparator(extract: Extract) -> None:
    rows = [
        ["Group", "Urea (mg/dL)"],
        ["Normal control", "30 ± 2"],
        ["Diabetic control", "62 ± 4*"],
        ["Diabetic + metformin", "41 ± 3*"],
    ]
    notes: Notes = (("*", "p < 0.01 vs normal control"),)
    assert extract(cell_table(rows, notes=notes)).claims == ()


def test_a_column_of_p_after_each_arm_belongs_to_it(extract: Extract) -> None:
    rows = [
        ["Outcome", "Placebo", "Metformin", "P value", "Acarbose", "P value"],
        ["HbA1c (%)", "8.1", "7.2", "0.001", "7.9", "0.40"],
    ]
    claims = extract(cell_table(rows, caption="Outcomes at 24 weeks")).claims
    assert _rows(claims) == [("metformin", "HbA1c", "decrease"), ("acarbose", "HbA1c", "no_change")]


def test_one_significant_p_for_three_arms_leaves_it_to_the_values_and_says_nothing_of_each(extract: Extract) -> None:
    rows = [
        ["Outcome", "Placebo", "Metformin", "Acarbose", "P value"],
        ["HbA1c (%)", "8.1", "7.2", "7.9", "0.001"],
        ["Weight (kg)", "80", "79", "81", "0.60"],
    ]
    claims = extract(cell_table(rows, caption="Outcomes after 24 weeks")).claims
    assert _rows(claims) == [
        ("metformin", "HbA1c", "decrease"), ("acarbose", "HbA1c", "decrease"),
        ("metformin", "Weight", "no_change"), ("acarbose", "Weight", "no_change"),
    ]  # fmt: skip
    assert [claim.significance is None for claim in claims] == [True, True, False, False]


def test_arm_names_defined_in_the_notes_are_resolved(extract: Extract) -> None:
    rows = [
        ["Parameter", "CTL", "MET", "P"],
        ["Grip strength (N)", "1.1 ± 0.1", "1.4 ± 0.1", "0.02"],
    ]
    notes: Notes = ((None, "CTL, control; MET, metformin."),)
    claims = extract(cell_table(rows, notes=notes)).claims
    assert _rows(claims) == [("metformin", "Grip strength", "increase")]
    assert claims[0].intervention.text == "MET"


def test_groups_explained_in_the_caption_are_resolved(extract: Extract) -> None:
    rows = [["Group", "Latency (s)"], ["Group I", "20 ± 2"], ["Group II", "31 ± 3*"]]
    notes: Notes = (("*", "p < 0.05 vs Group I"),)
    caption = "Latency in the maze. Group I: control; Group II: metformin 50 mg/kg."
    claims = extract(cell_table(rows, caption=caption, notes=notes)).claims
    assert _rows(claims) == [("metformin", "Latency", "increase")]


def test_active_arm_is_the_captions_only_drug(extract: Extract) -> None:
    rows = [
        ["Outcome", "Active (n = 20)", "Placebo (n = 20)", "P"],
        ["Pain score", "2.1 (0.4)", "3.9 (0.5)", "<0.001"],
    ]
    assert _rows(extract(cell_table(rows, caption="Metformin and pain")).claims) == [
        ("metformin", "Pain score", "decrease")
    ]
    assert extract(cell_table(rows, caption="Pain in patients receiving metformin")).claims == ()
    assert extract(cell_table(rows, caption="Metformin-induced pain")).claims == ()


def test_ratio_with_its_interval_decides_where_no_p_is_given(extract: Extract) -> None:
    rows = [
        ["Event, n (%)", "Metformin (n = 200)", "Placebo (n = 200)", "Hazard ratio (95% CI)"],
        ["Stroke", "10 (5)", "24 (12)", "0.40 (0.19–0.84)"],
        ["Fracture", "9 (4.5)", "11 (5.5)", "0.81 (0.34–1.97)"],
    ]
    claims = extract(cell_table(rows, caption="Events")).claims
    assert _rows(claims) == [("metformin", "Stroke", "decrease"), ("metformin", "Fracture", "no_change")]
    effect = claims[0].effect
    assert effect is not None and (effect.type, effect.value, effect.low, effect.high) == (
        "hazard_ratio",
        0.4,
        0.19,
        0.84,
    )
    assert effect.treated is not None and (effect.treated.value, effect.treated.unit) == (5.0, "%")


def test_rows_of_differences_follow_their_intervals(extract: Extract) -> None:
    rows = [
        ["Treatment difference", "Pain score", "Stiffness score"],
        ["Metformin versus placebo", "-2.1 (-3.0 to -1.2)", "-0.2 (-0.9 to 0.5)"],
    ]
    claims = extract(cell_table(rows, caption="Differences between treatments")).claims
    assert _rows(claims) == [("metformin", "Pain score", "decrease"), ("metformin", "Stiffness score", "no_change")]
    assert claims[0].effect is not None and claims[0].effect.type == "difference"


def test_different_letters_differ(extract: Extract) -> None:
    rows = [["Diet", "Liver fat (%)"], ["Control", "12.1 a"], ["Metformin", "8.0 b"], ["Acarbose", "11.5 a"]]
    document, table = cell_table(rows, notes=((None, "Values with different letters differ, p < 0.05."),))
    cells = []
    for cell in table.cells:
        if cell.row and cell.column == 1:
            number, letter = cell.text.split()
            cells.append(
                replace(cell, text=number, marks=(letter,), spans=(replace(cell.spans[0], end=cell.spans[0].end - 2),))
            )
        else:
            cells.append(cell)

    claims = extract((document, replace(table, cells=tuple(cells)))).claims
    assert _rows(claims) == [("metformin", "Liver fat", "decrease"), ("acarbose", "Liver fat", "no_change")]


def test_baseline_columns_are_no_arms_and_times_are_timepoints(extract: Extract) -> None:
    rows = [
        ["", "Baseline", "", "", "Week 12", "", ""],
        ["", "Metformin", "Placebo", "P", "Metformin", "Placebo", "P"],
        ["Fatigue score", "6.0", "6.1", "0.90", "3.0", "5.8", "0.01"],
    ]
    built = cell_table(rows, header_rows=2, colspans={(0, 1): 3, (0, 4): 3})
    claims = extract(built).claims
    assert _rows(claims) == [("metformin", "Fatigue score", "decrease")]
    assert claims[0].outcome.timepoint is not None and claims[0].outcome.timepoint.text == "Week 12"


def test_add_on_drug_is_the_one_studied(extract: Extract) -> None:
    rows = [
        ["Outcome", "Metformin (n = 30)", "Metformin + acarbose (n = 31)", "p"],
        ["HbA1c (%)", "7.9", "7.1", "0.003"],
    ]
    claims = extract(cell_table(rows)).claims
    assert _rows(claims) == [("acarbose", "HbA1c", "decrease")]
    assert [partner.name for partner in claims[0].combined_with] == ["metformin"]
    assert claims[0].comparator is not None and claims[0].comparator.name == "metformin"


def test_header_continued_in_body_rows(extract: Extract) -> None:
    rows = [
        ["", "Placebo", "Metformin", ""],
        ["", "(n = 98)", "500 mg/day (n = 96)", "P value"],
        ["Fatigue score", "5.8", "3.0", "0.01"],
        ["Sleep quality score", "5.8", "5.7", "0.61"],
    ]
    claims = extract(cell_table(rows, caption="Outcomes")).claims
    assert _rows(claims) == [
        ("metformin", "Fatigue score", "decrease"),
        ("metformin", "Sleep quality score", "no_change"),
    ]
    assert claims[0].dose is not None and claims[0].dose.low == 500.0


def test_unlinked_substance_with_a_dose_is_named_by_its_label(extract: Extract) -> None:
    rows = [["Group", "Urea (mg/dL)"], ["Control", "30 ± 2"], ["Zelkanin 50 mg/kg", "22 ± 2*"]]
    claims = extract(cell_table(rows, notes=(("*", "p < 0.05 vs control"),))).claims
    assert [(claim.intervention.name, claim.intervention.id, claim.direction) for claim in claims] == [
        ("Zelkanin", None, "decrease")
    ]


def test_compound_rows_with_mean_and_maximum_lifespan(extract: Extract) -> None:
    rows = [
        ["Compound", "Dose", "Change in mean lifespan (%)", "p", "Change in maximum lifespan (%)", "p"],
        ["Metformin", "50 mM", "36", "<0.001", "2", "0.4"],
        ["Acarbose", "1 mM", "−4", "0.03", "–", ""],
    ]
    claims = extract(cell_table(rows, caption="Lifespan of worms")).claims
    found = [(claim.intervention.name, claim.outcome.statistic, claim.direction) for claim in claims]
    assert found == [
        ("metformin", "mean", "increase"),
        ("metformin", "maximum", "no_change"),
        ("acarbose", "mean", "decrease"),
    ]


@pytest.mark.parametrize(
    ("caption", "rows"),
    [
        ("Training and strength", [["Outcome", "Training", "Control", "P"], ["Strength (N)", "30", "20", "0.01"]]),
        ("Outcomes", [["Outcome", "Low dose", "High dose", "P"], ["Weight (kg)", "70", "75", "0.01"]]),
        ("Changes", [["Outcome", "Metformin before", "Metformin after", "P"], ["Weight", "70", "65", "0.01"]]),
        ("Univariate analysis", [["Variable", "Metformin", "Control", "P"], ["Response", "20", "30", "0.01"]]),
        ("Drugs given", [["Drug", "Metformin", "Placebo"], ["Antibiotic, n (%)", "9 (18)", "2 (4)"]]),
        ("Genotypes", [["Measure", "Wild type", "Mutant", "P"], ["Cells", "210 ± 8", "90 ± 7", "0.001"]]),
        ("Parameters", [["Parameter", "Metformin", "Placebo", "P"], ["Cmax (ng/mL)", "20", "0", "0.001"]]),
    ],
)  # fmt: skip
def test_tables_without_a_plain_comparison_give_nothing(extract: Extract, caption: str, rows: list[list[str]]) -> None:
    assert extract(cell_table(rows, caption=caption)).claims == ()


def test_marks_of_a_change_within_an_arm_give_nothing(extract: Extract) -> None:
    rows = [["Outcome", "Placebo", "Metformin"], ["Weight change (kg)", "-0.5", "-3.1*"]]
    assert extract(cell_table(rows, notes=(("*", "p < 0.05 versus baseline"),))).claims == ()


def test_marks_of_running_notes_name_their_comparator(extract: Extract) -> None:
    rows = [
        ["", "ND", "HFD", "HFD+Met"],
        ["Body weight (g)", "28.1 ± 0.5", "42.3 ± 0.9**", "36.2 ± 0.8##"],
        ["Liver fat (mg/g)", "12 ± 1", "60 ± 4**", "58 ± 3"],
    ]
    legend = "ND, normal diet; HFD, high-fat diet; Met, metformin. **p < 0.01 vs. ND; #p < 0.05, ##p < 0.01 vs. HFD."
    claims = extract(cell_table(rows, notes=((None, legend),))).claims
    assert _rows(claims) == [("metformin", "Body weight", "decrease"), ("metformin", "Liver fat", "no_change")]
    assert [claim.comparator and claim.comparator.text for claim in claims] == ["HFD", "HFD"]


def test_substance_added_to_an_inducer_is_compared_with_the_inducer(extract: Extract) -> None:
    rows = [
        ["Groups", "Control", "CCl4", "CCl4 + metformin (100 mg/kg)", "CCl4 + Zelkanin (50 mg/kg)"],
        ["ALT (U/L)", "40.1 ± 2.2", "180.3 ± 9.1a", "70.2 ± 4.4b", "175.0 ± 9.0"],
    ]
    legend = "a p < 0.05 compared with the control group; b p < 0.05 compared with the CCl4 group."
    claims = extract(cell_table(rows, caption="Liver enzymes of rats", notes=((None, legend),))).claims
    found = [(claim.intervention.name, claim.intervention.role, claim.direction) for claim in claims]
    assert found == [
        ("carbon tetrachloride", "inducer", "increase"),
        ("metformin", "treatment", "decrease"),
        ("Zelkanin", "treatment", "no_change"),
    ]


def test_doses_under_one_drug_header_are_arms(extract: Extract) -> None:
    rows = [
        ["", "Dose of melatonin (mg/kg)", "", ""],
        ["", "0 (control)", "5", "10"],
        ["Latency (s)", "20 ± 1", "24 ± 2", "31 ± 2*"],
    ]
    built = cell_table(rows, header_rows=2, colspans={(0, 1): 3}, notes=(("*", "P < 0.05 vs control"),))
    claims = extract(built).claims
    assert _rows(claims) == [("melatonin", "Latency", "no_change"), ("melatonin", "Latency", "increase")]


def test_columns_of_differences_have_their_own_p(extract: Extract) -> None:
    rows = [
        ["Outcome", "Metformin vs placebo, difference (95% CI)", "P", "Acarbose vs placebo, difference (95% CI)", "P"],
        ["Weight (kg)", "-2.1 (-3.1 to -1.1)", "<0.001", "-0.4 (-1.3 to 0.5)", "0.38"],
    ]
    claims = extract(cell_table(rows, caption="Differences between groups at 12 weeks")).claims
    assert _rows(claims) == [("metformin", "Weight", "decrease"), ("acarbose", "Weight", "no_change")]


def test_times_as_rows_and_the_time_zero_left_out(extract: Extract) -> None:
    rows = [
        ["Time (h)", "Control", "Morphine 5 mg/kg"],
        ["0", "3.1 ± 0.2", "3.0 ± 0.3"],
        ["1", "3.2 ± 0.2", "9.1 ± 0.4*"],
    ]
    built = cell_table(rows, caption="Tail-flick latency of rats", notes=(("*", "p < 0.05 vs control"),))
    claims = extract(built).claims
    found = [(claim.direction, claim.outcome.timepoint and claim.outcome.timepoint.text) for claim in claims]
    assert found == [("increase", "1")]


def test_a_column_headed_met_that_holds_numbers_is_no_endpoint(extract: Extract) -> None:
    rows = [["Endpoint", "Control", "MET", "P"], ["Grip strength (N)", "1.1", "1.4", "0.02"]]
    claims = extract(cell_table(rows, notes=((None, "MET, metformin."),))).claims
    assert _rows(claims) == [("metformin", "Grip strength", "increase")]


def test_p_values_within_each_arm_are_no_comparison(extract: Extract) -> None:
    rows = [
        ["Outcome", "Metformin before", "Metformin after", "p", "Placebo before", "Placebo after", "p"],
        ["LDL (mg/dL)", "130 ± 9", "110 ± 8", "0.01", "129 ± 9", "128 ± 8", "0.7"],
    ]
    assert extract(cell_table(rows)).claims == ()


def test_intervention_group_needs_words_that_the_drug_was_given(extract: Extract) -> None:
    rows = [["Outcome", "Intervention (n = 20)", "Control (n = 20)", "P"], ["Fatigue score", "2", "4", "0.01"]]
    assert extract(cell_table(rows, caption="Education and metformin adherence")).claims == ()
    claims = extract(cell_table(rows, caption="Effect of metformin on fatigue")).claims
    assert _rows(claims) == [("metformin", "Fatigue score", "decrease")]


def test_numbered_groups_are_compared_over_the_treatment_column(extract: Extract) -> None:
    rows = [
        ["Group", "Treatment", "Lesions", "p vs group 1"],
        ["1", "Vehicle", "10.2 ± 1.1", "–"],
        ["2", "Metformin 50 mg/kg", "6.1 ± 0.9", "0.01"],
        ["3", "Metformin 100 mg/kg", "9.8 ± 0.9", "0.60"],
    ]
    claims = extract(cell_table(rows, caption="Lesion count")).claims
    assert _rows(claims) == [("metformin", "Lesions", "decrease"), ("metformin", "Lesions", "no_change")]
