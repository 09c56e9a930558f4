"""Mends trees that no sentence can have: a noun as root with a subject of its own, a gerund behind a preposition taken
for a part of its object, a change coordinated with what changed.

Each rule looks at labels, tags and order, and at words only of closed classes; one that does not apply leaves the tree
as it is. Rules were kept if they set more heads right than wrong on CRAFT's development part.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from pipeline.model import Token

_FINITE: Final = frozenset({"VBD", "VBP", "VBZ", "MD"})
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_EFFECTS: Final = frozenset(
    "activity benefit better effect effective effects efficacious efficacy role success successful superior".split()
)
_CHANGES: Final = frozenset(
    """
    decline decrease decreases drop elevation fall improvement improvements increase increases inhibition reduction
    reductions restoration rise suppression worsening
    """.split()
)


class _Draft:
    """A tree whose heads, labels and tags may be changed."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.words = [token.text.lower() for token in tokens]
        self.lemmas = [token.lemma for token in tokens]
        self.tags = [token.tag for token in tokens]
        self.deps = [token.dep for token in tokens]
        self.heads = [token.head for token in tokens]

    def __len__(self) -> int:
        return len(self.words)

    def children(self, node: int, *labels: str) -> list[int]:
        return [
            kid
            for kid, head in enumerate(self.heads)
            if head == node and kid != node and (not labels or self.deps[kid] in labels)
        ]

    def is_below(self, node: int, top: int) -> bool:
        seen = set()
        while node not in seen:
            if node == top:
                return True
            seen.add(node)
            node = self.heads[node]
        return False

    def hang(self, node: int, head: int, dep: str) -> None:
        self.heads[node] = head
        self.deps[node] = dep


def repair_tree(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return the tokens of a parsed sentence with heads, labels and tags mended where the tree cannot be one."""
    draft = _Draft(tokens)
    for rule in RULES:
        for node in range(len(draft)):
            rule(draft, node)
    return tuple(
        replace(token, tag=tag, dep=dep, head=head)
        for token, tag, dep, head in zip(tokens, draft.tags, draft.deps, draft.heads, strict=True)
    )


def raise_past_verb(draft: _Draft, node: int) -> None:
    """ "Rapamycin protected mice from decline": the only verb hangs on its object, which is root and has a subject."""
    root = draft.heads[node]
    if draft.tags[node] not in ("VBD", "VBN") or draft.deps[node] != "amod" or root < node:
        return
    if draft.heads[root] != root or draft.tags[root] not in _NOUNS:
        return
    subjects = [kid for top in (node, root) for kid in draft.children(top, *_SUBJECTS, "dep") if kid < node]
    subjects = [kid for kid in subjects if draft.tags[kid] in _NOUNS]
    if len(subjects) != 1 or draft.tags[node - 1] not in _NOUNS | {"RB", ",", "-RRB-", "CD"}:
        return
    if any(tag in _FINITE and draft.deps[i] not in ("relcl", "acl") for i, tag in enumerate(draft.tags) if i != node):
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


def raise_group_verb(draft: _Draft, node: int) -> None:
    """ "Patients on A developed B": a noun as root has no object; the past tense before the object is the verb."""
    thing = draft.heads[node]
    root = draft.heads[thing]
    if draft.tags[node] != "VBD" or draft.deps[node] != "amod" or thing < node or draft.deps[thing] != "dobj":
        return
    if draft.deps[root] == "acl" and draft.tags[root] == "VBG":  # "on A" or "receiving A"
        root = draft.heads[root]
    if draft.heads[root] != root or draft.tags[root] not in _NOUNS or root > node:
        return
    draft.hang(node, node, "ROOT")
    for kid in draft.children(root):
        if kid > node:
            draft.heads[kid] = node
    for kid in draft.children(node):
        if kid < node and draft.tags[kid] in _NOUNS:
            gerund = draft.tags[kid - 1] == "VBG" and draft.heads[kid - 1] == root
            draft.hang(kid, kid - 1 if gerund else root, "dobj" if gerund else "dep")
    draft.hang(root, node, "nsubj")
    draft.hang(thing, node, "dobj")


def raise_subject(draft: _Draft, node: int) -> None:
    """ "Compared with A, B raised C": behind the comma of an opening phrase, the verb's subject, no second member."""
    first = draft.heads[node]
    if draft.deps[node] != "conj" or first > node or draft.tags[node] not in _NOUNS or draft.deps[first] != "pobj":
        return
    verb = next((i for i, head in enumerate(draft.heads) if head == i), node)
    if verb < node or draft.tags[verb] not in _FINITE or draft.children(verb, *_SUBJECTS):
        return
    left = min([node, *(kid for kid in draft.children(node) if kid < node)])
    if not left or draft.words[left - 1] != "," or any(kid < node for kid in draft.children(first, "cc")):
        return
    if not draft.is_below(first, verb):
        return
    draft.hang(node, verb, "nsubj")


def raise_leaving_verb(draft: _Draft, node: int) -> None:
    """ "A left B unchanged": the verb, not a part of B, governs what is said of B."""
    thing = draft.heads[node]
    state = draft.heads[thing]
    if draft.words[node] != "left" or draft.deps[node] != "amod" or draft.deps[thing] not in _SUBJECTS:
        return
    if thing < node or state < thing or not node or draft.tags[node - 1] not in _NOUNS:
        return
    draft.tags[node] = "VBD"
    draft.hang(node, node if draft.heads[state] == state else draft.heads[state], draft.deps[state])
    for kid in draft.children(state):
        if kid < node:
            draft.heads[kid] = node
    if draft.heads[node - 1] != node:
        draft.hang(node - 1, node, "nsubj")
    draft.hang(state, node, "ccomp")


def raise_relative_verb(draft: _Draft, node: int) -> None:
    """ "people who tolerated A well had B": the verb behind "who" is that clause's, not a part of its object."""
    who = node - 1
    thing = draft.heads[node]
    if who < 1 or draft.words[who] != "who" or draft.tags[node] not in ("VBN", "VBD") or draft.deps[node] != "amod":
        return
    owner = next((i for i in range(who - 1, -1, -1) if draft.tags[i] in _NOUNS), None)
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


def raise_gerund(draft: _Draft, node: int) -> None:
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


def _tells_effect(draft: _Draft, opener: int) -> bool:
    """Whether the preposition says what the effect or efficacy above it consists of."""
    if draft.words[opener] not in ("at", "in"):
        return False
    above = draft.heads[opener]
    while draft.deps[above] == "prep" and draft.heads[above] != above:  # "effects in raising X and in lowering Y"
        above = draft.heads[above]
    return bool(
        ({draft.words[above]} | {draft.words[kid] for kid in draft.children(above, "acomp", "dobj")}) & _EFFECTS
    )


def raise_main_verb(draft: _Draft, node: int) -> None:
    """ "By lowering glucose, metformin delays cataract": a finite verb with a subject, below a preposition as root."""
    if draft.tags[node] not in _FINITE or draft.deps[node] in ("relcl", "advcl", "ccomp", "acl", "conj", "aux"):
        return
    root = next((i for i, head in enumerate(draft.heads) if head == i), node)
    if root >= node or draft.tags[root] not in ("IN", "TO") or not draft.children(node, *_SUBJECTS):
        return
    if not draft.is_below(node, root):
        return
    draft.hang(node, node, "ROOT")
    draft.hang(root, node, "prep")


def raise_auxiliary(draft: _Draft, node: int) -> None:
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


def raise_negation(draft: _Draft, node: int) -> None:
    """ "is not related": a "not" of an auxiliary is its verb's."""
    auxiliary = draft.heads[node]
    if draft.deps[node] == "neg" and draft.deps[auxiliary] in ("aux", "auxpass"):
        draft.heads[node] = draft.heads[auxiliary]


def match_parallel_verbs(draft: _Draft, node: int) -> None:
    """ "A peaked, when half were receiving B, and fell": a past tense goes on with the one before the clause."""
    inner = draft.heads[node]
    if draft.deps[node] != "conj" or draft.tags[node] != "VBD" or draft.children(node, *_SUBJECTS):
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


def name_object(draft: _Draft, node: int) -> None:
    """ "to lower fever": a noun right behind a verb without an object is its object, no adverb."""
    verb = draft.heads[node]
    if draft.tags[node] not in _NOUNS or draft.deps[node] != "advmod" or verb != node - 1:
        return
    if draft.tags[verb].startswith("VB") and not draft.children(verb, "dobj"):
        draft.deps[node] = "dobj"


def name_noun(draft: _Draft, node: int) -> None:
    """A subject or object of letters is no adverb: "Fever was reduced"."""
    if draft.tags[node] == "RB" and draft.deps[node] in ("nsubj", "nsubjpass", "dobj"):
        draft.tags[node] = "NN"


def join_adjective(draft: _Draft, node: int) -> None:
    """ "reductions in vascular (and all-cause) mortality": a second object is what the adjective stands for."""
    verb = draft.heads[node]
    if draft.deps[node] != "dobj" or draft.tags[node] not in _NOUNS or verb > node:
        return
    objects = [kid for kid in draft.children(verb, "dobj") if verb < kid < node]
    adjectives = [
        deep
        for thing in objects
        for preposition in draft.children(thing, "prep")
        for deep in draft.children(preposition, "pobj")
        if draft.tags[deep] == "JJ" and deep < node
    ]
    if not adjectives or any(draft.tags[i] in _NOUNS and draft.heads[i] == verb for i in range(adjectives[-1], node)):
        return
    draft.hang(node, draft.heads[adjectives[-1]], "pobj")
    draft.hang(adjectives[-1], node, "amod")


def match_repeated_heads(draft: _Draft, node: int) -> None:
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


def match_parallel_nouns(draft: _Draft, node: int) -> None:
    """ "an increase of A and a reduction of B": what has the same preposition behind it is coordinated."""
    inner = draft.heads[node]
    if draft.deps[node] != "conj" or inner >= node or draft.deps[inner] != "pobj" or draft.tags[node] not in _NOUNS:
        return
    preposition = draft.heads[inner]
    outer = draft.heads[preposition]
    if draft.deps[preposition] != "prep" or draft.tags[outer] not in _NOUNS or outer > preposition:
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


def lead_with_first_verb(draft: _Draft, node: int) -> None:
    """ "A slows B, prevents C and extends D": of verbs in a row the one with the subject governs the others."""
    second = draft.heads[node]
    if draft.deps[node] != "ccomp" or second <= node or draft.tags[node] != draft.tags[second]:
        return
    if draft.tags[node] not in _FINITE or not draft.children(node, *_SUBJECTS):
        return
    if draft.children(second, *_SUBJECTS, "aux", "auxpass", "mark"):
        return
    head, dep = draft.heads[second], draft.deps[second]
    draft.hang(node, node if head == second else head, dep)
    for kid in draft.children(second):
        if kid < second or draft.deps[kid] in ("cc", "conj", "punct"):
            draft.heads[kid] = node
    draft.hang(second, node, "conj")


def join_compound(draft: _Draft, node: int) -> None:
    """ "A, B and beta-cell failure": of two nouns side by side that hang alike, the first is a part of the second."""
    last = node + 1
    if last >= len(draft) or draft.deps[node] not in ("conj", "dobj", "nsubj", "nsubjpass", "pobj"):
        return
    if draft.tags[node] not in _NOUNS or draft.tags[last] not in _NOUNS:
        return
    if draft.heads[node] == draft.heads[last] and draft.deps[node] == draft.deps[last]:
        for kid in draft.children(node):
            if kid > node:
                draft.heads[kid] = last
        draft.hang(node, last, "compound")


def name_subject(draft: _Draft, node: int) -> None:
    """ "rapalogs have been reported": a noun before a verb without a subject is its subject, if nothing names it."""
    verb = draft.heads[node]
    if draft.deps[node] != "dep" or verb < node or draft.tags[node] not in _NOUNS:
        return
    if not draft.tags[verb].startswith("VB") or draft.children(verb, *_SUBJECTS):
        return
    if not draft.children(verb, "aux", "auxpass") or any(draft.tags[kid] == "WP$" for kid in draft.children(node)):
        return
    if any(
        draft.deps[kid] not in ("aux", "auxpass", "neg", "advmod") for kid in draft.children(verb) if node < kid < verb
    ):
        return
    draft.deps[node] = "nsubjpass" if draft.children(verb, "auxpass") else "nsubj"


def raise_listed_verb(draft: _Draft, node: int) -> None:
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


def match_shared_change(draft: _Draft, node: int) -> None:
    """ "a reduction of A and B": a noun without article or preposition is coordinated with the one before the "and"."""
    outer = draft.heads[node]
    if draft.deps[node] != "conj" or outer > node or draft.tags[outer] not in _NOUNS or draft.tags[node] not in _NOUNS:
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


def match_parallel_prepositions(draft: _Draft, node: int) -> None:
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
    for kid in draft.children(first, "cc"):
        if kid < node:
            draft.heads[kid] = like[-1]


RULES: Final[tuple[Callable[[_Draft, int], None], ...]] = (
    name_noun,
    raise_past_verb,
    raise_group_verb,
    raise_subject,
    raise_leaving_verb,
    raise_relative_verb,
    raise_gerund,
    raise_main_verb,
    raise_auxiliary,
    raise_negation,
    name_object,
    join_adjective,
    match_repeated_heads,
    match_parallel_nouns,
    match_parallel_verbs,
    lead_with_first_verb,
    join_compound,
    name_subject,
    raise_listed_verb,
    match_shared_change,
    match_parallel_prepositions,
)
