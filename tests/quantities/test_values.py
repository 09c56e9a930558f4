"""What the matches stand for: normalised values, kept as written, never averaged."""

from __future__ import annotations

import pytest

from pipeline.quantities import find_quantities, read_quantity

from .marked import only, quote


@pytest.mark.parametrize(
    ("text", "low", "high", "values", "unit", "per", "relation"),
    [
        ("given 1 mg per kg of body weight", 1, 1, None, "mg/kg", ("body weight",), None),
        ("given 10 mg kg−1 day−1", 10, 10, None, "mg/kg", ("body weight", "day"), None),
        ("given 0.5, 1 and 3 mg/kg", None, None, (0.5, 1, 3), "mg/kg", ("body weight",), None),
        ("given 1-10 mg/kg", 1, 10, None, "mg/kg", ("body weight",), None),
        ("given between 5 and 10 mg", 5, 10, None, "mg", (), None),
        ("given 20/30 mg", None, None, (20, 30), "mg", (), None),
        ("given up to 250 mg/day", None, 250, None, "mg", ("day",), "<="),
        ("given ≥10 mg", 10, None, None, "mg", (), ">="),
        ("given ~1 mg per kg", 1, 1, None, "mg/kg", ("body weight",), "~"),
        ("given 10 mg/m2", 10, 10, None, "mg/m2", ("area",), None),
        ("fed 14 ppm in the diet", 14, 14, None, "[ppm]", ("diet",), None),
        ("fed 2.24 mg/kg diet", 2.24, 2.24, None, "mg/kg", ("diet",), None),
        ("given 1,000 mg", 1000, 1000, None, "mg", (), None),
        ("given 20 mcg", 20, 20, None, "ug", (), None),
        ("given 1.8 × 10^6 IU", 1.8e6, 1.8e6, None, "[IU]", (), None),
        ("treated with 5 µM", 5, 5, None, "umol/L", (), None),
        (
            "fed 2.24 mg of rapamycin per kg body weight per day",
            2.24,
            2.24,
            None,
            "mg/kg",
            ("body weight", "day"),
            None,
        ),
        ("given 2 mg/ml in drinking water", 2, 2, None, "mg/mL", ("water",), None),
        ("fed 0.1% w/w in the diet", 0.1, 0.1, None, "%", ("diet",), None),
        ("a low dose", None, None, None, None, (), None),
        ("given 3 µg/g body weight/day", 3, 3, None, "ug/g", ("body weight", "day"), None),
        ("NE-58 (1 µM) blocked it", 1, 1, None, "umol/L", (), None),
    ],
)
def test_dose_keeps_bounds_lists_and_units(text, low, high, values, unit, per, relation) -> None:
    quantity = only(text, "DOSE").quantity
    assert (quantity.low, quantity.high, quantity.values) == (low, high, values)
    assert (quantity.unit, quantity.per, quantity.relation) == (unit, per, relation)


@pytest.mark.parametrize("text", ["dissolved in 5% PEG-400 solution", "the level was 3 µg/g protein"])
def test_vehicle_and_tissue_level_are_no_dose(text: str) -> None:
    assert quote(text, "DOSE") == []


def test_dose_per_day_carries_its_schedule_and_gives_one() -> None:
    text = "Adults took 1 mg per day."
    dose = only(text, "DOSE")
    assert (dose.quantity.times, dose.quantity.period_days) == (1.0, 1.0)
    assert quote(text, "SCHEDULE") == ["per day"]


@pytest.mark.parametrize(
    ("text", "times", "period", "on", "off"),
    [
        ("daily", 1, 1, None, None),
        ("twice a week", 2, 7, None, None),
        ("b.i.d.", 2, 1, None, None),
        ("TID", 3, 1, None, None),
        ("q12h", 1, 0.5, None, None),
        ("every other day", 1, 2, None, None),
        ("on alternate days", 1, 2, None, None),
        ("3×/week", 3, 7, None, None),
        ("once every 3 weeks", 1, 21, None, None),
        ("1×/5 weeks", 1, 35, None, None),
        ("5 days per week", 5, 7, None, None),
        ("5 d on/9 d off", None, None, 5, 9),
        ("4 weeks on and 2 weeks off", None, None, 28, 14),
        ("2 weeks per month", None, 30.4375, 14, None),
        ("every 4-6 weeks", None, None, None, None),
        ("given on days 1, 8 and 15 of each 28-day cycle", 3, 28, None, None),
        ("6-hourly", 1, 0.25, None, None),
        ("2-3 times daily", None, 1, None, None),
    ],
)
def test_schedule_is_times_in_a_period_or_days_on_and_off(text, times, period, on, off) -> None:
    quantity = only(text, "SCHEDULE").quantity
    assert (quantity.times, quantity.period_days, quantity.days_on, quantity.days_off) == (times, period, on, off)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("treated for 6 weeks", 42, 42),
        ("treated for 4 to 6 weeks", 28, 42),
        ("treated for 12 months", 365.25, 365.25),
        ("treated for 24 h", 1, 1),
        ("treated for at least 2 weeks", 14, None),
        ("treated until 45 d", None, 45),
        ("treated for a year", 365.25, 365.25),
    ],
)
def test_duration_is_told_in_days(text, low, high) -> None:
    quantity = only(text, "DURATION").quantity
    assert (quantity.low_days, quantity.high_days) == (low, high)


@pytest.mark.parametrize("text", ["old (24 months) mice", "in old mice (~24 months)", "aged rats (24 mo)"])
def test_number_that_explains_a_word_for_an_age_is_an_age(text: str) -> None:
    assert any(match.endswith(("months", "mo")) for match in quote(text, "AGE"))


def test_span_between_two_ages_is_a_duration_and_the_age_at_its_start() -> None:
    text = "Mice were fed the drug from 9 to 30 months of age."
    duration, age = only(text, "DURATION").quantity, only(text, "AGE").quantity
    assert duration.until_age_days == 30 * 30.4375
    assert duration.low_days == duration.high_days == 21 * 30.4375
    assert age.low_days == age.high_days == 9 * 30.4375


@pytest.mark.parametrize(
    ("text", "low", "high", "relation"),
    [
        ("20-month-old mice", 608.75, 608.75, None),
        ("aged ≥65 years", 65 * 365.25, None, ">="),
        ("aged 70–95 years", 70 * 365.25, 95 * 365.25, None),
        ("over the age of 50 years", 50 * 365.25, None, ">"),
        ("8-10 weeks old", 56, 70, None),
        ("pups at P7", 7, 7, None),
        ("mice aged 6 to 9 months of age", 6 * 30.4375, 9 * 30.4375, None),
    ],
)
def test_age_is_told_in_days(text, low, high, relation) -> None:
    quantity = only(text, "AGE").quantity
    assert (quantity.low_days, quantity.high_days, quantity.relation) == (low, high, relation)


@pytest.mark.parametrize(
    ("text", "kind", "value", "low", "high", "sign", "baseline", "spread"),
    [
        ("fell by 23%", "percent_change", 23, None, None, None, None, None),
        ("a 14% reduction", "percent_change", 14, None, None, -1, None, None),
        ("a change of −3.5%", "percent_change", -3.5, None, None, -1, None, None),
        ("threefold higher", "fold", 3, None, None, 1, None, None),
        ("was halved", "fold", 0.5, None, None, -1, None, None),
        ("decreased from 8.1 to 6.9 %", "value", 6.9, None, None, None, 8.1, None),
        ("hazard ratio 0.70 (95% CI, 0.50 to 0.98)", "hazard_ratio", 0.7, 0.5, 0.98, None, None, None),
        ("hazard ratio for death was 0.72 (95% CI 0.6-0.9)", "hazard_ratio", 0.72, 0.6, 0.9, None, None, None),
        ("RR = 0.8 [0.6-1.1]", "risk_ratio", 0.8, 0.6, 1.1, None, None, None),
        ("66% of patients", "proportion", 66, None, None, None, None, None),
        ("was 8.1 ± 0.4 mmol/L", "value", 8.1, None, None, None, None, 0.4),
        ("rose by 5 mmHg", "difference", 5, None, None, None, None, None),
        ("by 10–20 %", "percent_change", None, 10, 20, None, None, None),
    ],
)
def test_effect_keeps_value_interval_sign_and_spread(text, kind, value, low, high, sign, baseline, spread) -> None:
    quantity = only(text, "EFFECT").quantity
    assert (quantity.effect_type, quantity.value, quantity.low, quantity.high) == (kind, value, low, high)
    assert (quantity.sign, quantity.baseline, quantity.spread) == (sign, baseline, spread)


@pytest.mark.parametrize(
    ("text", "p", "relation", "significant"),
    [
        ("P = 0.03", 0.03, "=", True),
        ("p<.001", 0.001, "<", True),
        ("P > 0.05", 0.05, ">", False),
        ("P = 0.05", 0.05, "=", False),
        ("p < 0.1", 0.1, "<", None),
        ("P less than 0.01", 0.01, "<", True),
        ("p=0·030", 0.03, "=", True),
        ("P = 3 × 10−5", 3e-5, "=", True),
        ("P trend = .02", 0.02, "=", True),
        ("not statistically significant", None, None, False),
    ],
)
def test_pvalue_tells_significance_only_where_it_follows(text, p, relation, significant) -> None:
    quantity = only(text, "PVALUE").quantity
    assert (quantity.low, quantity.relation, quantity.significant) == (p, relation, significant)


def test_pvalues_told_respectively_stay_a_list() -> None:
    quantity = only("P = 0.01 and 0.20 for A and B, respectively", "PVALUE").quantity
    assert quantity.values == (0.01, 0.2)
    assert quantity.significant is None


@pytest.mark.parametrize(
    ("cell", "label", "field", "value"),
    [
        ("20–21 months", "AGE", "high_days", 21 * 30.4375),
        ("Day 4", "AGE", "low_days", 4.0),
        ("90 d", "DURATION", "low_days", 90.0),
        ("−3.5NS", "EFFECT", "value", -3.5),
        (">292*", "EFFECT", "relation", ">"),
        ("0.003", "PVALUE", "significant", True),
        ("25", "SAMPLE_SIZE", "low", 25.0),
    ],
)
def test_cell_is_read_as_what_its_column_holds(cell: str, label, field: str, value: object) -> None:
    match = read_quantity(cell, label)
    assert match is not None
    assert getattr(match.quantity, field) == value


def test_cell_without_a_number_gives_nothing() -> None:
    assert read_quantity("Weaning", "DURATION") is None
    assert read_quantity("12 mice", "AGE") is None


def test_offset_shifts_every_place() -> None:
    text = "Rats got 3 mg/kg daily for 2 weeks (n = 8, P < 0.05)."
    shifted = find_quantities(text, offset=100)
    assert [(match.start - 100, match.end - 100, match.label) for match in shifted] == [
        (match.start, match.end, match.label) for match in find_quantities(text)
    ]
    assert {match.label for match in shifted} == {"DOSE", "SCHEDULE", "DURATION", "SAMPLE_SIZE", "PVALUE"}
