"""Substances told by the company they are named in: examples of a class, and members of a list of drugs.

"Kinase inhibitors such as zorafinib", "fisetin and other senolytics" and "belunatrol, a new mTOR inhibitor" say of a
word that no vocabulary has what it is (Hearst, COLING 1992). In a list of known drugs an unknown word may be one of
them, misspelt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.model import Concept, Token

_EXAMPLES: Final = re.compile(
    r",?\s(?:drugs\s|agents\s|compounds\s)?\(?(?:such\sas|including|e\.g\.,?|for\s(?:example|instance),?|namely|like)\s"
)
_SURE_EXAMPLES: Final = re.compile(r"such as|e\.g\.|for example|for instance|namely")
_OTHERS: Final = re.compile(r",?\s(?:and|or)\s(?:(?:some|many|most|several|all|various)\s)?other\s(?:[a-z-]+\s){0,2}$")
_CALLED: Final = re.compile(r"(?:,\s|\s\()(?:an?|the|another)\s(?:[\w-]+\s){0,3}$")
_SEPARATOR: Final = re.compile(r"\s?,\s(?:(?:and|or)\s)?|\s(?:and|or|plus)\s|\s?/\s?")
_ASIDE: Final = re.compile(r"\s\([^()]{1,60}\)")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_LEAST_LETTERS: Final = 6
# Endings of words that are no names of substances.
_NO_NAME: Final = re.compile(
    r"(?:ings?|ed|tions?|sions?|ments?|ness|it(?:y|ies)|isms?|[ae]nc(?:e|es|y)|ants?|ents?|ers?|ors?|ists?|als?|ives?|"
    r"ous|ful|less|ly|ics?|graphy|ology|pathy|trophy|therap(?:y|ies)|ases?|osis|itis|emia|uria|oma|algia|ures?|ages?|"
    r"ars?|ables?|ibles?|ways?|ships?|ends?|ought|those|these|which|their|others?|placebo|controls?)$",
    re.IGNORECASE,
)
_NOUNS: Final = ("NN", "NNP", "FW")
_VERBS: Final = ("VB", "MD", "RB", "IN", "TO", "CC", "W", ",", ".", ":", "-RRB-", ")")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A substance that is already known at [start, end) of the clean text; a class, or a single one."""

    start: int
    end: int
    concept: Concept | None
    is_class: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A place in a list of substances.

    Attributes:
        known: a name that is known already stands there.
        group: the class that the list gives examples of, or ``None`` for a list of drugs alone.
    """

    start: int
    end: int
    known: bool
    group: NamedPlace | None


def find_listed(
    text: str, tokens: Sequence[Token], names: Iterable[NamedPlace], *, taken: Collection[int]
) -> Iterator[Listed]:
    """Yield what is listed with or as a substance in one sentence, in text order, each place once.

    Args:
        text: the clean text; ``tokens`` are those of the sentence.
        names: the substances known in the sentence.
        taken: offsets that belong to names of any label; no unknown word is looked for there.
    """
    if not tokens:
        return
    places = sorted(names, key=lambda name: (name.start, -name.end))
    lists = _Lists(text, tokens, {name.start: name for name in reversed(places)}, taken)
    found: dict[tuple[int, int], Listed] = {}
    for name in places:
        for listed in lists.examples_of(name) if name.is_class else lists.beside(name):
            before = found.get((listed.start, listed.end))
            if before is None or (before.group is None and listed.group is not None):
                found[listed.start, listed.end] = listed
    yield from (found[place] for place in sorted(found))


class _Lists:
    """The lists of one sentence."""

    def __init__(
        self, text: str, tokens: Sequence[Token], names: Mapping[int, NamedPlace], taken: Collection[int]
    ) -> None:
        self._text, self._names, self._taken = text, names, taken
        self._end = tokens[-1].end
        self._low = tokens[0].start
        self._tags = {token.start: token.tag for token in tokens}
        self._next = {left.end: right.tag for left, right in pairwise(tokens)}
        self._ends = {name.end: name for name in names.values()}

    def examples_of(self, group: NamedPlace) -> list[Listed]:
        """Return what stands as an example of the class: behind it, or before "and other …" or ", a …"."""
        introduced = _EXAMPLES.match(self._text, group.end, self._end)
        if introduced is not None:
            members = self._read(introduced.end(), group)
            if _SURE_EXAMPLES.search(introduced.group()) or any(member.known for member in members):
                return members
            return []
        before = self._text[self._low : group.start]
        others = _OTHERS.search(before)
        if others is not None:
            return self._read_back(self._low + others.start(), group)
        called = _CALLED.search(before)
        behind = self._text[group.end : group.end + 1]
        if called is not None and behind in {",", ")", "."}:
            return [listed for listed in self._read_back(self._low + called.start(), group)[-1:] if not listed.known]
        return []

    def beside(self, name: NamedPlace) -> list[Listed]:
        """Return the members of a list of drugs that begins with a known one."""
        members = self._read(name.start, None)
        return members if len(members) > 1 else []

    def _read(self, place: int, group: NamedPlace | None) -> list[Listed]:
        """Read a list from its first member on."""
        members: list[Listed] = []
        while place < self._end:
            member = self._member(place, group, closed=False)
            if member is None:
                break
            members.append(member)
            aside = _ASIDE.match(self._text, member.end, self._end)
            separator = _SEPARATOR.match(self._text, aside.end() if aside else member.end, self._end)
            if separator is None:
                break
            place = separator.end()
        return members

    def _read_back(self, end: int, group: NamedPlace) -> list[Listed]:
        """Read the members of a list whose last one ends at `end`."""
        members: list[Listed] = []
        while True:
            name = self._ends.get(end)
            word = re.search(r"[\w-]+$", self._text[self._low : end])
            start = name.start if name is not None else self._low + word.start() if word is not None else end
            member = self._member(start, group, closed=True) if start < end else None
            if member is None or member.end != end:
                break
            members.append(member)
            separator = re.search(rf"(?:{_SEPARATOR.pattern})$", self._text[self._low : start])
            if separator is None:
                break
            end = self._low + separator.start()
        return members[::-1]

    def _member(self, place: int, group: NamedPlace | None, *, closed: bool) -> Listed | None:
        name = self._names.get(place)
        if name is not None and not (name.is_class and group is None):
            return Listed(name.start, name.end, True, group)
        match = _WORD.match(self._text, place, self._end)
        if match is None or place in self._taken or match.end() - 1 in self._taken:
            return None
        word, end = match.group(), match.end()
        if len(word) < _LEAST_LETTERS or _NO_NAME.search(word) or self._text[end : end + 1] in {"-", "–", "/"}:
            return None
        tagged = self._tags.get(place, "")
        if not tagged.startswith(_NOUNS) or (tagged == "NNS" and word.endswith("s")):
            return None
        followed = self._next.get(end, ".")
        if not closed and not followed.startswith(_VERBS) and not _ASIDE.match(self._text, end):
            return None
        return Listed(place, end, False, group)
