"""Groups: what papers say of one intervention, outcome and species, every paper counted once.

The unit is the paper that found something. A paper's own claims speak for it; a claim that cites other papers speaks
for those, so that a review and the paper it reports are one voice where both are in the store, and two reviews of one
paper are one voice where it is not. Works that are known only as cited together by the same sentence count once: a
sentence that ends in ten references is no ten findings. Within a paper asserted claims outrank hedged ones; one that
says both directions, or a change and none, is mixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from pipeline.consensus.keys import Key, intervention_key, outcome_key, species_key
from pipeline.consensus.papers import Library, Paper
from pipeline.model.decisions import is_rejected

Value = Mapping[str, Any]
Basis = Literal["own", "reported", "unnamed"]
Strength = Literal["strong", "moderate", "weak", "conflicting", "unclear"]
DIRECTIONS: Final = ("increase", "decrease", "no_change", "mixed", "unknown")
AGREEING: Final = 0.75
"""Least share of the papers with a direction that must say the same for them to agree."""
STRONG_PAPERS: Final = 3
MODERATE_PAPERS: Final = 2


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim that speaks for a paper; ``reporter`` is the paper it stands in."""

    claim: Value
    reporter: Paper


@dataclass(frozen=True, slots=True)
class Voice:
    """What one paper says in a group.

    Attributes:
        basis: ``own`` findings; ``reported`` by papers that cite it; ``unnamed`` for work that a paper reports without
            a reference that could be resolved.
        direction: of its own claims if it has any here, else of those that report it.
        reported_otherwise: papers that cite it for another direction than its own.
    """

    paper: Paper
    basis: Basis
    direction: str
    certainty: Literal["asserted", "hedged"]
    own: tuple[Statement, ...]
    reports: tuple[Statement, ...]
    reported_otherwise: tuple[Paper, ...] = ()

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """The claims that speak for the paper, its own first."""
        return tuple(dict.fromkeys(item.claim["claim_id"] for item in (*self.own, *self.reports)))


@dataclass(frozen=True, slots=True)
class Line:
    """One count: a paper's own findings, or the works that the same claims cite together."""

    voices: tuple[Voice, ...]

    @property
    def direction(self) -> str:
        """What the line says."""
        told = {voice.direction for voice in self.voices} - {"unknown"}
        return "unknown" if not told else told.pop() if len(told) == 1 else "mixed"

    @property
    def is_own(self) -> bool:
        """Whether it is a paper's own findings."""
        return self.voices[0].basis == "own"

    @property
    def is_asserted(self) -> bool:
        """Whether it is said without a hedge."""
        return any(voice.certainty == "asserted" for voice in self.voices)


@dataclass(frozen=True, slots=True)
class Group:
    """What papers say of one intervention, outcome and species; ``voices`` are in the order of their papers.

    ``lines`` are the voices as they are counted.
    """

    intervention: Key
    outcome: Key
    species: Key
    voices: tuple[Voice, ...]
    lines: tuple[Line, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many papers say each of ``DIRECTIONS``."""
        found = Counter(line.direction for line in self.lines)
        return {direction: found[direction] for direction in DIRECTIONS}

    @property
    def direction(self) -> str | None:
        """What most papers say; ``None`` where two directions have most, or none says any."""
        counts = {name: count for name, count in self.counts.items() if name != "unknown" and count}
        most = max(counts.values(), default=0)
        leading = [name for name, count in counts.items() if count == most]
        return leading[0] if len(leading) == 1 else None

    @property
    def agreement(self) -> float | None:
        """The share of the papers with a direction that say the most frequent one; ``None`` where none says any."""
        counts = [count for name, count in self.counts.items() if name != "unknown"]
        return round(max(counts) / sum(counts), 4) if sum(counts) else None

    @property
    def strength(self) -> Strength:
        """How well the direction is supported, by number of papers, their agreement, and what they rest on.

        ``strong``: at least ``STRONG_PAPERS`` papers assert it as their own finding; ``moderate``: at least
        ``MODERATE_PAPERS`` papers assert it; ``weak``: fewer, or hedged; in all of these the share of papers that
        say so is at least ``AGREEING``, else the papers are ``conflicting``. ``unclear``: none says any direction.
        """
        if self.agreement is None:
            return "unclear"
        if self.direction is None or self.agreement < AGREEING:
            return "conflicting"
        firm = [line for line in self.lines if line.direction == self.direction and line.is_asserted]
        if sum(line.is_own for line in firm) >= STRONG_PAPERS:
            return "strong"
        return "moderate" if len(firm) >= MODERATE_PAPERS else "weak"


@dataclass(slots=True)
class _Pile:
    """The statements for one paper in one group."""

    paper: Paper
    basis: Basis
    own: list[Statement] = field(default_factory=list)
    reports: list[Statement] = field(default_factory=list)


def group_claims(documents: Iterable[tuple[Value, Sequence[Value]]]) -> list[Group]:
    """Return the groups of all claims, those with most papers first.

    Args:
        documents: each document's record with its claims, corrected ones with their values; rejected claims and
            hypotheses do not count.
    """
    listed = list(documents)
    library = Library(record for record, _ in listed)
    piles: dict[tuple[str, str, str], dict[str, _Pile]] = {}
    names: dict[tuple[str, str, str], list[tuple[Key, Key, Key]]] = {}
    for _, claims in listed:
        for claim in claims:
            if is_rejected(claim) or claim["certainty"] == "hypothesis":
                continue
            keys = (
                intervention_key(claim["intervention"]),
                outcome_key(claim["outcome"]),
                species_key(claim.get("species")),
            )
            group = keys[0].key, keys[1].key, keys[2].key
            names.setdefault(group, []).append(keys)
            _add(piles.setdefault(group, {}), claim, library)
    groups = [_make_group(names[key], list(found.values())) for key, found in piles.items()]
    return sorted(groups, key=_rank)


def _add(piles: dict[str, _Pile], claim: Value, library: Library) -> None:
    """Add a claim to the pile of each paper that it speaks for."""
    reporter = library.paper_of(claim["doc_id"])
    statement = Statement(claim, reporter)
    if not is_cited(claim):
        piles.setdefault(reporter.key, _Pile(reporter, "own")).own.append(statement)
        return
    cited = {paper.key: paper for paper in map(library.resolve, claim.get("citations") or ()) if paper is not None}
    cited.pop(reporter.key, None)
    for key, paper in cited.items():
        piles.setdefault(key, _Pile(paper, "reported")).reports.append(statement)
    if not cited:
        key = f"unnamed {reporter.key}"
        piles.setdefault(key, _Pile(reporter, "unnamed")).reports.append(statement)


def is_cited(claim: Value) -> bool:
    """Whether a claim reports others' findings: where it says so, or where it cites and does not say that it is own."""
    kind = claim.get("source_kind")
    return kind == "cited" or (kind is None and bool(claim.get("citations")))


def _make_group(names: list[tuple[Key, Key, Key]], piles: list[_Pile]) -> Group:
    intervention, outcome, species = (
        min(Counter(keys[place] for keys in names).items(), key=lambda item: (-item[1], item[0]))[0]
        for place in range(3)
    )
    voices = sorted((_speak(pile) for pile in _settle(piles)), key=lambda voice: (voice.basis, voice.paper))
    return Group(intervention, outcome, species, tuple(voices), tuple(_draw_lines(voices)))


def _draw_lines(voices: Sequence[Voice]) -> list[Line]:
    """Return the voices as they are counted: those without own findings that share a claim are one line."""
    lines = [Line((voice,)) for voice in voices if voice.basis == "own"]
    merged: list[tuple[set[str], list[Voice]]] = []
    for voice in voices:
        if voice.basis == "own":
            continue
        ids, joined = set(voice.claim_ids), [voice]
        for other in [item for item in merged if item[0] & ids]:
            merged.remove(other)
            ids |= other[0]
            joined = other[1] + joined
        merged.append((ids, joined))
    return lines + [Line(tuple(joined)) for _, joined in merged]


def _settle(piles: Sequence[_Pile]) -> list[_Pile]:
    """Return the piles with what a paper reports of unnamed work under its own findings, where it has some."""
    own = {pile.paper.key: pile for pile in piles if pile.own}
    for pile in piles:
        if pile.basis == "unnamed" and pile.paper.key in own:
            own[pile.paper.key].reports.extend(pile.reports)
    return [pile for pile in piles if pile.basis != "unnamed" or pile.paper.key not in own]


def _speak(pile: _Pile) -> Voice:
    speaking = pile.own or pile.reports
    direction, certainty = _stance(speaking)
    otherwise = []
    if pile.own and direction not in ("mixed", "unknown"):
        for statement in pile.reports:
            said = statement.claim["direction"]
            others = statement.reporter.key != pile.paper.key
            if others and said not in (direction, "unknown") and statement.reporter not in otherwise:
                otherwise.append(statement.reporter)
    return Voice(
        paper=pile.paper,
        basis="own" if pile.own else pile.basis,
        direction=direction,
        certainty=certainty,
        own=tuple(pile.own),
        reports=tuple(pile.reports),
        reported_otherwise=tuple(otherwise),
    )


def _stance(statements: Sequence[Statement]) -> tuple[str, Literal["asserted", "hedged"]]:
    """Return what statements say together, and how surely."""
    firm = [item for item in statements if item.claim["certainty"] == "asserted"]
    told = {item.claim["direction"] for item in firm or statements} - {"unknown"}
    certainty: Literal["asserted", "hedged"] = "asserted" if firm else "hedged"
    if not told:
        return "unknown", certainty
    return (told.pop() if len(told) == 1 else "mixed"), certainty


def _rank(group: Group) -> tuple[Any, ...]:
    own = sum(voice.basis == "own" for voice in group.voices)
    return (
        -len(group.lines),
        -own,
        group.intervention.name.casefold(),
        group.outcome.name.casefold(),
        group.species.name.casefold(),
        group.intervention.key,
        group.outcome.key,
        group.species.key,
    )
