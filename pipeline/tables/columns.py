"""What a column holds: typed by its header's words, its unit, and what its cells look like."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import cast

from pipeline.tables.column_lexicon import HEADERS
from pipeline.tables.texts import CellText
from pipeline.tables.typed import Column, ColumnKind

_PATTERNS = tuple((cast("ColumnKind", kind), re.compile(pattern)) for kind, pattern in HEADERS)
_UNIT = re.compile(r"[(\[]\s*([^()\[\]]{1,24}?)\s*[)\]]\s*$|,\s*([%\w/·^−-]{1,12})\s*$")
_NOT_UNIT = re.compile(
    r"^(n\s*=|mean|median|sd|sem|se|range|iqr|95|ref|vs|see|age|sex|male|female|yes|no)\b", re.IGNORECASE
)
_OUTCOME_NOISE = re.compile(
    r"Δ|∆|\b(delta|control|controls|placebo|vehicle|untreated|treated|change"
    r"|changes|extension|increase|decrease|reduction"
    r"|difference|percent|percentage|per cent|relative|to|of|in|the|vs|versus|effect|effects|on|group|value|fold)\b"
    r"|[%(),:;./]",
    re.IGNORECASE,
)

_NO_NAME = re.compile(r"\W*(?:(?:or|and|absolute|mean|median|from|baseline|net|total)\b\W*)+", re.IGNORECASE)
"""Words that an effect column's header may hold beside an outcome, and that name none: "or absolute"."""


@lru_cache(maxsize=8192)
def classify_header(text: str) -> ColumnKind:
    """Return what a column with this header holds, ``"unknown"`` where its words do not tell."""
    lowered = " ".join(text.lower().split())
    bare = _UNIT.sub("", lowered).strip() or lowered
    for candidate in dict.fromkeys((lowered, bare)):
        for kind, pattern in _PATTERNS:
            if pattern.search(candidate):
                return kind
    return "unknown"


def read_unit(text: str) -> str | None:
    """Return the unit at the header's end: "(d)" gives "d", "(%)" gives "%"."""
    match = _UNIT.search(text)
    if match is None:
        return None
    unit = match.group(1) or match.group(2)
    if unit is None or _NOT_UNIT.search(unit) or len(unit.split()) > 3:
        return None
    return unit.strip()


def type_column(header: CellText) -> Column:
    """Return the column of a header, typed by its words and with its unit."""
    return Column(classify_header(header.text), header, read_unit(header.text))


def outcome_words(header: CellText) -> CellText | None:
    """Return the run of an effect column's header that names what was measured: "Δ lifespan (%)" → lifespan."""
    text = header.text
    unit = _UNIT.search(text)
    limit = unit.start() if unit else len(text)
    kept = [True] * limit
    for noise in _OUTCOME_NOISE.finditer(text[:limit]):
        for index in range(noise.start(), noise.end()):
            kept[index] = False
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index in range(limit + 1):
        inside = index < limit and (kept[index] or text[index].isspace())
        if inside and start is None:
            start = index
        elif not inside and start is not None:
            runs.append((start, index))
            start = None
    words = [
        (first, last) for first, last in runs
        if len(text[first:last].strip()) > 2 and not _NO_NAME.fullmatch(text[first:last])
    ]  # fmt: skip
    if not words:
        return None
    first, last = max(words, key=lambda run: run[1] - run[0])
    return header.part(first, last)
