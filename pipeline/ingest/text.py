"""Reader of plain text, foremost of text that was made from PDFs."""

from __future__ import annotations

from pipeline.ingest.assembly import assemble_document
from pipeline.ingest.decoding import decode_text
from pipeline.ingest.layout import Fragment, RawBlock
from pipeline.ingest.lines import split_lines
from pipeline.model.documents import Document
from pipeline.model.spans import Span
from pipeline.settings import Settings

READER_VERSION = "1"


def read_text(data: bytes, *, name: str, sha256: str, settings: Settings) -> Document:
    """Read a plain-text file; the source text is the file decoded, nothing moved.

    Raises:
        DocumentError: the file is empty, too large or no text.
    """
    source, failures = decode_text(data, name=name, settings=settings)
    blocks: list[RawBlock] = []
    group: list[Span] = []
    for line in [*split_lines(source), None]:
        if line is not None and line.text:
            group.append(line.span)
        elif group:
            blocks.append(RawBlock("paragraph", (Fragment(Span(group[0].start, group[-1].end)),)))
            group = []
    return assemble_document(
        name=name, sha256=sha256, reader="text", reader_version=READER_VERSION, source=source,
        blocks=blocks, failures=failures, settings=settings,
    )  # fmt: skip
