"""Builds the lemmatizer's table of exceptions from tagged sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from pipeline.nlp.lemmas import strip_ending
from pipeline.training.records import ParsedSentence

_INFLECTED: Final = frozenset({"NNS", "VBD", "VBG", "VBN", "VBZ"})


def build_exceptions(sentences: Iterable[ParsedSentence]) -> dict[str, str]:
    """Return "tag word" → lemma for words whose commonest lemma is not what their ending gives.

    Ties go to the first lemma in the alphabet.
    Verbs bring their regular forms along, seen or not. An inflected word that is its own lemma was unknown to the
    corpus's lemmatizer and is left out. Only words of letters (hyphens allowed)
    count: lemmas of codes and numbers are the words themselves.
    """
    counts: dict[tuple[str, str], Counter[str]] = {}
    for sentence in sentences:
        for word, tag, lemma in zip(sentence.words, sentence.tags, sentence.lemmas, strict=True):
            lower = word.lower()
            if lower.replace("-", "").replace("'", "").isalpha():
                counts.setdefault((tag, lower), Counter())[lemma] += 1
    found = {}
    verbs = set()
    for (tag, word), lemmas in counts.items():
        lemma = min(lemmas, key=lambda item: (-lemmas[item], item))
        if lemma == word and tag in _INFLECTED:
            continue
        if tag.startswith("VB"):
            verbs.add(lemma)
        if lemma != strip_ending(word, tag):
            found[f"{tag} {word}"] = lemma
    for verb in verbs:
        for tag, form in spell_regular_forms(verb):
            if strip_ending(form, tag) != verb:
                found.setdefault(f"{tag} {form}", verb)
    return dict(sorted(found.items()))


def spell_regular_forms(verb: str) -> tuple[tuple[str, str], ...]:
    """Return the regular past and participles of a verb, each after its tag."""
    if verb.endswith("e"):
        past, present = verb + "d", verb[:-1] + "ing"
    elif verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        past, present = verb[:-1] + "ied", verb + "ing"
    else:
        past, present = verb + "ed", verb + "ing"
    return (("VBD", past), ("VBN", past), ("VBG", present))
