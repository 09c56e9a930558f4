"""Arms side by side without a test, with one test for all, or with tests in notes, rows and cells of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.judge import load_judge
from pipeline.model import Claim, Document, Table
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.settings import Settings
from pipeline.tables import TableExtraction, extract_table
from pipeline.tables.judge_features import rate_table_claims
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]
Notes = tuple[tuple[str | None, str], ...]


def _rows(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(claim.intervention.name, claim.outcome.name, claim.direction) for claim in claims]


def _signs(claims: tuple[Claim, ...]) -> list[bool | None]:
    return [None if claim.significance is None else claim.significance.significant for claim in claims]


def test_adverse_events_beside_placebo_follow_their_shares_and_state_no_significance(extract: Extract) -> None:
    rows = [
        ["Event", "Metformin (n = 40)", "Placebo (n = 50)"],
        ["Nausea", "9 (22.5)", "10 (20.0)"],
        ["Rash", "1 (2.5)", "4 (8.0)"],
        ["Cough", "2 (5.0)", "2.5 (5.0)"],
    ]
    claims = extract(cell_table(rows, caption="Adverse events during treatment, n (%)")).claims
    assert _rows(claims) == [("metformin", "nausea", "increase"), ("metformin", "rash", "decrease")]
    assert _signs(claims) == [None, None]


@pytest.mark.parametrize(
    ("caption", "row"),
    [
        ("Costs of care after 12 weeks", ["Ward", "410", "520"]),
        ("Treatments received during the trial", ["Oxygen, n (%)", "14 (35)", "20 (40)"]),
        ("Outcomes at week 12", ["Corticosteroid therapy, n (%)", "14 (35)", "20 (40)"]),
        ("Outcomes at week 12", ["Duration of treatment (days)", "14", "20"]),
        ("Distances of clinics", ["Walk (km)", "1.2", "1.9"]),
    ],
)  # fmt: skip
def test_values_that_tell_no_results_are_not_compared(caption: str, row: list[str], extract: Extract) -> None:
    rows = [["Measure", "Metformin (n = 40)", "Placebo (n = 50)"], row]
    assert extract(cell_table(rows, caption=caption)).claims == ()


def test_two_drugs_are_compared_only_where_both_say_how_many_got_them(extract: Extract) -> None:
    values = ["Pain score at week 6", "2.1", "3.4"]
    sized = [["Outcome", "Ibuprofen (n = 30)", "Naproxen (n = 31)"], values]
    bare = [["Outcome", "Ibuprofen", "Naproxen"], values]
    caption = "Outcomes of treatment"
    (claim,) = extract(cell_table(sized, caption=caption)).claims
    assert (claim.intervention.text, claim.direction, claim.significance) == ("Ibuprofen", "decrease", None)
    assert extract(cell_table(bare, caption=caption)).claims == ()


def test_counts_with_shares_below_a_size_are_values_and_no_spread(extract: Extract) -> None:
    rows = [
        ["Event", "Placebo", "Metformin"],
        ["", "(N = 50)", "(N = 40)"],
        ["", "n (%)", "n (%)"],
        ["Nausea", "10 (20.0)", "16 (40.0)†"],
    ]
    notes: Notes = (("†", "† p < 0.05 vs placebo."),)
    claims = extract(cell_table(rows, caption="Safety", notes=notes, header_rows=3)).claims
    assert _rows(claims) == [("metformin", "nausea", "increase")]


def test_difference_interval_and_p_in_one_cell_are_taken_apart(extract: Extract) -> None:
    rows = [
        ["Scale", "Placebo (n = 20)", "Metformin (n = 21)", "Difference (95% CI) P value"],
        ["Pain", "−1.5 (0.4)", "−3.9 (0.5)", "−2.4 (−3.9, −0.9) 0.004"],
        ["Sleep", "−0.5 (0.4)", "−0.7 (0.4)", "−0.2 (−1.3, 0.9) 0.720"],
    ]
    claims = extract(cell_table(rows, caption="Change of scores")).claims
    assert [(claim.outcome.name, claim.direction) for claim in claims] == [("pain", "decrease"), ("sleep", "no_change")]
    effect, significance = claims[0].effect, claims[0].significance
    assert effect is not None and (effect.value, effect.low, effect.high) == (-2.4, -3.9, -0.9)
    assert significance is not None and significance.p == 0.004


def test_columns_that_name_two_arms_above_values_with_intervals_are_differences(extract: Extract) -> None:
    rows = [
        ["Endpoint", "Ibuprofen 400 mg vs placebo (95% CI)", "Naproxen 500 mg vs placebo (95% CI)"],
        ["Pain", "−9.1 (−12.0, −6.2)*", "−2.0 (−4.9, 0.9)"],
        ["CRP (ratio of the two)", "0.70 (0.55, 0.90)*", "0.98 (0.80, 1.20)"],
    ]
    notes: Notes = (("*", "* p < 0.01 vs placebo."),)
    claims = extract(cell_table(rows, caption="Results at week 12", notes=notes)).claims
    assert [claim.direction for claim in claims] == ["decrease", "decrease", "no_change", "no_change"]


def test_rows_that_compare_a_code_with_placebo_name_the_code(extract: Extract) -> None:
    rows = [
        ["Comparison", "Response: OR (95% CI)", "p value"],
        ["20 µg QZV vs placebo", "2.1 (1.2–3.7)", "0.01"],
        ["Week 8 vs week 4", "1.4 (1.1–1.8)", "0.01"],
    ]
    claims = extract(cell_table(rows, caption="Models controlling by baseline titre")).claims
    assert [(claim.intervention.name, claim.direction) for claim in claims] == [("QZV", "increase")]


def test_marks_against_baseline_are_changes_within_the_treated_arm(extract: Extract) -> None:
    rows = [
        ["", "Baseline", "Week 4", "Week 8"],
        ["Pain score", "", "", ""],
        ["Metformin", "6.0 ± 1.1", "5.2 ± 1.0", "3.9 ± 0.9*"],
        ["Placebo", "6.1 ± 1.2", "5.9 ± 1.1", "5.8 ± 1.0"],
    ]
    notes: Notes = (("*", "* p < 0.05, intragroup difference from baseline"),)
    claims = extract(cell_table(rows, caption="Scores in each group", notes=notes)).claims
    found = [(claim.direction, claim.comparator is not None and claim.comparator.kind) for claim in claims]
    assert ("decrease", "baseline") in found
    assert ("increase", "baseline") not in found


def test_letters_that_say_only_with_whom_take_the_level_of_another_note(extract: Extract) -> None:
    rows = [
        ["Measure", "Control", "Metformin", "Curcumin"],
        ["ALT (U/L)", "90 ± 8", "52 ± 6a", "81 ± 9"],
        ["AST (U/L)", "120 ± 11", "70 ± 9a", "84 ± 8a"],
    ]
    notes: Notes = ((None, "a: compared with control"), (None, "P < 0.05 was considered significant"))
    claims = extract(cell_table(rows, caption="Liver enzymes", notes=notes)).claims
    decreased = [(claim.intervention.name, claim.outcome.name[:3]) for claim in claims if claim.direction == "decrease"]
    assert decreased == [("metformin", "ALT"), ("metformin", "AST"), ("curcumin", "AST")]


def test_p_below_each_arms_own_head_is_not_that_of_the_two(extract: Extract) -> None:
    rows = [
        ["", "Metformin (n = 16)", "Metformin (n = 16)", "Placebo (n = 15)", "Placebo (n = 15)"],
        ["", "9 months", "P", "9 months", "P"],
        ["Depth (mm)", "2.2 ± 0.3", "0.0001", "2.5 ± 0.6", "0.0001"],
    ]
    claims = extract(cell_table(rows, caption="Comparisons within groups", header_rows=2)).claims
    assert all(claim.significance is None for claim in claims)


def test_ratio_below_an_outcomes_row_judges_it(extract: Extract) -> None:
    rows = [
        ["", "Remdesivir (N = 54)", "Placebo (N = 52)"],
        ["Time to recovery (days)", "10", "15"],
        ["Rate ratio (95% CI)", "1.29 (1.12–1.49 [P<0.001])", ""],
        ["Time to discharge (days)", "12", "13"],
        ["Rate ratio (95% CI)", "1.05 (0.80–1.38)", ""],
    ]
    claims = extract(cell_table(rows, caption="Outcomes at day 29")).claims
    found = [(claim.outcome.name.lower(), claim.direction) for claim in claims]
    assert found == [("time to recovery", "decrease"), ("time to discharge", "no_change")]


def test_raised_decimal_points_are_read_and_kept_as_they_stand(extract: Extract) -> None:
    rows = [
        ["Outcome", "Remdesivir (n = 158)", "Placebo (n = 78)", "Difference (95% CI)"],
        ["Hospital stay, days", "19·5", "24·0", "−4·5 (−8·1 to −0·9)"],
    ]
    document, table = cell_table(rows, caption="Outcomes")
    (claim,) = extract((document, table)).claims
    effect = claim.effect
    assert claim.direction == "decrease"
    assert effect is not None and (effect.value, effect.low, effect.high) == (-4.5, -8.1, -0.9)
    assert "19·5" in claim.evidence.text
    assert effect.start is not None and document.source[effect.start : effect.end] == effect.text


def test_unmarked_means_say_nothing_where_the_changes_below_them_are_marked(extract: Extract) -> None:
    rows = [
        ["", "Metformin (n = 30)", "Placebo (n = 30)"],
        ["Pain", "", ""],
        ["Mean (SD)", "3.1 (0.9)", "4.4 (1.0)"],
        ["Mean change", "−2.9*", "−1.1"],
    ]
    notes: Notes = (("*", "* p < 0.01 vs placebo"),)
    claims = extract(cell_table(rows, caption="Scores at week 8", notes=notes)).claims
    assert [(claim.evidence.row, claim.direction) for claim in claims] == [(1, "decrease")]


def test_overall_above_the_arms_is_a_population_and_in_an_arms_place_none(extract: Extract) -> None:
    rows = [
        ["", "Children", "Children", "Overall", "Overall"],
        ["", "Metformin (n = 20)", "Placebo (n = 20)", "Metformin (n = 50)", "Placebo (n = 50)"],
        ["Nausea, n (%)", "4 (20)", "2 (10)", "11 (22)", "4 (8)"],
    ]
    claims = extract(cell_table(rows, caption="Adverse events", header_rows=2)).claims
    assert [claim.direction for claim in claims] == ["increase", "increase"]


def test_times_as_rows_take_the_outcome_that_a_numbered_caption_names(extract: Extract) -> None:
    rows = [
        ["Group / variable", "Metformin (n = 30)", "Placebo (n = 30)", "P"],
        ["After 2 h", "3 (2–4)", "4 (3–5)", "0.01"],
        ["After 4 h", "3 (2–3)", "3 (2–4)", "0.44"],
    ]
    claims = extract(cell_table(rows, caption="Table 2 Cramp scores on walking in both groups")).claims
    assert [(claim.outcome.name, claim.direction) for claim in claims] == [
        ("Cramp scores on walking", "decrease"), ("Cramp scores on walking", "no_change"),
    ]  # fmt: skip


def test_values_compared_without_a_test_have_less_confidence_than_tested_ones(vocabulary: Vocabulary) -> None:
    rows = [
        ["Adverse event", "Metformin (n = 40)", "Placebo (n = 50)", "P value"],
        ["Nausea", "9 (22.5)", "10 (20.0)", ""],
    ]
    tested = [rows[0], [*rows[1][:3], "0.04"]]
    (doubtful,), (firm,) = (_rate(table, vocabulary) for table in ([row[:3] for row in rows], tested))
    assert doubtful.significance is None and firm.significance is not None
    assert doubtful.confidence is not None and firm.confidence is not None
    assert doubtful.confidence < firm.confidence
    assert "without a test" in doubtful.why[-1] and "without a test" not in firm.why[-1]


def _rate(rows: list[list[str]], vocabulary: Vocabulary) -> list[Claim]:
    document, table = cell_table(rows, caption="Adverse events during treatment, n (%)")
    found = extract_table(document, table, vocabulary=vocabulary, settings=Settings())
    return list(rate_table_claims(found, document, table, judge=load_judge()))
