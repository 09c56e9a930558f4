"""Frames: who did what to which outcome, read off a sentence's dependency tree.

A frame knows tree nodes only. Which of the causes is a drug, and what else is known of it, is decided by later stages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.claims.arguments import (
    adjuncts,
    agents,
    compared,
    expand,
    find_objects,
    find_subjects,
    is_passive,
    prepositional_objects,
)
from pipeline.claims.cue_lexicon import GROUP_NOUNS
from pipeline.claims.effect_lexicon import EffectWord, load_effects, word_at
from pipeline.claims.negation import determiner_negation, find_negation, is_excepted
from pipeline.claims.qualities import find_quality
from pipeline.claims.tree import SUBJECTS, Tree
from pipeline.model.claims import Direction

_ADVERSE = frozenset(
    """
    adverse complications side toxic toxicities undesirable untoward unwanted
    """.split()
)
_ADVERSE_NOUNS = frozenset(
    """
    complications effect effects event events reaction reactions toxicities toxicity
    """.split()
)
_OCCURRENCE = frozenset(
    """
    detect develop find note observe occur record report see
    """.split()
)
OCCURRENCE = "occurs under treatment"
QUALITY = "quality of an effect"
_MIXED = frozenset("mixed inconsistent varied variable conflicting contradictory divergent".split())
HARM_ASSOCIATION = "associated with a harm"
_FINDING_VERBS = frozenset(
    """
    apparent demonstrate describe detect document evident find note observe occur record report reveal see
    show
    """.split()
)
_LIGHT_KINDS = frozenset({"show", "associate", "result", "cause"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One stated effect.

    Attributes:
        trigger: the word that states the effect; ``verb``: the word whose modality and negation hold for it.
        outcome: the head of the outcome phrase.
        causes: heads of phrases that may name the cause, best first.
        direction: of the outcome, before negation.
        negated: whether a negation cue stands on it; ``cue`` names it.
        rule: the name of the pattern that made the frame, for ``--why``.
        skip: nodes of the outcome phrase that are no part of it, such as the adjective that states the direction.
        outcome_is_verb: for "lived longer", where the outcome is what the verb says.
    """

    trigger: int
    verb: int
    outcome: int
    causes: tuple[int, ...]
    direction: Direction
    negated: bool
    rule: str
    cue: str | None = None
    skip: tuple[int, ...] = ()
    outcome_is_verb: bool = False


def find_frames(tree: Tree) -> list[Frame]:
    """Return the frames of a sentence in the order of their triggers."""
    frames: list[Frame] = []
    for node in range(len(tree)):
        frames.extend(_frames_at(tree, node))
        frames.extend(_elliptical_frames(tree, node, frames))
    unique: dict[tuple[int, int], Frame] = {}
    for frame in frames:
        unique.setdefault((frame.outcome, frame.verb), frame)
    return sorted(unique.values(), key=lambda frame: (frame.trigger, frame.outcome))


def _elliptical_frames(tree: Tree, node: int, so_far: list[Frame]) -> list[Frame]:
    """Read "A failed to prevent X, whereas B succeeded" and "A lowered X, but B did not" for B."""
    token = tree[node]
    if token.dep not in ("advcl", "conj", "ccomp", "parataxis") or token.head > node:
        return []
    succeeds = token.lemma == "succeed" and not tree.children(node, "prep", "xcomp", "dobj")
    beside = node > 0 and tree[node - 1].tag in ("NN", "NNS", "NNP")
    subject = bool(tree.children(node, "nsubj"))
    does = token.lemma == "do" and not tree.children(node, "dobj", "xcomp") and (subject or beside)
    if not (succeeds or does):
        return []
    causes = find_subjects(tree, node) if subject or not beside else [node - 1]
    negated, cue = find_negation(tree, node)
    if not causes:
        return []
    below = set(tree.subtree(token.head)) - set(tree.subtree(node))
    return [
        replace(frame, trigger=node, verb=node, causes=tuple(causes), negated=negated, cue=cue, rule="ellipsis")
        for frame in so_far
        if frame.verb in below and frame.trigger < node
    ]


def _frames_at(tree: Tree, node: int) -> list[Frame]:
    token = tree[node]
    if token.lemma == "be" and tree.children(node, "attr"):
        return _side_effect_frames(tree, node)
    if token.lemma in _OCCURRENCE and tree.is_verb(node) and token.dep not in ("amod", "compound"):
        return _occurrence_frames(tree, node)
    word = word_at(tree, node)
    verb = load_effects().get((tree.lowered[node], "verb"))
    if verb is not None and verb.direction and _is_misread_verb(tree, node, verb):
        return _repaired_frames(tree, node, verb)
    if verb is not None and (shared := _coordinated_misread(tree, node, verb)):
        return shared
    if word is None or (word.pos == "adj" and find_quality(tree, node) is not None):
        return _quality_frames(tree, node) or _graded_frames(tree, node)
    if token.dep in {"amod", "nmod"} and word.pos in ("adj", "verb"):
        if token.tag == "VBG" or word.kind in ("show", "associate", "result", "fail", "develop"):
            return []
        return _modifier_frames(tree, node, word)
    if word.pos == "noun":
        return _noun_frames(tree, node, word)
    if word.pos == "adj":
        return _predicate_frames(tree, node, word)
    if token.dep in {"compound", "aux", "auxpass", "npadvmod"}:
        return []
    return _verb_frames(tree, node, word)


def _is_misread_verb(tree: Tree, node: int, word: EffectWord) -> bool:
    """Whether the parser took the sentence's finite verb for a participle: "Treatment with A, at 5 mg, reduced pain
    and …".

    So it is where no finite verb stands before it, a noun phrase or a comma does, and it has no determiner. A present
    form taken for an adjective or noun ("A and B reverse obesity") needs a sentence without any other finite verb.
    """
    token = tree[node]
    if token.dep not in ("amod", "compound", "nmod") or node < 1 or token.head < node:
        return False
    if tree[node - 1].tag not in ("NN", "NNS", "NNP", ",", "RB", "CD", "-RRB-", "NNPS"):
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
    return any(other.dep in SUBJECTS or other.dep in ("ROOT", "root") for other in tree.tokens[:node])


def _coordinated_misread(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "prolong life and postpone cancer" where the second verb was taken for part of a noun, "without lowering
    X".
    """
    token = tree[node]
    head = token.head
    if token.dep not in ("compound", "amod", "nmod") or head < node or not word.direction:
        return []
    form = tree.lowered[node]
    before = tree.lowered[node - 1] if node else ""
    if token.tag == "VBG" and before in ("without", "by", "through", "via") and tree[head].dep == "pobj":
        governor = tree[tree[head].head].head
        if not tree.is_verb(governor):
            return []
        negated = before == "without"
        subjects = tuple(find_subjects(tree, governor))
        rule = "verb misread as participle"
        return [Frame(node, governor, head, subjects, _direction(word.direction), negated, rule, before, (node,))]
    if token.tag in ("VBN", "VBD", "JJ") and word.kind in ("change", "act", "harm", "cause") and node >= 2:
        subject = node - 1
        opener = tree.lowered[node - 2]
        if tree[subject].tag in ("NN", "NNS", "NNP") and opener in ("and", ",", "whereas", "but", "while"):
            rule = "verb misread as participle"
            return [Frame(node, node, head, (subject,), _direction(word.direction), False, rule, None, (node,))]
        above = _governing_verb(tree, head)
        first = None if above is None else word_at(tree, above)
        if before in ("and", "but", "or") and tree[head].dep == "conj" and above is not None and first is not None:
            if first.kind in ("change", "act", "harm") and tree[above].tag in ("VBD", "VBN"):
                subjects = tuple(find_subjects(tree, above))
                rule = "verb misread as participle"
                return [Frame(node, above, head, subjects, _direction(word.direction), False, rule, None, (node,))]
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
            return [Frame(node, governor, head, subjects, _direction(word.direction), False, rule, None, (node,))]
    return []


def _governing_verb(tree: Tree, node: int) -> int | None:
    return next((ancestor for ancestor in tree.ancestors(node) if tree.is_verb(ancestor)), None)


def _repaired_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    subjects = [i for i in range(node) if tree[i].dep in SUBJECTS or tree[i].dep in ("ROOT", "root")]
    if not word.direction or not subjects:
        return []
    outcome = tree[node].head
    members = [i for i in tree.conjuncts(outcome) if tree.is_noun(i) and tree[i].tag not in ("DT", "PRP")]
    return [
        Frame(
            node,
            node,
            member,
            (subjects[0],),
            _direction(word.direction),
            False,
            "verb misread as participle",
            None,
            (node,),
        )
        for member in [outcome, *members]
    ]


def _quality_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "A has anticancer effects", "the antiviral activity of A may …", "A is a cancer-preventive agent"."""
    quality = find_quality(tree, node)
    if quality is None:
        return []
    noun = quality.noun
    governor, causes, _ = _noun_context(tree, noun)
    if governor is None:
        top = tree.head(noun)
        if top is None or not (tree.is_verb(top) and tree[noun].dep in ("nsubj", "nsubjpass", "dobj")):
            return []
        governor = top
        causes = find_subjects(tree, top) if tree[noun].dep == "dobj" else []
    owners = [kid for kid in tree.children(noun, "poss", "compound", "nmod") if kid != node]
    negated, cue = find_negation(tree, governor)
    no, no_cue = determiner_negation(tree, noun)
    found = [*_of_phrase(tree, noun), *owners, *causes]
    return [
        Frame(
            node,
            governor,
            node,
            tuple(dict.fromkeys(found)),
            quality.direction,
            negated or no,
            QUALITY,
            cue or no_cue,
        )
    ]


# Verbs


def _verb_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    negated, cue = find_negation(tree, node)
    if node > 1 and tree.lowered[node - 2 : node] in (("rather", "than"), ("instead", "of")):
        return []
    if node > 2 and tree.lowered[node - 3 : node - 1] == ("rather", "than"):
        return []
    if word.kind == "include":
        return _side_effect_frames(tree, node)
    if word.kind == "associate":
        return _association_frames(tree, node, negated, cue)
    if word.kind in ("show", "fail"):
        return []
    if word.kind == "differ" and not find_objects(tree, node):
        outcomes = find_subjects(tree, node) if negated else []
        return [
            Frame(
                node,
                node,
                outcome,
                tuple(compared(tree, node) + adjuncts(tree, node)),
                "no_change",
                True,
                "did not differ",
                cue,
            )
            for outcome in expand(tree, outcomes)
        ]
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
        outcomes = find_objects(tree, node)
        causes = find_subjects(tree, node) + adjuncts(tree, node)
        rule = "verb and object"
        if word.kind == "result":
            outcomes = [
                pobj
                for prep in tree.children(node, "prep")
                if tree.lowered[prep] in ("in", "to")
                for pobj in prepositional_objects(tree, prep)
            ]
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
    for outcome in expand(tree, outcomes):
        base = Frame(
            trigger=node,
            verb=node,
            outcome=outcome,
            causes=tuple(dict.fromkeys(causes)),
            direction=_direction(direction),
            negated=negated,
            cue=cue,
            rule=rule,
        )
        if word.kind in ("cause", "result") or (word.lemma in ("induce", "promote", "produce", "provoke", "elicit")):
            composed = _compose(tree, base)
            if composed is not None:
                frames.extend(composed)
                continue
        no, no_cue = determiner_negation(tree, outcome)
        if no or is_excepted(tree, outcome):
            base = replace(base, negated=True, cue=no_cue or "but not")
        frames.append(base)
    return frames


def _side_effect_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "side effects of A include X and Y"."""
    frames = []
    for subject in find_subjects(tree, node):
        words = {tree.lowered[kid] for kid in tree.subtree(subject) if kid < node}
        if words & _ADVERSE_NOUNS and words & _ADVERSE:
            for outcome in expand(tree, [*find_objects(tree, node), *tree.children(node, "attr")]):
                frames.append(Frame(node, node, outcome, (subject,), "increase", False, "side effects include"))
    return frames


def _occurrence_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "X was observed in mice treated with A", "we saw X in 12 % of patients on A": X occurs, no change is
    stated.
    """
    passive = is_passive(tree, node)
    if passive or tree[node].lemma == "occur":
        outcomes = tree.children(node, "nsubjpass", "nsubj")
    else:
        outcomes = tree.children(node, "dobj")
    if find_negation(tree, node)[0] or not outcomes:
        return []
    causes = adjuncts(tree, node)
    if tree[node].lemma == "develop":
        causes = find_subjects(tree, node)
    return [
        Frame(node, node, outcome, tuple(dict.fromkeys(causes)), "unknown", False, OCCURRENCE)
        for outcome in expand(tree, outcomes)
        if outcome not in causes and _direction_modifier(tree, outcome) is None and word_at(tree, outcome) is None
    ]


def _association_frames(tree: Tree, node: int, negated: bool, cue: str | None) -> list[Frame]:
    """Read "A was associated with X" where no direction is stated; whether X is a harm is decided by its words."""
    frames = []
    causes = find_subjects(tree, node)
    for prep in tree.children(node, "prep"):
        if tree.lowered[prep] not in ("with", "to"):
            continue
        for outcome in expand(tree, prepositional_objects(tree, prep)):
            word = word_at(tree, outcome)
            if _direction_modifier(tree, outcome) is None and (word is None or word.pos != "noun"):
                frames.append(Frame(node, node, outcome, tuple(causes), "increase", negated, HARM_ASSOCIATION, cue))
    return frames


def _protect_frames(tree: Tree, node: int, negated: bool, cue: str | None) -> list[Frame]:
    passive = is_passive(tree, node)
    causes = (agents(tree, node) if passive else find_subjects(tree, node)) + adjuncts(tree, node)
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


def _compose(tree: Tree, base: Frame) -> list[Frame] | None:
    """Read "caused a reduction in X" as (X, decrease); ``None`` where the object is no change noun."""
    head = base.outcome
    word = word_at(tree, head)
    modifier = _direction_modifier(tree, head)
    composes = word is not None and word.pos == "noun" and word.kind in ("change", "act") and noun_targets(tree, head)
    if modifier is not None and not composes:
        node, direction = modifier
        return [replace(base, direction=direction, skip=(node,), rule=base.rule + " with direction word")]
    if word is None or word.pos != "noun" or word.kind in ("protect",):
        return None
    targets = noun_targets(tree, head)
    if not targets:
        return None
    negated, cue = determiner_negation(tree, head)
    direction = _direction(word.direction)
    if word.kind == "neutral":
        if not (negated or base.negated):
            return []
        direction = "no_change"
    return [
        replace(
            base,
            trigger=head,
            outcome=target,
            direction=direction,
            negated=base.negated or negated,
            cue=base.cue or cue,
            rule=base.rule + " with change noun",
        )
        for target in expand(tree, targets)
    ]


# Nouns


def _noun_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "a reduction in X was seen with A", "A showed a reduction in X", "extension of X by A"."""
    targets = noun_targets(tree, node)
    if word.kind == "protect":
        targets = [
            pobj
            for prep in tree.children(node, "prep")
            if tree.lowered[prep] in ("from", "against")
            for pobj in prepositional_objects(tree, prep)
        ]
    compound = [kid for kid in tree.children(node, "compound", "nmod", "amod") if kid == node - 1 and tree.is_noun(kid)]
    if not targets and compound and word.kind in ("change", "act"):
        targets = compound
    if not targets:
        return []
    governor, causes, light = _noun_context(tree, node)
    if governor is None:
        return []
    negated, cue = find_negation(tree, governor)
    no, no_cue = determiner_negation(tree, node)
    direction = _direction(word.direction)
    mixed = any(tree.lowered[kid] in _MIXED for kid in tree.children(node, "amod", "nmod"))
    if light == "without":
        negated, cue, no, no_cue = True, "without", False, None
    if word.kind == "neutral":
        if not (negated or no or mixed):
            return []
        direction = "mixed" if mixed and not (negated or no) else "no_change"
    own = [*compared(tree, node), *_of_phrase(tree, node)] if word.kind == "neutral" else []
    own += [
        pobj
        for prep in tree.children(node, "prep", "agent")
        if tree.lowered[prep] in ("by", "with", "after", "following", "on")
        for pobj in prepositional_objects(tree, prep)
    ]
    modifiers = [kid for kid in tree.children(node, "amod", "compound", "nmod", "npadvmod") if kid not in targets]
    return [
        Frame(
            node,
            governor,
            target,
            tuple(dict.fromkeys([*own, *modifiers, *causes])),
            direction,
            negated or no,
            f"change noun {light}",
            cue or no_cue,
        )
        for target in expand(tree, targets)
    ]


def _noun_context(tree: Tree, node: int) -> tuple[int | None, list[int], str]:
    """Return the finite word that asserts the noun, the possible causes there, and the pattern's name."""
    token = tree[node]
    top = node
    while tree[top].dep == "conj" and not tree.is_verb(tree[top].head):
        top = tree[top].head
    token = tree[top]
    head = tree.head(top)
    if head is None:
        return None, [], ""
    if token.dep in {"nsubjpass", "nsubj"}:
        word = word_at(tree, head)
        if (
            tree[head].lemma in _FINDING_VERBS
            or tree.lowered[head] in _FINDING_VERBS
            or (word and word.kind in ("show", "associate"))
        ):
            return head, agents(tree, head) + adjuncts(tree, head), "reported"
        if tree.lowered[head] in ("was", "were", "is", "are") or tree[head].lemma == "be":
            return head, adjuncts(tree, head), "stated"
        return None, [], ""
    if token.dep in {"dobj", "attr", "oprd"} and tree.is_verb(head):
        word = word_at(tree, head)
        if tree[head].lemma == "be" and token.dep == "attr":
            return head, find_subjects(tree, head) + adjuncts(tree, head), "stated"
        if word is not None and word.kind in _LIGHT_KINDS:
            return head, find_subjects(tree, head) + adjuncts(tree, head), "of light verb"
        return None, [], ""
    if token.dep == "pobj":
        verb = tree.head(head)
        if verb is None:
            return None, [], ""
        if tree.lowered[head] in ("including", "like", "as") and tree.is_noun(verb):
            return _noun_context(tree, verb)
        word = word_at(tree, verb)
        if word is not None and word.kind in ("associate", "result"):
            return verb, find_subjects(tree, verb) + adjuncts(tree, verb, but=head), "associated"
        if tree.lowered[head] in ("with", "without") and tree.is_verb(verb):
            return verb, find_subjects(tree, verb), tree.lowered[head]
    return None, [], ""


def noun_targets(tree: Tree, node: int) -> list[int]:
    """Return what a change noun is of: "reduction in X", "extension of X", "effect on X"."""
    found: list[int] = []
    word = word_at(tree, node)
    wanted = ("on", "in") if word is not None and word.kind == "neutral" else ("in", "of", "on", "for", "from")
    for prep in tree.children(node, "prep"):
        if tree.lowered[prep] in wanted:
            found.extend(prepositional_objects(tree, prep))
            if found:
                break
    head = tree.head(node)
    if not found and head is not None and node + 1 < len(tree) and tree.lowered[node + 1] in wanted:
        if tree[node + 1].head == head:  # the parser hung the phrase on the verb
            found.extend(prepositional_objects(tree, node + 1))
    return found


def _of_phrase(tree: Tree, node: int) -> list[int]:
    return [
        pobj
        for prep in tree.children(node, "prep")
        if tree.lowered[prep] in ("of", "by")
        for pobj in prepositional_objects(tree, prep)
    ]


# Adjectives and participles


def _modifier_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "showed reduced X", "was associated with lower X", "had higher X than controls"."""
    outcome = tree[node].head
    if not tree.is_noun(outcome) or not word.direction or word.kind == "effective":
        return []
    if node and tree[node - 1].text in "-–‐":
        return []  # "drug-induced injury": a bare modifier states nothing
    if word.pos == "verb" and tree[node].tag not in ("VBN", "VBD", "JJ"):
        return []
    governor, causes, light = _noun_context(tree, outcome)
    if governor is None:
        return []
    if light in ("stated",):
        return []
    outcome_word = word_at(tree, outcome)
    targets = [outcome]
    if outcome_word is not None and outcome_word.pos == "noun" and outcome_word.kind in ("change", "neutral"):
        if not any(tree.lowered[kid] in _ADVERSE for kid in tree.children(outcome, "amod", "compound", "nmod")):
            return []
    negated, cue = (True, "without") if light == "without" else find_negation(tree, governor)
    no, no_cue = determiner_negation(tree, outcome)
    direction = _direction(word.direction)
    frames = []
    for target in expand(tree, targets):
        if target != outcome and _direction_modifier(tree, target) is not None:
            continue
        frames.append(
            Frame(
                node,
                governor,
                target,
                tuple(dict.fromkeys(causes)),
                direction,
                negated or no,
                f"direction word {light}",
                cue or no_cue,
                (node,),
            )
        )
    return frames


_GRADED = frozenset("frequent common prevalent severe abundant likely intense rapid pronounced".split())


def _graded_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "nausea was more frequent with A than with B", "X was less severe in treated mice"."""
    head = tree.head(node)
    if tree.lowered[node] not in _GRADED or tree[node].dep not in ("acomp", "attr", "oprd") or head is None:
        return []
    degrees = {tree.lowered[kid] for kid in tree.children(node, "advmod")}
    direction: Direction | None = "increase" if "more" in degrees else "decrease" if "less" in degrees else None
    if direction is None:
        return []
    negated, cue = find_negation(tree, head)
    causes = [*adjuncts(tree, head), *adjuncts(tree, node)]
    return [
        Frame(node, head, outcome, tuple(dict.fromkeys(causes)), direction, negated, "predicate", cue)
        for outcome in expand(tree, find_subjects(tree, head))
    ]


def _predicate_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "X was lower in A than in B", "X did not differ", "lived longer"."""
    token = tree[node]
    head = tree.head(node)
    lived = head is not None and tree[head].lemma in ("live", "survive")
    if token.dep in ("advmod", "acomp") and lived and head is not None and word.direction:
        causes = find_subjects(tree, head) + adjuncts(tree, head)
        negated, cue = find_negation(tree, head)
        return [
            Frame(
                node,
                head,
                head,
                tuple(dict.fromkeys(causes)),
                _direction(word.direction),
                negated,
                "lived longer",
                cue,
                (),
                True,
            )
        ]
    if token.dep in {"acomp", "attr", "oprd", "ROOT", "root", "conj", "ccomp", "advcl", "relcl", "xcomp"}:
        copula = head if token.dep in {"acomp", "attr", "oprd"} and head is not None else node
        if token.dep == "conj" and head is not None:
            copula = head if tree.is_verb(head) else (tree.head(head) if tree.head(head) is not None else head) or head
        outcomes = find_subjects(tree, copula)
        negated, cue = find_negation(tree, copula)
        if find_negation(tree, node)[0]:
            negated, cue = find_negation(tree, node)
        if word.kind == "differ":
            if not negated or not outcomes:
                return []
            causes = [*compared(tree, copula), *compared(tree, node), *adjuncts(tree, copula)]
            return [
                Frame(node, copula, outcome, tuple(dict.fromkeys(causes)), "no_change", True, "was not different", cue)
                for outcome in expand(tree, outcomes)
            ]
        if word.kind == "effective":
            preps = [*tree.children(node, "prep"), *(kid for kid in tree.children(copula, "prep") if kid == node + 1)]
            targets = [
                pobj
                for prep in preps
                if tree.lowered[prep] in ("against", "in", "for")
                for pobj in prepositional_objects(tree, prep)
            ]
            frames = []
            for target in expand(tree, targets):
                inner = word_at(tree, target)
                deeper = noun_targets(tree, target) if inner is not None and inner.pos == "noun" else []
                if tree.lowered[target] in ("treatment", "therapy", "management", "control", "prophylaxis"):
                    inner, deeper = None, noun_targets(tree, target)
                if tree.lowered[target] in GROUP_NOUNS:
                    withs = [prep for prep in tree.children(target, "prep") if tree.lowered[prep] == "with"]
                    inner, deeper = None, [pobj for prep in withs for pobj in prepositional_objects(tree, prep)]
                direction: Direction = _direction(inner.direction) if inner is not None and deeper else "decrease"
                for final in expand(tree, deeper) or [target]:
                    frames.append(
                        Frame(node, copula, final, tuple(outcomes), direction, negated, "effective against", cue)
                    )
            for pcomp in [kid for prep in preps for kid in tree.children(prep, "pcomp")]:
                word_in = word_at(tree, pcomp)
                if word_in is not None and word_in.direction:
                    for final in expand(tree, find_objects(tree, pcomp)):
                        frames.append(
                            Frame(
                                pcomp,
                                copula,
                                final,
                                tuple(outcomes),
                                _direction(word_in.direction),
                                negated,
                                "effective in",
                                cue,
                            )
                        )
            return frames
        causes = [*adjuncts(tree, copula), *adjuncts(tree, node)]
        direction = _direction(word.direction)
        unaffected = tree.lowered[node].startswith(("un", "indistinguish")) and word.direction == "no_change"
        return [
            Frame(
                node,
                copula,
                outcome,
                tuple(dict.fromkeys(causes)),
                direction,
                negated or unaffected,
                "predicate",
                cue or (tree.lowered[node] if unaffected else None),
            )
            for outcome in expand(tree, outcomes)
        ]
    return []


def _direction_modifier(tree: Tree, noun: int) -> tuple[int, Direction] | None:
    for kid in tree.children(noun, "amod", "nmod"):
        word = word_at(tree, kid)
        if word is not None and word.direction and word.kind in ("compare", "change", "act", "harm"):
            if tree[kid].tag != "VBG":
                return kid, _direction(word.direction)
    return None


def _direction(name: str) -> Direction:
    match name:
        case "increase" | "decrease" | "no_change" | "mixed":
            return name
        case _:
            return "unknown"
