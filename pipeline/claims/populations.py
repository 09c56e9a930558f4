"""Whom a noun phrase names: the subjects of a statement, and the words that say who they were."""

from __future__ import annotations

import re

from pipeline.claims.scene import Scene
from pipeline.model import Mention, Span

_PATHOGEN = re.compile(
    r"virus|viridae|\bHIV|\bEBV|\bCMV|\bHCV|\bHBV|coccus|bacill|Escherichia|Plasmodium|Salmonella|Pseudomonas|Helicobacter|"
    r"Toxoplasma|Leishmania|Trypanosoma|Schistosoma|Wuchereria|Brugia|Onchocerca|Chlamydia|Listeria|Klebsiella|Clostridi|bact|firmicut|phyl[ua]m?\b|candida|aspergill",
    re.IGNORECASE,
)
LIFE_STAGES = frozenset(
    "adolescent adolescents adult adults elderly infants juvenile juveniles neonates newborns young".split()
)
_REFERENCE = re.compile(
    r"\b(?:levels? (?:of|in|seen in|observed in)|th(?:at|ose) (?:of|in)|comparable (?:to|with)|similar to|"
    r"compared (?:to|with)|than|as in|like|relative to) (?:the |in |that of |those of |in the )?(?:[\w-]+ )?$",
    re.IGNORECASE,
)
_IN_TERMS = re.compile(r"[- ](?:equivalents?|terms|years)\b")
_ANY_ANIMALS = frozenset("all animal animals exposed experimental laboratory the these those treated".split())


def is_subject(scene: Scene, mention: Mention) -> bool:
    """Whether the mention can be whom a drug is given to: no virus or bacterium, no word inside the name of a disease
    or, as the plant of an extract, of a substance.
    """
    if mention.label == "SPECIES" and (
        mention.concept is None or _PATHOGEN.search(mention.text + " " + mention.concept.name)
    ):
        return False
    if mention.clean is not None and _IN_TERMS.match(scene.document.clean.text, mention.clean.end):
        return False  # "70 years in human terms"
    return not any(
        other.clean is not None
        and mention.clean is not None
        and other.clean.start <= mention.clean.start
        and mention.clean.end <= other.clean.end
        for other in scene.of(*(("CHEMICAL", "DISEASE", "GENE") if mention.label == "SPECIES" else ("DISEASE", "GENE")))
    )


def find_population(scene: Scene, bound: list[Mention]) -> Span | None:
    """Return who they were: the subjects' noun phrase with what describes them, never the bare taxon word."""
    tree = scene.tree
    for mention in sorted(bound, key=lambda m: m.label != "POPULATION"):
        head = scene.node(mention)
        if head is None or mention.clean is None:
            continue
        covered = set(scene.nodes(mention)) | {head}
        nodes = sorted(set(_noun_phrase(scene, head)) | covered)
        if mention.label == "SPECIES" and set(nodes) <= covered:
            continue
        start, end = tree[nodes[0]].start, tree[nodes[-1]].end
        written = scene.text(Span(start, end))
        if mention.name == "animals" or mention.text.lower().startswith("animal"):
            if set(re.findall(r"[a-z]+", written.lower())) <= _ANY_ANIMALS:
                continue
        return Span(start, start + len(written.rstrip(".,;:")))
    return None


def _noun_phrase(scene: Scene, head: int) -> list[int]:
    """Return the phrase's nodes: adjectives and nouns before, "with …" and "aged …" behind, without drugs and
    numbers of subjects.
    """
    tree = scene.tree
    nodes = {head}
    for kid in tree.children(head):
        dep = tree[kid].dep
        if kid < head and dep in ("amod", "compound", "nmod"):
            inner = tree.subtree(kid)
            if any(_is_treatment_word(scene, node) for node in inner):
                continue
            nodes.update(node for node in inner if node < head)
        elif kid > head and dep == "prep" and tree.lowered[kid] in ("with", "on", "without", "of", "over", "under"):
            inner = tree.subtree(kid, without=frozenset({"relcl", "advcl", "parataxis"}))
            if any(_is_treatment_word(scene, node) for node in inner):
                continue
            nodes.update(inner)
        elif (
            kid > head and dep in ("acl", "amod") and tree.lowered[kid] in ("aged", "suffering", "undergoing", "older")
        ):
            nodes.update(tree.subtree(kid, without=frozenset({"relcl", "advcl", "parataxis", "conj"})))
    # one unbroken stretch round the head
    kept = [head]
    for node in range(head - 1, -1, -1):
        if node not in nodes:
            break
        kept.insert(0, node)
    for node in range(head + 1, len(tree)):
        if node not in nodes:
            break
        kept.append(node)
    while (
        len(kept) > 1
        and not (tree[kept[0]].tag == "CD" and tree[kept[1]].tag == "HYPH")
        and (
            tree[kept[0]].tag in ("DT", "PRP$", "CC", "CD", ",", "IN", "PDT")
            or tree.lowered[kept[0]] in ("such", "both", "other")
        )
    ):
        kept.pop(0)
    while len(kept) > 1 and tree[kept[-1]].dep == "punct" and tree.lowered[kept[-1]] not in (")", "]", '"', "”"):
        kept.pop()
    return kept or [head]


def _is_treatment_word(scene: Scene, node: int) -> bool:
    token = scene.tree[node]
    if scene.tree.lowered[node] in ("treated", "untreated", "receiving", "given", "placebo", "control", "vehicle"):
        return True
    return any(
        mention.clean is not None and mention.clean.start <= token.start < mention.clean.end
        for mention in scene.of("CHEMICAL", "DOSE", "STRAIN", "SEX")
    )


def names_controls(scene: Scene, mention: Mention) -> bool:
    """Whether the mention names the arm that was given nothing: "healthy controls", "control animals"."""
    head = scene.node(mention)
    words = {"control", "controls", "littermates", "littermate", "untreated", "vehicle", "placebo"}
    nodes = set(scene.nodes(mention)) | ({head} | set(scene.tree.children(head)) if head is not None else set())
    return any(scene.tree.lowered[node] in words for node in nodes)


def is_reference(scene: Scene, mention: Mention) -> bool:
    """Whether an age or a sex describes those that the statement only points to: "to the level of young mice"."""
    if mention.clean is None:
        return False
    return bool(_REFERENCE.search(scene.text(Span(scene.span.start, mention.clean.start))))
