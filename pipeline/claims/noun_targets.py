"""What a change noun is said of: the phrase behind it, or where there is none what its clause is about."""

from __future__ import annotations

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.arguments import find_objects, find_subjects, is_amount, names_aspect, prepositional_objects
from pipeline.claims.contexts import FINDING_VERBS
from pipeline.claims.effect_lexicon import word_at
from pipeline.claims.qualities import find_quality
from pipeline.claims.tree import Tree

_UNDERGOING_VERBS = frozenset("demonstrate display exhibit experience show undergo".split())
# Where a change is counted from, and which is not what changes.
_STARTS = frozenset("baseline control controls placebo pretreatment randomisation randomization".split())


def noun_targets(tree: Tree, node: int) -> list[int]:
    """Return what a change noun is of: "reduction in X", "extension of X", "effect on X"."""
    found: list[int] = []
    word = word_at(tree, node)
    wanted = ("on", "in") if word is not None and word.kind == "neutral" else ("in", "of", "on", "for", "from")
    if word is not None and word.lemma == "difference":
        wanted = ("in", "for")
    for prep in tree.children(node, "prep"):
        if tree.lowered[prep] in wanted or names_aspect(tree, prep):
            behind_it = [thing for thing in _behind_baseline(tree, prep) if not is_amount(tree, thing)]
            found.extend(thing for thing in behind_it if tree.lowered[thing] not in cues.TESTS)
            for further in tree.children(prep, "conj"):
                if tree.lowered[further] == tree.lowered[prep]:
                    found.extend(prepositional_objects(tree, further))
            if found:
                break
    head = tree.head(node)
    counted = tree.lowered[node + 1 : node + 2] == ("from",) and bool(_STARTS & set(tree.lowered[node + 2 : node + 3]))
    behind = node + 3 if counted else node + 1
    if not found and head is not None and behind < len(tree) and tree.lowered[behind] in wanted:
        if tree[behind].head == head:  # the parser hung the phrase on the verb
            found.extend(_no_groups(tree, prepositional_objects(tree, behind)))
    if not found and head is not None and tree[node].dep == "nsubjpass" and tree[head].lemma in FINDING_VERBS:
        qualified = any(find_quality(tree, kid) is not None for kid in tree.children(node, "amod", "compound", "nmod"))
        said = ("in", "on") if word is not None and word.kind == "neutral" and not qualified else ("in",)
        said = ("for", "in") if wanted == ("in", "for") else said
        after = [prep for prep in tree.children(head, "prep") if prep > head and tree.lowered[prep] in said]
        found.extend(_no_groups(tree, [thing for prep in after[:1] for thing in prepositional_objects(tree, prep)]))
    if not found and wanted == ("in", "for"):
        behind_it = [prep for prep in tree.children(node, "prep") if tree.lowered[prep] in ("of", "on")]
        found = [
            thing for prep in behind_it for thing in prepositional_objects(tree, prep) if not is_amount(tree, thing)
        ]
    if not found and head is not None and wanted == ("in", "for"):
        found = [
            thing
            for prep in tree.children(head, "prep")
            if names_aspect(tree, prep)
            for thing in prepositional_objects(tree, prep)
        ] or _regarded(tree, head)
    return found


def _behind_baseline(tree: Tree, prep: int) -> list[int]:
    """Return what a preposition governs; of "from baseline in X", which the parse may nest, X."""
    found: list[int] = []
    for thing in prepositional_objects(tree, prep):
        starts = {tree.lowered[node] for node in (thing, *tree.children(thing, "compound", "nmod"))}
        if tree.lowered[prep] == "from" and starts & _STARTS:
            found += [inner for below in tree.children(thing, "prep") for inner in prepositional_objects(tree, below)]
        else:
            found.append(thing)
    return found


def _no_groups(tree: Tree, nodes: list[int]) -> list[int]:
    """Leave out whom "a reduction was seen in treated mice" was seen in, and where no more than that is said."""
    return [node for node in nodes if tree.lowered[node] not in cues.GROUP_NOUNS | cues.NO_OUTCOMES | cues.TESTS]


def _regarded(tree: Tree, verb: int) -> list[int]:
    """Return what stands behind "regarding", which the parse may hang anywhere below a verb."""
    return [
        thing
        for node in tree.subtree(verb)
        if tree.lowered[node] in ("regarding", "concerning")
        for thing in tree.children(node, "pobj", "dobj")
    ]


def shown_by(tree: Tree, node: int) -> list[int]:
    """Return what "showed a decrease", "underwent no change" is said of, where no phrase behind the noun says it."""
    head = tree.head(node)
    if head is None or tree[node].dep != "dobj" or tree[head].lemma not in _UNDERGOING_VERBS:
        return []
    return [
        subject
        for subject in find_subjects(tree, head)
        if tree.lowered[subject] not in cues.GROUP_NOUNS | cues.TREATMENT_NOUNS | cues.ANAPHORS
    ]


def undiffering(tree: Tree, node: int) -> list[int]:
    """Return what "X fell in both groups, with no difference between them" is said of: the outcome of its clause."""
    prep = tree.head(node)
    verb = None if prep is None else tree.head(prep)
    between = any(tree.lowered[kid] in ("among", "between") for kid in tree.children(node, "prep"))
    if prep is None or verb is None or tree.lowered[prep] not in ("with", "without") or not tree.is_verb(verb):
        return []
    if not (between or {"group", "treatment"} & {tree.lowered[kid] for kid in tree.children(node, "compound", "nmod")}):
        return []
    pointing = cues.GROUP_NOUNS | cues.TREATMENT_NOUNS | cues.ANAPHORS
    if any(tree.lowered[subject] in pointing for subject in find_subjects(tree, verb)):
        return [thing for found in find_objects(tree, verb) for thing in noun_targets(tree, found) or [found]]
    return [subject for subject in find_subjects(tree, verb) if tree.is_noun(subject) and len(tree[subject].text) > 1]


def said_before(tree: Tree, node: int) -> list[int]:
    """Return the outcome of "X was unaltered with A, but an increase was seen with B": that of the clause before."""
    verb = tree.head(node)
    if verb is None or tree[node].dep not in ("nsubjpass", "dobj") or tree[verb].lemma not in FINDING_VERBS:
        return []
    clause = tree.head(verb)
    if clause is None or tree[verb].dep not in ("conj", "advcl", "parataxis") or clause > verb:
        return []
    before = word_at(tree, clause)
    if before is None or not before.direction:
        return []
    return find_objects(tree, clause) or find_subjects(tree, clause)
