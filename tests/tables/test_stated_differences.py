"""Differences, periods and arrows that captions and rows explain, and captions that only seem to refuse a table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Claim, Document, Table
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]


def _rows(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(claim.intervention.text, claim.outcome.text, claim.direction) for claim in claims]


_SCORES = [
    ["Score", "Metformin", "Placebo", "P"],
    ["Pain", "3.1 (1.0)", "4.4 (1.2)", "0.01"],
    ["Sleep", "6.0 (2.0)", "6.1 (1.9)", "0.82"],
]


@pytest.mark.parametrize(
    "caption",
    [
        "Scores at week 12. Baseline values are the mean of two visits",
        "Change of scores (week 12 minus baseline)",
        "Scores after 12 weeks (n = 24). Multivariate models gave the same",
    ],
)
def test_only_a_captions_first_sentence_says_that_a_table_holds_no_results(caption: str, extract: Extract) -> None:
    assert len(extract(cell_table(_SCORES, caption=caption)).claims) == 2


@pytest.mark.parametrize("caption", ["Baseline scores of both groups", "Table 1. Baseline scores vs. norms"])
def test_baseline_in_the_first_sentence_refuses_the_table(caption: str, extract: Extract) -> None:
    assert extract(cell_table(_SCORES, caption=caption)).claims == ()


def test_caption_explains_columns_by_the_heads_in_its_brackets(extract: Extract) -> None:
    rows = [
        ["", "Weeks 0–8", "Weeks 8–16", "P"],
        ["Platelets", "+1.2 (0.5)", "−3.4 (0.7)", "0.03"],
        ["Monocytes", "+0.2 (0.1)", "+0.1 (0.1)", "0.61"],
    ]
    caption = "Changes during the time on acarbose (weeks 8 – 16) compared with the time on placebo (weeks 0–8)"
    claims = extract(cell_table(rows, caption=caption)).claims
    assert _rows(claims) == [("acarbose", "Platelets", "decrease"), ("acarbose", "Monocytes", "no_change")]
    assert {claim.comparator.kind for claim in claims if claim.comparator} == {"placebo"}


def test_adjusted_differences_are_read_by_time_and_outcome(extract: Extract) -> None:
    rows = [
        ["Visit", "No.", "Systolic (mmHg)", "", "Diastolic (mmHg)", ""],
        ["", "", "Crude", "Adjusted", "Crude", "Adjusted"],
        ["Baseline", "90", "0.4 (−1.0 to 1.8)", "0.3 (−1.1 to 1.7)", "0.1 (−1.0 to 1.2)", "0.2 (−1.0 to 1.4)"],
        ["6 months", "81", "−1.0 (−2.4 to 0.4)", "−1.9 (−3.1 to −0.7)", "0.6 (−0.5 to 1.7)", "0.5 (−0.6 to 1.6)"],
    ]
    caption = "Regression estimates of blood pressure (acarbose vs. placebo)"
    built = cell_table(rows, header_rows=2, colspans={(0, 2): 2, (0, 4): 2}, caption=caption)
    claims = extract(built).claims
    assert _rows(claims) == [("acarbose", "Systolic", "decrease"), ("acarbose", "Diastolic", "no_change")]
    assert [claim.outcome.timepoint.text for claim in claims if claim.outcome.timepoint] == ["6 months", "6 months"]
    assert [claim.effect.value for claim in claims if claim.effect] == [-1.9, 0.5]


def test_first_body_row_of_statistics_is_header_and_subgroups_are_no_outcomes(extract: Extract) -> None:
    rows = [
        ["", "Decrease in wheal size (mm)", "", "", ""],
        ["Genotype", "Mean", "95% CI", "", "P-value"],
        ["A/A", "0.7", "−1.8", "3.2", "0.57"],
        ["A/G", "3.0", "0.1", "5.9", "0.04"],
    ]
    caption = "Decrease in wheal size after cetirizine pre-treatment as compared to placebo pre-treatment"
    claims = extract(cell_table(rows, colspans={(0, 1): 4, (1, 2): 2}, caption=caption)).claims
    assert [claim.direction for claim in claims] == ["no_change", "increase"]
    assert {claim.outcome.text for claim in claims} == {"Decrease in wheal size"}
    assert {claim.intervention.text for claim in claims} == {"cetirizine"}


def test_rows_state_above_each_value_which_arms_it_compares(extract: Extract) -> None:
    rows = [
        ["", "Placebo (n = 20)", "Metformin (n = 21)", "Acarbose (n = 19)"],
        ["Adjusted mean", "7.1", "6.2", "7.0"],
        ["", "", "Metformin vs placebo", "Acarbose vs placebo"],
        ["Difference", "", "−0.9", "−0.1"],
        ["95% CI", "", "−1.3, −0.5", "−0.6, 0.4"],
        ["P value", "", "<0.001", "0.62"],
    ]
    claims = extract(cell_table(rows, caption="HbA1c (%) at 24 weeks by treatment")).claims
    assert _rows(claims) == [("Metformin", "HbA1c", "decrease"), ("Acarbose", "HbA1c", "no_change")]
    assert [(claim.evidence.row, claim.effect.low) for claim in claims if claim.effect] == [(2, -1.3), (2, -0.6)]


def test_arrows_state_directions_and_units_are_no_arms(extract: Extract) -> None:
    rows = [
        ["", "Metformin", "", "Placebo", ""],
        ["", "mg/dl", "percent", "mg/dl", "percent"],
        ["Triglycerides", "↓ 13.7", "↓ 6.3", "↑ 4.4", "↑ 2.0"],
        ["HDL", "↑ 1.4", "↑ 3.1", "↑ 2.1", "↑ 4.6"],
    ]
    built = cell_table(rows, header_rows=2, colspans={(0, 1): 2, (0, 3): 2}, caption="Lipids after 6 weeks")
    claims = extract(built).claims
    assert _rows(claims) == [("Metformin", "Triglycerides", "decrease"), ("Metformin", "HDL", "increase")]
    assert all(claim.comparator is None and claim.significance is None for claim in claims)


def test_cell_with_a_mark_that_no_note_explains_is_not_taken_for_unmarked(extract: Extract) -> None:
    rows = [
        ["Measure", "Control", "Metformin", "Aspirin"],
        ["Weight (g)", "31 ± 1", "27 ± 1*", "30 ± 1"],
        ["Glucose (mM)", "8.1 ± 0.3", "7.9 ± 0.4", "6.0 ± 0.2†"],
    ]
    claims = extract(cell_table(rows, caption="Effects on mice", notes=((None, "* p < 0.05 vs control"),))).claims
    assert _rows(claims) == [
        ("Metformin", "Weight", "decrease"), ("Aspirin", "Weight", "no_change"), ("Metformin", "Glucose", "no_change"),
    ]  # fmt: skip


def test_marks_without_any_note_say_nothing_of_unmarked_cells(extract: Extract) -> None:
    rows = [["Measure", "Control", "Metformin"], ["Weight", "31 ± 1", "27 ± 1*"], ["Glucose", "8.1 ± 0.3", "7.9 ± 0.4"]]
    assert extract(cell_table(rows, caption="Effects on mice")).claims == ()
