"""Reader of PDF articles: words in reading order, marks by typography, tables as cells, a box for every word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.errors import DocumentError
from pipeline.ingest.assembly import assemble_document
from pipeline.ingest.pdf_blocks import TextBlock, build_blocks
from pipeline.ingest.pdf_columns import Column, find_gutters, order_columns
from pipeline.ingest.pdf_floats import Float, find_floats, find_lettering, join_notes
from pipeline.ingest.pdf_front import mark_front, read_front, split_run_in_titles
from pipeline.ingest.pdf_furniture import find_furniture
from pipeline.ingest.pdf_glyphs import UNKNOWN, BrokenPage, Page, read_pages
from pipeline.ingest.pdf_headings import measure_typography
from pipeline.ingest.pdf_lines import Piece, make_pieces, make_words, sort_lines
from pipeline.ingest.pdf_marks import cites_by_raised_numbers
from pipeline.ingest.pdf_source import PdfSourceWriter
from pipeline.ingest.pdf_symbols import mend_symbols
from pipeline.ingest.pdf_tables import find_cells
from pipeline.model import Document, Failure
from pipeline.settings import Settings

READER_VERSION: Final = "1"
_MIN_CHARACTERS: Final = 20
_UNKNOWN_SHARE: Final = 0.2


def read_pdf(data: bytes, *, name: str, sha256: str, settings: Settings) -> Document:
    """Read a PDF with a text layer.

    The source text holds the lines as they are set, hyphens at their ends included; blocks stand apart by a blank
    line, table cells by a tab; running heads, marginal notes and figure lettering stand at its end, in no block.

    Raises:
        DocumentError: the file is encrypted, broken, or has no text layer.
    """
    read, count, info = read_pages(data, max_pages=settings.max_pages)
    failures = _report_pages(read, count, name=name, settings=settings)
    pages = [page for page in read if isinstance(page, Page)]
    _require_text(pages)
    failures.extend(_report_unknown(pages, name=name))
    mend_symbols(pages)
    pieces = {
        page.number: make_pieces(make_words([g for g in page.glyphs if g.upright and not g.aside]), page=page.number)
        for page in pages
    }
    typography = measure_typography(pieces.values())
    body_size = typography.size
    furniture = find_furniture([(pieces[page.number], page.width, page.height) for page in pages])
    columns: list[Column] = []
    floats: list[Float] = []
    asides: list[TextBlock] = []
    for page in pages:
        set_aside = [piece for piece in pieces[page.number] if id(piece) in furniture]
        running = [piece for piece in pieces[page.number] if id(piece) not in furniture]
        gutters = find_gutters(running, width=page.width)
        found = find_floats(page, running, body_size=body_size, gutters=gutters)
        taken = {id(piece) for item in found for piece in _float_pieces(item)}
        running = [piece for piece in running if id(piece) not in taken]
        figures = [item for item in found if not item.is_table]
        lettering = find_lettering(page, running, figures=figures, body_size=body_size)
        set_aside.extend(piece for piece in running if id(piece) in lettering)
        running = [piece for piece in running if id(piece) not in lettering]
        columns.extend(order_columns(running, width=page.width, body_size=body_size))
        floats.extend(found)
        rest = make_pieces(make_words([g for g in page.glyphs if g.aside and g.upright]), page=page.number)
        lines = [*sort_lines(set_aside), *sort_lines(rest), *_rotated_lines(page)]
        if lines:
            asides.append(TextBlock(lines, kind=None))
    blocks = build_blocks(columns, typography=typography)
    title = mark_front(blocks, body_size=body_size)
    blocks = split_run_in_titles(blocks)
    lines = [line for block in blocks if block.kind in {"paragraph", "list"} for line in block.lines]
    writer = PdfSourceWriter(pages={page.number: page for page in pages}, raised_marks=cites_by_raised_numbers(lines))
    _write_all(writer, blocks, floats, asides)
    if not writer.blocks:
        raise DocumentError(
            "the PDF holds no running text", remedy="check that it is the article and not a cover sheet"
        )
    first_pages = "\n".join(piece.text for page in pages[:2] for piece in sort_lines(pieces[page.number]))
    return assemble_document(
        name=name,
        sha256=sha256,
        reader="pdf",
        reader_version=READER_VERSION,
        source=writer.read_source(),
        blocks=writer.blocks,
        tables=writer.tables,
        metadata=read_front(blocks, title, info=info, first_pages=first_pages),
        boxes=writer.boxes,
        pages=count,
        failures=failures,
        settings=settings,
    )


def _write_all(
    writer: PdfSourceWriter, blocks: Sequence[TextBlock], floats: Sequence[Float], asides: Sequence[TextBlock]
) -> None:
    waiting = sorted(floats, key=lambda item: item.page)
    late = [block for block in blocks if block.kind is None]
    for block in blocks:
        if block.kind is None:
            continue
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


def _rotated_lines(page: Page) -> list[Piece]:
    """Return rotated text as one line a run, in content order."""
    words = make_words([glyph for glyph in page.glyphs if not glyph.upright])
    return [Piece([word], page=page.number).settle() for word in words]


def _require_text(pages: Sequence[Page]) -> None:
    characters = sum(bool(glyph.text.strip()) for page in pages for glyph in page.glyphs)
    if characters >= _MIN_CHARACTERS:
        return
    raise DocumentError(
        "the PDF has no text layer: its pages hold pictures only"
        if any(page.pictures for page in pages)
        else "the PDF holds no text",
        remedy="run optical character recognition over it, and give the result",
        page=pages[0].number if pages else None,
    )


def _report_pages(read: Sequence[Page | BrokenPage], count: int, *, name: str, settings: Settings) -> list[Failure]:
    failures = [
        Failure(
            path=name,
            stage="read",
            cause=f"page {page.number} cannot be read to its end: {page.cause}",
            remedy="get an undamaged copy; the other pages were kept",
            survivable=True,
            page=page.number,
        )
        for page in read
        if isinstance(page, BrokenPage)
    ]
    if count > settings.max_pages:
        failures.append(
            Failure(
                path=name,
                stage="read",
                cause=f"the PDF has {count} pages; those beyond {settings.max_pages} were not read",
                remedy="raise LITCLAIMS_MAX_PAGES, or split the file",
                survivable=True,
                page=settings.max_pages + 1,
            )
        )
    return failures


def _report_unknown(pages: Sequence[Page], *, name: str) -> list[Failure]:
    failures = []
    for page in pages:
        shown = [glyph for glyph in page.glyphs if glyph.text.strip()]
        unknown = sum(glyph.text == UNKNOWN for glyph in shown)
        if shown and unknown > _UNKNOWN_SHARE * len(shown):
            failures.append(
                Failure(
                    path=name,
                    stage="read",
                    cause=f"{unknown} of {len(shown)} characters on page {page.number} have no Unicode value",
                    remedy="run optical character recognition over the page, or get another copy",
                    survivable=True,
                    page=page.number,
                )
            )
    return failures
