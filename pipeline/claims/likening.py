"""What a predicate likens: "similar to placebo with regard to X", "weaker than that of B", "as reported elsewhere"."""

from __future__ import annotations

from pipeline.claims.arguments import expand, names_aspect, prepositional_objects
from pipeline.claims.cue_lexicon import LOOKS
from pipeline.claims.tree import Tree

_ELSEWHERE = frozenset("described earlier literature previous previously published reported".split())


def likened_in(tree: Tree, node: int, copula: int) -> list[int] | None:
    """Return the respect of "A was similar to placebo with regard to X", ``None`` where that is how they looked."""
    found = [
        thing
        for anchor in dict.fromkeys((node, copula))
        for prep in tree.children(anchor, "prep")
        if prep > node and names_aspect(tree, prep)
        for thing in prepositional_objects(tree, prep)
    ]
    return None if any(tree.lowered[thing] in LOOKS for thing in expand(tree, found)) else found


def is_likened_to_others(tree: Tree, node: int) -> bool:
    """Whether something is like what others have reported: "comparable with those described previously"."""
    behind = [kid for prep in tree.children(node, "prep") for kid in tree.subtree(prep)]
    return any(tree.lowered[kid] in _ELSEWHERE for kid in behind)


def is_that(tree: Tree, node: int) -> bool:
    return tree.lowered[node] in ("that", "those")


def is_with_that(tree: Tree, node: int) -> bool:
    """Whether a comparison's other side is "that of B"."""
    return any(is_that(tree, thing) for prep in tree.children(node, "prep") for thing in tree.children(prep, "pobj"))
