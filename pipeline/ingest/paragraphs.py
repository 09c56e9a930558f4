"""From lines to headings, paragraphs and captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.ingest.asides import is_aside
from pipeline.ingest.headings import is_run_in, looks_like_heading, starts_numbered
from pipeline.ingest.lines import Layout, TextLine
from pipeline.ingest.sections import recognise_section
from pipeline.model.documents import BlockKind

_FIGURE_CAPTION = re.compile(
    r"(?:Supplementa(?:l|ry)\s|Extended\sData\s|Online\s)?(?:Fig(?:ure)?s?\.?|FIG(?:URE)?S?\.?|Scheme|SCHEME|Chart)"
    r"\s?[A-Z]?\d{1,3}[A-Za-z]?\b\s*(?P<mark>[|.:–—)-]+)?\s*(?P<text>.*)$"
)
_LOWER_NAME = re.compile(r"[a-z]{1,3}[A-Z0-9]")
_SHORT = 0.82


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
        end = _find_end(lines, first, last)
        parts.append(Paragraph("caption" if is_figure_caption(text) else "paragraph", [(first, end)]))
        at = end + 1
    while at <= last:
        height = _measure_heading(lines, at, last, layout)
        if not height and at > first and _is_inner_heading(lines, at, last, layout):
            height = 1
        if height and at + height <= last:
            parts.append(Paragraph("heading", [(at, at + height - 1)]))
            at += height
            continue
        if height and _stands_alone(lines, at, last, removed):
            parts.append(Paragraph("heading", [(at, last)]))
            return parts
        stop = at + 1
        while stop <= last and not (
            _is_known_heading(lines, stop, layout)
            or _is_inner_heading(lines, stop, last, layout)
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


def _find_end(lines: Sequence[TextLine], first: int, last: int) -> int:
    """Return the last line of a caption or aside whose group may run on into the text for want of blank lines."""
    widest = max(len(lines[number].text) for number in range(first, last + 1))
    for number in range(first, last):
        if not _ends_full_stop(lines, number):
            continue
        following = lines[number + 1].text
        torn = following[0].islower() and not _LOWER_NAME.match(following)
        if torn or len(lines[number].text) < 0.75 * widest:
            return number
    return last


def _is_inner_heading(lines: Sequence[TextLine], number: int, last: int, layout: Layout) -> bool:
    """Whether a short line between a finished paragraph and a full line, or another such line, is a heading."""
    text = lines[number].text
    if not layout.wrapped or number >= last or not _ends_full_stop(lines, number - 1):
        return False
    width = _measure_width(lines, number)
    if len(text) > 0.6 * width and not (starts_numbered(text) and len(text) <= 0.85 * width):
        return False
    following = lines[number + 1].text
    if number + 2 <= last and _may_head(following, width):
        following = lines[number + 2].text
    full = len(following) >= 0.75 * width and _opens_text(following)
    return full and _may_head(text, width)


def _may_head(text: str, width: int) -> bool:
    long = len(text.split()) >= 2 or (len(text) >= 5 and text.isalpha() and not text.isupper())
    short = len(text) <= 0.6 * width or starts_numbered(text)
    return short and long and looks_like_heading(text, 1) and not text.endswith((":", "?"))


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
    if is_run_in(text) and (first < last or text.endswith(".")):
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
        height += 1
    if not height:
        return 0
    whole = " ".join(lines[first + index].text for index in range(height))
    if not looks_like_heading(whole, height):
        return 0
    if first + height <= last and not _opens_text(lines[first + height].text):
        return 0
    if first + height <= last and len(lines[first + height].text) < 0.6 * width and first + height < last:
        return 0
    return height


def _continues_heading(before: str, line: str) -> bool:
    return line[0].islower() or before.endswith(("-", "–")) or before.rsplit(" ", 1)[-1].islower()


def _opens_text(text: str) -> bool:
    return text[0].isupper() or text[0] in '“‘"(' or text[0].isdigit() or bool(_LOWER_NAME.match(text))


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
        if len(text) >= 40 or recognise_section(text) is not None or is_figure_caption(text):
            return True
        # A heading of the next lower rank may stand between a heading and its text.
        if shorter or not looks_like_heading(text, 1):
            return False
        shorter += 1
    return known
