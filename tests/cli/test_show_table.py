"""A table on the terminal: source and typed rows side by side, and what of it is in doubt."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from pipeline.cli.application import app

PAPER = """# Acarbose in mice

Table 1. Effect of acarbose on the lifespan of mice

| Strain | Sex | Age | Dose | Change in lifespan (%) | Remark |
|---|---|---|---|---|---|
| UM-HET3 | Male | 8 | 1,000 ppm | 18 | first cohort |
| UM-HET3 | Unclear | 8 months | 1,000 ppm | 5 mm | second cohort |
"""


def show(*arguments: str):
    return CliRunner().invoke(app, ["show", *arguments], env={"COLUMNS": "200"})


def test_rows_stand_beside_their_source_and_doubts_are_listed(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(PAPER)
    done = show(str(paper), "--table", "1")
    assert done.exit_code == 0, done.output
    words = " ".join(done.output.split())
    assert "strain UM-HET3 · sex Male · age 8 · dose 1,000 ppm · change 18" in words
    assert "UM-HET3 | Male | 8 |" in words
    for doubt in (
        "row 0, column 2 8: two readings: a number without a unit of time",
        "row 1, column 1 Unclear: no sex could be read",
        "row 1, column 4 5 mm: two readings",
        "column 5 Remark: the column's kind could not be told",
    ):
        assert doubt in words
    assert "4 in doubt" in words


def test_a_table_is_found_by_its_place_and_a_wrong_number_says_which_there_are(tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text(PAPER)
    assert show(str(paper), "--table", "#1").exit_code == 0
    wrong = show(str(paper), "--table", "7")
    assert wrong.exit_code == 2
    assert "it has 1" in wrong.output
