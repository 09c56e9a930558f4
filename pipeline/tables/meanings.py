"""What short forms and numbered groups stand for: by the document, its text, the caption and the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.tables.context import TableContext

WORD = re.compile(r"[A-Za-z0-9µμ/+.-]*[A-Za-z0-9µμ+]")
_BRACKETED = re.compile(r"((?:[A-Za-z][\w-]*\s){1,6})\(([A-Z][A-Za-z0-9+-]{0,7})\)")
_REGIMEN_SHORT = re.compile(r"((?:[\w-]+(?:, and |, | and | plus |/|\+)){1,4}[\w-]+)\s\(([A-Z][A-Z0-9]{1,5})\)")
_SHORT_FORM = re.compile(
    r"\b([A-Za-z]?[A-Z][A-Za-z0-9+/-]{1,9})(?:\s?[,:=]\s?|\s?—\s?|–(?=[a-z]))([A-Za-z][^,;.:=()—]{3,60})"
)
_SHARED_FORM = re.compile(
    r"\b((?P<letters>[A-Z][A-Za-z]{0,4})[-_]?\d{1,4}(?:,?\s(?:and\s)?(?P=letters)[-_]?\d{1,4}){1,6})\s?[:=]\s?([A-Za-z][^,;:=()]{3,80})"
)
"""Codes of one substance in several doses, explained together: "X29, X57 and X114: extract of Y"."""
_CODE = re.compile(r"[A-Z][A-Za-z]{0,4}[-_]?\d{1,4}")
_LISTED = re.compile(r"(?:and|or|plus)\s", re.IGNORECASE)
"""What stands behind a short form in a list of them: "X, Y, and garlic" explains nothing."""
_GROUP = r"(?:[Gg]roup|[Aa]rm|[Cc]ohort)\s+(?:[A-Z]{1,4}|\d{1,2})\b"
GROUP_KEY = re.compile(rf"^{_GROUP}")
GROUP_CODE = re.compile(r"^(?:[IVX]{1,4}|[A-H]|\d{1,2})$")
_GROUP_MEANING = re.compile(rf"\b({_GROUP})\s*[,:=(–-]+\s*([^;.()]{{3,80}}?)(?=[;.)]|,?\s(?:and\s)?[Gg]roup\b|$)")
_LETTER_MEANING = re.compile(
    r"(?:^|(?<=[.;,(]\s)|(?<=\())([A-H]|[IVX]{1,4})\s?[:=]\s?([^;.()]{3,80}?)(?=[;.)]|,\s[A-HIVX]+\s?[:=]|$)"
)
_LETTER_CONTROL = re.compile(r"(?:^|(?<=[;,:.]\s))([A-Z])\s?[,:=]\s?((?:control|placebo|vehicle|sham|saline)\b)")
_GIVEN = (
    r"(?:received|served as|(?:(?:was|were)\s)?(?:given|treated with|administered|injected with|fed|assigned to"
    r"|kept as)|(?:was|is)(?= the| a))"
)
_TEXT_GROUP = re.compile(
    rf"\b([Gg]roup\s+(?:[IVX]{{1,4}}|[A-H]|\d{{1,2}}))\b(?:\s?\([^()]{{0,50}}\))?,?\s*(?:\S+\s){{0,3}}?{_GIVEN}\s+"
    r"((?:[^.;]|\.(?=\d)){3,110}?)(?=[;]|\.(?!\d)|,?\s(?:and|while|whereas|but)\s(?:in\s)?(?:the\s)?[Gg]roup\b|,\s[Gg]roup\b|$)"
)
_NAMED_GROUP = re.compile(
    r"((?:[A-Za-z][\w-]*\s){1,4})\(([Gg]roup\s(?:[IVX]{1,4}|[A-H]|\d{1,2}))(?:[,;]\s?n\s?=\s?\d+)?\)"
)

Meaning = tuple[str, str]


def read_meanings(context: TableContext) -> dict[str, str]:
    """Return what short forms and groups stand for; groups are keyed in lower case, "group ii"."""
    texts = tuple(text.text for text in (context.typed.caption, *context.notes.legend))
    short = tuple((item.short, item.long) for item in context.document.abbreviations)
    return _collect(context.document.clean.text, short, context.title().text, texts)


@lru_cache(maxsize=32)
def _collect(body: str, short: tuple[Meaning, ...], title: str, texts: tuple[str, ...]) -> dict[str, str]:
    found = dict(_read_groups(body))
    found.update(short)
    found.update((match.group(2), match.group(1)) for match in _REGIMEN_SHORT.finditer(title))
    known = {name for name, _ in short}
    for text in texts:
        found.update(_read_text(text, known))
    return found


def _read_text(text: str, known: set[str]) -> Iterator[Meaning]:
    for match in _SHORT_FORM.finditer(text):
        if not _LISTED.match(match.group(2)):
            yield match.group(1), match.group(2).strip()
    for match in _SHARED_FORM.finditer(text):
        for code in _CODE.findall(match.group(1)):
            yield code, match.group(3).strip()
    for match in _BRACKETED.finditer(text):
        starts = [word.start() for word in WORD.finditer(match.group(1))]
        initial = match.group(2)[0].lower()
        start = next((at for at in reversed(starts) if match.group(1)[at].lower() == initial), None)
        if start is not None and match.group(2) not in known:
            yield match.group(2), match.group(1)[start:].strip()
    for match in _LETTER_CONTROL.finditer(text):
        yield match.group(1), match.group(2)
    for match in _LETTER_MEANING.finditer(text):
        yield match.group(1), match.group(2).strip()
    for match in _GROUP_MEANING.finditer(text):
        yield match.group(1).lower(), match.group(2).strip()


@lru_cache(maxsize=32)
def _read_groups(body: str) -> tuple[Meaning, ...]:
    """Return what the text says that its numbered groups were given; empty unless it says so of two at least."""
    found: dict[str, str] = {}
    for match in _TEXT_GROUP.finditer(body):
        found.setdefault(" ".join(match.group(1).lower().split()), match.group(2).strip())
    for match in _NAMED_GROUP.finditer(body):
        found.setdefault(" ".join(match.group(2).lower().split()), match.group(1).strip())
    return tuple(found.items()) if len(found) > 1 else ()
