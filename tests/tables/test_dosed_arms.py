"""Arms that are named by their doses alone, beside one control for all, and rows that compare each with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Claim, Document, Table
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]
Notes = tuple[tuple[str | None, str], ...]


def _rows(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(claim.intervention.name, claim.outcome.name, claim.direction) for claim in claims]


def test_bare_doses_below_their_unit_are_of_what_the_caption_says_was_given(extract: Extract) -> None:
    rows = [
        ["Parameters", "Values (mg/kg)", "", "", "p value"],
        ["", "Control", "50", "200", ""],
        ["Creatinine", "0.5 ± 0.1", "0.6 ± 0.1", "0.5 ± 0.2", "0.41"],
    ]
    spans = {(0, 1): 3}
    caption = "Kidney values of rats orally dosed with invented leaf extract for two weeks"
    claims = extract(cell_table(rows, caption=caption, header_rows=2, colspans=spans)).claims
    assert _rows(claims) == [("invented leaf extract", "creatinine", "no_change")] * 2
    assert [claim.dose.values for claim in claims if claim.dose is not None] == [(50.0,), (200.0,)]
    other = "Kidney values of rats kept at the study site for two weeks"
    assert extract(cell_table(rows, caption=other, header_rows=2, colspans=spans)).claims == ()


def test_bare_numbers_without_a_unit_above_are_no_doses(extract: Extract) -> None:
    rows = [
        ["Parameters", "Age (weeks)", "", "", "p value"],
        ["", "Control", "50", "200", ""],
        ["Creatinine", "0.5 ± 0.1", "0.6 ± 0.1", "0.5 ± 0.2", "0.41"],
    ]
    caption = "Kidney values of rats orally dosed with invented leaf extract for two weeks"
    assert extract(cell_table(rows, caption=caption, header_rows=2, colspans={(0, 1): 3})).claims == ()


def test_one_control_alone_stands_beside_every_schedule(extract: Extract) -> None:
    rows = [
        ["", "Placebo", "Once weekly", "", "Once every 2 weeks", ""],
        ["", "", "5 mg", "10 mg", "10 mg", "20 mg"],
        ["n", "50", "50", "50", "50", "50"],
        ["Nausea", "3 (6)", "11 (22)", "12 (24)", "16 (32)", "3 (6)"],
    ]
    title = "Adverse events of the GLP-1 analogue liraglutide added to metformin, n (%)"
    built = cell_table(rows, caption=title, header_rows=2, colspans={(0, 2): 2, (0, 4): 2}, rowspans={(0, 1): 2})
    claims = extract(built).claims
    assert {claim.intervention.name for claim in claims} == {"liraglutide"}
    assert sorted(claim.direction for claim in claims) == ["increase", "increase", "increase", "no_change"]
    assert {claim.outcome.name for claim in claims} == {"nausea"}


def test_a_header_may_name_whose_concentrations_stand_below_it(extract: Extract) -> None:
    rows = [
        ["Concentration of invented hydrochloride", "n", "Longevity (days)", ""],
        ["", "", "mean +/- S.E.", "maximal"],
        ["Control", "12", "12.8 +/- 1.7", "28"],
        ["1:10000", "12", "18.2 +/- 2.2", "26"],
        ["1:100000", "12", "14.2 +/- 1.5", "30"],
    ]
    claims = extract(cell_table(rows, header_rows=2, colspans={(0, 2): 2})).claims
    assert {claim.intervention.name for claim in claims} == {"invented hydrochloride"}
    assert [claim.direction for claim in claims] == ["increase", "decrease", "increase", "increase"]
    assert all("ongevity" in claim.outcome.text for claim in claims)


def test_marks_at_the_change_from_placebo_say_nothing_of_the_rows_beside_it(extract: Extract) -> None:
    rows = [
        ["Parameter", "Placebo", "Sitagliptin 100 mg", "Vildagliptin 50 mg"],
        ["Fasting glucose (mg/dl)", "", "", ""],
        ["Week 24", "203 ± 48", "183 ± 54", "175 ± 55"],
        ["Change from placebo", "", "−23 (−32 to −13)*", "−3 (−12 to 6)"],
    ]
    notes: Notes = (("*", "P < 0.001 vs. placebo"),)
    claims = extract(cell_table(rows, caption="Efficacy", notes=notes)).claims
    assert [(claim.evidence.row, claim.intervention.name, claim.direction) for claim in claims] == [
        (1, "sitagliptin", "decrease"),
        (1, "vildagliptin", "no_change"),
    ]


@pytest.mark.parametrize("p", ["2.50 x 10⁻⁷", "2.5 × 10−7", "2.5 × 10 -7"])
def test_p_values_may_be_powers_of_ten(p: str, extract: Extract) -> None:
    rows = [["Outcome", "Metformin (n = 61)", "Placebo (n = 66)", "p value"], ["Pain", "10.4 (1.8)", "11.7 (1.8)", p]]
    (claim,) = extract(cell_table(rows, caption="Outcomes")).claims
    assert claim.significance is not None and claim.significance.p == pytest.approx(2.5e-7)
    assert (claim.significance.significant, claim.direction) == (True, "decrease")


def test_the_p_columns_head_may_say_which_arms_a_crossover_compares(extract: Extract) -> None:
    rows = [
        ["Measure", "Period 1", "Period 2", "Difference (95% CI)", "P value (active v placebo)"],
        ["Pain relief", "3.0 (0 to 7)", "0.5 (0 to 5)", "2.5 (0.5 to 4.5)", "0.035"],
        ["Fatigue", "4.0 (0 to 7)", "4.0 (0 to 5)", "0 (-1 to 1)", "0.9"],
    ]
    claims = extract(cell_table(rows, caption="Outcomes of treatment with gabapentin")).claims
    assert _rows(claims) == [("gabapentin", "pain relief", "increase"), ("gabapentin", "fatigue", "no_change")]


def test_a_code_before_the_model_is_what_was_given_to_it(extract: Extract) -> None:
    rows = [
        ["Groups", "ALT (U/l)"],
        ["Normal", "26 ± 2"],
        ["CCl4", "301 ± 6a"],
        ["Qx-1 250 mg/kg + CCl4", "196 ± 6b"],
    ]
    notes: Notes = (
        ("a", "P < 0.05 compared with the normal group"),
        ("b", "P < 0.05 compared with the CCl4 group"),
    )
    claims = extract(cell_table(rows, caption="Enzymes of rats", notes=notes)).claims
    assert ("Qx-1", "decrease") in [(claim.intervention.name, claim.direction) for claim in claims]


def test_notes_may_say_which_arm_is_the_negative_control(extract: Extract) -> None:
    rows = [
        ["Treatment", "Latency (s)"],
        ["DW + DW", "5.9 ± 0.2"],
        ["SCO + DW", "14.5 ± 2.7"],
        ["SCO + DZ", "6.1 ± 1.1*"],
    ]
    notes: Notes = (
        ("*", "p < 0.01 vs. negative control"),
        (None, "DW: distilled water; SCO: scopolamine (1 mg/kg); DZ: donepezil. SCO + DW: negative control group."),
    )
    claims = extract(cell_table(rows, caption="Memory of mice", notes=notes)).claims
    assert ("donepezil", "decrease") in [(claim.intervention.name, claim.direction) for claim in claims]
