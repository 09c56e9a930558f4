"""Ages, strains and units that stand outside their cell: in a header, beside an animal word, behind a row's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model import Document, Table
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]


@pytest.mark.parametrize(
    ("header", "cell", "days"),
    [
        ("Age (months)", "8", 8 * 30.4375),
        ("Age at start, weeks", "12", 84.0),
        ("Age in days", "21", 21.0),
        ("Age (months)", "9 weeks", 63.0),
        ("Age", "8", None),
        ("Age (months)", "young", None),
    ],
)
def test_a_header_s_unit_reaches_bare_ages_but_not_others(
    extract: Extract, header: str, cell: str, days: float | None
) -> None:
    rows = [
        ["Drug", header, "Dose (ppm)", "Change in lifespan (%)"],
        ["Acarbose", cell, "1,000", "+11"],
    ]
    (claim,) = extract(cell_table(rows)).claims
    assert claim.age is not None
    assert claim.age.text == cell
    assert claim.age.low_days == claim.age.high_days == days


def test_a_header_s_unit_reaches_durations(extract: Extract) -> None:
    rows = [
        ["Drug", "Dose", "Treatment duration (weeks)", "Change in body weight (%)"],
        ["Metformin", "100 mg/kg", "6–8", "-7"],
    ]
    (claim,) = extract(cell_table(rows)).claims
    assert claim.duration is not None
    assert (claim.duration.text, claim.duration.low_days, claim.duration.high_days) == ("6–8", 42.0, 56.0)


@pytest.mark.parametrize(
    ("header", "cell", "strain"),
    [
        ("Strain", "C57BL/6J mice", "C57BL/6J"),
        ("Animals", "C57BL/6J mice", "C57BL/6J"),
        ("Species", "Male UM-HET3 mice", "UM-HET3"),
        ("Animals", "Wistar and Sprague-Dawley rats", "Wistar and Sprague-Dawley"),
        ("Animals", "Mice", None),
    ],
)
def test_a_strain_is_found_beside_the_animal_word(extract: Extract, header: str, cell: str, strain: str | None) -> None:
    rows = [[header, "Drug", "Dose", "Change in lifespan (%)"], [cell, "Acarbose", "1,000 ppm", "+11"]]
    (claim,) = extract(cell_table(rows)).claims
    assert (None if claim.strain is None else claim.strain.text) == strain


def test_a_unit_behind_the_row_s_name_is_the_effect_s_and_not_the_outcome_s(extract: Extract) -> None:
    rows = [
        ["Outcome", "Colchicine", "Placebo", "P value"],
        ["Hip pain, mm", "31", "40", "0.01"],
        ["Serum urate, mg/dL", "6.1", "6.0", "0.61"],
        ["Stiffness, morning", "2.1", "3.0", "0.02"],
    ]
    claims = extract(cell_table(rows, caption="Outcomes at week 12")).claims
    read = [(claim.outcome.text, claim.effect.unit if claim.effect else None) for claim in claims]
    assert read == [("Hip pain", "mm"), ("Serum urate", "mg/dL"), ("Stiffness, morning", None)]


def test_a_block_of_too_many_arms_is_recorded(extract: Extract) -> None:
    rows = [["Group", "Glucose (mM)", "P value"], ["Vehicle", "9.0", ""]]
    rows += [[f"Metformin {dose} mg/kg", "7.0", "0.01"] for dose in range(1, 71)]
    found = extract(cell_table(rows, caption="Glucose of mice"))
    assert found.claims == ()
    assert ["71 arms" in failure.cause for failure in found.failures] == [True]


def test_an_age_in_the_words_on_who_was_studied_is_read(extract: Extract) -> None:
    rows = [
        ["Population", "Regimens", "Duration", "Primary endpoint", "Was the primary endpoint met?"],
        ["218 adults aged ≥65 years", "Everolimus, 0.5 mg daily", "6 weeks", "Antibody titre", "Yes"],
    ]
    (claim,) = extract(cell_table(rows)).claims
    assert claim.age is not None
    assert (claim.age.text, claim.age.low_days, claim.age.high_days) == ("aged ≥65 years", 65 * 365.25, None)
