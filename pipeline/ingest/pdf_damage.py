"""Damage that pdfminer reads past in silence: streams that do not unpack, missing fonts, objects and pages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any, Final

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import literal_name

MAX_UNPACKED: Final = 50_000_000
"""In bytes; the content of a printed page takes 10,000 to 1,000,000, with a drawing of many points 10,000,000."""
_SHOWING: Final = re.compile(rb"[)\]>]\s*T[jJ]\b")
_PACKED: Final = frozenset({"FlateDecode", "Fl"})
_ARMOURED: Final = {
    "ASCII85Decode": ascii85decode, "A85": ascii85decode, "ASCIIHexDecode": asciihexdecode, "AHx": asciihexdecode,
}  # fmt: skip


class WatchfulInterpreter(PDFPageInterpreter):  # type: ignore[misc]
    """Walks a page as pdfminer does and tells the device what it had to leave out."""

    shown = 0
    """How many strings the page's own content has shown."""

    def __getattr__(self, name: str) -> Any:
        # pdfminer asks for a method "do_X" for each operator X, and passes over those that it does not find.
        if name.startswith("do_"):
            self.device.note_loss("content that is no operator of PDF")
        raise AttributeError(name)

    def do_Tf(self, fontid: Any, fontsize: Any) -> None:
        if literal_name(fontid) not in self.fontmap:
            self.device.note_loss("a font that is not in the file")
        super().do_Tf(fontid, fontsize)

    def do_TJ(self, seq: Any) -> None:
        self.shown += 1
        if self.textstate.font is None:
            self.device.note_loss("text without a font")
        super().do_TJ(seq)

    def do_Do(self, xobjid: Any) -> None:
        stream = resolve1(self.xobjmap.get(literal_name(xobjid)))
        if not isinstance(stream, PDFStream):
            self.device.note_loss("a drawing that is not in the file")
            return
        if resolve1(stream.get("Subtype")) is not None and literal_name(resolve1(stream["Subtype"])) == "Form":
            if is_damaged(stream):
                self.device.note_loss("a drawing whose content does not unpack")
        super().do_Do(xobjid)


def count_strings(page: PDFPage) -> int:
    """Return how many strings the page's content has with the operator to show them behind."""
    held = resolve1(page.attrs.get("Contents"))
    parts = [resolve1(part) for part in held] if isinstance(held, list) else [held]
    return sum(len(_SHOWING.findall(part.get_data())) for part in parts if isinstance(part, PDFStream))


def find_damage(page: PDFPage) -> Iterator[str]:
    """Yield what is missing or broken of the page's own content."""
    held = resolve1(page.attrs.get("Contents"))
    if held is None and "Contents" not in page.attrs:
        resources = resolve1(page.attrs.get("Resources"))
        if isinstance(resources, dict) and (resolve1(resources.get("Font")) or resolve1(resources.get("XObject"))):
            yield "it names fonts or drawings and has no content"
        return
    for part in held if isinstance(held, list) else [held]:
        stream = resolve1(part)
        if not isinstance(stream, PDFStream):
            yield "a part of its content is not in the file"
        elif is_damaged(stream):
            yield "a part of its content does not unpack"


def is_damaged(stream: PDFStream) -> bool:
    """Whether a packed stream breaks off or does not unpack; streams already read count as sound.

    Raises:
        PDFException: it unpacks to more than a page's content can be.
    """
    data = stream.rawdata
    if data is None or stream.decipher:
        return False
    if not data and "Length" not in stream.attrs:
        return True
    for name, _ in stream.get_filters():
        word = literal_name(name)
        if word in _ARMOURED:
            data = _ARMOURED[word](data)
        elif word in _PACKED:
            unpacker = zlib.decompressobj()
            try:
                length = len(unpacker.decompress(data, MAX_UNPACKED))
            except zlib.error:
                return True
            if length == MAX_UNPACKED:
                raise PDFException(f"its content unpacks to more than {MAX_UNPACKED:,} bytes")
            return not unpacker.eof
        else:
            return False
    return False


def count_listed_pages(document: PDFDocument) -> int | None:
    """Return how many pages the file's page tree says it has, ``None`` where the tree is not to be found."""
    tree = resolve1(document.catalog.get("Pages"))
    if not isinstance(tree, dict) or not isinstance(resolve1(tree.get("Kids")), list):
        return None
    count = resolve1(tree.get("Count"))
    return count if isinstance(count, int) and 0 < count < 100_000 else 0
