"""Hashes of short folded windows, by which evidence finds its place in another rendering of the same text."""

from __future__ import annotations

import hashlib

from pipeline.evaluation.folding import FoldedText, Strength, fold_text

WINDOW = 24
"""Folded characters in a window: long enough to be nearly unique, short enough to dodge most differences of print."""


def anchor_view(source: str) -> FoldedText:
    """Return the source as anchors see it: folded to letters and digits, lower case, so that print cannot matter."""
    folded = fold_text(source, Strength.HYPHEN)
    kept = [index for index, character in enumerate(folded.text) if character.isalnum()]
    return FoldedText(
        "".join(folded.text[index].lower()[:1] for index in kept), tuple(folded.offsets[index] for index in kept)
    )


def hash_window(text: str) -> str:
    """Return the first 16 hex digits of the sha256 of a folded window, or ``""`` for an empty one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16] if text else ""


def hash_places(view: FoldedText, spans: list[tuple[int, int]]) -> dict[str, str | int]:
    """Return the hashes that identify evidence at ``spans`` of the view's source.

    Returns:
        ``sha256`` and ``length`` of the whole folded evidence; ``head`` and ``tail`` of its first and last window,
        or of all of it when it is shorter; ``before`` and ``after`` of the windows beside it, shorter at the ends of
        the text.
    """
    ranges = [view.window(start, end) for start, end in spans]
    whole = "".join(view.text[low:high] for low, high in ranges)
    first, last = ranges[0][0], ranges[-1][1]
    return {
        "sha256": hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest(),
        "length": len(whole),
        "head": hash_window(whole[:WINDOW]),
        "tail": hash_window(whole[-WINDOW:]),
        "before": hash_window(view.text[max(0, first - WINDOW) : first]),
        "after": hash_window(view.text[last : last + WINDOW]),
    }
