"""Which mentions belong to which statement: the frame's own clause first, then those above it, then the sentence."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.claims.frame import Frame
from pipeline.claims.scene import Scene
from pipeline.claims.tree import SUBJECTS, Tree
from pipeline.model import Mention


def zone_of(tree: Tree, verb: int) -> set[int]:
    """Return a verb's own nodes: its subtree without coordinated, adverbial and reported clauses of their own."""
    nodes: set[int] = set()
    stack = [verb]
    while stack:
        node = stack.pop()
        nodes.add(node)
        for kid in tree.children(node):
            if _opens_clause(tree, kid):
                continue
            stack.append(kid)
    return nodes


def _opens_clause(tree: Tree, node: int) -> bool:
    dep = tree[node].dep
    if dep in ("conj", "parataxis", "ccomp") and (tree.is_verb(node) or _has_subject(tree, node)):
        return True
    return dep == "advcl" and _has_subject(tree, node)


def _has_subject(tree: Tree, node: int) -> bool:
    return any(tree[kid].dep in SUBJECTS for kid in tree.children(node))


def zones(tree: Tree, frame: Frame) -> list[set[int]]:
    """Return the zones to search for a frame's fields, nearest first; the last is the whole sentence."""
    chain = [zone_of(tree, frame.verb)]
    for node in tree.ancestors(frame.verb):
        if tree.is_verb(node) or tree[node].dep in ("ROOT", "root"):
            zone = zone_of(tree, node)
            if zone - chain[-1]:
                chain.append(zone)
    return chain


def bind(
    scene: Scene, frame: Frame, candidates: Iterable[Mention], *, unique_in_sentence: bool = True
) -> list[Mention]:
    """Return the candidates of the nearest zone that holds any, in text order.

    Args:
        unique_in_sentence: whether a lone candidate elsewhere in the sentence counts, when no zone holds one.
    """
    pool = [mention for mention in candidates if scene.node(mention) is not None]
    for zone in zones(scene.tree, frame):
        inside = [mention for mention in pool if scene.node(mention) in zone]
        if inside:
            return inside
    if unique_in_sentence and len(pool) == 1 and not _is_contrasted(scene, frame, pool[0]):
        return pool
    return []


def nearest(scene: Scene, node: int, candidates: list[Mention]) -> Mention | None:
    """Return the candidate with the fewest tokens between it and a node, the earlier of two."""
    if not candidates:
        return None
    return min(candidates, key=lambda mention: (token_gap(scene, node, mention), mention.span.start))


def token_gap(scene: Scene, node: int, mention: Mention) -> int:
    """Return how many tokens lie between a node and the nearest end of a mention."""
    nodes = scene.nodes(mention)
    return min((abs(node - other) for other in nodes), default=10_000)


def _is_contrasted(scene: Scene, frame: Frame, mention: Mention) -> bool:
    """Whether a contrast word stands between the frame and the mention, so that they speak of different things."""
    node = scene.node(mention)
    if node is None:
        return True
    low, high = sorted((frame.trigger, node))
    first, last = scene.tree[low].end, scene.tree[high].start
    if any(first <= mark.clean <= last for mark in scene.document.citations):
        return True  # each citation mark closes the statement before it
    return bool({"whereas", "while", "but", "although", "however", ";", "though"} & set(scene.tree.lowered[low:high]))


def beside_outcome(tree: Tree, frame: Frame) -> set[int]:
    """Return what stands with another member where each has a place of its own: "A in men and B in women"."""
    outcome = frame.outcome
    head = tree.head(outcome) if tree[outcome].dep == "conj" else None
    first = outcome if head is None else head
    if not tree.children(outcome, "prep"):
        return set()
    members = [member for member in (first, *tree.conjuncts(first)) if member != outcome]
    return {
        node
        for member in members
        for prep in tree.children(member, "prep")
        for node in tree.subtree(prep, without=frozenset({"conj"}))
    }
