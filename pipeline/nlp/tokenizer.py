"""The tokenizer of the `en_litclaims` pipeline.

It is spaCy's rule tokenizer with rules for biomedical prose: a token ends at every hyphen, dash, slash, bracket,
comma, colon and relation sign, and between a number and its unit ("14ppm" is "14" and "ppm"), while names that mix
letters and digits (p53, 17α, S6K1, mTORC1) and Latin abbreviations of routes and schedules (i.p., b.i.d.) stay whole.
Importing this module registers the tokenizer and the components that the packaged weights name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import spacy
from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, LIST_ELLIPSES, LIST_QUOTES
from spacy.lang.en import English
from spacy.language import Language
from spacy.symbols import NORM, ORTH
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from pipeline.nlp import components as components
from pipeline.nlp import lemmas as lemmas
from pipeline.nlp import recognizer as recognizer
from pipeline.nlp.tokenizer_lexicon import ABBREVIATIONS, CASE_SENSITIVE_UNITS, UNITS

_ALWAYS_SPLIT = r"–—−‐‑/()\[\]{};<>≤≥≦≧⩽⩾±×~∼≈=|→←↔↑↓†‡§¶•®™©&"
_UNIT = "(?:" + "|".join(sorted((*CASE_SENSITIVE_UNITS, *UNITS), key=lambda unit: (-len(unit), unit))) + ")"
_UNIT_FOLLOWS = rf"(?={_UNIT}(?![{ALPHA}0-9]))"
_NO_NAME_BEFORE = "".join(rf"(?<![{ALPHA}_]{chr(92)}d{{{digits}}})" for digits in range(1, 6))
_NO_NAME_BEFORE_DECIMAL = "".join(
    rf"(?<![{ALPHA}_]{chr(92)}d{{{whole}}}[.,]{chr(92)}d{{{part}}})" for whole in (1, 2) for part in (1, 2)
)

_PREFIXES = [
    rf"[-{_ALWAYS_SPLIT}+,:!?%#^*_]",
    r"\.(?![0-9])",
    rf"\d+(?:[.,·]\d+)*{_UNIT_FOLLOWS}",
    r"[$£€¥]",
    *LIST_ELLIPSES,
    *LIST_QUOTES,
]
_SUFFIXES = [
    rf"[-{_ALWAYS_SPLIT}+,:!?%#^*_]",
    *LIST_ELLIPSES,
    *LIST_QUOTES,
    r"['’][sS]",
    rf"(?<=[{ALPHA_LOWER}0-9%)\]\-–−+²³′″'’\"”])\.",
    rf"(?<=[{ALPHA_UPPER}0-9][{ALPHA_UPPER}0-9])\.",
    rf"(?<=[{ALPHA_LOWER}\-/][{ALPHA_UPPER}])\.",
    r"(?<=°[CFK])\.",
    r"(?<=[0-9])[°º][CF]?",
]
_INFIXES = [
    rf"[-{_ALWAYS_SPLIT}+:%]",
    *LIST_ELLIPSES,
    rf"(?<=[{ALPHA_LOWER}])\.(?=[{ALPHA_UPPER}])",
    r"(?<![0-9]),|,(?![0-9])",
    r"(?<=[0-9])\*(?=[0-9])",
    rf"(?<=\d){_NO_NAME_BEFORE}{_NO_NAME_BEFORE_DECIMAL}{_UNIT_FOLLOWS}",
]


def list_exceptions() -> dict[str, list[dict[int, str]]]:
    """Return strings with a tokenisation of their own, as spaCy wants them: text → the parts' attributes.

    English contractions (don't, it's) come from spaCy. Its emoticons, clock times and apostrophe-free contractions
    are left out: in this field "8)", "im" and "id" are a bracket, a route and an identifier.
    """
    rules: dict[str, list[dict[int, str]]] = {
        text: parts
        for text, parts in English.Defaults.tokenizer_exceptions.items()
        if len(parts) > 1 and text[0].isalpha() and (text.lower() == "cannot" or "'" in text or "’" in text)
    }
    for abbreviation, norm in ABBREVIATIONS.items():
        for text in {abbreviation, abbreviation[:1].upper() + abbreviation[1:], abbreviation.upper()}:
            rules[text] = [{ORTH: text, NORM: norm}]
    return rules


def make_tokenizer(nlp: Language) -> Tokenizer:
    """Return the tokenizer for a pipeline, sharing its vocabulary."""
    return Tokenizer(
        nlp.vocab,
        rules=list_exceptions(),
        prefix_search=compile_prefix_regex(_PREFIXES).search,
        suffix_search=compile_suffix_regex(_SUFFIXES).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
    )


@spacy.registry.tokenizers("litclaims.tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return the maker of the tokenizer, for the `[nlp.tokenizer]` block of a spaCy config."""
    return make_tokenizer


def find_misaligned(tokenizer: Tokenizer, text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans whose start or end falls inside a token; offsets are code points of `text`, end exclusive."""
    starts: set[Any] = set()
    ends: set[Any] = set()
    for token in tokenizer(text):
        starts.add(token.idx)
        ends.add(token.idx + len(token))
    return [(start, end) for start, end in spans if start not in starts or end not in ends]
