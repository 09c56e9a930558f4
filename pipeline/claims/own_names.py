"""Whether a group or treatment that a sentence refers to goes by a name of its own, and so is nothing named before."""

from __future__ import annotations

import re

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.scene import Scene
from pipeline.claims.tree import Tree

# Adjectives that name a class of drugs by what it does: "antisecretory drugs", "immunosuppressive agents".
_CLASS_WORD = re.compile(r"(?:anti|immuno|hypo|psycho|chemo|vaso|neuro|cyto|broncho|broad|beta|thiazide)\w{4,}")
_ANY = frozenset("agents compounds drugs inhibitors interventions medications medicines therapies treatments".split())


def names_own_treatment(scene: Scene, nodes: list[int]) -> bool:
    """Whether a group says what it got, though no known drug: "mice treated with XY-12", "XY-12-treated mice"."""
    tree = scene.tree
    unnamed = cues.TREATMENT_NOUNS | cues.ANAPHORS
    groups = cues.GROUP_NOUNS | cues.CONTROL_WORDS
    for node in nodes:
        if tree.lowered[node] not in cues.TREATED_WORDS:
            continue
        named = tree.children(node, "dobj", "npadvmod", "compound")
        for prep in tree.children(node, "prep"):
            if tree.lowered[prep] in ("to", "with"):
                things = tree.children(prep, "pobj")
                named += [kid for kid in things if tree.lowered[prep] == "with" or tree.lowered[kid] not in groups]
        named = [kid for kid in named if "dose" not in tree.lowered[max(0, kid - 1) : kid]]  # "fed the high dose diet"
        if any((tree.is_noun(kid) or tree[kid].tag == "VB") and tree.lowered[kid] not in unnamed for kid in named):
            return True
    return False


def is_any(tree: Tree, cause: int) -> bool:
    """Whether a plural speaks of any such things: "drugs that lower X"."""
    plural = tree.lowered[cause] in _ANY
    return plural and not tree.children(cause, "det", "poss") and bool(tree.children(cause, "relcl", "acl"))


def has_unknown_name(scene: Scene, cause: int) -> bool:
    """Whether a group goes by a name in capitals that the document does not explain: "the XR-TZ treatment group"."""
    tree = scene.tree
    labels = ("AGE", "CHEMICAL", "DISEASE", "POPULATION", "SEX", "SPECIES", "STRAIN")
    explained = [m for m in scene.of(*labels) if m.concept is not None or m.label != "DISEASE"]
    known = {node for mention in explained for node in scene.nodes(mention)}
    return any(
        tree[node].dep in ("compound", "nmod", "amod")
        and node not in known
        and sum(map(str.isupper, tree[node].text)) > 1
        for node in tree.subtree(cause)
        if node < cause
    )


def names_other_agent(scene: Scene, cause: int) -> bool:
    """Whether a treatment noun is already specified by something that is no drug ("gene therapy", "radiation
    therapy").
    """
    tree = scene.tree
    named = [
        thing
        for prep in tree.children(cause, "prep")
        if tree.lowered[prep] in ("with", "of", "by", "to")
        for thing in tree.children(prep, "pobj")
    ]
    pointing = cues.TREATMENT_NOUNS | cues.ANAPHORS | cues.GROUP_NOUNS
    if any(tree.lowered[thing] not in pointing and tree[thing].tag.startswith("NN") for thing in named):
        return True
    for kid in tree.children(cause, "compound", "amod", "nmod"):
        if tree[kid].dep in ("compound", "nmod") and tree.is_noun(kid):
            return True
        if _CLASS_WORD.match(tree.lowered[kid]):
            return True
        if tree.lowered[kid] in (
            "dietary",
            "surgical",
            "genetic",
            "behavioral",
            "behavioural",
            "physical",
            "medical",
            "standard",
        ):
            return True
    return False
