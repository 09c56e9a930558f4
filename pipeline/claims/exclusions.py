"""Which drugs of a sentence are no cause of a statement: measured, given before, in a clause of their own, or beside
arms that got nothing.
"""

from __future__ import annotations

import re

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.coordination import words_before
from pipeline.claims.effect_lexicon import word_at
from pipeline.claims.frame import Frame
from pipeline.claims.scene import Scene
from pipeline.claims.tree import SUBJECTS, Tree, comparison_nodes
from pipeline.model import Mention, Span

_OTHER_SUBJECTS = re.compile(r"\b(?:children|men|patients|people|subjects|those|women) (?:who|with|without)\b")
_KINETIC = re.compile(r"(?:auc|c ?max|cmin|tmax|trough|half-li(?:fe|ves)$)")
_STOPPED = re.compile(
    r"[^,;]{0,80}\b(?:after|following|upon|once) (?:the )?(?:[\w-]+ ){0,3}?"
    r"(?:cessation|discontinu\w+|stopping|wash-?out|withdraw\w+|ceased|ended|(?:(?:was|had been) )?stopped)\b"
)
_NOTHING_GIVEN = frozenset("nontreated placebo saline sham untreated vehicle".split())
_FINITE = ("MD", "VBD", "VBP", "VBZ")
_PRODUCING = frozenset("caused due elicited evoked induced produced provoked".split())
_CHANGING = frozenset("by from on under with".split())


def compares_subjects(scene: Scene, frame: Frame, given: list[Mention]) -> bool:
    """Whether a statement compares kinds of subjects, not arms: "no difference between the subtypes of asthma", "lower
    than in those without asthma".
    """
    tree = scene.tree
    arms = cues.COMPARED_GROUPS | cues.COMPARED_DRUGS | cues.CONTROL_WORDS | cues.STUDY_WORDS | cues.ANAPHORS | {"two"}
    behind = [tree.lowered[node] for node in sorted(comparison_nodes(tree))]
    if not given and _OTHER_SUBJECTS.search(" ".join(behind)) and not arms & set(behind):
        return True
    if frame.direction != "no_change":
        return False
    for anchor in dict.fromkeys((frame.trigger, frame.verb)):
        for prep in tree.children(anchor, "prep"):
            below = set(tree.subtree(prep))
            if tree.lowered[prep] != "between" or not below or frame.outcome in below:
                continue
            named = any(scene.node(mention) in below for mention in given)
            return not named and not arms & {tree.lowered[node] for node in below}
    return False


_ARMS = frozenset("regimens therapies treatments".split())
_STEADY = ("change", "constant", "stable", "steady", "unchanged")


def speaks_of_controls(scene: Scene, frame: Frame, given: list[Mention]) -> bool:
    """Whether the statement is about those who got nothing: "untreated mice showed no change in X"."""
    tree = scene.tree
    if given:
        return False
    if frame.direction == "no_change" and tree.lowered[frame.trigger].startswith(_STEADY):
        return any(_is_control_group(tree, node) for node in range(len(tree)) if tree[node].dep == "pobj")
    if frame.direction in ("increase", "decrease"):
        apart = [cause for cause in frame.causes if cause not in comparison_nodes(tree)]
        treated = any(
            cues.STUDY_WORDS & {tree.lowered[kid] for kid in (cause, *tree.children(cause))} for cause in apart
        )
        if not treated and any(_is_control_group(tree, cause) for cause in apart):
            return not any(tree.lowered[cause] in cues.ANAPHORS | cues.TREATMENT_NOUNS for cause in apart)
    if frame.rule.startswith(("predicate", "did not", "was not", "verb of")):
        return False
    return any(
        tree[cause].dep in SUBJECTS
        and tree.lowered[cause] in cues.GROUP_NOUNS
        and {"untreated", "placebo", "vehicle", "sham"} & {tree.lowered[kid] for kid in tree.children(cause)}
        for cause in frame.causes
    )


def tells_of_controls_only(scene: Scene, frame: Frame, given: list[Mention]) -> bool:
    """Whether what changed is that of those who got nothing: "with a higher intake in vehicle-treated rats"."""
    tree = scene.tree
    apart = comparison_nodes(tree)
    for prep in tree.subtree(frame.outcome, without=frozenset({"acl", "conj", "relcl"})):
        if tree.lowered[prep] not in ("among", "in") or prep in apart or frame.direction == "no_change":
            continue
        whom = tree.children(prep, "pobj")
        below = {node for one in whom for node in tree.subtree(one)}
        groups = [one for one in whom if tree.lowered[one] in cues.GROUP_NOUNS and not tree.conjuncts(one)]
        if groups and {tree.lowered[node] for node in below} & _NOTHING_GIVEN:
            return not any(scene.node(mention) in below for mention in given)
    return False


def _is_control_group(tree: Tree, node: int) -> bool:
    """Whether a noun behind "in", "for" or "among" is a group that got nothing."""
    preposition = tree.head(node)
    if preposition is None or tree.lowered[preposition] not in ("among", "for", "in"):
        return False
    said = {tree.lowered[kid] for kid in tree.children(node)} if tree.lowered[node] in cues.GROUP_NOUNS else set()
    return bool((said | {tree.lowered[node]}) & cues.CONTROL_WORDS)


def tells_of_every_arm(scene: Scene, frame: Frame, given: list[Mention]) -> bool:
    """Whether a change is told of every arm, so of time and not of treatment: "weight fell in both groups"."""
    tree = scene.tree
    measured = set(tree.subtree(frame.outcome))
    if frame.direction not in ("increase", "decrease") or any(scene.node(m) not in measured for m in given):
        return False
    return any(
        (tree.lowered[cause] in cues.GROUP_NOUNS or (tree[cause].dep == "pobj" and tree.lowered[cause] in _ARMS))
        and {"all", "both", "each", "either", "every"} & {tree.lowered[kid] for kid in tree.children(cause)}
        for cause in frame.causes
    )


def is_measured(scene: Scene, frame: Frame, mention: Mention) -> bool:
    """Whether the outcome is a drug's own level or fate: "uptake of A", "concentrations of A in plasma"."""
    tree = scene.tree
    head = tree.lowered[frame.outcome]
    if head not in cues.NOT_GIVEN_HEADS | {"accumulation", "distribution", "retention"} and not _KINETIC.match(head):
        return False
    node = scene.node(mention)
    for prep in tree.children(frame.outcome, "prep"):
        if tree.lowered[prep] == "of" and node is not None and node in tree.subtree(prep):
            return not any(tree.lowered[above] in cues.TREATED_WORDS for above in tree.ancestors(node) if above > prep)
    return False


def stands_beyond_contrast(scene: Scene, frame: Frame, mention: Mention) -> bool:
    """Whether a drug stands in the main clause behind a contrast that the frame is part of: "While controls lost X,
    mice on A did better" says nothing of A and X, wherever the parse hangs the mice.
    """
    tree = scene.tree
    node = scene.node(mention)
    if node is None or not len(tree) or tree.lowered[0] not in ("although", "though", "whereas", "while"):
        return False
    commas = [one for one in range(frame.trigger + 1, node) if tree.lowered[one] == ","]
    if not commas:
        return False
    told = any(tree[one].tag in _FINITE for one in range(1, commas[-1]))
    return told and any(tree[one].tag in (*_FINITE, "VBN") for one in range(node + 1, len(tree)))


def is_after_treatment(scene: Scene, frame: Frame) -> bool:
    """Whether a change came when the drug was no longer given: "dropped four weeks after treatment ceased"."""
    behind = scene.text(Span(scene.tree[frame.trigger].end, scene.span.end))
    return bool(_STOPPED.match(behind))


def is_added_to(tree: Tree, cause: int, node: int) -> bool:
    """Whether a drug is not the one that is added: "addition of A to B after failure of C raised X" is about A."""
    if tree.lowered[cause] != "addition":
        return False
    added = [prep for prep in tree.children(cause, "prep") if tree.lowered[prep] == "of"]
    return bool(added) and not any(node in _without_target(tree, prep) for prep in added)


def _without_target(tree: Tree, prep: int) -> set[int]:
    """Return the nodes of "of A" without those of a "to B" that the parse hangs on A."""
    found = set(tree.subtree(prep))
    for node in sorted(found):
        if tree.lowered[node] == "to" and tree[node].dep == "prep":
            found -= set(tree.subtree(node))
    return found


def produces_outcome(tree: Tree, frame: Frame, node: int | None) -> bool:
    """Whether a drug only says what the outcome comes from: "seizures due to A", "pain produced by A", "the extension
    by A was abolished".
    """
    if node is None or node <= frame.outcome:
        return False
    change = word_at(tree, frame.outcome) if frame.rule == "passive verb" else None
    producing = _PRODUCING if change is None or not change.direction else _PRODUCING | _CHANGING
    between: list[int] = []
    for ancestor in tree.ancestors(node):
        if ancestor == frame.outcome:
            return any(tree.lowered[inner] in producing for inner in between)
        if ancestor in (frame.trigger, frame.verb):
            return False
        between.append(ancestor)
    return False


def comes_before_it(scene: Scene, mention: Mention) -> bool:
    """Whether a drug only says when the other one was given: "A, injected prior to B, …", "A given after B"."""
    return bool(re.search(r"\b(?:before|after|following|prior to|preceding) (?:the )?$", words_before(scene, mention)))


def is_yet_to_come(scene: Scene, mention: Mention) -> bool:
    """Whether a drug is given only later: "before infusion of A, B lowered X" says nothing of A."""
    clean = mention.clean
    words = "" if clean is None else scene.document.clean.text[max(scene.span.start, clean.start - 48) : clean.start]
    return bool(re.search(r"\b(?:[Bb]efore|previous to|prior to|preceding) (?:the )?(?:[\w-]+ ){0,2}(?:of )?$", words))


def is_challenge(scene: Scene, mention: Mention) -> bool:
    """Whether a drug is what the treated ones were put to the test with: "rats given A and challenged with B"."""
    return bool(
        re.search(r"\b(?:challenged?|intoxicated|provoked|provocation) (?:by|with) $", words_before(scene, mention))
    )


def is_circumstance(scene: Scene, frame: Frame, mention: Mention) -> bool:
    """Whether a drug only says when something else acted: "during infusion of A, high pressures lowered X"."""
    doers = [other for other in frame.causes if scene.tree[other].dep in SUBJECTS]
    if not frame.rule.startswith("verb and") or not doers:
        return False
    if any(scene.tree.lowered[doer] in cues.GROUP_NOUNS | cues.TREATMENT_NOUNS | cues.ANAPHORS for doer in doers):
        return False
    return bool(re.search(r"\b(?:during|throughout) (?:the )?(?:\w+ (?:of )?)?$", words_before(scene, mention)))


def behind_clause(tree: Tree, node: int, top: int) -> bool:
    """Whether a finite clause of its own, other than "who received …", stands between a node and the phrase's head."""
    if node == top:
        return False
    for ancestor in tree.ancestors(node):
        if ancestor == top:
            return False
        if tree[ancestor].dep in ("relcl", "advcl", "ccomp") and tree.lowered[ancestor] not in cues.TREATED_WORDS:
            return True
        if (
            tree[ancestor].dep == "acl"
            and tree.lowered[ancestor] not in cues.TREATED_WORDS
            and tree[ancestor].tag == "VBG"
        ):
            return tree.lowered[ancestor] not in ("using", "containing", "involving", "taking", "receiving")
    return False


def is_aside(scene: Scene, frame: Frame, mention: Mention) -> bool:
    """Whether a drug stands in a clause of its own beside the statement: "…, when half of them took A, …"."""
    tree = scene.tree
    node = scene.node(mention)
    if node is None:
        return True
    clause = tree.clause_head(node)
    return tree[clause].dep in ("advcl", "relcl") and clause not in tree.ancestors(frame.verb) and clause != frame.verb
