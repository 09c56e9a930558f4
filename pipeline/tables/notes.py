"""What a table's notes say its marks mean, and what its legend says about every row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.model import Span, TableNote
from pipeline.tables.texts import CellText, read_span

MarkMeaning = Literal["not_significant", "significant", "mean", "median", "other"]

_DEFAULT_NULL = re.compile(r"^(NS|ns|n\.s\.|N\.S\.)$")
_NULL = re.compile(
    r"\bnot? (statistically )?significan|\bnon-?significan|\bno significan|\bstatistically not significan",
    re.IGNORECASE,
)
_P_LEVEL = re.compile(r"\bp(?:[- ]?value)?s?\s*([<≤=])\s*(0?[.·]\d+|1e-\d+)", re.IGNORECASE)
_SIGNIFICANT = re.compile(r"\b(statistically )?significant(ly)?\b", re.IGNORECASE)
_MEAN = re.compile(r"\bmeans?\b(?=[^.;]*\b(instead|rather|reported|used|shown|given|not median)\b)", re.IGNORECASE)
_MEDIAN = re.compile(r"\bmedians?\b(?=[^.;]*\b(instead|rather|not mean)\b)", re.IGNORECASE)
_UNMARKED = re.compile(
    r"\b(un-?marked|all other|without (an? )?(asterisk|mark|symbol)|otherwise)\b[^.;]*(?:\bsignifican|\bp\s*[<≤])",
    re.IGNORECASE,
)
_SYMBOLS = r"\*{1,4}|[†‡§¶#‖$&]{1,3}"
_NEXT_MARK = rf"(?:,|\band\b)?\s*(?:{_SYMBOLS}|\b[a-e])\s?\(?[pP]\s?[<=≤]"
_SYMBOL_NOTE = re.compile(
    rf"(?:^|(?<=[.;,(\s]))({_SYMBOLS})\s*(?:,|:|=|indicates?|denotes?|means?)?\s*"
    rf"((?:(?!{_NEXT_MARK})(?:[^.;()]|\.(?=\d)|(?<=vs)\.))*[^.;()\s,])"
)
_LETTER_LEVEL = re.compile(
    rf"(?:^|(?<=[.;,(\s]))([a-e])\s?(?=[pP]\s?[<=≤])((?:(?!{_NEXT_MARK})(?:[^.;()]|\.(?=\d)|(?<=vs)\.))*[^.;()\s,])"
)
_LETTER_NOTE = re.compile(
    r"(?:^|(?<=[.;]\s)|(?<=[.;]\s\s))([a-z])(?=[A-Z][a-z])|(?:^|(?<=[.;]\s))\(?([a-z])[).:]\s+(?=[A-Z])"
)
_SHORT_NOTE = re.compile(r"(?:^|(?<=[.;,(\s]))(NS|ns|n\.s\.|N\.S\.)\s*[,:=]\s*([^.;,()]+)")
_COMPARED_NOTE = re.compile(
    rf"(?:^|(?<=[.;,(\s]))\(?({_SYMBOLS}|[a-e])\)?\s?[:=,]?\s*"
    r"((?:(?:as|when|significant(?:ly)?|different|in)\s){0,2}(?:compar(?:ed?|ing|ison)|versus|vs\.?|relative|against)"
    r"(?:\s(?:with|to))?\s[^.;,()]{2,60})",
    re.IGNORECASE,
)
"""Notes that say with whom and leave the level to another: "a: compared with control; P < 0.05 was significant"."""
_BARE_LEVEL = re.compile(r"([<≤])\s?(0?[.·]\d+)")
_BARE_LEVEL_NOTE = re.compile(
    r"(?:^|(?<=[.;,(:]\s)|(?<=\band\s))\(?([a-e]|[*†‡§¶#$]{1,3})\)?\s?([<≤]\s?0?[.·]\d+\b[^;]{0,15}"
    r"(?:compar(?:ed|ing|ison)|versus|vs\.?|relative|against|from)[^;]{2,110}?)(?=[;]|\.(?!\d)|,?\s(?:and\s)?[a-e]\s?[<≤]|$)",
    re.IGNORECASE,
)
"""Notes that give the level without its letter: "a < 0.05 compared with control"."""
_MARK_BEHIND = re.compile(
    r"\bp\s?([<≤])\s?(0?[.·]\d+)\s?\(?([a-e]|[*†‡§¶#$]{1,3})\)?(?=\s?[,;.)]|\s?$|\sand\b)(?!\s?[,;]\s?\3\s?[pP])",
    re.IGNORECASE,
)
"""Levels with their mark behind them: "p < 0.05 a, p < 0.01 b"."""
_SENTENCE_END = re.compile(r"(?<=[a-z)%])[.;]\s+(?=[A-Z*†‡])")
_STATISTIC = re.compile(r"\b(median|mean|average|maximum|maximal)\b(?=[^.;]*)", re.IGNORECASE)
_STATISTICS = {"median": "median", "mean": "mean", "average": "mean", "maximum": "maximum", "maximal": "maximum"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark and what the notes say of it; ``span`` is the note's text in the source."""

    mark: str
    meaning: MarkMeaning
    text: str
    span: Span | None
    p_relation: str | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """A table's notes, read.

    Attributes:
        marks: every mark that the notes define.
        legend: all the notes' texts, for what they say about every row.
        unmarked: what they say of cells without a mark: significant, not, or nothing.
    """

    marks: tuple[Mark, ...]
    legend: tuple[CellText, ...]
    unmarked: bool | None

    def find(self, mark: str) -> Mark | None:
        """Return what a mark means; NS needs no definition, nothing else goes without one."""
        for known in self.marks:
            if known.mark == mark or (known.mark.lower() == "ns" and mark.lower() == "ns"):
                return known
        if _DEFAULT_NULL.match(mark):
            return Mark(mark, "not_significant", mark, None)
        return None

    @property
    def names(self) -> frozenset[str]:
        """The marks that are defined."""
        return frozenset(mark.mark for mark in self.marks)


def read_notes(source: str, notes: Sequence[TableNote]) -> Notes:
    """Return the marks and the legend of a table's notes."""
    marks: dict[str, Mark] = {}
    legend: list[CellText] = []
    for note in notes:
        text = read_span(source, note.span)
        legend.append(text)
        if note.mark:
            marks.setdefault(note.mark.strip("()"), _read_mark(note.mark.strip("()"), text))
        for name, part in _split_legend(text):
            marks.setdefault(name, _read_mark(name, part))
    whole = " ".join(text.text for text in legend)
    level = _P_LEVEL.search(whole)
    if level is not None or _SIGNIFICANT.search(whole):
        for text in legend:
            for match in _COMPARED_NOTE.finditer(text.text):
                known = marks.get(match.group(1))
                if known is None or known.meaning == "other":
                    marks[match.group(1)] = _read_compared(match.group(1), text.part(*match.span(2)), level)
    for text in legend:
        for match in _BARE_LEVEL_NOTE.finditer(text.text):
            known = marks.get(match.group(1))
            bare = _BARE_LEVEL.match(match.group(2))
            if bare is not None and (known is None or known.meaning == "other"):
                marks[match.group(1)] = _read_compared(match.group(1), text.part(*match.span(2)), bare)
    for text in legend:
        for match in _MARK_BEHIND.finditer(text.text):
            marks.setdefault(match.group(3), _read_compared(match.group(3), text, match))
    unmarked: bool | None = None
    if _UNMARKED.search(whole):
        unmarked = not _NULL.search(_UNMARKED.search(whole).group())  # type: ignore[union-attr]
    return Notes(tuple(marks.values()), tuple(legend), unmarked)


def _read_compared(name: str, text: CellText, level: re.Match[str] | None) -> Mark:
    span = text.locate(0, len(text.text))
    if level is None:
        return Mark(name, "significant", text.text, span)
    return Mark(
        name, "significant", text.text, span, level.group(1).replace("≤", "<="), float(level.group(2).replace("·", "."))
    )


def _split_legend(text: CellText) -> list[tuple[str, CellText]]:
    found: list[tuple[str, CellText]] = []
    for match in (
        *_SYMBOL_NOTE.finditer(text.text),
        *_LETTER_LEVEL.finditer(text.text),
        *_SHORT_NOTE.finditer(text.text),
    ):
        found.append((match.group(1), text.part(match.start(2), match.end(2))))
    letters = [
        (match.group(1) or match.group(2), match.start(), match.end()) for match in _LETTER_NOTE.finditer(text.text)
    ]
    for index, (name, _, start) in enumerate(letters):
        limit = letters[index + 1][1] if index + 1 < len(letters) else len(text.text)
        found.append((name, text.part(start, limit)))
    return found


def _read_mark(name: str, text: CellText) -> Mark:
    span = text.locate(0, len(text.text))
    body = text.text[len(name) :] if name.isalpha() and text.text.startswith(name) else text.text
    reading = _SENTENCE_END.split(body)[0]
    level = _P_LEVEL.search(reading)
    meaning: MarkMeaning = "other"
    if _DEFAULT_NULL.match(name) or (_NULL.search(reading) and len(reading) < 120):
        meaning = "not_significant"
    elif level is not None:
        meaning = "significant"
    elif _MEAN.search(reading):
        meaning = "mean"
    elif _MEDIAN.search(reading):
        meaning = "median"
    elif _SIGNIFICANT.search(reading) and len(reading) < 160:
        meaning = "significant"
    if level is not None and meaning == "significant":
        return Mark(
            name, meaning, text.text, span, level.group(1).replace("≤", "<="), float(level.group(2).replace("·", "."))
        )
    return Mark(name, meaning, text.text, span)


def read_statistic(texts: Sequence[CellText]) -> str | None:
    """Return the statistic that the first of the texts naming one names: median, mean or maximum."""
    for text in texts:
        match = _STATISTIC.search(text.text)
        if match:
            return _STATISTICS[match.group(1).lower()]
    return None
