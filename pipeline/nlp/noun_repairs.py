"""Repairs of the trees of nouns: what a noun is called, what it is a part of, what it is coordinated with."""

from __future__ import annotations

from typing import Final

from pipeline.nlp.tree_draft import NOUNS, SUBJECTS, Draft

_CHANGES: Final = frozenset(
    """
    decline decrease decreases drop elevation fall improvement improvements increase increases inhibition reduction
    reductions restoration rise suppression worsening
    """.split()
)


def name_object(draft: Draft, node: int) -> None:
    """ "to lower fever": a noun right behind a verb without an object is its object, no adverb."""
    verb = draft.heads[node]
    if draft.tags[node] not in NOUNS or draft.deps[node] != "advmod" or verb != node - 1:
        return
    if draft.tags[verb].startswith("VB") and not draft.children(verb, "dobj"):
        draft.deps[node] = "dobj"


def name_noun(draft: Draft, node: int) -> None:
    """A subject or object of letters is no adverb: "Fever was reduced"."""
    if draft.tags[node] == "RB" and draft.deps[node] in ("nsubj", "nsubjpass", "dobj"):
        draft.tags[node] = "NN"


def join_adjective(draft: Draft, node: int) -> None:
    """ "reductions in vascular (and all-cause) mortality": a second object is what the adjective stands for."""
    verb = draft.heads[node]
    if draft.deps[node] != "dobj" or draft.tags[node] not in NOUNS or verb > node:
        return
    objects = [kid for kid in draft.children(verb, "dobj") if verb < kid < node]
    adjectives = [
        deep
        for thing in objects
        for preposition in draft.children(thing, "prep")
        for deep in draft.children(preposition, "pobj")
        if draft.tags[deep] == "JJ" and deep < node
    ]
    if not adjectives or any(draft.tags[i] in NOUNS and draft.heads[i] == verb for i in range(adjectives[-1], node)):
        return
    draft.hang(node, draft.heads[adjectives[-1]], "pobj")
    draft.hang(adjectives[-1], node, "amod")


def match_repeated_heads(draft: Draft, node: int) -> None:
    """ "LDL cholesterol and HDL cholesterol": a noun that stands twice is coordinated with itself."""
    head = draft.heads[node]
    if draft.words[node] != draft.words[head] or head <= node or draft.deps[node] not in ("compound", "nmod"):
        return
    joints = [kid for kid in draft.children(node, "cc") if node < kid < head]
    members = [kid for kid in draft.children(node, "conj") if joints and joints[-1] < kid < head]
    if not members:
        return
    draft.hang(node, draft.heads[head] if draft.heads[head] != head else node, draft.deps[head])
    for kid in draft.children(head):
        if kid < node:
            draft.heads[kid] = node
    draft.hang(head, node, "conj")
    for kid in members:
        draft.hang(kid, head, "compound")


def match_parallel_nouns(draft: Draft, node: int) -> None:
    """ "an increase of A and a reduction of B": what has the same preposition behind it is coordinated."""
    inner = draft.heads[node]
    if draft.deps[node] != "conj" or inner >= node or draft.deps[inner] != "pobj" or draft.tags[node] not in NOUNS:
        return
    preposition = draft.heads[inner]
    outer = draft.heads[preposition]
    if draft.deps[preposition] != "prep" or draft.tags[outer] not in NOUNS or outer > preposition:
        return
    behind = next((kid for top in (node, inner) for kid in draft.children(top, "prep") if kid > node), None)
    if behind is None or draft.words[behind] != draft.words[preposition]:
        return
    if draft.heads[behind] == inner:
        if behind != node + 1 or not {draft.words[node], draft.words[outer]} <= _CHANGES:
            return
        draft.heads[behind] = node
    if any(kid < node for kid in draft.children(inner, "prep")):
        return
    for kid in draft.children(inner, "cc", "punct", "preconj"):
        if inner < kid < node:
            draft.heads[kid] = outer
    draft.heads[node] = outer


def match_parallel_places(draft: Draft, node: int) -> None:
    """ "lowered A in men and B in women": nouns with a place each are coordinated."""
    inner = draft.heads[node]
    place = draft.heads[inner]
    verb, thing, behind = draft.heads[place], place - 1, node + 1
    if draft.deps[node] != "conj" or draft.deps[inner] != "pobj" or draft.words[place] != "in" or not 0 < place < node:
        return
    if draft.tags[node] not in NOUNS or draft.deps[thing] != "dobj" or draft.heads[thing] != verb:
        return
    if behind >= len(draft) or draft.words[behind] != "in" or draft.heads[behind] not in (node, inner, verb):
        return
    for kid in draft.children(inner, "cc"):
        draft.heads[kid] = thing
    draft.heads[node] = draft.heads[place] = thing
    draft.heads[behind] = node


def join_compound(draft: Draft, node: int) -> None:
    """ "A, B and beta-cell failure": of two nouns side by side that hang alike, the first is a part of the second."""
    last = node + 1
    if last >= len(draft) or draft.deps[node] not in ("conj", "dobj", "nsubj", "nsubjpass", "pobj"):
        return
    if draft.tags[node] not in NOUNS or draft.tags[last] not in NOUNS:
        return
    if draft.heads[node] == draft.heads[last] and draft.deps[node] == draft.deps[last]:
        for kid in draft.children(node):
            if kid > node:
                draft.heads[kid] = last
        draft.hang(node, last, "compound")


def name_subject(draft: Draft, node: int) -> None:
    """ "rapalogs have been reported": a noun before a verb without a subject is its subject, if nothing names it."""
    verb = draft.heads[node]
    if draft.deps[node] != "dep" or verb < node or draft.tags[node] not in NOUNS:
        return
    if not draft.tags[verb].startswith("VB") or draft.children(verb, *SUBJECTS):
        return
    if not draft.children(verb, "aux", "auxpass") or any(draft.tags[kid] == "WP$" for kid in draft.children(node)):
        return
    if any(
        draft.deps[kid] not in ("aux", "auxpass", "neg", "advmod") for kid in draft.children(verb) if node < kid < verb
    ):
        return
    draft.deps[node] = "nsubjpass" if draft.children(verb, "auxpass") else "nsubj"


def match_shared_change(draft: Draft, node: int) -> None:
    """ "a reduction of A and B": a noun without article or preposition is coordinated with the one before the "and"."""
    outer = draft.heads[node]
    if draft.deps[node] != "conj" or outer > node or draft.tags[outer] not in NOUNS or draft.tags[node] not in NOUNS:
        return
    preposition = next((kid for kid in draft.children(outer, "prep") if draft.words[kid] in ("of", "in")), None)
    if preposition is None or preposition > node or preposition != outer + 1:
        return
    inner = next(iter(draft.children(preposition, "pobj")), None)
    joints = [kid for kid in draft.children(outer, "cc") if kid < node]
    if inner is None or len(joints) != 1 or joints[0] != inner + 1 or draft.children(node, "prep", "det"):
        return
    if not draft.children(outer, "det"):
        return
    draft.heads[node] = inner
    draft.heads[joints[0]] = inner


def match_parallel_prepositions(draft: Draft, node: int) -> None:
    """ "by A in B and by C in D": a preposition is coordinated with its like."""
    first = draft.heads[node]
    if draft.deps[node] != "conj" or draft.deps[first] != "prep" or draft.tags[node] != "IN":
        return
    if draft.words[first] == draft.words[node] or first > node:
        return
    like = [kid for kid in draft.children(draft.heads[first], "prep") if kid < first]
    like = [kid for kid in like if draft.words[kid] == draft.words[node]]
    if not like:
        return
    draft.heads[node] = like[-1]
    for kid in draft.children(node, "prep"):
        if draft.words[kid] == draft.words[first]:
            draft.heads[kid] = draft.heads[first]
    for kid in draft.children(first, "cc"):
        if kid < node:
            draft.heads[kid] = like[-1]
