"""Cells of a text table: numbers as numbers, lists as JSON, and nothing that a spreadsheet would run."""

from __future__ import annotations

import json
import re
from typing import Any

# OWASP, "CSV Injection": these first characters, their full-width forms included, start a formula or hide one.
_FORMULA_START = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def format_cell(value: Any) -> str:
    """Return a value as the text of a CSV cell.

    Unknown is the empty text, a list is JSON, a whole number has no decimals, truth is ``true`` or ``false``.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format_number(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return escape_formula(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def format_number(value: float) -> str:
    """Return the shortest text that reads back as the same number, ``14`` rather than ``14.0``."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def escape_formula(text: str) -> str:
    """Return the text with a leading apostrophe where a spreadsheet would run it as a formula."""
    if _FORMULA_START.match(text) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text
