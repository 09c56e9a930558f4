"""Linking: from the words of a mention to a concept of the vocabulary.

The steps, first success wins: the name as it stands; its variants (possessive, plural, hyphens, Greek letters written
with their letter, a bracketed tail, a salt); the long form where the document defines the abbreviation; one
misspelled letter in a name of eight letters or more, if only one name is that near.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline.model import Concept
from pipeline.nlp.linking_lexicon import COUNTED, MODIFIER, SYNONYMS
from pipeline.nlp.spellings import spell_american
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.nlp.vocabulary_names import fold_name

SHORTEST_MISSPELLED: Final = 8
VARIANT_SCORE: Final = 0.95
MISSPELLED_SCORE: Final = 0.8
_WORD_LETTERS: Final = {"a": "alpha", "b": "beta", "g": "gamma", "d": "delta", "o": "omega"}
_SALT: Final = re.compile(
    r" (?:di|mono|tri|hemi)?(?:hydrochloride|hydrobromide|chloride|sul(?:f|ph)ate|phosphate|maleate|fumarate|"
    r"tartrate|citrate|succinate|acetate|mesylate|besylate|tosylate|sodium|potassium|calcium|hydrate|hcl|salt|nitrate|"
    r"oxalate)$",
    re.I,
)
_STRAIGHT_QUOTES: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_Halves = dict[str, list[str]]
_GENERIC_HEAD: Final = {
    "CHEMICAL": re.compile(
        r" (?:treatment|therapy|administration|supplementation|tablets?|capsules?|extracts?|injections?)$"
    ),
    "DISEASE": MODIFIER,
}


def link_mention(text: str, label: str, vocabulary: Vocabulary, *, abbreviations: Mapping[str, str]) -> Concept | None:
    """Give the concept that a mention names, or ``None``.

    Args:
        text: the mention as it stands.
        label: its entity label; a name is looked up under this label only.
        abbreviations: the document's own, short form → long form.

    Returns: the concept; ``score`` is ``None`` for the name itself and below 1 for a variant or a misspelling, and
    ``reason`` says which step found it.
    """
    written = text.translate(_STRAIGHT_QUOTES).strip()
    if not written:
        return None
    long_form = abbreviations.get(written)
    if long_form is not None and long_form != written:
        concept = _link_name(long_form, label, vocabulary)
        if concept is not None:
            return replace(concept, reason="abbreviation")
    if long_form is None and sum(character.isalnum() for character in written) < 3:
        return None
    return _link_name(written, label, vocabulary)


def _link_name(name: str, label: str, vocabulary: Vocabulary) -> Concept | None:
    exact = vocabulary.lookup(name, label=label)
    if exact:
        return exact[0]
    for variant in vary_name(name, label=label):
        found = vocabulary.lookup(variant, label=label)
        if found:
            return Concept(found[0].id, found[0].name, VARIANT_SCORE, "variant")
    return _link_misspelled(name, label, vocabulary)


def vary_name(name: str, *, label: str) -> Iterator[str]:
    """Yield other spellings of a name, the nearest first."""
    bare = re.sub(r"'s\b|(?<=s)'(?=\s|$)", "", name)
    if bare != name:
        yield bare
    yield from _cut_plural(bare)
    if re.search(r"[-\s]", bare):
        yield re.sub(r"(?<=\w)[-\s](?=\w)", "", bare, count=1)
        yield re.sub(r"[-\s]", "", bare)
    bracketed = re.sub(r"\s*[(\[][^()\[\]]*[)\]]$", "", bare)
    if bracketed and bracketed != bare:
        yield bracketed
    letter = re.search(r"(?<=[-\s])([abgdo])$", bare)
    if letter is not None:
        yield bare[: letter.start()] + _WORD_LETTERS[letter.group()]
    salt = _SALT.sub("", bare)
    if label == "CHEMICAL" and salt != bare:
        yield salt
    pattern = _GENERIC_HEAD.get(label)
    if pattern is not None:
        shorter = pattern.sub("", bare)
        if shorter != bare and len(shorter) > 3:
            yield shorter
            yield from _cut_plural(shorter)
    if label == "DISEASE":
        yield from _vary_disease(bare.lower())


def _vary_disease(name: str) -> Iterator[str]:
    """Yield other ways to write a disease: American spelling, words that mean the same, without what is counted."""
    american = spell_american(name)
    if american != name:
        yield american
        yield from _cut_plural(american)
    bare = MODIFIER.sub("", american)
    for core in dict.fromkeys((american, bare, COUNTED.sub("", bare))):
        if len(core) <= 3:
            continue
        if core not in (name, american):
            yield core
            yield from _cut_plural(core)
        closed = re.sub(r"(?<=\w)-(?=\w)", "", core)
        if closed != core:
            yield closed
        words = core.split()
        for place, word in enumerate(words):
            for group in SYNONYMS:
                if len(words) > 1 and word in group:
                    for other in group:
                        if other != word:
                            yield " ".join([*words[:place], other, *words[place + 1 :]])


def _cut_plural(name: str) -> Iterator[str]:
    lower = name.lower()
    if lower.endswith("ies") and len(name) > 5:
        yield name[:-3] + "y"
    if lower.endswith(("ses", "xes", "zes", "ches", "shes")) and len(name) > 5:
        yield name[:-2]
        yield name[:-2] + "is"
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(name) > 3:
        yield name[:-1]


def _link_misspelled(name: str, label: str, vocabulary: Vocabulary) -> Concept | None:
    """Give the concept of the only name that one insertion, deletion, change or swap away lies, if there is one."""
    near = list_near(name, label, vocabulary)
    return near[0] if len(near) == 1 else None


def list_near(name: str, label: str, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    """Return the concepts that a name of one word may be a misspelling of, in the order of the names.

    Several names of one concept are one; short names and names with digits are not guessed.
    """
    folded = fold_name(name)
    if label not in ("CHEMICAL", "DISEASE", "SPECIES") or " " in folded or len(folded) < SHORTEST_MISSPELLED:
        return ()
    if not folded.isalpha():
        return ()
    candidates: set[str] = set()
    for length in (len(folded) - 1, len(folded), len(folded) + 1):
        firsts, lasts = _index_halves(vocabulary, label, length)
        half = length // 2
        candidates.update(firsts.get(folded[:half], ()))
        candidates.update(lasts.get(folded[half - length :], ()))
    near = sorted(candidate for candidate in candidates if is_one_edit_away(folded, candidate))
    concepts = {concept.id: concept for key in near for concept in vocabulary.lookup(key, label=label)[:1]}
    return tuple(Concept(concept.id, concept.name, MISSPELLED_SCORE, "misspelling") for concept in concepts.values())


@lru_cache(maxsize=256)
def _index_halves(vocabulary: Vocabulary, label: str, length: int) -> tuple[_Halves, _Halves]:
    """Index the names of a length by their first and by their second half: one edit leaves one of them as it was."""
    firsts: _Halves = defaultdict(list)
    lasts: _Halves = defaultdict(list)
    for name in _group_lengths(vocabulary, label).get(length, ()):
        firsts[name[: length // 2]].append(name)
        lasts[name[length // 2 :]].append(name)
    return dict(firsts), dict(lasts)


@lru_cache(maxsize=8)
def _group_lengths(vocabulary: Vocabulary, label: str) -> dict[int, list[str]]:
    """Return the names of letters alone by their length."""
    groups: dict[int, list[str]] = defaultdict(list)
    for name in vocabulary.names(label=label):
        if name.isalpha():
            groups[len(name)].append(name)
    return dict(groups)


def is_one_edit_away(one: str, other: str) -> bool:
    """Whether one insertion, deletion, change or swap of neighbours, and no less, makes the names equal."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) > len(other):
        return one[start + 1 :] == other[start:]
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    return one[start + 1 :] == other[start + 1 :] or (
        one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    )
