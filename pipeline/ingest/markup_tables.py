"""Tables of marked-up formats: the HTML table model laid out as a grid, with header rows and footnote marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.ingest.markup_runs import Run, is_note_mark, read_plain, split_note_marks, squeeze
from pipeline.model import Cell

MAX_SPAN: Final = 1000
_TRAILING_MARK: Final = re.compile(r"(?<=[\w)\]%.])\s?([*∗†‡§¶‖#]+)$")
_ORDINAL: Final = frozenset({"st", "nd", "rd", "th"})
_NUMBER: Final = re.compile(r"[<>≤≥=~±+−–-]?\s?[\d.,]+.*")
_SIGN_START: Final = re.compile(r"(?:^|(?<=[.;,] ))([*∗†‡§¶‖#]{1,4})(?=\s?[\w<>=≤(]|$)")
_NOTE_START: Final = re.compile(r"([*∗†‡§¶‖#]{1,4})(?=\s*\S)|\(?([a-z])\)\s|([a-z])\s(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class MarkupCell:
    """A cell as marked up: its runs, how many rows and columns it covers, and whether it is marked as a header."""

    runs: tuple[Run, ...]
    rowspan: int = 1
    colspan: int = 1
    header: bool = False
    rule: bool = False


def lay_out(
    rows: Sequence[Sequence[MarkupCell]], *, note_marks: Collection[str] = ()
) -> list[list[tuple[Cell, list[Run]]]]:
    """Return the rows' cells placed in the grid, their runs with footnote marks flagged.

    Rows that hold only a rule are dropped; where no cell is marked as a header, the rows above the first rule, or a
    first row of words above rows of numbers, are the header.

    Args:
        note_marks: the marks that the table's footnotes explain; only these may be digits.
    """
    headed = _mark_headers(rows)
    taken: dict[tuple[int, int], bool] = {}
    grid: list[list[tuple[Cell, list[Run]]]] = []
    for row_number, row in enumerate(headed):
        placed: list[tuple[Cell, list[Run]]] = []
        column = 0
        for cell in row:
            while taken.get((row_number, column)):
                column += 1
            rowspan = min(max(cell.rowspan, 1), len(headed) - row_number)
            colspan = min(max(cell.colspan, 1), MAX_SPAN)
            runs, marks = flag_notes(cell.runs, note_marks=note_marks)
            placed.append((Cell("", (), row_number, column, rowspan, colspan, cell.header, marks), runs))
            if rowspan > 1:
                taken.update(
                    ((row_number + down, column + right), True) for down in range(rowspan) for right in range(colspan)
                )
            column += colspan
        grid.append(placed)
    return grid


def flag_notes(runs: Sequence[Run], *, note_marks: Collection[str] = ()) -> tuple[list[Run], tuple[str, ...]]:
    """Return a cell's runs with its footnote marks flagged, and the marks."""
    flagged: list[Run] = []
    marks: list[str] = []
    before = ""
    squeezed = squeeze(runs)
    for index, run in enumerate(squeezed):
        text = run.text.strip(" ,()")
        raised = run.shift == "sup" and bool(before.strip() or index + 1 < len(squeezed))
        listed = bool(text) and all(mark in note_marks for mark in split_note_marks(text))
        wordlike = text in _ORDINAL or (text.isupper() and text not in note_marks)
        if run.note or (raised and (listed or (is_note_mark(run.text) and not wordlike))):
            marks.extend(split_note_marks(text) or ((text,) if text else ()))
            flagged.append(run._replace(note=True, targets=()))
        else:
            flagged.append(run)
        before += run.text
    if flagged and not flagged[-1].note and not flagged[-1].targets:
        last = flagged[-1]
        trailing = _TRAILING_MARK.search(last.text)
        if trailing and (trailing.start() > 0):
            marks.append(trailing[1])
            flagged[-1] = last._replace(text=last.text[: trailing.start()])
            flagged.append(last._replace(text=last.text[trailing.start() :], shift="", note=True))
    return flagged, tuple(dict.fromkeys(marks))


def split_notes(runs: Sequence[Run], *, mark: str | None = None) -> list[tuple[str | None, list[Run]]]:
    """Return the footnotes that a paragraph of table notes holds, each with its mark, or None for a legend.

    A raised mark opens a note; so does a sign such as ``*`` or a letter at the paragraph's beginning.
    """
    squeezed = squeeze(runs)
    notes: list[tuple[str | None, list[Run]]] = []
    current: list[Run] = []
    current_mark = mark
    if mark is None and squeezed and not squeezed[0].shift:
        opening = _NOTE_START.match(squeezed[0].text)
        if opening:
            current_mark = next(group for group in opening.groups() if group)
    squeezed = [piece for run in squeezed for piece in _cut_at_signs(run)]
    for index, run in enumerate(squeezed):
        previous = squeezed[index - 1].text.rstrip()[-1:] if index else ""
        opens = index == 0 or previous in ".;," or previous == ""
        raised = run.shift == "sup" and (is_note_mark(run.text) or run.text.strip().isdigit())
        if raised and opens and (index or mark is None):
            if any(item.text.strip() for item in current):
                notes.append((current_mark, current))
            current_mark = ",".join(split_note_marks(run.text)) or None
            current = [run._replace(shift="")]
        else:
            current.append(run)
    if any(item.text.strip() for item in current):
        notes.append((current_mark, current))
    return notes


def _cut_at_signs(run: Run) -> list[Run]:
    """Return the run cut so that a sign which opens a note inside it stands as a raised run of its own."""
    if run.shift:
        return [run]
    pieces: list[Run] = []
    at = 0
    for match in _SIGN_START.finditer(run.text):
        if match.start() > at:
            pieces.append(run._replace(text=run.text[at : match.start()]))
        pieces.append(run._replace(text=match[1], shift="sup"))
        at = match.end(1)
    if at < len(run.text):
        pieces.append(run._replace(text=run.text[at:]))
    return pieces


def _mark_headers(rows: Sequence[Sequence[MarkupCell]]) -> list[list[MarkupCell]]:
    kept: list[list[MarkupCell]] = []
    rule_at: int | None = None
    for row in rows:
        if not row or (all(cell.rule or not read_plain(cell.runs) for cell in row) and any(cell.rule for cell in row)):
            if rule_at is None and kept:
                rule_at = len(kept)
            continue
        kept.append(list(row))
    if any(cell.header for row in kept for cell in row):
        return kept
    header_rows = rule_at if rule_at is not None and rule_at <= 4 and rule_at < len(kept) else 0
    if not header_rows and len(kept) > 1 and _looks_headed(kept):
        header_rows = 1
    return [
        [replace(cell, header=True) for cell in row] if number < header_rows else row for number, row in enumerate(kept)
    ]


def _looks_headed(rows: Sequence[Sequence[MarkupCell]]) -> bool:
    first = [read_plain(cell.runs) for cell in rows[0]]
    if any(_NUMBER.fullmatch(text) for text in first[1:]) or len([text for text in first if text]) < 2:
        return False
    return any(_NUMBER.fullmatch(read_plain(cell.runs)) for row in rows[1:] for cell in row[1:])
