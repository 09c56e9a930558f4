"""What a treatment does to a change that the sentence tells before: "X fell in old rats, and this was restored by A".

The change is that of a model or of age; the drug acts against it, so that X goes the other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.frame import REVERSAL, Frame
from pipeline.claims.noun_targets import noun_targets
from pipeline.claims.scene import Scene
from pipeline.claims.tree import Tree, comparison_nodes
from pipeline.model import Mention
from pipeline.model.claims import Direction

_PRONOUNS = frozenset("it that these they this which".split())
_POINTERS = frozenset("such that these this".split())
_MEASURING = frozenset("analyse analyze assess determine evaluate examine measure quantify".split())
_OF_THE_MODEL = frozenset("associated dependent further induced latter observed related same".split())
# What brings something back, though it says of a bare outcome that it rises, or nothing of which way.
_RESTORING = frozenset("correct improve normalise normalize recover rescue restore".split())
_HOLDING = frozenset("maintain preserve retain sustain".split())
# What says which way a thing itself went.
_PLAIN = frozenset("decline decrease drop elevate fall increase lengthen lower raise reduce rise shorten".split())
_PLURALS = frozenset("both these they".split())
_OPPOSITE: dict[Direction, Direction] = {"increase": "decrease", "decrease": "increase"}


def read_reversals(scene: Scene, frames: Sequence[Frame], given: Sequence[Mention]) -> list[Frame]:
    """Return the frames with "this", "which" and "this increase" replaced by what the sentence said to have changed.

    Args:
        given: the drugs of the sentence; a change that one of them made is another matter.
    """
    read: list[Frame] = []
    for frame in frames:
        changes = _changes_before(scene, frames, frame, given)
        measured = None if changes else _measured_before(scene.tree, frame)
        if changes:
            read += [turned for change in changes if (turned := _against(scene.tree, frame, change)) is not None]
        else:
            read.append(frame if measured is None else replace(frame, outcome=measured))
    return read


def _measured_before(tree: Tree, frame: Frame) -> int | None:
    """Return what "this" is in "we assessed X and found that A lowered this"."""
    if tree.lowered[frame.outcome] not in ("it", "this") or tree[frame.outcome].dep != "dobj":
        return None
    for node in tree.ancestors(frame.verb):
        things = tree.children(node, "dobj")
        if tree[node].lemma in _MEASURING and len(things) == 1 and things[0] < frame.trigger:
            return things[0]
    return None


def _changes_before(scene: Scene, frames: Sequence[Frame], frame: Frame, given: Sequence[Mention]) -> list[Frame]:
    """Return the frames of the nearest verb before that say what changed; empty where the frame points to none."""
    tree = scene.tree
    lemma = tree[frame.trigger].lemma
    if lemma in _HOLDING or frame.direction in ("no_change", "mixed"):
        return []
    back = frame.direction == "unknown" and lemma in _RESTORING
    pointing = _points_back(tree, frame.outcome)
    if frame.direction == "unknown" and not back:
        return []
    if not (pointing or lemma in _RESTORING):
        return []
    told = [
        other
        for other in frames
        if other.trigger < frame.trigger
        and other.verb != frame.verb
        and other.direction in _OPPOSITE
        and not other.negated
        and not other.outcome_is_verb
        and not _points_back(tree, other.outcome)
        and (pointing or other.outcome == frame.outcome)
        and not set(other.causes) & set(frame.causes)  # "may preserve and improve X"
        and not _is_made_by(scene, other, given)
    ]
    ways: dict[int, set[Direction]] = {}
    for other in told:
        ways.setdefault(other.outcome, set()).add(other.direction)
    if any(len(directions) > 1 for directions in ways.values()):
        return []
    if _PLURALS & {tree.lowered[node] for node in (frame.outcome, *tree.children(frame.outcome, "det", "amod"))}:
        return told
    nearest = max((other.verb for other in told), default=None)
    return [other for other in told if other.verb == nearest]


def _points_back(tree: Tree, node: int) -> bool:
    """Whether an outcome is "this", "which", or "this increase" without a word of what rose."""
    if tree.lowered[node] in _PRONOUNS:
        return True
    if tree.lowered[node] not in cues.POINTING_BACK or noun_targets(tree, node):
        return False
    described = {tree.lowered[kid] for kid in tree.children(node, "amod", "compound", "nmod")}
    if described - _POINTERS - _OF_THE_MODEL:
        return False  # "these metabolic changes"
    pointers = {tree.lowered[kid] for kid in tree.children(node, "det", "amod")}
    summed_up = bool({"a", "an"} & pointers) and bool(tree.children(node, "acl", "relcl"))
    return bool(_POINTERS & pointers) or summed_up  # "fell, an effect that A abolished"


def _is_made_by(scene: Scene, frame: Frame, given: Sequence[Mention]) -> bool:
    tree = scene.tree
    apart = comparison_nodes(tree)
    below = {node for cause in frame.causes for node in tree.subtree(cause)} - apart
    below -= set(tree.subtree(frame.outcome))
    return any(scene.node(mention) in below for mention in given)


def _against(tree: Tree, frame: Frame, change: Frame) -> Frame | None:
    """Return the frame about what changed, going the other way, or further the same way: "and this was enhanced".

    Of "it was lowered" behind a fall nobody can say whether less of the fall is meant, unless "further" does.
    """
    about = replace(frame, outcome=change.outcome, skip=change.skip, rule=REVERSAL)
    trigger = tree[frame.trigger]
    if tree.lowered[frame.outcome] in _PRONOUNS and (trigger.lemma in _PLAIN or trigger.tag.startswith("JJ")):
        again = frame.direction == change.direction == "decrease"
        return None if again and "further" not in tree.lowered else about
    goes_on = frame.direction == "increase" and trigger.lemma not in _RESTORING
    return replace(about, direction=change.direction if goes_on else _OPPOSITE[change.direction])
