"""Frames of adjectives: comparatives, predicates, and adjectives that state an effect in themselves."""

from __future__ import annotations

from pipeline.claims.arguments import (
    adjuncts,
    completing_gerunds,
    expand,
    find_objects,
    find_subjects,
    prepositional_objects,
)
from pipeline.claims.contexts import noun_context
from pipeline.claims.cue_lexicon import GROUP_NOUNS
from pipeline.claims.effect_lexicon import EffectWord, load_effects, word_at
from pipeline.claims.frame import EFFECTIVE_MEANS, QUALITY, Frame, direction_of
from pipeline.claims.group_frames import differing_frames
from pipeline.claims.likening import is_likened_to_others, is_that, is_with_that, likened_in
from pipeline.claims.negation import determiner_negation, find_negation
from pipeline.claims.noun_frames import direction_modifier, of_phrase
from pipeline.claims.noun_targets import noun_targets
from pipeline.claims.qualities import find_quality
from pipeline.claims.tree import Tree
from pipeline.claims.verb_frames import ADVERSE
from pipeline.model.claims import Direction

_PEOPLE = GROUP_NOUNS - {"arm", "arms", "group", "groups"}
_CHANGES = frozenset(
    "decrease decreases effect effects gain improvement increase increases loss reduction rise".split()
)
_MASTERING = frozenset("combating controlling managing treating".split())
_MEANS = frozenset("agent alternative drug medication option therapy treatment".split())
_GRADED = frozenset("frequent common prevalent severe abundant likely intense rapid pronounced".split())


def modifier_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "showed reduced X", "was associated with lower X", "had higher X than controls"."""
    outcome = tree[node].head
    if tree.is_noun(outcome) and word.kind == "effective":
        return _effective_means(tree, node, outcome)
    if not tree.is_noun(outcome) or not word.direction or word.kind in ("differ", "effective"):
        return []
    if node and tree[node - 1].text in "-–‐":
        return []  # "drug-induced injury": a bare modifier states nothing
    if word.pos == "verb" and tree[node].tag not in ("VBN", "VBD", "JJ"):
        return []
    if word.pos == "verb" and tree[node].tag == "JJ" and tree.lowered[node] == word.lemma:
        return []  # "a less clear pattern": an adjective that looks like a verb
    governor, causes, light = noun_context(tree, outcome)
    if governor is None:
        return []
    asserting = governor if tree.is_verb(governor) else tree[governor].head  # "there was a trend to a lower X"
    exists = bool(tree.children(asserting, "expl")) and word.direction != "no_change"
    if (light == "stated" and not exists) or (word.direction == "no_change" and tree.lowered[outcome] in _CHANGES):
        return []  # "was associated with a similar loss of weight"
    outcome_word = word_at(tree, outcome)
    targets = [outcome]
    if outcome_word is not None and outcome_word.pos == "noun" and outcome_word.kind in ("change", "neutral"):
        lessened = word.direction == "decrease" and outcome_word.direction in ("increase", "decrease")
        adverse = any(tree.lowered[kid] in ADVERSE for kid in tree.children(outcome, "amod", "compound", "nmod"))
        if not (lessened or adverse):
            return []
    negated, cue = (True, "without") if light == "without" else find_negation(tree, governor)
    no, no_cue = determiner_negation(tree, outcome)
    direction = direction_of(word.direction)
    frames = []
    members = expand(tree, targets)
    own = [member for member in members if member > outcome and direction_modifier(tree, member) is not None]
    for target in members:
        if target != outcome and (direction_modifier(tree, target) is not None or _has_direction(tree, target)):
            continue
        if target != outcome and own and "," in tree.lowered[outcome:target]:
            continue  # "impaired X, oedema and raised Z" says how each is
        if target != outcome and tree.lowered[target] in ("gain", "loss"):
            continue  # "reduced X, weight loss and lower Y"
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


def _has_direction(tree: Tree, node: int) -> bool:
    """Whether a noun says by itself which way: "a reduced incidence of X but an induction of Y"."""
    word = word_at(tree, node)
    return word is not None and word.pos == "noun" and bool(word.direction) and word.kind != "neutral"


def _effective_means(tree: Tree, node: int, noun: int) -> list[Frame]:
    """Read "A is an effective treatment for X", "A proved a useful agent against X"."""
    governor = tree.head(noun)
    if tree.lowered[noun] not in _MEANS or governor is None or not tree.is_verb(governor):
        return []
    if tree[noun].dep not in ("attr", "oprd", "acomp", "pobj") and tree[governor].lemma != "be":
        return []
    negated, cue = find_negation(tree, governor)
    no, no_cue = determiner_negation(tree, noun)
    harms = [
        thing
        for prep in tree.children(noun, "prep")
        if tree.lowered[prep] in ("for", "of", "against", "in")
        for thing in prepositional_objects(tree, prep)
        if tree.lowered[thing] not in GROUP_NOUNS
    ]
    subjects = tuple(find_subjects(tree, governor))
    return [
        Frame(node, governor, harm, subjects, "decrease", negated or no, EFFECTIVE_MEANS, cue or no_cue)
        for harm in expand(tree, harms)
        if subjects
    ]


def responsible_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "A was responsible for more infections", "for an increased risk of X"."""
    copula = tree.head(node)
    if copula is None or tree[node].dep != "acomp":
        return []
    negated, cue = find_negation(tree, copula)
    frames = []
    for prep in (kid for kid in tree.children(node, "prep") if tree.lowered[kid] == "for"):
        for outcome in expand(tree, prepositional_objects(tree, prep)):
            told = direction_modifier(tree, outcome)
            if told is not None:
                causes = tuple(find_subjects(tree, copula))
                frames.append(
                    Frame(node, copula, outcome, causes, told[1], negated, "responsible for", cue, (told[0],))
                )
    return frames


def predicate_frames(tree: Tree, node: int, word: EffectWord) -> list[Frame]:
    """Read "X was lower in A than in B", "X did not differ", "lived longer"."""
    token = tree[node]
    head = tree.head(node)
    lived = head is not None and tree[head].lemma in ("live", "survive")
    if token.dep in ("advmod", "acomp", "dobj") and lived and head is not None and word.direction:
        causes = find_subjects(tree, head) + adjuncts(tree, head)
        negated, cue = find_negation(tree, head)
        return [
            Frame(
                node,
                head,
                head,
                tuple(dict.fromkeys(causes)),
                direction_of(word.direction),
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
            return differing_frames(tree, node, copula, "was not different")
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
                direction: Direction = direction_of(inner.direction) if inner is not None and deeper else "decrease"
                for final in expand(tree, deeper) or [target]:
                    frames.append(
                        Frame(node, copula, final, tuple(outcomes), direction, negated, "effective against", cue)
                    )
            for pcomp in [kid for prep in preps for kid in tree.children(prep, "pcomp")]:
                word_in = word_at(tree, pcomp)
                if tree.lowered[pcomp] in _MASTERING:
                    word_in = load_effects()[("reduce", "verb")]
                if word_in is not None and word_in.direction:
                    for final in expand(tree, find_objects(tree, pcomp)):
                        frames.append(
                            Frame(
                                pcomp,
                                copula,
                                final,
                                tuple(outcomes),
                                direction_of(word_in.direction),
                                negated,
                                "effective in",
                                cue,
                            )
                        )
            return frames
        completed = _completed_comparison(tree, node, copula, word, negated, cue)
        if completed:
            return completed
        causes = [*adjuncts(tree, copula), *adjuncts(tree, node)] or _shared_adjuncts(tree, copula)
        causes += _behind_comparison(tree, node)
        direction = direction_of(word.direction)
        if direction == "no_change" and is_likened_to_others(tree, node):
            return []
        if (
            direction != "no_change"
            and any(_is_effect(tree, outcome) for outcome in outcomes)
            and is_with_that(tree, node)
        ):
            return []  # "the effect of A was weaker than that of B" does not say on what
        if direction == "no_change":
            causes = [cause for cause in causes if not is_that(tree, cause)]
            causes += [cause for outcome in outcomes if _is_effect(tree, outcome) for cause in of_phrase(tree, outcome)]
            outcomes = [thing for outcome in outcomes for thing in _acted_upon(tree, outcome)]
        aspects = [] if direction != "no_change" else likened_in(tree, node, copula)
        if aspects is None or (aspects and any(tree.lowered[who] in _PEOPLE for who in outcomes)):
            return []  # "patients of both groups were similar with regard to X" tells of the start
        if aspects:
            causes, outcomes = [*find_subjects(tree, copula), *causes], aspects
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


def _is_effect(tree: Tree, node: int) -> bool:
    return tree.lowered[node] in ("effect", "effects", "impact", "influence")


def _acted_upon(tree: Tree, node: int) -> list[int]:
    """Return what "the effects of A and B on X" are on, the node itself for other words."""
    if not _is_effect(tree, node):
        return [node]
    owners = of_phrase(tree, node)
    behind = [prep for owner in owners for prep in tree.children(owner, "prep") if tree.lowered[prep] == "on"]
    targets = noun_targets(tree, node) or [thing for prep in behind for thing in prepositional_objects(tree, prep)]
    return targets or ([] if owners else [node])


def _completed_comparison(
    tree: Tree, node: int, copula: int, word: EffectWord, negated: bool, cue: str | None
) -> list[Frame]:
    """Read "A was better than placebo in relieving X", "A was no better than placebo at reducing X"."""
    if tree.lowered[node] not in ("better", "superior"):
        return []
    frames = []
    no = next(
        (tree.lowered[kid] for kid in tree.children(node, "advmod", "neg", "det") if tree.lowered[kid] == "no"), None
    )
    if negated or no is not None:
        frames += [
            Frame(node, copula, thing, tuple(find_subjects(tree, copula)), "no_change", True, "better in", cue or no)
            for anchor in dict.fromkeys((node, copula, *_compared_with(tree, node)))
            for prep in tree.children(anchor, "prep")
            if prep > node and tree.lowered[prep] in ("for", "on")
            for thing in expand(tree, prepositional_objects(tree, prep))
            if tree.lowered[thing] not in GROUP_NOUNS
        ]
    for gerund in completing_gerunds(tree, node, copula):
        inner = word_at(tree, gerund)
        if inner is None or not inner.direction or inner.kind == "differ":
            continue
        frames += [
            Frame(
                gerund,
                copula,
                outcome,
                tuple(find_subjects(tree, copula)),
                direction_of(inner.direction),
                negated or no is not None,
                "better in",
                cue or no,
            )
            for outcome in expand(tree, find_objects(tree, gerund))
        ]
    return frames


def _compared_with(tree: Tree, node: int) -> list[int]:
    than = [prep for prep in tree.children(node, "prep") if tree.lowered[prep] in ("than", "to")]
    return [thing for prep in than for thing in tree.children(prep, "pobj")]


def _behind_comparison(tree: Tree, node: int) -> list[int]:
    """Return the drug of "was greater than placebo for A", which the parse hangs on the comparison."""
    return [
        pobj
        for than in tree.children(node, "prep")
        if tree.lowered[than] == "than" and tree.children(than, "pobj")
        for prep in tree.children(than, "prep")
        if tree.lowered[prep] in ("for", "with")
        for pobj in prepositional_objects(tree, prep)
    ]


def _shared_adjuncts(tree: Tree, copula: int) -> list[int]:
    """Return the adjuncts behind the last of coordinated predicates: "X was higher and Y was lower in treated rats"."""
    found: list[int] = []
    for member in tree.conjuncts(copula)[-1:]:
        if tree[member].lemma == tree[copula].lemma:
            found = adjuncts(tree, member)
            for adjective in tree.children(member, "acomp", "attr", "oprd"):
                found += adjuncts(tree, adjective)
    return found


def graded_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "nausea was more frequent with A than with B", "X was less severe in treated mice"."""
    head = tree.head(node)
    often = _how_often_present(tree, node)
    if not (tree.lowered[node] in _GRADED or often) or tree[node].dep not in ("acomp", "attr", "oprd") or head is None:
        return []
    degrees = {tree.lowered[kid] for kid in tree.children(node, "advmod")}
    degrees |= often
    direction: Direction | None = "increase" if "more" in degrees else "decrease" if "less" in degrees else None
    if direction is None:
        return []
    negated, cue = find_negation(tree, head)
    causes = [*adjuncts(tree, head), *adjuncts(tree, node)]
    return [
        Frame(node, head, outcome, tuple(dict.fromkeys(causes)), direction, negated, "predicate", cue)
        for outcome in expand(tree, find_subjects(tree, head))
    ]


def _how_often_present(tree: Tree, node: int) -> set[str]:
    """Return the degree of "nausea was present more often with A"."""
    adverbs = tree.children(node, "advmod") if tree.lowered[node] == "present" else []
    often = [adverb for adverb in adverbs if tree.lowered[adverb] in ("commonly", "frequently", "often")]
    return {tree.lowered[kid] for adverb in often for kid in tree.children(adverb, "advmod")}


def quality_frames(tree: Tree, node: int) -> list[Frame]:
    """Read "A has anticancer effects", "the antiviral activity of A may …", "A is a cancer-preventive agent"."""
    quality = find_quality(tree, node)
    if quality is None:
        return []
    noun = quality.noun
    if tree[noun].dep == "appos" and tree.lowered[noun] in _MEANS | {"agent", "drugs"}:
        return []  # "A, an antidiabetic drug, raised X"
    governor, causes, _ = noun_context(tree, noun)
    if governor is None:
        top = tree.head(noun)
        if top is None or not (tree.is_verb(top) and tree[noun].dep in ("nsubj", "nsubjpass", "dobj")):
            return []
        acting = word_at(tree, top)
        if acting is not None and acting.direction and tree[noun].dep in ("dobj", "nsubjpass"):
            return []  # "reversed the analgesic effect of A" takes that effect for granted
        grounds = {tree.lowered[top], *(tree.lowered[kid] for kid in tree.children(top))}
        if grounds & {"attributable", "due", "related"} and find_negation(tree, top)[0]:
            return []  # "the analgesic effect of A is not due to Y" takes that effect for granted
        governor = top
        causes = find_subjects(tree, top) if tree[noun].dep == "dobj" else []
    owners = [kid for kid in tree.children(noun, "poss", "compound", "nmod") if kid != node]
    negated, cue = find_negation(tree, governor)
    no, no_cue = determiner_negation(tree, noun)
    found = [*of_phrase(tree, noun), *owners, *causes]
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
