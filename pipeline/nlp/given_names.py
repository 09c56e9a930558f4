"""Substances that nothing knows by name, told by what the text says was done with them.

"We administered zortol (2 mg/kg/day) or placebo": no vocabulary has the word, its form says nothing, and it is a drug
all the same. A word counts that is not common and that the text says was given: at a dose, or in words that weigh
enough together, "zortol injection" more than "zortol therapy" and that more than "the use of zortol". Every place of
the word in the text is then a name.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Final

from pipeline.nlp.vocabulary import DATA_DIRECTORY

COMMON_WORDS: Final = DATA_DIRECTORY / "common_words.xz"
_WORD: Final = re.compile(r"(?<![\w.@/-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?![\w@])")
_MANNER: Final = (
    r"(?:(?:the|an?|of|oral|intra\w+|sub\w+|topical|inhaled|nasal|daily|weekly|(?:low|high|single)[- ]dose|chronic"
    r"|acute|long-term|short-term|either|both|adjunctive|add-on|systemic|repeated|prophylactic|dietary)\s){0,3}"
)
_BEFORE: Final = (
    (4, re.compile(r"\b(?:placebo|vehicle|saline) (?:or|versus|vs\.?|than)\s" + _MANNER + "$", re.IGNORECASE)),
    (
        3,
        re.compile(
            r"(?:\b(?:administ(?:ration|ering)|infusions?|injections?|supplementation|ingestion|instillation|doses?|gavage|"
            r"dose \([^()]{1,20}\)) of"
            r"|\b(?:dosed|infused|injected|medicated|supplemented|gavaged) with"
            r"|\b(?:administered|prescribed|inhaled|intravenous|intraperitoneal|intranasal|subcutaneous))\s"
            + _MANNER
            + "$",
            re.IGNORECASE,
        ),
    ),
    (
        2,
        re.compile(
            r"(?:\b(?:pre-?|co-?)?treat(?:ed|ment|ing) with|\b(?:therapy|monotherapy|incubated) with"
            r"|\bexpos(?:ed|ure) to|\b(?:received|receiving|receive|given|taking|took|fed|ingested|oral|topical)"
            r"|\b(?:intake|discontinuation|withdrawal) of|\b(?:discontinu(?:ed|ing)|start(?:ed|ing)|stopp(?:ed|ing))"
            r"|\brandomi[sz]ed to(?: receive)?)\s" + _MANNER + "$",
            re.IGNORECASE,
        ),
    ),
    (1, re.compile(r"\b(?:effects?|efficacy|effectiveness|safety|tolerability|use|users) of\s" + _MANNER + "$", re.I)),
)
_AFTER: Final = (
    (
        4,
        re.compile(
            r"\s(?:or|versus|vs\.?|than|and|compared (?:to|with)) (?:matching )?(?:placebo|vehicle|saline)\b(?! group)",
            re.IGNORECASE,
        ),
    ),
    (
        3,
        re.compile(
            r"(?:[ -](?:administration|supplementation|infusions?|injections?|monotherapy|ingestion|doses?)\b)"
            r"|\sis (?:an?|the) (?:[a-z-]+\s){0,3}(?:drug|agent|medication|medicine|antagonist|agonist|"
            r"inhibitor|antibiotic)\b",
            re.IGNORECASE,
        ),
    ),
    (
        2,
        re.compile(
            r"[ -](?:pre-?|co-?|post-?)?(?:treated|treatments?|therapy|exposed|exposure|fed|intake|withdrawal|"
            r"replacement)\b",
            re.IGNORECASE,
        ),
    ),
    (1, re.compile(r"[ -](?:groups?|arms?|use|usage|users|induced|mediated|associated|recipients)\b", re.IGNORECASE)),
)
_UNIT: Final = r"(?:[µμmn]?g|mcg|micrograms?|milligrams?|mug|microg|IU|ppm)\b"
_SHARE: Final = re.compile(r"\d\s?(?:%|[µμmnp]M|[µμm]mol(?: l[−-]1)?)\s(?:of\s)?$")
_DOSE_BEFORE: Final = re.compile(
    rf"\d\s?{_UNIT}(?:\s?/\s?(?:kg|day|d|m2|h)\b|[\s·]kg[−-]1|\sper\s(?:kg|day)\b)*"
    r"\s(?:b\.?i\.?d\.?\s|daily\s)?(?:of\s)?(?:oral\s|intravenous\s)?$"
)
_DOSE_AFTER: Final = re.compile(
    rf"(?:\s?[(\[,]\s?|\s(?:at\s(?:a\sdose\sof\s|doses\sof\s)?)?)\d[\d.,–-]*"
    rf"(?:\s?(?:and|or|to|,)\s\d[\d.,]*)*\s?{_UNIT}"
)
# Endings of words for what is done and what is the matter; no substance is called so.
_NO_SUBSTANCE: Final = re.compile(
    r"(?:ing|tion|sion|ment|ness|ity|ism|ics|ship|therapy|therapies|pathy|ectomy|otomy|ostomy|plasty|scopy|graphy|metry|"
    r"puncture|pressure|grams?|grafts?|emia|aemia|itis|osis|oma|opathy|uria|algia|ology|[^aeiou]ed|mice|rats?|cells?|"
    r"men|women|hood|ers|ists?|ally|fully|ously|ics?|"
    r"[a-z](?:able|al|ary|ese|ian|ible|ish|ive|ous|ular))$",
    re.IGNORECASE,
)
_MEDICAL_WORDS: Final = re.compile(
    r"placebos?|vehicles?|salines?|sham|controls?|waters?|diets?|chow|usual|standard|[a-z]{0,2}[dr]na", re.I
)
_OTHER_HEAD: Final = re.compile(
    r"[ -](?:approach|cells?|classes|course|devices?|diets?|education|exercises?|infections?|instruments?|"
    r"interventions?|lessons?|massage|messages?|methods?|mice|plasma|procedures?|programs?|programmes?|protocols?|pumps?|rats?|"
    r"seminal|sensors?|sessions?|solutions?|stimulation|strategy|surgery|systems?|techniques?|training|virus|warning)\b",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"-(?:treated|fed|induced|mediated|treatment|exposed|injected|infused|supplemented|naive|free|group|containing|based)$"
)
_MARKED: Final = re.compile("^[®™]")
_LEAST_LETTERS: Final = 4
_LEAST_CAPITALS: Final = 3
_ENOUGH: Final = 4
_SURE: Final = 3
_WINDOW: Final = 60


_INFLECTIONS: Final = (
    ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e")), ("ly", ("",)),
    ("al", ("", "e")), ("er", ("", "e")), ("ally", ("", "al", "ic")),
)  # fmt: skip


@lru_cache(maxsize=1)
def load_common_words() -> frozenset[str]:
    """Return words of biomedical prose, in lower case, that stand in several texts of the corpora."""
    return frozenset(lzma.decompress(COMMON_WORDS.read_bytes()).decode().split())


def find_given_names(text: str, taken: Collection[int], *, abbreviations: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return the clean ranges of every place of the unknown words that the text says were given.

    Args:
        taken: offsets that belong to other names.
        abbreviations: the text's own short forms; what they stand for is no unknown word.
    """
    weights: dict[str, list[int]] = {}
    small: set[str] = set()
    places: dict[str, list[tuple[int, int]]] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        part = _PART.search(word)
        if part:
            word, end = word[: part.start()], start + part.start()
        if start in taken or end - 1 in taken or word in abbreviations or not _may_name(word):
            continue
        key = word if _is_short(word) else word.lower()
        places.setdefault(key, []).append((start, end))
        before = text[max(0, start - _WINDOW) : start].rpartition("\n")[2]
        after = _MARKED.sub("", text[end : end + _WINDOW].partition("\n")[0])
        weights.setdefault(key, []).append(_weigh(before, after))
        if word[0].islower() or any(character.isdigit() for character in word):
            small.add(key)
    given = [key for key, found in weights.items() if _is_enough(found, named=key not in small)]
    return sorted(place for key in given for place in places[key])


def _is_short(word: str) -> bool:
    """Whether a word is a short form in capitals, "FRZ" or "FRZs"."""
    return word.removesuffix("s").isupper()


def _is_enough(weights: Sequence[int], *, named: bool) -> bool:
    """Whether the weights of a name's places are enough: those that say little count once. What is never written small
    and has no digit, as short forms and methods called after people are, has to stand at a dose or against a placebo,
    or be given as only substances are at two places.
    """
    if named and max(weights) < _ENOUGH and sum(weight >= _SURE for weight in weights) < 2:
        return False
    return sum(weight for weight in weights if weight != 1) + (1 in weights) >= _ENOUGH


def _weigh(before: str, after: str) -> int:
    """Return how much the words around a name say that it was given; below 0 where they say that it is no substance."""
    if _OTHER_HEAD.match(after):
        return -_ENOUGH
    if _DOSE_AFTER.match(after) or _DOSE_BEFORE.search(before):
        return _ENOUGH
    ahead = 2 if _SHARE.search(before) else next((weight for weight, pattern in _BEFORE if pattern.search(before)), 0)
    behind = next((weight for weight, pattern in _AFTER if pattern.match(after)), 0)
    return max(ahead, behind)


@lru_cache(maxsize=65536)
def _may_name(word: str) -> bool:
    letters = sum(character.isalpha() for character in word)
    if (
        letters < (_LEAST_CAPITALS if _is_short(word) else _LEAST_LETTERS)
        or _NO_SUBSTANCE.search(word)
        or _MEDICAL_WORDS.fullmatch(word)
    ):
        return False
    parts = (part.rstrip("0123456789") for part in word.split("-"))
    return not any(is_common(part) for part in parts if part.isalpha() and len(part) > 2)


def is_common(word: str) -> bool:
    """Whether a word or what it is inflected from is common."""
    lower = word.lower()
    known = load_common_words()
    if lower in known:
        return True
    for ending, stems in _INFLECTIONS:
        if lower.endswith(ending) and any(lower[: -len(ending)] + stem in known for stem in stems):
            return True
    return False
