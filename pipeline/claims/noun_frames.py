"""Frames of change nouns: "a reduction in X was seen with A", "extension of X by A", "no difference in X"."""

from __future__ import annotations

from pipeline.claims.arguments import (
    adjuncts,
    agents,
    compared,
    expand,
    find_subjects,
    prepositional_objects,
)
from pipeline.claims.effect_lexicon import EffectWord, word_at
from pipeline.claims.frame import Frame, direction_of
from pipeline.claims.negation import determiner_negation, find_negation
from pipeline.claims.tree import Tree
from pipeline.model.claims import Direction

_FINDING_VERBS = frozenset(
    """
    apparent demonstrate describe detect document evident find note observe occur record report reveal see
    show
    """.split()
)
_LIGHT_KINDS = frozenset({"show", "associate", "result", "cause"})
_MIXED = frozenset("mixed inconsistent varied variable conflicting contradictory divergent".split())


def noun_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "a reduction in X was seen with A", "A showed a reduction in X", "extension of X by A"."""
    targets = noun_targets(tree, node)
    if word.kind == "protect":
        targets = [
            pobj
            for prep in tree.children(node, "prep")
            if tree.lowered[prep] in ("from", "against")
            for pobj in prepositional_objects(tree, prep)
        ]
    compound = [kid for kid in tree.children(node, "compound", "nmod", "amod") if kid == node - 1 and tree.is_noun(kid)]
    if not targets and compound and word.kind in ("change", "act"):
        targets = compound
    if not targets:
        return []
    governor, causes, light = noun_context(tree, node)
    if governor is None:
        return []
    negated, cue = find_negation(tree, governor)
    no, no_cue = determiner_negation(tree, node)
    direction = direction_of(word.direction)
    mixed = any(tree.lowered[kid] in _MIXED for kid in tree.children(node, "amod", "nmod"))
    if light == "without":
        negated, cue, no, no_cue = True, "without", False, None
    if word.kind == "neutral":
        if not (negated or no or mixed):
            return []
        direction = "mixed" if mixed and not (negated or no) else "no_change"
    own = [*compared(tree, node), *of_phrase(tree, node)] if word.kind == "neutral" else []
    own += [
        pobj
        for prep in tree.children(node, "prep", "agent")
        if tree.lowered[prep] in ("by", "with", "after", "following", "on")
        for pobj in prepositional_objects(tree, prep)
    ]
    modifiers = [kid for kid in tree.children(node, "amod", "compound", "nmod", "npadvmod") if kid not in targets]
    return [
        Frame(
            node,
            governor,
            target,
            tuple(dict.fromkeys([*own, *modifiers, *causes])),
            direction,
            negated or no,
            f"change noun {light}",
            cue or no_cue,
        )
        for target in expand(tree, targets)
    ]


def noun_context(tree: Tree, node: int) -> tuple[int | None, list[int], str]:
    """Return the finite word that asserts the noun, the possible causes there, and the pattern's name."""
    token = tree[node]
    top = node
    while tree[top].dep == "conj" and not tree.is_verb(tree[top].head):
        top = tree[top].head
    token = tree[top]
    head = tree.head(top)
    if head is None:
        return None, [], ""
    if token.dep in {"nsubjpass", "nsubj"}:
        word = word_at(tree, head)
        if (
            tree[head].lemma in _FINDING_VERBS
            or tree.lowered[head] in _FINDING_VERBS
            or (word and word.kind in ("show", "associate"))
        ):
            return head, agents(tree, head) + adjuncts(tree, head), "reported"
        if tree.lowered[head] in ("was", "were", "is", "are") or tree[head].lemma == "be":
            return head, adjuncts(tree, head), "stated"
        return None, [], ""
    if token.dep in {"dobj", "attr", "oprd"} and tree.is_verb(head):
        word = word_at(tree, head)
        if tree[head].lemma == "be" and token.dep == "attr":
            return head, find_subjects(tree, head) + adjuncts(tree, head), "stated"
        if word is not None and word.kind in _LIGHT_KINDS:
            return head, find_subjects(tree, head) + adjuncts(tree, head), "of light verb"
        return None, [], ""
    if token.dep == "pobj":
        verb = tree.head(head)
        if verb is None:
            return None, [], ""
        if tree.lowered[head] in ("including", "like", "as") and tree.is_noun(verb):
            return noun_context(tree, verb)
        word = word_at(tree, verb)
        if word is not None and word.kind in ("associate", "result"):
            return verb, find_subjects(tree, verb) + adjuncts(tree, verb, but=head), "associated"
        if tree.lowered[head] in ("with", "without") and tree.is_verb(verb):
            return verb, find_subjects(tree, verb), tree.lowered[head]
    return None, [], ""


def noun_targets(tree: Tree, node: int) -> list[int]:
    """Return what a change noun is of: "reduction in X", "extension of X", "effect on X"."""
    found: list[int] = []
    word = word_at(tree, node)
    wanted = ("on", "in") if word is not None and word.kind == "neutral" else ("in", "of", "on", "for", "from")
    for prep in tree.children(node, "prep"):
        if tree.lowered[prep] in wanted:
            found.extend(prepositional_objects(tree, prep))
            if found:
                break
    head = tree.head(node)
    if not found and head is not None and node + 1 < len(tree) and tree.lowered[node + 1] in wanted:
        if tree[node + 1].head == head:  # the parser hung the phrase on the verb
            found.extend(prepositional_objects(tree, node + 1))
    return found


def of_phrase(tree: Tree, node: int) -> list[int]:
    return [
        pobj
        for prep in tree.children(node, "prep")
        if tree.lowered[prep] in ("of", "by")
        for pobj in prepositional_objects(tree, prep)
    ]


def direction_modifier(tree: Tree, noun: int) -> tuple[int, Direction] | None:
    for kid in tree.children(noun, "amod", "nmod"):
        word = word_at(tree, kid)
        if word is not None and word.direction and word.kind in ("compare", "change", "act", "harm"):
            if tree[kid].tag != "VBG":
                return kid, direction_of(word.direction)
    return None
