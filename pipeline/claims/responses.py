"""How many reached an endpoint in a study of one drug without a control: "Remission was achieved in 41 % of patients".

Such a share is no change, so that the direction is unknown; the drug is that of the study.
"""

from __future__ import annotations

import re

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.antecedents import Memory, study_agent
from pipeline.claims.arguments import expand, find_objects, is_passive
from pipeline.claims.frame import RESPONSE, Frame
from pipeline.claims.negation import find_negation
from pipeline.claims.scene import Scene
from pipeline.claims.titles import section_kind
from pipeline.claims.tree import Tree
from pipeline.claims.value_statements import ValueStatement
from pipeline.model import Mention, Span

_REACHED = frozenset("achieve attain be document note obtain observe occur reach record see".split())
_REACHING = frozenset("achieve attain experience have obtain reach show".split())
_PEOPLE = frozenset("children individuals men participants patients people subjects volunteers women".split())
_SHARE = re.compile(r"\d\s?%|\b\d+ (?:out )?of (?:the )?\d+\b|\b\d+/\d+\b")
_UNREAD = frozenset({"introduction", "methods", "title"})


def find_responses(scene: Scene, given: list[Mention], memory: Memory) -> list[ValueStatement]:
    """Return the shares of a sentence that reached an endpoint on the drug of a study without a control."""
    drug = memory.study_drug
    tree = scene.tree
    if given or memory.controlled or drug is None or drug.clean is None or drug.clean.start >= scene.span.start:
        return []
    if section_kind(scene.document, scene) in _UNREAD:
        return []
    if set(tree.lowered) & (cues.OTHER_CONTRASTS | cues.COMPARED_GROUPS) or not _SHARE.search(scene.text(scene.span)):
        return []
    found = []
    for node in range(len(tree)):
        if not tree.is_verb(node) or tree[node].dep in ("aux", "auxpass") or find_negation(tree, node)[0]:
            continue
        agent = study_agent(scene, memory, Span(tree[node].start, tree[node].end))
        if agent is None:
            continue
        for endpoint in _endpoints_at(tree, node):
            frame = Frame(node, node, endpoint, (), "unknown", False, RESPONSE)
            found.append(ValueStatement(frame, agent, None))
    return found


def _endpoints_at(tree: Tree, node: int) -> list[int]:
    """Return the endpoints that a verb says were reached."""
    lemma = tree[node].lemma
    things: list[int] = []
    if lemma in _REACHED and (lemma in ("be", "occur") or is_passive(tree, node)):
        things = tree.children(node, "nsubj", "nsubjpass")
    elif lemma in _REACHING and any(tree.lowered[who] in _PEOPLE for who in tree.children(node, "nsubj")):
        things = find_objects(tree, node)
    return [thing for thing in expand(tree, things) if _names_endpoint(tree, thing)]


def _names_endpoint(tree: Tree, node: int) -> bool:
    """Whether a noun is an endpoint, "complete remission", or its rate: "the rate of relapse", "survival rates"."""
    if tree.lowered[node] in cues.ENDPOINTS:
        return True
    parts = tree.children(node, "compound")
    for prep in tree.children(node, "prep"):
        parts += tree.children(prep, "pobj")
    return tree.lowered[node] in ("rate", "rates") and any(tree.lowered[part] in cues.ENDPOINTS for part in parts)
