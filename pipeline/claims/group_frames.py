"""Frames that compare groups: how many of them did what, and what did not differ between them."""

from __future__ import annotations

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.arguments import adjuncts, compared, expand, find_objects, find_subjects, names_aspect
from pipeline.claims.arguments import prepositional_objects as objects_of
from pipeline.claims.effect_lexicon import word_at
from pipeline.claims.frame import Frame, direction_of
from pipeline.claims.negation import find_negation
from pipeline.claims.noun_frames import of_phrase
from pipeline.claims.tree import Tree

NO_DIFFERENCE = "no difference in"
_SHARES = frozenset("fraction number numbers percentage proportion share".split())
_QUANTIFIERS = {"more": "increase", "fewer": "decrease"}
_DEGREES = {"more": "increase", "less": "decrease"}
# What a part of a group has, reaches or suffers; the object is the outcome.
HAVING_VERBS = frozenset(
    """
    achieve attain complete demonstrate develop display exhibit experience have maintain meet need reach receive report
    require show suffer sustain undergo
    """.split()
)
# What a part of a group does or undergoes by itself; the verb is the outcome.
_FARING_VERBS = frozenset(
    "conceive die ovulate progress recover relapse remit respond seroconvert survive vomit".split()
)


def share_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "a higher proportion of patients on A achieved remission", "fewer mice treated with A died than controls".

    ``node`` is the word of the comparison; what the larger or smaller part of the group did is the outcome.
    """
    noun = tree.head(node)
    if noun is None or noun < node or not tree.is_noun(noun) or tree[node].dep not in ("amod", "det", "nummod"):
        return []
    direction = _QUANTIFIERS.get(tree.lowered[node]) if tree.lowered[noun] in cues.GROUP_NOUNS else None
    groups = [noun]
    if tree.lowered[noun] in _SHARES:
        word = word_at(tree, node)
        direction = word.direction if word is not None and word.kind == "compare" else None
        groups = [part for part in of_phrase(tree, noun) if tree.lowered[part] in cues.GROUP_NOUNS]
    verb = tree.head(noun)
    if not direction or direction == "no_change" or not groups or verb is None or not tree.is_verb(verb):
        return []
    if noun not in find_subjects(tree, verb) or noun > verb:
        return []
    negated, cue = find_negation(tree, verb)
    causes = tuple(dict.fromkeys([*groups, *adjuncts(tree, verb)]))
    base = (causes, direction_of(direction), negated, "share of a group", cue, (node,))
    if tree[verb].lemma in HAVING_VERBS:
        return [Frame(node, verb, outcome, *base) for outcome in expand(tree, find_objects(tree, verb))]
    if tree[verb].lemma in _FARING_VERBS:
        return [Frame(node, verb, verb, *base, True)]
    return []


def likelihood_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "patients on A were less likely to relapse than those on placebo", "were more likely to reach the goal"."""
    copula = tree.head(node)
    if tree.lowered[node] != "likely" or tree[node].dep != "acomp" or copula is None:
        return []
    degrees = [_DEGREES[tree.lowered[kid]] for kid in tree.children(node, "advmod") if tree.lowered[kid] in _DEGREES]
    groups = [subject for subject in find_subjects(tree, copula) if tree.lowered[subject] in cues.GROUP_NOUNS]
    if not degrees or not groups:
        return []
    negated, cue = find_negation(tree, copula)
    causes = tuple(dict.fromkeys([*groups, *adjuncts(tree, copula)]))
    frames = []
    for verb in [*tree.children(node, "xcomp"), *tree.children(copula, "xcomp")]:
        base = (causes, direction_of(degrees[0]), negated, "likelihood of a group", cue, (node,))
        if tree[verb].lemma in _FARING_VERBS:
            frames.append(Frame(node, copula, verb, *base, True))
        elif tree[verb].lemma in HAVING_VERBS:
            frames += [Frame(node, copula, outcome, *base) for outcome in expand(tree, find_objects(tree, verb))]
    return frames


def differing_frames(tree: Tree, node: int, copula: int, rule: str) -> list[Frame]:
    """Read "X did not differ between A and B", "A and B did not differ in X", "A was not different from B in X"."""
    negated, cue = find_negation(tree, copula)
    if not negated and node != copula:
        negated, cue = find_negation(tree, node)
    if not negated:
        return []
    subjects = find_subjects(tree, copula)
    anchors = dict.fromkeys((copula, node))
    others = [other for anchor in anchors for other in [*compared(tree, anchor), *adjuncts(tree, anchor)]]
    aspects = [
        thing
        for anchor in anchors
        for prep in tree.children(anchor, "prep")
        if tree.lowered[prep] in ("in", "for") or names_aspect(tree, prep)
        for thing in objects_of(tree, prep)
    ]
    frames = [
        Frame(node, copula, outcome, tuple(dict.fromkeys(others)), "no_change", True, rule, cue)
        for outcome in expand(tree, subjects)
    ]
    frames += [
        Frame(node, copula, aspect, tuple(dict.fromkeys([*subjects, *others])), "no_change", True, NO_DIFFERENCE, cue)
        for aspect in expand(tree, aspects)
        if aspect not in subjects
    ]
    return frames
