"""What a reference points to: "it", "the treatment", "treated mice", "group B" resolved to a drug named elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.frame import Frame
from pipeline.claims.group_frames import NO_DIFFERENCE
from pipeline.claims.own_names import has_unknown_name, is_any, names_other_agent, names_own_treatment
from pipeline.claims.scene import Scene, is_bracketed, is_in_subject, key_of, place
from pipeline.claims.tree import SUBJECTS, Tree, comparison_nodes
from pipeline.model import Mention, Span
from pipeline.model.claims import FieldSource

GROUP_LABEL = re.compile(r"\b(?i:groups?|arms?|cohorts?)\s+(?:[A-Z]{1,4}\d?|\d)\b")


@dataclass(frozen=True, slots=True)
class Agent:
    """A drug as the cause of a frame.

    Attributes:
        mention: the words that name it.
        source: where they stand relative to the sentence.
        anaphor: the clean span of the referring words in the sentence, if the drug is named elsewhere.
        partners: drugs given together with it; ``comparator``: the drug it replaced, for "switching from A to B".
        control: the token of a control arm that the sentence is about, where the drug is what it is compared with.
        excepted: whether the statement excepts it: "A, but not B, lowered X".
        rule: why, for ``--why``.
    """

    mention: Mention
    source: FieldSource = "sentence"
    anaphor: Span | None = None
    partners: tuple[Mention, ...] = ()
    comparator: Mention | None = None
    excepted: bool = False
    control: int | None = None
    rule: str = "named in the cause"


@dataclass(frozen=True, slots=True)
class StudyContext:
    """What a paragraph says of the study it reports: who took part, how many, how old, and under which reference."""

    subject: Mention
    population: Span | None
    sample_size: Mention | None
    age: Mention | None
    markers: frozenset[str]


@dataclass(slots=True)
class Memory:
    """What the paragraph so far and the document say, for references; ``outcomes`` are those of the sentence before,
    ``told`` the paragraph's sentences so far that tell of a regimen, a strain or an age, ``given`` its drugs so far,
    ``acted`` the keys of those that it has told effects of.
    """

    main_drug: str | None = None
    subjects: tuple[Mention, ...] = ()
    mentioned: tuple[Mention, ...] = ()
    age: int = 0
    study_drug: Mention | None = None
    trial_drug: Mention | None = None
    controlled: bool = False
    study: StudyContext | None = None
    pair: tuple[Mention, ...] = ()
    together: bool = False
    partners: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    told: tuple[Scene, ...] = ()
    given: dict[str, Mention] = field(default_factory=dict)
    acted: set[str] = field(default_factory=set)

    def antecedent(self, *, plural: bool = False, reach: int = 0) -> Mention | None:
        """Return the drug that a reference points to: the last sentence's subject, else its only drug.

        Args:
            plural: whether the reference is plural, so that a class is meant rather than a drug.
            reach: how many sentences without a drug may stand in between.
        """
        if self.age > reach:
            return None
        for group in (self.subjects, self.mentioned):
            keys = {key_of(mention) for mention in group}
            if len(keys) == 1:
                return group[-1]
            classes = [mention for mention in group if "class" in mention.flags]
            if plural and len({key_of(mention) for mention in classes}) == 1:
                return classes[-1]
            if keys:
                return None
        return None

    def advance(self, scene: Scene, given: list[Mention]) -> None:
        """Take the sentence just read into account."""
        if not given:
            self.age += 1
            return
        self.age = 0
        for mention in given:
            self.given.setdefault(key_of(mention), mention)
        comparison = comparison_nodes(scene.tree)
        outside = tuple(m for m in given if scene.node(m) not in comparison)
        outside = tuple(m for m in outside if not _is_producer(scene, m)) or outside
        self.subjects = tuple(m for m in outside if is_in_subject(scene, m))
        self.mentioned = outside


def _is_producer(scene: Scene, mention: Mention) -> bool:
    """Whether a drug only says what made a condition: "the rigidity induced by A fell with B"."""
    node = scene.node(mention)
    if node is None:
        return False
    above = [scene.tree.lowered[ancestor] for ancestor in list(scene.tree.ancestors(node))[:3]]
    return bool({"caused", "elicited", "evoked", "induced", "produced", "provoked"} & set(above)) and "by" in above


def resolve_reference(scene: Scene, cause: int, given: list[Mention], memory: Memory) -> Agent | None:
    """Resolve "it", "this treatment", "treated mice", "group B" to a drug of this sentence, its paragraph or the
    study.
    """
    tree = scene.tree
    form = tree.lowered[cause]
    nodes = tree.subtree(cause)
    phrase = {tree.lowered[node] for node in nodes}
    span = Span(tree[cause].start, tree[cause].end)
    if GROUP_LABEL.search(scene.text(Span(tree[nodes[0]].start, tree[nodes[-1]].end))):
        return None  # "group 2", which nothing defines
    is_pronoun = form in cues.ANAPHORS
    is_treatment = form in cues.TREATMENT_NOUNS and not (names_other_agent(scene, cause) or is_any(tree, cause))
    is_group = form in cues.GROUP_NOUNS and bool(phrase & cues.STUDY_WORDS)
    if not (is_pronoun or is_treatment or is_group) or (is_group and names_own_treatment(scene, nodes)):
        return None
    if (is_group or is_treatment) and has_unknown_name(scene, cause):
        return None
    if is_group and {"no", "non", "not", "untreated", "without"} & phrase:
        return None  # "the no-treatment arm"
    between = tree.lowered[tree[cause].head] in ("among", "between")
    if form in cues.COMPARED_GROUPS and (between or {"all", "both", "three", "two"} & phrase):
        return None  # "in both experimental groups": one of them is the control
    if is_group and any(tree.lowered[min(tree.subtree(kid)) - 1] != "," for kid in tree.children(cause, "relcl")):
        return None  # "the group in which X was prevented" is said here to be another
    if is_pronoun and _sums_up(tree, cause):
        return None
    if form == "this" and any(token.tag in ("VBD", "VBP", "VBZ") for token in tree.tokens[:cause]):
        return None  # "more women wait, and this raised X": what the clause before says
    earlier = [m for m in given if m.clean is not None and m.clean.end <= tree[cause].start]
    if earlier:
        comparison = comparison_nodes(tree)
        outside = [m for m in earlier if scene.node(m) not in comparison]
        distinct = {key_of(m): m for m in reversed(outside)}
        if len(distinct) == 1:
            return Agent(outside[0], anaphor=span, rule=f"“{tree[cause].text}” refers to it")
        if form == "combination" and len(distinct) == 2:
            first, second = sorted(distinct.values(), key=place)
            return Agent(first, anaphor=span, partners=(second,), rule="“combination” refers to both")
        subjects = [m for m in outside if is_in_subject(scene, m)]
        if len({key_of(m) for m in subjects}) == 1:
            return Agent(subjects[0], anaphor=span, rule=f"“{tree[cause].text}” refers to the subject")
        return None
    if memory.together and len(memory.pair) == 2 and (is_treatment or is_group) and not given:
        rule = f"“{tree[cause].text}” is the combination that the document gives"
        return Agent(memory.pair[0], source="document", anaphor=span, partners=memory.pair[1:], rule=rule)
    by_role = form in ("arm", "group") and phrase & cues.STUDIED_ARM and not phrase & {"that", "this"}
    if is_group and by_role and memory.study_drug is not None:
        return study_agent(scene, memory, span)
    plural = form in ("these", "they", "both", "drugs", "agents", "compounds")
    antecedent = memory.antecedent(plural=plural, reach=0 if is_pronoun else 2)
    if antecedent is not None:
        rule = f"“{tree[cause].text}” refers to the drug of the text before"
        return Agent(antecedent, source="paragraph", anaphor=span, rule=rule)
    return None if is_pronoun else study_agent(scene, memory, span)


def _sums_up(tree: Tree, cause: int) -> bool:
    """Whether a pronoun stands for what was said before: "this suggests that age is linked to X" says nothing of it."""
    verb = tree.head(cause)
    if verb is None or tree[cause].dep not in SUBJECTS or tree[verb].lemma not in cues.SUGGESTING_VERBS:
        return False
    return bool(tree.children(verb, "ccomp"))


def resolve_study_groups(
    scene: Scene, frame: Frame, phrase: Collection[int], given: list[Mention], memory: Memory
) -> Agent | None:
    """Resolve "between the two groups" and a bare "did not differ" to the drug that the document's own experiment
    studies; a drug among the nodes of the outcome phrase is none of the arms.
    """
    tree = scene.tree
    compared = [cause for cause in frame.causes if tree.lowered[cause] in cues.COMPARED_GROUPS]
    if compared:
        given = [mention for mention in given if scene.node(mention) not in phrase]
    if given:
        return _bracketed_arms(scene, frame, given) if compared else None
    if not memory.controlled or {"before", "after"} <= set(tree.lowered):
        return None
    for cause in compared:
        if {"another", "other", "remaining"} & {tree.lowered[kid] for kid in tree.children(cause)}:
            return None
        kinds = [tree[kid] for kid in tree.subtree(cause) if kid < cause and tree[kid].tag == "JJ"]
        if any(kind.text not in cues.ARM_WORDS and kind.text.islower() for kind in kinds):
            return None  # "between the melancholic and other patient groups"
        words = Span(tree[cause].start, tree[cause].end)
        if frame.direction == "no_change" and len(memory.pair) == 2 and not memory.together:
            return _first_of_pair(scene, words, memory)
        return study_agent(scene, memory, words)
    if frame.rule == NO_DIFFERENCE:
        return None
    if frame.rule.startswith("verb and") and any(tree[cause].dep in SUBJECTS for cause in frame.causes):
        return None  # "two had not changed X"
    if frame.direction == "no_change" and not any(names_kind(scene, cause) for cause in frame.causes):
        return study_agent(scene, memory, Span(tree[frame.trigger].start, tree[frame.trigger].end))
    return None


def resolve_pair(scene: Scene, frame: Frame, cause: int, memory: Memory) -> list[Agent]:
    """Resolve "both drugs", "the two treatments" to the two drugs that the document's own experiment compares."""
    tree = scene.tree
    if tree.lowered[cause] not in cues.COMPARED_DRUGS or len(memory.pair) != 2:
        return []
    if not any(tree.lowered[kid] in ("both", "two", "either") for kid in tree.children(cause)):
        return []
    if any(scene.span.start < mark.clean <= scene.span.end for mark in scene.document.citations):
        return []
    span = Span(tree[cause].start, tree[cause].end)
    differs = tree.lowered[frame.trigger].startswith(("compar", "differ", "equal", "similar"))
    if frame.direction == "no_change" and (differs or frame.rule.startswith(("predicate", "did not", "was not"))):
        first = _first_of_pair(scene, span, memory)
        return [] if first is None else [first]
    rule = f"“{tree[cause].text}” are the two of the document's experiment"
    return [Agent(drug, source="document", anaphor=span, rule=rule) for drug in memory.pair]


def _first_of_pair(scene: Scene, words: Span, memory: Memory) -> Agent | None:
    if any(scene.span.start < mark.clean <= scene.span.end for mark in scene.document.citations):
        return None
    rule = f"“{scene.text(words)}” are the two of the document's experiment"
    return Agent(memory.pair[0], source="document", anaphor=words, comparator=memory.pair[1], rule=rule)


def _bracketed_arms(scene: Scene, frame: Frame, given: list[Mention]) -> Agent | None:
    """Resolve "did not differ between the groups (A, 11 %; B, 16 %)" to A, compared with B."""
    arms: dict[str, Mention] = {}
    for mention in given:
        if mention.clean is None or not is_bracketed(scene, mention.clean.start):
            return None
        arms.setdefault(key_of(mention), mention)
    if frame.direction != "no_change" or len(arms) > 2:
        return None
    first, *others = arms.values()
    return Agent(first, comparator=others[0] if others else None, rule="its arm's value stands in brackets")


def names_kind(scene: Scene, cause: int) -> bool:
    """Whether a cause names something of its own: a gene, a disease, or subjects compared by sex or age."""
    return any(cause in scene.nodes(mention) for mention in scene.of("GENE", "DISEASE", "SEX", "AGE"))


def study_agent(scene: Scene, memory: Memory, anaphor: Span) -> Agent | None:
    """Return the drug of the document's own experiment, unless the sentence reports somebody else's."""
    studied = memory.pair if memory.together else (memory.study_drug,)
    if studied[0] is None or any(scene.span.start < mark.clean <= scene.span.end for mark in scene.document.citations):
        return None
    words = scene.text(anaphor)
    return Agent(
        studied[0],
        source="document",
        anaphor=anaphor,
        partners=tuple(drug for drug in studied[1:] if drug is not None),
        rule=f"“{words}” is the group of the document's experiment",
    )
