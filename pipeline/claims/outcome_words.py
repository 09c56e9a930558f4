"""Words in and around an outcome phrase that are no part of it: subjects, settings, drugs, quantities."""

from __future__ import annotations

import re

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.scene import Scene

# Nouns after "in" that name subjects, times, designs or manners, not where something was measured.
_SETTINGS = frozenset(
    """
    absence addition age ageing aging all arms both cases combination comparison context contrast culture days
    disease diseases fact general line manner mice model models months order part phase phases presence
    response setting settings species strain strains studies study time trial trials turn vitro vivo weeks
    which years
    """.split()
)
# Adjectives that a treatment has and a measured level has not.
_OF_TREATMENT = frozenset(
    """
    acute adjuvant chronic combined continuous daily early first-line inhaled initial intermittent intravenous late oral
    prolonged single subcutaneous systemic topical weekly
    """.split()
)
# What an ability is of: "locomotory ability", "learning ability", but not "unique ability".
_ABILITY = re.compile(r"(?:motor|motory|itive|ative|ing|memory|antioxidant|physical|exercise|visual|spatial)$")
_SUBJECT_LABELS = ("SPECIES", "POPULATION", "STRAIN", "SEX", "CHEMICAL")


def is_model(scene: Scene, node: int) -> bool:
    """Whether a noun stands for the animals it is made of: "mouse models of cancer", "rat strains"."""
    tree = scene.tree
    if tree.lowered[node] not in (
        "model",
        "models",
        "strain",
        "strains",
        "colony",
        "colonies",
        "line",
        "lines",
        "cohort",
        "cohorts",
    ):
        return False
    return any(is_subject_word(scene, kid) for kid in tree.children(node, "compound", "amod", "nmod"))


def is_subject_word(scene: Scene, node: int, labels: tuple[str, ...] = _SUBJECT_LABELS) -> bool:
    token = scene.tree[node]
    return any(
        mention.clean is not None and mention.clean.start <= token.start < mention.clean.end
        for mention in scene.of(*labels)
    )


def is_setting(scene: Scene, node: int) -> bool:
    """Whether "in …" names subjects, groups, times or studies rather than a tissue or place of measurement."""
    tree = scene.tree
    if any(is_subject_word(scene, inner, ("SPECIES", "POPULATION", "STRAIN", "SEX")) for inner in tree.subtree(node)):
        return True
    word = tree.lowered[node]
    if any(tree.lowered[kid] in ("arm", "arms", "group", "groups") for kid in tree.children(node, "compound")):
        return True  # "in group A"
    if word in cues.GROUP_NOUNS or word in cues.TREATMENT_NOUNS or word in cues.NO_OUTCOMES:
        return True
    if tree[node].tag == "CD":
        return True
    return word in _SETTINGS


def names_only_subjects(scene: Scene, head: int) -> bool:
    """Whether the outcome's head is itself the subjects or the drug ("improved patients", "increased rapamycin
    use").
    """
    token = scene.tree[head]
    for mention in scene.of("SPECIES", "POPULATION", "STRAIN", "SEX"):
        if mention.clean is not None and mention.clean.start <= token.start < mention.clean.end:
            return True
    return False


def is_bare_drug(scene: Scene, nodes: list[int]) -> bool:
    """Whether the phrase is a drug's own name: a drug is no outcome, only its level or effect is."""
    return any(
        mention.role == "drug"
        and set(nodes) - {node for node in nodes if scene.tree.lowered[node] in _OF_TREATMENT}
        <= set(scene.nodes(mention))
        and not {"endogenous", "gene_like"} & set(mention.flags)
        for mention in scene.of("CHEMICAL")
    )


def is_quantity(scene: Scene, head: int) -> bool:
    token = scene.tree[head]
    return token.text == "%" or any(
        mention.clean is not None and mention.clean.start <= token.start < mention.clean.end
        for mention in scene.of("EFFECT", "DOSE", "DURATION", "AGE", "SAMPLE_SIZE", "PVALUE", "SCHEDULE")
        if mention.label != "EFFECT"
        or mention.clean is None
        or (mention.clean.end >= token.end and any(c.isdigit() for c in token.text))
    )


def is_completed(scene: Scene, head: int) -> bool:
    """Whether a noun that is no outcome alone is one with its complement: "time to relapse", "survival time"."""
    tree = scene.tree
    if tree.lowered[head] in ("outcome", "outcomes"):
        kinds = {tree.lowered[kid] for kid in tree.children(head, "amod", "compound", "nmod")}
        nouns = [kid for kid in tree.children(head, "compound", "nmod") if tree[kid].tag.startswith("NN")]
        measured = any(tree.lowered[kid] not in cues.TREATMENT_NOUNS | {"study", "trial", "endpoint"} for kid in nouns)
        return measured or bool(kinds & cues.KINDS_OF_OUTCOME)
    if tree.lowered[head] in ("abilities", "ability"):
        return any(_ABILITY.search(tree.lowered[kid]) for kid in tree.children(head, "amod", "compound", "nmod"))
    if tree.lowered[head] in ("dosage", "dose", "doses", "use") and any(
        tree[kid].dep in ("compound", "nmod", "amod", "nsubj") and is_subject_word(scene, kid, ("CHEMICAL",))
        for kid in tree.children(head)
    ):
        return True  # "the prednisone dose fell"
    wanted = cues.COMPLETED_OUTCOMES.get(tree.lowered[head])
    if wanted is None:
        return False
    if tree.lowered[head] in ("control", "time") and any(
        tree.lowered[kid] not in cues.TREATMENT_NOUNS | {"placebo", "study"}
        for kid in tree.children(head, "compound", "nmod")
    ):
        return True  # "survival time", "pain control"
    if tree.lowered[head] == "potential":
        kinds = {tree.lowered[kid] for kid in tree.children(head, "amod", "compound", "nmod")}
        return bool(kinds & {"action", "evoked", "membrane", "redox", "resting"})
    if tree.lowered[head] == "control" and any(
        tree.lowered[kid].endswith(("ic", "ary")) for kid in tree.children(head, "amod")
    ):
        return True  # "glycaemic control"
    if wanted == "to" and any(tree.lowered[kid] == "spent" for kid in tree.children(head, "acl")):
        return True
    return any(tree.lowered[kid] == wanted and tree.children(kid, "pobj") for kid in tree.children(head, "prep")) or (
        wanted == "to" and tree.lowered[head + 1 : head + 2] == ("to",)
    )
