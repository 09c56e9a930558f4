"""Subjects that a statement excepts: "in males but not in females", "in fetal, but not adult, rats"."""

from __future__ import annotations

import re

from pipeline.claims.frame import Frame
from pipeline.claims.scene import Scene
from pipeline.claims.zones import zone_of
from pipeline.model import Span

_EXCEPTED = re.compile(r"\bbut not(?: (?:in|among|of|for))?(?: the)? (?P<who>[^,;.()]{3,60})")
_INNER = re.compile(r"\s(?:after|among|at|by|for|in|of|on|with)\s")
_SUBJECT_LABELS = ("AGE", "POPULATION", "SEX", "SPECIES", "STRAIN")


def find_excepted_subjects(scene: Scene, frame: Frame) -> Span | None:
    """Return the clean span of the subjects that the frame's clause excepts, ``None`` where it excepts none.

    They must be named by words for subjects, and stand behind the statement in its own clause.
    """
    if frame.negated or frame.direction not in ("increase", "decrease"):
        return None
    tree = scene.tree
    start = tree[frame.trigger].end
    match = _EXCEPTED.search(scene.document.clean.text, start, scene.span.end)
    if match is None:
        return None
    inner = _INNER.search(match["who"])  # "but not heart rate in rats" excepts an outcome
    span = Span(match.start("who"), match.start("who") + inner.start() if inner else match.end("who"))
    nodes = tree.nodes_in(span)
    if not nodes or tree[nodes[0]].tag.startswith(("VB", "RB")) or not _in_clause(scene, frame, nodes):
        return None
    if any(mention.clean is not None and mention.clean.overlaps(span) for mention in scene.of("CHEMICAL")):
        return None
    named = [m for m in scene.of(*_SUBJECT_LABELS) if m.clean is not None and m.clean.overlaps(span)]
    return span if named else None


def _in_clause(scene: Scene, frame: Frame, nodes: list[int]) -> bool:
    zone = zone_of(scene.tree, frame.verb)
    if any(node in zone for node in nodes):
        return True
    between = scene.tree.lowered[frame.trigger : nodes[0]]
    return not any(scene.tree.is_verb(node) for node in range(frame.trigger + 1, nodes[0])) and ";" not in between
