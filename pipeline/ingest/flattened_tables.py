"""Tables that reached us as lines: found by their captions and headers, set aside with their notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.ingest.lines import WIDE_GAP, Layout, TextLine, count_function_words, reads_as_prose
from pipeline.ingest.table_notes import read_notes
from pipeline.model.documents import Line, Table
from pipeline.model.spans import Span

_CAPTION = re.compile(
    r"(?P<label>(?:Supplementa(?:l|ry)\s|Extended\sData\s|Online\s|e)?(?:Table|TABLE|Tab\.|TAB\.))\s?"
    r"(?P<number>[A-Z]?\d{1,3}[A-Za-z]?(?:\.\d{1,2})?|[IVXL]{1,6})\b\s*"
    r"(?P<continued>[(\[]?\s*(?:continued|cont(?:[’']?d)?\.?|CONTINUED|Continued|Cont\.)\s*[)\]]?)?\s*"
    r"(?P<mark>[|.:–—-]+)?\s*(?P<text>.*)$"
)
_FIGURE = re.compile(r"^(?:Fig(?:ure)?s?\.?|FIG(?:URE)?S?\.?|Scheme|Box)\s?S?\d")
_NOTE_HINT = re.compile(
    r"(?:^(?:NOTE|Notes?|Abbreviations?|Footnotes?|Values|Data|Results|Numbers)\b\s?(?:[:.]|are|is|represent|shown)"
    r"|^[a-h*†‡§¶#]{1,3}\s?(?=[A-Z])(?!\s[A-Z]{2,})|^[*†‡§¶#]{1,3}\s?\S|\bindicates?\b|\bNS[,:=]|\bn\.s\.|"
    r"\bnot\s(?:statistically\s)?significant|[Pp]\s?[<>=≤]\s?0?\.\d|\badapted\s(?:with|from)|\breproduced\s(?:with|from)|"
    r"±|\bSD\b|\bSEM\b|\bconfidence\sinterval|(?:[A-Z][A-Za-z0-9/-]{1,9}[,:=]\s[a-z][^;]{3,60};\s?){2,}|"
    r"\b(?:this|the)\s+table\b)"
)
_NOTE_LEAD = re.compile(
    r"[*†‡§¶#]{1,4}\s?[A-Za-z(<=]|(?:NOTE|Notes?|Abbreviations?|Footnotes?)\s?[:.]|(?:NS|n\.s\.)\s?[,:=]\s|"
    r"(?:Values|Data|Results|Numbers)\s(?:are|represent|shown)\b|[a-h](?=[A-Z][a-z]+\s[a-z]+\s[a-z]+)"
)
_SOURCE_NOTE = re.compile(r"^(?:Information|Source|Data|Values|Adapted|Based|Abbreviations)\b")
_WIDE = 1.25
_CELL_INDENT = 12
_CELL_HEIGHT = 3
_CELLS = 5


@dataclass(slots=True)
class Region:
    """Line indices of one part of a table, as it is being gathered."""

    number: str | None = None
    caption: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)

    @property
    def lines(self) -> list[int]:
        """All line indices, in order."""
        return sorted([*self.caption, *self.rows, *self.notes])


def find_tables(lines: Sequence[TextLine], skipped: set[int], layout: Layout) -> tuple[tuple[Table, ...], set[int]]:
    """Return the tables and the indices of the lines that they take out of the running text.

    A table is a caption ("Table 1 | …") or a header line seen before, followed by lines that are no prose; it ends
    where prose resumes that is no footnote. Parts with the same number are one table. ``skipped`` lines (furniture)
    belong to no table.
    """
    regions = _find_regions(lines, skipped, layout)
    groups: dict[str, list[Region]] = {}
    for index, region in enumerate(regions):
        groups.setdefault(region.number or f"?{index}", []).append(region)
    tables = tuple(_build_table(lines, parts) for parts in groups.values())
    return tables, {number for region in regions for number in region.lines}


def _find_regions(lines: Sequence[TextLine], skipped: set[int], layout: Layout) -> list[Region]:
    regions: list[Region] = []
    headers: dict[str, str | None] = {}
    at = 0
    while at < len(lines):
        region = None
        if at not in skipped and lines[at].text:
            region = _open_region(lines, at, skipped, layout, headers, regions)
        if region is None:
            at += 1
            continue
        if region.rows:
            first = lines[region.rows[0]].text
            if len(first.split()) >= 3:
                headers.setdefault(first, region.number)
        regions.append(region)
        at = max(region.lines) + 1
    return regions


def _open_region(
    lines: Sequence[TextLine], at: int, skipped: set[int], layout: Layout, headers: dict[str, str | None],
    regions: list[Region],
) -> Region | None:  # fmt: skip
    caption = match_caption(lines, at, skipped)
    if caption is None:
        if lines[at].text not in headers:
            return None
        region = Region(headers[lines[at].text])
        end = _read_rows(lines, at, skipped, layout, region)
        end = _read_notes(lines, end, skipped, layout, region)
        trailing = _next_filled(lines, end, skipped)
        closing = match_caption(lines, trailing, skipped) if trailing is not None else None
        if trailing is not None and closing is not None and closing["continued"]:
            region.number = closing["number"]
            region.caption.append(trailing)
        return region if len(region.rows) >= 2 else None
    region = Region(caption["number"], [at])
    end = _read_caption(lines, at, skipped, layout, region)
    end = _read_rows(lines, end, skipped, layout, region)
    if len(region.rows) >= 2 or (region.rows and not layout.wrapped):
        _read_notes(lines, end, skipped, layout, region)
        return region
    if caption["continued"] and regions:
        return Region(caption["number"], [at])
    return None


def match_caption(lines: Sequence[TextLine], at: int, skipped: set[int]) -> re.Match[str] | None:
    """Return the match if a line begins a table's caption, and is no sentence that mentions a table."""
    line = lines[at]
    match = _CAPTION.match(line.text)
    if match is None:
        return None
    text = match["text"]
    starts = line.opens_page or at == 0 or not lines[at - 1].text or at - 1 in skipped
    if not starts and not lines[at - 1].text.endswith((".", "!", "?")):
        return None
    if match["mark"] or match["continued"] or not text:
        return match if starts or match["mark"] else None
    return match if text[0].isupper() and starts and not reads_as_prose(text, least=0.45) else None


def _read_caption(lines: Sequence[TextLine], at: int, skipped: set[int], layout: Layout, region: Region) -> int:
    """Take the caption's further lines; return the index after them."""
    end = at + 1
    match = _CAPTION.match(lines[at].text)
    if match is not None and not match["text"]:
        following = _next_filled(lines, end, skipped)
        if following is not None and following <= end + 2 and len(lines[following].text) > 12:
            region.caption.append(following)
            end = following + 1
    while end < len(lines) and lines[end].text and end not in skipped and len(region.caption) < 6:
        text, before = lines[end].text, lines[region.caption[-1]].text
        full = len(before) >= 0.75 * layout.width
        continues = text[0].islower() or before.endswith((",", "-", " of", " the", " in", " and"))
        if not (continues or (full and reads_as_prose(text, least=0.15))) or before.endswith("."):
            break
        region.caption.append(end)
        end += 1
    return end


def _read_rows(lines: Sequence[TextLine], at: int, skipped: set[int], layout: Layout, region: Region) -> int:
    end = at
    last = at
    while end < len(lines):
        line = lines[end]
        if end in skipped or not line.text:
            end += 1
            continue
        if _FIGURE.match(line.text) or match_caption(lines, end, skipped) is not None:
            break
        if _starts_prose(lines, end, skipped, layout):
            break
        if region.rows and not lines[end - 1].text and _NOTE_LEAD.match(line.text):
            break
        if line.opens_page and region.rows and _resumes_after_page(lines, end, skipped, layout):
            break
        region.rows.append(end)
        end += 1
        last = end
    return _trim_heading(lines, last, region, end)


def _trim_heading(lines: Sequence[TextLine], last: int, region: Region, end: int) -> int:
    """Give back a heading that stands right above the prose which ended the table."""
    rows = region.rows
    if not rows or end >= len(lines) or rows[-1] != end - 1:
        return last
    text = lines[rows[-1]].text
    if len(rows) > 2 and not any(c.isdigit() for c in text) and text[:1].isupper() and len(text.split()) <= 8:
        if lines[rows[-1]].opens_page or not lines[rows[-1] - 1].text:
            rows.pop()
            return end - 1
    return last


def _starts_prose(lines: Sequence[TextLine], at: int, skipped: set[int], layout: Layout) -> bool:
    """Whether running text begins at a line: two full lines of prose, or one line that is a long sentence."""
    text = lines[at].text
    if WIDE_GAP in text or (lines[at].indent >= _CELL_INDENT and at and WIDE_GAP in lines[at - 1].text):
        return False
    if layout.wrapped and _stands_among_cells(lines, at):
        return False
    function, words = count_function_words(text)
    if words >= 14 and function >= 0.22 * words and len(text) >= max(90, 0.9 * layout.width):
        return True
    if not layout.wrapped:
        return words >= 12 and function >= 0.25 * words
    if len(text) < 0.72 * layout.width or not reads_as_prose(text, least=0.18):
        return False
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is None or not following.text or at + 1 in skipped:
        return text.endswith(".") and words >= 9 and function >= 0.3 * words
    full = len(following.text) >= 0.72 * layout.width
    ends = following.text.endswith(".") and not any(c.isdigit() for c in following.text)
    return (full and reads_as_prose(following.text, least=0.18)) or (
        ends and count_function_words(text + " " + following.text)[0] >= 0.28 * (words + 3)
    )


def _stands_among_cells(lines: Sequence[TextLine], at: int) -> bool:
    """Whether a few lines between blank ones stand before such groups again: cells that a tool printed apart."""
    start = at
    while start > max(0, at - _CELL_HEIGHT) and lines[start - 1].text:
        start -= 1
    heights: list[int] = []
    number = start
    while len(heights) < _CELLS and number < len(lines):
        start = number
        while number < len(lines) and lines[number].text and number - start <= _CELL_HEIGHT:
            number += 1
        if number > start:
            heights.append(number - start)
            if heights[-1] > _CELL_HEIGHT or _FIGURE.match(lines[start].text):
                return False
        number += 1
    return len(heights) == _CELLS


def _resumes_after_page(lines: Sequence[TextLine], at: int, skipped: set[int], layout: Layout) -> bool:
    """Whether the first lines of a page are running text, perhaps under a heading."""
    if reads_as_prose(lines[at].text, least=0.25) and not any(c.isdigit() for c in lines[at].text):
        return True
    for index in range(at + 1, min(at + 4, len(lines))):
        if not lines[index].text:
            break
        if _starts_prose(lines, index, skipped, layout):
            return True
    return False


def _read_notes(lines: Sequence[TextLine], at: int, skipped: set[int], layout: Layout, region: Region) -> int:
    """Take footnotes below the rows: lines wider than the text's, or with the words of a legend."""
    if not region.rows:
        return at
    end = at
    while True:
        start = _next_filled(lines, end, skipped)
        if start is None or start > end + 3 or match_caption(lines, start, skipped) is not None:
            return end
        stop = start
        widest = 0
        while stop < len(lines) and lines[stop].text and stop not in skipped:
            wide = widest >= _WIDE * layout.width
            if stop > start and (lines[stop].opens_page or _note_is_over(lines, stop, layout, wide=wide)):
                break
            widest = max(widest, len(lines[stop].text))
            stop += 1
        group = lines[start:stop]
        text = " ".join(line.text for line in group)
        full = sum(len(line.text) >= _WIDE * layout.width for line in group)
        wide = layout.wrapped and 2 * full >= max(len(group) - 1, 1)
        hint = bool(_NOTE_HINT.search(text)) and len(text) <= 4_000
        continuing = bool(region.notes) and (text[0].islower() or bool(_NOTE_HINT.match(text)))
        first = not region.notes and (wide or _SOURCE_NOTE.match(text) is not None)
        if lines[start].opens_page and not wide:
            return end
        if not (first or continuing or (wide and region.notes) or (hint and _leads_as_note(text, region, layout))):
            return end
        region.notes.extend(range(start, stop))
        end = stop


def _note_is_over(lines: Sequence[TextLine], stop: int, layout: Layout, *, wide: bool) -> bool:
    """Whether a note in a text without blank lines ends before line ``stop``; a wide one, where narrow lines come."""
    if not lines[stop - 1].text.endswith(".") or _NOTE_HINT.search(lines[stop].text):
        return False
    return not wide or all(len(line.text) <= 1.1 * layout.width for line in lines[stop : stop + 3])


def _leads_as_note(text: str, region: Region, layout: Layout) -> bool:
    """Whether a hinted group opens like a note, or is too short for a paragraph of the text."""
    return bool(_NOTE_HINT.match(text)) or (not region.notes and len(text) <= 3 * layout.width)


def _next_filled(lines: Sequence[TextLine], at: int, skipped: set[int]) -> int | None:
    for index in range(at, min(at + 12, len(lines))):
        if lines[index].text and index not in skipped:
            return index
    return None


def _build_table(lines: Sequence[TextLine], parts: Sequence[Region]) -> Table:
    number = parts[0].number
    first = next((part for part in parts if part.caption and not _is_continued(lines, part)), None)
    captioned = first or next((part for part in parts if part.caption), None)
    caption: str | None = None
    caption_span: Span | None = None
    if captioned is not None:
        match = _CAPTION.match(" ".join(lines[index].text for index in captioned.caption))
        caption = (match["text"].strip() or None) if match else None
        whole = captioned.caption
        run = next((at for at in range(1, len(whole)) if lines[whole[at]].apart), len(whole))
        caption_span = Span(lines[whole[0]].start, lines[whole[run - 1]].end)
    rows = tuple(Line(lines[index].text, lines[index].span) for part in parts for index in part.rows)
    notes = tuple(note for part in parts for note in read_notes([(lines[i].text, lines[i].span) for i in part.notes]))
    spans = tuple(span for part in parts for span in _merge_runs(lines, part.lines))
    return Table(
        number=number, caption=caption, caption_span=caption_span, cells=(), lines=rows, notes=notes, spans=spans
    )


def _is_continued(lines: Sequence[TextLine], part: Region) -> bool:
    match = _CAPTION.match(lines[part.caption[0]].text)
    return match is not None and bool(match["continued"])


def _merge_runs(lines: Sequence[TextLine], numbers: Sequence[int]) -> list[Span]:
    """Return the ranges of the lines, those with only blank lines between them as one."""
    spans: list[Span] = []
    previous = -2
    for number in numbers:
        if spans and not lines[number].apart and all(not lines[index].text for index in range(previous + 1, number)):
            spans[-1] = Span(spans[-1].start, lines[number].end)
        else:
            spans.append(lines[number].span)
        previous = number
    return spans
