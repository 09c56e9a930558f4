"""Arms that headers, captions, notes and the text name in other ways than by a column each."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from pipeline.ingest import read_bytes
from pipeline.model import Claim, Document, Table
from pipeline.settings import Settings
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]
Notes = tuple[tuple[str | None, str], ...]


def _rows(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(claim.intervention.text, claim.outcome.text, claim.direction) for claim in claims]


def _read(title: str, body: str, table: str) -> tuple[Document, Table]:
    page = f"<html><body><h1>{title}</h1><h2>Methods</h2><p>{body}</p>{table}</body></html>"
    document = read_bytes(page.encode(), name="page.html", settings=Settings())
    return document, document.tables[0]


def test_caption_says_whose_differences_a_column_holds(extract: Extract) -> None:
    rows = [
        ["", "Mean difference", "95% CI for the difference", "P value"],
        ["Waist (cm)", "0.4", "−0.3 to 1.1", "0.27"],
        ["Fasting glucose (mM)", "−0.8", "−1.3 to −0.3", "0.01"],
    ]
    claims = extract(cell_table(rows, caption="Effect of acarbose vs. placebo on metabolism")).claims
    assert _rows(claims) == [("acarbose", "Waist", "no_change"), ("acarbose", "Fasting glucose", "decrease")]
    assert {claim.comparator.kind for claim in claims if claim.comparator} == {"placebo"}


def test_brackets_of_a_ratio_say_whose_it_is(extract: Extract) -> None:
    rows = [["Event", "Hazard ratio (metformin vs placebo)", "95% CI"], ["Stroke", "0.71", "0.55–0.92"]]
    (claim,) = extract(cell_table(rows, caption="Events")).claims
    assert (claim.intervention.text, claim.direction) == ("metformin", "decrease")


def test_p_values_and_differences_below_a_row_are_its_own(extract: Extract) -> None:
    rows = [
        ["", "Placebo (n = 40)", "Metformin 500 mg (n = 41)", "Metformin 1000 mg (n = 39)"],
        ["Change in weight (kg)", "−0.3 (0.2)", "−0.9 (0.2)", "−2.0 (0.2)"],
        ["Difference from placebo (95% CI)", "", "−0.6 (−1.4, 0.2)", "−1.7 (−2.4, −1.0)"],
        ["P value vs placebo", "–", "0.14", "<0.001"],
    ]
    claims = extract(cell_table(rows, caption="Outcomes at week 24")).claims
    assert [(claim.direction, claim.dose.low if claim.dose else None) for claim in claims] == [
        ("no_change", 500.0), ("decrease", 1000.0),
    ]  # fmt: skip
    assert claims[1].effect is not None
    assert (claims[1].effect.value, claims[1].effect.high) == (-1.7, -1.0)


def test_p_values_of_both_arms_speak_of_changes_within_them(extract: Extract) -> None:
    rows = [
        ["Variable", "Time", "Curcumin (n = 25)", "Placebo (n = 25)", "P value"],
        ["CRP (mg/L)", "Before", "4.1 ± 1.0", "4.0 ± 1.1", "0.72"],
        ["", "After", "2.6 ± 0.9", "3.9 ± 1.0", "<0.001"],
        ["", "P value", "<0.001", "0.51", ""],
    ]
    (claim,) = extract(cell_table(rows, caption="Inflammation")).claims
    assert (claim.outcome.text, claim.direction, claim.evidence.row) == ("CRP", "decrease", 1)


def test_value_after_treatment_is_compared_with_the_one_before(extract: Extract) -> None:
    rows = [
        ["", "Placebo", "", "", "Acarbose", "", ""],
        ["", "Baseline", "Follow-up", "P value", "Baseline", "Follow-up", "P value"],
        ["Waist (cm)", "92.5", "92.1", "0.36", "92.6", "90.4", "0.007"],
    ]
    built = cell_table(rows, header_rows=2, colspans={(0, 1): 3, (0, 4): 3}, caption="Changes from baseline to week 8")
    (claim,) = extract(built).claims
    assert (claim.intervention.text, claim.direction) == ("Acarbose", "decrease")
    assert claim.significance is not None
    assert claim.significance.test == "within"


def test_single_arm_before_and_after_what_the_caption_names(extract: Extract) -> None:
    rows = [["Parameter", "Before", "After", "P value"], ["HbA1c (%)", "8.1 ± 0.9", "7.2 ± 0.8", "<0.001"]]
    (claim,) = extract(cell_table(rows, caption="Parameters before and after empagliflozin treatment")).claims
    assert (claim.intervention.text, claim.direction) == ("empagliflozin", "decrease")
    assert claim.comparator is not None
    assert claim.comparator.kind == "baseline"


def test_arms_named_by_dose_alone_take_their_drug_from_the_caption(extract: Extract) -> None:
    rows = [
        ["Group", "Paw volume (mL)"],
        ["Vehicle", "0.81 ± 0.05"],
        ["25 mg/kg", "0.66 ± 0.04*"],
        ["50 mg/kg", "0.79 ± 0.04"],
    ]
    notes: Notes = (("*", "p < 0.05 compared with vehicle"),)
    claims = extract(cell_table(rows, caption="Effect of naringenin in rats", notes=notes)).claims
    assert [(claim.intervention.text, claim.dose.low if claim.dose else None, claim.direction) for claim in claims] == [
        ("naringenin", 25.0, "decrease"), ("naringenin", 50.0, "no_change"),
    ]  # fmt: skip


def test_bare_numbers_below_a_drug_and_its_unit_are_doses(extract: Extract) -> None:
    rows = [["Curcumin (mg/kg)", "Body weight (g)"], ["0", "31.0"], ["100", "27.2*"]]
    notes: Notes = (("*", "P < 0.05 vs 0 mg/kg"),)
    (claim,) = extract(cell_table(rows, caption="Growth of mice", notes=notes)).claims
    assert claim.dose is not None
    assert (claim.intervention.text, claim.dose.low, claim.dose.unit, claim.direction) == (
        "Curcumin", 100.0, "mg/kg", "decrease",
    )  # fmt: skip


def test_what_induces_the_model_is_the_comparator_of_what_was_added(extract: Extract) -> None:
    rows = [
        ["Group", "Urea (mg/dl)"],
        ["Control", "32.1 ± 2.1"],
        ["Cisplatin", "96.4 ± 6.8a"],
        ["Cisplatin + quercetin", "54.7 ± 4.4b"],
        ["Quercetin", "31.8 ± 2.6"],
    ]
    notes: Notes = (("a", "p < 0.05 compared with control"), ("b", "p < 0.05 compared with cisplatin"))
    claims = extract(cell_table(rows, caption="Quercetin in cisplatin-treated rats", notes=notes)).claims
    assert [(claim.intervention.role, claim.direction) for claim in claims] == [
        ("inducer", "increase"), ("treatment", "decrease"), ("treatment", "no_change"),
    ]  # fmt: skip


def test_numbered_groups_mean_what_the_text_says_they_received(extract: Extract) -> None:
    table = (
        "<table><caption>Table 1. Liver enzymes</caption><tr><th>Group</th><th>ALT (U/L)</th></tr>"
        "<tr><td>I</td><td>162 ± 9</td></tr><tr><td>II</td><td>88 ± 6*</td></tr>"
        "<tfoot><tr><td colspan=2>*P &lt; 0.05 vs group I</td></tr></tfoot></table>"
    )
    body = "Group I received saline. Group II received silymarin (50 mg/kg)."
    (claim,) = extract(_read("Liver enzymes of rats", body, table)).claims
    assert (claim.intervention.name, claim.direction) == ("silymarin", "decrease")


def test_listed_p_values_belong_to_the_pairs_their_marks_name(extract: Extract) -> None:
    table = (
        "<table><caption>Table 1. Weight gain</caption><tr><th>Event</th><th>Placebo</th><th>Metformin</th>"
        "<th>Pioglitazone</th><th>P value</th></tr><tr><td>Weight gain, n</td><td>2</td><td>3</td><td>8</td>"
        "<td>0.61<sup>a</sup>, 0.009<sup>b</sup></td></tr><tfoot><tr><td colspan=5><sup>a</sup>placebo vs metformin; "
        "<sup>b</sup>placebo vs pioglitazone</td></tr></tfoot></table>"
    )
    claims = extract(_read("A trial", "Patients were treated.", table)).claims
    assert [(claim.intervention.text, claim.direction) for claim in claims] == [
        ("Metformin", "no_change"), ("Pioglitazone", "increase"),
    ]  # fmt: skip


def test_title_names_a_substance_no_vocabulary_knows(extract: Extract) -> None:
    table = (
        "<table><caption>Table 1. Outcomes</caption><tr><th></th><th>Treatment</th><th>Placebo</th>"
        "<th>P value</th></tr>"
        "<tr><td>LDL cholesterol (mM)</td><td>3.1</td><td>3.6</td><td>0.02</td></tr></table>"
    )
    (claim,) = extract(_read("QX17, a herbal mixture, lowers serum lipids in adults", "See.", table)).claims
    assert (claim.intervention.text, claim.direction) == ("QX17", "decrease")


def test_note_that_denies_every_difference_counts_for_each_row(extract: Extract) -> None:
    rows = [["Outcome", "Zinc (n = 130)", "Placebo (n = 128)"], ["Hospital stay (h)", "90 ± 30", "93 ± 28"]]
    notes: Notes = ((None, "No significant differences between the groups."),)
    (claim,) = extract(cell_table(rows, caption="Outcomes", notes=notes)).claims
    assert claim.direction == "no_change"


@pytest.mark.parametrize(
    "caption",
    ["Patients at entry", "Clinical data before treatment", "Baseline characteristics", "Cox regression analysis"],
)
def test_tables_of_what_was_before_give_nothing(extract: Extract, caption: str) -> None:
    rows = [["Score", "Metformin (n = 44)", "Placebo (n = 42)", "P"], ["Pain score", "5.2", "5.3", "0.8"]]
    assert extract(cell_table(rows, caption=caption)).claims == ()


def test_three_hundred_columns_are_read(extract: Extract) -> None:
    rows = [["Outcome", "Metformin", "Placebo", "P"] + [f"C{at}" for at in range(300)]]
    rows.append(["Weight (kg)", "70.1", "74.2", "0.03"] + ["1"] * 300)
    found = extract(cell_table(rows, caption="Outcomes"))
    assert found.failures


def test_nested_table_leaves_the_outer_one_readable(extract: Extract) -> None:
    table = (
        "<table><tr><th>Outcome</th><th>Metformin</th><th>Placebo</th><th>P</th></tr>"
        "<tr><td>Weight (kg)</td><td>70.1</td><td>74.2</td><td>0.03</td></tr>"
        "<tr><td>More<table><tr><td>inner</td><td>1</td></tr></table></td><td></td><td></td><td></td></tr></table>"
    )
    body = f"<body><sec><p>See.</p><table-wrap><label>Table 1</label>{table}</table-wrap></sec></body>"
    article = f"<article>{body}</article>"
    document = read_bytes(article.encode(), name="article.xml", settings=Settings())
    assert _rows(extract((document, document.tables[0])).claims) == [("Metformin", "Weight", "decrease")]


def test_cost_of_result_rows_is_linear(extract: Extract) -> None:
    def measure(count: int) -> float:
        rows = [["Outcome", "Metformin (n = 9)", "Placebo (n = 9)"]]
        rows += [
            [f"Marker {at} (mg/dL)", f"{at % 50 + 1}.1{'*' if at % 3 else ''}", f"{at % 40}.5"] for at in range(count)
        ]
        built = cell_table(rows, caption="Outcomes of mice", notes=(("*", "p < 0.05 vs placebo"),))
        start = process_time()
        assert len(extract(built).claims) == count
        return process_time() - start

    measure(50)
    assert measure(1_200) < 12 * measure(200) + 1
