"""Merged cells printed once: which rows they belong to.

A cell that covers several rows reaches flattened text once: with the group's first row, with its last, or set level
with the group's middle. Which of them a table follows is decided for the table as a whole: each habit implies where
rows without a value may stand, and the habit that is contradicted least is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.tables.texts import CellText
from pipeline.tables.typed import Column, Row


def share_references(
    collected: tuple[list[Row], list[tuple[int, int, CellText]]], columns: Sequence[Column]
) -> tuple[Row, ...]:
    """Return the rows with references that were printed once given to every row of their group."""
    rows, loose = collected
    for column, typed in enumerate(columns):
        if typed.kind == "reference":
            rows = _share_column(rows, column, [(before, text) for before, where, text in loose if where == column])
    return tuple(rows)


def _share_column(rows: list[Row], column: int, loose: list[tuple[int, CellText]]) -> list[Row]:
    shared = list(rows)
    for section in _sections(rows):
        values: list[tuple[float, CellText]] = [
            (float(index), rows[index].cells[column]) for index in section if rows[index].cells[column].text
        ]
        values.extend((before - 0.5, text) for before, text in loose if section[0] <= before - 0.5 <= section[-1] + 1)
        values.sort(key=lambda item: item[0])
        if not values:
            continue
        for index, value in _assign(section, values).items():
            if rows[index].cells[column].text:
                continue
            cells = (*rows[index].cells[:column], value, *rows[index].cells[column + 1 :])
            shared[index] = replace(rows[index], cells=cells, shared=rows[index].shared | {column})
    return shared


def _sections(rows: Sequence[Row]) -> list[range]:
    """Return the runs of rows under one sub-header; a merged cell does not cross it."""
    sections: list[range] = []
    start = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or rows[index].subheaders != rows[start].subheaders:
            sections.append(range(start, index))
            start = index
    return sections


def _assign(section: range, values: list[tuple[float, CellText]]) -> dict[int, CellText]:
    first, last = section[0], section[-1]
    places = [place for place, _ in values]
    down_gap = max(places[0] - 0.5 - first, 0)
    up_gap = max(last - 0.5 - places[-1], 0)
    bounds = _centre(section, places) if down_gap and up_gap else None
    if bounds is None:
        if down_gap <= up_gap:
            starts = [first, *(int(place) for place in places[1:])]
            ends = [*(start for start in starts[1:]), last + 1]
        else:
            ends = [*(int(place + 0.5) + 1 for place in places[:-1]), last + 1]
            starts = [first, *ends[:-1]]
        bounds = list(zip(starts, ends, strict=True))
    return {index: text for (start, end), (_, text) in zip(bounds, values, strict=True) for index in range(start, end)}


def _centre(section: range, places: list[float]) -> list[tuple[int, int]] | None:
    """Return group bounds with each value level with its group's middle, or ``None`` where that cannot be."""
    bounds: list[tuple[int, int]] = []
    start = section[0]
    for place in places:
        end = round(2 * place - start) + 1
        if end <= start:
            return None
        bounds.append((start, end))
        start = end
    return bounds if start == section[-1] + 1 else None
