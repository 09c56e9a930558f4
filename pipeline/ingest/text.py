"""Reader of plain text, foremost of text that was made from PDFs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.asides import is_aside
from pipeline.ingest.assembly import assemble_document
from pipeline.ingest.continuations import join_continuations
from pipeline.ingest.decoding import decode_text
from pipeline.ingest.flattened_tables import find_tables
from pipeline.ingest.furniture import find_furniture
from pipeline.ingest.headings import match_run_in
from pipeline.ingest.layout import Fragment, RawBlock
from pipeline.ingest.lines import TextLine, count_function_words, group_lines, measure_layout, split_lines
from pipeline.ingest.metadata import FrontMatter, find_front, read_metadata
from pipeline.ingest.paragraphs import Paragraph, gather_paragraphs
from pipeline.ingest.printed_columns import part_columns
from pipeline.ingest.reference_lists import find_references
from pipeline.ingest.sections import recognise_section
from pipeline.model.documents import Document
from pipeline.model.spans import Span
from pipeline.settings import Settings

READER_VERSION = "4"

_ABSTRACT = 60
_FRONT = 40
_REPEATED = 3
_LABELS = 8
_LONGEST_CELL = 300
_OPENING = ("abstract", "introduction", "methods")


def read_text(data: bytes, *, name: str, sha256: str, settings: Settings) -> Document:
    """Read a plain-text file; the source text is the file decoded, nothing moved.

    Raises:
        DocumentError: the file is empty, too large or no text.
    """
    source, failures = decode_text(data, name=name, settings=settings)
    lines = part_columns(split_lines(source), source)
    layout = measure_layout(lines)
    furniture = find_furniture(lines)
    references, list_heading, entries = find_references(lines, furniture)
    front = find_front(lines, furniture)
    aside = furniture | entries | {*front.title_lines, *front.author_lines}
    if list_heading is not None:
        aside.add(list_heading)
    tables, taken = find_tables(lines, aside, layout)
    paragraphs = join_continuations(gather_paragraphs(lines, aside | taken, layout), lines, layout)
    blocks = part_run_ins([make_block(paragraph, lines) for paragraph in paragraphs], source)
    blocks = set_front_aside(demote_cells(blocks, source), source)
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
        for start, end in group_lines(lines, first, last):
            span = Span(lines[start].start, lines[end].end)
            fragments.append(Fragment(span, break_before=parted or start > first))
        previous = last
    if paragraph.kind == "paragraph" and is_aside(lines[paragraph.segments[0][0]].text):
        return RawBlock("note", tuple(fragments), section="back")
    return RawBlock(paragraph.kind, tuple(fragments))


def set_front_aside(blocks: Sequence[RawBlock], source: str) -> list[RawBlock]:
    """Return the blocks with what stands above the first known heading and is no sentence made notes.

    There the names of the journal, authors and places stand, in pieces that look like headings.
    """
    opening = next(
        (
            index
            for index, block in enumerate(blocks[:_FRONT])
            if block.kind == "heading" and recognise_section(_read_block(block, source)) in _OPENING
        ),
        0,
    )
    front = []
    for block in blocks[:opening]:
        text = _read_block(block, source)
        function, words = count_function_words(text)
        sentence = text.endswith((".", "?", "!", "-", ",")) or function >= 0.25 * words
        aside = block.kind == "heading" or (block.kind == "paragraph" and not sentence)
        front.append(RawBlock("note", block.fragments, section="back") if aside else block)
    return [*front, *blocks[opening:]]


def demote_cells(blocks: Sequence[RawBlock], source: str) -> list[RawBlock]:
    """Return the blocks with headings that are labels made paragraphs.

    Labels of a table's rows come one after the other with hardly any text below each; those of figures come back.
    """
    texts = [_read_block(block, source) for block in blocks]
    unknown = [
        number
        for number, block in enumerate(blocks)
        if block.kind == "heading" and block.section is None and recognise_section(texts[number]) is None
    ]
    counted = Counter(texts[number].casefold() for number in unknown)
    labels = {number for number in unknown if counted[texts[number].casefold()] >= _REPEATED}
    for run in _find_runs(blocks, texts, set(unknown)):
        labels.update(run)
    return [replace(block, kind="paragraph") if number in labels else block for number, block in enumerate(blocks)]


def _find_runs(blocks: Sequence[RawBlock], texts: Sequence[str], unknown: set[int]) -> list[list[int]]:
    """Return the runs of headings of the paper's own with little text below most of them."""
    runs: list[list[int]] = []
    run: list[int] = []
    below: list[int] = []
    for number, block in enumerate(blocks):
        if number in unknown:
            run.append(number)
            below.append(0)
        elif run:
            below[-1] += len(texts[number])
            if block.kind == "heading" or below[-1] > 2 * _LONGEST_CELL:
                # What the last of them heads may be the text that goes on below the table.
                runs.append(run[:-1] if sorted(below)[len(run) // 2] <= _LONGEST_CELL else [])
                run, below = [], []
    return [labels for labels in runs if len(labels) >= _LABELS]


def _read_block(block: RawBlock, source: str) -> str:
    return " ".join(" ".join(source[f.span.start : f.span.end] for f in block.fragments).split())


def part_run_ins(blocks: Sequence[RawBlock], source: str) -> list[RawBlock]:
    """Return the blocks with the labels of a structured abstract as headings of their own.

    Labels count above the first heading that opens another section, and where there are at least two.
    """
    parted: list[RawBlock] = []
    labels = 0
    rest = list(blocks)
    for index, block in enumerate(blocks):
        first = block.fragments[0].span
        text = source[first.start : first.end]
        kind = recognise_section(text) if block.kind == "heading" else None
        if index >= _ABSTRACT or (kind is not None and kind not in ("abstract", "back")):
            rest = list(blocks[index:])
            break
        rest = []
        match = match_run_in(text) if block.kind == "paragraph" else None
        if match is None:
            parted.append(block)
            continue
        labels += 1
        label = Span(first.start, first.start + match.end("label"))
        body = (replace(block.fragments[0], span=Span(first.start + match.end(), first.end)), *block.fragments[1:])
        parted.append(RawBlock("heading", (Fragment(label),), section="abstract"))
        parted.append(replace(block, fragments=body, section="abstract"))
    return [*parted, *rest] if labels >= 2 else list(blocks)


def insert_front(blocks: list[RawBlock], front: FrontMatter, lines: Sequence[TextLine]) -> None:
    """Put the title, if there is one, before the blocks."""
    if front.title_lines:
        first, last = front.title_lines[0], front.title_lines[-1]
        runs = [Span(lines[low].start, lines[high].end) for low, high in group_lines(lines, first, last)]
        if front.title_end is not None:
            runs = [Span(lines[first].start, front.title_end)]
        blocks.insert(
            0, RawBlock("title", tuple(Fragment(run, break_before=number > 0) for number, run in enumerate(runs)))
        )


def insert_list_heading(blocks: list[RawBlock], heading: int | None, lines: Sequence[TextLine]) -> None:
    """Put the heading of the reference list where it stands among the blocks."""
    if heading is None:
        return
    order = {line.start: number for number, line in enumerate(lines) if line.text}
    starts = (index for index, block in enumerate(blocks) if order.get(block.fragments[0].span.start, 0) > heading)
    blocks.insert(next(starts, len(blocks)), make_block(Paragraph("heading", [(heading, heading)]), lines))
