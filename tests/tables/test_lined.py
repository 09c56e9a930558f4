"""Flattened tables whose columns only the body tells: invented tables as PDF-to-text tools give them."""

from __future__ import annotations

import time

from pipeline.tables import read_table
from pipeline.tables.lined import find_repeated
from pipeline.tables.typed import TypedTable
from tests.tables.building import flattened_table


def read_lines(body: str) -> TypedTable:
    typed = read_table(*flattened_table(body, caption="Values of the groups."))
    assert typed is not None
    return typed


def rows_of(typed: TypedTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in typed.rows]


def test_values_of_a_line_are_cells_and_the_words_before_them_the_row_name() -> None:
    typed = read_lines(
        "Parameter Sham Low dose High dose\n"
        "Plasma urea (mmol/l) 7.5 ± 0.3 7.9 ± 0.2 8.8 ± 0.4*\n"
        "Arterial pH 7.38 7.41 7.40\n"
        "Deaths, no. (%) 2 (10) 1 (5) -\n"
    )
    assert [column.header.text for column in typed.columns] == ["Parameter", "Sham", "Low dose", "High dose"]
    assert rows_of(typed) == [
        ["Plasma urea (mmol/l)", "7.5 ± 0.3", "7.9 ± 0.2", "8.8 ± 0.4*"],
        ["Arterial pH", "7.38", "7.41", "7.40"],
        ["Deaths, no. (%)", "2 (10)", "1 (5)", "-"],
    ]


def test_a_value_glued_to_the_mark_before_it_is_a_cell_of_its_own() -> None:
    typed = read_lines("Group Day 1 Day 2 Day 3\nSham 4.1 4.4 4.0\nTrained 4.2 6.3*†-6.9*\nRested*4.0 4.1 4.3\n")
    assert rows_of(typed)[1] == ["Trained", "4.2", "6.3*†", "-6.9*"]
    assert rows_of(typed)[2][1:] == ["4.0", "4.1", "4.3"]


def test_a_line_without_values_is_a_subheader_or_goes_on_in_the_next() -> None:
    typed = read_lines(
        "Variable Placebo Verum\nLungs\nVolume 624 550\nResistance of the upper and\nlower airways 39 21\n"
        "Heart\nRate 89 81\nOutput 16 18\n"
    )
    assert [row.cells[0].text for row in typed.rows] == [
        "Volume", "Resistance of the upper and lower airways", "Rate", "Output",
    ]  # fmt: skip
    assert [row.subheaders[-1].text for row in typed.rows] == ["Lungs", "Lungs", "Heart", "Heart"]


def test_labels_that_come_again_are_a_column() -> None:
    typed = read_lines(
        "Marker Group Start End\npH Sham 7.52 7.50\nLPS 7.48 7.55\nOA 7.50 7.44\nUrea Sham 38.7 36.4\n"
        "LPS 39.7 32.6\nOA 36.4 42.5\nSodium Sham 10.7 10.2\nLPS 10.4 11.0\nOA 10.3 10.7\n"
    )
    assert [row.cells[1].text for row in typed.rows] == ["Sham", "LPS", "OA"] * 3
    assert [row.cells[0].text for row in typed.rows][::3] == ["pH", "Urea", "Sodium"]


def test_a_header_line_that_repeats_itself_stands_below_its_groups() -> None:
    typed = read_lines(
        "Young animals Old animals\nBefore After Before After\nWeight 30.1 31.2 40.4 41.5\nUrea 5.1 5.2 6.1 6.2\n"
    )
    heads = [[level.text for level in column.levels] for column in typed.columns[1:]]
    assert heads == [
        ["Young animals", "Before"], ["Young animals", "After"], ["Old animals", "Before"], ["Old animals", "After"],
    ]  # fmt: skip


def test_five_thousand_lines_are_read_in_seconds() -> None:
    body = "Group Before After Change\n" + "\n".join(f"Animal {n} {n}.1 {n}.4 0.3" for n in range(5_000))
    started = time.process_time()
    typed = read_lines(body)
    assert time.process_time() - started < 5.0
    assert len(typed.rows) == 5_000


def test_lines_without_order_are_no_error() -> None:
    for body in ("1\n2\n3", "(\n)\n± 5 %\n*", "a\n" * 50, "1 2 3 4 5 6 7 8 9 " * 300, "Name A B\n" + "- - -\n" * 40):
        read_table(*flattened_table(body, caption="Values."))


def test_repeated_words_are_found_at_the_end_of_a_line() -> None:
    assert find_repeated("Name Mean SD Mean SD".split()) == (1, 2, 2)
    assert find_repeated("a b a b a b".split()) == (0, 2, 3)
    assert find_repeated("Name Mean SD".split()) is None
