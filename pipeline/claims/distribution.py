"""Amounts told for several arms in one statement: which amount stands with which dose, sex, drug or outcome.

"10 and 20 mg lowered X by 5 % and 9 %, respectively" and "by 18 % in females and 5 % in males" say two things each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.claims.scene import Scene
from pipeline.model import Mention, Span

_NUMERAL = re.compile(r"[-−]?\d+(?:\.\d+)?")
_JOINT = re.compile(
    r"[\s,;]*(?:\([^()]{0,60}\))?[\s,;]*(?:and|or)?[\s,;]*(?:(?:by|of|with|at|a|an)\s+)?(?:[pP]\s*(?:values?)?\s*(?:of)?)?\s*"
)
_SEX_WORD = r"(?:females?|males?|women|men|girls|boys)"
_TWO_SEXES = re.compile(rf"(?P<first>{_SEX_WORD})\s+(?:and|or)\s+(?P<second>{_SEX_WORD})", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"[^;]{0,110}?\brespectively\b")
_AGAINST = re.compile(r"\s*(?:vs\.?|versus|v\.?|compared (?:with|to))\s*")
_BEHIND = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?,?\s*(?:in|at|with|for|on|by|after|among)\s+(?:the\s+|a\s+)?(?:doses?\s+of\s+)?"
)
_NEXT = re.compile(
    r"[\s,;)]*(?:(?:of\s+)?(?!but\b|while\b|whereas\b|although\b|and\b|or\b)[\w-]+)?[\s,]*(?:\([^()]{0,60}\))?[\s,;]*"
    r"(?:and|or)?[\s,]*(?:(?:by|of|to|in|only|just|a|an|the)\s+)*\(?(?:by\s+)?"
)
_BEFORE = re.compile(r"\s*(?:mice|rats|animals|patients|subjects|participants|dose|losses)?\s*\(\s*(?:by\s+|of\s+)?")


@dataclass(frozen=True, slots=True)
class Share:
    """What one arm of a statement was told: its amounts, and the dose, sex or time that they stand with, if any."""

    effects: list[Mention]
    pvalues: list[Mention]
    dose: Mention | None = None
    sex: Mention | None = None
    time: Mention | None = None


def list_respective(scene: Scene, mentions: Sequence[Mention], *, closed: bool = False) -> list[Mention]:
    """Return the members of the list that "respectively" closes, one value each; empty where there is none.

    Args:
        closed: whether no other list may stand between it and the word ("for A and B, respectively").
    """
    members = [single for mention in mentions for single in split_values(scene, mention)]
    if len(members) < 2 or any(member.clean is None for member in members):
        return []
    text = scene.document.clean.text
    places = [member.clean for member in members if member.clean is not None]
    if not all(_JOINT.fullmatch(text, left.end, right.start) for left, right in pairwise(places)):
        return []
    found = _RESPECTIVELY.match(text, places[-1].end, scene.span.end)
    if found is None or (closed and re.search(r"\b(?:and|or|for)\b", found.group())):
        return []
    return _alike(members)


def list_respective_pairs(scene: Scene, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the pairs of "71 % v 56 % and 33 % v 12 %, respectively"; empty where there are none."""
    places = [mention.clean for mention in mentions if mention.clean is not None]
    if len(places) != len(mentions) or len(places) < 4 or len(places) % 2:
        return []
    text = scene.document.clean.text
    for position, (left, right) in enumerate(pairwise(places)):
        joint = _JOINT if position % 2 else _AGAINST
        if not joint.fullmatch(text, left.end, right.start):
            return []
    if not _RESPECTIVELY.match(text, places[-1].end, scene.span.end):
        return []
    return [[mentions[at], mentions[at + 1]] for at in range(0, len(mentions), 2)]


def split_values(scene: Scene, mention: Mention) -> list[Mention]:
    """Return a list of numbers under one unit as one mention each ("5 and 9 mmHg"), anything else as it is.

    The last member's words hold the unit, the others' the number alone.
    """
    quantity, place = mention.quantity, mention.clean
    if quantity is None or not quantity.values or place is None:
        return [mention]
    document = scene.document
    written = scene.text(place)
    found = list(_NUMERAL.finditer(written))
    numbers = [abs(float(match.group().replace("−", "-"))) for match in found]
    if numbers != [abs(value) for value in quantity.values]:
        return [mention]
    single = []
    for position, (match, value) in enumerate(zip(found, quantity.values, strict=True)):
        end = place.end if position + 1 == len(found) else place.start + match.end()
        clean = Span(place.start + match.start(), end)
        spans = document.clean.to_source(clean.start, clean.end)
        if len(spans) != 1:
            return [mention]
        is_effect = mention.label == "EFFECT"
        one = replace(
            quantity,
            values=None,
            value=value if is_effect else quantity.value,
            low=None if is_effect else value,
            high=None if is_effect else value,
        )
        single.append(replace(mention, span=spans[0], text=document.quote(spans[0]), clean=clean, quantity=one))
    return single


def share_in_order(scene: Scene, mentions: Sequence[Mention], place: int, count: int) -> list[Mention]:
    """Return what is told of one of several drugs or outcomes: its own member of a list that "respectively" closes.

    Args:
        place: the drug's or outcome's place among its ``count`` fellows, in text order.
    """
    members = list_respective(scene, mentions, closed=True)
    if count > 1 and len(members) == count:
        return [members[place]]
    return list(mentions)


def share_among_drugs(scene: Scene, mentions: Sequence[Mention], drugs: Sequence[int], own: int) -> list[Mention]:
    """Return the amounts of one of several drugs: of "by 6 % with A and by 12 % with B" and "A (6 %) and B (12 %)" its
    own, of a list that "respectively" closes its member, else what is told of all of them together.

    Args:
        drugs: where the drugs' names start in the source, in order; ``own``: the place of this one among them.
    """
    shared = share_in_order(scene, mentions, own, len(drugs))
    if len(drugs) < 2 or len(mentions) < 2 or len(shared) < len(mentions):
        return shared
    amounts = [mention.span.start for mention in mentions]
    order = sorted([*((place, True) for place in drugs), *((place, False) for place in amounts)])
    alternate = all(left[1] != right[1] for left, right in pairwise(order))
    return [_alike(mentions)[own]] if alternate and len(amounts) == len(drugs) else []


def distribute(
    scene: Scene,
    effects: list[Mention],
    pvalues: list[Mention],
    *,
    doses: Sequence[Mention],
    times: Sequence[Mention],
) -> list[Share]:
    """Return one share for each level of dose, sex or time that has its own amount, else one share with all amounts.

    Amounts of a list that "respectively" closes and that match nothing are left out: whose they are is not known.
    """
    levels = [single for dose in doses for single in split_values(scene, dose)]
    sexes = [single for sex in scene.of("SEX") for single in split_sexes(scene, sex)]
    sides = (("dose", levels), ("sex", sexes), ("time", list(times)))
    for members in (list_respective(scene, effects), list_respective(scene, pvalues)):
        for kind, partners in sides:
            if members and len(partners) == len(members):
                return _zip_shares(scene, effects, pvalues, partners, kind)
    for kind, partners in sides:
        paired = _pair(scene, effects, partners)
        if paired:
            return _zip_shares(scene, effects, pvalues, paired, kind)
    left = [] if list_respective(scene, effects) else effects
    return [Share(left, [] if list_respective(scene, pvalues) else pvalues)]


def split_sexes(scene: Scene, mention: Mention) -> list[Mention]:
    """Return "females and males" as a mention each, anything else as it is."""
    found = _TWO_SEXES.fullmatch(mention.text)
    place = mention.clean
    if found is None or place is None or scene.text(place) != mention.text:
        return [mention]
    single = []
    for group in ("first", "second"):
        clean = Span(place.start + found.start(group), place.start + found.end(group))
        span = Span(mention.span.start + found.start(group), mention.span.start + found.end(group))
        name = "female" if found[group].lower().startswith(("f", "w", "g")) else "male"
        single.append(replace(mention, span=span, text=found[group], clean=clean, concept=None, name=name))
    return single


def _pair(scene: Scene, effects: Sequence[Mention], partners: Sequence[Mention]) -> list[Mention]:
    """Return the dose, sex or time that stands with each amount: "18 % in females and 5 % in males", in their order."""
    if len(effects) < 2 or len(partners) < len(effects):
        return []
    chosen: list[Mention] = []
    for effect in effects:
        own = [partner for partner in partners if _stand_together(scene, effect, partner)]
        if len(own) != 1 or own[0] in chosen:
            return []
        chosen.append(own[0])
    ends = [
        (min(effect.clean.start, partner.clean.start), max(effect.clean.end, partner.clean.end))
        for effect, partner in zip(effects, chosen, strict=True)
        if effect.clean is not None and partner.clean is not None
    ]
    text = scene.document.clean.text
    joined = all(_NEXT.fullmatch(text, left[1], right[0]) for left, right in pairwise(ends))
    return chosen if joined else []


def _stand_together(scene: Scene, effect: Mention, partner: Mention) -> bool:
    """Whether a dose, sex or time stands right behind an amount ("5 % in males") or before its bracket."""
    left, right = effect.clean, partner.clean
    if left is None or right is None:
        return False
    text = scene.document.clean.text
    if right.start > left.end:
        return _BEHIND.fullmatch(text, left.end, right.start) is not None
    return right.end <= left.start and _BEFORE.fullmatch(text, right.end, left.start) is not None


def _zip_shares(
    scene: Scene, effects: list[Mention], pvalues: list[Mention], partners: Sequence[Mention], kind: str
) -> list[Share]:
    amounts = list_respective(scene, effects) or _alike(effects)
    tests = list_respective(scene, pvalues) or pvalues
    shares = []
    for place, partner in enumerate(partners):
        own = [amounts[place]] if len(amounts) == len(partners) else []
        p = [tests[place]] if len(tests) == len(partners) else (pvalues if len(pvalues) == 1 else [])
        shares.append(
            Share(
                own,
                p,
                dose=partner if kind == "dose" else None,
                sex=partner if kind == "sex" else None,
                time=partner if kind == "time" else None,
            )
        )
    return shares


def _alike(members: Sequence[Mention]) -> list[Mention]:
    """Return amounts in one unit as amounts of one kind, that of the first: "by 15 % and 29 %" are two changes."""
    first = members[0].quantity if members else None
    return [
        replace(member, quantity=replace(member.quantity, effect_type=first.effect_type))
        if member.quantity is not None
        and first is not None
        and member.label == "EFFECT"
        and member.quantity.unit == first.unit
        and member.quantity.effect_type in ("value", "proportion")
        else member
        for member in members
    ]
