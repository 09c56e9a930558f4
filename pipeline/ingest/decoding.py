"""From a file's bytes to its text, with nothing moved: byte-order marks and line ends stay where they are."""

from __future__ import annotations

import codecs
import re

from pipeline.errors import DocumentError
from pipeline.model.failures import Failure
from pipeline.settings import Settings

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SAMPLE = 65_536
_MAX_CONTROL_SHARE = 0.02
_CONTROLS = re.compile(r"[\x01-\x07\x0e-\x1b]")


def check_size(data: bytes, *, settings: Settings) -> None:
    """Refuse an empty file and one above ``settings.max_bytes``.

    Raises:
        DocumentError: the file is empty or too large.
    """
    if not data:
        raise DocumentError("the file is empty (0 bytes)", remedy="export or download the paper again")
    if len(data) > settings.max_bytes:
        raise DocumentError(
            f"the file has {len(data):,} bytes, more than the limit of {settings.max_bytes:,}",
            remedy="split the file, or raise LITCLAIMS_MAX_BYTES",
        )


def check_characters(text: str, *, settings: Settings) -> None:
    """Refuse a text above ``settings.max_characters`` and one without a single letter or digit.

    Raises:
        DocumentError: the text is too long, or there is nothing to read in it.
    """
    if len(text) > settings.max_characters:
        raise DocumentError(
            f"the text has {len(text):,} characters, more than the limit of {settings.max_characters:,}",
            remedy="split the file, or raise LITCLAIMS_MAX_CHARACTERS",
        )
    if not any(character.isalnum() for character in text):
        raise DocumentError("the text holds no letter and no digit", remedy="check that the export worked")


def decode_text(data: bytes, *, name: str, settings: Settings) -> tuple[str, tuple[Failure, ...]]:
    """Return the text of a plain-text file and what was lost on the way.

    UTF-8 (a byte-order mark stays as ``U+FEFF``), UTF-16 and UTF-32 by their marks; other bytes are read as
    Windows-1252 where they can be, else as UTF-8 with replacement characters. Offsets count the returned code points.

    Raises:
        DocumentError: the file is empty, too large or not a text.
    """
    check_size(data, settings=settings)
    failures: tuple[Failure, ...] = ()
    marked = _decode_marked(data)
    text = marked[0] if marked is not None else None
    if marked is not None and marked[1] is not None:
        failures = (Failure(name, "read", marked[1], "save the file as UTF-8", survivable=True),)
    if text is None:
        if b"\x00" in data[:_SAMPLE]:
            raise _not_text("zero bytes")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            text, used = decode_invalid(data)
            cause = f"byte {error.start} is not valid UTF-8; the file was read as {used}"
            failures = (Failure(name, "read", cause, "save the file as UTF-8", survivable=True),)
    controls = len(_CONTROLS.findall(text[:_SAMPLE]))
    if controls > _MAX_CONTROL_SHARE * min(len(text), _SAMPLE):
        raise _not_text("control characters")
    check_characters(text, settings=settings)
    return text, failures


def _decode_marked(data: bytes) -> tuple[str, str | None] | None:
    """Return the text of a file that begins with a mark of UTF-16 or UTF-32, and what was lost; None without one."""
    for marks, endings in ((_UTF32_MARKS, "utf-32"), (_UTF16_MARKS, "utf-16")):
        for mark, order in zip(marks, ("-le", "-be"), strict=True):
            if data.startswith(mark):
                try:
                    return data.decode(endings + order), None
                except UnicodeDecodeError as error:
                    text = data.decode(endings + order, "replace")
                    name = endings.upper()
                    return text, f"byte {error.start} is not valid {name}; what cannot be read stands as U+FFFD"
    return None


def decode_invalid(data: bytes) -> tuple[str, str]:
    """Return the text of bytes that are not valid UTF-8, and what they were read as."""
    # A stray byte in a UTF-8 file keeps the rest readable; a file of another encoding has few valid sequences.
    replaced = data.decode("utf-8", "replace")
    bad = replaced.count("\ufffd")
    good = sum(1 for character in replaced if character > "\x7f") - bad
    if good > 4 * bad:
        return replaced, "UTF-8 with replacement characters"
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        return replaced, "UTF-8 with replacement characters"


def _not_text(found: str) -> DocumentError:
    return DocumentError(
        f"the file is no text: it holds {found}", remedy="give the paper as text, Markdown, PDF, XML or HTML"
    )
