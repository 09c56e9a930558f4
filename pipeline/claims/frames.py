"""Frames: who did what to which outcome, read off a sentence's dependency tree.

A frame knows tree nodes only. Which of the causes is a drug, and what else is known of it, is decided by later stages.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims.adjective_frames import (
    graded_frames,
    modifier_frames,
    predicate_frames,
    quality_frames,
    responsible_frames,
)
from pipeline.claims.effect_lexicon import load_effects, word_at
from pipeline.claims.frame import Frame
from pipeline.claims.frame_repairs import (
    coordinated_misread,
    elliptical_frames,
    is_misread_verb,
    listed_frames,
    repaired_frames,
)
from pipeline.claims.group_frames import likelihood_frames, share_frames
from pipeline.claims.negation import is_excepted
from pipeline.claims.noun_frames import noun_frames
from pipeline.claims.qualities import find_quality
from pipeline.claims.tree import Tree
from pipeline.claims.verb_frames import OCCURRENCE_VERBS, occurrence_frames, side_effect_frames, verb_frames


def find_frames(tree: Tree) -> list[Frame]:
    """Return the frames of a sentence in the order of their triggers."""
    frames: list[Frame] = []
    for node in range(len(tree)):
        frames.extend(_frames_at(tree, node))
        frames.extend(elliptical_frames(tree, node, frames))
    frames.extend(listed_frames(tree, frames))
    frames = [_without_exception(tree, frame) for frame in frames]
    unique: dict[tuple[int, int], Frame] = {}
    for frame in sorted(frames, key=lambda frame: not frame.rule.startswith("verb misread")):
        unique.setdefault((frame.outcome, frame.verb), frame)
    return sorted(unique.values(), key=lambda frame: (frame.trigger, frame.outcome))


def _without_exception(tree: Tree, frame: Frame) -> Frame:
    """Return the frame denied where its outcome is excepted: "X, but not Y, was lower"."""
    if frame.negated or frame.direction not in ("increase", "decrease") or not is_excepted(tree, frame.outcome):
        return frame
    return replace(frame, negated=True, cue="but not")


def _frames_at(tree: Tree, node: int) -> list[Frame]:
    token = tree[node]
    if token.lemma == "be" and tree.children(node, "attr"):
        return side_effect_frames(tree, node)
    if token.lemma in OCCURRENCE_VERBS and tree.is_verb(node) and token.dep not in ("amod", "compound"):
        return occurrence_frames(tree, node)
    if tree.lowered[node] == "responsible":
        return responsible_frames(tree, node)
    shared_out = share_frames(tree, node) or likelihood_frames(tree, node)
    if shared_out:
        return shared_out
    word = word_at(tree, node)
    verb = load_effects().get((tree.lowered[node], "verb"))
    if verb is not None and verb.direction and is_misread_verb(tree, node, verb):
        return repaired_frames(tree, node, verb)
    if verb is not None and (shared := coordinated_misread(tree, node, verb)):
        return shared
    if word is None or tree.lowered[node] == "present" or (word.pos == "adj" and find_quality(tree, node) is not None):
        return quality_frames(tree, node) or graded_frames(tree, node)
    if token.dep in {"amod", "nmod"} and word.pos in ("adj", "verb"):
        if token.tag == "VBG" or word.kind in ("show", "associate", "result", "fail", "develop"):
            return []
        return modifier_frames(tree, node, word)
    if word.pos == "noun":
        return noun_frames(tree, node, word)
    if word.pos == "adj":
        return predicate_frames(tree, node, word)
    if token.dep in {"compound", "aux", "auxpass", "npadvmod"}:
        return []
    return verb_frames(tree, node, word)
