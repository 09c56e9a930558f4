"""Columns that a tool printed side by side (``pdftotext -layout``), parted at the blank strip between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipeline.ingest.lines import TextLine
from pipeline.ingest.printed_rows import (
    JITTER,
    LEAST,
    Row,
    RowKind,
    classify_row,
    count_words,
    find_gutter,
    has_whole_side,
    is_text,
    make_row,
)
from pipeline.ingest.sections import recognise_section

_CAPTION = re.compile(
    r"(?:Supplementa(?:l|ry)\s)?(?:Table|TABLE|Box|BOX|Fig(?:ure|\.)|FIG(?:URE|\.))\s?[A-Z]?[\dIVX]+\b"
)
_TABLE = re.compile(r"(?:Supplementa(?:l|ry)\s)?(?:Table|TABLE)\s?[A-Z]?[\dIVX]+\b")
_LONGEST_PAGE = 150
_WINDOW = 70
_LEAST_AMONG_OTHERS = 2
_SURE = 20
_FAR = 20
_LEAST_OF_ONE_PAGE = 8

_Place = Literal["columns", "full"]


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows ``[start, end)`` of a page that no blank row parts, or that only one place holds."""

    start: int
    end: int
    place: _Place | None


def part_columns(lines: Sequence[TextLine], source: str) -> list[TextLine]:
    """Return the lines in reading order, those of two columns printed side by side cut and set one below the other.

    A page is parted where lines on both sides of a strip that starts at one character column are running text and
    fill their column; rows that cross the strip, and tables, stay whole. Each cut line keeps its place in the source,
    and its indent is counted from its column's edge. Blank lines part the columns. Linear in the text's length.
    """
    if sum("  " in line.text or line.indent >= _FAR for line in lines) < _LEAST_OF_ONE_PAGE:
        return list(lines)
    pages = [[make_row(line) for line in page] for page in _split_pages(lines, source)]
    # In text of one column few lines hold several pieces or begin far in: nothing else has to be looked at.
    printed = [page for page in pages if sum(len(row.pieces) > 1 or row.line.indent >= _FAR for row in page) >= LEAST]
    found = max((find_gutter(page)[1] for page in printed), default=0)
    if found < _LEAST_OF_ONE_PAGE:
        return list(lines)
    least = LEAST if found < _SURE else _LEAST_AMONG_OTHERS
    return _mark_apart([line for page in pages for line in _part_page(page, least=least)])


def _mark_apart(lines: Sequence[TextLine]) -> list[TextLine]:
    """Mark the lines that do not follow the line before them in the source."""
    rank = {start: number for number, start in enumerate(sorted(line.start for line in lines if line.text))}
    marked: list[TextLine] = []
    before = -1
    for line in lines:
        if line.text:
            apart = rank[line.start] != before + 1
            before = rank[line.start]
            line = line._replace(apart=True) if apart else line
        marked.append(line)
    return marked


def _split_pages(lines: Sequence[TextLine], source: str) -> list[Sequence[TextLine]]:
    """Cut at form feeds; where a tool printed none, at the longest run of blank lines of each window."""
    feeds = "\f" in source
    starts = [0]
    for number, line in enumerate(lines[1:], 1):
        opens = line.opens_page and (not line.text or source[line.start - line.indent - 1] == "\f")
        if feeds and opens:
            starts.append(number)
    starts.append(len(lines))
    pages: list[Sequence[TextLine]] = []
    for low, high in pairwise(starts):
        while high - low > _LONGEST_PAGE:
            cut = _find_longest_blank(lines, low + _WINDOW // 2, low + _WINDOW + _WINDOW // 2)
            pages.append(lines[low:cut])
            low = cut
        pages.append(lines[low:high])
    return [page for page in pages if page]


def _find_longest_blank(lines: Sequence[TextLine], low: int, high: int) -> int:
    """Return the index behind the longest run of blank lines, the first of equals, else ``high``."""
    best, at, run = 0, high, 0
    for number in range(low, high):
        run = 0 if lines[number].text else run + 1
        if run > best:
            best, at = run, number + 1
    return at


def _part_page(rows: Sequence[Row], *, least: int, depth: int = 0) -> list[TextLine]:
    gutter, found = find_gutter(rows, least=least) if depth < 3 else (0, 0)
    if not found:
        return [row.line for row in rows]
    margin = min((row.line.indent for row in rows if row.pieces), default=0)
    parted: list[TextLine] = []
    for place, zone in _divide(rows, gutter):
        if place == "full":
            parted += [_outdent(row.line, margin) for row in zone]
            continue
        left, right = _cut_zone(zone, gutter, margin)
        parted += [*_part_page(left, least=LEAST, depth=depth + 1), _make_blank(zone[0].line)]
        parted += [*_part_page(right, least=LEAST, depth=depth + 1), _make_blank(zone[-1].line)]
    # Where columns stand side by side, a single stray space is none that a page begins with.
    first = next((number for number, line in enumerate(parted) if line.text), len(parted)) if not depth else -1
    opens = rows[0].line.opens_page
    return [
        line._replace(opens_page=opens and number == first) if line.opens_page or number == first else line
        for number, line in enumerate(parted)
    ]


def _divide(rows: Sequence[Row], gutter: int) -> list[tuple[_Place, list[Row]]]:
    """Return the page's zones from top to bottom: rows in columns, and rows of the full width."""
    kinds = [classify_row(row, gutter) for row in rows]
    groups = _place_groups(rows, kinds, gutter)
    zones: list[tuple[_Place, list[Row]]] = []
    at = 0
    for group in groups:
        gap = rows[at : group.start]
        place = group.place or "full"
        if zones and zones[-1][0] == place:
            zones[-1][1].extend([*gap, *rows[group.start : group.end]])
        else:
            if zones:
                zones[-1][1].extend(gap)
            zones.append((place, [*([] if zones else gap), *rows[group.start : group.end]]))
        at = group.end
    if zones:
        zones[-1][1].extend(rows[at:])
    return zones


def _place_groups(rows: Sequence[Row], kinds: Sequence[RowKind], gutter: int) -> list[_Group]:
    groups: list[_Group] = []
    under_caption = False
    for start, end in _find_groups(kinds):
        texts = sum(kinds[number] == "pair" and is_text(rows[number], gutter) for number in range(start, end))
        if under_caption and (texts < 3 or texts < 0.6 * (end - start)):
            groups.append(_Group(start, end, "full"))
            continue
        pairs = kinds[start:end].count("pair")
        if {"across", "edge", "cells"} & set(kinds[start:end]):
            groups += _cut_group(kinds, start, end)
        elif not pairs:
            groups.append(_Group(start, end, _place_unpaired(rows, kinds, start, end)))
        elif pairs >= 2 and 4 * texts < pairs and not _has_running_side(rows[start:end], gutter):
            groups.append(_Group(start, end, "full"))
        else:
            groups.append(_Group(start, end, "columns" if texts else None))
        last = groups[-1]
        under_caption = last.place == "full" and bool(_TABLE.match(rows[last.start].line.text))
    return _settle(rows, groups)


def _find_groups(kinds: Sequence[RowKind]) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    for number, kind in enumerate(kinds):
        if kind == "blank":
            continue
        if groups and groups[-1][1] == number:
            groups[-1] = (groups[-1][0], number + 1)
        else:
            groups.append((number, number + 1))
    return groups


def _cut_group(kinds: Sequence[RowKind], start: int, end: int) -> list[_Group]:
    """Cut a group into runs of rows in columns and runs of the full width.

    Rows of cells, with what is wrapped below them, and rows that cross the gutter are of the full width; one or two
    crossing rows between rows in columns are rows whose left side is too long.
    """
    places: list[_Place | None] = []
    for number in range(start, end):
        kind = kinds[number]
        below_cells = bool(places) and places[-1] == "full" and kinds[number - 1] in ("cells", "right", "wide")
        if kind in ("across", "cells") or (kind in ("right", "wide") and below_cells):
            places.append("full")
        else:
            places.append("columns" if kind in ("pair", "right") else None)
    for index, place in enumerate(places):
        if place is None:
            before = places[index - 1] if index else None
            places[index] = before or next((other for other in places[index + 1 :] if other), "full")
    runs: list[_Group] = []
    for number, place in enumerate(places, start):
        if runs and runs[-1].place == place:
            runs[-1] = replace(runs[-1], end=number + 1)
        else:
            runs.append(_Group(number, number + 1, place))
    merged: list[_Group] = []
    for index, run in enumerate(runs):
        inner = 0 < index < len(runs) - 1 and run.place == "full" and run.end - run.start <= 2
        if inner and "cells" in kinds[run.start : run.end]:
            inner = min(near.end - near.start for near in (runs[index - 1], runs[index + 1])) >= 3
        if merged and (merged[-1].place == run.place or inner):
            merged[-1] = replace(merged[-1], end=run.end)
        else:
            merged.append(run)
    return merged


def _place_unpaired(rows: Sequence[Row], kinds: Sequence[RowKind], start: int, end: int) -> _Place | None:
    """Return the place of a group no row of which has text on both sides right at the gutter."""
    if end - start == 1 and recognise_section(rows[start].line.text) == "references":
        return "full"  # nothing beside it: the list below it has columns of its own
    if "wide" not in kinds[start:end]:
        return "columns" if "right" in kinds[start:end] else None
    filled = [number for number, kind in enumerate(kinds) if kind != "blank"]
    if start <= filled[0] or end > filled[-1]:
        return "full"  # running heads and feet
    running = sum(count_words(row, *row.pieces[0]) >= 4 for row in rows[start:end])
    return None if 2 * running > end - start and end - start > 1 else "full"


def _has_running_side(rows: Sequence[Row], gutter: int) -> bool:
    """Whether most rows have words in one piece on one side of the gutter, though the other side may be a table."""
    return sum(has_whole_side(row, gutter) for row in rows) >= 0.6 * len(rows)


def _settle(rows: Sequence[Row], groups: Sequence[_Group]) -> list[_Group]:
    """Give groups of short lines the place of their neighbours; a caption goes with what it stands above."""
    settled: list[_Group] = []
    for number, group in enumerate(groups):
        if group.place is None:
            after = next((other.place for other in groups[number + 1 :] if other.place), None)
            before = settled[-1].place if settled else None
            caption = bool(_CAPTION.match(rows[group.start].line.text))
            following = groups[number + 1].place if number + 1 < len(groups) else None
            place = following if caption and following else "columns" if "columns" in (before, after) else "full"
            group = replace(group, place=place)
        settled.append(group)
    return settled


def _cut_zone(rows: Sequence[Row], gutter: int, margin: int) -> tuple[list[Row], list[Row]]:
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        cut = _find_cut(row, gutter)
        left.append(_cut_row(row, 0, cut, margin))
        right.append(_cut_row(row, cut, 1 << 30, gutter))
    return _drop_gaps(left), _drop_gaps(right)


def _find_cut(row: Row, gutter: int) -> int:
    """Return where a row is cut; a row that crosses the gutter without a word's start near it stays left."""
    for start, end in row.pieces:
        if start >= gutter - JITTER:
            return start
        if end > gutter - 1:
            near = sorted(range(gutter - 4, gutter + 5), key=lambda column: abs(column - gutter))
            return next((c for c in near if row.read(c - 1, c) == " " and row.read(c, c + 1).strip()), end)
    return gutter


def _cut_row(row: Row, low: int, high: int, edge: int) -> Row:
    pieces = [(max(start, low), min(end, high)) for start, end in row.pieces if start < high and end > low]
    if not pieces:
        return Row(_make_blank(row.line), ())
    line = row.line
    shift = line.start - line.indent
    text = row.read(pieces[0][0], pieces[-1][1]).rstrip()
    start = shift + pieces[0][0]
    cut = TextLine(start, start + len(text), text, max(pieces[0][0] - edge, 0))
    return make_row(cut)


def _drop_gaps(rows: Sequence[Row]) -> list[Row]:
    """Leave the blank rows out that stand in a column only because its lines are not level with the other's."""
    blank = [not row.pieces for row in rows]
    single = [
        blank[number] and not (blank[number - 1] or blank[number + 1]) for number in range(1, max(len(rows) - 1, 1))
    ]
    inner = [False, *single, False][: len(rows)]
    if sum(single) <= 0.3 * (len(rows) - sum(blank)):
        # Every second row of a stretch; two such rows may stand around a heading.
        runs = [
            inner[at] and inner[at + 2 : at + 3] == [True] and inner[at + 4 : at + 5] == [True]
            for at in range(len(inner))
        ]
        inner = [any(runs[at - step] for step in (0, 2, 4) if at >= step) for at in range(len(inner))]
    return [row for row, gap in zip(rows, inner, strict=False) if not gap]


def _outdent(line: TextLine, margin: int) -> TextLine:
    return line._replace(indent=max(line.indent - margin, 0)) if line.text and margin else line


def _make_blank(line: TextLine) -> TextLine:
    return TextLine(line.end, line.end, "", 0)
