from __future__ import annotations

import pytest

from pipeline.tables.values import read_age, read_doses, read_schedule, read_spells, read_values

MONTH = 30.4375


@pytest.mark.parametrize(
    ("text", "value", "marks"),
    [
        ("~10a", 10.0, ("a",)),
        ("−3.5NS", -3.5, ("NS",)),
        ("16d", 16.0, ("d",)),
        (">292*a", 292.0, ("*", "a")),
        ("1,204**", 1204.0, ("**",)),
        ("NS", None, ("NS",)),
        ("b", None, ("b",)),
    ],
)
def test_marks_are_split_from_the_number(text: str, value: float | None, marks: tuple[str, ...]) -> None:
    (found,) = read_values(text, ("a", "b", "d", "*"))
    assert (found.value, found.marks, found.rest) == (value, marks, "")


def test_letter_that_no_note_defines_is_no_mark() -> None:
    (found,) = read_values("16d", ())
    assert found.value == 16.0 and found.marks == () and found.rest == "d"


def test_list_of_values_keeps_each_mark() -> None:
    found = read_values("5.7NS, 6.1, 5.5", ())
    assert [(item.value, item.marks) for item in found] == [(5.7, ("NS",)), (6.1, ()), (5.5, ())]


def test_thousands_are_no_list() -> None:
    assert [item.value for item in read_values("1,051", ())] == [1051.0]


def test_range_has_bounds_and_no_value() -> None:
    (found,) = read_values("843–891", ())
    assert (found.value, found.low, found.high) == (None, 843.0, 891.0)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20–21 months", 20 * MONTH, 21 * MONTH),
        ("4, 13, 20 months", 4 * MONTH, 20 * MONTH),
        ("9 or 16 months", 9 * MONTH, 16 * MONTH),
        ("600–700 d", 600.0, 700.0),
        ("<5 months", None, 5 * MONTH),
        ("Day 4", 4.0, 4.0),
        ("P21", 21.0, 21.0),
        ("Birth (via dam)", 0.0, 0.0),
        ("2 years", 730.5, 730.5),
    ],
)
def test_ages_in_days(text: str, low: float | None, high: float | None) -> None:
    age = read_age(text)
    assert age is not None and (age.low, age.high) == (low, high)


@pytest.mark.parametrize("text", ["Weaning", "E12.5", "Tumor ≥100 mm3", "To dams from conception"])
def test_age_in_words_has_no_days(text: str) -> None:
    assert read_age(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1×/d", (1.0, 1.0, None, None)),
        ("3×/week, 2 weeks per month", (3.0, 7.0, 14.0, MONTH - 14.0)),
        ("3×/week 2 weeks per 4", (3.0, 7.0, 14.0, 14.0)),
        ("1×/d 5 d on/9 d off", (1.0, 1.0, 5.0, 9.0)),
        ("every other day", (1.0, 2.0, None, None)),
        ("1×/5 weeks", (1.0, 35.0, None, None)),
        ("twice daily", (2.0, 1.0, None, None)),
        ("weekly", (1.0, 7.0, None, None)),
    ],
)
def test_schedules(text: str, expected: tuple[float | None, ...]) -> None:
    found = read_schedule(text)
    assert found is not None and (found.times, found.period, found.on, found.off) == expected


@pytest.mark.parametrize(
    ("text", "numbers", "unit", "per"),
    [
        ("1.5 mg per kg", (1.5,), "mg/kg", ("body weight",)),
        ("10 mg/kg/day", (10.0,), "mg/kg", ("body weight", "day")),
        ("0.3, 1 and 3 mg/kg", (0.3, 1.0, 3.0), "mg/kg", ("body weight",)),
        ("378 ppm", (378.0,), "[ppm]", ()),
        ("10 µM", (10.0,), "umol/L", ()),
        ("XR12, 5 mg", (5.0,), "mg", ()),
    ],
)
def test_doses(text: str, numbers: tuple[float, ...], unit: str, per: tuple[str, ...]) -> None:
    (dose,) = read_doses(text)
    assert (dose.numbers, dose.unit, dose.per) == (numbers, unit, per)


def test_number_of_a_drug_code_is_no_dose() -> None:
    assert [dose.numbers for dose in read_doses("XR235, 10 mg daily")] == [(10.0,)]


def test_until_is_an_age() -> None:
    (spell,) = read_spells("10 mg per kg until 40 d")
    assert spell.until and spell.high == 40.0
