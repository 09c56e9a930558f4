"""Columns that count or average the same arms in several ways, and heads that compare arms without being one."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import Claim, Document, Table
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]
Notes = tuple[tuple[str | None, str], ...]


def _rows(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(claim.intervention.name, claim.outcome.name, claim.direction) for claim in claims]


def test_counts_and_rates_of_the_same_events_are_compared_once_by_the_ratio(extract: Extract) -> None:
    rows = [
        ["", "Placebo N = 252", "", "Vericiguat N = 252", "", "Treatment comparison"],
        ["", "n (%)", "Event rate: % per year", "n (%)", "Event rate: % per year", "Hazard ratio (95% CI)"],
        ["Cardiovascular death", "44 (17.5)", "13.9", "41 (16.4)", "12.9", "0.93 (0.81, 1.06)"],
        ["Stroke", "44 (17.5)", "13.9", "21 (8.4)", "6.9", "0.53 (0.31, 0.86)"],
    ]  # fmt: skip
    built = cell_table(rows, caption="Outcomes of the trial", header_rows=2, colspans={(0, 1): 2, (0, 3): 2})
    assert [(row[0], row[2]) for row in _rows(extract(built).claims)] == [
        ("vericiguat", "no_change"),
        ("vericiguat", "decrease"),
    ]


def test_two_outcomes_below_each_arm_are_compared_each(extract: Extract) -> None:
    rows = [
        ["", "Placebo (n = 40)", "", "Metformin (n = 40)", ""],
        ["", "Weight (kg)", "Glucose (mg/dl)", "Weight (kg)", "Glucose (mg/dl)"],
        ["Week 12", "80.1", "121", "77.2", "110"],
    ]
    built = cell_table(rows, caption="Results at week 12", header_rows=2, colspans={(0, 1): 2, (0, 3): 2})
    assert len(extract(built).claims) == 2


def test_shares_of_the_control_are_no_arms(extract: Extract) -> None:
    rows = [
        ["Parameter", "Control", "Fe", "% of control", "Fe + HDN"],
        ["ALT (U/l)", "26 ± 2", "61 ± 3*", "235", "35 ± 2#"],
    ]
    notes: Notes = (
        ("*", "p < 0.05 compared with control"),
        ("#", "p < 0.05 compared with Fe"),
        (None, "HDN, hesperidin; Fe, ferrous sulfate."),
    )
    claims = extract(cell_table(rows, caption="Effects of hesperidin on enzymes of rats", notes=notes)).claims
    assert ("hesperidin", "decrease") in [(claim.intervention.name, claim.direction) for claim in claims]


def test_size_and_statistic_below_a_groups_name_do_not_name_it(extract: Extract) -> None:
    rows = [
        ["", "QX1 Group", "Placebo Group", "p value"],
        ["", "(n = 21)", "(n = 20)", ""],
        ["", "median (min, max)", "median (min, max)", ""],
        ["HbA1c (%)", "7.6 (6.0, 9.3)", "8.7 (7.8, 10.2)", "0.008"],
    ]
    document, table = cell_table(rows, caption="Outcomes of QX1 as an add-on treatment", header_rows=3)
    (claim,) = extract((document, table)).claims
    assert (claim.intervention.name, claim.direction) == ("QX1", "decrease")


def test_a_note_on_a_covariate_speaks_of_the_arms_and_may_raise_its_point(extract: Extract) -> None:
    rows = [
        ["", "Placebo", "Metformin"],
        ["Fasting glucose (mmol/l)", "0.051", "0.057"],
        ["Diastolic blood pressure (mmHg)", "-0.058", "-2.68*"],
    ]
    notes: Notes = (
        (None, "Value was significantly different from that of the placebo:"),
        ("*", "P ≤ 0·05 (analysis of covariance, baseline as a covariate)"),
    )
    claims = extract(cell_table(rows, caption="Changes from baseline at week 8", notes=notes)).claims
    assert [claim.direction for claim in claims] == ["no_change", "decrease"]
    assert claims[1].significance is not None and claims[1].significance.p == 0.05
