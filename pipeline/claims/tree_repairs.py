"""Repairs of a parsed sentence that hold wherever its tree is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_FINITE = frozenset({"VB", "VBD", "VBP", "VBZ"})


def join_series(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens with "maintain Y" of "show that A could raise X, maintain Y, and lower Z" joined to it.

    The parse may hang it on the showing: a finite verb without a subject that stands behind a comma, where a clause of
    the same governor with a subject stands before it, goes on with that clause.
    """
    mended = list(tokens)
    for node, token in enumerate(tokens):
        if token.dep != "ccomp" or token.tag not in _FINITE or node < 2 or tokens[node - 1].text != ",":
            continue
        if any(other.head == node and other.dep in _SUBJECTS | {"aux", "mark"} for other in tokens):
            continue
        clauses = [
            other
            for other in range(node)
            if tokens[other].dep == "ccomp" and tokens[other].head == token.head and other > token.head
        ]
        if clauses and any(other.head == clauses[-1] and other.dep in _SUBJECTS for other in tokens):
            mended[node] = replace(token, dep="conj", head=clauses[-1])
    return tuple(mended)
