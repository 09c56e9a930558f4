"""Frames: who did what to which outcome, read off a sentence's dependency tree.

A frame knows tree nodes only. Which of the causes is a drug, and what else is known of it, is decided by later stages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.claims.effect_lexicon import EffectWord, load_effects
from pipeline.claims.tree import SUBJECTS, Tree
from pipeline.model.claims import Direction

# A finding verb under negation denies what it introduces: "we did not find that …", "failed to show that …".
_DENIABLE = frozenset(
    {"show", "find", "demonstrate", "prove", "confirm", "observe", "detect", "reveal", "support", "establish", "see"}
)
_ADVERSE = frozenset(
    {"side", "adverse", "toxic", "unwanted", "undesirable", "untoward", "toxicities", "complications"}
)
_ADVERSE_NOUNS = frozenset(
    {"effect", "effects", "event", "events", "reaction", "reactions", "toxicities", "toxicity", "complications"}
)
_OCCURRENCE = frozenset({"observe", "occur", "report", "see", "note", "detect", "find", "record", "develop"})
OCCURRENCE = "occurs under treatment"
HARM_ASSOCIATION = "associated with a harm"
CAUSE_PREPOSITIONS = frozenset(
    {"with", "by", "after", "following", "upon", "during", "on", "under", "in", "among", "from", "through", "via",
     "to", "for", "using", "at", "within", "of"}
)  # fmt: skip
_FINDING_VERBS = frozenset({"observe", "see", "find", "note", "detect", "report", "record", "document", "demonstrate",
                            "show", "describe", "occur", "reveal", "evident", "apparent"})  # fmt: skip
_LIGHT_KINDS = frozenset({"show", "associate", "result", "cause"})
_RAISING = frozenset({"show", "find", "report", "demonstrate", "know", "see", "observe", "appear", "seem", "tend",
                      "think", "believe", "expect", "predict", "suggest", "say", "prove", "establish", "describe",
                      "able", "likely", "suffice", "sufficient", "need", "continue", "begin", "help", "fail",
                      "act", "serve", "use", "able", "shown"})  # fmt: skip
_NEGATORS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without", "cannot", "nt"})


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
    does = token.lemma == "do" and not tree.children(node, "dobj", "xcomp") and bool(tree.children(node, "nsubj"))
    if not (succeeds or does):
        return []
    causes = find_subjects(tree, node)
    negated, cue = find_negation(tree, node)
    if not causes:
        return []
    below = set(tree.subtree(token.head)) - set(tree.subtree(node))
    return [
        replace(frame, trigger=node, verb=node, causes=tuple(causes), negated=negated, cue=cue, rule="ellipsis")
        for frame in so_far
        if frame.verb in below and frame.trigger < node
    ]


def word_at(tree: Tree, node: int) -> EffectWord | None:
    """Return the lexicon's entry for the word at a node, by its form and tag."""
    lexicon = load_effects()
    token, form = tree[node], tree.lowered[node]
    if token.tag.startswith("VB"):
        return lexicon.get((form, "verb"))
    if token.tag.startswith("NN"):
        return lexicon.get((form, "noun"))
    if token.tag.startswith(("JJ", "RB")):
        return lexicon.get((form, "adj")) or lexicon.get((form, "verb"))
    return None


def _frames_at(tree: Tree, node: int) -> list[Frame]:
    token = tree[node]
    if token.lemma == "be" and tree.children(node, "attr"):
        return _side_effect_frames(tree, node)
    if token.lemma in _OCCURRENCE and tree.is_verb(node) and token.dep not in ("amod", "compound"):
        return _occurrence_frames(tree, node)
    word = word_at(tree, node)
    if word is None:
        return []
    if _is_misread_verb(tree, node, word):
        return _repaired_frames(tree, node, word)
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
    """Whether the parser took the sentence's finite verb for a participle: "Treatment with A, at 5 mg, reduced pain and …".

    So it is where no finite verb stands before it, a noun phrase or a comma does, and it has no determiner.
    """
    token = tree[node]
    if token.dep != "amod" or token.tag not in ("VBN", "VBD") or word.pos != "verb" or node < 1 or token.head < node:
        return False
    if tree[node - 1].tag not in ("NN", "NNS", "NNP", ",", "RB", "CD", "-RRB-", "NNPS"):
        return False
    finite = {"VBD", "VBZ", "VBP", "MD"}
    if any(other.tag in finite and other.dep not in ("relcl", "acl") for other in tree.tokens[:node]):
        return False
    return any(other.dep in SUBJECTS or other.dep in ("ROOT", "root") for other in tree.tokens[:node])


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
    if word.kind == "differ":
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
            outcomes = [pobj for prep in tree.children(node, "prep") if tree.lowered[prep] in ("in", "to")
                        for pobj in prepositional_objects(tree, prep)]  # fmt: skip
            rule = "verb and result"
        if not outcomes and word.kind in ("change", "harm", "alter"):
            outcomes = find_subjects(tree, node)
            causes = adjuncts(tree, node)
            rule = "verb of change"
            if tree[node].dep == "acl" and tree[node].tag == "VBN":
                return []
    direction = word.direction
    frames = []
    for outcome in expand(tree, outcomes):
        base = Frame(
            trigger=node, verb=node, outcome=outcome, causes=tuple(dict.fromkeys(causes)),
            direction=_direction(direction), negated=negated, cue=cue, rule=rule,
        )  # fmt: skip
        if word.kind in ("cause", "result") or (word.lemma in ("induce", "promote", "produce", "provoke", "elicit")):
            composed = _compose(tree, base)
            if composed is not None:
                frames.extend(composed)
                continue
        no, no_cue = _determiner_negation(tree, outcome)
        if no or _is_excepted(tree, outcome):
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
    """Read "X was observed in mice treated with A", "we saw X in 12 % of patients on A": X occurs, no change is stated."""
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
    harms = [pobj for prep in tree.children(node, "prep") if tree.lowered[prep] in ("from", "against")
             for pobj in prepositional_objects(tree, prep)]  # fmt: skip
    for thing in find_objects(tree, node):
        harms += [pobj for prep in tree.children(thing, "prep") if tree.lowered[prep] in ("from", "against")
                  for pobj in prepositional_objects(tree, prep)]  # fmt: skip
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
    negated, cue = _determiner_negation(tree, head)
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
        )  # fmt: skip
        for target in expand(tree, targets)
    ]


# Nouns


def _noun_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "a reduction in X was seen with A", "A showed a reduction in X", "extension of X by A"."""
    targets = noun_targets(tree, node)
    if word.kind == "protect":
        targets = [pobj for prep in tree.children(node, "prep") if tree.lowered[prep] in ("from", "against")
                   for pobj in prepositional_objects(tree, prep)]  # fmt: skip
    compound = [
        kid for kid in tree.children(node, "compound", "nmod", "amod") if kid == node - 1 and tree.is_noun(kid)
    ]
    if not targets and compound and word.kind in ("change", "act"):
        targets = compound
    if not targets:
        return []
    governor, causes, light = _noun_context(tree, node)
    if governor is None:
        return []
    negated, cue = find_negation(tree, governor)
    no, no_cue = _determiner_negation(tree, node)
    direction = _direction(word.direction)
    if light == "without":
        negated, cue, no, no_cue = True, "without", False, None
    if word.kind == "neutral":
        if not (negated or no):
            return []
        direction = "no_change"
    own = [*compared(tree, node), *_of_phrase(tree, node)] if word.kind == "neutral" else []
    own += [pobj for prep in tree.children(node, "prep", "agent") if tree.lowered[prep] in ("by", "with", "after", "following", "on")
           for pobj in prepositional_objects(tree, prep)]  # fmt: skip
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
        )  # fmt: skip
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
    wanted = ("on", "in") if word is not None and word.kind == "neutral" else ("in", "of", "on", "for")
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
    return [pobj for prep in tree.children(node, "prep") if tree.lowered[prep] in ("of", "by")
            for pobj in prepositional_objects(tree, prep)]  # fmt: skip


# Adjectives and participles


def _modifier_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "showed reduced X", "was associated with lower X", "had higher X than controls"."""
    outcome = tree[node].head
    if not tree.is_noun(outcome) or not word.direction or word.kind == "effective":
        return []
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
        return []
    negated, cue = (True, "without") if light == "without" else find_negation(tree, governor)
    no, no_cue = _determiner_negation(tree, outcome)
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
            )  # fmt: skip
        )
    return frames


def _predicate_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "X was lower in A than in B", "X did not differ", "lived longer"."""
    token = tree[node]
    head = tree.head(node)
    if token.dep in {"acomp", "attr", "oprd", "ROOT", "root", "conj", "ccomp", "advcl", "relcl", "xcomp"}:
        copula = head if token.dep in {"acomp", "attr", "oprd"} and head is not None else node
        if token.dep == "conj" and head is not None:
            copula = (
                head if tree.is_verb(head) else (tree.head(head) if tree.head(head) is not None else head) or head
            )
        outcomes = find_subjects(tree, copula)
        negated, cue = find_negation(tree, copula)
        if find_negation(tree, node)[0]:
            negated, cue = find_negation(tree, node)
        if word.kind == "differ":
            if not negated or not outcomes:
                return []
            causes = [*compared(tree, copula), *compared(tree, node), *adjuncts(tree, copula)]
            return [
                Frame(
                    node, copula, outcome, tuple(dict.fromkeys(causes)), "no_change", True, "was not different", cue
                )
                for outcome in expand(tree, outcomes)
            ]
        if word.kind == "effective":
            targets = [pobj for prep in tree.children(node, "prep") if tree.lowered[prep] in ("against", "in", "for")
                       for pobj in prepositional_objects(tree, prep)]  # fmt: skip
            frames = []
            for target in expand(tree, targets):
                inner = word_at(tree, target)
                deeper = noun_targets(tree, target) if inner is not None and inner.pos == "noun" else []
                direction: Direction = _direction(inner.direction) if inner is not None and deeper else "decrease"
                for final in expand(tree, deeper) or [target]:
                    frames.append(
                        Frame(node, copula, final, tuple(outcomes), direction, negated, "effective against", cue)
                    )
            for pcomp in [kid for prep in tree.children(node, "prep") for kid in tree.children(prep, "pcomp")]:
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
            )  # fmt: skip
            for outcome in expand(tree, outcomes)
        ]
    if token.dep == "advmod" and head is not None and tree[head].lemma in ("live", "survive") and word.direction:
        causes = find_subjects(tree, head) + adjuncts(tree, head)
        negated, cue = find_negation(tree, head)
        return [Frame(node, head, head, tuple(dict.fromkeys(causes)), _direction(word.direction), negated,
                      "lived longer", cue, (), True)]  # fmt: skip
    return []


def _direction_modifier(tree: Tree, noun: int) -> tuple[int, Direction] | None:
    for kid in tree.children(noun, "amod", "nmod"):
        word = word_at(tree, kid)
        if word is not None and word.direction and word.kind in ("compare", "change", "act", "harm"):
            if tree[kid].tag != "VBG":
                return kid, _direction(word.direction)
    return None


# Arguments


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
    token = tree[node]
    if subjects:
        resolved = []
        for subject in subjects:
            if tree[subject].tag in ("WDT", "WP") and token.dep in ("relcl", "acl", "ccomp"):
                resolved.append(token.head)
            else:
                resolved.append(subject)
        return resolved
    head = tree.head(node)
    if head is None or depth > 6:
        return []
    if token.dep == "conj" and (tree.is_verb(head) or tree[head].tag.startswith("JJ")):
        return find_subjects(tree, head, depth + 1)
    if token.dep == "relcl" and token.tag != "VBN":
        return [head]
    if token.dep == "acl":
        return [head]
    if token.dep == "pcomp":
        verb = tree.head(head)
        if verb is None:
            return []
        return find_subjects(tree, verb, depth + 1) if tree.is_verb(verb) else [verb]
    if token.dep in ("xcomp", "advcl", "ccomp", "acomp", "oprd", "dep", "parataxis"):
        if token.dep in ("advcl", "ccomp", "parataxis") and token.tag not in ("VBG", "VB", "VBN"):
            return []
        if tree[head].dep == "acomp" or tree[head].tag.startswith("JJ"):
            governor = tree.head(head)
            if governor is not None and tree.is_verb(governor):
                return find_subjects(tree, governor, depth + 1)
        objects = tree.children(head, "dobj")
        if token.dep == "xcomp" and objects and tree[head].lemma not in _RAISING and not is_passive(tree, head):
            return objects
        return find_subjects(tree, head, depth + 1)
    return []


def find_objects(tree: Tree, node: int) -> list[int]:
    """Return the heads of a verb's direct objects; a verb coordinated with a later one shares the later one's."""
    objects = tree.children(node, "dobj", "obj")
    if objects:
        return objects
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


def prepositional_objects(tree: Tree, prep: int) -> list[int]:
    """Return what a preposition governs, nouns only."""
    found = tree.children(prep, "pobj")
    for pcomp in tree.children(prep, "pcomp"):
        if tree.is_noun(pcomp):
            found.append(pcomp)
    return found


def agents(tree: Tree, node: int) -> list[int]:
    """Return the by-phrases of a passive verb."""
    found = []
    for prep in tree.children(node, "agent", "prep"):
        if tree.lowered[prep] == "by":
            found.extend(prepositional_objects(tree, prep))
            found.extend(
                dobj for pcomp in tree.children(prep, "pcomp") for dobj in [pcomp, *tree.children(pcomp, "dobj")]
            )
    return found


def adjuncts(tree: Tree, node: int, *, but: int | None = None) -> list[int]:
    """Return the nouns of prepositional phrases on a verb that may name the cause, fronted ones included."""
    found = []
    for prep in tree.children(node, "prep", "agent"):
        if prep == but or tree.lowered[prep] not in CAUSE_PREPOSITIONS:
            continue
        found.extend(prepositional_objects(tree, prep))
        for pcomp in tree.children(prep, "pcomp"):
            found.append(pcomp)
    for outcome in [*tree.children(node, "dobj", "nsubj", "nsubjpass")]:
        for prep in tree.children(outcome, "prep"):
            if tree.lowered[prep] in ("with", "by", "after", "following", "in", "among", "under", "on"):
                found.extend(prepositional_objects(tree, prep))
    return found


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
        for member in [node, *tree.conjuncts(node)]:
            if member not in found and (member == node or tree.is_noun(member)):
                found.append(member)
    return found


# Negation


def find_negation(tree: Tree, node: int, depth: int = 0) -> tuple[bool, str | None]:
    """Return whether a verb (or copula) is negated, and by which cue; two negations cancel."""
    negated, cue = False, None
    for subject in tree.children(node, "nsubj", "nsubjpass"):
        if any(tree.lowered[kid] == "neither" for kid in tree.children(subject, "preconj", "det", "cc", "advmod")):
            negated, cue = True, "neither"
    for kid in tree.children(node):
        form = tree.lowered[kid]
        if cue != "neither" and (
            form in _NEGATORS
            and tree[kid].dep in ("neg", "advmod", "preconj", "cc", "det", "dep", "aux")
            and kid <= node + 3
        ):
            if (
                form == "not"
                and kid + 1 < len(tree)
                and tree.lowered[kid + 1] in ("only", "just", "merely", "simply")
            ):
                continue
            if form in ("no", "neither", "nor") and tree[kid].dep == "det":
                continue
            if form == "nor" and kid > node:
                continue
            negated, cue = not negated, form
    token = tree[node]
    head = tree.head(node)
    if head is None or depth > 4:
        return negated, cue
    if token.dep == "xcomp" and (word := word_at(tree, head)) is not None and word.kind == "fail":
        outer, outer_cue = find_negation(tree, head, depth + 1)
        return (not outer) != negated, cue or outer_cue or tree.lowered[head]
    if token.dep == "ccomp" and tree[head].lemma in _DENIABLE:
        outer, outer_cue = find_negation(tree, head, depth + 1)
        return outer != negated, cue or outer_cue
    if token.dep in ("acl", "ccomp", "relcl") and tree.lowered[head] in (
        "evidence",
        "proof",
        "indication",
        "suggestion",
    ):
        denied, denial = _determiner_negation(tree, head)
        return denied != negated, cue or denial
    if token.dep == "acl" and tree.lowered[head] in ("failure", "inability"):
        return not negated, cue or tree.lowered[head]
    if token.dep == "pcomp" and tree.lowered[head] == "without":
        return not negated, cue or "without"
    if token.dep == "xcomp" and (tree[head].lemma in _RAISING or tree.lowered[head] in _RAISING):
        outer, outer_cue = find_negation(tree, head, depth + 1)
        return outer != negated, cue or outer_cue
    if token.dep == "conj" and not negated and tree.is_verb(head) and not _has_own_polarity(tree, node):
        return find_negation(tree, head, depth + 1)
    return negated, cue


def _has_own_polarity(tree: Tree, node: int) -> bool:
    """Whether a coordinated verb stands apart from its first conjunct's negation: "but", own subject or auxiliary."""
    if tree.children(node, "nsubj", "nsubjpass", "aux", "auxpass"):
        return True
    head = tree[node].head
    between = tree.lowered[head + 1 : node]
    return "but" in between or "and" in between or "yet" in between or ";" in between


def _is_excepted(tree: Tree, noun: int) -> bool:
    """Whether a coordinated outcome is excepted: "lowered A but not B"."""
    if tree[noun].dep != "conj":
        return False
    left = min(tree.subtree(noun))
    before = tree.lowered[max(0, left - 3) : left + 2]
    return "but" in before and "not" in before and "only" not in before


def _determiner_negation(tree: Tree, noun: int) -> tuple[bool, str | None]:
    for kid in tree.children(noun, "det", "neg", "amod", "advmod", "nmod"):
        if tree.lowered[kid] in ("no", "neither", "little", "minimal", "nonsignificant", "insignificant"):
            return True, tree.lowered[kid]
    head = tree.head(noun)
    if head is not None and tree[noun].dep == "pobj" and tree.lowered[head] == "of":
        governor = tree.head(head)
        if governor is not None and tree.lowered[governor] in ("lack", "absence"):
            return True, tree.lowered[governor]
    return False, None


def _direction(name: str) -> Direction:
    match name:
        case "increase" | "decrease" | "no_change" | "mixed":
            return name
        case _:
            return "unknown"
