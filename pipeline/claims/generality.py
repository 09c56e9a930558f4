"""Whether a statement tells what was found in the experiment, or what holds in general."""

from __future__ import annotations

from pipeline.claims.frame import Frame
from pipeline.claims.scene import Scene
from pipeline.claims.titles import section_kind

_REPORTING = frozenset({"show", "suggest", "indicate", "demonstrate", "reveal", "imply"})
_PRESENT = frozenset({"VBZ", "VBP"})


def states_in_general(scene: Scene, frame: Frame) -> bool:
    """Whether the statement stands in the present or with a modal, and no result is told in the sentence.

    "A lowers glucose" and "A may lower glucose" speak of the drug; "A lowered glucose", "these data show that A lowers
    glucose" and "A lowers glucose (p < 0.01)" of an experiment.
    """
    tree = scene.tree
    if section_kind(scene.document, scene) == "caption":
        return False  # what a figure shows
    if scene.of("PVALUE", "EFFECT", "SAMPLE_SIZE"):
        return False
    helpers = tree.children(frame.verb, "aux", "auxpass")
    if any(tree[node].tag == "MD" for node in helpers):
        return True
    if any(tree.lowered[node] in ("has", "have", "had", "did", "was", "were") for node in helpers):
        return False
    present = tree[frame.verb].tag in _PRESENT or any(tree[node].tag in _PRESENT for node in helpers)
    if not present:
        return False
    above = list(tree.ancestors(frame.verb))
    return not any(tree[node].tag == "VBD" or tree[node].lemma in _REPORTING for node in above)
