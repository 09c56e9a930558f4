"""From scores of single tokens to spans: the best sequence of outside, begin, inside, end and single."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy

OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)
STATES: Final = 5
_OPENERS: Final = (OUTSIDE, BEGIN, SINGLE)
_CLOSERS: Final = (OUTSIDE, END, SINGLE)


def encode_spans(spans: Iterable[tuple[int, int]], length: int) -> Any:
    """Return the states of `length` tokens under spans of token indices, end exclusive and without overlap."""
    states = numpy.zeros(length, dtype="int8")
    for start, end in spans:
        if end - start == 1:
            states[start] = SINGLE
        else:
            states[start + 1 : end - 1] = INSIDE
            states[start], states[end - 1] = BEGIN, END
    return states


def decode_scores(scores: Any) -> list[tuple[int, int]]:
    """Return the spans of the best valid sequence; `scores` are logits of shape (tokens, states)."""
    states = scores.argmax(axis=1)
    if not states.any():
        return []
    sequence = states.tolist()
    if not _is_valid(sequence):
        sequence = _find_best(scores)
    return list(_read_states(sequence))


def _is_valid(states: Sequence[int]) -> bool:
    """Whether each state may follow the one before; the text's ends count as outside."""
    inside = False
    for state in states:
        if (state in (INSIDE, END)) != inside:
            return False
        inside = state in (BEGIN, INSIDE)
    return not inside


def _find_best(scores: Any) -> list[int]:
    """Return the best valid sequence by dynamic programming; of equal ones the first state wins."""
    rows = scores.tolist()
    best = [rows[0][state] if state in _OPENERS else -numpy.inf for state in range(STATES)]
    trace: list[tuple[int, int]] = []
    for row in rows[1:]:
        closed = max(_CLOSERS, key=lambda state: best[state])
        opened = BEGIN if best[BEGIN] >= best[INSIDE] else INSIDE
        trace.append((closed, opened))
        best = [row[state] + (best[closed] if state in _OPENERS else best[opened]) for state in range(STATES)]
    state = max(_CLOSERS, key=lambda state: best[state])
    sequence = [state]
    for closed, opened in reversed(trace):
        state = closed if state in _OPENERS else opened
        sequence.append(state)
    return sequence[::-1]


def _read_states(states: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for index, state in enumerate(states):
        if state in (BEGIN, SINGLE):
            start = index
        if state in (END, SINGLE):
            yield start, index + 1
