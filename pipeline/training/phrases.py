"""Small trees that compose into parsed sentences, for writing training sentences by grammar.

A phrase is a head word with labelled phrases to its left and right; order in the text is left phrases, head, right
phrases, so every composed tree is projective.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from pipeline.training.records import ParsedSentence

Glue = Literal["none", "left", "right", "both"]

_NOUN_ROLES: Final = frozenset({"dobj", "nsubj", "nsubjpass", "pobj"})
_PLAIN_PARTS: Final = frozenset(
    ("amod", "compound", "nmod", "npadvmod", "punct", "prep", "pobj", "det", "nummod", "poss")
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A head word and its dependents; `glue` tells on which sides the word stands without a space."""

    word: str
    tag: str
    lemma: str
    glue: Glue = "none"
    left: tuple[tuple[str, Phrase], ...] = ()
    right: tuple[tuple[str, Phrase], ...] = ()

    def before(self, dep: str, phrase: Phrase) -> Phrase:
        """Return the phrase with one more dependent, first in its text."""
        return replace(self, left=((dep, phrase), *self.left))

    def after(self, dep: str, phrase: Phrase) -> Phrase:
        """Return the phrase with one more dependent, last in its text."""
        return replace(self, right=(*self.right, (dep, phrase)))


def word(text: str, tag: str, lemma: str | None = None, *, glue: Glue = "none") -> Phrase:
    """Return a phrase of one word; without a lemma the lower-case word is its own."""
    return Phrase(text, tag, lemma if lemma is not None else text.lower(), glue)


def comma() -> Phrase:
    """Return a comma."""
    return word(",", ",", glue="left")


def hyphen(sign: str = "-") -> Phrase:
    """Return a hyphen or slash inside a compound."""
    return word(sign, "HYPH" if sign == "-" else "SYM", glue="both")


def bracket(phrase: Phrase) -> Phrase:
    """Return the phrase in round brackets, which hang on its head."""
    opened = phrase.before("punct", word("(", "-LRB-", glue="right"))
    return opened.after("punct", word(")", "-RRB-", glue="left"))


def join(phrases: list[Phrase], conjunction: str = "and", *, serial_comma: bool = False) -> Phrase:
    """Return coordinated phrases: each hangs on the one before it, as do commas and the conjunction (CRAFT's way)."""
    tail = phrases[-1]
    for index in range(len(phrases) - 2, -1, -1):
        first = phrases[index]
        last = index == len(phrases) - 2
        if not last or (serial_comma and len(phrases) > 2):
            first = first.after("punct", comma())
        if last:
            first = first.after("cc", word(conjunction, "CC"))
        tail = first.after("conj", tail)
    return tail


def write_sentence(root: Phrase, *, key: str) -> ParsedSentence:
    """Return the sentence that a phrase spells, its first letter in upper case."""
    nodes: list[tuple[Phrase, int, str]] = []
    _walk(root, "ROOT", nodes, [])
    order = {id(node): index for index, (node, _, _) in enumerate(nodes)}
    text, spans, open_glue = "", [], True
    for node, _, _ in nodes:
        glued = open_glue or node.glue in {"left", "both"}
        text += "" if glued else " "
        shown = node.word if text else node.word[:1].upper() + node.word[1:]
        spans.append((len(text), len(text) + len(shown)))
        text += shown
        open_glue = node.glue in {"right", "both"}
    return ParsedSentence(
        key=key,
        text=text,
        spans=tuple(spans),
        tags=tuple(node.tag for node, _, _ in nodes),
        lemmas=tuple(node.lemma for node, _, _ in nodes),
        heads=tuple(order[parent] if parent else index for index, (_, parent, _) in enumerate(nodes)),
        deps=tuple(dep for _, _, dep in nodes),
    )


def read_phrase(sentence: ParsedSentence, index: int) -> Phrase:
    """Return the subtree of a token as a phrase, with the spacing of the sentence inside it."""
    below = list(list_subtree(sentence, index))
    return _read_node(sentence, index, first=min(below), last=max(below))


def _read_node(sentence: ParsedSentence, index: int, *, first: int, last: int) -> Phrase:
    start, end = sentence.spans[index]
    left_free = index == first or sentence.spans[index - 1][1] < start
    right_free = index == last or sentence.spans[index + 1][0] > end
    glue: Glue = "none" if left_free and right_free else "right" if left_free else "left" if right_free else "both"
    children = [child for child, head in enumerate(sentence.heads) if head == index and child != index]
    return Phrase(
        sentence.text[start:end],
        sentence.tags[index],
        sentence.lemmas[index],
        glue,
        tuple(
            (sentence.deps[child], _read_node(sentence, child, first=first, last=last))
            for child in children
            if child < index
        ),
        tuple(
            (sentence.deps[child], _read_node(sentence, child, first=first, last=last))
            for child in children
            if child > index
        ),
    )


def collect_noun_phrases(sentences: Iterable[ParsedSentence], *, longest: int) -> list[Phrase]:
    """Return the noun phrases of at most `longest` words that are subjects or objects and hold no clause."""
    found = []
    for sentence in sentences:
        for index, dep in enumerate(sentence.deps):
            if dep not in _NOUN_ROLES or sentence.tags[index] not in {"NN", "NNS"}:
                continue
            below = list(list_subtree(sentence, index))
            inner = {sentence.deps[node] for node in below if node != index}
            if (
                max(below) - min(below) < len(below) <= longest
                and inner <= _PLAIN_PARTS
                and sentence.words[index][0].islower()
            ):
                found.append(read_phrase(sentence, index))
    return found


def list_subtree(sentence: ParsedSentence, index: int) -> Iterator[int]:
    """Yield the tokens below and at a token, in no order."""
    yield index
    for child, head in enumerate(sentence.heads):
        if head == index and child != index:
            yield from list_subtree(sentence, child)


def _walk(node: Phrase, dep: str, nodes: list[tuple[Phrase, int, str]], parents: list[int]) -> None:
    """Append the nodes of a tree in text order with their parent's identity (0 for the root)."""
    own = replace(node)
    for child_dep, child in node.left:
        _walk(child, child_dep, nodes, [id(own)])
    nodes.append((own, parents[0] if parents else 0, dep))
    for child_dep, child in node.right:
        _walk(child, child_dep, nodes, [id(own)])
