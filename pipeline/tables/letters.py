"""Letters at values: those of arms that do not differ share one."""

from __future__ import annotations

import re

from pipeline.model import Significance
from pipeline.tables.context import TableContext
from pipeline.tables.texts import CellText

_LETTERS = re.compile(
    r"\b(?:different|differing|varying|distinct|unlike|dissimilar|not shar\w+|do not share|without a common"
    r"|no common)\b.{0,40}\b(?:letters?|superscript\w*)\b"
    r"|\b(?:same|common|similar|identical|shar\w+)\b.{0,40}\b(?:letters?|superscript\w*)\b.{0,40}\bnot\b"
    r".{0,25}\b(?:differ\w*|significant\w*)",
    re.IGNORECASE,
)
"""What a legend says of letters that tell which values differ."""


def read_legend(context: TableContext) -> str:
    """Return notes and caption as one text."""
    return context.remember(("legend",), lambda: _join_legend(context))


def _join_legend(context: TableContext) -> str:
    return " ".join(text.text for text in (*context.notes.legend, context.typed.caption))


def speaks_of_letters(context: TableContext) -> bool:
    """Whether the legend says that values with different letters differ."""
    return _LETTERS.search(read_legend(context)) is not None


def judge_letters(context: TableContext, treated: CellText, control: CellText) -> Significance | None:
    """Return whether two values differ by their letters; ``None`` where one has none."""
    sets = [
        frozenset(letter for mark in cell.marks for letter in mark if letter.isalpha()) for cell in (treated, control)
    ]
    note = next((text for text in (*context.notes.legend, context.typed.caption) if _LETTERS.search(text.text)), None)
    span = None if note is None else note.locate(0, len(note.text))
    if not all(sets) or span is None:
        return None
    return Significance(
        text=context.quote(span), start=span.start, end=span.end, source="footnote", significant=not sets[0] & sets[1]
    )
