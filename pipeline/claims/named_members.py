"""Members of a list that the parse takes for parts of the last one: "hypotension and QRS prolongation".

The names tell where the tree cannot: a disease or a substance of the body is measured by itself, a liver is not, so
that "liver and kidney function" stays whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.claims.tree import Tree
from pipeline.model import Mention, ParsedSentence

_OF_THE_BODY: Final = frozenset({"endogenous", "gene_like"})


def part_members(sentence: ParsedSentence, mentions: Sequence[Mention]) -> ParsedSentence:
    """Return the sentence with members that have a name of their own coordinated with the noun they hung on."""
    if not any(token.dep == "nmod" for token in sentence.tokens):
        return sentence
    tree = Tree(sentence)
    ends = {mention.clean.end for mention in mentions if mention.clean is not None and _is_measured(mention)}
    tokens = list(sentence.tokens)
    for first in range(len(tree)):
        members = [first, *tree.conjuncts(first)]
        noun = tree.head(first)
        if tree[first].dep != "nmod" or noun is None or len(members) < 2 or not members[-1] < noun:
            continue
        if not tree.children(first, "cc") or any(tree[member].end not in ends for member in members[:-1]):
            continue
        above = tree.head(noun)
        tokens[first] = replace(tokens[first], head=first if above is None else above, dep=tree[noun].dep)
        tokens[noun] = replace(tokens[noun], head=first, dep="conj")
        last = members[-1]
        tokens[last] = replace(tokens[last], head=noun, dep="amod" if tree[last].tag.startswith("JJ") else "compound")
        for kid in tree.children(noun):
            if kid < first:
                tokens[kid] = replace(tokens[kid], head=first)
    return replace(sentence, tokens=tuple(tokens))


def _is_measured(mention: Mention) -> bool:
    if mention.label == "CHEMICAL":
        return bool(_OF_THE_BODY & set(mention.flags))
    return mention.label in ("DISEASE", "GENE")
