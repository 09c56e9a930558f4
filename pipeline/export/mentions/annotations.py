"""A text with its annotations, as every format of mentions holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pipeline.model.mentions import Label

LABELS: tuple[str, ...] = get_args(Label)


@dataclass(frozen=True, slots=True, order=True)
class Annotation:
    """A mention at the code points ``[start, end)`` of its text; ``text`` is what stands there.

    ``id`` and ``name`` are of the concept. What a format does not carry is ``None`` when it is read.
    """

    start: int
    end: int
    label: str
    text: str
    role: str | None = None
    id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class BadAnnotation:
    """An annotation that could not be read: where in its file, and why."""

    where: str
    cause: str


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with its annotations in order; ``key`` names the document: its id, or a file's name."""

    key: str
    text: str
    annotations: tuple[Annotation, ...] = ()
    bad: tuple[BadAnnotation, ...] = ()


def annotate_text(doc_id: str, source: str, entities: Iterable[Mapping[str, Any]]) -> AnnotatedText:
    """Return a document's source text with its mentions, from records of ``entities.jsonl``."""
    annotations = []
    for record in entities:
        concept = record.get("concept") or {}
        annotations.append(
            Annotation(
                record["start"],
                record["end"],
                record["label"],
                record["text"],
                record.get("role"),
                concept.get("id"),
                concept.get("name"),
            )
        )
    return AnnotatedText(doc_id, source, tuple(sorted(annotations, key=_order)))


def check_annotation(annotation: Annotation, text: str) -> str:
    """Return why an annotation does not fit its text, empty where it does; spacing may differ."""
    start, end = annotation.start, annotation.end
    if annotation.label not in LABELS:
        return f"{annotation.label!r} is no label: expected one of {', '.join(LABELS)}"
    if not 0 <= start < end <= len(text):
        return f"[{start}, {end}) is no place of a text of {len(text)} characters"
    if annotation.text.split() != scrub(text[start:end]).split():
        return f"{annotation.text[:40]!r} does not stand at [{start}, {end}), but {text[start:end][:40]!r}"
    return ""


def scrub(text: str) -> str:
    """Return a text with what neither UTF-8 nor XML can hold replaced, one character for one."""
    return "".join(character if _is_writable(character) else "\ufffd" for character in text)


def _is_writable(character: str) -> bool:
    code = ord(character)
    return code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF))


def _order(annotation: Annotation) -> tuple[Any, ...]:
    return annotation.start, annotation.end, annotation.label, annotation.text, annotation.id or ""
