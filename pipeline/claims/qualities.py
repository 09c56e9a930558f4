"""Adjectives that state an effect in themselves: "anticancer", "cancer-preventive", "immunosuppressive" effects."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.claims.tree import Tree
from pipeline.model.claims import Direction

_CARRIERS = frozenset(
    """
    action actions activities activity agent agents benefit benefits drug drugs effect effects efficacy
    potential properties property
    response responses role
    """.split()
)
_ANTI = re.compile(r"^(?:anti|counter)-?(?P<stem>[a-z]{4,})$")
_NOT_ANTI = frozenset(
    "antibody antigen antigenic antibiotic anticipated antisense anterior antibacterial antique".split()
)
# Adjectives that name what they raise or lower in another word.
_NAMED: dict[str, tuple[Direction, str]] = {
    "amnesic": ("increase", "amnesia"), "convulsant": ("increase", "convulsions"),
    "proconvulsant": ("increase", "convulsions"), "hyperalgesic": ("increase", "hyperalgesia"),
    "hypothermic": ("decrease", "body temperature"), "proapoptotic": ("increase", "apoptosis"),
    "profibrotic": ("increase", "fibrosis"), "proinflammatory": ("increase", "inflammation"),
    "analgesic": ("decrease", "pain"), "antinociceptive": ("decrease", "nociception"),
    "anxiogenic": ("increase", "anxiety"), "anxiolytic": ("decrease", "anxiety"),
    "arrhythmogenic": ("increase", "arrhythmia"), "proarrhythmic": ("increase", "arrhythmia"),
    "bradycardic": ("decrease", "heart rate"), "carcinogenic": ("increase", "cancer"),
    "cardiotoxic": ("increase", "cardiotoxicity"), "diuretic": ("increase", "diuresis"),
    "hepatotoxic": ("increase", "hepatotoxicity"), "hypoglycaemic": ("decrease", "blood glucose"),
    "hypoglycemic": ("decrease", "blood glucose"), "hypolipidaemic": ("decrease", "blood lipids"),
    "hypolipidemic": ("decrease", "blood lipids"), "hypotensive": ("decrease", "blood pressure"),
    "nephrotoxic": ("increase", "nephrotoxicity"), "neurotoxic": ("increase", "neurotoxicity"),
    "sedative": ("increase", "sedation"), "teratogenic": ("increase", "malformation"),
    "tumorigenic": ("increase", "tumor"), "ulcerogenic": ("increase", "ulcer"),
    "vasodilatory": ("increase", "vasodilation"), "vasodilator": ("increase", "vasodilation"),
    "antihypertensive": ("decrease", "blood pressure"),
}  # fmt: skip
_SUPPRESSIVE = re.compile(r"^(?P<stem>[a-z]{4,})o(?:suppressive|inhibitory)$")
_STIMULATORY = re.compile(r"^(?P<stem>[a-z]{4,})o(?:stimulatory|stimulating)$")
_LOWERING = frozenset(
    "preventive preventative suppressive inhibitory lowering reducing suppressing inhibiting limiting".split()
)
_RAISING = frozenset(
    "promoting enhancing stimulating stimulatory increasing extending prolonging boosting improving".split()
)


@dataclass(frozen=True, slots=True)
class Quality:
    """The noun that carries the adjective ("effects"), the effect's direction and what it is on."""

    noun: int
    direction: Direction
    name: str


def find_quality(tree: Tree, node: int) -> Quality | None:
    """Return the effect that the adjective at a node states, ``None`` for other words."""
    token = tree[node]
    if token.dep not in ("amod", "nmod", "compound", "conj") or token.tag[:2] not in ("JJ", "NN", "VB", "AF"):
        return None
    noun = _carrier(tree, node)
    if noun is None:
        return None
    form = tree.lowered[node]
    if node >= 2 and tree[node - 1].text in "-–" and tree[node - 1].start == tree[node - 2].end:
        first = tree.lowered[node - 2]
        if first in ("anti", "counter"):
            return Quality(noun, "decrease", form)
        if form in _LOWERING:
            return Quality(noun, "decrease", first)
        if form in _RAISING:
            return Quality(noun, "increase", first)
        return None
    if tree.lowered[noun] in ("agent", "agents", "drug", "drugs"):
        return None  # "an antiarrhythmic agent" names a class, not a finding
    if form in _NAMED:
        return Quality(noun, *_NAMED[form])
    if (match := _ANTI.match(form)) and form not in _NOT_ANTI:
        return Quality(noun, "decrease", match["stem"])
    if match := _SUPPRESSIVE.match(form):
        return Quality(noun, "decrease", f"{match['stem']}e response" if match["stem"] == "immun" else match["stem"])
    if match := _STIMULATORY.match(form):
        return Quality(noun, "increase", f"{match['stem']}e response" if match["stem"] == "immun" else match["stem"])
    return None


def _carrier(tree: Tree, node: int) -> int | None:
    """Return the effect noun that a word modifies, directly or as a coordinated adjective."""
    current = node
    for _ in range(4):
        head = tree.head(current)
        if head is None:
            return None
        if tree.lowered[head] in _CARRIERS:
            return head
        if tree[current].dep not in ("amod", "nmod", "compound", "conj", "npadvmod"):
            return None
        current = head
    return None
