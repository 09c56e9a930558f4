"""How sure a statement is: asserted, hedged, or only a hypothesis (contract, "Certainty")."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.arguments import RAISING, agents, is_passive
from pipeline.claims.contexts import TENDENCIES
from pipeline.claims.frame import Frame
from pipeline.claims.tree import Tree
from pipeline.model.claims import Certainty


@dataclass(frozen=True, slots=True)
class Judgement:
    """A certainty and the word that decided it."""

    certainty: Certainty
    cue: str | None = None


_LOOKED = frozenset(
    """
    assess characterise characterize clarify define delineate describe determine document elucidate establish evaluate
    examine explore investigate report study test
    """.split()
)
_MAKING_SURE = frozenset("ascertain check confirm corroborate demonstrate ensure prove show validate verify".split())
_AT_HAND = frozenset({"available", "licensed", "unavailable"})


def judge_certainty(tree: Tree, node: int) -> Judgement:
    """Return the certainty of what is said at a node: its own modals and those of the clauses above it."""
    if tree.lowered and tree.lowered[-1] == "?":
        return Judgement("hypothesis", "?")
    asked = [
        i for i in range(min(node, len(tree) - 1)) if tree[i].tag in ("WP", "WRB") and tree.lowered[i + 1] == "should"
    ]
    if asked:
        return Judgement("hypothesis", tree.lowered[asked[0]])  # "what should be the dose to lower X"
    if _asks_whether(tree, node):
        return Judgement("hypothesis", "whether")
    hedge: str | None = tree[0].text if tree.lowered and tree.lowered[0] in cues.HEDGE_ADVERBS else None
    for clause in tree.children(node, "advcl"):
        marks = [kid for kid in tree.children(clause, "mark") if tree.lowered[kid] in ("if", "unless")]
        if marks:
            return Judgement("hypothesis", tree.lowered[marks[0]])
    if tree[node].lemma in ("appear", "imply", "seem", "suggest") or tree.lowered[node] in TENDENCIES:
        hedge = hedge or tree[node].text  # "A appears less effective"
    current = node
    previous = node
    for _ in range(len(tree)):
        found = _look_at(tree, current, previous, own=current == node)
        if found is not None:
            if found.certainty == "hypothesis":
                return found
            hedge = hedge or found.cue
        head = tree.head(current)
        if head is None:
            break
        own = [kid for kid in tree.children(current, "nsubj", "nsubjpass", "aux") if tree.lowered[kid] != "to"]
        if tree[current].dep in {"conj", "relcl", "parataxis"} and own:
            if tree.is_verb(current):
                break
        if tree[current].dep == "advcl" and tree[current].tag not in ("VBG", "VBN", "VB"):
            break
        if current != node and tree[current].lemma in _MAKING_SURE and is_purpose(tree, current):
            return Judgement("hypothesis", "to")  # "to confirm that A lowers X, we …"
        if tree[current].dep == "conj" and tree[current].tag == "VB" and not own and is_purpose(tree, head):
            return Judgement("hypothesis", "to")  # "to improve X and reduce Y"
        previous, current = current, head
    return Judgement("hedged", hedge) if hedge else Judgement("asserted")


def _asks_whether(tree: Tree, node: int) -> bool:
    """Whether the subject is a study that "examined if A, or B, slows X", with its verb taken for a participle."""
    return any(
        tree[clause].lemma in cues.HYPOTHESIS_GOVERNORS and {"if", "whether"} & set(tree.lowered[clause:node])
        for subject in tree.children(node, "nsubj")
        if tree.lowered[subject] in ("investigation", "study", "studies", "trial", "work")
        for clause in tree.children(subject, "acl")
    )


def _look_at(tree: Tree, node: int, previous: int, *, own: bool) -> Judgement | None:
    token = tree[node]
    for kid in tree.children(node):
        form = tree.lowered[kid]
        dep = tree[kid].dep
        if dep == "mark" and form in cues.HYPOTHESIS_MARKS and kid < node:
            return Judgement("hypothesis", form)
        if dep == "aux" and form in cues.HEDGE_MODALS:
            return Judgement("hedged", form)
        if dep == "advmod" and form in cues.HEDGE_ADVERBS:
            return Judgement("hedged", form)
        compared = {"more", "less", "equally"} & {tree.lowered[inner] for inner in tree.children(kid, "advmod")}
        if dep in ("acomp", "attr") and form in ("likely", "possible", "plausible", "probable") and not compared:
            return Judgement("hedged", form)
    if own:
        if is_purpose(tree, node):
            return Judgement("hypothesis", "to")
        return None
    lemma = token.lemma
    clausal = tree[previous].dep in {
        "ccomp",
        "xcomp",
        "csubj",
        "acl",
        "advcl",
        "pcomp",
        "nsubj",
        "dobj",
        "conj",
        "nsubjpass",
        "pobj",
    }
    if lemma in cues.HEDGE_GOVERNORS and tree[previous].dep in {"ccomp", "xcomp", "acl", "csubj", "dobj"}:
        return Judgement("hedged", token.text)
    if lemma in cues.HYPOTHESIS_GOVERNORS and tree[previous].dep == "conj" and not tree.children(previous, "nsubj"):
        if {"if", "whether"} & set(tree.lowered[node:previous]):
            return Judgement("hypothesis", token.text)  # "examined if A, or B, slows X"
    if lemma in ("imply", "suggest") and tree[previous].dep == "conj":
        return Judgement("hedged", token.text)  # "the data suggested a higher X and raised Y"
    if lemma in ("possibility", "prospect") and tree[previous].dep == "prep":
        return Judgement("hedged", token.text)  # "opens the possibility of reducing X"
    aim = tree[previous].dep == "prep" and tree.lowered[previous] in ("for", "in") and tree.children(previous, "pcomp")
    if aim and lemma in cues.HYPOTHESIS_GOVERNORS:
        return Judgement("hypothesis", token.text)  # "compared A and B for reducing X"
    if (
        lemma in cues.HYPOTHESIS_GOVERNORS
        and clausal
        and tree[previous].dep not in {"conj", "nsubj", "nsubjpass", "advcl"}
    ):
        if tree[previous].dep in {"dobj", "pobj", "acl"} and lemma in {"establish", "determine", "compare", "study"}:
            return None
        told = any(tree.lowered[kid] == "that" for kid in tree.children(previous, "mark"))
        if told and lemma in {"determine", "establish"} and token.tag in ("VBD", "VBN", "VBZ", "VBP"):
            return None  # "these studies determined that A lowered X"
        return Judgement("hypothesis", token.text)
    return None


def is_purpose(tree: Tree, node: int) -> bool:
    """Whether the verb is a clause of purpose: "was given to reduce X", "in order to improve Y"."""
    if not tree.is_verb(node):
        return False
    to = [kid for kid in tree.children(node, "aux", "mark") if tree.lowered[kid] == "to" and kid < node]
    if not to:
        return False
    if tree.lowered[max(0, to[0] - 3) : to[0]] in (("as", "well", "as"),) or tree.lowered[to[0] - 1] in (
        "and",
        "or",
        "but",
    ):
        return False
    if tree[node].dep == "advcl":
        head = tree.head(node)
        # "was shown significantly to lower X" completes the verb, whatever the adverb makes of the parse
        return head is None or tree[head].lemma not in RAISING or not is_passive(tree, head)
    before = tree.lowered[max(0, to[0] - 2) : to[0]]
    if tuple(before) == ("in", "order"):
        return True
    head = tree.head(node)
    if head is not None and tree[node].dep in {"xcomp", "ccomp", "acl"}:
        return tree[head].lemma in cues.PURPOSE_GOVERNORS
    return False


def is_indication(tree: Tree, node: int) -> bool:
    """Whether the statement only says what a drug is approved, used or at hand for."""
    for ancestor in tree.ancestors(node):
        if tree[ancestor].lemma == "be" and any(
            tree.lowered[kid] in _AT_HAND for kid in tree.children(ancestor, "acomp")
        ):
            return tree[node].dep == "xcomp" and tree.head(node) == ancestor
        if tree[ancestor].lemma in cues.INDICATION_GOVERNORS and tree[ancestor].tag.startswith("VB"):
            finite = tree[node].tag in ("VBD", "VBP", "VBZ")  # "since A had no effect, our results indicate …"
            return is_purpose(tree, node) or (tree[node].dep in ("xcomp", "pcomp", "advcl") and not finite)
        if tree.is_verb(ancestor):
            return False
    return False


def is_recommended(tree: Tree, frame: Frame) -> bool:
    """Whether the statement says what ought to be done: "rigidity should be prevented when A is used"."""
    whose = tree.head(frame.verb) if tree[frame.verb].dep == "relcl" else None
    wanting = None if whose is None else tree.head(whose)
    if wanting is not None and tree[wanting].lemma in ("need", "require", "warrant") and is_passive(tree, wanting):
        return True  # "drugs that lower X in those on A are needed"
    advised = any(tree.lowered[kid] in ("should", "must", "ought") for kid in tree.children(frame.verb, "aux"))
    return frame.rule == "passive verb" and advised and not agents(tree, frame.verb)


def is_unstudied(tree: Tree, frame: Frame) -> bool:
    """Whether the statement says that nobody looked: "effects of A on X have not been described", or only that an
    effect was not whole: "reduced but not abolished".
    """
    if frame.negated and tree[frame.trigger].lemma in ("abolish", "abrogate", "eliminate", "eradicate"):
        return True
    looked = frame.negated and tree[frame.verb].lemma in _LOOKED and is_passive(tree, frame.verb)
    return looked and tree.lowered[frame.trigger] in ("effect", "effects", "impact", "influence")


def is_procedure(tree: Tree, frame: Frame) -> bool:
    """Whether the statement only says how something was done: "anaesthesia was induced with A"."""
    return frame.rule == "passive verb" and tree.lowered[frame.outcome] in cues.PROCEDURES


def is_denied(tree: Tree, node: int) -> bool:
    """Whether the statement is only a notion that the sentence rejects: "the warning that X raises Y is not
    supported".
    """
    for ancestor in tree.ancestors(node):
        if tree.lowered[ancestor] in cues.BELIEF_NOUNS and tree[ancestor].dep in ("nsubj", "nsubjpass"):
            head = tree.head(ancestor)
            return head is not None and any(tree.lowered[kid] in ("not", "n't", "never") for kid in tree.children(head))
    return False


def is_refuted(tree: Tree, node: int, following: tuple[str, ...]) -> bool:
    """Whether an expectation at the node is taken back by the next words or sentence ("was expected to … However")."""
    for ancestor in tree.ancestors(node):
        token = tree[ancestor]
        if token.lemma in cues.REFUTED_GOVERNORS and token.tag in ("VBN", "VBD"):
            auxiliaries = {tree.lowered[kid] for kid in tree.children(ancestor, "auxpass", "aux")}
            if auxiliaries & {"was", "were", "been", "had"}:
                after = set(tree.lowered[ancestor:])
                opener = following[0] if following else ""
                return opener in cues.REFUTING_OPENERS or bool(after & {"unexpectedly", "surprisingly", "instead"})
        if token.dep in {"ROOT", "root"}:
            return False
    return False


_AT_FIRST = frozenset({"at the beginning", "at the outset", "at the start"})


def _opens_before_treatment(words: Sequence[str]) -> bool:
    """Whether a sentence begins with "Before treatment", "Prior to the intervention"."""
    behind = words[1:4] if words[0] == "before" else words[2:5] if tuple(words[:2]) == ("prior", "to") else ()
    named = [word for word in behind if word not in ("any", "drug", "the", "study")][:1]
    return bool(set(named) & (cues.TREATMENT_NOUNS | {"intervention", "randomisation", "randomization"}))


def compares_baselines(tree: Tree, frame: Frame, phrase: Collection[int]) -> bool:
    """Whether a statement compares the arms before treatment: "baseline weight was similar", "was lower"."""
    if frame.direction != "no_change":
        leading = {tree.lowered[node] for node in phrase if node < frame.outcome}
        return frame.rule == "predicate" and bool({"baseline", "pretreatment"} & leading)
    words = {tree.lowered[node] for node in phrase}
    if {"baseline", "initial", "pretreatment", "pre-treatment", "demographics"} & words:
        return True
    if (
        _opens_before_treatment(tree.lowered)
        or tree.lowered[0] == "initially"
        or " ".join(tree.lowered[:3]) in _AT_FIRST
    ):
        return True
    first = frame.outcome
    while tree[first].dep == "conj":
        first = tree[first].head
    listed = {tree.lowered[node] for node in (first, *tree.conjuncts(first))}
    if listed & {"age", "ages"} and len(listed) > 1:
        return True  # "did not differ in age, sex and history of hypertension"
    anchors = (frame.verb, frame.trigger, frame.outcome)
    stated = {
        tree.lowered[word]
        for anchor in anchors
        for prep in tree.children(anchor, "prep")
        if tree.lowered[prep] in ("at", "before", "in")
        for pobj in tree.children(prep, "pobj")
        for word in (pobj, *tree.children(pobj, "compound", "amod", "nmod"))
        if tree.lowered[prep] != "in" or tree.lowered[word] == "baseline"
    }
    return bool(
        stated & {"baseline", "entry", "enrollment", "enrolment", "inclusion", "randomization", "randomisation"}
    )
