"""What belongs to the page and not to the paper: running heads, page numbers, addresses, dates of receipt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.furniture_lexicon import AFFILIATION_WORDS, FURNITURE_PATTERNS
from pipeline.ingest.journal_lines import JournalLine, read_journal_line
from pipeline.ingest.lines import TextLine, count_function_words
from pipeline.ingest.sections import recognise_section

_FURNITURE = re.compile("|".join(f"(?:{pattern})" for pattern in FURNITURE_PATTERNS), re.IGNORECASE)
_NUMBER = re.compile(r"^(?:[–—-]\s?)?\d{1,5}(?:\s?[–—-])?$")
_LONE_NUMBER = re.compile(r"(?<!\S)\d+(?=[.,:;|)]?(?:\s|$))")
_DIGITS = re.compile(r"\d+")
_AFFILIATION = re.compile(rf"\b(?:{'|'.join(AFFILIATION_WORDS)})")
_MARKED_AFFILIATION = re.compile(r"^(?:\d{1,2}|[a-h*†‡§])\s?[A-Z]")
_ADDRESS_LINKS = re.compile(r"\b(?:of|and|for|the|at|in)\b")
_LICENCE = re.compile(
    r"©|\(c\)\s(?:19|20)|\blicen[cs]e|Creative|Commons|[Oo]pen[- ][Aa]ccess\sarticle|reproduc|credited|public\sdomain|"
    r"Public\sDomain|unrestricted|rights\sreserved|non-commercial|creativecommons"
)
_KICKER = re.compile(
    r"(?:(?:original|focused|mini)?(?:research|review|methodology|studyprotocol|debate|commentary|casereport|database|"
    r"shortreport|software|letter|editorial)(?:article|paper)?)?(?:openaccess)?"
)
_KICKER_LINES = 30
_LICENCE_LINES = 9
_FRONT_LINES = 160
_MARGIN = 3
_TABLE_CAPTION = re.compile(r"(?:Supplementa(?:l|ry)\s)?(?:Table|TABLE)\s?[A-Z]?[\dIVXL]+\b")


def find_furniture(lines: Sequence[TextLine]) -> set[int]:
    """Return the indices of lines that are page furniture.

    Lines of a known form count anywhere; lines that cite the paper's own journal, short lines that come back in the
    same form at page ends, page numbers that rise, and addresses among the first lines count by what surrounds them.
    """
    found = {
        number for number, line in enumerate(lines) if 0 < len(line.text) <= 400 and _FURNITURE.fullmatch(line.text)
    }
    found |= _find_licence_tails(lines, found)
    found |= _find_repeated(lines)
    found |= _find_journal_lines(lines, found)
    found |= _find_page_numbers(lines, found)
    found |= _find_affiliations(lines)
    found |= _find_journal_names(lines)
    found |= {number for number, line in enumerate(lines[:_KICKER_LINES]) if _is_kicker(line.text)}
    return found | _find_beside(lines, found)


def _find_licence_tails(lines: Sequence[TextLine], furniture: set[int]) -> set[int]:
    """The further lines of a licence whose first line is furniture, down to the one that ends its sentence."""
    found: set[int] = set()
    for number in sorted(furniture):
        if not _LICENCE.search(lines[number].text):
            continue
        tail: list[int] = []
        at = number
        while not lines[at].text.endswith(".") and len(tail) < _LICENCE_LINES:
            at += 1
            if at >= len(lines) or not lines[at].text or lines[at].opens_page:
                break
            tail.append(at)
        if sum(bool(_LICENCE.search(lines[line].text)) for line in tail) >= max(1, len(tail) // 2):
            found.update(tail)
    return found


def _shape(text: str) -> str:
    return _LONE_NUMBER.sub("0", " ".join(text.lower().split()))


def _find_repeated(lines: Sequence[TextLine]) -> set[int]:
    """Short lines that stand alone, or at the edge of a page, in one form at least three times."""
    places: dict[str, list[int]] = {}
    edges = _find_page_edges(lines)
    for number, line in enumerate(lines):
        if not 3 <= len(line.text) <= 400 or not (number in edges or _is_edge(lines, number)):
            continue
        shape = _shape(line.text)
        if len(shape) <= 140 and any(c.isalpha() for c in shape):
            places.setdefault(shape, []).append(number)
    found: set[int] = set()
    for shape, numbers in places.items():
        spread = numbers[-1] - numbers[0]
        function, words = count_function_words(shape)
        if len(numbers) >= 3 and spread >= 60 and words >= 1 and not re.match(r"(?:table|fig)", shape):
            if _heads_table(lines, numbers):
                continue
            gaps = [b - a for a, b in pairwise(numbers)]
            # Repeated table cells and short list items come back within a few lines, a running head once a page.
            if sorted(gaps)[len(gaps) // 2] >= 20 and (function <= words / 2):
                found.update(numbers)
    return found


def _find_journal_lines(lines: Sequence[TextLine], furniture: set[int]) -> set[int]:
    """Lines that stand alone and cite a journal by volume, year and pages, and the page numbers beside them.

    Below the heading of the reference list, where entries have that form, only those that a line above it announced.
    """
    found: set[int] = set()
    seen: set[str] = set()
    listing = False
    for number, line in enumerate(lines):
        if 0 < len(line.text) <= 40 and recognise_section(line.text.strip("#* _")) == "references":
            listing = True
        cited = _read_alone(lines, number, furniture)
        if cited is not None and (not listing or cited.cited in seen):
            seen.add(cited.cited)
            found.add(number)
    beside = {at for number in found for at in _neighbours(lines, number) if 0 <= at < len(lines)}
    return found | {at for at in beside if _NUMBER.fullmatch(lines[at].text) and _is_edge(lines, at)}


def _is_kicker(text: str) -> bool:
    """Whether a line prints the kind of article with spaces between letters ("R E S EAR CH Open Access")."""
    words = text.split()
    spaced = sum(len(word) <= 2 for word in words) >= 2 and len(text) <= 60
    return spaced and _KICKER.fullmatch("".join(words).casefold()) is not None


def _find_journal_names(lines: Sequence[TextLine]) -> set[int]:
    """Short lines that print the name of the journal which the paper's own citation names, or in capitals a part."""
    names = {
        f" {' '.join(cited.journal.casefold().split())} "
        for line in lines[:_FRONT_LINES]
        if (cited := read_journal_line(line.text)) is not None
    }
    found: set[int] = set()
    for number, line in enumerate(lines if names else ()):
        words = line.text.split() if 4 <= len(line.text) <= 80 else []
        folded = f" {' '.join(words).casefold()} "
        if folded in names or (len(words) >= 2 and line.text.isupper() and any(folded in name for name in names)):
            found.add(number)
    return found


def _read_alone(lines: Sequence[TextLine], number: int, furniture: set[int]) -> JournalLine | None:
    """Return what a line cites that is parted from the text above and below it."""
    above = number == 0 or not lines[number - 1].text or lines[number].opens_page or number - 1 in furniture
    last = number == len(lines) - 1
    below = last or not lines[number + 1].text or lines[number + 1].opens_page or number + 1 in furniture
    # At the top of a page that was not parted by blank lines, authors tell the running head.
    if not (above and (below or lines[number].opens_page)):
        return None
    return read_journal_line(lines[number].text)


def _find_page_edges(lines: Sequence[TextLine]) -> set[int]:
    """The first two and the last two filled lines of each page."""
    filled = [number for number, line in enumerate(lines) if line.text]
    edges: set[int] = set()
    for place, number in enumerate(filled):
        if lines[number].opens_page:
            edges.update(filled[max(0, place - 2) : place + 2])
    return edges


def _heads_table(lines: Sequence[TextLine], numbers: Sequence[int]) -> bool:
    """Whether one of the lines stands right below a table's caption: then all are headers of its parts."""
    return any(
        _TABLE_CAPTION.match(lines[above].text)
        for number in numbers
        if not lines[number].opens_page
        for above in range(max(0, number - 2), number)
    )


def _find_beside(lines: Sequence[TextLine], furniture: set[int]) -> set[int]:
    """Short lines that come back, each time next to other furniture: a journal's name above its address."""
    places: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if 3 <= len(line.text) <= 60 and number not in furniture and line.text[0].isupper():
            places.setdefault(_shape(line.text), []).append(number)
    return {
        number
        for numbers in places.values()
        if len(numbers) >= 2 and all(_neighbours(lines, number) & furniture for number in numbers)
        for number in numbers
    }


def _neighbours(lines: Sequence[TextLine], number: int) -> set[int]:
    near = set()
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(lines) and not lines[at].text and abs(at - number) < 6:
            at += step
        near.add(at)
    return near


def _is_edge(lines: Sequence[TextLine], number: int) -> bool:
    before = number == 0 or not lines[number - 1].text
    after = number == len(lines) - 1 or not lines[number + 1].text
    return before or after


def _find_page_numbers(lines: Sequence[TextLine], furniture: set[int]) -> set[int]:
    """Lines of one number, alone between blank lines, whose values rise by the page."""
    alone = [
        (number, int(_DIGITS.findall(line.text)[0]))
        for number, line in enumerate(lines)
        if _NUMBER.fullmatch(line.text)
        and (_is_edge(lines, number) or line.opens_page or {number - 1, number + 1} & furniture)
    ]
    found: set[int] = set()
    for at, (number, value) in enumerate(alone):
        near = [other for other in alone[max(0, at - 4) : at + 5] if other[0] != number]
        if any(0 < (v - value) * (1 if n > number else -1) <= _MARGIN and abs(n - number) >= 20 for n, v in near):
            found.add(number)
    return found


def _find_affiliations(lines: Sequence[TextLine]) -> set[int]:
    found: set[int] = set()
    for number, line in enumerate(lines[:_FRONT_LINES]):
        if len(line.text) > 400 or line.text.count(",") < 2 or not _AFFILIATION.search(line.text):
            continue
        function, words = count_function_words(_ADDRESS_LINKS.sub(" ", line.text))
        marked = bool(_MARKED_AFFILIATION.match(line.text))
        if function <= (0.22 if marked else 0.12) * words and not re.search(r"\b(?:was|were|is|are|we)\b", line.text):
            found.add(number)
    return found


def count_repeats(lines: Sequence[TextLine]) -> Counter[str]:
    """Return how often each line of a text stands in it."""
    return Counter(line.text for line in lines if line.text)
