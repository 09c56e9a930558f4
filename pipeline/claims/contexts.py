"""Where a noun that states a change stands: what asserts it, and who may have caused it."""

from __future__ import annotations

from pipeline.claims.arguments import adjuncts, agents, find_subjects
from pipeline.claims.effect_lexicon import word_at
from pipeline.claims.negation import find_negation
from pipeline.claims.tree import Tree

FINDING_VERBS = frozenset(
    """
    apparent confirm demonstrate describe detect document evident find measure note observe occur record report
    reveal see show
    """.split()
)
_EVIDENCING_VERBS = frozenset(
    "accompany characterize demonstrate evidence indicate manifest reflect reveal show".split()
)
TENDENCIES = frozenset("tendencies tendency trend trends".split())
_INFERRING_VERBS = frozenset("demonstrate denote imply indicate reflect show signify suggest".split())
_LIGHT_KINDS = frozenset({"show", "associate", "result", "cause", "develop"})
_FOUND = frozenset("benefits changes effects findings improvements these they".split())
_LISTED = frozenset(("appos", "conj", "dep"))  # as the parse hangs the members of a list


def noun_context(tree: Tree, node: int) -> tuple[int | None, list[int], str]:
    """Return the finite word that asserts the noun, the possible causes there, and the pattern's name."""
    token = tree[node]
    top = node
    while tree[top].dep in _LISTED and not tree.is_verb(tree[top].head) and tree[top].head != top:
        top = tree[top].head
    token = tree[top]
    head = tree.head(top)
    if head is None:
        return None, [], ""
    if token.dep in {"nsubjpass", "nsubj"}:
        word = word_at(tree, head)
        takes_for_granted = word is not None and word.kind == "associate"
        takes_for_granted |= "due" in {tree.lowered[kid] for kid in tree.children(head)}
        if tree[head].lemma == "correlate" or (takes_for_granted and find_negation(tree, head)[0]):
            return None, [], ""  # "the effect on X is not due to Y" takes the effect for granted
        if (
            tree[head].lemma in FINDING_VERBS
            or tree.lowered[head] in FINDING_VERBS
            or (word and word.kind in ("show", "associate"))
        ):
            return head, agents(tree, head) + adjuncts(tree, head), "reported"
        if tree.lowered[head] in ("was", "were", "is", "are") or tree[head].lemma == "be":
            graded = [cause for kid in tree.children(head, "acomp") for cause in adjuncts(tree, kid)]
            return head, [*graded, *adjuncts(tree, head)], "stated"
        return None, [], ""
    if token.dep == "conj" and tree.is_verb(head) and tree[top].tag.startswith("NN") and head < top:
        word = word_at(tree, head)
        if tree[head].lemma == "be" and tree.children(head, "expl"):  # "there was a rise in X but no change in Y"
            return head, adjuncts(tree, head), "stated"
        if word is not None and word.kind in _LIGHT_KINDS:  # "was associated with X and a lower Y"
            return head, find_subjects(tree, head) + adjuncts(tree, head), "of light verb"
        return None, [], ""
    if token.dep in {"dobj", "attr", "oprd"} and tree.is_verb(head):
        word = word_at(tree, head)
        if tree[head].lemma == "be" and token.dep == "attr":
            return head, find_subjects(tree, head) + adjuncts(tree, head), "stated"
        if tree[head].lemma in _INFERRING_VERBS and tree[head].tag == "VBG" and tree[head].dep == "advcl":
            return head, _causes_above(tree, head), "inferred"
        if word is not None and (word.kind in _LIGHT_KINDS or _lists_effects(tree, head)):
            return head, find_subjects(tree, head) + adjuncts(tree, head), "of light verb"
        return None, [], ""
    if token.dep == "pobj":
        verb = tree.head(head)
        if verb is None:
            return None, [], ""
        if tree.lowered[head] in ("including", "like", "as") and tree.is_noun(verb):
            return noun_context(tree, verb)
        if tree.lowered[head] == "at" and tree[verb].lemma == "be":
            return verb, find_subjects(tree, verb), "at risk"
        if tree.lowered[head] in ("for", "to", "toward", "towards") and tree.lowered[verb] in TENDENCIES:
            _, causes, light = noun_context(tree, verb)
            causes = [*causes, *adjuncts(tree, verb, but=head)]
            return (verb, causes, light) if causes else (None, [], "")
        grounds = _grounds(tree, head, verb)
        if grounds is not None:
            return grounds, find_subjects(tree, grounds) + agents(tree, grounds), "as its ground"
        word = word_at(tree, verb)
        beside = top != node and tree[node].dep == "conj" and node and tree.lowered[node - 1] in ("a", "an")
        if beside and tree.lowered[head] == "in" and word is not None and word.kind == "show":
            return verb, find_subjects(tree, verb), "of light verb"  # "showed X in the maze and a reduction in Y"
        if word is not None and word.kind in ("associate", "result"):
            return verb, find_subjects(tree, verb) + adjuncts(tree, verb, but=head), "associated"
        if tree.lowered[head] in ("with", "without"):
            if not tree.is_verb(verb) and tree[verb].dep == "dobj" and tree.head(verb) is not None:
                verb = tree[verb].head  # "produced arrest with an increase in X"
            if tree.is_verb(verb):
                return verb, find_subjects(tree, verb), tree.lowered[head]
    return None, [], ""


def _causes_above(tree: Tree, verb: int) -> list[int]:
    """Return the causes of the clause that "indicating less X", "suggesting a rise in X" draws a conclusion from."""
    above = next((node for node in tree.ancestors(verb) if tree.is_verb(node)), None)
    return [] if above is None else find_subjects(tree, above) + adjuncts(tree, above)


def _lists_effects(tree: Tree, verb: int) -> bool:
    """Whether a verb lists what was found: "these include a fall in X, less Y", "the effects of A included …"."""
    if tree[verb].lemma not in ("comprise", "include"):
        return False
    return any(tree.lowered[subject] in _FOUND for subject in tree.children(verb, "nsubj"))


def _grounds(tree: Tree, prep: int, governor: int) -> int | None:
    """Return the verb that "as evidenced by an increase in X", "through a decrease in Y" says the ground of."""
    if tree.lowered[prep] == "by" and tree[governor].tag == "VBN" and tree[governor].lemma in _EVIDENCING_VERBS:
        return next((node for node in tree.ancestors(governor) if tree.is_verb(node)), None)
    if tree.lowered[prep] in ("through", "via") and tree.is_verb(governor):
        return governor
    if tree.lowered[prep] == "of" and tree.lowered[governor] in ("result", "because"):
        return next((node for node in tree.ancestors(governor) if tree.is_verb(node)), None)
    return None
