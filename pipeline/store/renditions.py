"""Renditions as bytes and back: a document's text, sections, sentences and tables, so that it need not be read again.

A record is a JSON array of its fields in order; the ``reading`` of a rendition is the hash of the code that made it,
so that a change of the types is never met with old bytes.
"""

from __future__ import annotations

import json
import types
import typing
import zlib
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from pipeline.model import CharacterBox, Document, PackedBoxes

_LEVEL = 6


def pack_text(text: str) -> bytes:
    """Return a text as compressed bytes."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack_text(data: bytes) -> str:
    """Return the text of compressed bytes."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def pack_document(document: Document) -> bytes:
    """Return everything of a document but its source as compressed bytes."""
    return pack_text(json.dumps(_encode(replace(document, source="")), ensure_ascii=True, separators=(",", ":")))


def unpack_document(data: bytes, *, source: str) -> Document:
    """Return the document that ``pack_document`` was given, with its source."""
    document: Document = _decoder(Document)(json.loads(unpack_text(data)))
    return replace(document, source=source)


def _encode(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return [_encode(getattr(value, item.name)) for item in fields(value) if item.init]
    if isinstance(value, tuple | PackedBoxes):
        return [_encode(item) for item in value]
    return value


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """Return the function that reads a value of a type from its JSON."""
    origin = typing.get_origin(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _record_decoder(kind)
    if kind == Sequence[CharacterBox]:
        box = _decoder(CharacterBox)
        return lambda value: PackedBoxes(map(box, value)) if value else ()
    if origin is tuple:
        item = _decoder(typing.get_args(kind)[0])
        return lambda value: tuple(item(member) for member in value)
    if origin in (typing.Union, types.UnionType):
        options = [option for option in typing.get_args(kind) if option is not type(None)]
        if len(options) > 1:
            raise TypeError(f"a rendition cannot hold a choice of types: {kind}")
        inner = _decoder(options[0])
        return lambda value: None if value is None else inner(value)
    return lambda value: value


def _record_decoder(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    members = [(item.name, _decoder(hints[item.name])) for item in fields(kind) if item.init]

    def decode(values: Any) -> Any:
        return kind(**{name: read(value) for (name, read), value in zip(members, values, strict=True)})

    return decode
