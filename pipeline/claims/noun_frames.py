"""Frames of change nouns: "a reduction in X was seen with A", "extension of X by A", "no difference in X"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.arguments import (
    compared,
    expand,
    prepositional_objects,
)
from pipeline.claims.contexts import noun_context
from pipeline.claims.effect_lexicon import EffectWord, word_at
from pipeline.claims.frame import Frame, direction_of
from pipeline.claims.negation import determiner_negation, find_negation
from pipeline.claims.noun_targets import noun_targets, said_before, shown_by, undiffering
from pipeline.claims.tree import Tree
from pipeline.model.claims import Direction

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
    if not targets and word.kind == "neutral":
        targets = [
            pobj
            for prep in tree.children(node, "prep")
            if tree.lowered[prep] == "against" or (tree.lowered[prep] == "from" and _stated_by_adjective(tree, node))
            for pobj in prepositional_objects(tree, prep)
        ]
    compound = [kid for kid in tree.children(node, "compound", "nmod", "amod") if kid == node - 1 and tree.is_noun(kid)]
    compound = [kid for kid in compound if tree[kid].text != "%"]
    if not targets and compound and word.kind in ("change", "act"):
        targets = compound
    if not targets and word.kind in ("change", "neutral"):
        targets = shown_by(tree, node) or said_before(tree, node)
    if not targets and word.lemma == "difference":
        targets = [thing for thing in compared(tree, node) if tree.lowered[thing] in cues.HOLLOW_OUTCOMES]
    of_clause = undiffering(tree, node) if not targets and word.lemma == "difference" else []
    targets = targets or of_clause
    if not targets or _defines_responders(tree, node):
        return []
    governor, causes, light = noun_context(tree, node)
    if governor is None:
        return []
    lessened = direction_modifier(tree, node) if word.direction in ("increase", "decrease") else None
    if lessened is not None and lessened[1] == "decrease":
        return []  # "less weight gain" is less of the gain, which the adjective's own pattern reads
    negated, cue = find_negation(tree, governor)
    no, no_cue = determiner_negation(tree, node)
    direction = direction_of(word.direction)
    mixed = any(tree.lowered[kid] in _MIXED for kid in tree.children(node, "amod", "nmod"))
    if light == "without":
        negated, cue, no, no_cue = True, "without", False, None
    stated = _stated_by_adjective(tree, node) if word.kind == "neutral" else None
    if stated is not None:
        direction = stated
        against = [
            pobj
            for prep in tree.children(node, "prep")
            for pobj in prepositional_objects(tree, prep)
            if tree.lowered[prep] in ("against", "from")
        ]
        targets = against or targets
    elif word.kind == "neutral" and not (negated or no or mixed):
        valued = _valued(tree, node, targets)
        if valued is None:
            return []
        direction = valued
    elif word.kind == "neutral":
        direction = "mixed" if mixed and not (negated or no) else "no_change"
    own = [*compared(tree, node), *of_phrase(tree, node)] if word.kind == "neutral" else []
    own += _causes_behind(tree, node)
    if not own and word.kind != "neutral":
        own = [cause for member in tree.conjuncts(node)[-1:] for cause in _causes_behind(tree, member)]
    if word.kind == "neutral" and (negated or no):
        targets = targets + _listed_behind(tree, node, targets)
    if of_clause:
        governor = node  # the clause itself tells how X went in every arm
    modifiers = [kid for kid in tree.children(node, "amod", "compound", "nmod", "npadvmod") if kid not in targets]
    found, parallel = split_parallel(tree, [counted(tree, target) for target in targets])
    frames = [
        Frame(
            node,
            governor,
            target,
            tuple(dict.fromkeys(cause for cause in [*own, *modifiers, *causes] if cause not in found)),
            direction,
            negated or no,
            f"change noun {light}",
            cue or no_cue,
        )
        for target in found
    ]
    for other in parallel:
        word_there = word_at(tree, other)
        if word_there is None or word_there.pos != "noun" or not word_there.direction or word_there.kind == "neutral":
            continue
        frames += [
            replace(frame, trigger=other, outcome=target, direction=direction_of(word_there.direction))
            for frame in frames[:1]
            for target in expand(tree, noun_targets(tree, other))
        ]
    return frames


def _defines_responders(tree: Tree, node: int) -> bool:
    """Whether a change only says who is counted: "the percentage of patients achieving a 75 % reduction in X"."""
    verb = tree.head(node)
    if verb is None or tree[node].dep != "dobj" or tree[verb].tag != "VBG" or tree[verb].dep != "acl":
        return False
    prep = tree.head(tree[verb].head)
    return prep is not None and tree.lowered[prep] == "of" and tree.lowered[tree[prep].head] in cues.COUNT_NOUNS


def _listed_behind(tree: Tree, node: int, targets: list[int]) -> list[int]:
    """Return the later members of "no effect on X, Y and Z" that the parse hangs on the noun of the effect."""
    head = tree.head(node)
    beside = [thing for thing in tree.children(head, "dobj") if thing > node] if head is not None else []
    listed = [*tree.conjuncts(node), *(member for thing in beside for member in [thing, *tree.conjuncts(thing)])]
    members = [member for member in dict.fromkeys(listed) if targets and member > max(targets)]
    return [
        member
        for member in members
        if tree.is_noun(member) and word_at(tree, member) is None and direction_modifier(tree, member) is None
    ]


def _stated_by_adjective(tree: Tree, node: int) -> Direction | None:
    """Return the direction of "an inhibitory effect on X", "a protective effect against X"."""
    forms = {tree.lowered[kid] for kid in tree.children(node, "amod", "nmod", "compound")}
    if forms & {"protective", "preventive", "preventative"}:
        against = any(tree.lowered[prep] in ("against", "from") for prep in tree.children(node, "prep"))
        return "decrease" if against else None
    if forms & {"inhibitory", "suppressive", "depressant", "depressive", "lowering", "blocking", "suppressing"}:
        return "decrease"
    if forms & {"stimulatory", "stimulating", "stimulant", "enhancing", "potentiating", "facilitatory"}:
        return "increase"
    return None


def _valued(tree: Tree, node: int, targets: list[int]) -> Direction | None:
    """Return the direction of "a deleterious effect on memory", "a beneficial effect on strength", of functions."""
    forms = {tree.lowered[kid] for kid in tree.children(node, "amod")}
    if not targets or any(tree.lowered[target] not in cues.GOODS for target in expand(tree, targets)):
        return None
    if forms & {"adverse", "deleterious", "detrimental", "harmful", "negative"}:
        return "decrease"
    return "increase" if forms & {"beneficial", "favorable", "favourable", "positive"} else None


def _causes_behind(tree: Tree, node: int) -> list[int]:
    return [
        pobj
        for prep in tree.children(node, "prep", "agent")
        if tree.lowered[prep] in ("by", "with", "after", "following", "on", "at")
        for pobj in prepositional_objects(tree, prep)
    ]


def split_parallel(tree: Tree, targets: list[int]) -> tuple[list[int], list[int]]:
    """Return what a change noun is of, and the nouns that stand beside the change noun itself.

    The parser hangs both on the first target: in "a reduction of A and B" the second is a target, in "a reduction of
    A and loss of B" it is a noun with a phrase of its own.
    """
    found, parallel = [], []
    for target in expand(tree, targets):
        own = target not in targets and any(tree.lowered[kid] in ("of", "in") for kid in tree.children(target, "prep"))
        word = word_at(tree, target) if own else None
        if own and ((word is not None and word.pos == "noun") or not of_phrase(tree, targets[0])):
            parallel.append(target)
        else:
            found.append(target)
    return found, parallel


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


def counted(tree: Tree, node: int) -> int:
    """Return what "any of the X", "all of X" counts, the node itself for other words."""
    if tree.lowered[node] not in ("all", "any", "both", "each", "either", "most", "none", "some"):
        return node
    things = of_phrase(tree, node)
    return things[0] if things else node
