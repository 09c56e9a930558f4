"""Whose results they are that a sentence tells without its drug: "Y was also lowered", "Death was reduced (HR 0.8)",
"Skin was 35 % thinner than in vehicle-treated mice".

Who is compared with vehicle was given the one drug that the paragraph, or else the study, is about.
"""

from __future__ import annotations

import re

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.antecedents import GROUP_LABEL, Agent, Memory, names_kind, study_agent
from pipeline.claims.frame import Frame
from pipeline.claims.own_names import names_own_treatment
from pipeline.claims.scene import Scene, key_of
from pipeline.claims.titles import section_kind
from pipeline.claims.tree import SUBJECTS, Tree, comparison_nodes
from pipeline.model import Mention, Span

_NOTHING_GIVEN = frozenset("non-treated nontreated placebo saline untreated vehicle".split())
_AGEING = frozenset("age ageing aging maturation senescence".split())
# Groups of another kind than those given vehicle: they are compared with it for another reason than the drug.
_OTHER_KINDS = re.compile(r"\b(?:young|healthy|wild|WT|sham|naive|lean|normal)\b", re.IGNORECASE)
_OTHER_CONTRAST = re.compile(
    r"\b(?:age|aged|ageing|aging|old|older|young|younger|adults?|baseline|control|controls|than|versus|vs|between|both"
    r"|diet|HFD|chow|model|models|injury|injured|infect\w+|wild|mutants?|knock\w*|KO|transgenic|deficient|deletion|over-?expression"
    r"|lacking|loss of|after|following|post|groups?|cohorts?|arms?|correlat\w+|associat\w+|patients)\b|[-−–+]/[-−–+]",
    re.IGNORECASE,
)
_NO_RESULTS = frozenset("introduction methods title".split())
_SEXES = frozenset("female females male males sex sexes".split())
_BEGINNING = frozenset("administer begin commence give initiate introduce start treat".split())
_EVENT_PREPOSITIONS = frozenset("after by during following with".split())
_CIRCUMSTANCES = frozenset("at by during on through under via with".split())
_OPENERS = frozenset("after following once since upon when".split())


def resolve_continuation(scene: Scene, frame: Frame, given: list[Mention], memory: Memory) -> Agent | None:
    """Resolve "Y was also lowered", "Furthermore, Y fell" to the drug of the sentence before, which it goes on with."""
    tree = scene.tree
    if given or any(names_kind(scene, cause) or tree[cause].dep in SUBJECTS for cause in frame.causes):
        return None
    words = tree.lowered[: frame.trigger]
    node = next((i for i, word in enumerate(words) if word in cues.CONTINUING), None)
    if node is None and words[:2] != ("in", "addition") and words[:3] != ("as", "a", "result"):
        return None
    antecedent = memory.antecedent()
    if antecedent is None:
        return None
    cue = Span(tree[node or 0].start, tree[node or 0].end)
    return Agent(antecedent, source="paragraph", anaphor=cue, rule=f"“{scene.text(cue)}” goes on with the text before")


def resolve_trial_result(scene: Scene, frame: Frame, given: list[Mention], memory: Memory) -> Agent | None:
    """Resolve "Death was significantly reduced (HR 0.8)" in a controlled trial of one drug to that drug.

    The sentence must give a test or an amount, name no other agent, group or baseline, and stand behind the place where
    the trial is introduced.
    """
    tree = scene.tree
    drug = memory.trial_drug
    if drug is None or given or frame.direction not in ("increase", "decrease"):
        return None
    if drug.clean is None or drug.clean.start >= scene.span.start:
        return None
    if not scene.of("PVALUE", "EFFECT") and not {"significant", "significantly"} & set(tree.lowered):
        return None
    if GROUP_LABEL.search(scene.text(scene.span)) or _names_other_group(tree):
        return None
    if set(tree.lowered) & cues.OTHER_CONTRASTS or any(names_kind(scene, cause) for cause in frame.causes):
        return None
    if any(tree[cause].dep in SUBJECTS or _is_other_event(scene, cause) for cause in frame.causes):
        return None
    if tree.lowered[0] == "to" or tree.lowered[:2] == ("in", "order"):
        return None  # "to ensure X, Y was increased" tells what was done
    return study_agent(scene, memory, Span(tree[frame.trigger].start, tree[frame.trigger].end))


def _is_other_event(scene: Scene, cause: int) -> bool:
    """Whether a cause behind "after", "by" or "with" is no treatment and no time: "rose after exercise"."""
    tree = scene.tree
    if tree[cause].dep != "pobj" or tree.lowered[tree[cause].head] not in _EVENT_PREPOSITIONS:
        return False
    known = cues.TREATMENT_NOUNS | cues.GROUP_NOUNS | cues.TIME_NOUNS
    timed = any(cause in scene.nodes(mention) for mention in scene.of("DURATION", "SCHEDULE", "EFFECT", "AGE"))
    return not timed and tree.lowered[cause] not in known and tree[cause].tag.startswith("NN")


def _names_other_group(tree: Tree) -> bool:
    """Whether a sentence tells of a group by a name of its own, which no drug explains: "in the fish group"."""
    known = cues.STUDY_WORDS | cues.CONTROL_WORDS | {"each", "one", "same", "that", "the", "this"}
    return any(
        tree.lowered[node] in ("arm", "group")
        and tree[node - 1].dep in ("amod", "compound", "nmod")
        and tree.lowered[node - 1] not in known
        for node in range(1, len(tree))
    )


def resolve_against_vehicle(scene: Scene, frame: Frame, given: list[Mention], memory: Memory) -> Agent | None:
    """Resolve "was lower than in vehicle-treated mice" to the only drug that the paragraph has given so far, else to
    that of the document's own experiment.
    """
    tree = scene.tree
    if given or _is_cited(scene):
        return None
    apart = comparison_nodes(tree)
    behind = sorted(node for node in apart if tree.lowered[node] in _NOTHING_GIVEN)
    if not behind or _OTHER_KINDS.search(" ".join(tree[node].text for node in sorted(apart))):
        return None
    if names_ageing(tree, frame) or any(_is_other_agent(scene, cause, apart) for cause in frame.causes):
        return None
    if any(_acts_under_another_name(scene, frame, cause) for cause in frame.causes):
        return None
    words = Span(tree[behind[0]].start, tree[behind[0]].end)
    measured = {key_of(mention) for mention in scene.of("CHEMICAL")}
    if measured & set(memory.given) or (memory.study_drug is not None and key_of(memory.study_drug) in measured):
        return None  # whose own level may be what was measured
    if len(memory.given) == 1:
        drug = next(iter(memory.given.values()))
        rule = f"compared with “{scene.text(words)}” where one drug was given"
        return Agent(drug, source="paragraph", anaphor=words, rule=rule)
    return None if memory.given else study_agent(scene, memory, words)


def resolve_plain_result(scene: Scene, frame: Frame, given: list[Mention], memory: Memory) -> Agent | None:
    """Resolve "Median lifespan was increased by 12 % (p = 0.02)" and "This was accompanied by a rise in X" to the one
    drug that the paragraph has given, and has already told an effect of.

    A result must be tested or measured, and name no other contrast: no age, genotype, diet, model, group or time.
    """
    tree = scene.tree
    if given or len(memory.given) != 1 or set(memory.given) != memory.acted or _is_cited(scene):
        return None
    drug = next(iter(memory.given.values()))
    if any(key_of(mention) == key_of(drug) for mention in scene.of("CHEMICAL")):
        return None
    if memory.study_drug is not None and key_of(memory.study_drug) not in memory.given:
        return None
    if "class" in drug.flags or section_kind(scene.document, scene) in _NO_RESULTS:
        return None
    words = Span(tree[frame.trigger].start, tree[frame.trigger].end)
    rule = f"“{scene.text(words)}” in a paragraph on one drug"
    agent = Agent(drug, source="paragraph", anaphor=words, rule=rule)
    if frame.rule.endswith("associated") and tree[frame.verb].lemma == "accompany":
        return agent if all(tree.lowered[cause] in cues.ANAPHORS for cause in frame.causes[:1]) else None
    tested = scene.of("PVALUE", "EFFECT") or {"significant", "significantly"} & set(tree.lowered)
    told = frame.rule.startswith(("passive verb", "verb of change")) and frame.direction in ("increase", "decrease")
    looked = frame.rule.startswith("change noun") and any(tree.lowered[cause] == "we" for cause in frame.causes)
    if not ((tested and told) or (looked and frame.negated)):
        return None
    if any(_is_circumstance(scene, frame, prep) for prep in _phrases(tree, frame)):
        return None
    if any(
        tree.lowered[kid] in ("if", "when", "while")
        for node in tree.children(frame.verb, "advcl")
        for kid in tree.children(node, "mark", "advmod")
    ):
        return None
    if scene.of("STRAIN") or _OTHER_CONTRAST.search(scene.text(scene.span)):
        return None
    if any(names_kind(scene, cause) for cause in frame.causes if tree.lowered[cause] not in _SEXES):
        return None
    return agent


def _phrases(tree: Tree, frame: Frame) -> list[int]:
    """Return the prepositions on the verb and the word of change of a frame, and on the amount of the change."""
    amounts = {node for node in tree.subtree(frame.verb) if tree[node].tag == "CD" or tree.lowered[node] == "%"}
    return [prep for node in {frame.verb, frame.trigger, *amounts} for prep in tree.children(node, "prep", "agent")]


def _is_circumstance(scene: Scene, frame: Frame, prep: int) -> bool:
    """Whether a phrase says what else it came of or with: "by fasting", "during running", "on the low yeast food"."""
    tree = scene.tree
    if tree.lowered[prep] not in _CIRCUMSTANCES:
        return False
    known = cues.TREATMENT_NOUNS | cues.GROUP_NOUNS | cues.TIME_NOUNS
    timed = {node for m in scene.of("DURATION", "SCHEDULE", "EFFECT", "AGE", "PVALUE") for node in scene.nodes(m)}
    return any(
        thing not in timed and tree.lowered[thing] not in known for thing in tree.children(prep, "pobj", "pcomp")
    )


def _is_cited(scene: Scene) -> bool:
    return any(scene.span.start < mark.clean <= scene.span.end for mark in scene.document.citations)


def names_ageing(tree: Tree, frame: Frame) -> bool:
    """Whether a statement names age as what goes with the change: "rose with age", "fell during ageing"."""
    return any(tree.lowered[cause] in _AGEING for cause in frame.causes)


def _is_other_agent(scene: Scene, cause: int, apart: set[int]) -> bool:
    """Whether a cause acts by itself: a gene, a disease or a diet."""
    tree = scene.tree
    below = set(tree.subtree(cause)) - apart
    if {"diet", "hfd", "injury", "ovariectomy", "castration", "exercise"} & {tree.lowered[node] for node in below}:
        return True
    return any(cause in scene.nodes(mention) for mention in scene.of("GENE", "DISEASE"))


def _acts_under_another_name(scene: Scene, frame: Frame, cause: int) -> bool:
    """Whether a cause is a thing that acts, or a group that was given one, which no vocabulary has as a drug."""
    tree = scene.tree
    if names_own_treatment(scene, tree.subtree(cause)):
        return True
    if tree[cause].dep not in SUBJECTS or not frame.rule.startswith(("verb and", "protects")):
        return False
    return tree.lowered[cause] not in cues.GROUP_NOUNS | cues.TREATMENT_NOUNS | cues.ANAPHORS


def find_begun(scene: Scene, frame: Frame, given: list[Mention]) -> list[Mention]:
    """Return the drug of "Soon after A was begun, mice lost weight": that of a clause before, of when it was begun."""
    tree = scene.tree
    named = {tree.lowered[cause] for cause in frame.causes if tree[cause].tag.startswith("NN")}
    if not named <= cues.GROUP_NOUNS:
        return []
    for clause in tree.children(frame.verb, "advcl"):
        opened = any(tree.lowered[kid] in _OPENERS for kid in tree.children(clause, "mark", "advmod"))
        if clause > frame.verb or not opened or tree[clause].lemma not in _BEGINNING:
            continue
        below = set(tree.subtree(clause))
        return [mention for mention in given if scene.node(mention) in below]
    return []
