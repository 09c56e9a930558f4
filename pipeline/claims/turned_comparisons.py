"""Comparisons told from the control's side: "controls had a higher X than rats on A"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.antecedents import Agent, Memory, study_agent
from pipeline.claims.frame import Frame
from pipeline.claims.scene import Scene, key_of
from pipeline.claims.tree import comparison_nodes
from pipeline.model import Mention, Span

# Words of a time before the treatment, and of controls that were not ill.
_OTHER_TIMES = frozenset(
    "admission baseline enrollment enrolment entry healthy inclusion initially normal pretreatment screening".split()
)


def turn_round(scene: Scene, frame: Frame, given: list[Mention], memory: Memory) -> tuple[Frame, list[Agent]]:
    """Read "controls had a higher X than rats on A", "X was higher in the control group": X is lower with A, if that is
    the only drug compared, or in the document's trial the drug it studies.

    Returns the frame as it is and no drug where it does not say that.
    """
    tree = scene.tree
    comparison = comparison_nodes(tree)
    outside = {node for cause in frame.causes for node in tree.subtree(cause)} - comparison
    controls = sorted(node for node in outside if tree.lowered[node] in cues.CONTROL_WORDS)
    graded = frame.rule.startswith(("predicate", "direction word", "share of", "likelihood of", "lived"))
    drugs = {key_of(m): m for m in given if scene.node(m) in comparison}
    behind = [m for m in given if scene.node(m) in outside]
    if not (controls and graded and not behind) or frame.negated or frame.direction not in ("increase", "decrease"):
        return frame, []
    if _OTHER_TIMES & set(tree.lowered) or tree.lowered[frame.outcome] == "age":
        return frame, []
    turned = replace(frame, direction="decrease" if frame.direction == "increase" else "increase")
    tested = bool(scene.of("PVALUE", "EFFECT") or {"significant", "significantly"} & set(tree.lowered))
    if not given and tested and memory.trial_drug is not None and tree[frame.trigger].tag in ("JJR", "RBR"):
        control = next((node for node in controls if tree.lowered[node + 1 : node + 2] in (("arm",), ("group",))), None)
        told = None if control is None else study_agent(scene, memory, Span(tree[control].start, tree[control].end))
        return (frame, []) if told is None else (turned, [replace(told, control=control)])
    if len(drugs) != 1:
        return frame, []
    drug = next(iter(drugs.values()))
    return turned, [Agent(drug, control=controls[0], rule="the drug that the control arm is compared with")]
