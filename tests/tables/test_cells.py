"""Tables with cells: spans, sub-headers, endpoints, comparisons, and tables that must give nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Cell, Document, Table
from pipeline.tables import TableExtraction, read_table
from pipeline.tables.columns import outcome_words
from pipeline.tables.texts import CellText
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]


def test_rowspan_gives_the_cell_to_each_row_but_is_evidence_once(extract: Extract) -> None:
    rows = [
        ["Drug", "Dose", "Sex", "Control lifespan (d)", "Change in lifespan (%)", "Ref."],
        ["Metformin", "50 mg/kg", "Male", "800", "4", "[7]"],
        ["", "100 mg/kg", "Female", "820", "−9*", ""],
    ]
    built = cell_table(
        rows,
        caption="Metformin in mice",
        notes=(("*", "P < 0.05 versus control"),),
        rowspans={(1, 0): 2, (1, 5): 2},
    )
    claims = extract(built).claims
    assert [claim.intervention.name for claim in claims] == ["metformin", "metformin"]
    assert [claim.direction for claim in claims] == ["increase", "decrease"]
    assert [[work.marker for work in claim.citations] for claim in claims] == [["7"], ["7"]]
    assert "Metformin" not in claims[1].evidence.text


def test_unmarked_cell_is_of_unknown_significance_unless_the_legend_says_so(extract: Extract) -> None:
    rows = [
        ["Drug", "Dose", "Change in weight (%)"],
        ["Metformin", "50 mg/kg", "4"],
        ["Acarbose", "100 mg/kg", "−9*"],
    ]
    claims = extract(cell_table(rows, notes=(("*", "P < 0.05 versus control"),))).claims
    assert claims[0].significance is None
    assert claims[1].significance is not None and claims[1].significance.significant
    assert claims[1].significance.p == 0.05
    legend = ((None, "Unmarked changes are not significant."), ("*", "P < 0.05 versus control"))
    said = extract(cell_table(rows, notes=legend))
    assert said.claims[0].significance is not None and said.claims[0].significance.significant is False


def test_control_row_of_a_drug_column_is_no_claim(extract: Extract) -> None:
    rows = [
        ["Treatment", "Dose", "Change in weight (%)"],
        ["Vehicle", "", "1"],
        ["Metformin", "50 mg/kg", "−6"],
        ["Acarbose", "20 mg/kg", "–"],
    ]
    claims = extract(cell_table(rows)).claims
    assert [claim.intervention.name for claim in claims] == ["metformin"]


def test_endpoint_table_gives_one_claim_for_each_studied_drug(extract: Extract) -> None:
    rows = [
        ["Population", "Dosing regimen", "Duration", "Primary endpoint", "Endpoint met?", "Reference"],
        ["40 adults with gout", "Everolimus, 0.5 mg daily Everolimus, 2 mg weekly Placebo", "6 weeks",
         "Reduction in joint pain", "Yes", "Orban et al.3"],
        ["1,200 old adults", "Metformin, 500 mg daily Metformin, 500 mg + acarbose, 50 mg daily Placebo", "2 months",
         "Improvement in grip strength", "No", "Lund et al.4"],
        ["12 adults", "Metformin, 500 mg daily Placebo", "2 weeks", "Safety and tolerability", "Yes", "Lund et al.5"],
    ]  # fmt: skip
    claims = extract(cell_table(rows, caption="Completed trials")).claims
    assert [(claim.intervention.name, claim.outcome.name.lower(), claim.direction) for claim in claims] == [
        ("everolimus", "joint pain", "decrease"),
        ("metformin", "grip strength", "no_change"),
    ]
    first = claims[0]
    assert first.dose is not None and first.dose.values == (0.5, 2.0)
    assert first.schedule is None
    assert claims[1].schedule is not None and claims[1].schedule.period_days == 1.0
    assert first.population is not None and first.population.text == "adults with gout"
    assert first.sample_size is not None and (first.sample_size.value, first.sample_size.of) == (40, "study")
    assert claims[1].sample_size is not None and claims[1].sample_size.value == 1200
    assert first.comparator is not None and first.comparator.kind == "placebo"


RESULTS = [
    ["Outcome", "Metformin (n = 40)", "Placebo (n = 41)", "P value"],
    ["Fasting glucose (mmol/L), mean (SD)", "6.1 (1.2)", "7.4 (1.1)", "0.002"],
    ["Grip strength (kg)", "31.2 ± 4.0", "30.9 ± 4.2", "0.71"],
    ["Falls, n (%)", "12 (30%)", "20 (49%)", "0.04"],
    ["Deaths", "0", "1", "–"],
]


def test_comparison_gives_one_claim_for_each_outcome_with_a_p_value(extract: Extract) -> None:
    claims = extract(cell_table(RESULTS, caption="Outcomes at 12 weeks")).claims
    assert [(claim.outcome.text, claim.direction) for claim in claims] == [
        ("Fasting glucose", "decrease"), ("Grip strength", "no_change"), ("Falls", "decrease"),
    ]  # fmt: skip
    assert [claim.significance and claim.significance.p for claim in claims] == [0.002, 0.71, 0.04]
    effect = claims[0].effect
    assert effect is not None and effect.control is not None and effect.treated is not None
    assert (effect.treated.value, effect.control.value, effect.treated.n) == (6.1, 7.4, 40)


@pytest.mark.parametrize(
    "caption",
    ["Baseline characteristics of the patients", "Demographic data", "Pharmacokinetic parameters", "Primers used"],
)
def test_tables_that_are_no_results_give_nothing(extract: Extract, caption: str) -> None:
    assert extract(cell_table(RESULTS, caption=caption)).claims == ()


def test_rows_that_describe_who_was_enrolled_give_nothing(extract: Extract) -> None:
    rows = [
        RESULTS[0],
        ["Age, years", "61 (9)", "62 (8)", "0.5"],
        ["Female sex", "20 (50%)", "22 (54%)", "0.7"],
        RESULTS[1],
    ]
    assert extract(cell_table(rows, caption="Participants")).claims == ()


def test_genotype_comparison_without_a_drug_gives_nothing(extract: Extract) -> None:
    rows = [["Measure", "Wild type", "Mutant", "P"], ["Hair cells", "210 ± 8", "90 ± 7", "0.001"]]
    assert extract(cell_table(rows, caption="Cells at birth")).claims == ()


def test_mentions_of_cells(extract: Extract) -> None:
    rows = [
        ["Strain", "Sex", "Age", "Dose", "Route", "Change in weight (%)"],
        ["Qx−/−", "Male", "3 months", "5 mg/kg metformin", "i.p. daily", "12"],
    ]
    mentions = extract(cell_table(rows)).mentions
    found = {(mention.label, mention.text) for mention in mentions}
    assert {("STRAIN", "Qx−/−"), ("SEX", "Male"), ("AGE", "3 months"), ("DOSE", "5 mg/kg"), ("ROUTE", "i.p."),
            ("SCHEDULE", "daily"), ("CHEMICAL", "metformin"), ("EFFECT", "12")} <= found  # fmt: skip


def test_huge_spans_and_ragged_rows_are_survived(extract: Extract) -> None:
    document, table = cell_table(
        [["Drug", "Dose", "Change in weight (%)"], ["Metformin", "5 mg/kg", "4"], ["Acarbose"], []],
        colspans={(1, 2): 10**9},
        rowspans={(1, 0): 10**9},
    )
    assert len(extract((document, table)).claims) == 1


def test_cells_far_out_are_recorded_not_laid_out(extract: Extract) -> None:
    document, table = cell_table([["Drug", "Dose", "Change in weight (%)"], ["Metformin", "5 mg/kg", "4"]])
    far = Cell("x", (), 1, 10**9)
    wide = Table(
        number="1", caption=None, caption_span=None, cells=(*table.cells, far), lines=(), notes=(), spans=table.spans
    )
    found = extract((document, wide))
    assert len(found.claims) == 1
    assert len(found.failures) == 1


def test_empty_table_gives_nothing(extract: Extract) -> None:
    document, table = cell_table([["Drug"]])
    assert extract((document, table)).claims == ()


def test_extraction_is_deterministic(extract: Extract) -> None:
    built = cell_table(RESULTS, caption="Outcomes")
    assert extract(built) == extract(built)


def test_multi_row_header_joins_its_levels() -> None:
    rows = [
        ["Outcome", "Week 12", "", "P value"],
        ["", "Metformin", "Placebo", ""],
        ["Weight", "70.1", "74.2", "0.03"],
    ]
    built = cell_table(rows, header_rows=2, colspans={(0, 1): 2})
    typed = read_table(*built)
    assert typed is not None
    assert [column.header.text for column in typed.columns] == [
        "Outcome", "Week 12 Metformin", "Week 12 Placebo", "P value",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Percentage or absolute change (mmol/L)", None),
        ("Change in nausea and vomiting (%)", "nausea and vomiting"),
        ("Median lifespan change (%)", "Median lifespan"),
    ],
)
def test_an_effect_headers_joining_words_name_no_outcome(header: str, expected: str | None) -> None:
    found = outcome_words(CellText(header, tuple(range(len(header)))))
    assert (None if found is None else found.text.strip()) == expected
