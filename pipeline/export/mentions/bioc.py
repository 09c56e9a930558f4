"""BioC XML: a collection of documents, each of passages with their annotations.

Comeau et al. 2013, Database, doi 10.1093/database/bat064. A passage is a paragraph; its offset and those of its
annotations are code points of the document's source. Files are read by expat, without any entity of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape

from pipeline.errors import SettingsError
from pipeline.export.mentions.annotations import AnnotatedText, Annotation, BadAnnotation, check_annotation, scrub

_RETURN: Final = {"\r": "&#13;"}
_BREAK = re.compile(r"\n\s*\n")


def write_bioc(path: Path, texts: Iterable[AnnotatedText]) -> int:
    """Write texts with their annotations to one collection and return how many texts."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE collection SYSTEM "BioC.dtd">\n<collection>\n')
        file.write(" <source>litclaims</source>\n <date></date>\n <key>litclaims.key</key>\n")
        for text in texts:
            count += 1
            file.writelines(f"{line}\n" for line in _lines(text))
        file.write("</collection>\n")
    return count


def read_bioc(path: Path) -> list[AnnotatedText]:
    """Return the documents of a collection, in its order; a bad annotation is among ``bad``.

    Text between passages, which BioC leaves out, is read as spaces.

    Raises:
        SettingsError: the file is no XML, or declares entities.
    """
    return [_read_document(document, path.name) for document in _parse(path).iter("document")]


def _lines(text: AnnotatedText) -> Iterable[str]:
    source = scrub(text.text)
    yield " <document>"
    yield f"  <id>{_quote(text.key)}</id>"
    number = 0
    for start, end in _passages(source, text.annotations):
        yield "  <passage>"
        yield f"   <offset>{start}</offset>"
        yield f"   <text>{_quote(source[start:end])}</text>"
        for item in text.annotations:
            if start <= item.start < end:
                number += 1
                yield f'   <annotation id="{number}">'
                infons = {"type": item.label, "identifier": item.id, "name": item.name, "role": item.role}
                for key, value in infons.items():
                    if value is not None:
                        yield f'    <infon key="{key}">{_quote(value)}</infon>'
                yield f'    <location offset="{item.start}" length="{item.end - item.start}"/>'
                yield f"    <text>{_quote(source[item.start : item.end])}</text>"
                yield "   </annotation>"
        yield "  </passage>"
    yield " </document>"


def _passages(source: str, annotations: Iterable[Annotation]) -> list[tuple[int, int]]:
    """Return the paragraphs of a source; one that an annotation runs out of goes on."""
    inside = sorted((item.start, item.end) for item in annotations)
    passages: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(source):
        if match.start() > start and not any(low < match.end() and match.start() < high for low, high in inside):
            passages.append((start, match.start()))
            start = match.end()
    return [*passages, (start, len(source))] if start < len(source) else passages


def _read_document(document: Element, name: str) -> AnnotatedText:
    key = (document.findtext("id") or "").strip()
    text = ""
    for passage in document.iter("passage"):
        shown = passage.findtext("text")
        if shown is None:
            shown = " ".join(item.text or "" for item in passage.findall("sentence/text"))
        offset = _number(passage.findtext("offset"), len(text))
        text = text.ljust(offset) + shown if offset >= len(text) else text + shown
    annotations: list[Annotation] = []
    bad: list[BadAnnotation] = []
    for element in document.iter("annotation"):
        where = f"{name}, document {key}, annotation {element.get('id')}"
        try:
            annotation = _read_annotation(element)
        except (TypeError, ValueError, KeyError):
            bad.append(BadAnnotation(where, "it has no type, text, or one place"))
            continue
        cause = check_annotation(annotation, text)
        if cause:
            bad.append(BadAnnotation(where, cause))
        else:
            annotations.append(annotation)
    annotations.sort(key=lambda item: (item.start, item.end, item.label))
    return AnnotatedText(key, text, tuple(annotations), tuple(bad))


def _read_annotation(element: Element) -> Annotation:
    infons = {item.get("key"): (item.text or "").strip() for item in element.findall("infon")}
    (location,) = element.findall("location")
    start = int(location.attrib["offset"])
    return Annotation(
        start,
        start + int(location.attrib["length"]),
        infons["type"].upper(),
        element.findtext("text") or "",
        infons.get("role") or None,
        infons.get("identifier") or None,
        infons.get("name") or None,
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.strip().isdecimal() else default


def _quote(text: str) -> str:
    return escape(scrub(text), _RETURN)


def _parse(path: Path) -> Element:
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: Any) -> None:
        raise SettingsError(f"{path} declares entities, which a BioC file has no need of: remove them")

    parser.StartElementHandler = lambda tag, attributes: builder.start(tag, attributes)
    parser.EndElementHandler = lambda tag: builder.end(tag)
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(path.read_bytes(), True)
        root: Element = builder.close()
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror or error}") from error
    except (expat.ExpatError, AssertionError) as error:
        raise SettingsError(f"{path} is no XML: {error}") from error
    return root
