"""Reader of Markdown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.ingest.text import read_text
from pipeline.model.documents import Document
from pipeline.settings import Settings


def read_markdown(data: bytes, *, name: str, sha256: str, settings: Settings) -> Document:
    """Read a Markdown file.

    Raises:
        DocumentError: the file is empty, too large or no text.
    """
    return replace(read_text(data, name=name, sha256=sha256, settings=settings), reader="markdown")
