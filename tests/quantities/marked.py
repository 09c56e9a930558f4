"""Marked-up sentences: `Mice got [1 mg/kg]{dose} [daily]{schedule}` → plain text and what is marked in it."""

from __future__ import annotations

import re

from pipeline.quantities import QuantityMatch, find_quantities

_MARK = re.compile(r"\[([^\[\]]+)\]\{(\w+)\}")


def find_marked(sentence: str) -> tuple[str, set[tuple[str, str]]]:
    """Return the plain sentence and the marked (label, words) pairs."""
    marked = {(label.upper(), words) for words, label in _MARK.findall(sentence)}
    return _MARK.sub(r"\1", sentence), marked


def quote(text: str, label: str) -> list[str]:
    """Return the words of each match of a label, in order."""
    return [text[match.start : match.end] for match in find_quantities(text) if match.label == label]


def only(text: str, label: str) -> QuantityMatch:
    """Return the one match of a label; anything else fails the test."""
    (match,) = [match for match in find_quantities(text) if match.label == label]
    return match
