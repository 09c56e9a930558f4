"""Glyphs and rules of a PDF's pages, in content order, in upright page coordinates.

Coordinates are points, origin at the MediaBox's bottom left corner, after the page's rotation is undone for the eye;
``Page.to_media`` leads back to the unrotated page.
"""

from __future__ import annotations

import io
import logging
import time
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from pipeline.errors import DocumentError
from pipeline.ingest.pdf_damage import WatchfulInterpreter, count_listed_pages, count_strings, find_damage
from pipeline.ingest.pdf_fonts import FontReader

MAX_GLYPHS: Final = 200_000
UNKNOWN: Final = "\ufffd"
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_RULE_THICKNESS: Final = 2.5
_LATE: Final = "the time for reading this document is over"
_LATE_REMEDY: Final = "raise LITCLAIMS_MAX_SECONDS, or split the file; the other pages were kept"
_BROKEN: Final = (
    PSException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ZeroDivisionError,
    OverflowError, RecursionError, NotImplementedError, EOFError, OSError, MemoryError, UnicodeError,
)  # fmt: skip

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


class Glyph(NamedTuple):
    """A character: its box, baseline, font size (all in points), font, and whether it runs left to right upright."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bottom: float
    font: str
    upright: bool
    aside: bool


class Rule(NamedTuple):
    """A thin line or the edge of a box."""

    x0: float
    y0: float
    x1: float
    y1: float


class Page(NamedTuple):
    """A page: 1-based number, size as seen, rotation in degrees, glyphs in content order, rules, pictures' boxes."""

    number: int
    width: float
    height: float
    rotation: int
    glyphs: list[Glyph]
    rules: list[Rule]
    pictures: list[Rule]

    def to_media(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return a box in coordinates of the unrotated page."""
        if self.rotation == 90:
            x0, y0, x1, y1 = self.height - y1, x0, self.height - y0, x1
        elif self.rotation == 180:
            x0, y0, x1, y1 = self.width - x1, self.height - y1, self.width - x0, self.height - y0
        elif self.rotation == 270:
            x0, y0, x1, y1 = y0, self.width - x1, y1, self.width - x0
        return round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)


class BrokenPage(NamedTuple):
    """A page that could not be read, and why; ``None`` where it lies beyond the limit of pages."""

    number: int
    cause: str | None
    remedy: str = "get an undamaged copy; the other pages were kept"


class OpenedPdf(NamedTuple):
    """A PDF whose structure could be read, and its information dictionary as text."""

    document: PDFDocument
    info: dict[str, str]


def open_pdf(data: bytes) -> OpenedPdf:
    """Return a PDF ready to have its pages walked.

    Raises:
        DocumentError: the file is no PDF, is encrypted, or its structure is broken.
    """
    document = _open(data)
    return OpenedPdf(document, _read_info(document))


def walk_pages(opened: OpenedPdf, *, max_pages: int, max_seconds: float) -> Iterator[Page | BrokenPage]:
    """Yield the pages in order; one that broke off is yielded as broken first, then with what was read of it.

    Pages beyond ``max_pages`` are yielded as broken without being read, and so is every page that is not begun or
    not finished ``max_seconds`` after the first.
    """
    manager = PDFResourceManager(caching=True)
    device = _GlyphDevice(manager)
    device.deadline = time.monotonic() + max_seconds
    count = 0
    for item in _walk_pages(opened.document):
        count += 1
        if isinstance(item, str):
            yield BrokenPage(count, item)
            break
        if count > max_pages:
            yield BrokenPage(count, None)
            continue
        try:
            device.start(count)
            for loss in find_damage(item):
                device.note_loss(loss)
            interpreter = WatchfulInterpreter(manager, device)
            strings = count_strings(item)
            interpreter.process_page(item)
            if interpreter.shown < 0.95 * strings - 2:
                device.note_loss(f"{strings - interpreter.shown} of {strings} strings were not reached")
        except _BROKEN as error:
            device.note_loss(_describe(error))
        if device.losses:
            remedy = [_LATE_REMEDY] if any(_LATE in loss for loss in device.losses) else []
            yield BrokenPage(count, "; ".join(device.losses), *remedy)
        if device.glyphs or not device.losses:
            yield device.finish()
    listed = _count_listed(opened.document)
    if listed is None:
        yield BrokenPage(max(count, 1), f"the file's list of pages is damaged; a search found {count}, maybe not all")
    elif count < listed:
        yield BrokenPage(count + 1, f"the file lists {listed} pages, of which {count} were found")


def _count_listed(document: PDFDocument) -> int | None:
    try:
        return count_listed_pages(document)
    except _BROKEN:
        return None


def _open(data: bytes) -> PDFDocument:
    if b"%PDF-" not in data[:1024]:
        raise DocumentError(
            "this is no PDF: it does not begin with %PDF",
            remedy="check that the download is the article, not a web page",
        )
    try:
        return PDFDocument(PDFParser(io.BytesIO(data)), password="", caching=True)
    except PDFPasswordIncorrect as error:
        raise DocumentError(
            "the PDF is encrypted and needs a password", remedy="save a copy without a password and give that"
        ) from error
    except _BROKEN as error:
        raise DocumentError(
            f"the PDF's structure is broken: {_describe(error)}",
            remedy="the file may be truncated: download it again, or print it to a new PDF",
        ) from error


def _walk_pages(document: PDFDocument) -> Iterator[PDFPage | str]:
    try:
        yield from PDFPage.create_pages(document)
    except _BROKEN as error:
        yield _describe(error)


def _describe(error: BaseException) -> str:
    text = " ".join(str(error).split())[:120]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _read_info(document: PDFDocument) -> dict[str, str]:
    info: dict[str, str] = {}
    for entry in document.info:
        for key in ("Title", "Author", "Subject"):
            value = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(value, bytes):
                text = value[2:].decode("utf-16-be", "ignore") if value[:2] == b"\xfe\xff" else value.decode("latin-1")
                info[key] = " ".join(text.replace("\x00", "").split())
    return info


class _GlyphDevice(PDFTextDevice):  # type: ignore[misc]
    """Collects glyphs and rules while pdfminer's interpreter walks a page."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.fonts = FontReader()
        self.deadline = float("inf")
        self.start(0)

    def start(self, number: int) -> None:
        """Forget what was collected and begin a page."""
        self.number = number
        self.glyphs: list[Glyph] = []
        self.rules: list[Rule] = []
        self.pictures: list[Rule] = []
        self.losses: dict[str, None] = {}
        self.width = self.height = 0.0
        self.rotation = 0
        self._tags: list[bool] = []
        self._aside = 0
        self._shapes = 0

    def note_loss(self, what: str) -> None:
        """Remember what of the page could not be read, once."""
        self.losses[what] = None

    def finish(self) -> Page:
        """Return what was collected."""
        return Page(self.number, self.width, self.height, self.rotation, self.glyphs, self.rules, self.pictures)

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        x0, y0, x1, y1 = page.mediabox
        self.rotation = page.rotate % 360
        turned = self.rotation in {90, 270}
        self.width, self.height = (y1 - y0, x1 - x0) if turned else (x1 - x0, y1 - y0)
        self.ctm = ctm
        self._check_time()

    def _check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise PDFException(_LATE)

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        aside = getattr(tag, "name", "") == "Artifact"
        self._tags.append(aside)
        self._aside += aside

    def end_tag(self) -> None:
        if self._tags:
            self._aside -= self._tags.pop()

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        text = self.fonts.read_character(font, cid) or UNKNOWN
        if not len(self.glyphs) % 1024:
            self._check_time()
        width: float = font.char_width(cid) * fontsize * scaling
        if len(self.glyphs) >= MAX_GLYPHS:
            raise PDFException(f"more than {MAX_GLYPHS} characters on one page")
        a, b, c, d, e, f = matrix
        upright = abs(b) < abs(a) * 0.05 and a > 0 and d > 0 and not font.is_vertical()
        if upright:
            size = abs(fontsize * d)
            base = f + rise * d
            x0, x1 = (e, e + width * a) if width >= 0 else (e + width * a, e)
            bottom = base + font.get_descent() * fontsize * d
        else:
            extent = abs(width) * (abs(a) + abs(c)) or abs(fontsize)
            size = abs(fontsize) * max(abs(c), abs(d), 0.01)
            base, x0, x1, bottom = f, e, e + extent, f
        self.glyphs.append(
            Glyph(_normalise(text), x0, x1, base, size, bottom, self.fonts.read_name(font), upright, self._aside > 0)
        )
        return width

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]) -> None:
        self._shapes += 1
        if not self._shapes % 1024:
            self._check_time()
        points: list[tuple[float, float]] = []
        a, b, c, d, e, f = self.ctm
        curved = False
        for segment in path:
            kind, *numbers = segment
            if kind == "m" and points:
                self._add_shape(points, curved=curved)
                points, curved = [], False
            curved = curved or kind in "cvy"
            points.extend(
                (a * numbers[i] + c * numbers[i + 1] + e, b * numbers[i] + d * numbers[i + 1] + f)
                for i in range(0, len(numbers) - 1, 2)
            )
        if points:
            self._add_shape(points, curved=curved)

    def render_image(self, name: str, stream: Any) -> None:
        a, b, c, d, e, f = self.ctm
        xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        self.pictures.append(Rule(min(xs), min(ys), max(xs), max(ys)))

    def _add_shape(self, points: Sequence[tuple[float, float]], *, curved: bool) -> None:
        if len(self.rules) > 20_000:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        shape = Rule(min(xs), min(ys), max(xs), max(ys))
        thin = shape.x1 - shape.x0 <= _RULE_THICKNESS or shape.y1 - shape.y0 <= _RULE_THICKNESS
        if curved or (len(points) > 5 and not thin):
            self.pictures.append(shape)
        elif thin:
            self.rules.append(shape)
        else:
            self.pictures.append(shape)


def _normalise(text: str) -> str:
    if text in _LIGATURES:
        return _LIGATURES[text]
    if text.isascii():
        return text
    text = "".join(_LIGATURES.get(character, character) for character in text)
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u00ad", "-")
