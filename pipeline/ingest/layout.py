"""What a reader hands to assembly: its source text cut into blocks, with the marks it could see."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.documents import BlockKind, SectionKind
from pipeline.model.spans import Span


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of source characters that belongs to a block; lines inside it are joined by assembly.

    ``break_before`` says that something that is no running text (furniture, a column's end, a table) stands before.
    """

    span: Span
    break_before: bool = False


@dataclass(frozen=True, slots=True)
class KnownMark:
    """A citation mark known from markup or typography; empty ``markers`` means: parse them from the text."""

    span: Span
    markers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block in reading order.

    Attributes:
        kind: what it is.
        fragments: its source runs in reading order.
        section: the kind of section it opens or lies in, where the reader knows it.
        level: a heading's depth, 1 for the highest.
        marks: citation marks known from markup or typography.
        marks_complete: whether ``marks`` holds every mark of the block, so that no other digit may be one.
    """

    kind: BlockKind
    fragments: tuple[Fragment, ...]
    section: SectionKind | None = None
    level: int | None = None
    marks: tuple[KnownMark, ...] = ()
    marks_complete: bool = False
