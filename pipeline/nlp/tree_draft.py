"""A parsed sentence whose heads, labels and tags may be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.model import Token

FINITE: Final = frozenset({"VBD", "VBP", "VBZ", "MD"})
NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})
SUBJECTS: Final = ("nsubj", "nsubjpass")


class Draft:
    """A tree whose heads, labels and tags may be changed."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.words = [token.text.lower() for token in tokens]
        self.lemmas = [token.lemma for token in tokens]
        self.tags = [token.tag for token in tokens]
        self.deps = [token.dep for token in tokens]
        self.heads = [token.head for token in tokens]

    def __len__(self) -> int:
        return len(self.words)

    def children(self, node: int, *labels: str) -> list[int]:
        return [
            kid
            for kid, head in enumerate(self.heads)
            if head == node and kid != node and (not labels or self.deps[kid] in labels)
        ]

    def is_below(self, node: int, top: int) -> bool:
        seen = set()
        while node not in seen:
            if node == top:
                return True
            seen.add(node)
            node = self.heads[node]
        return False

    def hang(self, node: int, head: int, dep: str) -> None:
        self.heads[node] = head
        self.deps[node] = dep

    def is_tree(self) -> bool:
        """Whether every token hangs, over any number of heads, on a root."""
        reached: set[int] = set()
        for node in range(len(self)):
            path = set()
            while node not in reached and self.heads[node] != node:
                if node in path:
                    return False
                path.add(node)
                node = self.heads[node]
            reached |= path | {node}
        return True
