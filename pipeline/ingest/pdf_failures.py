"""What could not be read of a PDF, with cause and remedy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.errors import DocumentError
from pipeline.ingest.pdf_glyphs import BrokenPage
from pipeline.ingest.pdf_pages import PageText
from pipeline.model import Failure
from pipeline.settings import Settings

_MIN_CHARACTERS: Final = 20


def require_text(pages: Sequence[PageText], broken: Sequence[BrokenPage]) -> None:
    """Do nothing where the pages hold text.

    Raises:
        DocumentError: no page could be read, or none holds text.
    """
    if not pages:
        first = next((page for page in broken if page.cause), BrokenPage(1, "it holds no page"))
        limited = "LITCLAIMS" in first.remedy
        raise DocumentError(
            f"no page of the PDF can be read: {first.cause}",
            remedy=first.remedy if limited else "get an undamaged copy; printing the file to a new PDF may mend it",
            page=1,
        )
    if sum(page.characters for page in pages) >= _MIN_CHARACTERS:
        return
    raise DocumentError(
        "the PDF has no text layer: its pages hold pictures only"
        if any(page.pictures for page in pages)
        else "the PDF holds no text",
        remedy="run optical character recognition over it, and give the result",
        page=pages[0].number,
    )


def report_broken(broken: Sequence[BrokenPage], *, name: str, settings: Settings) -> list[Failure]:
    """Return a failure for each page that broke off, and one for all that lie beyond the limit."""
    failures = [
        Failure(
            path=name,
            stage="read",
            cause=f"page {page.number} cannot be read in full: {page.cause}",
            remedy=page.remedy,
            survivable=True,
            page=page.number,
        )
        for page in broken
        if page.cause is not None
    ]
    beyond = [page.number for page in broken if page.cause is None]
    if beyond:
        failures.append(
            Failure(
                path=name,
                stage="read",
                cause=f"the PDF has {beyond[-1]} pages; those beyond {settings.max_pages} were not read",
                remedy="raise LITCLAIMS_MAX_PAGES, or split the file",
                survivable=True,
                page=settings.max_pages + 1,
            )
        )
    return failures


def report_length(number: int, *, settings: Settings) -> BrokenPage:
    """Return the page at which the document has more characters than the limit; none is read from there on."""
    return BrokenPage(
        number,
        f"up to here the PDF has more than the limit of {settings.max_characters:,} characters; no later page was read",
        "split the file, or raise LITCLAIMS_MAX_CHARACTERS; the pages before were kept",
    )


def report_unknown(pages: Sequence[PageText], *, name: str) -> list[Failure]:
    """Return a failure for each page whose fonts do not say which characters they show."""
    return [
        Failure(
            path=name,
            stage="read",
            cause=f"{page.unknown} of {page.characters} characters on page {page.number} have no Unicode value",
            remedy="run optical character recognition over the page, or get another copy",
            survivable=True,
            page=page.number,
        )
        for page in pages
        if page.mostly_unknown
    ]
