"""Reader of PDF articles: words in reading order, marks by typography, tables as cells, a box for every word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.errors import DocumentError
from pipeline.ingest.assembly import assemble_document
from pipeline.ingest.pdf_blocks import TextBlock, build_blocks
from pipeline.ingest.pdf_columns import Column, find_gutters, order_columns
from pipeline.ingest.pdf_continued import join_continued
from pipeline.ingest.pdf_failures import report_broken, report_length, report_unknown, require_text
from pipeline.ingest.pdf_floats import Float, find_floats, find_lettering, join_notes
from pipeline.ingest.pdf_frames import Frame, find_frames, insert_frames, order_frame
from pipeline.ingest.pdf_front import mark_front, read_front, split_run_in_titles
from pipeline.ingest.pdf_furniture import find_furniture
from pipeline.ingest.pdf_glyphs import BrokenPage, open_pdf, walk_pages
from pipeline.ingest.pdf_headings import measure_typography
from pipeline.ingest.pdf_lines import Piece, sort_lines
from pipeline.ingest.pdf_marks import cites_by_raised_numbers
from pipeline.ingest.pdf_pages import PageText, settle_page
from pipeline.ingest.pdf_source import PdfSourceWriter
from pipeline.ingest.pdf_tables import find_cells
from pipeline.model import Document, Failure, Metadata
from pipeline.settings import Settings

READER_VERSION: Final = "1"


def read_pdf(data: bytes, *, name: str, sha256: str, settings: Settings) -> Document:
    """Read a PDF with a text layer.

    The source text holds the lines as they are set, hyphens at their ends included; blocks stand apart by a blank
    line, table cells by a tab; running heads, marginal notes and figure lettering stand at its end, in no block.

    Raises:
        DocumentError: the file is encrypted, broken, or has no text layer.
    """
    writer, metadata, failures, count = _render(data, name=name, settings=settings)
    if not writer.blocks:
        raise DocumentError(
            "the PDF holds no running text", remedy="check that it is the article and not a cover sheet"
        )
    return assemble_document(
        name=name,
        sha256=sha256,
        reader="pdf",
        reader_version=READER_VERSION,
        source=writer.read_source(),
        blocks=writer.blocks,
        tables=join_continued(writer.tables),
        metadata=metadata,
        boxes=writer.boxes,
        pages=count,
        failures=failures,
        settings=settings,
    )


def _render(data: bytes, *, name: str, settings: Settings) -> tuple[PdfSourceWriter, Metadata, list[Failure], int]:
    """Return the written source, metadata, failures and the number of pages; pages and lines are let go with it."""
    pages, broken, info = _read_pages(data, settings=settings)
    require_text(pages, broken)
    failures = [*report_broken(broken, name=name, settings=settings), *report_unknown(pages, name=name)]
    typography = measure_typography(page.pieces for page in pages)
    columns, frames, floats, asides = _arrange(pages, body_size=typography.size)
    blocks = build_blocks(columns, typography=typography)
    insert_frames(blocks, frames, typography=typography)
    title = mark_front(blocks, body_size=typography.size)
    blocks = split_run_in_titles(blocks)
    lines = [line for block in blocks if block.kind in {"paragraph", "list"} for line in block.lines]
    first_pages, last_pages = _join_text(pages[:2]), _join_pieces(pages[-2:])
    metadata = read_front(blocks, title, info=info, first_pages=first_pages, last_pages=last_pages)
    sheets = {page.number: page.page for page in pages}
    count = max([*sheets, *(page.number for page in broken)])
    writer = PdfSourceWriter(pages=sheets, raised_marks=cites_by_raised_numbers(lines))
    del pages, columns, frames, lines, title
    _write_all(writer, blocks, floats, asides)
    return writer, metadata, failures, count


def _join_text(pages: Sequence[PageText]) -> str:
    return "\n".join(piece.text for page in pages for piece in sort_lines(page.pieces))


def _join_pieces(pages: Sequence[PageText]) -> str:
    """Return the pages' pieces in content order, which does not join the lines of columns."""
    return "\n".join(piece.text for page in pages for piece in page.pieces)


def _read_pages(data: bytes, *, settings: Settings) -> tuple[list[PageText], list[BrokenPage], dict[str, str]]:
    opened = open_pdf(data)
    pages: list[PageText] = []
    broken: list[BrokenPage] = []
    characters = 0
    for item in walk_pages(opened, max_pages=settings.max_pages, max_seconds=settings.max_seconds):
        if isinstance(item, BrokenPage):
            broken.append(item)
            continue
        characters += len(item.glyphs)
        if characters > settings.max_characters:
            broken.append(report_length(item.number, settings=settings))
            break
        pages.append(settle_page(item))
    return pages, broken, opened.info


def _arrange(
    pages: Sequence[PageText], *, body_size: float
) -> tuple[list[Column], list[Frame], list[Float], list[TextBlock]]:
    """Return columns in reading order, framed texts, captions with what they label, and what is set aside."""
    furniture = find_furniture([(page.pieces, page.width, page.height) for page in pages])
    columns: list[Column] = []
    frames: list[Frame] = []
    floats: list[Float] = []
    asides: list[TextBlock] = []
    for page in pages:
        set_aside = [piece for piece in page.pieces if id(piece) in furniture]
        running = [piece for piece in page.pieces if id(piece) not in furniture]
        gutters = find_gutters(running, width=page.width)
        found = find_floats(page.page, running, body_size=body_size, gutters=gutters)
        taken = {id(piece) for item in found for piece in _float_pieces(item)}
        running = [piece for piece in running if id(piece) not in taken]
        figures = [item for item in found if not item.is_table]
        lettering = find_lettering(page.page, running, figures=figures, body_size=body_size)
        set_aside.extend(piece for piece in running if id(piece) in lettering)
        running = [piece for piece in running if id(piece) not in lettering]
        for framed in find_frames(page.page, running, body_size=body_size):
            held = set(map(id, framed))
            running = [piece for piece in running if id(piece) not in held]
            frames.append(order_frame(framed, page=page.page, body_size=body_size))
        columns.extend(order_columns(running, width=page.width, body_size=body_size))
        floats.extend(found)
        lines = [*sort_lines(set_aside), *page.artifacts, *page.rotated]
        if lines:
            asides.append(TextBlock(lines, kind=None))
    return columns, frames, floats, asides


def _write_all(
    writer: PdfSourceWriter, blocks: list[TextBlock], floats: Sequence[Float], asides: Sequence[TextBlock]
) -> None:
    """Write all there is and empty ``blocks`` on the way, so that a long document is not held twice."""
    waiting = sorted(floats, key=lambda item: item.page)
    late = [block for block in blocks if block.kind is None]
    blocks[:] = [block for block in reversed(blocks) if block.kind is not None]
    while blocks:
        block = blocks.pop()
        while waiting and waiting[0].page < block.lines[0].page:
            _write_float(writer, waiting.pop(0))
        writer.add_block(block)
    for item in waiting:
        _write_float(writer, item)
    for block in (*late, *asides):
        writer.add_block(block)


def _write_float(writer: PdfSourceWriter, item: Float) -> None:
    span = writer.add_block(TextBlock(item.caption, kind="caption", section="caption"))
    if item.is_table:
        caption = " ".join(" ".join(line.text for line in item.caption).split())
        writer.add_table(
            find_cells(item),
            item.rows,
            join_notes(item.notes),
            number=item.number,
            caption=caption,
            caption_span=span,
            page=item.page,
        )


def _float_pieces(item: Float) -> list[Piece]:
    return [*item.caption, *(piece for row in item.rows for piece in row), *item.notes]
