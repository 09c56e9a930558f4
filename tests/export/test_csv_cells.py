"""Cells that no spreadsheet runs."""

import pytest

from pipeline.export.cells import escape_formula, format_cell


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "-3.5 %"])
def test_what_a_spreadsheet_would_run_is_escaped(text):
    assert escape_formula(text) == "'" + text


@pytest.mark.parametrize("text", ["-3.5", "+2", "-1e-5", "-.5", "lifespan", "", "−3.5", "a=b", "(-)-epicatechin"])
def test_numbers_and_plain_text_stay(text):
    assert escape_formula(text) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (14.0, "14"),
        (0.5, "0.5"),
        (-3.5, "-3.5"),
        (True, "true"),
        (3, "3"),
        ([1.0, 3.0], "[1.0,3.0]"),
        ([], "[]"),
    ],
)
def test_values_are_written_plainly(value, cell):
    assert format_cell(value) == cell
