"""From clean places to grounded fields: the source characters, their offsets, and where they stand."""

from __future__ import annotations

from typing import Any, TypedDict

from pipeline.claims.scene import Scene
from pipeline.model import Document, Mention, Span
from pipeline.model.claims import FieldSource


class Ground(TypedDict):
    """The arguments that every grounded field takes."""

    text: str
    start: int | None
    end: int | None
    source: FieldSource


def ground_span(document: Document, span: Span, source: FieldSource = "sentence") -> Ground | None:
    """Return the field's place for a clean range; ``None`` where a real break of the text runs through it."""
    spans = document.clean.to_source(span.start, span.end)
    if len(spans) != 1:
        return None
    place = spans[0]
    return Ground(text=document.quote(place), start=place.start, end=place.end, source=source)


def ground_mention(mention: Mention, source: FieldSource = "sentence") -> Ground:
    """Return the field's place for a mention."""
    return Ground(text=mention.text, start=mention.span.start, end=mention.span.end, source=source)


def source_of(scene: Scene, mention: Mention, *, otherwise: FieldSource = "document") -> FieldSource:
    """Return where a mention stands relative to a sentence: in it, in its paragraph, its section, or elsewhere."""
    if mention.clean is None:
        return otherwise
    if scene.span.covers(mention.clean):
        return "sentence"
    document = scene.document
    sentence = document.sentences[scene.index]
    if document.blocks and document.blocks[sentence.block].clean.covers(mention.clean):
        return "paragraph"
    if document.sections and document.sections[sentence.section].clean.covers(mention.clean):
        return "section"
    return otherwise


def compact(values: dict[str, Any]) -> dict[str, Any]:
    """Return the mapping without ``None``."""
    return {name: value for name, value in values.items() if value is not None}
