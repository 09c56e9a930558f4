"""Repairs of the trees of verbs: a finite verb or a gerund that the parse took for a part of its object."""

from __future__ import annotations

from typing import Final

from pipeline.nlp.tree_draft import FINITE, NOUNS, SUBJECTS, Draft

_EFFECTS: Final = frozenset(
    "activity benefit better effect effective effects efficacious efficacy role success successful superior".split()
)


def raise_past_verb(draft: Draft, node: int) -> None:
    """ "Rapamycin protected mice from decline": the only verb hangs on its object, which is root and has a subject."""
    root = draft.heads[node]
    if draft.tags[node] not in ("VBD", "VBN") or draft.deps[node] != "amod" or root < node:
        return
    if draft.heads[root] != root or draft.tags[root] not in NOUNS:
        return
    subjects = [kid for top in (node, root) for kid in draft.children(top, *SUBJECTS, "dep") if kid < node]
    subjects = [kid for kid in subjects if draft.tags[kid] in NOUNS]
    if len(subjects) != 1 or draft.tags[node - 1] not in NOUNS | {"RB", ",", "-RRB-", "CD"}:
        return
    if any(tag in FINITE and draft.deps[i] not in ("relcl", "acl") for i, tag in enumerate(draft.tags) if i != node):
        return
    draft.tags[node] = "VBD"
    draft.hang(node, node, "ROOT")
    for kid in draft.children(root):
        inside = node < kid < root or (kid > root and draft.deps[kid] not in ("prep", "punct", "advcl"))
        of = kid > root and draft.words[kid] == "of"
        if kid != node and not inside and not of:
            draft.heads[kid] = node
    draft.deps[subjects[0]] = "nsubj"
    draft.hang(root, node, "dobj")


def raise_group_verb(draft: Draft, node: int) -> None:
    """ "Patients on A developed B": a noun as root has no object; the past tense before the object is the verb."""
    thing = draft.heads[node]
    root = draft.heads[thing]
    if draft.tags[node] != "VBD" or draft.deps[node] != "amod" or thing < node or draft.deps[thing] != "dobj":
        return
    if draft.deps[root] == "acl" and draft.tags[root] == "VBG":  # "on A" or "receiving A"
        root = draft.heads[root]
    if draft.heads[root] != root or draft.tags[root] not in NOUNS or root > node:
        return
    draft.hang(node, node, "ROOT")
    for kid in draft.children(root):
        if kid > node:
            draft.heads[kid] = node
    for kid in draft.children(node):
        if kid < node and draft.tags[kid] in NOUNS:
            gerund = draft.tags[kid - 1] == "VBG" and draft.heads[kid - 1] == root
            draft.hang(kid, kid - 1 if gerund else root, "dobj" if gerund else "dep")
    draft.hang(root, node, "nsubj")
    draft.hang(thing, node, "dobj")


def raise_subject(draft: Draft, node: int) -> None:
    """ "Compared with A, B raised C": behind the comma of an opening phrase, the verb's subject, no second member."""
    first = draft.heads[node]
    if draft.deps[node] != "conj" or first > node or draft.tags[node] not in NOUNS or draft.deps[first] != "pobj":
        return
    verb = next((i for i, head in enumerate(draft.heads) if head == i), node)
    if verb < node or draft.tags[verb] not in FINITE or draft.children(verb, *SUBJECTS):
        return
    left = min([node, *(kid for kid in draft.children(node) if kid < node)])
    if not left or draft.words[left - 1] != "," or any(kid < node for kid in draft.children(first, "cc")):
        return
    if not draft.is_below(first, verb):
        return
    draft.hang(node, verb, "nsubj")


def raise_leaving_verb(draft: Draft, node: int) -> None:
    """ "A left B unchanged": the verb, not a part of B, governs what is said of B."""
    thing = draft.heads[node]
    state = draft.heads[thing]
    if draft.words[node] != "left" or draft.deps[node] != "amod" or draft.deps[thing] not in SUBJECTS:
        return
    if thing < node or state < thing or not node or draft.tags[node - 1] not in NOUNS:
        return
    draft.tags[node] = "VBD"
    draft.hang(node, node if draft.heads[state] == state else draft.heads[state], draft.deps[state])
    for kid in draft.children(state):
        if kid < node:
            draft.heads[kid] = node
    draft.hang(node - 1, node, "nsubj")
    draft.hang(state, node, "ccomp")


def raise_relative_verb(draft: Draft, node: int) -> None:
    """ "people who tolerated A well had B": the verb behind "who" is that clause's, not a part of its object."""
    who = node - 1
    thing = draft.heads[node]
    if who < 1 or draft.words[who] != "who" or draft.tags[node] not in ("VBN", "VBD") or draft.deps[node] != "amod":
        return
    owner = next((i for i in range(who - 1, -1, -1) if draft.tags[i] in NOUNS), None)
    if owner is None or thing < node:
        return
    main, dep = draft.heads[thing], draft.deps[thing]
    subject = next((kid for kid in draft.children(thing, "conj") if draft.children(kid, "det")), None)
    draft.tags[node] = "VBD"
    draft.hang(node, owner, "relcl")
    draft.hang(who, node, "nsubj")
    draft.hang(thing, node, "dobj")
    if subject is not None and main != thing:
        draft.hang(subject, main, dep)
        for kid in draft.children(thing):
            if kid > subject:
                draft.heads[kid] = subject


def raise_gerund(draft: Draft, node: int) -> None:
    """ "no effect in reducing wheeze": the gerund behind a preposition is its complement, and governs the noun."""
    thing = draft.heads[node]
    if draft.tags[node] != "VBG" or draft.deps[node] not in ("amod", "compound") or thing < node or not node:
        return
    opener = node - 1
    while opener > 0 and (draft.tags[opener] == "HYPH" or draft.tags[opener + 1] == "HYPH"):
        opener -= 1  # "by re-activating"
    if draft.tags[opener] != "IN" or draft.heads[thing] != opener or draft.deps[thing] != "pobj":
        return
    opened = any(kid > node and draft.tags[kid] in ("DT", "PDT", "PRP$") for kid in draft.children(thing))
    if not opened and draft.words[opener] != "without" and not _tells_effect(draft, opener):
        return
    draft.hang(node, opener, "pcomp")
    draft.hang(thing, node, "dobj")
    owner = draft.heads[opener]
    if draft.words[opener] in ("by", "without") and draft.deps[owner] == "dobj":
        draft.heads[opener] = draft.heads[owner]


def _tells_effect(draft: Draft, opener: int) -> bool:
    """Whether the preposition says what the effect or efficacy above it consists of."""
    if draft.words[opener] not in ("at", "in"):
        return False
    above = draft.heads[opener]
    for _ in range(len(draft)):  # "effects in raising X and in lowering Y"
        if draft.deps[above] == "prep":
            above = draft.heads[above]
    return bool(
        ({draft.words[above]} | {draft.words[kid] for kid in draft.children(above, "acomp", "dobj")}) & _EFFECTS
    )


def raise_main_verb(draft: Draft, node: int) -> None:
    """ "By lowering glucose, metformin delays cataract": a finite verb with a subject, below a preposition as root."""
    if draft.tags[node] not in FINITE or draft.deps[node] in ("relcl", "advcl", "ccomp", "acl", "conj", "aux"):
        return
    root = next((i for i, head in enumerate(draft.heads) if head == i), node)
    if root >= node or draft.tags[root] not in ("IN", "TO") or not draft.children(node, *SUBJECTS):
        return
    if not draft.is_below(node, root):
        return
    draft.hang(node, node, "ROOT")
    draft.hang(root, node, "prep")


def raise_auxiliary(draft: Draft, node: int) -> None:
    """ "…, but metformin did not": what is left of the verb governs its "not"."""
    verb = draft.heads[node]
    if draft.words[verb] not in ("not", "n't") or draft.deps[node] != "aux" or verb < node or draft.deps[verb] == "neg":
        return
    head, dep = draft.heads[verb], draft.deps[verb]
    draft.hang(node, node if head == verb else head, dep)
    for kid in draft.children(verb):
        if kid != node:
            draft.heads[kid] = node
    draft.hang(verb, node, "neg")


def raise_negation(draft: Draft, node: int) -> None:
    """ "is not related": a "not" of an auxiliary is its verb's."""
    auxiliary = draft.heads[node]
    if draft.deps[node] == "neg" and draft.deps[auxiliary] in ("aux", "auxpass"):
        draft.heads[node] = draft.heads[auxiliary]


def lead_with_first_verb(draft: Draft, node: int) -> None:
    """ "A slows B, prevents C and extends D": of verbs in a row the one with the subject governs the others."""
    second = draft.heads[node]
    if draft.deps[node] != "ccomp" or second <= node or draft.tags[node] != draft.tags[second]:
        return
    if draft.tags[node] not in FINITE or not draft.children(node, *SUBJECTS):
        return
    if draft.children(second, *SUBJECTS, "aux", "auxpass", "mark"):
        return
    head, dep = draft.heads[second], draft.deps[second]
    draft.hang(node, node if head == second else head, dep)
    for kid in draft.children(second):
        if kid < second or draft.deps[kid] in ("cc", "conj", "punct"):
            draft.heads[kid] = node
    draft.hang(second, node, "conj")


def match_parallel_verbs(draft: Draft, node: int) -> None:
    """ "A peaked, when half were receiving B, and fell": a past tense goes on with the one before the clause."""
    inner = draft.heads[node]
    if draft.deps[node] != "conj" or draft.tags[node] != "VBD" or draft.children(node, *SUBJECTS):
        return
    if draft.deps[inner] != "advcl" or draft.tags[inner] not in ("VBG", "VBN") or inner > node:
        return
    outer = draft.heads[inner]
    if draft.tags[outer] != "VBD" or outer > inner:
        return
    for kid in draft.children(inner, "cc", "punct"):
        if inner < kid < node:
            draft.heads[kid] = outer
    draft.heads[node] = outer


def raise_listed_verb(draft: Draft, node: int) -> None:
    """ "produced A, increased B, decreased C and had no effect": a list that ends in a verb is one of verbs."""
    thing = draft.heads[node]
    if draft.tags[node] not in ("VBN", "VBD") or draft.deps[node] != "amod" or thing < node:
        return
    if not node or draft.words[node - 1] != "," or draft.deps[thing] != "conj":
        return
    verb = draft.heads[thing]
    while not draft.tags[verb].startswith("VB") and draft.heads[verb] < verb:
        verb = draft.heads[verb]
    while draft.deps[verb] in ("pcomp", "conj") and draft.heads[verb] < verb:
        verb = draft.heads[draft.heads[verb]] if draft.deps[verb] == "pcomp" else draft.heads[verb]
    if draft.tags[verb] not in ("VBD", "VBN"):
        return
    if not any(kid > thing and draft.tags[kid] == "VBD" for kid in draft.children(verb, "conj")):
        return
    draft.tags[node] = "VBD"
    draft.hang(node, verb, "conj")
    draft.hang(thing, node, "dobj")
    for kid in draft.children(thing, "conj", "punct"):
        if kid > thing:
            draft.heads[kid] = node
