"""Frames of verbs: transitive, ergative, passive, light verbs with change nouns, associations and occurrences."""

from __future__ import annotations

from dataclasses import replace

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.arguments import (
    adjuncts,
    agents,
    expand,
    find_objects,
    find_subjects,
    is_passive,
    prepositional_objects,
)
from pipeline.claims.contexts import FINDING_VERBS
from pipeline.claims.effect_lexicon import EffectWord, word_at
from pipeline.claims.frame import HARM_ASSOCIATION, OCCURRENCE, Frame, direction_of
from pipeline.claims.group_frames import differing_frames
from pipeline.claims.negation import determiner_negation, find_negation, is_excepted
from pipeline.claims.noun_frames import counted, direction_modifier, split_parallel
from pipeline.claims.noun_targets import noun_targets
from pipeline.claims.qualities import find_quality
from pipeline.claims.tree import Tree
from pipeline.model.claims import Direction

ADVERSE = frozenset(
    """
    adverse complications side toxic toxicities undesirable untoward unwanted
    """.split()
)
ADVERSE_NOUNS = frozenset(
    """
    complications effect effects event events reaction reactions toxicities toxicity
    """.split()
)
# What patients do with a drug: where such a noun stands behind "associated with", the subject is the outcome.
_USES = frozenset("administration consumption exposure intake therapy treatment use".split())
_RELATIVES = (("that",), ("which",))
OCCURRENCE_VERBS = frozenset(
    """
    detect develop find note observe occur record report see
    """.split()
)


def verb_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    negated, cue = find_negation(tree, node)
    if node > 1 and tree.lowered[node - 2 : node] in (("rather", "than"), ("instead", "of")):
        return []
    if node > 2 and tree.lowered[node - 3 : node - 1] == ("rather", "than"):
        return []
    if _completes_effective(tree, node) or _is_bare_inducer(tree, node, word):
        return []
    suffering = word.lemma in ("sustain", "develop") and tree[node].dep in ("acl", "relcl")
    if suffering and tree.lowered[tree[node].head] in cues.GROUP_NOUNS:
        return []  # "patients sustaining a stroke"
    if word.lemma == "extend" and tree.lowered[node + 1 : node + 2] in (("beyond",), ("from",), ("into",), ("to",)):
        return []
    if word.lemma in ("keep", "maintain") and any(tree.lowered[kid] == "at" for kid in tree.children(node, "prep")):
        return []  # "the room was maintained at 27 °C"
    if word.lemma in ("limit", "restrict", "confine") and tree.lowered[node + 1 : node + 2] == ("to",):
        return []  # "toxicity was limited to nausea"
    if word.kind == "include":
        return side_effect_frames(tree, node)
    if word.kind == "associate":
        return _association_frames(tree, node, negated, cue)
    if word.kind in ("show", "fail"):
        return []
    if word.kind == "differ" and not find_objects(tree, node):
        return differing_frames(tree, node, node, "did not differ")
    if word.kind == "protect":
        return _protect_frames(tree, node, negated, cue)
    passive = is_passive(tree, node)
    acl = tree[node].dep in {"acl", "relcl"} and tree[node].tag == "VBN" and not tree.children(node, "dobj", "nsubj")
    causes: list[int]
    if passive or acl:
        outcomes = find_subjects(tree, node) if passive else [tree[node].head]
        causes = agents(tree, node) + adjuncts(tree, node)
        rule = "passive verb"
    else:
        outcomes = find_objects(tree, node) or _relative_object(tree, node)
        causes = find_subjects(tree, node) + adjuncts(tree, node)
        rule = "verb and object"
        if word.kind == "result":
            results = [
                prep
                for prep in tree.children(node, "prep")
                if prep > node and tree.lowered[prep] in ("in", "into", "to")
            ]
            if tree.lowered[node + 1 : node + 2] == ("from",):
                results = []  # "resulting from treatment to death"
            outcomes = [pobj for prep in results[:1] for pobj in prepositional_objects(tree, prep)]
            rule = "verb and result"
        if not outcomes and word.kind in ("change", "harm", "alter"):
            outcomes = find_subjects(tree, node)
            causes = adjuncts(tree, node)
            rule = "verb of change"
            if tree[node].dep == "acl" and tree[node].tag == "VBN":
                return []
    if word.kind == "differ" and not negated:
        return []
    direction = word.direction
    frames = []
    for outcome in expand(tree, [counted(tree, outcome) for outcome in outcomes]):
        base = Frame(
            trigger=node,
            verb=node,
            outcome=outcome,
            causes=tuple(dict.fromkeys(causes)),
            direction=direction_of(direction),
            negated=negated,
            cue=cue,
            rule=rule,
        )
        if word.kind in ("cause", "result") or (word.lemma in ("induce", "promote", "produce", "provoke", "elicit")):
            composed = _compose(tree, base)
            if composed is not None:
                frames.extend(composed)
                continue
        if base.direction == "increase" and word.kind in ("cause", "result") and _is_graded(tree, outcome):
            continue  # "yields low cure rates" says how high, not that they rose
        if rule == "verb and result" or word.kind == "cause":
            base = replace(base, direction=_shared_direction(tree, outcome, base.direction))
        no, no_cue = determiner_negation(tree, outcome)
        if no or is_excepted(tree, outcome):
            base = replace(base, negated=True, cue=no_cue or "but not")
        frames.append(base)
    return frames


def _relative_object(tree: Tree, node: int) -> list[int]:
    """Return the noun that "which A attenuated" is about: of "a rise in X during ageing that A attenuated" the rise."""
    subjects = tree.children(node, "nsubj")
    noun = tree.head(node)
    if tree[node].dep not in ("acl", "relcl") or tree[node].tag not in ("VBD", "VBP", "VBZ") or noun is None:
        return []
    if len(subjects) != 1 or not tree.is_noun(subjects[0]) or tree.lowered[noun + 1 : noun + 2] not in _RELATIVES:
        return []
    if tree.lowered[min(tree.subtree(subjects[0])) - 1] not in ("that", "which"):
        return []
    while (above := tree.head(noun)) is not None and tree[noun].dep in ("pobj", "pcomp", "prep"):
        word = word_at(tree, above)
        noun = above
        if word is not None and word.pos == "noun" and word.kind == "change":
            return [above]
        if tree.is_verb(above):
            changed = [kid for kid in tree.children(above, "dobj", "nsubjpass") if word_at(tree, kid) is not None]
            return changed if len(changed) == 1 else [tree[node].head]
    return [tree[node].head]


def _shared_direction(tree: Tree, outcome: int, direction: Direction) -> Direction:
    """Return the direction of the Y of "led to reduced X and Y", which the adjective before X is of too; a harm is not
    less of it: "led to reduced intake and vomiting".
    """
    first = outcome
    while tree[first].dep == "conj" and tree.is_noun(tree[first].head):
        first = tree[first].head
    if first == outcome or tree.lowered[outcome] in cues.HARM_HEADS:
        return direction
    if tree.lowered[outcome].endswith(cues.HARM_ENDINGS) or word_at(tree, outcome) is not None:
        return direction
    told = direction_modifier(tree, first)
    between = set(tree.lowered[first + 1 : outcome]) | {tree.lowered[kid] for kid in tree.children(outcome)}
    if told is None or told[1] != "decrease" or between & {"but", ";", "a", "an", "the"}:
        return direction
    return told[1]


def _is_graded(tree: Tree, node: int) -> bool:
    return any(tree.lowered[kid] in ("low", "limited", "modest", "poor") for kid in tree.children(node, "amod"))


def _completes_effective(tree: Tree, node: int) -> bool:
    """Whether the gerund belongs to "effective in preventing X", which the adjective's own pattern reads."""
    prep = tree.head(node)
    if tree[node].dep != "pcomp" or prep is None or tree.lowered[prep] not in ("in", "for", "at"):
        return False
    if tree.lowered[tree[prep].head] in ("better", "superior"):
        return True
    adjective = word_at(tree, prep - 1) if prep else None
    return adjective is not None and adjective.kind == "effective"


def _is_bare_inducer(tree: Tree, node: int, word: EffectWord) -> bool:
    """Whether the participle only says which X is meant, "amnesia induced by scopolamine": it states no finding."""
    induces = word.lemma in ("induce", "produce", "provoke", "elicit", "evoke", "trigger", "generate")
    bare = tree[node].tag in ("VBN", "VBD") and not tree.children(node, "auxpass", "aux", "nsubj", "nsubjpass", "dobj")
    if not (induces and bare and tree[node].dep == "acl"):
        return False
    governor = tree.head(tree[node].head)
    return governor is None or tree[governor].lemma not in FINDING_VERBS


def _compose(tree: Tree, base: Frame) -> list[Frame] | None:
    """Read "caused a reduction in X" as (X, decrease); ``None`` where the object is no change noun."""
    head = base.outcome
    word = word_at(tree, head)
    modifier = direction_modifier(tree, head)
    composes = word is not None and word.pos == "noun" and word.kind in ("change", "act") and noun_targets(tree, head)
    if modifier is not None and not composes:
        node, direction = modifier
        if node > head and direction == "no_change":
            return None  # "caused changes similar to those of disease" likens what was caused
        return [replace(base, direction=direction, skip=(node,), rule=base.rule + " with direction word")]
    if any(find_quality(tree, kid) is not None for kid in tree.children(head, "amod", "compound", "nmod")):
        return []  # "produced antiarrhythmic actions", which the adjective's own pattern reads
    if word is None or word.pos != "noun" or word.kind == "protect" or word.lemma == "loss of":
        return None  # "caused loss of hearing" raises a loss
    targets = noun_targets(tree, head)
    if not targets:
        return None
    negated, cue = determiner_negation(tree, head)
    direction = direction_of(word.direction)
    if word.kind == "neutral":
        if not (negated or base.negated):
            return []
        direction = "no_change"
    targets, parallel = split_parallel(tree, targets)
    beside = [
        replace(base, outcome=other, rule=base.rule + " in parallel")
        for other in parallel
        if not _states_change(tree, other)
    ]
    return beside + [
        replace(
            base,
            trigger=head,
            outcome=target,
            direction=direction,
            negated=base.negated or negated,
            cue=base.cue or cue,
            rule=base.rule + " with change noun",
        )
        for target in targets
    ]


def _states_change(tree: Tree, node: int) -> bool:
    word = word_at(tree, node)
    return word is not None and word.pos == "noun" and bool(word.direction) and bool(noun_targets(tree, node))


def _protect_frames(tree: Tree, node: int, negated: bool, cue: str | None) -> list[Frame]:
    passive = is_passive(tree, node)
    treated = [
        subject
        for subject in find_subjects(tree, node)
        if not passive or any(tree.lowered[kid] in cues.TREATED_WORDS for kid in tree.children(subject, "acl"))
    ]
    causes = (agents(tree, node) if passive else []) + treated + adjuncts(tree, node)
    harms = [
        pobj
        for prep in tree.children(node, "prep")
        if tree.lowered[prep] in ("from", "against")
        for pobj in prepositional_objects(tree, prep)
    ]
    for thing in find_objects(tree, node):
        harms += [
            pobj
            for prep in tree.children(thing, "prep")
            if tree.lowered[prep] in ("from", "against")
            for pobj in prepositional_objects(tree, prep)
        ]
    return [
        Frame(node, node, harm, tuple(dict.fromkeys(causes)), "decrease", negated, "protects from", cue)
        for harm in expand(tree, harms)
    ]


def _association_frames(tree: Tree, node: int, negated: bool, cue: str | None) -> list[Frame]:
    """Read "A was associated with X" where no direction is stated; whether X is a harm is decided by its words."""
    frames = []
    if tree[node].lemma == "relate" and tree[node].dep == "acl":
        return []  # "interventions related to preterm birth" says which are meant
    behind = tree[node].tag == "VBN" and node > 0 and tree.is_noun(node - 1)
    if behind and (tree[node].dep == "advcl" or tree[tree[node].head].dep in ("dobj", "pobj")):
        told = next((above for above in tree.ancestors(node) if tree.is_verb(above)), node)
        stated = word_at(tree, told)
        if stated is not None and stated.direction:
            return []  # "slowed the decline of X associated with Y"
    causes = find_subjects(tree, node)
    for prep in tree.children(node, "prep"):
        if tree.lowered[prep] not in ("with", "to"):
            continue
        things = expand(tree, prepositional_objects(tree, prep))
        for outcome in [*things, *(member for thing in things for member in _named_harms(tree, thing))]:
            if tree.lowered[outcome] in _USES:  # "stroke was not related to the use of A"
                frames += [
                    Frame(node, node, subject, (outcome,), "increase", negated, HARM_ASSOCIATION, cue)
                    for subject in expand(tree, causes)
                    if tree.lowered[subject] not in _USES
                ]
                continue
            word = word_at(tree, outcome)
            if direction_modifier(tree, outcome) is None and (word is None or word.pos != "noun"):
                frames.append(Frame(node, node, outcome, tuple(causes), "increase", negated, HARM_ASSOCIATION, cue))
    return frames


def _named_harms(tree: Tree, node: int) -> list[int]:
    """Return the members of "adverse events, including X and Y"."""
    adverse = any(tree.lowered[kid] in ADVERSE for kid in tree.children(node, "amod", "compound"))
    if tree.lowered[node] not in ADVERSE_NOUNS or not adverse:
        return []
    including = [prep for prep in tree.children(node, "prep") if tree.lowered[prep] == "including"]
    return expand(tree, [thing for prep in including for thing in prepositional_objects(tree, prep)])


def occurrence_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "X was observed in mice treated with A", "we saw X in 12 % of patients on A": X occurs, no change is
    stated.
    """
    passive = is_passive(tree, node)
    if passive or tree[node].lemma == "occur":
        outcomes = tree.children(node, "nsubjpass", "nsubj")
    else:
        outcomes = tree.children(node, "dobj")
    if find_negation(tree, node)[0] or not outcomes or determiner_negation(tree, outcomes[0])[0]:
        return []
    causes = adjuncts(tree, node)
    if tree[node].lemma == "develop":
        causes = find_subjects(tree, node)
    often = _how_often(tree, node)
    if often is not None:
        return [
            Frame(node, node, outcome, tuple(dict.fromkeys(causes)), often, False, "predicate")
            for outcome in expand(tree, outcomes)
            if outcome not in causes
        ]
    return [
        Frame(node, node, outcome, tuple(dict.fromkeys(causes)), "unknown", False, OCCURRENCE)
        for outcome in expand(tree, outcomes)
        if outcome not in causes and direction_modifier(tree, outcome) is None and word_at(tree, outcome) is None
    ]


def _predicted_harms(tree: Tree, node: int) -> list[Frame]:
    negated, cue = find_negation(tree, node)
    return [
        Frame(node, node, harm, tuple(find_subjects(tree, node)), "increase", negated, HARM_ASSOCIATION, cue)
        for attr in tree.children(node, "attr")
        if tree.lowered[attr] == "predictor" or tree.lowered[attr - 1 : attr + 1] == ("risk", "factor")
        for prep in tree.children(attr, "prep")
        if tree.lowered[prep] in ("of", "for")
        for harm in expand(tree, prepositional_objects(tree, prep))
    ]


def _how_often(tree: Tree, verb: int) -> Direction | None:
    """Return the direction of "occurred less frequently with A", ``None`` where nothing is compared."""
    for adverb in tree.children(verb, "advmod"):
        degrees = {tree.lowered[kid] for kid in tree.children(adverb, "advmod")}
        if tree.lowered[adverb] in ("commonly", "frequently", "often", "rarely", "seldom"):
            rare = tree.lowered[adverb] in ("rarely", "seldom")
            if degrees & {"more", "less"}:
                return "increase" if ("more" in degrees) != rare else "decrease"
    return None


def side_effect_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "side effects of A include X and Y", "A was a predictor of X"."""
    frames = _predicted_harms(tree, node)
    for subject in find_subjects(tree, node):
        words = {tree.lowered[kid] for kid in tree.subtree(subject) if kid < node}
        if words & ADVERSE_NOUNS and words & ADVERSE:
            for outcome in expand(tree, [*find_objects(tree, node), *tree.children(node, "attr")]):
                if tree[outcome].text == "%" or tree[outcome].tag == "CD":
                    continue
                frames.append(Frame(node, node, outcome, (subject,), "increase", False, "side effects include"))
    return frames
