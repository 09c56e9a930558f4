"""Parsing of XML bytes from anybody: no network, no DTD, no entity but characters, bounded depth."""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import Final

from lxml import etree

from pipeline.errors import DocumentError
from pipeline.ingest.decoding import decode_invalid
from pipeline.settings import Settings

MAX_DEPTH: Final = 200
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING: Final = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DOCTYPE: Final = re.compile(r"<!DOCTYPE\b[^\[>]*(\[.*?\]\s*)?>", re.DOTALL)
_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9.]*);")
_XML_ENTITIES: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TOO_DEEP: Final = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parse_xml(data: bytes, *, settings: Settings) -> tuple[etree._Element, str | None]:
    """Return the root of an XML file, and what was malformed where the parser had to mend it.

    Named character entities are those of HTML; unknown ones stay as they are written.

    Raises:
        DocumentError: the file declares entities, is nested too deeply, is too large, or is no XML.
    """
    text, miscoded = decode_markup(data)
    if len(text) > settings.max_characters * 4:
        raise DocumentError(
            f"the XML has {len(text)} characters, more than {settings.max_characters * 4}",
            remedy="raise the setting max_characters, or split the file",
        )
    if "<!ENTITY" in text:
        raise DocumentError(
            "the XML declares entities of its own; these can expand without bound or read files",
            remedy="remove the <!ENTITY> declarations and write the characters themselves",
        )
    text = _DECLARATION.sub("", text.lstrip("\ufeff"))
    text = _DOCTYPE.sub("", text, count=1)
    text = _FORBIDDEN.sub(" ", _ENTITY.sub(_read_entity, text))
    content = text.encode("utf-8", "replace")
    problem: str | None = None
    try:
        root = etree.fromstring(content, _make_parser(recover=False))
    except etree.XMLSyntaxError as error:
        problem = str(error).split("(<string>", 1)[0].strip(", ")
        try:
            root = etree.fromstring(content, _make_parser(recover=True))
        except etree.XMLSyntaxError:
            root = None
    if root is None:
        raise DocumentError(f"this is no XML: {problem}", remedy="check that the file was downloaded completely")
    check_depth(root)
    return root, "; ".join(part for part in (problem, miscoded) if part) or None


def check_depth(root: etree._Element) -> None:
    """Raise DocumentError where elements are nested deeper than ``MAX_DEPTH``."""
    if _TOO_DEEP(root.getroottree()):
        raise DocumentError(
            f"elements are nested deeper than {MAX_DEPTH} levels",
            remedy="check the file: no article needs such nesting",
        )


def decode_markup(data: bytes) -> tuple[str, str | None]:
    """Return the characters of a file and what was wrong with its bytes.

    By byte order mark, declared encoding or UTF-8; else like a text file of invalid bytes.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_replaced(data[len(mark) :], encoding)
    for mark, encoding in ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be")):
        if data.startswith(mark):
            return _decode_replaced(data, encoding)
    declared = _ENCODING.search(data[:200])
    encodings = [declared[1].decode("ascii")] if declared else []
    for encoding in (*encodings, "utf-8"):
        try:
            return data.decode(encoding), None
        except (LookupError, UnicodeDecodeError):
            continue
    text, used = decode_invalid(data)
    return text, f"its bytes are not valid {encodings[0] if encodings else 'UTF-8'} and were read as {used}"


def _decode_replaced(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        return data.decode(encoding, "replace"), f"byte {error.start} is not valid {encoding}"


def _make_parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _read_entity(match: re.Match[str]) -> str:
    name = match[1]
    if name in _XML_ENTITIES:
        return match[0]
    characters = html5.get(f"{name};")
    if characters is None:
        return f"&amp;{name};"
    return "".join(f"&#{ord(character)};" for character in characters)
