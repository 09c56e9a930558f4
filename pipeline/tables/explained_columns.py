"""Columns whose head stands in the caption's brackets, behind the words for what it means."""

from __future__ import annotations

import re

from pipeline.tables.context import TableContext
from pipeline.tables.texts import CellText

_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_OPENING = re.compile(
    r"[,;:(]\s?|\b(?:of|with|to|between|for|on|in|the|during|and|or|after|vs\.?|versus|than|from|while|under|receiving"
    r"|given|either)\s",
    re.IGNORECASE,
)
_REACH = 60


def find_explanation(context: TableContext, head: CellText) -> CellText | None:
    """Return what the caption says that a header means: "the time on placebo (weeks 0–24)" gives "placebo"."""
    key = _fold(head.text)
    if len(key) < 2:
        return None
    caption = context.typed.caption
    for bracket in _BRACKET.finditer(caption.text):
        if _fold(bracket.group(1)) != key:
            continue
        start = max(0, bracket.start() - _REACH)
        for opening in _OPENING.finditer(caption.text, start, bracket.start()):
            start = opening.end()
        meaning = caption.part(start, bracket.start())
        return meaning if meaning.text else None
    return None


def _fold(text: str) -> str:
    return re.sub(r"[−–-]+", "-", re.sub(r"\s+", "", text.lower()))
