"""Drugs named together in one cause: synonyms, combinations, examples of a class, exceptions, names of arms."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.claims.antecedents import Agent, Memory
from pipeline.claims.scene import Scene, key_of
from pipeline.claims.tree import comparison_nodes
from pipeline.model import Mention, Span

_COMBINING = re.compile(
    r"(?:combin(?:ation|ing|ed)|co-?administ\w+|co-?treatment|co-?therapy|adding|addition|"
    r"(?:dual|double|triple|combination|combined|polychemo)[- ]?(?:\w+[- ])?(?:therapy|treatment|regimen))"
    r"\s+(?:of|with)?\s*(?:the\s)?$",
    re.IGNORECASE,
)
_USE_OF = re.compile(
    r"\b(?:use|administration|co-?administration|treatment|therapy|addition|combination|dosing) of (?:the )?$",
    re.IGNORECASE,
)
# What stands between a class and its member: "the biguanide metformin", "antihypertensive therapy with celiprolol".
_LEADS_TO_MEMBER = re.compile(
    r"\s*(?:,|(?:agent|drug|medication|monotherapy|prophylaxis|therapy|treatment)s? (?:with|using|of))?\s*"
)
_WITH = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:co-?administered |combined |in combination |together )?with\s*(?:the )?")
_TOGETHER = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:together|in combination|simultaneously|concomitantly)\b")
_GIVEN_TOGETHER = re.compile(r"\s*(?:co-?administration|co-?treatment|combination)\b", re.IGNORECASE)
_IN_ADDITION = re.compile(r"^[^,;.]{0,40}\b(?:in addition to|added to|on top of|as (?:an )?add-on to)\b[^,;.]{0,40}$")
_COMBINED = re.compile(r"\bplus\b|\+|\bcombin|\btogether with\b|\badded to\b|\balongside\b", re.IGNORECASE)


def combine(scene: Scene, found: list[Mention], memory: Memory) -> list[Agent]:
    """Turn the drugs of one cause phrase into agents: synonyms once, combinations as partners, coordination apart."""
    distinct: list[Mention] = []
    seen: set[str] = set()
    for mention in found:
        if key_of(mention) not in seen:
            seen.add(key_of(mention))
            distinct.append(mention)
    distinct = _drop_appositions(scene, _drop_examples(scene, distinct))
    if any("arm" in mention.flags for mention in distinct):
        return [_named_arm(mention, memory) for mention in distinct]
    if len(distinct) == 1:
        return [Agent(distinct[0], excepted=is_excepted_drug(scene, distinct[0]))]
    first, last = distinct[0].clean, distinct[-1].clean
    if first is None or last is None:
        return [Agent(mention) for mention in distinct]
    before = scene.document.clean.text[max(scene.span.start, first.start - 30) : first.start]
    between = scene.document.clean.text[first.end : last.start]
    behind = scene.document.clean.text[last.end : min(scene.span.end, last.end + 48)]
    together = _USE_OF.search(before)
    if together and (apart := _either_with(scene, distinct)):
        return apart
    if added := _added_to(scene, distinct):
        return added
    gap = _first_gap(scene, distinct)
    joined = bool(
        (together and re.fullmatch(r"\s*(?:\([^)]*\)\s*)?with (?:either )?", gap))
        or _WITH.fullmatch(gap)
        or _TOGETHER.match(behind)
        or _is_fixed_pair(scene, distinct)
    )
    if joined or _COMBINING.search(before) or _COMBINED.search(between) or _GIVEN_TOGETHER.match(behind):
        chief = next((m for m in distinct if key_of(m) == memory.main_drug and not joined), distinct[0])
        return [Agent(chief, partners=tuple(m for m in distinct if m is not chief), rule="given in combination")]
    return [
        Agent(mention, excepted=is_excepted_drug(scene, mention), rule="coordinated cause")
        for mention in distinct
        if not is_set_apart(scene, mention)
    ]


def _is_fixed_pair(scene: Scene, mentions: list[Mention]) -> bool:
    """Whether "A/B" is one product of two drugs; two of one family ("citalopram/escitalopram") are alternatives."""
    if len(mentions) != 2 or _first_gap(scene, mentions).strip() not in ("/", "-", "–"):
        return False
    left, right = (mention.text.lower() for mention in mentions)
    return left[-4:] != right[-4:]


def _either_with(scene: Scene, mentions: list[Mention]) -> list[Agent]:
    """Read "co-administration of A or B with C": A with C, and B with C."""
    text = scene.document.clean.text
    gaps = [
        text[left.clean.end : right.clean.start]
        for left, right in pairwise(mentions)
        if left.clean is not None and right.clean is not None
    ]
    if len(gaps) < 2 or len(gaps) != len(mentions) - 1 or gaps[-1].strip() != "with" or gaps[-2].strip(" ,") != "or":
        return []
    *each, partner = mentions
    return [Agent(one, partners=(partner,), rule="given in combination") for one in each]


def _added_to(scene: Scene, mentions: list[Mention]) -> list[Agent]:
    """Read "A daily in addition to B and C": A, with B and C."""
    text = scene.document.clean.text
    for number, (left, right) in enumerate(pairwise(mentions), start=1):
        if left.clean is None or right.clean is None:
            continue
        if _IN_ADDITION.search(text[left.clean.end : right.clean.start]):
            others = tuple(mentions[number:])
            return [Agent(one, partners=others, rule="what is added to others") for one in mentions[:number]]
    return []


def credit_added(scene: Scene, agents: list[Agent]) -> list[Agent]:
    """Credit "A plus B lowered X compared with A alone" to B, which the arms differ in, and so "more X with A, B and C
    than with A and B alone" to C.
    """
    behind = comparison_nodes(scene.tree)
    base = {key_of(m) for m in scene.of("CHEMICAL") if scene.node(m) in behind and not is_set_apart(scene, m)}
    rest = [agent for agent in agents if key_of(agent.mention) not in base]
    shared = tuple(agent.mention for agent in agents if key_of(agent.mention) in base)
    alone = {"alone", "only"} & {scene.tree.lowered[node] for node in behind}
    if alone and rest and len(shared) == len(base) and shared and all(a.source == "sentence" for a in agents):
        return [replace(agent, partners=shared, rule="what is added in the combination") for agent in rest]
    credited = []
    for agent in agents:
        added = [partner for partner in agent.partners if key_of(partner) not in base]
        if agent.source == "sentence" and key_of(agent.mention) in base and added:
            others = (agent.mention, *(partner for partner in agent.partners if partner is not added[0]))
            agent = replace(agent, mention=added[0], partners=others, rule="what is added in the combination")
        credited.append(agent)
    return credited


def _named_arm(mention: Mention, memory: Memory) -> Agent:
    if "arm" not in mention.flags:
        return Agent(mention, rule="coordinated cause")
    return Agent(mention, partners=memory.partners.get(mention.text, ()), rule="the name of an arm")


def _first_gap(scene: Scene, mentions: list[Mention]) -> str:
    left, right = mentions[0].clean, mentions[1].clean
    return "" if left is None or right is None else scene.document.clean.text[left.end : right.start]


def is_excepted_drug(scene: Scene, mention: Mention) -> bool:
    """Whether the drug is named as the exception: "A, but not B, lowered X"."""
    if mention.clean is None:
        return False
    before = scene.document.clean.text[max(scene.span.start, mention.clean.start - 90) : mention.clean.start]
    if re.search(r"\b(?:neither|nor) $", before, re.IGNORECASE):
        return True
    match = re.search(r"\bbut not\b([^,;.()]*)$", before, re.IGNORECASE)
    if match is None or re.match(r"\s+(?!by\b)\w[\w\s-]*\bby\b", match[1]):
        return False  # "reduced but not abolished by A"
    apart = Span(mention.clean.start - len(match[1]), mention.clean.start)
    if any(scene.tree[node].tag in ("VBD", "VBP", "VBZ") for node in scene.tree.nodes_in(apart)):
        return False  # "X, but not Y, was lowered with A"
    between = [
        other
        for other in scene.of("CHEMICAL")
        if "class" not in other.flags
        and other.clean is not None
        and mention.clean.start - len(match[1]) <= other.clean.start < mention.clean.start
    ]
    last = between[-1].clean if between else None
    return last is None or scene.text(Span(last.end, mention.clean.start)).strip() in ("or", "nor")


def is_set_apart(scene: Scene, mention: Mention) -> bool:
    """Whether the drug is named only to set it apart: "unlike B", "rather than B"."""
    pattern = r"\b(?:unlike|without|rather than|instead of|in contrast to|except(?: for)?|as opposed to) (?:the )?$"
    return bool(re.search(pattern, words_before(scene, mention)))


def _drop_appositions(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """Drop what only explains the drug before it, another name or a class: "rapamycin, an mTORC1 inhibitor, …", and the
    reverse for classes.
    """
    text = scene.document.clean.text
    kept = list(mentions)
    for left, right in pairwise(mentions):
        if left.clean is None or right.clean is None:
            continue
        between = text[left.clean.end : right.clean.start]
        behind = text[right.clean.end : right.clean.end + 1]
        if "class" not in left.flags + right.flags:
            bracketed = re.fullmatch(r"\s?\(", between) and behind == ")"  # "A (B)"
            explained = re.fullmatch(r"\)?\s?,\s(?:an?|the)\s[^,;()]{3,60}", between) and behind == ","
            if (bracketed or explained) and right in kept:  # "A, the active ingredient of B,"
                kept.remove(right)
        elif "class" in right.flags and re.fullmatch(
            r"\s*(?:\([^()]{1,12}\))?\s*[,(–—-]?\s*(?:which is |as )?(?:an?|the|another|one of the)\s(?:[\w-]+\s){0,3}",
            between,
        ):
            kept.remove(right)
        elif "class" in left.flags and _LEADS_TO_MEMBER.fullmatch(between) and left in kept:
            kept.remove(left)
    if 1 < len(kept) < len(mentions):
        return _drop_appositions(scene, kept)  # "A, an antidiabetic biguanide, …"
    return kept or mentions


def _drop_examples(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """Keep a class and drop the examples after "such as"; keep the drug where it stands in brackets behind its
    class.
    """
    text = scene.document.clean.text
    kept = list(mentions)
    for left, right in pairwise(mentions):
        if left.clean is None or right.clean is None:
            continue
        between = text[left.clean.end : right.clean.start]
        if "class" in left.flags:
            if re.fullmatch(r"\s*\(\s*(?:i\.e\.,?\s*)?", between) and left in kept:
                closing = text[right.clean.end : right.clean.end + 1]
                if closing == ")":
                    kept.remove(left)
            elif re.search(r"such as|including|e\.g\.|for example", between) and right in kept:
                kept = [m for m in kept if m.clean is None or m.clean.start < right.clean.start]
                break
    return kept or mentions


def words_before(scene: Scene, mention: Mention) -> str:
    if mention.clean is None:
        return ""
    return scene.document.clean.text[max(scene.span.start, mention.clean.start - 24) : mention.clean.start].lower()
