"""Plain parsed sentences, as the language layer hands them upward: no spaCy object leaves that layer."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.spans import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a parsed sentence.

    ``start`` and ``end`` are offsets into the document's clean text; ``head`` is the index of the head token in the
    sentence (its own index for the root); ``tag`` is a Penn Treebank tag, ``dep`` a Stanford dependency label.
    """

    text: str
    lemma: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence with its tokens; ``index`` is its place in ``Document.sentences``."""

    index: int
    clean: Span
    tokens: tuple[Token, ...]
