"""P-values inside the cells of values: "3.1 (p = 0.02)", or in the last brackets where the row's name says so."""

from __future__ import annotations

import re
from typing import cast

from pipeline.model import Significance
from pipeline.tables.context import TableContext, ground_text
from pipeline.tables.contrasts import Contrast
from pipeline.tables.effects import PRelation, decide_p
from pipeline.tables.texts import CellText

_IN_CELL = re.compile(r"\bp\s*(?P<relation>[<>=≤≥])\s*(?P<p>0?\.\d+)", re.IGNORECASE)
_NAMES_P = re.compile(r"\(\s?p(?:[- ]?value)?\s?\)\W*$", re.IGNORECASE)
_P_BEHIND = re.compile(r"\((?P<p>0?\.\d+)\)\s*$")


def read_p_behind(context: TableContext, contrast: Contrast) -> Significance | None:
    """Return the p-value in a value's last brackets where the row's name says so: "n (%) (p)"."""
    name = next((text.text for _, text in contrast.outcomes if text.text), "")
    match = _P_BEHIND.search(contrast.cells[0].text) if _NAMES_P.search(name) else None
    if match is None or contrast.control.role != "control" or contrast.within:
        return None
    if contrast.cells[0].text.count("(") != contrast.cells[1].text.count("(") + 1:
        return None
    place = ground_text(context, contrast.cells[0], *match.span("p"))
    p = float(match["p"])
    return None if place is None else Significance(
        text=place[0], start=place[1], end=place[2], source="row", p=p, p_relation="=", significant=decide_p(p, "="),
    )  # fmt: skip


def read_p_inside(context: TableContext, cell: CellText) -> Significance | None:
    match = _IN_CELL.search(cell.text)
    place = None if match is None else ground_text(context, cell, match.start("relation"), match.end("p"))
    if match is None or place is None:
        return None
    relation = {"≤": "<=", "≥": ">="}.get(match["relation"], match["relation"])
    p = float(match["p"])
    return Significance(
        text=place[0], start=place[1], end=place[2], source="row", p=p, p_relation=cast("PRelation", relation),
        significant=decide_p(p, relation),
    )  # fmt: skip
