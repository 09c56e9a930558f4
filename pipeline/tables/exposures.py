"""Arms that are named by yes and no: "Statin | Yes", "Statin | No", who took a drug and who did not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.tables.context import TableContext
from pipeline.tables.labels import ArmLabel
from pipeline.tables.naming import FoundName
from pipeline.tables.studied import find_given
from pipeline.tables.texts import CellText

_YES = re.compile(r"^\W*(?:yes|used|users?|present|with|treated)\W*$", re.IGNORECASE)
_NO = re.compile(r"^\W*(?:no|not used|non-?users?|absent|without|untreated|none)\W*$", re.IGNORECASE)
_ACCORDING = re.compile(
    r"\b(?:according to|by|stratified by|depending on|with (?:and|or) without|in relation to)\s"
    r"(?:the )?(?:use of |intake of |treatment with )?",
    re.IGNORECASE,
)
_TAKING = r"(?:use|users?|intake|therapy|treatment|exposure|given|taken)"
_REST = re.compile(rf"^\W*(?:{_TAKING}\W*)?$", re.IGNORECASE)
_SHORTENED = re.compile(rf"^(?P<short>[A-Za-z]{{3,}})\W*(?:\b{_TAKING}\W*)?$", re.IGNORECASE)
_AFTER = re.compile(
    rf"^(?:\s{_TAKING})?\s*(?:$|[.,;:()]|(?:in|at|of|on|among|during|after|before|for|and|or|with|within)\b)",
    re.IGNORECASE,
)
"""What may stand behind a drug that the arms took or not; "aspirin resistance" is another thing."""


def read_exposures(context: TableContext, head: CellText, cells: Sequence[CellText]) -> list[ArmLabel | None]:
    """Return the arms of cells that say yes or no to a drug of the header or the caption; empty where they do not."""
    named = [cell for cell in cells if cell.text]
    if not named or not all(_YES.match(cell.text) or _NO.match(cell.text) for cell in named):
        return []
    if len({cell.text for cell in named}) != 2:
        return []
    drug = _find_drug(context, head)
    if drug is None:
        return []
    source, given = drug
    return [
        None if not cell.text
        else ArmLabel(cell, "treated", (given,), "header" if source == "header" else "caption") if _YES.match(cell.text)
        else ArmLabel(cell, "control", control=(0, len(cell.text)))
        for cell in cells
    ]  # fmt: skip


def _find_drug(context: TableContext, head: CellText) -> tuple[str, FoundName] | None:
    """Return the one drug that the header names, or the caption after "according to" where the header shortens it.

    The header may say no more than the drug and that it was taken.
    """
    found = find_given(context, head)
    if found:
        rest = head.text[: found[0].start] + head.text[found[0].end :]
        return ("header", found[0]) if len(found) == 1 and _REST.match(rest) else None
    shortened = _SHORTENED.match(head.text)
    if shortened is None:
        return None
    short = shortened["short"].lower()
    caption = context.typed.caption
    for cue in _ACCORDING.finditer(caption.text):
        for name in find_given(context, caption):
            if name.start != cue.end() or not _AFTER.match(caption.text[name.end :]):
                continue
            if name.text.lower().startswith(short):
                return "caption", name
    return None
