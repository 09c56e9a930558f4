"""Frames that the parse hides: verbs taken for participles or nouns, and statements left out by ellipsis."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pipeline.claims.arguments import (
    find_subjects,
    is_joined_behind,
)
from pipeline.claims.effect_lexicon import EffectWord, load_effects, word_at
from pipeline.claims.frame import Frame, direction_of
from pipeline.claims.negation import find_negation
from pipeline.claims.tree import SUBJECTS, Tree

_EFFECTS = frozenset("activity benefit effect effects efficacy success".split())
_GERUND_OPENERS = ("without", "by", "through", "via", "in")
_INACTIVE = frozenset("inactive ineffective".split())
_BLINDING = frozenset("blind blinded dummy masked".split())


def elliptical_frames(tree: Tree, node: int, so_far: list[Frame]) -> list[Frame]:
    """Read "A failed to prevent X, whereas B succeeded" and "A lowered X, but B did not" for B."""
    token = tree[node]
    if token.dep not in ("advcl", "conj", "ccomp", "parataxis") or token.head > node:
        return []
    if tree.lowered[node - 1] in ("as", "so") and token.lemma in ("do", "be"):
        return _inverted_frames(tree, node, so_far)
    succeeds = token.lemma == "succeed" and not tree.children(node, "prep", "xcomp", "dobj")
    beside = node > 0 and tree[node - 1].tag in ("NN", "NNS", "NNP")
    subject = bool(tree.children(node, "nsubj"))
    does = token.lemma == "do" and not tree.children(node, "dobj", "xcomp") and (subject or beside)
    inactive = token.lemma == "be" and any(tree.lowered[kid] in _INACTIVE for kid in tree.children(node, "acomp"))
    if not (succeeds or does or inactive):
        return []
    causes = find_subjects(tree, node) if subject or not beside else [node - 1]
    negated, cue = find_negation(tree, node)
    if inactive:
        negated, cue = True, "inactive"
    if not causes:
        return []
    below = set(tree.subtree(token.head)) - set(tree.subtree(node))
    return [
        replace(frame, trigger=node, verb=node, causes=tuple(causes), negated=negated, cue=cue, rule="ellipsis")
        for frame in so_far
        if frame.verb in below and frame.trigger < node
    ]


def _inverted_frames(tree: Tree, node: int, so_far: list[Frame]) -> list[Frame]:
    """Read "X fell on A, as did Y" and "A lowered X, as did B": what stands behind the verb is what stood before its
    like.
    """
    behind = [kid for kid in tree.children(node, "nsubj", "attr", "dobj") if kid > node]
    if not behind:
        return []
    thing = behind[0]
    found = []
    for frame in so_far:
        if frame.verb != tree[node].head or frame.trigger > node:
            continue
        told = replace(frame, trigger=node, rule="ellipsis", skip=())
        if tree[frame.outcome].dep in ("nsubj", "nsubjpass"):
            found += [replace(told, outcome=member) for member in (thing, *tree.conjuncts(thing)) if member > node]
        elif tree[frame.outcome].dep == "dobj":
            found.append(replace(told, verb=node, causes=(thing,)))
    return found


def listed_frames(tree: Tree, frames: list[Frame]) -> list[Frame]:
    """Read "lowered X by 40 %, Y by 34 % and Z by 28 %" for Y and Z, which the parse hangs on the amounts."""
    found = []
    for frame in frames:
        if not frame.rule.startswith("verb and object") or frame.outcome < frame.trigger:
            continue
        bys = [node for node in range(frame.outcome + 1, len(tree)) if _opens_amount(tree, node)]
        told = {other.outcome for other in frames}
        for left, right in pairwise(bys):
            between = _outside_brackets(tree, left + 1, right)
            joints = [node for node in between if tree.lowered[node] in (",", "and", ";")]
            nouns = [node for node in between if joints and node > joints[-1]]
            if not nouns or any(tree[node].tag.startswith(("V", "MD")) for node in nouns):
                break
            names = [node for node in nouns if tree[node].tag.startswith("NN")]
            if len(names) > 1 and len(tree[names[-1]].text) == 1:
                names.pop()  # the B of "apoprotein B"
            if names and names[-1] not in told:
                found.append(replace(frame, outcome=names[-1], rule="verb and object in a list", skip=()))
    return found


def _opens_amount(tree: Tree, node: int) -> bool:
    return tree.lowered[node] == "by" and any(
        tree[near].tag == "CD" for near in range(node + 1, min(node + 4, len(tree)))
    )


def _outside_brackets(tree: Tree, first: int, last: int) -> list[int]:
    depth = 0
    found = []
    for node in range(first, last):
        depth += tree.lowered[node] in ("(", "[")
        if depth == 0:
            found.append(node)
        depth -= tree.lowered[node] in (")", "]")
    return found


def is_misread_verb(tree: Tree, node: int, word: EffectWord) -> bool:
    """Whether the parser took the sentence's finite verb for a participle: "Treatment with A, at 5 mg, reduced pain
    and …".

    So it is where no finite verb stands before it, a noun phrase or a comma does, and it has no determiner. A present
    form taken for an adjective or noun ("A and B reverse obesity") needs a sentence without any other finite verb.
    """
    token = tree[node]
    before = tree.previous(node)
    if token.dep not in ("amod", "compound", "nmod") or before is None or token.head < node:
        return False
    if node + 1 < len(tree) and (tree[node + 1].tag == "HYPH" or tree.lowered[node + 1] in _BLINDING):
        return False
    if tree[before].tag == "RB" and before and tree[before - 1].tag == "IN":
        return False  # "on experimentally induced seizures"
    if tree[before].tag not in ("NN", "NNS", "NNP", ",", "RB", "CD", "-RRB-", "NNPS"):
        return False
    finite = {"VBD", "VBZ", "VBP", "MD"}
    others = [
        i
        for i, other in enumerate(tree.tokens)
        if i != node and other.tag in finite and other.dep not in ("relcl", "acl")
    ]
    past = token.tag in ("VBN", "VBD") and word.pos == "verb"
    present = token.tag in ("JJ", "JJR", "NN", "NNS", "VB", "VBP", "VBZ") and not others
    if not (past or present) or any(other < node for other in others):
        return False
    if not others and past and _is_swallowed(tree, before, node):
        return True
    return any(other.dep in SUBJECTS or other.dep in ("ROOT", "root") for other in tree.tokens[:node])


def _is_swallowed(tree: Tree, before: int, node: int) -> bool:
    """Whether the noun before a participle was taken for a part of the same noun phrase, as its subject may be."""
    return tree[before].tag in ("NN", "NNS", "NNP") and tree[before].head == tree[node].head


def coordinated_misread(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "prolong life and postpone cancer" where the second verb was taken for part of a noun, "without lowering
    X".
    """
    token = tree[node]
    head = token.head
    if token.dep not in ("compound", "amod", "nmod") or head < node or not word.direction:
        return []
    if node + 1 < len(tree) and tree[node + 1].tag == "HYPH":
        return []
    form = tree.lowered[node]
    before = tree.lowered[node - 1] if node else ""
    added = tree.lowered[max(0, node - 3) : node] == ("in", "addition", "to")
    if token.tag == "VBG" and (before in _GERUND_OPENERS or added) and tree[head].dep == "pobj":
        governor = tree[tree[head].head].head
        if added:
            governor = next((above for above in tree.ancestors(governor) if tree.is_verb(above)), governor)
        if before == "in" and tree.lowered[governor] in _EFFECTS and tree[governor].dep == "dobj":
            governor = tree[governor].head
        if not tree.is_verb(governor):
            return []
        if before == "in" and not any(tree.lowered[thing] in _EFFECTS for thing in tree.children(governor, "dobj")):
            return []
        negated = before == "without"
        subjects = tuple(find_subjects(tree, governor))
        rule = "verb misread as participle"
        return [Frame(node, governor, head, subjects, direction_of(word.direction), negated, rule, before, (node,))]
    if token.tag in ("VBN", "VBD", "JJ") and word.kind in ("change", "act", "harm", "cause") and node >= 2:
        subject = node - 1
        opener = tree.lowered[node - 2]
        if tree[subject].tag in ("NN", "NNS", "NNP") and opener in ("and", ",", "whereas", "but", "while"):
            rule = "verb misread as participle"
            return [Frame(node, node, head, (subject,), direction_of(word.direction), False, rule, None, (node,))]
        above = _governing_verb(tree, head)
        first = None if above is None else word_at(tree, above)
        joined = before in ("and", "but", "or") or (before == "," and _ends_in_verb(tree, node))
        shared = joined and tree[head].dep in ("conj", "dobj")
        if before == "," and above is not None and above > head and tree[head].dep == "nsubj":
            # "lowered X, reduced Y, and raised Z", where Y is taken for the subject of the raising
            leading = tree.head(above)
            first = None if leading is None else word_at(tree, leading)
            if is_joined_behind(tree, above, head) and leading is not None and first is not None and first.direction:
                subjects = tuple(find_subjects(tree, leading))
                rule = "verb misread as participle"
                way = direction_of(word.direction)
                return [Frame(node, leading, head, subjects, way, False, rule, None, (node,))] if subjects else []
        if shared and above is not None and first is not None:
            if first.direction and tree[above].tag in ("VBD", "VBN"):
                subjects = tuple(find_subjects(tree, above))
                rule = "verb misread as participle"
                return [
                    Frame(node, above, thing, subjects, direction_of(word.direction), False, rule, None, (node,))
                    for thing in _objects_until_next(tree, head)
                ]
    verb_only = (form, "noun") not in load_effects()
    if token.tag.startswith("NN") and before in ("and", "or", "but", ","):
        governor = head
        for ancestor in tree.ancestors(head):
            governor = ancestor
            if tree.is_verb(ancestor):
                break
        if not verb_only and not (tree[governor].tag == "VB" and form == word.lemma):
            return []
        if tree[head].dep == "conj" and tree.is_verb(governor):
            subjects = tuple(find_subjects(tree, governor))
            rule = "verb misread as noun"
            return [Frame(node, governor, head, subjects, direction_of(word.direction), False, rule, None, (node,))]
    return []


def _ends_in_verb(tree: Tree, node: int) -> bool:
    """Whether a list goes on to "and reduced Z": then a participle behind its comma is a verb too."""
    for last in range(node + 1, len(tree) - 1):
        if tree.is_verb(last) and tree[last].dep in ("ROOT", "root", "relcl", "ccomp"):
            return False
        if tree.lowered[last] == "and" and tree[last + 1].tag in ("VBN", "VBD"):
            word = word_at(tree, last + 1)
            return word is not None and bool(word.direction) and not tree.children(last + 1, "auxpass")
    return False


def _objects_until_next(tree: Tree, head: int) -> list[int]:
    """Return a noun and those coordinated behind it, up to one that has a participle of change before it."""
    found = [head]
    for member in sorted(tree.conjuncts(head)):
        if member <= head or not tree.is_noun(member):
            continue
        between = range(found[-1] + 1, member)
        if any(tree[node].tag in ("VBN", "VBD") and (tree.lowered[node], "verb") in load_effects() for node in between):
            break
        found.append(member)
    return found


def _governing_verb(tree: Tree, node: int) -> int | None:
    return next((ancestor for ancestor in tree.ancestors(node) if tree.is_verb(ancestor)), None)


def repaired_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    subjects = [i for i in range(node) if tree[i].dep in SUBJECTS or tree[i].dep in ("ROOT", "root")]
    before = tree.previous(node)
    if not subjects and before is not None and _is_swallowed(tree, before, node):
        subjects = [before]
    if not word.direction or not subjects:
        return []
    outcome = tree[node].head
    skip = (node, *(tree.subtree(subjects[0]) if subjects == [before] else ()))
    members = [i for i in tree.conjuncts(outcome) if tree.is_noun(i) and tree[i].tag not in ("DT", "PRP")]
    return [
        Frame(
            node,
            node,
            member,
            (subjects[0],),
            direction_of(word.direction),
            False,
            "verb misread as participle",
            None,
            skip,
        )
        for member in [outcome, *members]
    ]
