"""Reader of plain text, foremost of text that was made from PDFs."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ingest.asides import is_aside
from pipeline.ingest.assembly import assemble_document
from pipeline.ingest.continuations import join_continuations
from pipeline.ingest.decoding import decode_text
from pipeline.ingest.flattened_tables import find_tables
from pipeline.ingest.furniture import find_furniture
from pipeline.ingest.layout import Fragment, RawBlock
from pipeline.ingest.lines import TextLine, measure_layout, split_lines
from pipeline.ingest.metadata import FrontMatter, find_front, read_metadata
from pipeline.ingest.paragraphs import Paragraph, gather_paragraphs
from pipeline.ingest.reference_lists import find_references
from pipeline.model.documents import Document
from pipeline.model.spans import Span
from pipeline.settings import Settings

READER_VERSION = "2"


def read_text(data: bytes, *, name: str, sha256: str, settings: Settings) -> Document:
    """Read a plain-text file; the source text is the file decoded, nothing moved.

    Raises:
        DocumentError: the file is empty, too large or no text.
    """
    source, failures = decode_text(data, name=name, settings=settings)
    lines = split_lines(source)
    layout = measure_layout(lines)
    furniture = find_furniture(lines)
    references, list_heading, entries = find_references(lines, furniture)
    front = find_front(lines, furniture)
    aside = furniture | entries | {*front.title_lines, *front.author_lines}
    if list_heading is not None:
        aside.add(list_heading)
    tables, taken = find_tables(lines, aside, layout)
    paragraphs = join_continuations(gather_paragraphs(lines, aside | taken, layout), lines, layout)
    blocks = [make_block(paragraph, lines) for paragraph in paragraphs]
    insert_front(blocks, front, lines)
    insert_list_heading(blocks, list_heading, lines)
    return assemble_document(
        name=name, sha256=sha256, reader="text", reader_version=READER_VERSION, source=source, blocks=blocks,
        tables=tables, references=references,
        metadata=read_metadata(source, lines, front, references_at=list_heading),
        failures=failures, settings=settings,
    )  # fmt: skip


def make_block(paragraph: Paragraph, lines: Sequence[TextLine]) -> RawBlock:
    """Return the block of a paragraph's lines; a segment has a break before it where other lines stand between."""
    fragments: list[Fragment] = []
    previous: int | None = None
    for first, last in paragraph.segments:
        parted = previous is not None and (
            first < previous or any(lines[number].text for number in range(previous + 1, first))
        )
        fragments.append(Fragment(Span(lines[first].start, lines[last].end), break_before=parted))
        previous = last
    if paragraph.kind == "paragraph" and is_aside(lines[paragraph.segments[0][0]].text):
        return RawBlock("note", tuple(fragments), section="back")
    return RawBlock(paragraph.kind, tuple(fragments))


def insert_front(blocks: list[RawBlock], front: FrontMatter, lines: Sequence[TextLine]) -> None:
    """Put the title, if there is one, before the blocks."""
    if front.title_lines:
        first, last = front.title_lines[0], front.title_lines[-1]
        end = lines[last].end if front.title_end is None else front.title_end
        blocks.insert(0, RawBlock("title", (Fragment(Span(lines[first].start, end)),)))


def insert_list_heading(blocks: list[RawBlock], heading: int | None, lines: Sequence[TextLine]) -> None:
    """Put the heading of the reference list where it stands among the blocks."""
    if heading is None:
        return
    starts = (index for index, block in enumerate(blocks) if block.fragments[0].span.start > lines[heading].start)
    blocks.insert(next(starts, len(blocks)), make_block(Paragraph("heading", [(heading, heading)]), lines))
