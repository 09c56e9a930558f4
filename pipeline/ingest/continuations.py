"""Paragraphs that a page, a column, a box or a float has torn apart, put together again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log2

from pipeline.ingest.continuations_lexicon import CONNECTIVES, DETERMINERS
from pipeline.ingest.lines import Layout, TextLine
from pipeline.ingest.paragraphs import Paragraph

_CLOSED = re.compile(r"[.!?:][)\]”’\"'*_]*(?:\s?[\[(]?\d[\d,;–\-\s]*[\])]?)?$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LAST_WORD = re.compile(r"([^\W_][\w’'/-]*)\W*$")
_FIRST_WORD = re.compile(r"\W*([^\W_][\w’'/-]*)")
_LOWER_NAME = re.compile(r"[a-z]{1,3}[A-Z0-9]|[a-z]-[A-Z]")
_LOWER_SENTENCE = re.compile(r"[a-z]{3}[.!?]\s+[a-z]{4,}\s")
_REACH = 14


@dataclass(frozen=True, slots=True)
class _Edge:
    number: int
    word: str
    strong: bool
    text: str


def join_continuations(paragraphs: Sequence[Paragraph], lines: Sequence[TextLine], layout: Layout) -> list[Paragraph]:
    """Return the paragraphs with torn ones joined, in reading order.

    Ends without a final point are matched with beginnings in lower case: the pair that the document's own word pairs
    and the words' classes make most likely first, the nearest where nothing tells them apart. Where a column turns
    out to be printed before the one that it continues, the columns change places.
    """
    ends = [edge for number, p in enumerate(paragraphs) if (edge := _find_open_end(number, p, lines, layout))]
    starts = [edge for number, p in enumerate(paragraphs) if (edge := _find_open_start(number, p, lines))]
    if not ends or not starts:
        return list(paragraphs)
    pairs = _count_pairs(lines, ends, starts)
    scored = []
    places = [start.number for start in starts]
    running = [0, *accumulate(paragraph.kind in ("paragraph", "heading") for paragraph in paragraphs)]
    for end in ends:
        for start in starts[bisect_left(places, end.number - _REACH) : bisect_right(places, end.number + _REACH)]:
            forward = start.number > end.number
            if end.number == start.number or not (forward or (start.strong and pairs[end.word, start.word] >= 2)):
                continue
            low, high = (end.number, start.number) if forward else (start.number, end.number)
            between = running[high] - running[low + 1]
            if not start.strong and (between or not end.strong):
                continue
            score = _score(end, start, pairs, between, caption=paragraphs[end.number].kind == "caption")
            if score > 0:
                scored.append((-score, abs(end.number - start.number), end.number, start.number))
    follows: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, end_number, start_number in sorted(scored):
        if end_number in follows or start_number in taken or _leads_to(follows, start_number, end_number):
            continue
        follows[end_number] = start_number
        taken.add(start_number)
    order = _swap_columns(list(range(len(paragraphs))), follows)
    result: list[Paragraph] = []
    for number in order:
        if number in taken:
            continue
        segments = list(paragraphs[number].segments)
        at = number
        while at in follows:
            at = follows[at]
            segments.extend(paragraphs[at].segments)
        result.append(Paragraph(paragraphs[number].kind, segments))
    return result


def _find_open_end(number: int, paragraph: Paragraph, lines: Sequence[TextLine], layout: Layout) -> _Edge | None:
    if paragraph.kind not in ("paragraph", "caption"):
        return None
    text = lines[paragraph.segments[-1][1]].text
    if _CLOSED.search(text[-80:]) and not text.endswith(("-", "–", "—")):
        return None
    match = _LAST_WORD.search(text[-80:])
    word = match.group(1).lower() if match else ""
    leaning = text.endswith(("-", "–", "—", "/", ",", "(")) or word in CONNECTIVES or word in DETERMINERS
    full = layout.wrapped and len(text) >= 0.82 * layout.width
    if layout.wrapped and not full and not leaning and len(text) < 0.55 * layout.width:
        return None
    return _Edge(number, word, leaning or full, text)


def _find_open_start(number: int, paragraph: Paragraph, lines: Sequence[TextLine]) -> _Edge | None:
    if paragraph.kind != "paragraph":
        return None
    text = lines[paragraph.segments[0][0]].text
    match = _FIRST_WORD.match(text)
    if match is None:
        return None
    word = match.group(1)
    strong = text[0].islower() and not _LOWER_NAME.match(text)
    if strong:
        whole = " ".join(line.text for line in lines[paragraph.segments[0][0] : paragraph.segments[0][1] + 1])
        # Small capitals are often extracted in lower case: then other sentences of the block begin so, too.
        if _LOWER_SENTENCE.search(whole):
            return None
    return _Edge(number, word.lower(), strong, text)


def _count_pairs(lines: Sequence[TextLine], ends: Sequence[_Edge], starts: Sequence[_Edge]) -> Counter[tuple[str, str]]:
    wanted_first = {edge.word for edge in ends}
    wanted_second = {edge.word for edge in starts}
    pairs: Counter[tuple[str, str]] = Counter()
    previous = ""
    for line in lines:
        if not line.text:
            previous = ""
        for word in _WORD.findall(line.text.lower()):
            if previous in wanted_first and word in wanted_second:
                pairs[previous, word] += 1
            previous = word
    return pairs


def _score(end: _Edge, start: _Edge, pairs: Counter[tuple[str, str]], running: int, *, caption: bool) -> float:
    """Return how likely one edge is continued by another, with ``running`` paragraphs and headings between them."""
    forward = start.number > end.number
    adjacent = forward and not running
    if caption and start.number != end.number + 1:
        return 0.0
    count = pairs[end.word, start.word]
    score = 1.0 if start.strong else -0.4
    plain = {end.word, start.word} & (CONNECTIVES | DETERMINERS)
    score += (0.4 if plain else 1.5) * min(log2(1 + count), 4.0) + _fit(end, start)
    score += 1.5 if adjacent else 0.4 if forward and running <= 3 else -0.2 if forward else -1.6
    if caption:
        score += 0.8
    return score


def _fit(end: _Edge, start: _Edge) -> float:
    """How well two words follow one another, by their classes."""
    if end.text.endswith(("–", "—")) and start.text[0].isdigit():
        return 2.0
    if end.text.endswith("-"):
        return 1.5
    if start.word in DETERMINERS:
        return 1.0 if end.word in CONNECTIVES or end.text.endswith(",") else -2.0 if end.word in DETERMINERS else -0.8
    if start.word in CONNECTIVES:
        return -1.5 if end.word in DETERMINERS else -0.3 if end.word in CONNECTIVES else 0.5
    return 0.7 if end.word in CONNECTIVES or end.word in DETERMINERS else 0.2


def _leads_to(follows: dict[int, int], number: int, target: int) -> bool:
    while number in follows:
        number = follows[number]
        if number == target:
            return True
    return number == target


def _swap_columns(order: list[int], follows: dict[int, int]) -> list[int]:
    """Where ``end`` is continued by an earlier ``start``, put the column of ``end`` before that of ``start``."""
    for end, start in sorted(follows.items()):
        if start > end:
            continue
        before = {later: earlier for earlier, later in follows.items()}
        heads = [t for t in range(start + 1, end + 1) if before.get(t, start) < start]
        if heads:
            head = heads[0]
            at, cut, stop = order.index(start), order.index(head), order.index(end)
            if at < cut <= stop:
                order[at : stop + 1] = order[cut : stop + 1] + order[at:cut]
    return order
