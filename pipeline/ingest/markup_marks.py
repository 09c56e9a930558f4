"""Citation marks of marked-up text: links to references, gathered into marks with their brackets and ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.ingest.layout import KnownMark
from pipeline.model import Span

MAX_RANGE: Final = 200
_GAP: Final = re.compile(r"\s?[\])]?\s?(?:,|;|[-–—−‐‑]|and|&|to|or)?\s?(?:and\s|&\s)?[\[(]?\s?")
_DASH: Final = re.compile(r"[-–—−‐‑]|\bto\b")
_NUMERIC: Final = re.compile(r"[\[(]?\s?\d{1,4}[a-z]?(?:\s?[-–—−‐‑,]\s?\d{1,4}[a-z]?)*\s?[\])]?")
_NUMBERS: Final = re.compile(r"(\d{1,4})(?:\s?[-–—−‐‑]\s?(\d{1,4}))?")
_LEAD: Final = re.compile(
    r"(?:see|also|e\.g\.,?|i\.e\.,?|cf\.?|reviewed|review|reviews|in|by|for|and|refs?\.?|references?|[,;:]|\s)*+",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?:,?\s?(?:and references therein|and others|for reviews?|for an? \w+ review|"
    r"p{1,2}\.?\s?\d+(?:[-–]\d+)?|\s))*+",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"\b(?:refs?\.?|references?|nos?\.)\s?$", re.IGNORECASE)
_BARE_YEAR: Final = re.compile(r"[\[(]?(?:1[89]|20)\d\d[a-z]?(?:[,;]\s?(?:(?:1[89]|20)\d\d)?[a-z]?)*[\])]?")
_YEAR_TAIL: Final = re.compile(r",?\s?[\[(]?(?:(?:1[89]|20)\d\d[a-z]?|in press)(?:\s?[,;&]\s?(?:\d{4})?[a-z]?)*[\])]?$")
_AUTHOR_PART: Final = re.compile(
    r"(?:\s|[,;:&.'’()–-]|et al|and|in|by|see|also|e\.g|i\.e|cf|for|review(?:s|ed)?|an|a|of|"
    r"extensive|discussion|references therein|"
    r"de|van|von|der|den|del|la|le|di|da|dos|ten|(?:1[89]|20)\d\d[a-z]?|[a-z](?=[,;)\s])|\b[A-ZÀ-ÞŁŠŽČ][\w’'-]*+)*+"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A run of text, ``[start, end)`` of its block's text, that cites references by the markers it resolved to."""

    start: int
    end: int
    markers: tuple[str, ...]


def gather_marks(text: str, links: Sequence[Link], *, offset: int = 0) -> tuple[KnownMark, ...]:
    """Return the citation marks that the links of a block form.

    Neighbouring links are one mark; a dash between two numbers is a range; brackets that hold nothing else belong to
    the mark. A name that the sentence needs ("Smith et al. (2003) found") stays: only its year is the mark.

    Args:
        text: the block's text.
        links: its links in text order.
        offset: where the block's text begins in the source.
    """
    marks: list[KnownMark] = []
    for group in _group_links(text, links):
        numeric = all(
            _NUMERIC.fullmatch(text[link.start : link.end].strip()) and not _is_year(text, link) for link in group
        )
        start, end = _numeric_bounds(text, group) if numeric else _name_bounds(text, group)
        if marks and start + offset < marks[-1].span.end:
            previous = marks.pop()
            merged = tuple(dict.fromkeys((*previous.markers, *_list_markers(text, group))))
            marks.append(KnownMark(Span(previous.span.start, max(previous.span.end, end + offset)), merged))
        else:
            marks.append(KnownMark(Span(start + offset, end + offset), _list_markers(text, group)))
    return tuple(marks)


def expand_numbers(text: str) -> tuple[str, ...]:
    """Return the numbers a mark names, ranges expanded: ``"3, 5–7"`` gives ``("3", "5", "6", "7")``."""
    numbers: list[str] = []
    for match in _NUMBERS.finditer(text):
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        if not first <= last <= first + MAX_RANGE:
            last = first
        numbers.extend(str(number) for number in range(first, last + 1))
    return tuple(dict.fromkeys(numbers))


def resolve_targets(targets: Sequence[str], text: str, markers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the markers that a link names: those of its targets, else the numbers written in it.

    Args:
        markers: each reference's marker by its identifier.
    """
    known = tuple(dict.fromkeys(markers[target] for target in targets if target in markers))
    written = (
        expand_numbers(text) if _NUMERIC.fullmatch(text.strip()) and not _BARE_YEAR.fullmatch(text.strip()) else ()
    )
    if known and len(written) > len(known) and set(known) <= set(written):
        return written
    return known or written


def _is_year(text: str, link: Link) -> bool:
    return bool(_BARE_YEAR.fullmatch(text[link.start : link.end].strip())) and not any(
        marker in text[link.start : link.end] for marker in link.markers if marker.isdigit()
    )


def _group_links(text: str, links: Sequence[Link]) -> list[list[Link]]:
    groups: list[list[Link]] = []
    for link in links:
        if groups and _GAP.fullmatch(text[groups[-1][-1].end : link.start]):
            groups[-1].append(link)
        else:
            groups.append([link])
    return groups


def _list_markers(text: str, group: Sequence[Link]) -> tuple[str, ...]:
    markers: list[str] = []
    for index, link in enumerate(group):
        if index and _DASH.search(text[group[index - 1].end : link.start]) and markers and link.markers:
            low, high = markers[-1], link.markers[0]
            if low.isdigit() and high.isdigit() and int(low) < int(high) <= int(low) + MAX_RANGE:
                markers.extend(str(number) for number in range(int(low) + 1, int(high)))
        markers.extend(link.markers)
    return tuple(dict.fromkeys(markers))


def _numeric_bounds(text: str, group: Sequence[Link]) -> tuple[int, int]:
    start, end = group[0].start, group[-1].end
    for opening, closing in ("[]", "()"):
        left = text.rfind(opening, max(start - 40, 0), start)
        right = text.find(closing, end, end + 40)
        if left < 0 or right < 0:
            continue
        if _LEAD.fullmatch(text[left + 1 : start]) and _TAIL.fullmatch(text[end:right]):
            return left, right + 1
    label = _LABEL.search(text[:start])
    return (label.start() if label else start), end


def _name_bounds(text: str, group: Sequence[Link]) -> tuple[int, int]:
    start, end = group[0].start, group[-1].end
    for opening, closing in ("()", "[]"):
        left = _find_opening(text, start, opening, closing)
        right = _find_closing(text, end, opening, closing)
        if left is None or right is None:
            continue
        if _AUTHOR_PART.fullmatch(text[left + 1 : start]) and _AUTHOR_PART.fullmatch(text[end:right]):
            return left, right + 1
        return start, end
    tail = _YEAR_TAIL.search(text[group[-1].start : end])
    if len(group) == 1 and tail and tail.start() > 0:
        return group[-1].start + tail.start(), end
    return start, end


def _find_opening(text: str, start: int, opening: str, closing: str) -> int | None:
    depth = 0
    for index in range(start - 1, max(start - 400, -1), -1):
        if text[index] == closing:
            depth += 1
        elif text[index] == opening:
            if depth == 0:
                return index
            depth -= 1
    return None


def _find_closing(text: str, end: int, opening: str, closing: str) -> int | None:
    depth = 0
    for index in range(end, min(end + 400, len(text))):
        if text[index] == opening:
            depth += 1
        elif text[index] == closing:
            if depth == 0:
                return index
            depth -= 1
    return None
