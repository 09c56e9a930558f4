"""How alike two phrases, outcomes and drugs are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pipeline.evaluation.comparison_lexicon import EMPTY_WORDS, IRREGULAR_PLURALS, PHRASES, POINTING_WORDS, SPELLINGS
from pipeline.evaluation.folding import fold_phrase

Value = Mapping[str, Any]

OUTCOME_SIMILARITY = 0.5
"""Least similarity (Dice over content words) of outcomes that are the same; at exactly this, heads must agree too."""
STUFFED_FACTOR, STUFFED_SLACK = 2, 4
"""A phrase of more than this many times the other's longest content words, plus the slack, is stuffed."""


@lru_cache(maxsize=65536)
def content_words(text: str) -> tuple[str, ...]:
    """Return the words of a phrase that carry meaning: folded, singular, spelling made one, in order."""
    folded = fold_phrase(text)
    for phrase, word in PHRASES.items():
        folded = folded.replace(phrase, word)
    folded = re.sub(r"(?<=[^\W\d_])[- ](?=\d)", "", folded)
    words = (singular(word) for word in re.findall(r"[^\W_]+", folded))
    return tuple(word for word in (SPELLINGS.get(word, word) for word in words) if word not in EMPTY_WORDS)


def singular(word: str) -> str:
    """Return a word without its plural ending (English, by rule and a short list of exceptions)."""
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def phrase_similarity(first: str, second: str) -> float:
    """Return Dice's coefficient of the phrases' content words, in [0, 1]; equal phrases are 1."""
    if fold_phrase(first) == fold_phrase(second):
        return 1.0
    left, right = frozenset(content_words(first)), frozenset(content_words(second))
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def outcome_similarity(first: Value, second: Value) -> float:
    """Return how alike two outcomes are, by text or name, in [0, 1]; 0 when they are not the same outcome.

    The similarity of two phrases is Dice's coefficient of their content words, so words stuffed into one of them
    lower it. Below ``OUTCOME_SIMILARITY`` it counts as 0, and so does exactly this value when the phrases' heads
    differ. If text or name of one outcome is far longer than the other outcome, they differ, whatever else matches.
    """
    if _is_stuffed(first, second) or _is_stuffed(second, first):
        return 0.0
    best = 0.0
    for left in phrases_of(first):
        for right in phrases_of(second):
            similarity = phrase_similarity(left, right)
            if similarity < OUTCOME_SIMILARITY:
                continue
            if similarity == OUTCOME_SIMILARITY and head_word(left) != head_word(right):
                continue
            best = max(best, similarity)
    return best


def _is_stuffed(first: Value, second: Value) -> bool:
    longest = max((len(content_words(phrase)) for phrase in phrases_of(second)), default=0)
    return any(len(content_words(phrase)) > STUFFED_FACTOR * longest + STUFFED_SLACK for phrase in phrases_of(first))


def head_word(phrase: str) -> str:
    """Return the head noun of a noun phrase: the last content word before the first preposition."""
    before = re.split(r"\b(?:of|in|on|at|for|to|from|with|by|during|after)\b", fold_phrase(phrase), maxsplit=1)[0]
    words = content_words(before) or content_words(phrase)
    return words[-1] if words else ""


def phrases_of(value: Value) -> list[str]:
    """Return the words and the name of a field, those that it has."""
    return [str(value[key]) for key in ("text", "name") if value.get(key)]


def drug_names(value: Value) -> frozenset[str]:
    """Return the comparable names of an intervention; words that only point to a drug do not count beside a name.

    ``aliases``, where a gold reading has them, are such names already.
    """
    phrases = phrases_of(value)
    naming = [phrase for phrase in phrases if fold_phrase(phrase).split(" ")[0] not in POINTING_WORDS]
    return frozenset(_name_key(phrase) for phrase in naming or phrases) | frozenset(value.get("aliases") or ())


def _name_key(phrase: str) -> str:
    words = re.findall(r"[^\W_]+", fold_phrase(phrase))
    return "".join(singular(word) if len(word) > 3 else word for word in words)


def same_drug(first: Value, second: Value) -> bool:
    """Whether two interventions are the same, by name, by words or by id."""
    return same_id(first, second) or bool(drug_names(first) & drug_names(second))


def same_id(first: Value, second: Value) -> bool:
    """Whether two fields are linked to one concept."""
    return first.get("id") is not None and first.get("id") == second.get("id")
