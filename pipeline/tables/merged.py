"""Cells that hold a difference with its interval and its p-value together: "−3.9 (−7.7 to −0.1) 0.044"."""

from __future__ import annotations

import re

from pipeline.tables.texts import CellText

_MERGED = re.compile(
    r"^(?P<estimate>[+−–-]?\s?\d[^()\[\]]{0,12}[(\[][^()\[\]]{3,40}[)\]])\s*[;,:]?\s*[(\[]?"
    r"(?P<p>(?:p\s?)?[<>=≤≥]?\s?(?:[01]?\.\d+|1(?:\.0+)?|n\.?s\.?))[)\]]?\W*$",
    re.IGNORECASE,
)


def split_merged(cell: CellText) -> tuple[CellText, CellText] | None:
    """Return the difference with its interval, and the p-value, of a cell that holds both."""
    match = _MERGED.match(cell.text)
    return None if match is None else (cell.part(*match.span("estimate")), cell.part(*match.span("p")))
