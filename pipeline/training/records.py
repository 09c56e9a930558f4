"""The plain records that corpus readers return, before any spaCy object."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DEFAULT_CORPORA = Path("../shared/corpora")


@dataclass(frozen=True, slots=True, order=True)
class LabelledSpan:
    """A mention: code points `[start, end)` of its text, and a label of the contract (CHEMICAL, SPECIES, …)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with its mentions in text order; `key` is the document's identifier in its corpus."""

    key: str
    text: str
    spans: tuple[LabelledSpan, ...]


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence with one dependency tree.

    Parallel tuples, one item a token: `spans` are code points of `text`, `heads` are token indices (the root is its
    own head), `deps` are Stanford labels with `ROOT` for the root, `tags` are Penn tags.
    """

    key: str
    text: str
    spans: tuple[tuple[int, int], ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The tokens' texts."""
        return tuple(self.text[start:end] for start, end in self.spans)
