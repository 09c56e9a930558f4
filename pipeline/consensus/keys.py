"""Keys: what makes two claims be about the same intervention, outcome and species.

A concept's id is the key where there is one, so that brands, salts and synonyms of a drug meet. Else it is the name,
folded, singular and in one spelling; of an outcome without words that only say how it was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pipeline.consensus.key_lexicon import FORMS, IONS, OTHER_NAMES, QUALIFIERS, SALT
from pipeline.evaluation.folding import fold_phrase
from pipeline.evaluation.similarity import content_words
from pipeline.nlp.linking import link_mention
from pipeline.nlp.vocabulary import Vocabulary

Value = Mapping[str, Any]
NOT_STATED: Final = "not stated"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a field is about: ``key`` tells two apart, ``name`` is shown, ``id`` is the concept where known."""

    key: str
    name: str
    id: str | None = None


def intervention_key(value: Value) -> Key:
    """Return the key of a claim's intervention, a salt under its drug."""
    return _intervention_key(str(value["name"]), value.get("id"))


def outcome_key(value: Value) -> Key:
    """Return the key of a claim's outcome."""
    return _outcome_key(str(value["name"]), value.get("id"))


def species_key(value: Value | None) -> Key:
    """Return the key of a claim's species; a species that is not stated is a key of its own."""
    if value is None:
        return Key("", NOT_STATED)
    name = str(value.get("name") or value["text"])
    return _species_key(name, value.get("id"))


@lru_cache(maxsize=16384)
def _intervention_key(name: str, identifier: str | None) -> Key:
    vocabulary = Vocabulary.load()
    plain = name
    while FORMS.search(plain):
        plain = FORMS.sub("", plain).strip()
    base = SALT.sub("", plain)
    if base != plain and base and base.casefold() not in IONS:
        concept = link_mention(base, "CHEMICAL", vocabulary, abbreviations={})
        if concept is not None and concept.score is None:
            return Key(concept.id, concept.name, concept.id)
    if identifier is None:
        concept = link_mention(plain, "CHEMICAL", vocabulary, abbreviations={})
        if concept is not None:
            return Key(concept.id, concept.name, concept.id)
        return Key(" ".join(content_words(plain)) or fold_phrase(name), fold_phrase(plain))
    return Key(identifier, name, identifier)


@lru_cache(maxsize=16384)
def _outcome_key(name: str, identifier: str | None) -> Key:
    vocabulary = Vocabulary.load()
    name = OTHER_NAMES.get(" ".join(name.casefold().split()), name)
    # The same words are linked in one place and not in another; the name decides, so that both meet.
    words = content_words(name)
    kept = tuple(word for word in words if word not in QUALIFIERS) or words
    # "growth of tumours" is "tumour growth".
    head, _, tail = name.partition(" of ")
    turned = (*content_words(tail), *content_words(head))
    for spelling in (" ".join(kept), " ".join(word for word in turned if word not in QUALIFIERS), name):
        for label in ("OUTCOME", "DISEASE"):
            found = vocabulary.lookup(spelling, label=label)
            if found:
                return Key(found[0].id, found[0].name, found[0].id)
    if identifier is not None:
        return Key(identifier, name, identifier)
    return Key(" ".join(sorted(set(kept))) or fold_phrase(name), " ".join(name.casefold().split()))


@lru_cache(maxsize=4096)
def _species_key(name: str, identifier: str | None) -> Key:
    if identifier is None:
        concept = link_mention(name, "SPECIES", Vocabulary.load(), abbreviations={})
        if concept is not None:
            return Key(concept.id, concept.name, concept.id)
        return Key(fold_phrase(name), name)
    return Key(identifier, name, identifier)
