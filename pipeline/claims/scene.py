"""A sentence with its tree and its mentions: what the rules of binding look at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.claims.named_members import join_defined, join_organs, part_members
from pipeline.claims.tree import Tree
from pipeline.model import Abbreviation, Document, Mention, ParsedSentence, Span


@dataclass(slots=True)
class Scene:
    """One sentence.

    ``mentions`` are those with a clean place inside it, in text order; ``measured`` the clean places in it that the
    language model takes for outcomes.
    """

    document: Document
    tree: Tree
    index: int
    span: Span
    mentions: tuple[Mention, ...]
    measured: tuple[Span, ...] = ()
    _by_label: dict[str, list[Mention]] = field(default_factory=dict)
    _nodes: dict[Mention, int | None] = field(default_factory=dict)

    def of(self, *labels: str) -> list[Mention]:
        """Return the mentions of these labels in text order."""
        if not self._by_label:
            for mention in self.mentions:
                self._by_label.setdefault(mention.label, []).append(mention)
        if len(labels) == 1:
            return self._by_label.get(labels[0], [])
        return sorted((m for label in labels for m in self._by_label.get(label, [])), key=place)

    def node(self, mention: Mention) -> int | None:
        """Return the tree node that heads a mention."""
        if mention not in self._nodes:
            self._nodes[mention] = None if mention.clean is None else self.tree.head_of(mention.clean)
        return self._nodes[mention]

    def nodes(self, mention: Mention) -> list[int]:
        return [] if mention.clean is None else self.tree.nodes_in(mention.clean)

    def text(self, span: Span) -> str:
        return self.document.clean.text[span.start : span.end]

    def clause(self, mention: Mention) -> int | None:
        """Return the verb that governs the clause a mention stands in."""
        node = self.node(mention)
        return None if node is None else self.tree.clause_head(node)


def place(mention: Mention) -> tuple[int, int]:
    """Return a mention's clean range as a sort key."""
    return (-1, -1) if mention.clean is None else (mention.clean.start, mention.clean.end)


def build_scenes(
    document: Document,
    sentences: Sequence[ParsedSentence],
    mentions: Iterable[Mention],
    measured: Iterable[Span] = (),
) -> list[Scene]:
    """Return one scene per parsed sentence, in order; ``measured`` are clean places of outcomes."""
    outcomes = sorted(measured)
    ordered = sorted((m for m in mentions if m.clean is not None), key=place)
    names = sorted(_long_form(document, item) for item in document.abbreviations)
    scenes = []
    first = 0
    for sentence in sorted(sentences, key=lambda item: item.clean.start):
        while first < len(ordered) and place(ordered[first])[0] < sentence.clean.start:
            first += 1
        inside = []
        for mention in ordered[first:]:
            if place(mention)[0] >= sentence.clean.end:
                break
            inside.append(mention)
        low, high = (bisect_left(outcomes, at, key=_start) for at in (sentence.clean.start, sentence.clean.end))
        own = tuple(outcomes[low:high])
        begun, ended = (bisect_left(names, at, key=_start) for at in (sentence.clean.start, sentence.clean.end))
        tree = Tree(part_members(join_organs(join_defined(sentence, names[begun:ended])), inside))
        scenes.append(Scene(document, tree, sentence.index, sentence.clean, tuple(inside), own))
    return scenes


def _start(span: Span) -> int:
    return span.start


def _long_form(document: Document, item: Abbreviation) -> Span:
    """Return the clean place of a definition's long form, which may stand before the short one or behind it."""
    start = document.clean.text.find(item.long, item.clean.start, item.clean.end)
    return Span(start, start + len(item.long)) if start >= 0 else Span(item.clean.start, item.clean.start)


def key_of(mention: Mention) -> str:
    """Return what makes two mentions the same substance: the concept, else the folded words."""
    return mention.concept.id if mention.concept else " ".join(mention.text.lower().split())


def spell_out(scene: Scene, node: int) -> str:
    """Return a token in lower case; of a short form, the last word of what the document writes it for."""
    written = scene.tree[node].text
    long = next((item.long for item in scene.document.abbreviations if item.short == written), written)
    return long.split()[-1].lower()


def is_bracketed(scene: Scene, offset: int) -> bool:
    """Whether a clean offset of the sentence stands in round or square brackets."""
    before = scene.document.clean.text[scene.span.start : offset]
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")


def is_in_subject(scene: Scene, mention: Mention) -> bool:
    node = scene.node(mention)
    if node is None:
        return False
    chain = [node, *scene.tree.ancestors(node)]
    return any(scene.tree[item].dep in ("nsubj", "nsubjpass") for item in chain[:4])
