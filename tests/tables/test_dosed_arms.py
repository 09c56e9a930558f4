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
    assert [claim.dose.low for claim in claims if claim.dose is not None] == [50.0, 200.0]
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
        ["", "Placebo", "Every morning", "", "Every third evening", ""],
        ["", "", "30 mg", "70 mg", "70 mg", "110 mg"],
        ["n", "40", "40", "40", "40", "40"],
        ["Dizziness", "4 (10)", "9 (22.5)", "10 (25)", "14 (35)", "4 (10)"],
    ]
    title = "Adverse events during treatment with nifedipine in combination with atenolol, n (%)"
    built = cell_table(rows, caption=title, header_rows=2, colspans={(0, 2): 2, (0, 4): 2}, rowspans={(0, 1): 2})
    claims = extract(built).claims
    assert {claim.intervention.name for claim in claims} == {"nifedipine"}
    assert sorted(claim.direction for claim in claims) == ["increase", "increase", "increase", "no_change"]
    assert {claim.outcome.name for claim in claims} == {"dizziness"}


@pytest.mark.parametrize(
    ("amount", "drug"),
    [
        ("Dilution of fictive hydrochloride", "fictive hydrochloride"),
        ("Concentration of quercetin", "quercetin"),
        ("Amount of food", None),
        ("Dosage of noise", None),
        ("Dose of radiation", None),
    ],
)
def test_a_header_may_name_whose_amounts_stand_below_it(amount: str, drug: str | None, extract: Extract) -> None:
    rows = [
        [f"{amount} (%)", "n", "Survival (hours)", "Body length (mm)"],
        ["Control", "25", "61.4 ± 3.0", "7.1 ± 0.2"],
        ["0.3", "25", "83.9 ± 4.1*", "6.2 ± 0.3*"],
        ["0.9", "25", "70.5 ± 3.7*", "7.8 ± 0.3*"],
    ]
    notes: Notes = (("*", "p < 0.05 vs control"),)
    claims = extract(cell_table(rows, caption="Larvae in beakers", notes=notes)).claims
    assert {claim.intervention.name for claim in claims} == ({drug} if drug else set())
    if drug:
        assert [claim.direction for claim in claims] == ["increase", "decrease", "increase", "increase"]


def test_marks_at_the_change_from_placebo_say_nothing_of_the_rows_beside_it(extract: Extract) -> None:
    rows = [
        ["Item", "Placebo", "Ibuprofen 300 mg", "Naproxen 200 mg"],
        ["Grip strength (N)", "", "", ""],
        ["Day 9", "112 ± 20", "131 ± 22", "118 ± 19"],
        ["Change from placebo", "", "17 (8 to 26)*", "5 (−4 to 14)"],
    ]
    notes: Notes = (("*", "P < 0.001 vs. placebo"),)
    claims = extract(cell_table(rows, caption="Efficacy", notes=notes)).claims
    assert [(claim.evidence.row, claim.intervention.text, claim.direction) for claim in claims] == [
        (1, "Ibuprofen", "increase"),
        (1, "Naproxen", "no_change"),
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


def test_a_level_above_bare_doses_names_what_the_caption_names_too(extract: Extract) -> None:
    rows = [
        ["Parameters", "Control", "HerbaTab (mg/kg BW)", ""],
        ["", "", "250", "500"],
        ["Haemoglobin (g/dl)", "14.7 ± 0.2", "14.9 ± 0.3*", "13.8 ± 0.3*"],
    ]
    notes: Notes = (("*", "P < 0.05 compared with the control group"),)
    spans = {(0, 2): 2}
    caption = "Blood of HerbaTab-treated rats"
    claims = extract(cell_table(rows, caption=caption, notes=notes, header_rows=2, colspans=spans)).claims
    assert [(claim.intervention.name, claim.direction) for claim in claims] == [
        ("HerbaTab", "increase"),
        ("HerbaTab", "decrease"),
    ]
    other = cell_table(rows, caption="Blood of rats", notes=notes, header_rows=2, colspans=spans)
    assert extract(other).claims == ()


def test_doses_alone_are_of_what_the_caption_says_the_groups_were_treated_with(extract: Extract) -> None:
    rows = [
        ["Parameter", "Control", "Treatment of I. fictus essential oil", ""],
        ["", "", "125 mg/kg", "250 mg/kg"],
        ["Haemoglobin (g/dl)", "13.4 ± 0.3", "14.6 ± 0.2*", "14.7 ± 0.2"],
    ]
    notes: Notes = (("*", "Significant difference compared with the control group (P < 0.05)"),)
    caption = "Blood of rats in control and groups treated with different doses of I. fictus essential oil"
    claims = extract(cell_table(rows, caption=caption, notes=notes, header_rows=2, colspans={(0, 2): 2})).claims
    assert [(claim.intervention.name, claim.direction) for claim in claims] == [
        ("I. fictus essential oil", "increase"),
        ("I. fictus essential oil", "no_change"),
    ]


def test_what_is_measured_in_tissues_is_no_arm_and_the_tissue_no_outcome(extract: Extract) -> None:
    rows = [
        ["Groups", "MDA (nmol/mg protein)", "", "SOD (U/mg protein)", ""],
        ["", "Liver", "Kidney", "Liver", "Kidney"],
        ["Control", "2.0 ± 0.1", "1.7 ± 0.1", "3.0 ± 0.1", "1.9 ± 0.1"],
        ["MTX", "3.1 ± 0.2*", "4.8 ± 0.3*", "1.7 ± 0.1*", "1.6 ± 0.1*"],
        ["MTX+QF50", "2.0 ± 0.1#", "2.9 ± 0.1#", "2.5 ± 0.1#", "1.7 ± 0.1"],
    ]
    notes: Notes = (
        ("*", "p < 0.05 compared with the control group"),
        ("#", "p < 0.05 compared with the MTX group"),
        (None, "MTX: methotrexate"),
    )
    caption = "Effect of extract of Quercus ficta (QF) on hepatic and renal MDA and SOD"
    built = cell_table(rows, caption=caption, notes=notes, header_rows=2, colspans={(0, 1): 2, (0, 3): 2})
    found = [
        (claim.intervention.name, claim.outcome.text.split(" ")[0], claim.direction)
        for claim in extract(built).claims
        if claim.intervention.text == "QF50"
    ]
    assert found == [
        ("QF50", "MDA", "decrease"),
        ("QF50", "MDA", "decrease"),
        ("QF50", "SOD", "increase"),
        ("QF50", "SOD", "no_change"),
    ]


def test_given_to_the_model_the_studied_drug_is_compared_with_the_model(extract: Extract) -> None:
    rows = [
        ["Groups", "Control", "Normal + HDN (80 mg/kg)", "Normal + Fe (30 mg/kg)", "Fe (30 mg/kg) + HDN (80 mg/kg)"],
        ["SOD", "", "", "", ""],
        ["Liver", "7.7 ± 0.5", "8.3 ± 0.8", "5.4 ± 0.3*", "6.7 ± 0.4#"],
    ]
    notes: Notes = (
        ("*", "p < 0.05 compared with control"),
        ("#", "p < 0.05 compared with normal + Fe"),
        (None, "HDN—hesperidin, Fe—ferrous sulfate."),
    )
    claims = extract(cell_table(rows, caption="Effects of hesperidin on enzymes of rats", notes=notes)).claims
    assert ("hesperidin", "SOD", "increase") in [
        (claim.intervention.name, claim.outcome.text, claim.direction) for claim in claims
    ]


def test_who_had_a_drug_before_is_a_population_and_the_studied_drug_leads(extract: Extract) -> None:
    rows = [
        ["Response", "Methotrexate naïve", ""],
        ["", "Methotrexate N = 284", "Tocilizumab 8 mg/kg N = 286"],
        ["ACR20", "53%", "70%*"],
    ]
    notes: Notes = (("*", "p < 0.001, tocilizumab versus methotrexate."),)
    built = cell_table(rows, caption="Trials of tocilizumab", notes=notes, header_rows=2, colspans={(0, 1): 2})
    assert _rows(extract(built).claims) == [("tocilizumab", "ACR20", "increase")]


def test_a_letter_may_stand_for_the_control_group(extract: Extract) -> None:
    rows = [
        ["Variable", "Group KS (n = 30)", "Group KI (n = 30)", "Group C (n = 30)", "P value"],
        ["Postoperative VAS", "1.2 ± 0.4", "1.1 ± 0.6", "4.9 ± 0.8", "0.001"],
    ]
    note = "Abbreviations: KS, subcutaneous ketamine; KI, intravenous ketamine; C, control."
    claims = extract(cell_table(rows, caption="Pain after surgery", notes=((None, note),))).claims
    assert [(claim.intervention.name, claim.direction) for claim in claims] == [("ketamine", "decrease")] * 2
    assert extract(cell_table(rows, caption="Pain after surgery")).claims == ()


def test_blocks_of_one_sex_hold_values_and_rows_of_a_sex_count_who_was_enrolled(extract: Extract) -> None:
    head = ["Dose (mg/kg/day)", "0", "500", "1000"]
    values = ["Neutrophils (%)", "9.1 ± 2.3", "11.2 ± 3.4", "14.6 ± 2.7*"]
    notes: Notes = (("*", "Significantly different from the control group (p < 0.05)"),)
    blocks = [head, ["Male rat", "", "", ""], values, ["Female rats", "", "", ""], values]
    caption = "Blood of animals treated with QXT for 4 weeks"
    claims = extract(cell_table(blocks, caption=caption, notes=notes)).claims
    assert [claim.direction for claim in claims] == ["no_change", "increase"] * 2
    enrolled = [head, ["Males", "5", "6", "5"], ["Females", "5", "4", "5"], values]
    assert extract(cell_table(enrolled, caption=caption, notes=notes)).claims == ()
