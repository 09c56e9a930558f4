"""Members of a list that the parse takes for parts of the last one, and one name that it takes for a list.

The names tell where the tree cannot. A disease or a substance of the body is measured by itself, as in "hypotension
and QRS prolongation"; a liver is not, so that "liver and kidney function" stays whole. What the document gives a short
form for is one thing: "Psoriasis Area and Severity Index (PASI)".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.claims.tree import Tree
from pipeline.model import Mention, ParsedSentence, Span

_ORGANS: Final = frozenset(
    """
    adrenal artery bladder bone brain cardiac colon cortex heart hepatic hippocampus intestine kidney liver lung muscle
    ovary pancreas prostate pulmonary renal retina skin spleen stomach testis thymus thyroid uterus
    """.split()
)
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


def join_organs(sentence: ParsedSentence) -> ParsedSentence:
    """Return the sentence with "kidney" of "kidney and liver failure" hung on the failure, which is what is meant."""
    tree = Tree(sentence)
    tokens = list(sentence.tokens)
    for noun in range(2, len(tree)):
        first, last = tree[noun].head, noun - 1
        if tree[noun].dep != "conj" or first >= last or tree[last].head != noun:
            continue
        if tree.lowered[first] not in _ORGANS or tree.lowered[last] not in _ORGANS or tree.lowered[noun] in _ORGANS:
            continue
        if tree.lowered[first + 1 : last] not in (("and",), ("or",)) or any(
            kid < first and tree[kid].dep in ("amod", "compound", "det", "nmod") for kid in tree.children(first)
        ):
            continue
        above = tree.head(first)
        tokens[noun] = replace(tokens[noun], head=noun if above is None else above, dep=tree[first].dep)
        tokens[first] = replace(tokens[first], head=noun, dep="nmod")
        tokens[last] = replace(tokens[last], head=first, dep="conj")
        for kid in tree.children(first):
            if kid > noun:
                tokens[kid] = replace(tokens[kid], head=noun)
    return replace(sentence, tokens=tuple(tokens)) if tokens != list(sentence.tokens) else sentence


def join_defined(sentence: ParsedSentence, names: Sequence[Span]) -> ParsedSentence:
    """Return the sentence with each name (clean span) that holds a coordination hung as a whole on its last noun."""
    for name in names:
        tree = Tree(sentence)
        inside = tree.nodes_in(name)
        members = [node for node in inside if tree[node].dep == "conj" and tree.head(node) in inside]
        top = tree.head_of(name)
        nouns = [node for node in inside if tree[node].tag.startswith("NN")]
        if not members or top is None or not nouns or top == nouns[-1] or any(tree.is_verb(node) for node in inside):
            continue
        last = nouns[-1]
        above = tree.head(top)
        tokens = list(sentence.tokens)
        for node in inside:
            tokens[node] = replace(tokens[node], head=last, dep=tokens[node].dep if node > last else "compound")
        for kid in (kid for node in inside for kid in tree.children(node) if kid not in inside):
            tokens[kid] = replace(tokens[kid], head=last)
        tokens[last] = replace(tokens[last], head=last if above is None else above, dep=tree[top].dep)
        sentence = replace(sentence, tokens=tuple(tokens))
    return sentence


def _is_measured(mention: Mention) -> bool:
    if mention.label == "CHEMICAL":
        return bool(_OF_THE_BODY & set(mention.flags))
    return mention.label in ("DISEASE", "GENE")
