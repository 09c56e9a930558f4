"""From lines to headings, paragraphs and captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.ingest.asides import is_aside
from pipeline.ingest.headings import is_run_in, is_title_case, looks_like_heading, match_run_in
from pipeline.ingest.lines import Layout, TextLine, reads_as_prose
from pipeline.ingest.lines_lexicon import FUNCTION_WORDS
from pipeline.ingest.sections import recognise_section
from pipeline.model.documents import BlockKind

_FIGURE_CAPTION = re.compile(
    r"(?:Supplementa(?:l|ry)\s|Extended\sData\s|Online\s)?(?:Fig(?:ure)?s?\.?|FIG(?:URE)?S?\.?|Scheme|SCHEME|Chart)"
    r"\s?[A-Z]?\d{1,3}[A-Za-z]?\b\s*(?P<mark>[|.:–—)-]+)?\s*(?P<text>.*)$"
)
_LOWER_NAME = re.compile(r"[a-z]{1,3}[A-Z0-9]")
_TABLE_LABEL = re.compile(r"(?:Table|TABLE|Tab\.|Box|BOX)\s?[A-Z]?[\dIVX]+\b")
_SHORT = 0.82
_OTHER_WIDTH = 1.2
_STOPS = (".", ",", ";", ":")


@dataclass(slots=True)
class Paragraph:
    """A run of lines that belong together; ``segments`` are (first, last) line indices, in reading order."""

    kind: BlockKind
    segments: list[tuple[int, int]] = field(default_factory=list)


def gather_paragraphs(
    lines: Sequence[TextLine], removed: set[int], layout: Layout, *, start: int = 0
) -> list[Paragraph]:
    """Return headings, paragraphs and figure captions in line order; ``removed`` lines belong to none."""
    paragraphs: list[Paragraph] = []
    for first, last in _find_groups(lines, removed, layout, start):
        paragraphs.extend(_divide_group(lines, first, last, layout, removed))
    return paragraphs


@lru_cache(maxsize=16_384)
def is_figure_caption(text: str) -> bool:
    """Whether a line begins a figure's caption and is no sentence about a figure."""
    match = _FIGURE_CAPTION.match(text)
    if match is None or not match["text"]:
        return match is not None and bool(match["mark"])
    if match["mark"] and not match["mark"].startswith(")"):
        return match["text"][0].isupper() or match["text"][0] in '(“‘"' or bool(_LOWER_NAME.match(match["text"]))
    return match["text"][0].isupper()


def _find_groups(lines: Sequence[TextLine], removed: set[int], layout: Layout, start: int) -> list[tuple[int, int]]:
    """Return (first, last) indices of lines that no blank line, removed line or page start parts."""
    groups: list[tuple[int, int]] = []
    first: int | None = None
    base = _usual_indent(lines)
    for number in range(start, len(lines)):
        line = lines[number]
        if not line.text or number in removed:
            first = None
            continue
        indented = layout.wrapped and line.indent >= base + 2 and number > 0 and lines[number - 1].indent <= base + 1
        parted = line.opens_page or is_figure_caption(line.text) or (indented and _ends_full_stop(lines, number - 1))
        if first is None or parted or not layout.wrapped:
            groups.append((number, number))
            first = number
        else:
            groups[-1] = (groups[-1][0], number)
    return groups


def _usual_indent(lines: Sequence[TextLine]) -> int:
    indents = sorted(line.indent for line in lines if line.text)
    return indents[len(indents) // 2] if indents else 0


def _ends_full_stop(lines: Sequence[TextLine], number: int) -> bool:
    return bool(re.search(r"[.!?:][)\]”’\"]*[\d,–\- ]*$", lines[number].text[-80:]))


def _divide_group(
    lines: Sequence[TextLine], first: int, last: int, layout: Layout, removed: set[int]
) -> list[Paragraph]:
    text = lines[first].text
    parts: list[Paragraph] = []
    at = first
    if is_figure_caption(text) or is_aside(text):
        end = _find_end(lines, first, last, layout)
        parts.append(Paragraph("caption" if is_figure_caption(text) else "paragraph", [(first, end)]))
        at = end + 1
    while at <= last:
        height = _measure_heading(lines, at, last, layout)
        if not height and at > first:
            height = _measure_inner(lines, at, last, layout)
        closing = _measure_closing(lines, at, last, layout, removed) if at > first else 0
        if closing:
            parts.append(Paragraph("heading", [(at, last)]))
            return parts
        if height and at + height <= last:
            parts.append(Paragraph("heading", [(at, at + height - 1)]))
            at += height
            continue
        if height and _stands_alone(lines, at, last, removed) and not _breaks_sentence(lines, at, last, removed):
            parts.append(Paragraph("heading", [(at, last)]))
            return parts
        stop = at + 1
        while stop <= last and not (
            _is_known_heading(lines, stop, layout)
            or _measure_inner(lines, stop, last, layout)
            or _measure_closing(lines, stop, last, layout, removed)
            or (
                is_run_in(lines[stop].text) and (_ends_full_stop(lines, stop - 1) or _is_abstract(lines[stop - 1].text))
            )
        ):
            stop += 1
        parts.append(Paragraph("paragraph", [(at, stop - 1)]))
        at = stop
    return parts


def _is_abstract(text: str) -> bool:
    return len(text) <= 20 and recognise_section(text) == "abstract"


def _find_end(lines: Sequence[TextLine], first: int, last: int, layout: Layout) -> int:
    """Return the last line of a caption or aside whose group may run on into the text for want of blank lines."""
    widest = max(len(lines[number].text) for number in range(first, last + 1))
    for number in range(first, last):
        following = lines[number + 1].text
        if not _ends_full_stop(lines, number):
            if number > first and _resumes_text(lines, first, number, last, layout):
                return number
            continue
        torn = following[0].islower() and not _LOWER_NAME.match(following)
        if torn or len(lines[number].text) < 0.75 * widest or _changes_width(lines, first, number, last):
            return number
    return last


def _changes_width(lines: Sequence[TextLine], first: int, number: int, last: int) -> bool:
    """Whether the lines below ``number`` are running text set to another width than the caption's lines down to it."""
    below = [len(line.text) for line in lines[number + 1 : min(number + 3, last) + 1]]
    if len(below) < 3 or not all(reads_as_prose(lines[at].text, least=0.15) for at in (number + 1, number + 2)):
        return False
    above = [len(line.text) for line in lines[first : number + 1]]
    narrower = max(above) >= _OTHER_WIDTH * max(below)
    wider = len(above) >= 3 and min(above[:-1]) >= 0.8 * max(above) and min(below[:2]) >= _OTHER_WIDTH * max(above)
    return narrower or wider


def _resumes_text(lines: Sequence[TextLine], first: int, number: int, last: int, layout: Layout) -> bool:
    """Whether a caption without a full stop ends in a short line, and full lines of running text stand below it."""
    line = lines[number].text
    widest = max(len(lines[at].text) for at in range(first, number + 1))
    if len(line) >= 0.75 * widest or line.endswith(_STOPS) or line.rsplit(" ", 1)[-1].lower() in FUNCTION_WORDS:
        return False
    below = lines[number + 1 : min(number + 3, last) + 1]
    full = [len(other.text) >= 0.8 * layout.width and reads_as_prose(other.text, least=0.15) for other in below]
    return len(full) == 3 and sum(full) >= 2 and below[0].text[0].isupper()


def _measure_inner(lines: Sequence[TextLine], number: int, last: int, layout: Layout) -> int:
    """Return of how many lines a heading between a finished paragraph and a full line consists, 0 for none."""
    if not layout.wrapped or number >= last or not _follows_end(lines, number):
        return 0
    width = _measure_width(lines, number)
    for height in (1, 2):
        after = number + height
        if after > last or not _may_head(lines, number, height, width):
            continue
        # A heading of the next lower rank may stand between a heading and its text.
        lower = (
            after + 1 <= last
            and height == 1
            and _may_head(lines, after, 1, width)
            and len(lines[after].text) <= 0.6 * width
        )
        following = lines[after + 1 if lower else after].text
        if len(following) >= 0.75 * width and _opens_text(following):
            return height
    return 0


def _measure_closing(lines: Sequence[TextLine], number: int, last: int, layout: Layout, removed: set[int]) -> int:
    """Return of how many lines a heading consists that ends a group and heads the text behind the blank line."""
    height = last - number + 1
    if not layout.wrapped or height > 2 or not _follows_end(lines, number):
        return 0
    after = next((at for at in range(last + 1, min(last + 4, len(lines))) if lines[at].text), None)
    if after is None or after in removed or not _may_head(lines, number, height, layout.width):
        return 0
    following = lines[after].text
    opens = len(following) >= 0.6 * layout.width and _opens_text(following) and reads_as_prose(following, least=0.15)
    return height if opens else 0


def _follows_end(lines: Sequence[TextLine], number: int) -> bool:
    """Whether the line above ends a paragraph, or is a known heading."""
    above = lines[number - 1].text
    return _ends_full_stop(lines, number - 1) or (len(above) <= 40 and recognise_section(above) is not None)


def _may_head(lines: Sequence[TextLine], number: int, height: int, width: int) -> bool:
    """Whether one or two lines have the form of a heading and stop short of the full width."""
    rows = [line.text for line in lines[number : number + height]]
    whole = " ".join(rows)
    words = whole.split()
    if is_run_in(whole) or is_aside(whole) or _TABLE_LABEL.match(whole):
        return False
    if whole.endswith((":", "?")) or not (
        len(words) >= 2 or (len(whole) >= 5 and whole.isalpha() and not whole.isupper())
    ):
        return False
    if height == 2:
        wraps = len(rows[0]) >= 0.55 * width and len(rows[1]) <= 0.6 * width
        return wraps and _continues_heading(*rows) and not rows[0].endswith(_STOPS) and looks_like_heading(whole, 2)
    return len(whole) <= 0.85 * width and looks_like_heading(whole, 1)


def _measure_width(lines: Sequence[TextLine], number: int) -> int:
    """Return the length of the full lines around a line: columns and references are set to other widths."""
    near = sorted(len(line.text) for line in lines[max(0, number - 12) : number + 13] if line.text)
    return near[(len(near) * 3) // 4]


def _is_known_heading(lines: Sequence[TextLine], number: int, layout: Layout) -> bool:
    """Whether a line within a group is a heading by its words alone: a known title after a finished paragraph."""
    text = lines[number].text
    if len(text) > 60 or not (text[0].isupper() or text[0].isdigit()) or text.endswith((".", ",", ";", "-")):
        return False
    if not _ends_full_stop(lines, number - 1) or len(text) > 0.7 * layout.width:
        return False
    return recognise_section(text) is not None


def _measure_heading(lines: Sequence[TextLine], first: int, last: int, layout: Layout) -> int:
    """Return of how many lines a heading at the top of a group consists, 0 for none.

    A heading's lines stop short of the full width where running text would fill them.
    """
    text = lines[first].text
    label = match_run_in(text)
    told = label is not None and len(text.split()) >= 5 and not is_title_case(text[label.end() :])
    if label is not None and (first < last or text.endswith(".") or told):
        return 0
    known = recognise_section(text) is not None and len(text) <= 80
    if known and (first == last or _opens_text(lines[first + 1].text)):
        return 1
    width = min(layout.width, _measure_width(lines, first))
    limit = _SHORT * width if layout.wrapped else 130
    height = 0
    while first + height <= last and height < 3:
        line = lines[first + height].text
        if len(line) > limit or (line.endswith((".", ",", ";", ":")) and not known):
            break
        if height and not _continues_heading(lines[first + height - 1].text, line):
            break
        # A line is wrapped where it is nearly full: short lines below one another are headings of two ranks.
        if height and line[0].isupper() and _ends_short(lines[first + height - 1].text, width):
            break
        height += 1
    if not height:
        after = first + 2
        wrapped = layout.wrapped and first < last and _may_head(lines, first, 2, width)
        full = after > last or (len(lines[after].text) >= 0.75 * width and _opens_text(lines[after].text))
        return 2 if wrapped and full else 0
    whole = " ".join(lines[first + index].text for index in range(height))
    if not looks_like_heading(whole, height):
        return 0
    if first + height <= last and not _opens_text(lines[first + height].text):
        return 0
    if first + height < last and len(lines[first + height].text) < 0.6 * width:
        following = lines[first + height + 1].text
        lower = layout.wrapped and _may_head(lines, first + height, 1, width) and _may_head(lines, first, height, width)
        return height if lower and len(following) >= 0.75 * width and _opens_text(following) else 0
    return height


def _ends_short(text: str, width: int) -> bool:
    return len(text) < 0.55 * width and text.rsplit(" ", 1)[-1].lower() not in FUNCTION_WORDS


def _continues_heading(before: str, line: str) -> bool:
    return line[0].islower() or before.endswith(("-", "–")) or before.rsplit(" ", 1)[-1].islower()


def _opens_text(text: str) -> bool:
    return text[0].isupper() or text[0] in '“‘"(' or text[0].isdigit() or bool(_LOWER_NAME.match(text))


def _breaks_sentence(lines: Sequence[TextLine], first: int, last: int, removed: set[int]) -> bool:
    """Whether a single word stands below running text that has not ended: a word that a tool printed apart."""
    text = lines[first].text
    if first < last or " " in text or recognise_section(text) is not None:
        return False
    above = next((at for at in range(first - 1, max(first - 4, -1), -1) if lines[at].text), None)
    if above is None or above in removed or _ends_full_stop(lines, above):
        return False
    return reads_as_prose(lines[above].text, least=0.15)


def _stands_alone(lines: Sequence[TextLine], first: int, last: int, removed: set[int]) -> bool:
    """Whether what follows a group of heading-like lines is running text that begins afresh."""
    known = recognise_section(lines[first].text) is not None
    shorter = 0
    for number in range(last + 1, min(last + 12, len(lines))):
        if number in removed or not lines[number].text:
            continue
        text = lines[number].text
        if not _opens_text(text):
            return False
        if is_figure_caption(text) and not known:
            return False  # a label inside the figure
        if len(text) >= 40 or recognise_section(text) is not None or is_figure_caption(text):
            return True
        # A heading of the next lower rank may stand between a heading and its text.
        if shorter or not looks_like_heading(text, 1):
            return False
        shorter += 1
    return known
