"""What a short label of an arm stands for, as notes, caption or the document's text say it of that label."""

from __future__ import annotations

import re

from pipeline.model.claims import FieldSource
from pipeline.tables.context import TableContext
from pipeline.tables.texts import CellText, read_span

CODE = re.compile(
    r"^(?P<code>(?P<letters>[A-Za-z][A-Za-z]{0,9})(?P<rest>(?:[\s_-]?[A-Z\d][A-Za-z\d]{0,4}){0,2}))"
    r"(?:[\s-](?:groups?|rats?|mice|animals?|treated|arm))*$"
)
"""A label that is a code: "T1", "HFD", "AE100", "LV_100", "JY-1 group"."""
_MEANING = r"(?P<meaning>(?=[A-Za-z\d])[^;:=()]{3,110}?(?:\([^()]{1,40}\)[^;:=(),.]{0,40}?)?)"
_END = r"(?=\s?[;)]|\.(?!\d)|,\s(?:and\s)?[A-Z][\w+./-]{0,14}(?:\s(?:group|\+\s\w+))?\s?[,:=]|$)"
_GIVEN = (
    r"(?:received|(?:(?:was|were)\s)?(?:orally\s|daily\s)?(?:given|treated with|administered|injected with|gavaged with"
    r"|fed(?: with)?|supplemented with|assigned to)|consisted of|comprised|contained)"
)
_CLAUSE = (
    r"(?P<meaning>(?:[^.;]|\.(?=\d)){3,160}?)(?=;|\.(?!\d)"
    r"|,?\s(?:and|while|whereas)\s(?:the\s)?\S+\s(?:group|received|was|were)\b|$)"
)


def find_explained(context: TableContext, code: str) -> tuple[FieldSource, CellText] | None:
    """Return where and what notes, caption or text say that a code means; ``None`` where nothing does."""
    return context.remember(("explained", code), lambda: _find(context, code))


def _find(context: TableContext, code: str) -> tuple[FieldSource, CellText] | None:
    alone = rf"(?:(?<![\w/-])|(?<=^\d)|(?<=^[a-z*])){re.escape(code)}(?![\w+/-])(?:\s(?:group|rats|mice|animals))?"
    alone += r"(?:,?\s(?:and\s)?[A-Z][A-Za-z]{0,4}[-_]?\d{1,4}(?![\w/-])){0,6}"
    name = rf"(?<!\+\s){alone}"
    given = rf"{name},?\s{_GIVEN}\s{_CLAUSE}"
    notes: list[tuple[FieldSource, CellText]] = [("footnote", text) for text in context.notes.legend]
    notes.append(("caption", context.typed.caption))
    notes = [(source, text) for source, text in notes if code in text.text]
    for pattern in (*(rf"{label}\s?(?:[:=,]|—|–|\()\s?{_MEANING}{_END}" for label in (name, alone)), given):
        for source, text in notes:
            match = re.search(pattern, text.text)
            if match is not None:
                return source, text.part(*match.span("meaning"))
    clean = context.document.clean
    if len(code) < 2 or code not in clean.text:
        return None
    opening = r"(?:^|[;:.,]\s(?:and\s)?|\(\d\)\s)(?P<meaning>[^;:.,()]{3,90})"
    listed = rf"{opening}\s\({re.escape(code)}(?:\sgroup)?(?:[,;][^()]*)?\)"
    bracketed = (listed,) if f"({code}" in clean.text else ()
    for pattern in (rf"{name}\s?[:=]\s?{_MEANING}{_END}", given, *bracketed):
        match = re.search(pattern, clean.text)
        spans = () if match is None else clean.to_source(*match.span("meaning"))
        if len(spans) == 1:
            return "document", read_span(context.document.source, spans[0])
    return None
