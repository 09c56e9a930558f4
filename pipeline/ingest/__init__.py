"""Readers: from files to documents with a clean view and a way back to every source character."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pipeline.errors import DocumentError
from pipeline.ingest.decoding import check_size
from pipeline.ingest.discovery import SUFFIXES, find_documents
from pipeline.model.documents import Document
from pipeline.model.ids import hash_bytes
from pipeline.settings import Settings

__all__ = ["SUFFIXES", "Format", "find_documents", "read_bytes", "read_document", "recognise_format"]

Format = Literal["text", "markdown", "jats", "html", "pdf"]

_BY_SUFFIX: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".pdf": "pdf",
    ".xml": "jats", ".nxml": "jats", ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_MARKDOWN_HEADING = re.compile(rb"^#{1,6} \S.{0,150}$", re.MULTILINE)
_MARKDOWN_INLINE = re.compile(
    rb"\]\(https?://|<https?://[^<>\s]+>|\*\*[^*\n]{2,80}\*\*|(?<![\w*])\*[A-Za-z][^*\n]{1,80}\*(?!\w)"
)
_XML_START = re.compile(rb"<(?:\?xml|!doctype\s+(?!html)|article\b|pmc-articleset\b|PubmedArticle)", re.IGNORECASE)


def read_document(path: Path, *, name: str, settings: Settings) -> Document:
    """Read a paper.

    Args:
        path: where the file is.
        name: the path as records shall name it.
        settings: the limits.

    Raises:
        DocumentError: the file cannot be read as a paper.
    """
    try:
        size = path.stat().st_size
        if size > settings.max_bytes:
            raise DocumentError(
                f"the file has {size:,} bytes, more than the limit of {settings.max_bytes:,}",
                remedy="split the file, or raise LITCLAIMS_MAX_BYTES",
            )
        data = path.read_bytes()
    except OSError as error:
        cause = f"the file cannot be opened: {error.strerror or error}"
        raise DocumentError(cause, remedy="check the path and its permissions") from error
    return read_bytes(data, name=name, settings=settings)


def read_bytes(data: bytes, *, name: str, settings: Settings) -> Document:
    """Read a paper from its bytes; ``name`` decides the format where the content does not.

    Raises:
        DocumentError: the bytes cannot be read as a paper.
    """
    check_size(data, settings=settings)
    sha256 = hash_bytes(data)
    match recognise_format(data, name=name):
        case "pdf":
            from pipeline.ingest.pdf import read_pdf

            return read_pdf(data, name=name, sha256=sha256, settings=settings)
        case "jats":
            from pipeline.ingest.jats import read_jats

            return read_jats(data, name=name, sha256=sha256, settings=settings)
        case "html":
            from pipeline.ingest.html import read_html

            return read_html(data, name=name, sha256=sha256, settings=settings)
        case "markdown":
            from pipeline.ingest.markdown import read_markdown

            return read_markdown(data, name=name, sha256=sha256, settings=settings)
        case "text":
            from pipeline.ingest.text import read_text

            return read_text(data, name=name, sha256=sha256, settings=settings)


def recognise_format(data: bytes, *, name: str) -> Format:
    """Return the format of a file: a PDF by its magic, markup by its first tag, the rest by suffix."""
    suffix = Path(name).suffix.lower()
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    known = _BY_SUFFIX.get(suffix)
    if known == "markdown":
        return known
    start = head[:512]
    if _XML_START.match(start):  # before HTML, as an article has a <body> too
        return "html" if _HTML_ROOT.search(head) else "jats"
    if _HTML_START.search(start) and start.startswith(b"<"):
        return "html"
    if known in (None, "text") and _holds_markdown(data):
        return "markdown"
    return known or "text"


def _holds_markdown(data: bytes) -> bool:
    """Whether a text has headings with number signs, or emphasis and links, in Markdown's way."""
    sample = data[:200_000]
    headings = len(_MARKDOWN_HEADING.findall(sample))
    inline = len(_MARKDOWN_INLINE.findall(sample))
    return headings >= 2 or (headings >= 1 and inline >= 3) or inline >= 12
