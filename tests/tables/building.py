"""Small invented tables as documents."""

from __future__ import annotations

from pipeline.model import Cell, CleanView, Document, Line, Piece, Span, Table, TableNote


def flattened_table(
    body: str, *, caption: str = "", notes: tuple[tuple[str | None, str], ...] = (), number: str | None = "1"
) -> tuple[Document, Table]:
    """Return a document that holds caption, body lines and notes, and its table of lines."""
    source = f"{caption}\n\n{body}\n\n" + "\n".join(text for _, text in notes)
    lines: list[Line] = []
    position = len(caption) + 2
    for line in body.split("\n"):
        if line.strip():
            lines.append(Line(line.strip(), Span(position, position + len(line))))
        position += len(line) + 1
    return _document(source), Table(
        number=number,
        caption=caption or None,
        caption_span=Span(0, len(caption)) if caption else None,
        cells=(),
        lines=tuple(lines),
        notes=_place_notes(source, notes),
        spans=(Span(lines[0].span.start, lines[-1].span.end),) if lines else (),
    )


def cell_table(
    rows: list[list[str]],
    *,
    caption: str = "",
    notes: tuple[tuple[str | None, str], ...] = (),
    header_rows: int = 1,
    rowspans: dict[tuple[int, int], int] | None = None,
    colspans: dict[tuple[int, int], int] | None = None,
) -> tuple[Document, Table]:
    """Return a document and its table with a cell for each string."""
    parts = [caption, "\n"]
    cells: list[Cell] = []
    position = len(caption) + 1
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            span = (Span(position, position + len(text)),) if text else ()
            cells.append(
                Cell(
                    text=text,
                    spans=span,
                    row=row,
                    column=column,
                    rowspan=(rowspans or {}).get((row, column), 1),
                    colspan=(colspans or {}).get((row, column), 1),
                    header=row < header_rows,
                )
            )
            parts.append(text + "\t")
            position += len(text) + 1
        parts.append("\n")
        position += 1
    source = "".join(parts) + "\n" + "\n".join(text for _, text in notes)
    table = Table(
        number="1",
        caption=caption or None,
        caption_span=Span(0, len(caption)) if caption else None,
        cells=tuple(cells),
        lines=(),
        notes=_place_notes(source, notes),
        spans=(Span(len(caption) + 1, position),),
    )
    return _document(source), table


def _place_notes(source: str, notes: tuple[tuple[str | None, str], ...]) -> tuple[TableNote, ...]:
    placed = []
    for mark, text in notes:
        start = source.rindex(text)
        placed.append(TableNote(mark, text, Span(start, start + len(text))))
    return tuple(placed)


def _document(source: str) -> Document:
    return Document(
        doc_id="0123456789abcdef0123",
        path="invented.txt",
        sha256="0" * 64,
        reader="text",
        reader_version="1",
        source=source,
        clean=CleanView(source, (Piece(0, 0, len(source)),)),
    )
