"""What cells of arms say in words: months fed in turn, days after an event, units in headers, shares in footnotes."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.model import Claim, Document, Table
from pipeline.tables import TableExtraction
from tests.tables.building import cell_table

Extract = Callable[[tuple[Document, Table]], TableExtraction]
HEADER = ["Strain", "Sex", "Age (months)", "Metformin dose (ppm)", "Route", "Control (d)", "Δ lifespan (%)"]


def read_arm(extract: Extract, *cells: str, notes: tuple[tuple[str | None, str], ...] = ()) -> Claim:
    other = ["QX-2", "Male", "8", "1,000", "Diet", "810", "5"]
    rows = [HEADER, list(cells), other, other]
    return extract(cell_table(rows, caption="Lifespan of mice", notes=notes)).claims[0]


def test_the_unit_of_a_bare_number_is_placed_in_its_header(extract: Extract) -> None:
    claim = read_arm(extract, "QX-1", "Male", "8", "1,000", "Diet", "820", "12")
    assert claim.age is not None and claim.age.unit_at is not None
    assert (claim.age.text, claim.age.low_days, claim.age.unit_at.text) == ("8", 8 * 30.4375, "months")
    assert claim.dose is not None and claim.dose.unit_at is not None
    assert (claim.dose.low, claim.dose.unit, claim.dose.unit_at.text) == (1000.0, "[ppm]", "ppm")


def test_a_unit_in_the_cell_needs_no_other_place(extract: Extract) -> None:
    claim = read_arm(extract, "QX-1", "Male", "8 weeks", "5 mg/kg", "i.p.", "820", "12")
    assert claim.age is not None and claim.age.unit_at is None
    assert claim.dose is not None and claim.dose.unit_at is None


def test_feeding_every_other_month_is_a_month_on_and_a_month_off(extract: Extract) -> None:
    fed = read_arm(extract, "QX-1", "Male", "8", "1,000", "Diet every other month", "820", "12").schedule
    assert fed is not None and (fed.times, fed.days_on, fed.days_off) == (None, 30.4375, 30.4375)
    injected = read_arm(extract, "QX-1", "Male", "8", "5 mg/kg", "i.p. every other day", "820", "12").schedule
    assert injected is not None and (injected.times, injected.period_days) == (1.0, 2.0)


def test_days_after_an_event_are_a_schedule_without_numbers(extract: Extract) -> None:
    schedule = read_arm(extract, "QX-1", "Male", "8", "5 mg/kg day 0–6 after grafting", "i.p.", "820", "12").schedule
    assert schedule is not None
    assert (schedule.text, schedule.times) == ("day 0–6 after grafting", None)


def test_shares_of_a_footnote_stand_for_the_effect_of_a_cell_that_holds_its_mark(extract: Extract) -> None:
    note = "Ninety per cent of treated mice survived to one year versus 30% of control mice."
    claim = read_arm(extract, "QX-1", "Male", "8", "5 mg/kg", "i.p.", "820", "b", notes=(("b", note),))
    effect = claim.effect
    assert effect is not None and effect.control is not None
    assert (claim.direction, effect.text, effect.value, effect.source) == (
        "increase",
        "Ninety per cent",
        90.0,
        "footnote",
    )
    assert (effect.control.value, effect.change_percent) == (30.0, 200.0)


def test_no_deaths_are_a_share_of_none(extract: Extract) -> None:
    note = "There were no deaths in the treated group at week 8 versus 100% of untreated mice."
    claim = read_arm(extract, "QX-1", "Male", "8", "5 mg/kg", "i.p.", "820", "b", notes=(("b", note),))
    effect = claim.effect
    assert effect is not None
    assert (effect.text, effect.value, effect.change_percent) == ("no deaths", 0.0, -100.0)
