"""A parsed sentence as a tree that can be walked: children, subtrees, coordination, clauses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pipeline.model import ParsedSentence, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_ADVANTAGES = frozenset("advantage advantages benefit benefits difference differences superiority".split())
VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
NOUN_TAGS = frozenset(
    """
    CD DT FW NN NNP NNPS NNS PRP SYM
    """.split()
)


class Tree:
    """Index-based view of one sentence; a node is a token's index."""

    def __init__(self, sentence: ParsedSentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self._children: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head != index:
                self._children[token.head].append(index)

    def __len__(self) -> int:
        return len(self.tokens)

    def __getitem__(self, node: int) -> Token:
        return self.tokens[node]

    @cached_property
    def lowered(self) -> tuple[str, ...]:
        return tuple(token.text.lower() for token in self.tokens)

    def children(self, node: int, *labels: str) -> list[int]:
        """Return the node's children in text order, of these labels if any are given."""
        kids = self._children[node]
        return [kid for kid in kids if self.tokens[kid].dep in labels] if labels else list(kids)

    def head(self, node: int) -> int | None:
        """Return the head, ``None`` for a root."""
        head = self.tokens[node].head
        return None if head == node else head

    def ancestors(self, node: int) -> Iterator[int]:
        """Yield the heads from the nearest upward; a cycle, which no parser should give, ends the walk."""
        seen = {node}
        head = self.head(node)
        while head is not None and head not in seen:
            seen.add(head)
            yield head
            head = self.head(head)

    def subtree(self, node: int, *, without: frozenset[str] = frozenset()) -> list[int]:
        """Return the node and all below it, in text order; branches labelled ``without`` are left out."""
        found: list[int] = []
        stack = [node]
        seen: set[int] = set()
        while stack:
            current = stack.pop()
            if current in seen:
                continue
            seen.add(current)
            found.append(current)
            stack.extend(kid for kid in self._children[current] if self.tokens[kid].dep not in without)
        return sorted(found)

    def conjuncts(self, node: int) -> list[int]:
        """Return the coordinated members that hang on the node, nearest first, the node not included."""
        members: list[int] = []
        stack = [node]
        while stack:
            current = stack.pop()
            for kid in self.children(current, "conj"):
                if kid not in members:
                    members.append(kid)
                    stack.append(kid)
        return sorted(members)

    def is_verb(self, node: int) -> bool:
        return self.tokens[node].tag in VERB_TAGS

    def is_noun(self, node: int) -> bool:
        return self.tokens[node].tag in NOUN_TAGS

    def node_at(self, offset: int) -> int | None:
        """Return the token that covers a clean offset."""
        for index, token in enumerate(self.tokens):
            if token.start <= offset < token.end:
                return index
            if token.start > offset:
                return None
        return None

    def nodes_in(self, span: Span) -> list[int]:
        """Return the tokens that overlap a clean span."""
        return [i for i, token in enumerate(self.tokens) if token.start < span.end and token.end > span.start]

    def head_of(self, span: Span) -> int | None:
        """Return the token of the span whose head lies outside it (the last such, where several do)."""
        nodes = self.nodes_in(span)
        inside = set(nodes)
        tops = [node for node in nodes if self.tokens[node].head == node or self.tokens[node].head not in inside]
        words = [node for node in tops if self.tokens[node].dep != "punct"]
        chosen = words or tops
        return chosen[-1] if chosen else None

    def clause_head(self, node: int) -> int:
        """Return the verb (or root) that governs the clause the node stands in."""
        current = node
        for _ in self.tokens:
            token = self.tokens[current]
            if self.is_verb(current) and token.dep not in {"amod", "compound", "aux", "auxpass", "nmod"}:
                return current
            if token.head == current:
                return current
            current = token.head
        return current

    def previous(self, node: int) -> int | None:
        """Return the word before a node, brackets skipped; ``None`` at the start of the sentence."""
        depth = 0
        for before in range(node - 1, -1, -1):
            form = self.tokens[before].text
            if form in (")", "]"):
                depth += 1
            elif form in ("(", "[") and depth:
                depth -= 1
            elif not depth:
                return before
        return None

    def text(self, nodes: list[int]) -> str:
        return " ".join(self.tokens[node].text for node in nodes)


def comparison_nodes(tree: Tree) -> set[int]:
    """Return all nodes inside a comparison: "than in controls", "compared with B", "versus placebo", and behind a
    comma "comparable to A".
    """
    found: set[int] = set()
    for node in range(len(tree)):
        form = tree.lowered[node]
        if form in ("than", "versus", "vs", "vs."):
            found.update(tree.subtree(node))
            # "greater than placebo for A", but not "lower than 377 with B"
            if any(tree[thing].tag != "CD" for thing in tree.children(node, "pobj")):
                for prep in tree.children(node, "prep"):
                    if tree.lowered[prep] in ("for", "with"):
                        found.difference_update(tree.subtree(prep))
            elif tree.children(node, "pobj"):
                for prep in tree.children(tree[node].head, "prep"):
                    if prep > node and tree.lowered[prep] in ("after", "for", "in", "on", "with"):
                        found.update(tree.subtree(prep))
            if tree[node].dep in ("cc", "prep", "mark", "dep"):
                head = tree.head(node)
                if head is not None and tree[node].dep == "cc":
                    for kid in tree.children(head, "conj"):
                        if kid > node:
                            found.update(tree.subtree(kid))
        elif form == "comparable" and tree[node].dep != "acomp":
            found.update(kid for kid in tree.subtree(node) if kid >= node)
        elif form == "over" and tree.lowered[tree[node].head] in _ADVANTAGES:
            found.update(tree.subtree(node))
        elif form in ("compared", "relative", "comparison") and any(
            tree.lowered[kid] in ("with", "to") for kid in tree.children(node)
        ):
            below = tree.subtree(node)
            # A comparison at the root governs the whole sentence; what is compared stands behind it.
            found.update(kid for kid in below if kid >= node or tree[node].dep not in ("ROOT", "root"))
    return found
