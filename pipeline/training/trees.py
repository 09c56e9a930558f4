"""Carries a corpus's dependency tree over to our own tokens.

Both tokenisations cut the same text, so tokens are compared by characters. Our token takes the head that its corpus
tokens have outside it; corpus tokens that we split keep their tree at one part and the others hang on that part.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from pipeline.training.records import ParsedSentence

# A part of a split word that is no punctuation hangs on the word's main part with this label, as CRAFT labels parts.
_PART_LABEL: Final = "nmod"


def project_tree(sentence: ParsedSentence, spans: Sequence[tuple[int, int]]) -> ParsedSentence:
    """Return the sentence with our tokens (`spans`, code points, in order, covering the same words).

    A token made of several corpus tokens takes tag, lemma and label from the one that governs the others. Of a corpus
    token cut in several, the last part with a letter or digit stands for it.
    """
    old_starts = [start for start, _ in sentence.spans]
    owners: list[list[int]] = []
    for start, end in spans:
        first = max(bisect_right(old_starts, start) - 1, 0)
        last = bisect_left(old_starts, end)
        owners.append([old for old in range(first, last) if sentence.spans[old][1] > start])
    parts: dict[int, list[int]] = {}
    for new, olds in enumerate(owners):
        for old in olds:
            parts.setdefault(old, []).append(new)
    stands = {old: _choose_part(sentence.text, spans, news) for old, news in parts.items()}
    chiefs = [_choose_chief(sentence, olds) for olds in owners]

    tags, lemmas, heads, deps = [], [], [], []
    for new, (start, end) in enumerate(spans):
        chief, word = chiefs[new], sentence.text[start:end]
        if stands[chief] != new:
            symbol = not any(character.isalnum() for character in word)
            heads.append(stands[chief])
            deps.append("punct" if symbol else _PART_LABEL)
            tags.append(_guess_tag(word, sentence.tags[chief], symbol=symbol))
            lemmas.append(word.lower())
            continue
        head = _climb(sentence, chief, inside=set(owners[new]), stands=stands, new=new)
        heads.append(new if head is None else stands[head])
        deps.append("ROOT" if head is None else sentence.deps[_last_before(sentence, chief, head)])
        tags.append(sentence.tags[chief])
        whole = sentence.spans[chief] == (start, end)
        lemmas.append(sentence.lemmas[chief] if whole else word.lower())
    return ParsedSentence(
        key=sentence.key,
        text=sentence.text,
        spans=tuple(spans),
        tags=tuple(tags),
        lemmas=tuple(lemmas),
        heads=tuple(heads),
        deps=tuple(deps),
    )


def _choose_part(text: str, spans: Sequence[tuple[int, int]], news: list[int]) -> int:
    for new in reversed(news):
        if any(character.isalnum() for character in text[slice(*spans[new])]):
            return new
    return news[-1]


def _choose_chief(sentence: ParsedSentence, olds: list[int]) -> int:
    """Return the token whose head lies outside the group (the last such, where several do)."""
    inside = set(olds)
    free = [old for old in olds if sentence.heads[old] == old or sentence.heads[old] not in inside]
    rooted = [old for old in free if sentence.heads[old] == old]
    return (rooted or free or olds)[-1]


def _climb(sentence: ParsedSentence, chief: int, *, inside: set[int], stands: dict[int, int], new: int) -> int | None:
    """Return the first ancestor of `chief` that stands in another of our tokens, or None at the root."""
    node = chief
    for _ in sentence.heads:
        head = sentence.heads[node]
        if head == node:
            return None
        if head not in inside and stands[head] != new:
            return head
        node = head
    return None


def _last_before(sentence: ParsedSentence, chief: int, ancestor: int) -> int:
    node = chief
    while sentence.heads[node] != ancestor:
        node = sentence.heads[node]
    return node


def _guess_tag(word: str, tag: str, *, symbol: bool) -> str:
    if word in {"-", "–", "—", "−", "‐", "‑"}:
        return "HYPH"
    if word == ",":
        return ","
    if word in {":", ";"}:
        return ":"
    if symbol:
        return "SYM"
    return "CD" if word[0].isdigit() else tag
