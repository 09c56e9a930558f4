"""Negation: which statements a cue denies, and which it does not."""

from __future__ import annotations

from pipeline.claims.arguments import RAISING
from pipeline.claims.effect_lexicon import word_at
from pipeline.claims.tree import Tree

_NEGATORS = frozenset(
    """
    cannot n't neither never no nor not nt without
    """.split()
)
# What "in lowering X" may stand with, and which a negation then denies of the lowering.
_ABILITIES = frozenset(
    """
    advantage benefit effect effectiveness efficacy impact influence success superiority usefulness value
    """.split()
)
_GRADED_ABILITIES = frozenset(
    "beneficial better effective efficacious efficient helpful successful superior useful".split()
)
# A finding verb under negation denies what it introduces: "we did not find that …", "failed to show that …".
_DENIABLE = frozenset(
    """
    confirm demonstrate detect establish find observe prove reveal see show support
    """.split()
)


def find_negation(tree: Tree, node: int, depth: int = 0) -> tuple[bool, str | None]:
    """Return whether a verb (or copula) is negated, and by which cue; two negations cancel."""
    negated, cue = False, None
    for subject in tree.children(node, "nsubj", "nsubjpass"):
        if any(tree.lowered[kid] == "neither" for kid in tree.children(subject, "preconj", "det", "cc", "advmod")):
            negated, cue = True, "neither"
    for kid in tree.children(node):
        form = tree.lowered[kid]
        if cue != "neither" and (
            form in _NEGATORS
            and tree[kid].dep in ("neg", "advmod", "preconj", "cc", "det", "dep", "aux")
            and kid <= node + 3
        ):
            if form == "not" and kid + 1 < len(tree) and tree.lowered[kid + 1] in ("only", "just", "merely", "simply"):
                continue
            if form in ("no", "neither", "nor") and tree[kid].dep == "det":
                continue
            if form == "nor" and kid > node:
                continue
            negated, cue = not negated, form
    token = tree[node]
    head = tree.head(node)
    if not negated and node > 1 and tree.lowered[node - 2 : node] == ("but", "not"):
        negated, cue = True, "not"  # "prevents but not reverses X", wherever the parse hangs the cue
    if not negated and tree.lowered[max(0, node - 2) : node] == ("no", "longer"):
        negated, cue = True, "no longer"  # also of the "able" that "to lower X" completes
    if not negated and _is_excluded(tree, node):
        negated, cue = True, "neither"
    if not negated and _is_inverted(tree, node):
        negated, cue = True, "nor"  # "nor does it lower X"
    if head is None or depth > 4:
        return negated, cue
    if token.dep == "xcomp" and (word := word_at(tree, head)) is not None and word.kind == "fail":
        outer, outer_cue = find_negation(tree, head, depth + 1)
        return (not outer) != negated, cue or outer_cue or tree.lowered[head]
    if token.dep in ("xcomp", "ccomp", "advcl") and tree.lowered[head] == "unable":
        return not negated, cue or "unable"
    if token.dep == "ccomp" and tree[head].lemma in _DENIABLE:
        outer, outer_cue = find_negation(tree, head, depth + 1)
        return outer != negated, cue or outer_cue
    if token.dep in ("acl", "ccomp", "relcl") and tree.lowered[head] in (
        "evidence",
        "proof",
        "indication",
        "suggestion",
    ):
        denied, denial = determiner_negation(tree, head)
        return denied != negated, cue or denial
    if token.dep == "acl" and tree.lowered[head] in ("failure", "inability"):
        return not negated, cue or tree.lowered[head]
    if token.dep == "pcomp" and tree.lowered[head] == "without":
        return not negated, cue or "without"
    if token.dep == "pcomp" and "not" in tree.lowered[max(0, head - 1) : head]:
        return not negated, cue or "not"  # "effective in raising X but not in lowering Y"
    if token.dep == "pcomp" and tree.lowered[head] in ("at", "in", "on"):
        denied, denial = _denied_ability(tree, head, depth)
        return denied != negated, cue or denial
    if token.dep == "xcomp" and (tree[head].lemma in RAISING or tree.lowered[head] in RAISING):
        outer, outer_cue = find_negation(tree, head, depth + 1)
        return outer != negated, cue or outer_cue
    if token.dep == "conj" and not negated and tree.is_verb(head) and not _has_own_polarity(tree, node):
        return find_negation(tree, head, depth + 1)
    return negated, cue


def _is_excluded(tree: Tree, node: int) -> bool:
    """Whether "neither … nor …" stands before the verb, whatever the parse makes of it, and no other verb between."""
    if tree.lowered[node + 1 : node + 2] == ("neither",) or (node and tree.lowered[node - 1] == "nor"):
        return True
    if "neither" not in tree.lowered[:node] or not tree[node].tag.startswith(("VBD", "VBP", "VBZ")):
        return False
    opens = node - 1 - tree.lowered[:node][::-1].index("neither")
    between = range(opens + 1, node)
    return "nor" in tree.lowered[opens:node] and not any(
        tree[inner].tag in ("VBD", "VBP", "VBZ", "MD") or tree.lowered[inner] in (";", "but") for inner in between
    )


def _denied_ability(tree: Tree, prep: int, depth: int) -> tuple[bool, str | None]:
    """Return whether the words before "in lowering X" deny it: "had no effect in", "was no better than B in"."""
    governor = tree.head(prep)
    if governor is None:
        return False, None
    if tree.lowered[governor] in _ABILITIES:
        denied, cue = determiner_negation(tree, governor)
        verb = tree.head(governor)
        outer, outer_cue = (False, None) if verb is None else find_negation(tree, verb, depth + 1)
        return denied != outer, cue or outer_cue
    below = (governor, *tree.children(governor, "acomp", "attr"))
    graded = [node for node in below if tree.lowered[node] in _GRADED_ABILITIES]
    if any("no" in tree.lowered[max(0, adjective - 2) : adjective] for adjective in graded):
        return True, "no"
    if graded:
        return find_negation(tree, governor, depth + 1)
    return False, None


def _is_inverted(tree: Tree, node: int) -> bool:
    """Whether "nor" with an auxiliary behind it opens the verb's clause, wherever the parse hangs it."""
    auxiliaries = tree.children(node, "aux", "auxpass")
    return any(kid and tree.lowered[kid - 1] == "nor" for kid in auxiliaries)


def _has_own_polarity(tree: Tree, node: int) -> bool:
    """Whether a coordinated verb stands apart from its first conjunct's negation: "but", own subject or auxiliary."""
    if tree.children(node, "nsubj", "nsubjpass", "aux", "auxpass"):
        return True
    head = tree[node].head
    between = tree.lowered[head + 1 : node]
    return "but" in between or "and" in between or "yet" in between or ";" in between


def is_excepted(tree: Tree, noun: int) -> bool:
    """Whether a coordinated outcome is excepted: "lowered A but not B"."""
    if tree[noun].dep != "conj":
        return False
    left = min(tree.subtree(noun))
    before = tree.lowered[max(0, left - 3) : left + 2]
    if "but" in before and "not" in before and "only" not in before:
        return True
    head = tree[noun].head  # "lowered A but not B or C"
    joined = tree.lowered[head + 1 : left]
    return "but" not in joined and not {";", ","} & set(joined) and is_excepted(tree, head)


def determiner_negation(tree: Tree, noun: int) -> tuple[bool, str | None]:
    if tree[noun].dep == "conj" and "nor" in tree.lowered[tree[noun].head : noun]:
        return True, "nor"
    first = min(tree.subtree(noun))
    if "neither" in tree.lowered[max(0, first - 1) : first + 1]:
        return True, "neither"
    for kid in tree.children(noun, "det", "neg", "amod", "advmod", "nmod", "preconj", "cc"):
        if tree.lowered[kid] == "nor" or (tree[kid].dep == "cc" and tree.lowered[kid] != "neither"):
            continue
        if tree.lowered[kid] in ("no", "neither", "little", "minimal", "nonsignificant", "insignificant"):
            return True, tree.lowered[kid]
    head = tree.head(noun)
    if head is not None and tree[noun].dep == "pobj" and tree.lowered[head] == "of":
        governor = tree.head(head)
        if governor is not None and tree.lowered[governor] in ("lack", "absence"):
            return True, tree.lowered[governor]
    return False, None
