"""The units of a flattened table's lines: runs of words, and values that surely are a cell of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from pipeline.tables.texts import CellText, join_words
from pipeline.tables.words import Word

UnitKind = Literal["text", "label", "value"]

_NUMBER = r"(?:[+−–-]\s?(?=\d))?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:[.,·]\d+)?|[+−–-]?\.\d+"
_UNITS = (
    r"(?:[mµμnk]?g|[mµμnd]?[lL]|h|hrs?|hours?|min|s|d|days?|w|wks?|weeks?|months?|years?|yrs?|[cm]?m|mmHg|IU|U|ppm"
    r"|[mµμn]?M|kcal|kJ)(?:/[\w.]+)*(?=\s|$|[),;])"
)
_MARKS = r"(?:\s?(?:[*†‡§¶#$]|(?<=[\d)%])[a-e](?![\w])){1,4})"
_VALUE = re.compile(
    rf"(?:[nN]\s?=\s?\d+\s?:\s?)?(?:(?:[nNpP]\s?)?[=<>≤≥~≈±]{{1,2}}\s?)?(?:{_NUMBER})(?:\s?%)?"
    rf"(?:\s?(?:±|\+/[-−–]|\+[-−])\s?(?:{_NUMBER}))?"
    r"(?:(?:[–−/:-]|\s[–−/-]\s|\sto\s|,\s?(?=[+−–-]?\d*\.\d)|/\s)[+−–-]?(?:\d+(?:[.,]\d+)?|\.\d+)%?)*"
    rf"(?:\s?[×x]\s?10\s?[-−–]?\d+)?(?:\s?%)?(?:\s{_UNITS})?{_MARKS}?"
    rf"(?:\s?[(\[](?=[^()\[\]]*[\d%])[^()\[\]]{{1,32}}[)\]])*{_MARKS}?"
    r"|(?:[–—−-]{1,3}|NS|[nN]\.[sS]\.?|[nN]s|ns\.?|ND|n\.d\.|NA|N/A|n/a|NR|\+{1,4}|Yes|No|[*†‡]{1,4})(?=\s|$)"
)
_MARKED_WORD = re.compile(r"\S*?[^\s\d][*†‡§¶#]+(?=[+−–-]?\d)")
_ENDS = re.compile(r"\s|$|[;,](?=\s|$)")
_GLUED = re.compile(r"[\d<>+−–.-]|[–—−-]+(?=\s|$)")
_LEAST_COVERED, _LEAST_PREFIXED = 0.7, 0.15


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of a line's characters: words, one of a few labels that come again and again, or a value."""

    kind: UnitKind
    text: CellText
    line: int
    starts_line: bool


def cut_lines(words: Sequence[Word]) -> list[list[Unit]]:
    """Return the units of each line; repeated labels before values are units of their own."""
    lines = []
    for number, (_, run) in enumerate(groupby(words, key=lambda word: word.line)):
        lines.append(_cut_line(join_words((word.text, word.start) for word in run), number))
    return _split_labels(lines)


def _cut_line(text: CellText, number: int) -> list[Unit]:
    units: list[Unit] = []
    done = 0

    def add(kind: UnitKind, start: int, end: int) -> None:
        part = text.part(start, end)
        if part.text:
            units.append(Unit(kind, part, number, not units))

    position = 0
    while position < len(text.text):
        match = _VALUE.match(text.text, position)
        if match is not None and _is_whole(text.text, match.end()):
            add("text", done, match.start())
            add("value", match.start(), match.end())
            position = done = match.end()
        else:
            glued = _MARKED_WORD.match(text.text, position)
            space = text.text.find(" ", position)
            position = glued.end() if glued else len(text.text) if space < 0 else space
        while position < len(text.text) and text.text[position] == " ":
            position += 1
    add("text", done, len(text.text))
    return units


def _is_whole(text: str, end: int) -> bool:
    """Whether a value ends where a word does, or where the next value is glued to its mark."""
    if _ENDS.match(text, end):
        return True
    return text[end - 1] in "*†‡§¶#)" and _GLUED.match(text, end) is not None


def _split_labels(lines: list[list[Unit]]) -> list[list[Unit]]:
    """Cut off the last word of the runs before values where few such words serve most lines, some behind others."""
    runs = [line[0].text.text.split() for line in lines if len(line) > 1 and line[0].kind == "text"]
    counts = Counter(run[-1] for run in runs)
    known = {word for word, times in counts.items() if times > 1}
    covered = sum(run[-1] in known for run in runs)
    longer = sum(run[-1] in known and len(run) > 1 for run in runs)
    if len(runs) < 4 or covered < _LEAST_COVERED * len(runs) or longer < _LEAST_PREFIXED * len(runs):
        return lines
    if len(known) > covered / 2 or longer == covered:
        return lines
    return [_split_label(line, known) for line in lines]


def _split_label(line: list[Unit], known: set[str]) -> list[Unit]:
    if len(line) < 2 or line[0].kind != "text":
        return line
    first = line[0]
    word = first.text.text.rsplit(" ", 1)[-1]
    if word not in known:
        return line
    if word == first.text.text:
        return [replace(first, kind="label"), *line[1:]]
    at = len(first.text.text) - len(word)
    head = replace(first, text=first.text.part(0, at))
    tail = Unit("label", first.text.part(at, len(first.text.text)), first.line, False)
    return [head, tail, *line[1:]]
