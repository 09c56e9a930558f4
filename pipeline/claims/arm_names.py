"""Names that a document gives its arms: "cisplatin and docetaxel (CD)", "MOPP (mechlorethamine, …)", "(RCM group)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.model import Document, Mention, Span

_NAME = r"[A-Z][A-Za-z]?[A-Z0-9][A-Za-z0-9]{0,5}(?:[/+&-][A-Z][A-Za-z0-9]{0,5})*"
_BEHIND = re.compile(
    rf"[(\[](?P<name>{_NAME})(?P<word>[ -](?:group|arm|regimen|therapy|protocol))?(?:[;,:][^()\[\]]{{0,40}})?[)\]]"
)
_BEFORE = re.compile(
    rf"\b(?P<name>{_NAME})(?:[ -](?:group|arm|regimen|therapy|protocol))?\s"
    r"[(\[](?P<list>[^()]{8,160}(?:\([^()]*\)[^()]*)*)[)\]]"
)
_JOINTS = re.compile(
    r"(?:[\s,;+/]|\band\b|\bplus\b|\bwith\b|\bthen\b|\b(?:combined|together|followed|by|a|the|of|in|combination)\b|"
    r"\b[\d.,]+\s?(?:%|[a-zA-Zµμ]{1,4}(?:/[a-zA-Z0-9()]{1,6}){0,2})?|[bqto]\.?[id]\.?[ds]?\.?|\bdaily\b|\bonce\b|\btwice\b|"
    r"\[[^\[\]]*\])*",
    re.IGNORECASE,
)
# Short forms of statistics and units in brackets behind drugs are no names of arms: "A and B (HR: 0.5)".
_STATISTICS = frozenset("AUC BID BMI CI HR IQR IRR IU MD NNT NS OR PP QD RR SD SE SEM SMD TID WMD".split())
_ALTERNATIVE = re.compile(r"\b(?:or|versus|vs\.?|and then)\b")
_MAX_GAP = 90


@dataclass(frozen=True, slots=True)
class ArmName:
    """A name in capitals and the drugs it stands for, the first of them its chief; ``clean`` is where it is defined."""

    name: str
    drugs: tuple[Mention, ...]
    clean: Span


def find_arm_names(document: Document, mentions: Iterable[Mention]) -> tuple[ArmName, ...]:
    """Return the names of arms that the running text defines, each once; one defined in two ways is left out."""
    drugs = sorted(
        (m for m in mentions if m.label == "CHEMICAL" and m.role == "drug" and m.clean is not None), key=_start
    )
    long_forms = {definition.short: definition.long for definition in document.abbreviations}
    found: dict[str, list[ArmName]] = {}
    for sentence in document.sentences:
        inside = [m for m in drugs if sentence.clean.start <= _start(m) < sentence.clean.end]
        if not inside:
            continue
        for arm in _read_sentence(document.clean.text, sentence.clean, inside):
            if arm.name in _STATISTICS:
                continue
            if arm.name not in long_forms or any(drug.text in long_forms[arm.name] for drug in arm.drugs):
                found.setdefault(arm.name, []).append(arm)
    return tuple(
        arms[0] for arms in found.values() if len({tuple(m.name or m.text for m in arm.drugs) for arm in arms}) == 1
    )


def name_mentions(document: Document, arms: Sequence[ArmName], mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return a drug mention for each place where an arm's name stands alone, outside other mentions of drugs."""
    if not arms:
        return ()
    taken = sorted(m.clean for m in mentions if m.label == "CHEMICAL" and m.clean is not None)
    named = {arm.name: arm for arm in arms}
    text = document.clean.text
    pattern = re.compile(
        rf"(?<![\w/+-])(?:{'|'.join(sorted(map(re.escape, named), key=len, reverse=True))})(?![\w/+]|-[a-z])"
    )
    made = []
    for match in pattern.finditer(text):
        arm = named[match.group()]
        clean = Span(match.start(), match.end())
        spans = document.clean.to_source(clean.start, clean.end)
        if clean.overlaps(arm.clean) or len(spans) != 1 or any(clean.overlaps(other) for other in taken):
            continue
        place = spans[0]
        made.append(replace(arm.drugs[0], span=place, text=document.quote(place), clean=clean, flags=("arm",)))
    return tuple(made)


def partners_of(arms: Sequence[ArmName]) -> Mapping[str, tuple[Mention, ...]]:
    """Return by name the drugs of an arm beside its chief."""
    return {arm.name: arm.drugs[1:] for arm in arms}


def _read_sentence(text: str, sentence: Span, drugs: Sequence[Mention]) -> Iterator[ArmName]:
    for match in _BEHIND.finditer(text, sentence.start, sentence.end):
        listed = _listed_before(text, match.start(), drugs)
        if listed and (match["word"] or _may_name(match["name"], listed, text[_start(listed[0]) : match.start()])):
            yield ArmName(match["name"], listed, Span(match.start(), match.end()))
    for match in _BEFORE.finditer(text, sentence.start, sentence.end):
        listed = tuple(m for m in drugs if match.start("list") <= _start(m) < match.end("list"))
        if (
            len(listed) > 1
            and _may_name(match["name"], listed, match["list"])
            and not _ALTERNATIVE.search(match["list"])
        ):
            yield ArmName(match["name"], listed, Span(match.start(), match.end()))


def _listed_before(text: str, end: int, drugs: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the drugs right before a bracket that are given together, nearest last."""
    listed: list[Mention] = []
    for drug in reversed([m for m in drugs if m.clean is not None and m.clean.end <= end]):
        if drug.clean is None or end - drug.clean.end > _MAX_GAP:
            break
        between = text[drug.clean.end : end]
        if not _JOINTS.fullmatch(between) or _ALTERNATIVE.search(between):
            break
        listed.insert(0, drug)
        end = drug.clean.start
    return tuple(listed)


def _may_name(name: str, drugs: Sequence[Mention], phrase: str) -> bool:
    """Whether the letters fit: one for each drug, or all of them in the drugs' words, the first at the beginning."""
    capitals = [letter for letter in name if letter.isupper()]
    parts = [part for part in re.split(r"[/+&-]", name) if part]
    if len(drugs) > 1 and len(drugs) in (len(capitals), len(parts)):
        return True
    if phrase[:1].lower() != name[:1].lower():
        return False
    rest = iter(phrase.lower())
    return all(letter in rest for letter in name.lower() if letter.isalpha())


def _start(mention: Mention) -> int:
    return -1 if mention.clean is None else mention.clean.start
