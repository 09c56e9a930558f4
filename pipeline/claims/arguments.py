"""Arguments of a verb or noun in the tree: subjects, objects, agents, adjuncts, and what they are coordinated with."""

from __future__ import annotations

from pipeline.claims.cue_lexicon import GROUP_NOUNS
from pipeline.claims.tree import SUBJECTS, Tree

CAUSE_PREPOSITIONS = frozenset(
    """
    after among at by during following for from in of on through to under upon using via with within
    """.split()
)
# Verbs and adjectives whose infinitive has their own subject: "was shown to lower", "is likely to raise".
RAISING = frozenset(
    """
    able act appear begin believe continue demonstrate describe establish expect fail find help know likely
    need observe predict prove report say see seem serve show shown suffice sufficient suggest tend think
    use
    """.split()
)


_ASPECTS = {"terms": "of", "respect": "to", "regard": "to", "regards": "to"}
_SUMS = frozenset("change decrease difference effect finding improvement increase reduction result rise".split())
# Before a gerund, prepositions whose doer is the sentence's, not that of "rats treated with A" right before them.
_DOERS = frozenset("by through via without".split())
_BEHIND_OUTCOMES = frozenset("after among by following in on under with".split())
_AMOUNTS = frozenset(
    """
    % beats bpm cm days fold g hours kg l mg min minutes ml mm mmhg mmol months percent points units weeks years
    """.split()
)
_HOLDING_VERBS = frozenset("demonstrate display exert exhibit have offer open possess produce show".split())
_WAYS = frozenset(
    """
    activation actions axis blockade cascade cascades effects induction inhibition mechanism mechanisms pathway
    pathways reduction signaling signalling stimulation suppression
    """.split()
)
_ABILITIES = frozenset("ability capacity capability potential power propensity tendency".split())


_SUBJECTS_OF_STUDY = GROUP_NOUNS | frozenset("boys female females girls gender male males sex sexes".split())


def is_passive(tree: Tree, node: int) -> bool:
    """Whether the verb is passive: it has a passive subject or auxiliary, or is coordinated to such a participle."""
    if tree.children(node, "nsubjpass", "auxpass", "csubjpass"):
        return True
    token = tree[node]
    if token.tag == "VBN" and token.dep == "conj" and not tree.children(node, "dobj", "nsubj", "aux"):
        return is_passive(tree, token.head)
    return token.tag == "VBN" and token.dep == "relcl" and bool(tree.children(node, "auxpass"))


def find_subjects(tree: Tree, node: int, depth: int = 0) -> list[int]:
    """Return the heads that are the subject of a verb, its own or inherited; a relative pronoun gives its noun."""
    subjects = [kid for kid in tree.children(node) if tree[kid].dep in SUBJECTS]
    if subjects and is_joined_behind(tree, node, subjects[-1]):
        governor = tree.head(node)
        serial = governor is not None and governor < node and tree.is_verb(governor) and depth <= 6
        return find_subjects(tree, governor, depth + 1) if serial and governor is not None else []
    if len(subjects) > 1 and ":" in tree.lowered[subjects[0] : subjects[-1]]:
        subjects = subjects[-1:]  # "MAIN OUTCOMES: the risk of X was similar"
    token = tree[node]
    if subjects:
        resolved = []
        for subject in subjects:
            if tree[subject].tag in ("WDT", "WP") and token.dep in ("relcl", "acl", "ccomp"):
                resolved += _who_is(tree, token.head)
            else:
                resolved.append(_before_grade(tree, subject))
        return resolved
    if tree.children(node, "expl"):
        return []  # "and there was no change in X" has no doer, whatever stood before it
    antecedent = _relative_antecedent(tree, node)
    if antecedent is not None:
        return _who_is(tree, antecedent)
    head = tree.head(node)
    if head is None or depth > 6:
        return []
    if token.dep == "conj" and (tree.is_verb(head) or tree[head].tag.startswith("JJ")):
        reported = [kid for kid in tree.children(head, "ccomp") if head < kid < node]
        if reported and tree[head].lemma in RAISING:
            return find_subjects(tree, reported[-1], depth + 1)  # "showed that A lowered X, raised Y and …"
        return find_subjects(tree, head, depth + 1)
    perfect = any(tree.lowered[kid] in ("had", "has", "have") for kid in tree.children(node, "aux"))
    if token.dep == "relcl" and (token.tag != "VBN" or perfect or tree.children(node, "auxpass")):
        return _who_is(tree, head)
    if token.dep == "acl":
        governor = tree.head(head)
        if tree.lowered[head] in _ABILITIES and governor is not None:
            if tree[head].dep == "dobj":
                return find_subjects(tree, governor, depth + 1)
            holder = tree.head(governor)  # "improves X, with the potential to slow Y"
            if tree.lowered[governor] == "with" and holder is not None and tree.is_verb(holder):
                return find_subjects(tree, holder, depth + 1)
        return [head]
    if token.dep == "pcomp":
        while tree[head].dep == "conj" and tree[tree[head].head].dep == "prep":
            head = tree[head].head  # "in lowering X and in raising Y"
        verb = tree.head(head)
        if verb is not None and tree[verb].dep == "acl" and tree[verb].tag == "VBN" and tree.lowered[head] in _DOERS:
            verb = next((above for above in tree.ancestors(verb) if tree.is_verb(above)), verb)
        if verb is None:
            return []
        if tree.is_verb(verb):
            return find_subjects(tree, verb, depth + 1)
        governor = tree.head(verb)
        held = tree[verb].dep == "dobj" and governor is not None and tree[governor].lemma in _HOLDING_VERBS
        return find_subjects(tree, governor, depth + 1) if held and governor is not None else [verb]
    if token.dep in ("xcomp", "advcl", "ccomp", "acomp", "oprd", "dep", "parataxis"):
        if token.dep in ("advcl", "ccomp", "parataxis") and token.tag not in ("VBG", "VB", "VBN"):
            listed = token.dep == "advcl" and head < node and tree[head].tag == token.tag
            if listed and tree.lowered[node - 1] in (",", "and") and not tree.children(node, "mark", "advmod"):
                return find_subjects(tree, head, depth + 1)  # "raises X, reduces Y, and lowers Z"
            return []
        if tree[head].dep == "acomp" or tree[head].tag.startswith("JJ"):
            governor = tree.head(head)
            if governor is not None and tree.is_verb(governor):
                return find_subjects(tree, governor, depth + 1)
        objects = tree.children(head, "dobj")
        if token.dep == "xcomp" and objects and tree[head].lemma not in RAISING and not is_passive(tree, head):
            return objects
        return find_subjects(tree, head, depth + 1)
    return []


def is_joined_behind(tree: Tree, verb: int, subject: int) -> bool:
    """Whether ", and" stands between a verb and what the parse takes for its subject: in "lowered X, reduced Y, and
    raised Z" Y is the object of a verb of its own.
    """
    first = verb
    while first and tree[first - 1].tag == "RB":
        first -= 1
    return first > 1 and tree.lowered[first - 2 : first] == (",", "and") and subject < first - 2


def _before_grade(tree: Tree, node: int) -> int:
    """Return the noun of "the rate of mucositis grade ≥ 3" for its number, which the parse may take for the subject."""
    if tree[node].tag != "CD" or node < 2 or tree.lowered[node - 1] not in ("≥", ">", "≤", "<"):
        return node
    found = node - 2
    while tree[found].dep == "pobj" and tree.lowered[tree[found].head] == "of":
        found = tree[tree[found].head].head
    return found if tree.is_noun(found) else node


def _who_is(tree: Tree, node: int) -> list[int]:
    """Return the subject of "A is an agonist that …" for the predicate noun, the node itself for others."""
    copula = tree.head(node)
    if copula is None or tree[node].dep != "attr" or tree[copula].lemma != "be":
        return [node]
    subjects = [kid for kid in tree.children(copula, "nsubj") if tree[kid].tag not in ("EX", "PRP", "DT")]
    return subjects or [node]


def _relative_antecedent(tree: Tree, node: int) -> int | None:
    """Return the noun of "exacerbations that were causing X", where the parse hangs the clause elsewhere."""
    first = node
    while first and tree[first - 1].tag in ("MD", "RB", "VB", "VBD", "VBN", "VBP", "VBZ"):
        first -= 1
    if first < 2 or tree[first - 1].tag != "WDT" or not tree[first - 2].tag.startswith("NN"):
        return None
    return first - 2


def _is_result_beside(tree: Tree, verb: int, thing: int) -> bool:
    """Whether a noun taken for the object sums the clause up: "fell with A, a significant difference from B"."""
    first = min(tree.subtree(thing))
    return tree.lowered[thing] in _SUMS and first - 1 > verb and tree.lowered[first - 1] == ","


def _is_apposition(tree: Tree, thing: int) -> bool:
    """Whether a second object only says what the first is: "inhibits the conversion, a fundamental process"."""
    first = min(tree.subtree(thing))
    return first > 1 and tree.lowered[first] in ("a", "an") and tree.lowered[first - 1] == ","


def is_amount(tree: Tree, node: int) -> bool:
    """Whether a noun is an amount and nothing else: the "59 %" of "fell 59 %", not that of "59 % of the lesions"."""
    if tree.lowered[node] not in _AMOUNTS or not tree.children(node, "nummod"):
        return False
    return not any(tree.lowered[prep] == "of" for prep in tree.children(node, "prep"))


def find_objects(tree: Tree, node: int) -> list[int]:
    """Return the heads of a verb's direct objects; a verb coordinated with a later one shares the later one's."""
    objects = [
        thing
        for thing in tree.children(node, "dobj", "obj")
        if not (_is_result_beside(tree, node, thing) or is_amount(tree, thing))
    ]
    objects = [thing for thing in objects if thing == objects[0] or not _is_apposition(tree, thing)]
    if objects:
        objects = [thing for thing in objects if thing == objects[0] or ":" not in tree.lowered[objects[0] : thing]]
        return [_before_comparison(tree, node, thing) for thing in objects]
    for prep in tree.children(node, "prep", "prt"):
        if prep == node + 1 and tree.lowered[prep] in ("down", "up", "out", "off") and tree.children(prep, "pobj"):
            return tree.children(prep, "pobj")
    if "rather" in tree.lowered[node + 1 : node + 3]:
        for member in tree.subtree(node):
            if member > node and tree.is_verb(member) and tree.children(member, "dobj", "obj"):
                return tree.children(member, "dobj", "obj")
    if not tree.children(node, "prep", "agent", "xcomp", "ccomp") or tree.children(node, "cc"):
        for member in tree.children(node, "conj"):
            if tree.is_verb(member) and member - node <= 6:
                shared = tree.children(member, "dobj", "obj")
                if shared:
                    return shared
    return []


def _before_comparison(tree: Tree, verb: int, thing: int) -> int:
    """Return the object of "lowered X more than B 10 mg" where the parse takes the words behind "than" for it."""
    if "than" not in tree.lowered[verb:thing]:
        return thing
    than = tree.lowered.index("than", verb)
    nouns = [node for node in range(verb + 1, than) if tree[node].tag.startswith("NN")]
    return nouns[-1] if nouns else thing


def prepositional_objects(tree: Tree, prep: int) -> list[int]:
    """Return what a preposition governs, nouns only; "in terms of X", "with respect to X" govern X."""
    found = [inner for pobj in tree.children(prep, "pobj") for inner in (_aspects(tree, pobj) or [pobj])]
    for pcomp in tree.children(prep, "pcomp"):
        if tree.is_noun(pcomp):
            found.append(pcomp)
    return found


def completing_gerunds(tree: Tree, *anchors: int) -> list[int]:
    """Return the gerunds that say in what something is effective or better: "better than B in relieving X"."""
    return [
        pcomp
        for anchor in dict.fromkeys(anchors)
        for prep in tree.children(anchor, "prep")
        if tree.lowered[prep] in ("in", "for", "at")
        for pcomp in tree.children(prep, "pcomp")
    ]


def names_aspect(tree: Tree, prep: int) -> bool:
    """Whether a preposition says in which respect: "in terms of X", "with regard to X"."""
    return tree.lowered[prep] in ("regarding", "concerning") or any(
        _aspects(tree, pobj) for pobj in tree.children(prep, "pobj")
    )


def _aspects(tree: Tree, node: int) -> list[int]:
    link = _ASPECTS.get(tree.lowered[node])
    return [
        pobj
        for prep in tree.children(node, "prep")
        if tree.lowered[prep] == link
        for pobj in tree.children(prep, "pobj")
    ]


def agents(tree: Tree, node: int) -> list[int]:
    """Return the by-phrases of a passive verb."""
    found = []
    by_phrases = [prep for prep in tree.children(node, "agent", "prep") if tree.lowered[prep] == "by"]
    by_phrases += [kid for prep in by_phrases for kid in tree.children(prep, "conj") if tree.lowered[kid] == "by"]
    for prep in by_phrases:
        if tree.lowered[prep] == "by":
            found.extend(prepositional_objects(tree, prep))
            found.extend(
                dobj for pcomp in tree.children(prep, "pcomp") for dobj in [pcomp, *tree.children(pcomp, "dobj")]
            )
    return found


def adjuncts(tree: Tree, node: int, *, but: int | None = None) -> list[int]:
    """Return the nouns of prepositional phrases on a verb that may name the cause, fronted ones included."""
    found = []
    preps = tree.children(node, "prep", "agent")
    for prep in [other for first in preps for other in (first, *_coordinated_preps(tree, first))]:
        if prep == but or tree.lowered[prep] not in CAUSE_PREPOSITIONS or _names_mechanism(tree, prep):
            continue
        if _names_presence(tree, prep):
            continue
        found.extend(prepositional_objects(tree, prep))
        for pcomp in tree.children(prep, "pcomp"):
            found.append(pcomp)
    subjects = tree.children(node, "nsubj", "nsubjpass")
    if not subjects and tree[node].dep in ("xcomp", "conj"):
        subjects = find_subjects(tree, node)  # "latency in the treated group was found to be longer"
    for outcome in [*tree.children(node, "dobj"), *subjects]:
        for prep in tree.children(outcome, "prep"):
            if tree.lowered[prep] in _BEHIND_OUTCOMES and not _names_presence(tree, prep):
                found.extend(prepositional_objects(tree, prep))
    return found


def _names_presence(tree: Tree, prep: int) -> bool:
    return any(tree.lowered[thing] in ("absence", "presence") for thing in tree.children(prep, "pobj"))


def _coordinated_preps(tree: Tree, prep: int) -> list[int]:
    """Return the later prepositions of "with A and marginally with B"."""
    return [kid for kid in tree.children(prep, "conj") if tree.lowered[kid] == tree.lowered[prep]]


def _names_mechanism(tree: Tree, prep: int) -> bool:
    """Whether "through inhibition of X", "via activation of Y" says by which way, not by what."""
    if tree.lowered[prep] not in ("through", "via"):
        return False
    return any(tree.lowered[thing] in _WAYS for thing in tree.children(prep, "pobj"))


def compared(tree: Tree, node: int) -> list[int]:
    """Return the first member of "between A and B" on a verb or noun, or on the verb that governs the noun."""
    found = []
    head = tree.head(node)
    anchors = [node] if head is None else [node, head]
    for anchor in anchors:
        for prep in tree.children(anchor, "prep"):
            if tree.lowered[prep] in ("between", "among"):
                found.extend(prepositional_objects(tree, prep))
    return found


def expand(tree: Tree, nodes: list[int]) -> list[int]:
    """Return the nodes and their coordinated nouns, in text order, each once."""
    found: list[int] = []
    for node in nodes:
        for member in [node, *tree.conjuncts(node), *_beside_subjects(tree, node)]:
            stands_alone = tree[member].tag == "JJ" and not tree.children(member, "prep")
            if member not in found and (member == node or tree.is_noun(member) or stands_alone):
                found.append(member)
    return found


def _beside_subjects(tree: Tree, node: int) -> list[int]:
    """Return the Y of "X in males and Y in females", which the parse coordinates with the males."""
    verb = tree[node].head if tree[node].dep in ("dobj", "nsubjpass") else node
    preps = dict.fromkeys((*tree.children(node, "prep"), *tree.children(verb, "prep")))
    return [
        other
        for prep in preps
        if tree.lowered[prep] == "in" and prep > node
        for whom in tree.children(prep, "pobj")
        if tree.lowered[whom] in _SUBJECTS_OF_STUDY
        for other in tree.children(whom, "conj")
        if tree.lowered[other] not in _SUBJECTS_OF_STUDY
        and tree[other].tag.startswith("NN")
        and tree.lowered[other + 1 : other + 2] == ("in",)
        and any(tree.lowered[behind] in _SUBJECTS_OF_STUDY for behind in range(other + 2, min(other + 6, len(tree))))
    ]
