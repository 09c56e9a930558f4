"""Citation marks by typography: raised numbers, once the document is seen to cite by them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pipeline.ingest.pdf_lines import Piece

_NUMBERS: Final = re.compile(r"[\[(]?\d{1,3}[a-d]?(?:\s?[,;–−‐-]\s?\d{1,3}[a-d]?)*[,;.]?[\])]?")
_BRACKETED: Final = re.compile(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]")
_UNIT: Final = re.compile(r"(?:^|[^A-Za-zµμ])(?:[cdkmnµμ]?m|s|h|min|kg|g|[RrXxχFtIη]|[Cc]hi|log|dm|Å|inch|ft)$")
_POWER_BASE: Final = re.compile(r"(?:^|[^\w.])(?:\d+(?:\.\d+)?\s?[×x·*]\s?)?\d+(?:\.\d+)?$")
_YEAR: Final = re.compile(r"(?:^|\D)(?:1[89]|20)\d\d$")
_ION: Final = re.compile(
    r"(?:^|[^A-Za-z])(?:Ca|Mg|Na|K|Fe|Cu|Zn|Mn|Co|Ni|Cl|H|Al|Li|Cd|Pb|Hg|Sr|Ba|NH\d?|PO\d?|SO\d?|HCO\d?)$"
)
MAX_REFERENCE: Final = 999


@dataclass(frozen=True, slots=True)
class RaisedGroup:
    """Raised words that stand together: indices of the first and after the last word, text, and the text before."""

    first: int
    last: int
    text: str
    before: str
    glued_after: bool
    spaced: bool = False


def find_raised(line: Piece) -> list[RaisedGroup]:
    """Return the groups of raised words of a line."""
    groups: list[RaisedGroup] = []
    index = 0
    while index < len(line.words):
        if line.shifts[index] != "sup":
            index += 1
            continue
        last = index + 1
        while last < len(line.words) and line.shifts[last] == "sup":
            last += 1
        text = "".join(
            ("" if number == index or word.glued else " ") + word.text
            for number, word in enumerate(line.words[index:last], start=index)
        )
        before = "".join(("" if word.glued else " ") + word.text for word in line.words[:index]).strip()
        after = last < len(line.words) and line.words[last].glued and line.words[last].text[:1].isalnum()
        groups.append(RaisedGroup(index, last, text, before, after, not line.words[index].glued))
        index = last
    return groups


def is_citation(group: RaisedGroup) -> bool:
    """Whether a raised group reads as citation numbers rather than a power, a charge, an isotope or a label."""
    text = group.text.strip()
    if not _NUMBERS.fullmatch(text) or group.glued_after:
        return False
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not numbers or not all(0 < number <= MAX_REFERENCE for number in numbers):
        return False
    before = group.before
    if not before:
        return True
    if _YEAR.search(before):
        return True
    if _POWER_BASE.search(before) and not before.endswith(("%",)):
        return False
    single = len(numbers) == 1 and numbers[0] < 10
    return not (single and (_ION.search(before) or (numbers[0] in {2, 3} and _UNIT.search(before))))


def cites_by_raised_numbers(lines: Iterable[Piece]) -> bool:
    """Whether a document's running text cites by raised numbers: many, from low ones upwards, and few in brackets."""
    raised: list[int] = []
    bracketed = 0
    for line in lines:
        bracketed += len(_BRACKETED.findall(line.text)) if "[" in line.text else 0
        for group in find_raised(line):
            if is_citation(group):
                raised.extend(int(number) for number in re.findall(r"\d+", group.text))
    distinct = set(raised)
    return len(distinct) >= 4 and min(distinct) <= 3 and len(raised) > 2 * bracketed and max(distinct) >= 5
