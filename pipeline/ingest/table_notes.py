"""The paragraph below a table: its legend, and the notes that its marks point to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.documents import TableNote
from pipeline.model.spans import Span

_LETTER = re.compile(r"(?:^|(?<=[.;)]\s)|(?<=\n))(?P<mark>[a-z])(?:\)?\s(?=[A-Z])|(?=[A-Z][a-z\s]))")
_SIGN = re.compile(r"(?:^|(?<=[.;,)]\s)|(?<=\n))(?P<mark>[*†‡§¶#]{1,4})\s?(?=[A-Za-z(<=P])")
_NS = re.compile(r"\b(?P<mark>NS|N\.S\.|ns|n\.s\.)\s?[,:=]\s?(?=(?:not|no|non)[\s-])")
_CLAUSE_END = re.compile(r"[.;](?=\s|$)")


def read_notes(lines: Sequence[tuple[str, Span]]) -> tuple[TableNote, ...]:
    """Return the notes of a table's footnote lines: the legend (mark ``None``), then each marked note.

    Letters count as marks only in alphabetical order, so that no sentence that begins with "a" becomes one.
    """
    if not lines:
        return ()
    text = "\n".join(words for words, _ in lines)
    places: list[int] = []
    for words, span in lines:
        places.extend(range(span.start, span.start + len(words)))
        places.append(span.end)
    marks = sorted([*_find_letters(text), *((m.start(), m.end(), m["mark"]) for m in _SIGN.finditer(text))])
    notes: list[TableNote] = []
    first = marks[0][0] if marks else len(text)
    if text[:first].strip():
        notes.append(_make_note(None, text, 0, first, places))
    for index, (_, start, mark) in enumerate(marks):
        end = marks[index + 1][0] if index + 1 < len(marks) else len(text)
        notes.append(_make_note(mark, text, start, end, places))
    for match in _NS.finditer(text):
        stop = _CLAUSE_END.search(text, match.end())
        notes.append(_make_note("NS", text, match.end(), stop.start() if stop else len(text), places))
    return tuple(note for note in notes if note.text)


def _find_letters(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    wanted = "a"
    for match in _LETTER.finditer(text):
        if match["mark"] == wanted:
            found.append((match.start(), match.end(), wanted))
            wanted = chr(ord(wanted) + 1)
    return found


def _make_note(mark: str | None, text: str, start: int, end: int, places: Sequence[int]) -> TableNote:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return TableNote(mark, "", Span(places[0], places[0]))
    words = " ".join(re.sub(r"(?<=\w)-\s*\n\s*(?=\w)", "-", text[start:end]).split())
    return TableNote(mark, words, Span(places[start], places[end - 1] + 1))
