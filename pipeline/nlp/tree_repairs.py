"""Mends trees that no sentence can have: a noun as root with a subject of its own, a gerund behind a preposition taken
for a part of its object, a change coordinated with what changed.

Each rule looks at labels, tags and order, and at words only of closed classes; one that does not apply leaves the tree
as it is, and a tree that comes out as none is left as the parser gave it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from pipeline.model import Token
from pipeline.nlp import noun_repairs, verb_repairs
from pipeline.nlp.tree_draft import Draft

RULES: Final[tuple[Callable[[Draft, int], None], ...]] = (
    noun_repairs.name_noun,
    verb_repairs.raise_past_verb,
    verb_repairs.raise_group_verb,
    verb_repairs.raise_subject,
    verb_repairs.raise_leaving_verb,
    verb_repairs.raise_relative_verb,
    verb_repairs.raise_gerund,
    verb_repairs.raise_main_verb,
    verb_repairs.raise_auxiliary,
    verb_repairs.raise_negation,
    noun_repairs.name_object,
    noun_repairs.join_adjective,
    noun_repairs.match_repeated_heads,
    noun_repairs.match_parallel_nouns,
    noun_repairs.match_parallel_places,
    verb_repairs.match_parallel_verbs,
    verb_repairs.lead_with_first_verb,
    noun_repairs.join_compound,
    noun_repairs.name_subject,
    verb_repairs.raise_listed_verb,
    noun_repairs.match_shared_change,
    noun_repairs.match_parallel_prepositions,
)


def repair_tree(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens of a parsed sentence with heads, labels and tags mended where the tree cannot be one."""
    draft = Draft(tokens)
    for rule in RULES:
        for node in range(len(draft)):
            rule(draft, node)
    if not draft.is_tree():
        return tuple(tokens)
    return tuple(
        replace(token, tag=tag, dep=dep, head=head)
        for token, tag, dep, head in zip(tokens, draft.tags, draft.deps, draft.heads, strict=True)
    )
