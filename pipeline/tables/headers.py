"""The header of a flattened table: a run of words cut into columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.tables.columns import classify_header, type_column
from pipeline.tables.texts import CellText, join_words
from pipeline.tables.typed import Column
from pipeline.tables.words import Word

MAX_HEADER_LINES = 5
MAX_HEADER_WORDS = 60
MAX_COLUMN_WORDS = 9
MAX_COLUMNS = 12
_WIDE_GAP = 3
_SECOND_HEAD = 1.0


@dataclass(frozen=True, slots=True)
class Header:
    """One reading of a table's first words as column headers; ``words`` is how many it takes up."""

    columns: tuple[Column, ...]
    words: int
    cost: float


def propose_headers(words: Sequence[Word], *, best: int = 10) -> tuple[Header, ...]:
    """Return readings of the table's first lines as a header, the most likely first."""
    proposals: list[Header] = []
    last_line = words[0].line + MAX_HEADER_LINES if words else 0
    for end in range(1, min(len(words), MAX_HEADER_WORDS) + 1):
        at_line_end = end == len(words) or words[end].starts_line
        if words[end - 1].line >= last_line:
            break
        if at_line_end and end < len(words):
            proposals.extend(_split_header(words[:end]))
    proposals.sort(key=lambda header: (header.cost, header.words))
    return tuple(proposals[:best])


def _split_header(words: Sequence[Word]) -> list[Header]:
    """Return the cheapest way to cut the words into each number of columns."""
    paths: list[dict[int, tuple[float, tuple[int, ...]]]] = [{0: (0.0, ())}]
    for end in range(1, len(words) + 1):
        best: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start in range(max(0, end - MAX_COLUMN_WORDS), end):
            cost = _segment_cost(words, start, end)
            for count, (before, cuts) in paths[start].items():
                whole, current = before + cost, best.get(count + 1)
                if count < MAX_COLUMNS and (current is None or whole <= current[0]):
                    option = (whole, (*cuts, end))
                    if current is None or option < current:
                        best[count + 1] = option
        paths.append(best)
    headers = []
    for cost, cuts in paths[-1].values():
        if len(cuts) < 2:
            continue
        bounds = list(zip((0, *cuts[:-1]), cuts, strict=True))
        columns = tuple(type_column(_join(words[start:end])) for start, end in bounds)
        headers.append(Header(columns, len(words), cost / len(columns)))
    return headers


def _join(words: Sequence[Word]) -> CellText:
    return join_words((word.text, word.start) for word in words)


def _segment_cost(words: Sequence[Word], start: int, end: int) -> float:
    run = words[start:end]
    text = " ".join(word.text for word in run)
    cost = _header_cost(text)
    first = run[0]
    if start and not first.starts_line and not _opens(first.text):
        cost += 0.8
    for previous, word in pairwise(run):
        if word.gap >= _WIDE_GAP:
            cost += 3.0
        if word.after_blank:
            cost += 1.0
        elif word.starts_line:
            cost += 0.1
        if _opens(word.text) and word.text[0].isalpha() and previous.text.lower() not in ("of", "the", "in", "per"):
            cost += 0.5
    return cost


def _opens(text: str) -> bool:
    return text[0].isupper() or not text[0].isalnum() or any(letter.isupper() for letter in text)


@lru_cache(maxsize=20_000)
def _header_cost(text: str) -> float:
    if text[0] in "(%)]," or text.count("(") != text.count(")"):
        return 6.0
    words = re.sub(r"\([^)]*\)", " ", text).split()
    kind = classify_header(text)
    cost = 0.2 + 0.06 * len(words) if kind != "unknown" else 1.4 + 0.2 * len(words)
    if len(words) > 1:
        kinds = {classify_header(word) for word in words} - {"unknown"}
        if len(kinds) > 1:
            cost += 0.5 * (len(kinds) - 1)
    for index in range(1, len(words)):
        own = classify_header(words[index])
        if words[index][0].isupper() and own not in ("unknown", classify_header(" ".join(words[:index]))):
            known = classify_header(" ".join(words[:index])) != "unknown"
            cost += _SECOND_HEAD if known else 0.0
    if re.search(r"\)\W*\w", text):
        cost += 1.5
    if sum(character.isdigit() for character in text) > 1:
        cost += 1.0
    return cost
