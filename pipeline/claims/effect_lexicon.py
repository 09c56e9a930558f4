"""The words that state an effect, with all their forms; the words themselves are in ``data/effects.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

from pipeline.claims.tree import Tree

WordClass = Literal["verb", "noun", "adj"]

# Forms that the spelling rules below do not give.
_IRREGULAR = {
    "rise": ("rose", "risen"),
    "fall": ("fell", "fallen"),
    "shrink": ("shrank", "shrunk"),
    "grow": ("grew", "grown"),
    "lead": ("led",),
    "find": ("found",),
    "see": ("saw", "seen"),
    "show": ("showed", "shown"),
    "have": ("has", "had"),
    "undergo": ("underwent", "undergone"),
    "speed": ("sped",),
}
_DOUBLED = frozenset({"drop"})


@dataclass(frozen=True, slots=True)
class EffectWord:
    """An entry of the lexicon; ``direction`` is ``""`` for words that only introduce an effect stated elsewhere."""

    lemma: str
    pos: WordClass
    kind: str
    direction: str


@cache
def load_effects() -> dict[tuple[str, WordClass], EffectWord]:
    """Return the lexicon by (form, word class), every inflected form included."""
    table: dict[tuple[str, WordClass], EffectWord] = {}
    text = resources.files("pipeline.claims").joinpath("data", "effects.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    for lemma, pos, kind, direction in rows[1:]:
        if pos not in ("verb", "noun", "adj"):
            raise ValueError(f"effects.tsv: {lemma!r} has the word class {pos!r}; known are verb, noun, adj")
        word_class: WordClass = "verb" if pos == "verb" else "noun" if pos == "noun" else "adj"
        word = EffectWord(lemma, word_class, kind, direction)
        for form in inflect(lemma, word_class):
            table.setdefault((form, word_class), word)
    return table


def inflect(lemma: str, pos: WordClass) -> tuple[str, ...]:
    """Return the forms of an English word: of a verb -s, -ed, -ing and irregular ones, of a noun the plural.

    >>> inflect("reduce", "verb")
    ('reduce', 'reduces', 'reduced', 'reducing')
    >>> inflect("therapy", "noun")
    ('therapy', 'therapies')
    """
    if pos == "adj":
        return (lemma,)
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        third, past, present = lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    elif lemma.endswith("e"):
        third, past, present = lemma + "s", lemma + "d", lemma[:-1] + "ing"
    else:
        third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
        stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
        past, present = stem + "ed", stem + "ing"
    if pos == "noun":
        return (lemma, third)
    return (lemma, third, *_IRREGULAR.get(lemma, (past,)), present)


_LOWER_PART: Final = re.compile(
    r"lower (?:back|extremit(?:y|ies)|legs?|limbs?|lip|lobe|(?:o?esophag\w+ )?sphincter|quadrants?"
    r"|body (?:endurance|force|muscles?|performance|power|strength|training)"
    r"|(?:gi|gastrointestinal|respiratory|urinary) tract)\b"
)
"""Where "lower" says where, not how much: "lower limb strength", but "lower body weight"."""


def word_at(tree: Tree, node: int) -> EffectWord | None:
    """Return the lexicon's entry for the word at a node, by its form and tag; "de-activate" is read as one word."""
    lexicon = load_effects()
    token = tree[node]
    if token.tag.startswith("JJ") and _LOWER_PART.match(" ".join(tree.lowered[node : node + 4])):
        return None
    forms = [tree.lowered[node]]
    if node >= 2 and tree[node - 1].text in "-–‐" and tree[node - 1].start == tree[node - 2].end:
        prefix = tree.lowered[node - 2]
        forms = [f"{prefix}-{forms[0]}", prefix + forms[0], *(forms if prefix in ("re", "co") else [])]
        if prefix not in ("de", "re", "up", "down", "in", "co", "over"):
            forms = [tree.lowered[node]]
    for form in forms:
        found = _entry(lexicon, tree, node, token.tag, form)
        if found is not None:
            return found
    return None


def _entry(
    lexicon: dict[tuple[str, WordClass], EffectWord], tree: Tree, node: int, tag: str, form: str
) -> EffectWord | None:
    if tag.startswith("VB"):
        return lexicon.get((form, "verb"))
    if tag.startswith("NN"):
        if tree.children(node, "nsubj", "aux", "dobj") and (form, "verb") in lexicon:
            return lexicon[(form, "verb")]
        if tree.lowered[node + 1 : node + 2] == ("of",) and (f"{form} of", "noun") in lexicon:
            return lexicon[(f"{form} of", "noun")]
        return lexicon.get((form, "noun"))
    if tag.startswith("JJ") and (form, "verb") in lexicon and tree.children(node, "dobj", "aux"):
        return lexicon[(form, "verb")]
    if tag.startswith(("JJ", "RB")):
        found = lexicon.get((form, "adj")) or lexicon.get((form, "verb"))
        return found or (lexicon.get((form, "noun")) if tree[node].dep in ("pobj", "dobj", "nsubj") else None)
    return None
