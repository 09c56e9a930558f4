"""From ordered lines to blocks: paragraphs, headings, list items, references, notes."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.ingest.pdf_columns import Column
from pipeline.ingest.pdf_headings import Typography, continues_heading, is_heading, rank_headings
from pipeline.ingest.pdf_lines import Piece
from pipeline.ingest.sections import recognise_section
from pipeline.model.documents import BlockKind, SectionKind

_END: Final = re.compile(r"[.?!:][\"'”’)\]]*(?:\s?\[?\d[\d,–-]*\]?)?$")
_BULLET: Final = re.compile(r"(?:[•▪■●◦‣∙·–-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_COUNTED: Final = re.compile(r"(\(?)(\d{1,3})([.)])\s+(?=[^\W\d_])")
_ENTRY: Final = re.compile(
    r"(?:\[\d{1,3}\]|\d{1,3}\.|\(\d{1,3}\)|\d{1,3})(?:\s+(?=[A-Z“\"'(À-Þ’‘]|(?:de|van|von|al|ten|ter|den|der|del|di|da|dos|la|le|el)\b|d’)|$)"
)
_AFTER_LIST: Final = re.compile(
    r"(?:conflicts? of interests?|competing interests?|received:|citation:|(?:how to )?cite this article|copyright\s*©|"
    r"©|this article was submitted|edited by|reviewed by|publisher[’']s note|disclaimer|supplementary material\b)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|el|al|ter|dos|du)\s){0,3}[A-ZÀ-ÞŁŚŠŽČ][\w’'‐-]+"
    r"(?:\s[A-ZÀ-Þ][\w’'‐-]+)?,?\s(?:[A-Z][.’'-]?\s?){1,4}(?:[,:;(.]|\s(?:and|&)\s|$)"
)
_IMPRINT: Final = re.compile(
    r"\W*(?:©|\(c\)|copyright\b|(?:19|20)\d\d the authors?\b|electronic supplementary material)", re.I
)
_LABELLED: Final = re.compile(
    r"(?:key\s?words?|index terms|abbreviations|correspondence)\b\s*(?:[:.—–-]|[A-Z]|$)", re.I
)
_RECENT: Final = 40
_TERMINAL: Final = re.compile(r"[.?!][\"'”’)\]]*$")


@dataclass(slots=True)
class TextBlock:
    """Lines that belong together, with what they are; ``breaks`` are the lines before which something stands."""

    lines: list[Piece]
    kind: BlockKind | None = "paragraph"
    section: SectionKind | None = None
    level: int | None = None
    breaks: set[int] = field(default_factory=set)
    _sizes: Counter[float] = field(default_factory=Counter)
    _counted: int = 0

    @property
    def text(self) -> str:
        """The lines' text, hyphens at line ends kept."""
        return "\n".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of most of its characters."""
        weights = self._sizes
        for line in self.lines[self._counted :]:
            weights[round(line.size, 1)] += len(line.text)
        self._counted = len(self.lines)
        return min(weights, key=lambda key: (-weights[key], key)) if weights else 0.0


@dataclass(slots=True)
class _Flow:
    line: Piece
    left: float
    right: float
    fresh: bool
    narrow: bool


def build_blocks(columns: Sequence[Column], *, typography: Typography) -> list[TextBlock]:
    """Return the blocks of all pages' columns in reading order, paragraphs joined over columns and pages."""
    flows: list[_Flow] = []
    for column in columns:
        for number, line in enumerate(column.lines):
            flows.append(_Flow(line, column.left, column.right, number == 0, column.narrow))
    indents = _uses_indents(flows, typography.size)
    usual = _measure_leading(flows)
    blocks: list[TextBlock] = []
    asides: list[TextBlock] = []
    previous: _Flow | None = None
    references = late = False
    for flow in flows:
        if flow.narrow:
            _set_aside(asides, flow.line)
            continue
        heading = is_heading(
            flow.line,
            previous.line if previous is not None else None,
            fresh=flow.fresh,
            width=flow.right - flow.left,
            previous_short=previous is not None and previous.line.x1 < previous.right - 40,
            typography=typography,
            listing=references,
        )
        block = blocks[-1] if blocks else None
        if block is None or previous is None:
            blocks.append(_open(flow, heading))
        elif heading or _is_heading_rest(block, flow, typography):
            if (
                block.kind == "heading"
                and not flow.fresh
                and continues_heading(block.lines, flow.line, typography=typography)
            ):
                block.lines.append(flow.line)
            else:
                blocks.append(_open(flow, heading))
        elif (torn := _find_torn(blocks, flow, typography)) is not None:
            torn.breaks.add(len(torn.lines))
            torn.lines.append(flow.line)
            blocks.remove(torn)
            blocks.append(torn)
        elif block.kind == "heading" or _begins(
            flow,
            previous,
            block,
            leading=typography.leading,
            indents=indents,
            entry_leading=usual.get(round(flow.line.size, 1), flow.line.size) if references else None,
        ):
            blocks.append(_open(flow, heading))
        else:
            if flow.fresh:
                block.breaks.add(len(block.lines))
            block.lines.append(flow.line)
        if heading:
            kind = recognise_section(blocks[-1].text)
            references = kind == "references"
            late = (late or references) and kind in {None, "references"}
        if references and blocks[-1].lines[-1] is flow.line and _AFTER_LIST.match(flow.line.text):
            references, late = False, True
            blocks[-1] = _split_last(blocks)
        if references and blocks[-1].kind in {"paragraph", "list"}:
            blocks[-1].kind = "reference"
            blocks[-1].section = "references"
        elif late and not references:
            blocks[-1].kind = None
        previous = flow
    for block in blocks:
        if block.kind == "paragraph" and block.section is None and recognise_section(_read_run_in(block)) == "back":
            block.section = "back"
    headings = [block for block in blocks if block.kind == "heading"]
    for block, level in zip(headings, rank_headings([block.lines[0] for block in headings]), strict=True):
        block.level = level
    return [*_split_references(blocks), *asides]


def _split_last(blocks: list[TextBlock]) -> TextBlock:
    """Return the last line as a block of its own, taken off the last block; a list's entries stay what they are."""
    last = blocks[-1]
    if len(last.lines) == 1:
        return last
    blocks.append(TextBlock([last.lines.pop()]))
    return blocks[-1]


def _read_run_in(block: TextBlock) -> str:
    """Return the bold or italic words that open a paragraph, as a title set into the line does."""
    words = block.lines[0].words
    if not words or not (words[0].bold or words[0].italic or words[0].font != block.lines[0].words[-1].font):
        return ""
    opening = []
    for word in words:
        if word.font != words[0].font:
            break
        opening.append(word.text)
    return " ".join(opening).rstrip(".:") if len(opening) < len(words) else ""


def _is_heading_rest(block: TextBlock, flow: _Flow, typography: Typography) -> bool:
    """Whether a line goes on with the heading before it, set in a font that no running text has."""
    if block.kind != "heading" or flow.fresh or flow.line.font in typography.fonts:
        return False
    return flow.line.font == block.lines[-1].font and continues_heading(block.lines, flow.line, typography=typography)


def _find_torn(blocks: Sequence[TextBlock], flow: _Flow, typography: Typography) -> TextBlock | None:
    """Return the unfinished paragraph that goes on in a new column after a footnote or an imprint."""
    if not flow.fresh or abs(flow.line.size - typography.size) > 0.6:
        return None
    for block in reversed(blocks[-4:]):
        foot = block.size < typography.size - 0.6 or _IMPRINT.match(block.lines[0].text)
        if block.kind not in {"paragraph", "list"} or not foot:
            unfinished = block.kind == "paragraph" and not _TERMINAL.search(block.lines[-1].text)
            return (
                block if block is not blocks[-1] and unfinished and block.lines[-1].page >= flow.line.page - 1 else None
            )
    return None


def _set_aside(asides: list[TextBlock], line: Piece) -> None:
    if asides and asides[-1].lines[-1].page == line.page:
        asides[-1].lines.append(line)
    else:
        asides.append(TextBlock([line], kind=None))


def _open(flow: _Flow, heading: bool) -> TextBlock:
    if heading:
        return TextBlock([flow.line], kind="heading")
    kind: BlockKind = "list" if _BULLET.match(flow.line.text) else "paragraph"
    return TextBlock([flow.line], kind=kind)


def _begins(
    flow: _Flow, previous: _Flow, block: TextBlock, *, leading: float, indents: bool, entry_leading: float | None
) -> bool:
    """Whether a line begins a block of its own; ``entry_leading`` is that of a reference list's lines."""
    line, last = flow.line, previous.line
    if entry_leading is not None:
        return _begins_entry(flow, previous, leading=entry_leading)
    if abs(line.size - last.size) > 0.6 and abs(line.size - block.size) > 0.6:
        return True
    width = max(previous.right - previous.left, 1.0)
    short = last.x1 < previous.right - 0.12 * width
    ended = bool(_END.search(last.text))
    indent = line.x0 - flow.left
    indented = 0.6 * line.size < indent < 5 * line.size
    if _IMPRINT.match(line.text):
        return True
    if _LABELLED.match(line.text) and line.text[:1].isupper():
        return True
    if _BULLET.match(line.text) and ended and (short or block.kind == "list"):
        return True
    if block.kind == "list" and not flow.fresh and _counts_on(block.lines[0].text, line.text):
        return True
    if flow.fresh:
        if line.text[:1].islower() or last.text.endswith("-"):
            return False
        if indented and not _deep(block, previous):
            return ended
        if indents:
            return short and ended
        return ended
    gap = last.base - line.base
    usual = max(leading * line.size / max(block.size, 1.0), 1.05 * line.size)
    if gap > 1.42 * usual or gap < -0.5:
        return not (line.text[:1].islower() and not ended) or gap > 2.5 * usual
    if indented and last.x0 - previous.left < 0.5 * line.size and (ended or short):
        return not line.text[:1].islower()
    return short and ended and not line.text[:1].islower() and not (indents and not indented)


def _counts_on(item: str, line: str) -> bool:
    """Whether a line bears the number behind that of a list's item, in the same form."""
    first, second = _COUNTED.match(item), _COUNTED.match(line)
    if first is None or second is None or first[1] != second[1] or first[3] != second[3]:
        return False
    return int(second[2]) == int(first[2]) + 1


def _deep(block: TextBlock, previous: _Flow) -> bool:
    """Whether the block itself stands indented, as a quotation does."""
    inner = [line.x0 - previous.left for line in block.lines[max(1, len(block.lines) - _RECENT) : -1]]
    return bool(inner) and min(inner) > 0.6 * block.size


def _begins_entry(flow: _Flow, previous: _Flow, *, leading: float) -> bool:
    """Whether a line begins an entry of the reference list; entries without numbers hang or stand apart."""
    line, last = flow.line, previous.line
    if _ENTRY.match(line.text):
        return True
    gap = last.base - line.base
    if not flow.fresh and gap > min(1.5 * line.size, max(1.18 * leading, line.size)):
        return True
    outdented = line.x0 - flow.left < 0.4 * line.size
    if flow.fresh:
        named = bool(_NAMED.match(line.text)) and previous.line.x1 < previous.right - 0.25 * (
            previous.right - previous.left
        )
        return named or (outdented and bool(_END.search(last.text)) and line.text[:1].isupper())
    return outdented and last.x0 - previous.left > 0.6 * line.size and line.text[:1].isupper()


def _split_references(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """Where most entries are numbered, join those without a number to the entry before."""
    entries = [block for block in blocks if block.kind == "reference"]
    numbered = [block for block in entries if _ENTRY.match(block.lines[0].text)]
    if len(numbered) < 0.5 * len(entries) or len(numbered) < 3:
        return list(blocks)
    joined: list[TextBlock] = []
    expected = 1
    for block in blocks:
        if block.kind == "reference":
            found = _ENTRY.match(block.lines[0].text)
            number = int(re.sub(r"\D", "", found[0]) or 0) if found else 0
            near = expected <= number <= expected + 3
            if joined and joined[-1].kind == "reference" and not near:
                joined[-1].lines.extend(block.lines)
                continue
            expected = number + 1 if near else expected
        joined.append(block)
    return joined


def _measure_leading(flows: Sequence[_Flow]) -> dict[float, float]:
    """Return the usual distance of two lines of one size, by size."""
    gaps: dict[float, Counter[float]] = {}
    for before, flow in itertools.pairwise(flows):
        gap, size = before.line.base - flow.line.base, round(flow.line.size, 1)
        if not flow.fresh and round(before.line.size, 1) == size and 0.9 * size < gap < 2 * size:
            gaps.setdefault(size, Counter())[round(gap, 1)] += 1
    return {size: min(counts, key=lambda gap: (-counts[gap], gap)) for size, counts in gaps.items()}


def _uses_indents(flows: Sequence[_Flow], body_size: float) -> bool:
    indented = 0
    total = 0
    for before, flow in itertools.pairwise(flows):
        if flow.narrow or flow.fresh or abs(flow.line.size - body_size) > 0.4:
            continue
        total += 1
        indent = flow.line.x0 - flow.left
        if 0.6 * body_size < indent < 4 * body_size and before.line.x0 - before.left < 0.5 * body_size:
            indented += 1
    return total > 30 and indented > 0.015 * total
