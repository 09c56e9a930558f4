"""Conditions on the command line."""

import pytest

from pipeline.errors import SettingsError
from pipeline.export import flatten_claim, matches, parse_condition


@pytest.fixture
def row(claim_record, document_record):
    dose = {"text": "5 mg/kg", "low": 5.0, "high": 5.0, "unit": "mg/kg", "per": ["body weight", "day"]}
    return flatten_claim(claim_record(dose=dose), document_record())


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("intervention_name=Acarbose", True),
        ("intervention_name!=acarbose", False),
        ("dose_low>=5", True),
        ("dose_low>5", False),
        ("dose_low=5.0", True),
        ("dose_per=day", True),
        ("species_name=", True),
        ("effect_value<3", False),
        ("negated=false", True),
    ],
)
def test_a_condition_compares_one_column(row, text, holds):
    assert parse_condition(text).holds(row) is holds


def test_all_conditions_must_hold(row):
    assert not matches(row, [parse_condition("direction=increase"), parse_condition("dose_low<1")])


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("direction", "FIELD=VALUE"),
        ("intervention_nam=x", "intervention_name"),
        ("direction>3", "no number"),
        ("dose_low>x", "cannot"),
    ],
)
def test_a_wrong_condition_says_what_is_right(text, hint):
    with pytest.raises(SettingsError, match=hint):
        parse_condition(text)
