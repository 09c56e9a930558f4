"""The words of an outcome: from the head of a phrase to the shortest stretch that says what was measured."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.effect_lexicon import load_effects
from pipeline.claims.frame import QUALITY, Frame
from pipeline.claims.outcome_words import (
    is_bare_drug,
    is_completed,
    is_model,
    is_quantity,
    is_setting,
    is_subject_word,
    names_only_subjects,
)
from pipeline.claims.qualities import find_quality
from pipeline.claims.scene import Scene
from pipeline.claims.tree import Tree
from pipeline.model import Mention, Span
from pipeline.model.claims import Statistic

_LEFT = frozenset(
    """
    advmod amod case compound dep neg nmod npadvmod nummod poss punct quantmod
    """.split()
)
_DROPPED = frozenset(
    """
    a additional all also an any both certain clear clinically comparable considerable dose-dependent especially mainly
    namely notably particularly primarily
    dramatic each either even further great greater her his its large less many marked markedly modest more
    most new no not only other our overall own particular potent potently profound remarkable respective
    robust same several significant significantly similar slight small some statistically strong subsequent
    substantial such that the their these this various
    """.split()
)
_SAYS_NOTHING = frozenset(
    "- above all analysed analyzed assessed evaluated examined following investigated measured mentioned other studied "
    "tested".split()
)
_ENDPOINTS = frozenset("endpoint end-point outcome".split())
_TIME_UNITS = frozenset("d day days h hour hours hr hrs min minutes month months s wk week weeks yr year years".split())
_STATISTICS: dict[str, Statistic] = {
    "median": "median", "mean": "mean", "average": "mean", "maximum": "maximum", "maximal": "maximum", "max": "maximum",
    "proportion": "proportion", "percentage": "proportion",
}  # fmt: skip
_VERB_NAMES = {
    "conceive": "conception", "die": "death", "live": "lifespan", "ovulate": "ovulation", "progress": "progression",
    "recover": "recovery", "relapse": "relapse", "remit": "remission", "respond": "response",
    "seroconvert": "seroconversion", "sleep": "sleep", "survive": "survival", "vomit": "vomiting",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutcomePhrase:
    """An outcome's clean span, its nodes and its head."""

    span: Span
    nodes: tuple[int, ...]
    head: int
    name: str
    statistic: Statistic | None


def read_outcome(scene: Scene, frame: Frame) -> OutcomePhrase | None:
    """Return the outcome phrase of a frame, ``None`` where its head is no outcome."""
    tree = scene.tree
    head = frame.outcome
    if tree.lowered[head] in _ENDPOINTS:  # "the primary outcome, walking speed, did not differ"
        head = next((kid for kid in tree.children(head, "appos") if kid > head and tree.is_noun(kid)), head)
    if frame.outcome_is_verb:
        token = tree[head]
        return OutcomePhrase(
            Span(token.start, token.end), (head,), head, _VERB_NAMES.get(token.lemma, token.lemma), None
        )
    if frame.rule == QUALITY:
        quality = find_quality(tree, head)
        first = (
            head - 2
            if head >= 2 and tree[head - 1].text in "-–" and tree[head - 1].start == tree[head - 2].end
            else head
        )
        span = Span(tree[first].start, tree[head].end)
        if any("class" not in m.flags and head in scene.nodes(m) for m in scene.of("CHEMICAL")):
            return None  # "anti-cocaine effects"
        return None if quality is None else OutcomePhrase(span, tuple(range(first, head + 1)), head, quality.name, None)
    tag = tree[head].tag
    misread = tag == "VBZ" and tree[head].dep in ("dobj", "pobj") and (tree.lowered[head], "noun") in load_effects()
    if not tree.is_noun(head) and not tag.startswith(("JJ", "VBG")) and not misread:
        return None
    if tag == "JJ" and tree[head].dep in ("amod", "conj", "dobj", "nmod") and not _is_named(scene, head):
        return None  # "lowering vascular, but not renal, expression" taken apart
    if tree.lowered[head] in cues.NO_OUTCOMES and not is_completed(scene, head):
        return None
    if tag in ("WDT", "WP", "PRP", "DT", "CD", "EX", "PRP$"):
        return None
    nodes = _phrase_nodes(scene, head, set(frame.skip))
    nodes = _trim(tree, [node for node in nodes if not _opens_apposition(tree, node, head)], head)
    verbs = [
        node
        for node in nodes
        if node < head
        and (
            tree[node].tag in ("VBD", "VBZ", "VBP", "MD")
            or (tree[node].tag == "VBN" and node - 1 in nodes and tree.lowered[node - 1] == "and")
        )
        and (tree.lowered[node], "verb") in load_effects()
    ]
    nodes = [node for node in nodes if not verbs or node > verbs[-1]]  # "prevent" taken for a part of the noun
    if not nodes:
        return None
    if tree.lowered[head] in cues.HOLLOW_OUTCOMES and _says_nothing(tree, nodes, head):
        return None
    if tree.lowered[head] in cues.FLUIDS and (nodes == [head] or tree.conjuncts(head)):
        return None  # of "plasma and renal renin activity"
    if tree.lowered[head] == "ratio" and "odds" in tree.lowered[max(0, head - 2) : head]:
        return None
    words = [tree.lowered[node] for node in nodes]
    if {"confidence", "interval", "ci"} & set(words) and "ratio" not in tree.lowered[head]:
        return None
    if {"odds", "hazard"} & set(words) and tree.lowered[head] not in ("hazard", "hazards", "odds", "ratio"):
        return None
    span = Span(tree[nodes[0]].start, tree[nodes[-1]].end)
    if len(span) == 1 or _is_time(tree, nodes, head) or _is_serving(tree, nodes):
        return None
    if (
        names_only_subjects(scene, head)
        or is_quantity(scene, head)
        or (tree[head].dep in ("conj", "nsubj", "nsubjpass", "pobj") and is_bare_drug(scene, nodes))
    ):
        return None
    statistic = next((_STATISTICS[word] for word in words if word in _STATISTICS), None)
    name = _name(scene, span, words)
    return OutcomePhrase(span, tuple(nodes), head, name, statistic)


def _opens_apposition(tree: Tree, node: int, head: int) -> bool:
    """Whether a word before the head belongs to "the primary endpoint," of which the head says what it was."""
    return any(tree.lowered[end] in _ENDPOINTS and tree.lowered[end + 1] == "," for end in range(node, head - 1))


def _is_serving(tree: Tree, nodes: list[int]) -> bool:
    """Whether a phrase is a weighed amount, "0.8 g protein", a range, "76 to 67 nmol", or a list of shares, and no
    outcome.
    """
    if sum(tree.lowered[node] == "%" for node in nodes) > 1:
        return True
    if any(tree.lowered[node] == "to" and {tree[node - 1].tag, tree[node + 1].tag} == {"CD"} for node in nodes[1:-1]):
        return True
    opens = len(nodes) > 2 and tree[nodes[0]].tag == "CD" and nodes[1] == nodes[0] + 1
    return opens and tree.lowered[nodes[1]] in ("g", "iu", "kcal", "kg", "kj", "l", "mcg", "mg", "ml")


def _is_time(tree: Tree, nodes: list[int], head: int) -> bool:
    """Whether a phrase only says when or how long: "24 h", "twenty-four hours", "one year"."""
    first = [tree[node].tag for node in nodes if node < head]
    return tree.lowered[head] in _TIME_UNITS and bool(first) and first[0] == "CD"


def _is_named(scene: Scene, head: int) -> bool:
    return any(head in scene.nodes(mention) for mention in scene.of("DISEASE", "OUTCOME", "GENE", "CHEMICAL"))


def read_pointing_outcome(scene: Scene, frame: Frame, before: tuple[str, ...]) -> OutcomePhrase | None:
    """Return "these changes" as an outcome, named after the outcomes of the sentence before, at most three."""
    tree = scene.tree
    head = frame.outcome
    if tree.lowered[head] not in cues.POINTING_BACK or not 0 < len(before) <= 3:
        return None
    pointing = ("this", "these", "such", *(("both",) if len(before) == 2 else ()))
    pointers = [kid for kid in tree.children(head) if kid < head and tree.lowered[kid] in pointing]
    if not pointers:
        return None
    name = f"{tree.lowered[head]} in {' and '.join(before)}"
    return OutcomePhrase(
        Span(tree[pointers[0]].start, tree[head].end), tuple(range(pointers[0], head + 1)), head, name, None
    )


def _phrase_nodes(scene: Scene, head: int, skip: set[int]) -> list[int]:
    tree = scene.tree
    chosen: set[int] = {head}
    for kid in tree.children(head):
        token = tree[kid]
        if kid in skip:
            continue
        if kid < head and (token.dep in _LEFT or (token.dep == "nsubj" and tree.is_noun(kid))):
            if token.tag in ("DT", "PRP$", "PDT", "WDT") and token.dep != "poss":
                continue
            chosen.update(node for node in tree.subtree(kid) if node < head)
        elif kid < head and token.dep == "conj":
            continue
        elif kid > head and token.dep == "prep" and _keeps(scene, head, kid):
            chosen.update(_prepositional_phrase(scene, kid))
        elif (
            kid > head
            and token.dep in ("acl", "relcl")
            and (
                tree.lowered[head] in ("risk", "odds", "likelihood", "tendency", "propensity")
                or (tree.lowered[head], tree.lowered[kid]) == ("time", "spent")
            )
        ):
            chosen.update(
                node for node in tree.subtree(kid, without=frozenset({"advcl", "conj", "cc", "relcl"})) if node > head
            )
    behind = head + 1
    if (
        tree.lowered[head] in cues.HOLLOW_OUTCOMES
        and behind < len(tree)
        and tree.lowered[behind] in ("in", "of")
        and tree[behind].head == tree[head].head
        and _keeps(scene, head, behind)
    ):
        chosen.update(_prepositional_phrase(scene, behind))  # "prevented reduction in X", with "in X" on the verb
    if tree.lowered[head : head + 2] == ("time", "to"):
        chosen.update(_prepositional_phrase(scene, head + 1))  # which the parse may hang higher
        event = next((node for node in range(head + 2, len(tree)) if tree[node].tag not in ("JJ", "RB")), head)
        if tree[event].tag in ("NN", "VB"):
            chosen.update(range(head + 1, event + 1))  # "time to (first) relapse" taken for an infinitive
    chosen -= skip
    glued: set[int] = set()
    # The phrase is one stretch: from the head outwards, as far as the chosen nodes are unbroken.
    # A number or letter that belongs to the name ("complex 1", "factor-1") goes with it.
    tail = head
    while (
        tail + 1 < len(tree)
        and tree[tail + 1].head == head
        and (
            (tree[tail + 1].tag == "CD" and tree[tail + 1].dep in ("nummod", "appos", "npadvmod", "dep", "nmod"))
            or (tree[tail + 1].start == tree[tail].end and tree[tail + 1].text not in "([,;:.")
        )
    ):
        tail += 1
        chosen.add(tail)
    for node in range(head + 1, len(tree)):
        if tree.lowered[node] == "(" and node - 1 in chosen and (beyond := _glued_behind(tree, node)) in chosen:
            chosen.update(range(node, beyond))  # "incidence of lidocaine (50 mg/kg)-induced seizures"
            glued.update(range(node, beyond))
    nodes = [head]
    for node in range(head - 1, -1, -1):
        if node not in chosen:
            break
        nodes.insert(0, node)
    for node in range(head + 1, len(tree)):
        if node not in chosen or (tree.lowered[node] in ("(", "[", ";", ":") and node not in glued):
            break
        nodes.append(node)
    return nodes


def _glued_behind(tree: Tree, opening: int) -> int:
    """Return the hyphen glued to the bracket that opens at a node, -1 where there is none."""
    closing = next((node for node in range(opening, len(tree)) if tree.lowered[node] == ")"), len(tree))
    behind = closing + 1
    if behind < len(tree) and tree[behind].text in "-–" and tree[behind].start == tree[closing].end:
        return behind
    return -1


def _prepositional_phrase(scene: Scene, prep: int) -> list[int]:
    """Return a preposition's phrase without trailing clauses and without phrases that name the subjects."""
    tree = scene.tree
    nodes: list[int] = [prep]
    for pobj in tree.children(prep, "pobj", "pcomp"):
        inner: set[int] = set()
        stack = [pobj]
        while stack:
            current = stack.pop()
            inner.add(current)
            for kid in tree.children(current):
                dep = tree[kid].dep
                if dep in ("relcl", "acl", "advcl", "parataxis", "ccomp") and not _tells_who(tree, prep, current, kid):
                    continue
                if dep == "prep" and kid > current and not _keeps(scene, current, kid):
                    if not _counts_those_with(scene, prep, current, kid):
                        continue
                if dep == "conj" and tree.is_verb(kid):
                    continue
                stack.append(kid)
        nodes.extend(inner)
    return sorted(nodes)


def _counts_those_with(scene: Scene, prep: int, noun: int, behind: int) -> bool:
    """Whether a phrase says what those counted have: "the proportion of patients with relapse"."""
    tree = scene.tree
    if tree.lowered[tree[prep].head] not in cues.COUNT_NOUNS or tree.lowered[noun] not in cues.GROUP_NOUNS:
        return False
    below = set(tree.subtree(behind))
    drugs = any(scene.node(mention) in below for mention in scene.of("CHEMICAL"))
    return tree.lowered[behind] in ("with", "without") and behind == noun + 1 and not drugs


def _tells_who(tree: Tree, prep: int, noun: int, clause: int) -> bool:
    """Whether a clause says who is counted: "the number of patients reaching the goal"."""
    counted = tree.lowered[tree[prep].head] in cues.COUNT_NOUNS
    return counted and tree[clause].tag == "VBG" and clause == noun + 1 and tree.lowered[noun] in cues.GROUP_NOUNS


def _keeps(scene: Scene, head: int, prep: int) -> bool:
    tree = scene.tree
    form = tree.lowered[prep]
    objects = tree.children(prep, "pobj") or [
        kid for kid in tree.children(prep, "pcomp") if form == "of" and not tree.children(kid, "dobj", "nsubj")
    ]
    if not objects:
        return False
    if form == "of":
        below = {tree.lowered[node] for node in tree.subtree(prep)}
        if "and" in below and below & cues.CONTROL_WORDS:
            return False  # "response rates of A and placebo": the arms
        if any(is_quantity(scene, pobj) and tree.children(pobj, "nummod") for pobj in objects):
            return False  # "a reduction in VAS of 14.2 mm"
        if not any(is_subject_word(scene, pobj) or is_model(scene, pobj) for pobj in objects):
            return True
        later = [kid for kid in tree.children(head) if kid > prep and tree.lowered[kid] != "of"]
        complements = cues.COMPLEMENT_PREPOSITIONS.get(tree.lowered[head], set())
        measured = cues.HOLLOW_OUTCOMES | cues.NOT_GIVEN_HEADS
        return tree.lowered[head] in measured or any(tree.lowered[kid] in complements for kid in later)
    if form in cues.COMPLEMENT_PREPOSITIONS.get(tree.lowered[head], set()):
        return True
    if form in ("in", "within"):
        return not any(is_setting(scene, pobj) for pobj in objects) and prep == _next_word(tree, head)
    return False


def _next_word(tree: Tree, head: int) -> int:
    return head + 1


def _says_nothing(tree: Tree, nodes: list[int], head: int) -> bool:
    """Whether nothing but the hollow noun itself, or a word that points back, is left: "mentioned parameters"."""
    rest = [node for node in nodes if node != head]
    return all(tree.lowered[node] in _SAYS_NOTHING for node in rest)


def _trim(tree: Tree, nodes: list[int], head: int) -> list[int]:
    """Drop leading words that say nothing of what was measured, and punctuation at both ends."""
    kept = list(nodes)
    while (
        kept
        and kept[0] != head
        and tree[min(kept[0] + 1, head)].tag != "HYPH"
        and (
            tree.lowered[kept[0]] in _DROPPED
            or tree[kept[0]].dep == "punct"
            or tree[kept[0]].tag in ("DT", "PRP$", "CC", "IN", ",")
        )
    ):
        kept.pop(0)
    if len(kept) > 2 and head < kept[-2] and tree.lowered[kept[-1]] in _TIME_UNITS and tree[kept[-2]].tag == "CD":
        kept = kept[:-2]  # "reactivity 24 h after challenge"
    while (
        kept
        and kept[-1] != head
        and (
            tree[kept[-1]].dep == "punct"
            or tree[kept[-1]].tag in ("CC", "IN", "DT", "TO", ",")
            or tree.lowered[kept[-1]] in ("alike", "comparable", "similar")
        )
    ):
        kept.pop()
    return kept


def _name(scene: Scene, span: Span, words: list[str]) -> str:
    text = " ".join(scene.text(span).split())
    kept = text.split(" ")
    while (
        len(kept) > 1
        and kept[0].lower() in _STATISTICS
        and kept[0].lower() != "proportion"
        and kept[0].lower() != "percentage"
    ):
        kept = kept[1:]
    name = " ".join(kept)
    first = kept[0]
    return (
        name
        if any(character.isupper() for character in first[1:]) or not first[:1].isupper()
        else name[:1].lower() + name[1:]
    )


def outcome_concept(scene: Scene, phrase: OutcomePhrase) -> Mention | None:
    """Return a linked disease mention that is the whole outcome."""
    for mention in scene.of("DISEASE"):
        if mention.clean == phrase.span and mention.concept is not None:
            return mention
    return None
