"""Reads the syntax of a sentence with a well-known drug in the place of every substance.

The network that tags and parses knows few of the world's drugs by name, and a name that it has never met may pass for
a preposition or an adjective and take the sentence's tree along. What a substance is called says nothing of the syntax.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from pipeline.nlp.embedding import SUBSTANCES_KEY

_STAND_IN: Final = "rapamycin"
_DISEASE: Final = "disease"
_SHORT: Final = 2


def mask_substances(doc: Any, given: Collection[str] = ()) -> Any:
    """Return a document of as many tokens, the names of substances that vocabulary or recogniser found replaced.

    Args:
        given: further words that are names of substances.
    """
    from spacy.tokens import Doc

    words = [token.text for token in doc]
    named = [doc.char_span(start, end) for start, end in doc.user_data.get(SUBSTANCES_KEY, ())]
    for span in (*named, *doc.spans.get("CHEMICAL", ())):
        if span is not None:
            _mask(words, span.start, span.end)
    for place, word in enumerate(words):
        if word in given:
            _mask(words, place, place + 1)
    for span in doc.spans.get("DISEASE", ()):
        if words[span.end - 1].islower() and words[span.end - 1].endswith("er"):
            words[span.end - 1] = _DISEASE  # "lowered fever", which looks like an adverb
    return Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def _mask(words: list[str], start: int, end: int) -> None:
    last = end - 1
    word = words[last]
    if len(word) > _SHORT and word[-1] == "s" and word[-2] not in "aiosu":
        return  # a plural takes a plural's verb
    if not any(character.isalpha() for character in word):
        return
    if last > start and len(word) <= _SHORT:  # "vitamin D"
        words[start] = _STAND_IN
    words[last] = _STAND_IN.capitalize() if last == 0 and word[0].isupper() else _STAND_IN
