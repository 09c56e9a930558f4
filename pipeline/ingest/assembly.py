"""From a reader's blocks to a document: clean view, citations, sections, sentences, abbreviations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ingest.abbreviations import find_abbreviations
from pipeline.ingest.citations import LiftedMark, find_marks, learn_style
from pipeline.ingest.clean import Strand, join_fragments, spin_view
from pipeline.ingest.hyphenation import WordStock, count_words
from pipeline.ingest.layout import Fragment, RawBlock
from pipeline.ingest.references import parse_reference
from pipeline.ingest.sections import BlockOutline, divide_sections
from pipeline.ingest.sentences import split_sentences
from pipeline.model.documents import (
    Abbreviation,
    Block,
    CharacterBox,
    Citation,
    Document,
    Metadata,
    ReaderName,
    Reference,
    Section,
    Sentence,
    Table,
)
from pipeline.model.failures import Failure
from pipeline.model.ids import make_id
from pipeline.model.spans import CleanView, Span
from pipeline.settings import Settings

# What a line's end parts of a DOI: "10.1002/zoo. 20056", "10.3168/jds.S0022-0302 (05)73024-1".
_TORN_DOI = re.compile(r"\b(10\.\d{4,9}/(?:\S*[/_.])?) (?=[a-z0-9][\w.()/-]*\d)|\b(10\.\d{4,9}/\S*\d) (?=\(\d\d\)\d)")


def assemble_document(
    *,
    name: str,
    sha256: str,
    reader: ReaderName,
    reader_version: str,
    source: str,
    blocks: Sequence[RawBlock],
    tables: Sequence[Table] = (),
    references: Sequence[Reference] = (),
    metadata: Metadata | None = None,
    boxes: Sequence[CharacterBox] = (),
    pages: int | None = None,
    failures: Sequence[Failure] = (),
    settings: Settings,
) -> Document:
    """Return the document that a reader's source text, blocks and side matter make up.

    Blocks come in reading order; each becomes one paragraph of the clean text. Fragments of a block are glued where
    only markup stands between them and joined like lines where white space or a break does. Where two fragments
    overlap, the later one loses the shared characters. Blocks of kind "reference" are no running text: they are
    parsed where ``references`` is empty and kept out of the clean text in any case.

    Args:
        name: the path as records name it.
        sha256: of the file's bytes.
        source: the text that all spans point into.
        tables: ``Table.section`` is filled in where it is ``None``.
        boxes: kept as they are given, and not to be changed afterwards.
        failures: what the reader could not do; any of them makes the status "partial".
        settings: the limits.
    """
    del settings
    doc_id = make_id("document", sha256)
    running = _separate_fragments([block for block in blocks if block.kind != "reference"])
    stock = count_words(source)
    if not references:
        entries = [block for block in blocks if block.kind == "reference"]
        references = _parse_entries(source, entries, stock)
    joined = [(block, join_fragments(source, block.fragments, stock)) for block in running]
    joined = [(block, strand) for block, strand in joined if strand.text.strip()]
    style = learn_style([strand.text for block, strand in joined if not block.marks_complete], references=references)
    if reader == "pdf" and not references:
        # A page shows which digits are raised, but for superior figures that a font has of its own.
        style = replace(style, glued=False)
    lifted: list[tuple[Strand, tuple[LiftedMark, ...]]] = []
    highest = 0
    for block, strand in joined:
        marks, highest = find_marks(block, strand, style=style, highest=highest)
        lifted.append((strand, marks))
    strands = [strand.remove([(mark.start, mark.end) for mark in marks]) for strand, marks in lifted]
    view, ranges = spin_view(strands)
    kept = [
        BlockOutline(block.kind, view.text[clean.start : clean.end], clean, block.section, block.level)
        for (block, _), clean in zip(joined, ranges, strict=True)
    ]
    sections, of_block = divide_sections(kept)
    sentences = _split_blocks(view.text, kept, of_block)
    return Document(
        doc_id=doc_id,
        path=name,
        sha256=sha256,
        reader=reader,
        reader_version=reader_version,
        source=source,
        clean=view,
        metadata=metadata or Metadata(),
        sections=sections,
        blocks=tuple(Block(block.kind, block.clean, section) for block, section in zip(kept, of_block, strict=True)),
        sentences=sentences,
        tables=tuple(_place_table(table, view, sections) for table in tables),
        citations=_place_citations(source, lifted, ranges),
        references=tuple(references),
        abbreviations=_find_abbreviations(view.text, kept, sentences),
        boxes=boxes,
        pages=pages,
        failures=tuple(replace(failure, doc_id=failure.doc_id or doc_id) for failure in failures),
        status="partial" if failures else "done",
    )


def _separate_fragments(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Clip fragments so that no source character is in two of them, first come first kept."""
    order = sorted(
        (fragment.span.start, number, index)
        for number, block in enumerate(blocks)
        for index, fragment in enumerate(block.fragments)
    )
    end = 0
    clipped: dict[tuple[int, int], Fragment | None] = {}
    for start, number, index in order:
        fragment = blocks[number].fragments[index]
        if start < end:
            rest = Span(end, fragment.span.end) if fragment.span.end > end else None
            clipped[number, index] = None if rest is None else Fragment(rest, fragment.break_before)
        end = max(end, fragment.span.end)
    if not clipped:
        return list(blocks)
    result = []
    for number, block in enumerate(blocks):
        fragments = [clipped.get((number, index), fragment) for index, fragment in enumerate(block.fragments)]
        result.append(replace(block, fragments=tuple(fragment for fragment in fragments if fragment is not None)))
    return result


def _parse_entries(source: str, entries: Sequence[RawBlock], stock: WordStock) -> list[Reference]:
    references = []
    for number, block in enumerate(entries, start=1):
        text = " ".join(join_fragments(source, block.fragments, stock).text.split())
        text = _TORN_DOI.sub(r"\1\2", text)
        if not text:
            continue
        span = Span(
            min(fragment.span.start for fragment in block.fragments),
            max(fragment.span.end for fragment in block.fragments),
        )
        references.append(parse_reference(text, span=span, position=number))
    return references


def _split_blocks(text: str, blocks: Sequence[BlockOutline], of_block: Sequence[int]) -> tuple[Sentence, ...]:
    sentences: list[Sentence] = []
    for number, (block, section) in enumerate(zip(blocks, of_block, strict=True)):
        if block.kind in ("heading", "title"):
            spans: tuple[Span, ...] = (block.clean,)
        else:
            spans = split_sentences(text, start=block.clean.start, end=block.clean.end)
        sentences.extend(Sentence(span, number, section) for span in spans if len(span))
    return tuple(sentences)


def _place_citations(
    source: str, lifted: Sequence[tuple[Strand, tuple[LiftedMark, ...]]], ranges: Sequence[Span]
) -> tuple[Citation, ...]:
    citations: list[Citation] = []
    for (strand, marks), clean in zip(lifted, ranges, strict=True):
        removed = 0
        for mark in marks:
            span = strand.to_source(*mark.mark)
            at = clean.start + min(mark.start - removed, len(clean))
            removed += mark.end - mark.start
            if span is not None:
                citations.append(Citation(span, source[span.start : span.end], mark.markers, at))
    return tuple(citations)


def _find_abbreviations(
    text: str, blocks: Sequence[BlockOutline], sentences: Sequence[Sentence]
) -> tuple[Abbreviation, ...]:
    spans = [sentence.clean for sentence in sentences if blocks[sentence.block].kind != "title"]
    return find_abbreviations(text, spans)


def _place_table(table: Table, view: CleanView, sections: Sequence[Section]) -> Table:
    """Name the section in whose range the running text before the table ends."""
    if table.section is not None or not sections or not table.spans:
        return table
    starts = sorted((piece.source, piece.clean) for piece in view.pieces)
    at = bisect_right(starts, (table.spans[0].start, 0)) - 1
    if at < 0:
        return table
    clean = starts[at][1]
    holding = [
        index
        for index, section in enumerate(sections)
        if section.kind not in ("caption", "title") and section.clean.start <= clean < section.clean.end
    ]
    return replace(table, section=holding[-1]) if holding else table
