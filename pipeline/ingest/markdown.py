"""Reader of Markdown, also of text files that hold Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.assembly import assemble_document
from pipeline.ingest.continuations import join_continuations
from pipeline.ingest.decoding import decode_text
from pipeline.ingest.flattened_tables import find_tables
from pipeline.ingest.furniture import find_furniture
from pipeline.ingest.inline_markup import cut_markup, strip_markup
from pipeline.ingest.layout import Fragment, KnownMark, RawBlock
from pipeline.ingest.lines import Layout, TextLine, measure_layout, split_lines
from pipeline.ingest.metadata import FrontMatter, read_authors, read_metadata
from pipeline.ingest.paragraphs import Paragraph, is_figure_caption
from pipeline.ingest.pipe_tables import find_pipe_tables
from pipeline.ingest.reference_lists import find_references
from pipeline.ingest.sections import recognise_section
from pipeline.ingest.text import insert_list_heading, make_block
from pipeline.model.documents import Document, Metadata
from pipeline.model.spans import Span
from pipeline.settings import Settings

READER_VERSION = "2"

_HEADING = re.compile(r"(?P<signs>#{1,6})\s+(?=\S)")
_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
_QUOTE = re.compile(r"(?:>\s?)+")
_RULE = re.compile(r"(?:[-*_]\s*){3,}|={3,}|-{3,}")
_FENCE = re.compile(r"(?:```|~~~)")
_LABEL = re.compile(r"\*\*[^*\n]{3,80}?:?\*\*:?\s*")
_FIELD = re.compile(r"^(?P<key>[A-Za-z_]+):\s*(?P<value>.*?)\s*$", re.MULTILINE)


def read_markdown(data: bytes, *, name: str, sha256: str, settings: Settings) -> Document:
    """Read a Markdown file; the source text is the file decoded, markup and all.

    Raises:
        DocumentError: the file is empty, too large or no text.
    """
    source, failures = decode_text(data, name=name, settings=settings)
    raw = split_lines(source)
    lines = [line._replace(text=strip_markup(line.text).strip()) if line.text else line for line in raw]
    layout = measure_layout(lines)
    fields, skipped = _read_fields(source, raw)
    skipped |= _find_signs(raw) | find_furniture(lines)
    pipes, piped = find_pipe_tables(source, raw, lines)
    references, list_heading, entries = find_references(lines, skipped)
    front = _find_title(lines, skipped | piped)
    aside = skipped | piped | entries | {*front.title_lines, *front.author_lines}
    if list_heading is not None:
        aside.add(list_heading)
    flat, taken = find_tables(lines, aside, layout)
    paragraphs, levels = _gather(raw, lines, aside | taken)
    joined = join_continuations(paragraphs, lines, Layout(layout.width, layout.wrapped))
    blocks = [_cut_block(source, make_block(paragraph, raw), levels) for paragraph in joined]
    if front.title_lines:
        at = front.title_lines[0]
        title = RawBlock("title", (Fragment(Span(raw[at].start, raw[at].end)),))
        blocks.insert(0, _cut_block(source, title, levels))
    blocks = [block for block in blocks if block.fragments]
    _mark_back_matter(blocks, raw, list_heading)
    if list_heading is not None:
        listed: list[RawBlock] = []
        insert_list_heading(listed, list_heading, raw)
        levels.setdefault(raw[list_heading].start, 1)
        after = (i for i, b in enumerate(blocks) if b.fragments[0].span.start > raw[list_heading].start)
        blocks.insert(next(after, len(blocks)), _cut_block(source, listed[0], levels))
    metadata = read_metadata(source, lines, front, references_at=list_heading)
    return assemble_document(
        name=name, sha256=sha256, reader="markdown", reader_version=READER_VERSION, source=source, blocks=blocks,
        tables=(*pipes, *flat), references=references, metadata=_merge_fields(metadata, fields),
        failures=failures, settings=settings,
    )  # fmt: skip


def _read_fields(source: str, raw: Sequence[TextLine]) -> tuple[dict[str, str], set[int]]:
    """Return the fields of a front matter between two lines of dashes, and the lines it takes."""
    if not raw or raw[0].text != "---":
        return {}, set()
    end = next((number for number in range(1, min(len(raw), 80)) if raw[number].text in ("---", "...")), None)
    if end is None:
        return {}, set()
    matter = source[raw[0].end : raw[end].start]
    fields = {match["key"].lower(): match["value"].strip("\"'") for match in _FIELD.finditer(matter)}
    return fields, set(range(end + 1))


def _merge_fields(metadata: Metadata, fields: dict[str, str]) -> Metadata:
    authors = re.split(r",\s|;\s?|\sand\s", fields.get("authors", fields.get("author", "")).strip("[]"))
    year = re.search(r"\b(?:19|20)\d\d\b", fields.get("year", fields.get("date", "")))
    return replace(
        metadata,
        title=fields.get("title") or metadata.title,
        authors=tuple(author.strip("\"' ") for author in authors if author.strip()) or metadata.authors,
        year=int(year.group()) if year else metadata.year,
        journal=fields.get("journal") or metadata.journal,
        doi=(fields.get("doi") or "").lower().removeprefix("https://doi.org/") or metadata.doi,
        pmid=fields.get("pmid") or metadata.pmid,
        license=fields.get("license") or fields.get("licence") or metadata.license,
    )


def _find_signs(raw: Sequence[TextLine]) -> set[int]:
    """Rules, lines under setext headings, and fenced code."""
    found: set[int] = set()
    fenced = False
    for number, line in enumerate(raw):
        if _FENCE.match(line.text):
            fenced = not fenced
            found.add(number)
        elif fenced or _RULE.fullmatch(line.text):
            found.add(number)
    return found


def _find_title(lines: Sequence[TextLine], skipped: set[int]) -> FrontMatter:
    """Return the first heading as the title where nothing stands above it and it names no section."""
    filled = [number for number in range(min(len(lines), 40)) if lines[number].text and number not in skipped]
    if not filled:
        return FrontMatter()
    match = _HEADING.match(lines[filled[0]].text)
    if match is None:
        return FrontMatter()
    title = lines[filled[0]].text[match.end() :].strip("# ")
    if recognise_section(title) is not None:
        return FrontMatter()
    for number in filled[1:3]:
        authors = read_authors(lines[number].text)
        if authors:
            return FrontMatter(title, authors, (filled[0],), (number,))
    return FrontMatter(title, (), (filled[0],)) if match["signs"] == "#" else FrontMatter()


def _gather(
    raw: Sequence[TextLine], lines: Sequence[TextLine], removed: set[int]
) -> tuple[list[Paragraph], dict[int, int]]:
    """Return headings, list items and paragraphs, and the level of each heading by the start of its line."""
    paragraphs: list[Paragraph] = []
    levels: dict[int, int] = {}
    fresh = True
    for number, line in enumerate(raw):
        if not line.text or number in removed:
            under = _RULE.fullmatch(line.text) if line.text else None
            if under and not fresh and paragraphs and paragraphs[-1].segments == [(number - 1, number - 1)]:
                paragraphs[-1].kind = "heading"
                levels[raw[number - 1].start] = 1 if line.text.startswith("=") else 2
            fresh = True
            continue
        heading = _HEADING.match(line.text)
        bold = _is_bold_heading(line.text, lines[number].text, fresh, raw, number)
        if heading or bold:
            paragraphs.append(Paragraph("heading", [(number, number)]))
            levels[line.start] = len(heading["signs"]) if heading else 6
            fresh = True
        elif _ITEM.match(line.text) and (fresh or paragraphs[-1].kind == "list"):
            paragraphs.append(Paragraph("list", [(number, number)]))
            fresh = False
        elif is_figure_caption(lines[number].text) and fresh:
            paragraphs.append(Paragraph("caption", [(number, number)]))
            fresh = False
        elif fresh:
            paragraphs.append(Paragraph("paragraph", [(number, number)]))
            fresh = False
        else:
            first, _ = paragraphs[-1].segments[0]
            paragraphs[-1].segments[0] = (first, number)
    return paragraphs, levels


def _is_bold_heading(text: str, plain: str, fresh: bool, raw: Sequence[TextLine], number: int) -> bool:
    alone = fresh and (number + 1 == len(raw) or not raw[number + 1].text)
    whole = bool(re.fullmatch(r"\*\*[^*]+\*\*|__[^_]+__", text))
    return alone and whole and len(plain) <= 100 and not plain.endswith((".", ",", ":"))


def _cut_block(source: str, block: RawBlock, levels: dict[int, int]) -> RawBlock:
    """Return the block without its markup: signs at the lines' starts, and inline."""
    level = levels.get(block.fragments[0].span.start)
    fragments: list[Fragment] = []
    marks: list[KnownMark] = []
    for index, fragment in enumerate(block.fragments):
        start, end = fragment.span.start, fragment.span.end
        lead = _QUOTE.match(source, start, end)
        start = lead.end() if lead else start
        if index == 0:
            item = _ITEM.match(source, start, end) if block.kind == "list" else None
            sign = _HEADING.match(source, start, end) or item
            start = sign.end() if sign else start
        if block.kind in ("heading", "title"):
            end = start + len(source[start:end].rstrip("# "))
        inline = cut_markup(source, start, end)
        marks.extend(inline.marks)
        for number, span in enumerate(inline.spans):
            fragments.append(Fragment(span, fragment.break_before and number == 0))
    return replace(block, fragments=tuple(fragments), marks=(*block.marks, *marks), level=block.level or level)


def _mark_back_matter(blocks: list[RawBlock], raw: Sequence[TextLine], list_heading: int | None) -> None:
    """Make notes of what follows the reference list with a bold label ("**Keywords:** …")."""
    if list_heading is None:
        return
    starts = {line.start: line.text for line in raw}
    for index, block in enumerate(blocks):
        first = block.fragments[0].span.start
        if first < raw[list_heading].start or block.kind != "paragraph":
            continue
        line = next((starts[at] for at in range(first, max(first - 4, -1), -1) if at in starts), "")
        if _LABEL.match(line) or (index and blocks[index - 1].section == "back"):
            blocks[index] = replace(block, kind="note", section="back")
