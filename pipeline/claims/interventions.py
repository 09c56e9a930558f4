"""Which drug a frame's cause names: read from the phrase itself, from the clause, or from what a reference points
to.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.antecedents import (
    Agent,
    Memory,
    resolve_pair,
    resolve_reference,
    resolve_study_groups,
)
from pipeline.claims.coordination import combine, is_set_apart
from pipeline.claims.exclusions import (
    behind_clause,
    comes_before_it,
    compares_subjects,
    is_added_to,
    is_after_treatment,
    is_aside,
    is_challenge,
    is_circumstance,
    is_measured,
    is_yet_to_come,
    produces_outcome,
    speaks_of_controls,
    stands_beyond_contrast,
    tells_of_controls_only,
    tells_of_every_arm,
)
from pipeline.claims.frame import Frame
from pipeline.claims.scene import Scene, key_of, place
from pipeline.claims.tree import SUBJECTS, Tree, comparison_nodes
from pipeline.claims.unnamed_agents import (
    find_begun,
    names_ageing,
    resolve_against_vehicle,
    resolve_continuation,
    resolve_plain_result,
    resolve_trial_result,
)
from pipeline.model import Mention

# Who looked, in whom and how much was found, and no other cause.
_NO_RIVALS = frozenset("females males sexes significant similar we".split())
_PARALLEL = frozenset("after during following for in on under with".split())


def resolve_agents(
    scene: Scene, frame: Frame, phrase: Collection[int], given: list[Mention], memory: Memory
) -> list[Agent]:
    """Return the drugs that a frame's causes name, one per coordinated drug; empty where none is certain.

    Args:
        phrase: the nodes of the outcome phrase, in which no cause may stand.
    """
    tree = scene.tree
    if any(tells(scene, frame, given) for tells in (compares_subjects, speaks_of_controls, tells_of_every_arm)):
        return []
    if frame.rule == "verb of change" and is_after_treatment(scene, frame):
        return []
    if tells_of_controls_only(scene, frame, given):
        return []
    barred = set(phrase)
    if frame.outcome in frame.causes:
        frame = replace(frame, causes=tuple(cause for cause in frame.causes if cause != frame.outcome))
    given = [m for m in given if not (is_measured(scene, frame, m) or is_set_apart(scene, m))]
    given = [m for m in given if not stands_beyond_contrast(scene, frame, m)]
    if any(tree[cause].dep in SUBJECTS for cause in frame.causes):
        given = [m for m in given if not is_yet_to_come(scene, m)]
    subjects = [cause for cause in frame.causes if tree[cause].dep in SUBJECTS]
    by_phrases = [
        cause for cause in frame.causes if tree[cause].dep == "pobj" and tree.lowered[tree[cause].head] == "by"
    ]
    for together in (subjects, by_phrases, *_parallel_phrases(tree, frame)):
        if len(together) < 2:
            continue
        united = [drug for cause in together for drug in _drugs_in(scene, cause, given, barred, frame)]
        if united:
            return combine(scene, united, memory)
    if not tree.children(frame.trigger, "nsubj", "nsubjpass", "csubj", "csubjpass"):
        beside = _beside_verb(scene, frame, given)
        if beside and not any(_names_switch(scene, cause) for cause in frame.causes):
            return combine(scene, beside, memory)
    for cause in frame.causes:
        found = [] if _is_backdrop(tree, frame, cause) else _drugs_in(scene, cause, given, barred, frame)
        if found:
            return (
                _switched(scene, cause, found)
                or _contrasted(scene, frame, cause, found)
                or combine(scene, found, memory)
            )
        if _acts_itself(scene, frame, cause):
            return []
    beside = _beside_verb(scene, frame, given)
    if beside:
        return combine(scene, beside, memory)
    both = _both_of_two(scene, frame, [m for m in given if scene.node(m) not in barred | _compared_things(tree, frame)])
    if both:
        return both
    for cause in frame.causes:
        pair = resolve_pair(scene, frame, cause, memory)
        if pair:
            return pair
    for cause in frame.causes[:2]:
        agent = resolve_reference(scene, cause, given, memory)
        if agent is not None:
            return [agent]
    within = _treated_in_outcome(scene, frame, given, barred)
    if within:
        return combine(scene, within, memory)
    begun = find_begun(scene, frame, given)
    if begun:
        return combine(scene, begun, memory)
    found_in_clause = _from_clause(scene, frame, given, barred)
    if found_in_clause:
        return found_in_clause
    if any(_is_unknown_arm(scene, cause) for cause in frame.causes):
        return []
    if names_ageing(tree, frame):
        return []
    for resolve in (resolve_continuation, resolve_against_vehicle, resolve_trial_result, resolve_plain_result):
        carried = resolve(scene, frame, given, memory)
        if carried is not None:
            return [carried]
    group = resolve_study_groups(scene, frame, barred | _compared_things(tree, frame), given, memory)
    return [] if group is None else [group]


def _compared_things(tree: Tree, frame: Frame) -> set[int]:
    """Return the subject of "the use of A and of B did not differ between the groups", whose drugs are no arms."""
    if frame.direction != "no_change" or not any(tree.lowered[cause] in cues.COMPARED_GROUPS for cause in frame.causes):
        return set()
    return {node for subject in tree.children(frame.verb, *SUBJECTS) for node in tree.subtree(subject)}


def _parallel_phrases(tree: Tree, frame: Frame) -> list[list[int]]:
    """Return the causes of "by 5 % with A and by 11 % with B": phrases on the verb behind one preposition."""
    by_preposition: dict[str, list[int]] = {}
    for cause in frame.causes:
        prep = tree[cause].head
        if tree[cause].dep != "pobj":
            continue
        behind = prep > frame.trigger and tree[prep].head in (frame.verb, frame.trigger)
        if tree[prep].dep == "conj" or (behind and tree.lowered[prep] in _PARALLEL):
            by_preposition.setdefault(tree.lowered[prep], []).append(cause)
    return [
        phrases
        for phrases in by_preposition.values()
        if len(phrases) > 1
        and all(
            {"and", ",", "but", "whereas"} & set(tree.lowered[left:right]) for left, right in pairwise(sorted(phrases))
        )
    ]


def _is_unknown_arm(scene: Scene, cause: int) -> bool:
    """Whether a cause is a letter or short form that nothing explains: "a decrease was seen with M, but not with K"."""
    tree = scene.tree
    if tree[cause].dep != "pobj" or tree.lowered[tree[cause].head] not in ("after", "by", "following", "on", "with"):
        return False
    word = tree[cause].text
    known = any(cause in scene.nodes(mention) for mention in scene.of("CHEMICAL", "DISEASE", "GENE", "POPULATION"))
    return len(word) <= 5 and word.isalpha() and word.isupper() and not known


def _beside_verb(scene: Scene, frame: Frame, given: list[Mention]) -> list[Mention]:
    """Return the drug whose name stands right before the verb, with those coordinated with it, whatever the parse
    says.
    """
    tree = scene.tree
    if not frame.rule.startswith(("verb and", "verb misread", "protects")):
        return []
    node = frame.trigger - 1
    while node >= 0 and (
        tree[node].tag in ("RB", "MD", "VBD", "VBZ", "VBP") or tree.lowered[node] in ("to", "-", "de", "re")
    ):
        node -= 1
    if node >= 0 and tree.lowered[node] == ")" and "(" in tree.lowered[:node]:
        node = max(i for i in range(node) if tree.lowered[i] == "(") - 1
    if node >= 0 and tree.lowered[node] in cues.TREATMENT_NOUNS | {"intake", "overload", "use"}:
        node -= 1
    if node < 0:
        return []
    offset = tree[node].start
    last = [m for m in given if m.clean is not None and m.clean.start <= offset < m.clean.end]
    if not last or last[0].clean is None or scene.node(last[0]) in comparison_nodes(tree):
        return []
    chain = [last[0]]
    text = scene.document.clean.text
    for drug in reversed([m for m in given if m.clean is not None and m.clean.end <= chain[0].clean.start]):  # type: ignore[union-attr]
        first = chain[0].clean
        if first is None or drug.clean is None:
            break
        if not re.fullmatch(
            r"\s*(?:,|and|or|,\s*(?:and|or))\s*(?:other\s|its\s|their\s)?", text[drug.clean.end : first.start]
        ):
            break
        chain.insert(0, drug)
    return chain


def _treated_in_outcome(scene: Scene, frame: Frame, given: list[Mention], barred: set[int]) -> list[Mention]:
    """Return the drug of "the number of tumours in recipients treated with A was lower", beside the outcome's own
    words.
    """
    tree = scene.tree
    if frame.outcome_is_verb or not frame.rule.startswith(("predicate", "passive", "verb of change", "change noun")):
        return []
    below = set(tree.subtree(frame.outcome)) - barred
    if not below & {node for node in below if tree.lowered[node] in cues.TREATED_WORDS}:
        return []
    return [m for m in given if scene.node(m) in below]


def _drugs_in(scene: Scene, cause: int, given: list[Mention], barred: set[int], frame: Frame) -> list[Mention]:
    tree = scene.tree
    nodes = set(tree.subtree(cause))
    if frame.verb in nodes and cause != frame.verb:
        nodes -= set(tree.subtree(frame.verb))
    comparison = comparison_nodes(tree)
    found = []
    for mention in given:
        head = scene.node(mention)
        if head is None or head not in nodes or head in barred or head in comparison:
            continue
        if produces_outcome(tree, frame, head) or is_added_to(tree, cause, head):
            continue
        if head != cause and tree[cause].dep in SUBJECTS and comes_before_it(scene, mention):
            continue  # "consolidation with X after A"
        if behind_clause(tree, head, cause) or is_circumstance(scene, frame, mention):
            continue
        found.append(mention)
    earlier = [m for m in found if not (comes_before_it(scene, m) or is_challenge(scene, m))]
    return earlier or found


def _acts_itself(scene: Scene, frame: Frame, cause: int) -> bool:
    """Whether the subject of an effect verb names an agent that is no drug given: what stands behind it is no cause.

    "Glucagon raised X after metformin" and "IL-6 raised X in mice on metformin" say nothing of metformin.
    """
    tree = scene.tree
    relative = tree[frame.trigger].dep == "relcl" and tree[frame.trigger].head == cause
    if not frame.rule.startswith(("verb and", "protects")) or not (relative or tree[cause].dep in SUBJECTS):
        return False
    if relative:
        return tree.lowered[cause] not in cues.GROUP_NOUNS | cues.TREATMENT_NOUNS
    phrase = set(tree.subtree(cause, without=frozenset({"relcl", "acl", "parataxis"})))
    if any(scene.node(mention) in phrase for mention in scene.of("CHEMICAL")):
        return tree.lowered[cause] not in cues.GROUP_NOUNS
    if tree.lowered[cause] in ("system", "systems", "pathway", "pathways", "gene", "genes", "protein", "proteins"):
        return True
    return any(scene.node(mention) == cause for mention in scene.of("GENE", "DISEASE"))


def _is_backdrop(tree: Tree, frame: Frame, cause: int) -> bool:
    """Whether a cause only says who took part: "garlic improved X in men treated with A" says nothing of A."""
    if not frame.rule.startswith("verb and object") or tree[cause].dep != "pobj":
        return False
    if tree.lowered[tree[cause].head] not in ("in", "among") or cause < frame.trigger:
        return False
    doers = [doer for doer in frame.causes if tree[doer].dep in SUBJECTS and tree[doer].tag.startswith("NN")]
    pointing = cues.GROUP_NOUNS | cues.TREATMENT_NOUNS | cues.STUDY_WORDS | cues.ANAPHORS
    below = {tree.lowered[node] for node in tree.subtree(cause)}
    return bool(doers and below & cues.TREATED_WORDS) and not any(tree.lowered[doer] in pointing for doer in doers)


def _names_switch(scene: Scene, cause: int) -> bool:
    return bool(re.match(r"(?:switch|shift|conver|chang|transition)", scene.tree.lowered[cause]))


def _switched(scene: Scene, cause: int, found: list[Mention]) -> list[Agent]:
    """Read "switching from A to B", "conversion from A to B": B is given, A is what it is compared with."""
    if not _names_switch(scene, cause) or len(found) < 2:
        return []
    text = scene.document.clean.text
    for left, right in pairwise(found):
        if left.clean is not None and right.clean is not None:
            if re.fullmatch(r"\s*(?:\([^)]*\)\s*)?to\s*(?:an?\s|the\s)?", text[left.clean.end : right.clean.start]):
                return [Agent(right, comparator=left, rule="switched to")]
    return []


def _contrasted(scene: Scene, frame: Frame, cause: int, found: list[Mention]) -> list[Agent]:
    """Read "X did not differ between A and B", "effects of A and B on X were similar": A against B."""
    if frame.direction != "no_change" or len({key_of(mention) for mention in found}) != 2:
        return []
    tree = scene.tree
    head = tree.head(cause)
    between = head is not None and tree.lowered[head] in ("between", "among")
    likened = frame.rule == "predicate" and head is not None and tree.lowered[head] == "of"
    if not (between or likened):
        return []
    other = next(mention for mention in found if key_of(mention) != key_of(found[0]))
    return [Agent(found[0], comparator=other, rule="the first of two compared")]


def _both_of_two(scene: Scene, frame: Frame, given: list[Mention]) -> list[Agent]:
    """Read "A was compared with B, and no difference was found between the two": A against B."""
    tree = scene.tree
    pointing = [
        cause
        for cause in frame.causes
        if "two" in tree.lowered[max(0, cause - 1) : cause + 1] and tree.lowered[tree[cause].head] == "between"
    ]
    if frame.direction != "no_change" or not pointing:
        return []
    earlier = [m for m in given if m.clean is not None and m.clean.end <= tree[pointing[0]].start]
    distinct = {key_of(mention): mention for mention in reversed(earlier)}
    if len(distinct) != 2:
        return []
    first, second = sorted(distinct.values(), key=place)
    return [Agent(first, comparator=second, rule="the first of the two named before")]


def _is_amount(scene: Scene, node: int) -> bool:
    token = scene.tree[node]
    if token.dep in SUBJECTS and any(scene.tree.lowered[prep] == "of" for prep in scene.tree.children(node, "prep")):
        return False  # "low levels of X" act themselves
    return any(
        mention.clean is not None and mention.clean.start <= token.start < mention.clean.end
        for mention in scene.of("DOSE", "SCHEDULE", "DURATION", "AGE", "EFFECT", "SAMPLE_SIZE")
    )


def _is_place(tree: Tree, cause: int) -> bool:
    """Whether a cause only says where: "in the hippocampus"."""
    if tree[cause].dep != "pobj" or tree.lowered[tree[cause].head] not in ("in", "within"):
        return False
    below = {tree.lowered[node] for node in tree.subtree(cause)}
    return not below & (cues.GROUP_NOUNS | cues.TREATMENT_NOUNS | cues.TREATED_WORDS | cues.ANAPHORS)


def _from_clause(scene: Scene, frame: Frame, given: list[Mention], barred: set[int]) -> list[Agent]:
    """Take the only drug of the frame's clause where the parse gave no cause, and the pattern allows an implied one."""
    tree = scene.tree
    causes = [cause for cause in frame.causes if not _is_amount(scene, cause) and not _is_place(tree, cause)]
    given = [mention for mention in given if not is_yet_to_come(scene, mention)]
    given = [m for m in given if not is_circumstance(scene, frame, m)]
    if frame.rule.startswith(("verb and object", "verb and result", "protects")) and causes:
        return []
    if any(tree.lowered[cause] == "we" for cause in causes):
        causes = [cause for cause in causes if tree.lowered[cause] not in _NO_RIVALS]
    clause = tree.clause_head(frame.verb)
    comparison = comparison_nodes(tree)
    barred = barred | {node for member in tree.conjuncts(frame.outcome) for node in tree.subtree(member)}
    barred |= {node for cause in causes for kid in tree.children(cause, "relcl") for node in tree.subtree(kid)}
    if frame.direction == "no_change" and not frame.negated:
        likened = [prep for prep in tree.children(frame.trigger, "prep") if tree.lowered[prep] in ("to", "with")]
        barred |= {node for prep in likened for node in tree.subtree(prep)}
    barred |= _compared_things(tree, frame)
    first = frame.outcome
    while tree[first].dep == "conj":
        first = tree[first].head
    if first != frame.outcome:
        barred |= {node for node in tree.subtree(first) if node < frame.trigger}
    near = []
    for mention in given:
        node = scene.node(mention)
        if node is None or node in barred or node in comparison:
            continue
        if tree.lowered[tree[node].head] == "of" and tree[tree[node].head].head == frame.outcome:
            continue  # "contributes to the actions of A"
        if produces_outcome(tree, frame, node):
            continue
        if tree.clause_head(node) == clause:
            near.append(mention)
    if len({key_of(mention) for mention in near}) == 1:
        return [Agent(near[0], rule="the only drug of the clause")]
    before = [m for m in given if m.clean is not None and m.clean.end <= tree[frame.trigger].start]
    before = [m for m in before if scene.node(m) not in comparison | barred and not is_aside(scene, frame, m)]
    before = [m for m in before if not produces_outcome(tree, frame, scene.node(m))]
    if not causes and not near and len({key_of(mention) for mention in before}) == 1:
        return [Agent(before[-1], rule="the only drug before it")]
    return []
