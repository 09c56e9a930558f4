"""Tables that reached us with a cell a line, by rows and by columns."""

from __future__ import annotations

from pipeline.model import Document, Table
from pipeline.tables.extraction import read_table
from tests.tables.building import flattened_table


def _grid(built: tuple[Document, Table]) -> list[list[str]]:
    typed = read_table(*built)
    assert typed is not None
    return [[c.header.text for c in typed.columns], *([cell.text for cell in row.cells] for row in typed.rows)]


_ROWS = [
    ["Outcome", "Placebo (n = 20)", "Metformin (n = 21)"],
    ["Weight (kg)", "81 ± 4", "77 ± 5"],
    ["HbA1c (%)", "7.9 ± 0.4", "7.1 ± 0.5"],
    ["CRP (mg/L)", "4.0 ± 1.0", "3.1 ± 0.9"],
]


def test_cells_printed_row_after_row_stand_in_their_rows() -> None:
    assert _grid(flattened_table("\n\n".join(cell for row in _ROWS for cell in row))) == _ROWS


def test_cells_printed_column_after_column_stand_in_their_columns() -> None:
    text = "\n\n".join(row[column] for column in range(3) for row in _ROWS)
    assert _grid(flattened_table(text)) == _ROWS


def test_corner_may_be_empty() -> None:
    cells = [cell for row in _ROWS for cell in row][1:]
    assert _grid(flattened_table("\n\n".join(cells))) == [["", *_ROWS[0][1:]], *_ROWS[1:]]


def test_row_that_lost_a_cell_is_left_out_and_told() -> None:
    rows = [*_ROWS, ["Insulin (mU/L)", "11.0"], ["Pulse (/min)", "71", "70"]]
    built = flattened_table("\n\n".join(cell for row in rows for cell in row))
    typed = read_table(*built)
    assert typed is not None
    assert _grid(built) == [*_ROWS, rows[-1]]
    assert typed.problems == ("the row 'Insulin (mU/L)' has 1 values for 2 columns and was left out",)


def test_rows_named_by_numbers_are_told_by_the_heads_before_them() -> None:
    rows = [["Day", "Placebo", "Metformin"], ["1", "81", "80"], ["7", "82", "75"], ["14", "83", "71"]]
    assert _grid(flattened_table("\n".join(cell for row in rows for cell in row))) == rows


def test_name_above_a_rows_name_is_a_sub_header() -> None:
    cells = [*_ROWS[0], *_ROWS[1], "Inflammation", *_ROWS[3], *_ROWS[2]]
    typed = read_table(*flattened_table("\n\n".join(cells)))
    assert typed is not None
    assert [[text.text for text in row.subheaders] for row in typed.rows] == [[], ["Inflammation"], ["Inflammation"]]
