"""Flattened tables: invented lifespan tables as a PDF's text would give them."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import Document, Table
from pipeline.tables import TableExtraction, read_table
from tests.tables.building import flattened_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]

WORMS = """Strain Sex Age at start Acarbose dose Route Control (d) Δ lifespan (%) Reference

Lean stocks

QX-1 Male 8 months 1,000 ppm Diet 820 12
Ostrow et al.12

QX-1 Female 8 months 1,000 ppm Diet 870 3NS

KLB/2 Female 4, 8, 12 months 2.5 mg per kg s.c. 2×/week, 3
weeks per month

~640 ~9a Palme et al.15

Obese stocks

Dbx−/− MF Weaning 400 ppm for 60 d Diet 310* −6NS*
Ruiz et al.18

Dbx−/− MF 20–22 weeks 400 ppm until 200 d Diet 300 −11

Dbx−/− MF 20–22 weeks 400 ppm with
metformin

Diet Not simple; see text. Ruiz et al.19"""

NOTES = (
    (
        None,
        "Control gives the median lifespan of untreated mice in days (* says that the mean is reported instead). "
        "aStudy was stopped early. NS, not statistically significant.",
    ),
)


def worms() -> tuple[Document, Table]:
    return flattened_table(WORMS, caption="Acarbose and the lifespan of mice", notes=NOTES)


def test_columns_are_typed_by_their_headers() -> None:
    typed = read_table(*worms())
    assert typed is not None
    kinds = [column.kind for column in typed.columns]
    assert kinds == ["strain", "sex", "age", "dose", "route", "control", "change", "reference"]
    assert typed.columns[5].unit == "d"


def test_wrapped_cells_stay_in_their_row() -> None:
    typed = read_table(*worms())
    assert typed is not None
    assert len(typed.rows) == 6
    assert [cell.text for cell in typed.rows[2].cells] == [
        "KLB/2", "Female", "4, 8, 12 months", "2.5 mg per kg", "s.c. 2×/week, 3 weeks per month", "~640", "~9a",
        "Palme et al.15",
    ]  # fmt: skip


def test_subheader_lines_are_no_rows() -> None:
    typed = read_table(*worms())
    assert typed is not None
    assert [row.subheaders[-1].text for row in typed.rows] == ["Lean stocks"] * 3 + ["Obese stocks"] * 3


def test_reference_printed_once_reaches_every_row_of_its_group(extract: Extract) -> None:
    claims = extract(worms()).claims
    assert [[work.marker for work in claim.citations] for claim in claims] == [
        ["12"], ["12"], ["15"], ["18"], ["18"], ["19"],
    ]  # fmt: skip


def test_reference_printed_between_the_rows_of_pairs_is_shared() -> None:
    body = """Strain Sex Dose Change in weight (%) Reference

AX1 Male 5 mg per kg 12

Orban et al.3

AX1 Female 5 mg per kg 14

AX2 Male 5 mg per kg 9

Lund et al.4

AX2 Female 5 mg per kg 7"""
    typed = read_table(*flattened_table(body))
    assert typed is not None
    assert [row.cells[-1].text for row in typed.rows] == ["Orban et al.3"] * 2 + ["Lund et al.4"] * 2


def test_row_glued_to_a_citation_is_cut_off() -> None:
    body = """Strain Sex Dose Change in weight (%) Reference

Axt3+/+ MF 5 mg per kg 12

Orban et al.33Axt3+/− MF 5 mg per kg 14

Axt3−/− MF 5 mg per kg 9 Lund et al.4"""
    typed = read_table(*flattened_table(body))
    assert typed is not None
    assert [row.cells[0].text for row in typed.rows] == ["Axt3+/+", "Axt3+/−", "Axt3−/−"]


def test_header_printed_again_is_dropped() -> None:
    header, first, *rest = WORMS.split("\n\n")
    body = "\n\n".join([header, first, *rest[:3], header, *rest[3:]])
    typed = read_table(*flattened_table(body, notes=NOTES))
    assert typed is not None
    assert len(typed.rows) == 6


def test_marks_glued_to_numbers_are_no_part_of_them(extract: Extract) -> None:
    effects = [claim.effect for claim in extract(worms()).claims]
    assert [effect.value for effect in effects if effect is not None] == [12.0, 3.0, 9.0, -6.0, -11.0, None]
    assert [effect.relation for effect in effects if effect is not None][2] == "~"


def test_direction_follows_sign_and_mark(extract: Extract) -> None:
    claims = extract(worms()).claims
    assert [claim.direction for claim in claims] == [
        "increase", "no_change", "increase", "no_change", "decrease", "unknown",
    ]  # fmt: skip
    assert not any(claim.negated for claim in claims)
    assert [claim.significance and claim.significance.significant for claim in claims] == [
        None, False, None, False, None, None,
    ]  # fmt: skip


def test_statistic_comes_from_the_legend_and_its_exceptions(extract: Extract) -> None:
    claims = extract(worms()).claims
    assert [claim.outcome.statistic for claim in claims][:4] == ["median", "median", "median", "mean"]
    assert {claim.outcome.name for claim in claims} == {"lifespan"}


def test_regimen_fields(extract: Extract) -> None:
    claims = extract(worms()).claims
    first, third, fourth, fifth, last = claims[0], claims[2], claims[3], claims[4], claims[5]
    assert first.dose is not None and (first.dose.low, first.dose.unit, first.dose.per) == (
        1000.0,
        "[ppm]",
        ("diet",),
    )
    assert third.schedule is not None
    assert (third.schedule.times, third.schedule.period_days, third.schedule.days_on) == (2.0, 7.0, 21.0)
    assert third.age is not None and third.age.low_days == 4 * 30.4375 and third.age.high_days == 12 * 30.4375
    assert fourth.duration is not None and fourth.duration.low_days == 60.0
    assert fifth.duration is not None and fifth.duration.until_age_days == 200.0
    assert [partner.name for partner in last.combined_with] == ["metformin"]
    assert fourth.sex is not None and fourth.sex.value == "both"
    assert fourth.age is not None and (fourth.age.text, fourth.age.low_days) == ("Weaning", None)
    assert first.intervention.source == "header"


def test_parallel_lists_become_parallel_claims(extract: Extract) -> None:
    body = """Strain Sex Starting age Rapamycin dose Control (d) Δ survival (%)

VNX Female 2, 4 or 6 months 0.5 mg per kg 280, 275, 290 4NS, 7, −8

VNY Female 2 months 0.5 mg per kg 280 11"""
    claims = extract(flattened_table(body, notes=((None, "NS, not significant."),))).claims
    assert [claim.effect.value for claim in claims if claim.effect] == [4.0, 7.0, -8.0, 11.0]
    controls = [claim.effect.control.value for claim in claims if claim.effect and claim.effect.control]
    assert controls == [280.0, 275.0, 290.0, 280.0]
    assert claims[1].age is not None and claims[1].age.low_days == 4 * 30.4375
    assert len({claim.claim_id for claim in claims}) == 4


def test_drug_named_in_the_dose_cell_wins_over_the_header(extract: Extract) -> None:
    body = """Strain Sex Rapamycin dose Route Δ survival (%)

VNX Female 5 mg per kg (everolimus) Oral 21

VNY Female 5 mg per kg i.p. 11"""
    claims = extract(flattened_table(body)).claims
    assert [claim.intervention.name for claim in claims] == ["everolimus", "sirolimus"]


def test_lines_that_are_no_table_are_recorded(extract: Extract) -> None:
    found = extract(flattened_table("word"))
    assert found.claims == ()
    assert len(found.failures) == 1 and found.failures[0].survivable
