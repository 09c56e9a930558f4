"""Markdown's pipe tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.flattened_tables import match_caption
from pipeline.ingest.inline_markup import strip_markup
from pipeline.ingest.lines import TextLine
from pipeline.ingest.table_notes import read_notes
from pipeline.model.documents import Cell, Table
from pipeline.model.spans import Span

_DELIMITER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_MARK = re.compile(r"(?<=[\w%)])(?P<mark>\*{1,3}|[†‡§¶#]{1,3}|(?<=\d)[a-h])$")
_NOTE = re.compile(r"[*†‡§¶#]|[a-h]\s?[A-Z]|(?:Notes?|Abbreviations?|Values|Data|NS)\b")


def find_pipe_tables(
    source: str, raw: Sequence[TextLine], plain: Sequence[TextLine]
) -> tuple[tuple[Table, ...], set[int]]:
    """Return the pipe tables and the indices of the lines they take, captions and notes included.

    ``raw`` are the lines as they stand, ``plain`` the same without inline markup.
    """
    tables: list[Table] = []
    taken: set[int] = set()
    for number in range(1, len(raw)):
        if number in taken or "|" not in raw[number].text or not _DELIMITER.fullmatch(raw[number].text):
            continue
        if "|" not in raw[number - 1].text:
            continue
        last = number
        while last + 1 < len(raw) and "|" in raw[last + 1].text:
            last += 1
        rows = [number - 1, *range(number + 1, last + 1)]
        cells = tuple(cell for row, line in enumerate(rows) for cell in _read_row(source, raw[line], row))
        caption_at = _find_caption(plain, number - 1, last, taken)
        caption = match_caption(plain, caption_at, set()) if caption_at is not None else None
        notes_at = _find_notes(plain, last, caption_at)
        notes = read_notes([(plain[at].text, raw[at].span) for at in notes_at])
        used = {*range(number - 1, last + 1), *notes_at, *([] if caption_at is None else [caption_at])}
        taken |= used
        tables.append(
            Table(
                number=caption["number"] if caption else None,
                caption=(caption["text"] or None) if caption else None,
                caption_span=raw[caption_at].span if caption_at is not None else None,
                cells=cells,
                lines=(),
                notes=notes,
                spans=tuple(raw[at].span for at in sorted(used)),
            )
        )
    return tuple(tables), taken


def _read_row(source: str, line: TextLine, row: int) -> list[Cell]:
    cuts = [line.start - 1, *(line.start + pipe.start() for pipe in _PIPE.finditer(line.text)), line.end]
    if line.text.startswith("|"):
        cuts.pop(0)
    if line.text.endswith("|"):
        cuts.pop()
    cells: list[Cell] = []
    for column, (left, right) in enumerate(pairwise(cuts)):
        low, high = left + 1, right
        while low < high and source[low].isspace():
            low += 1
        while high > low and source[high - 1].isspace():
            high -= 1
        text = strip_markup(source[low:high])
        mark = _MARK.search(text)
        marks = (mark["mark"],) if mark else ()
        spans = (Span(low, high),) if low < high else ()
        cells.append(Cell(text[: mark.start()] if mark else text, spans, row, column, header=row == 0, marks=marks))
    return cells


def _find_caption(plain: Sequence[TextLine], first: int, last: int, taken: set[int]) -> int | None:
    for step, edge in ((-1, first), (1, last)):
        at = edge + step
        while 0 <= at < len(plain) and not plain[at].text and abs(at - edge) <= 3:
            at += step
        if 0 <= at < len(plain) and at not in taken and plain[at].text and match_caption(plain, at, set()):
            return at
    return None


def _find_notes(plain: Sequence[TextLine], last: int, caption: int | None) -> list[int]:
    at = last + 1
    while at < len(plain) and (not plain[at].text or at == caption) and at <= last + 4:
        at += 1
    notes: list[int] = []
    while at < len(plain) and plain[at].text and _NOTE.match(plain[at].text):
        notes.append(at)
        at += 1
    return notes
