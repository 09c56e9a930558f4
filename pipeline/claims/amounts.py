"""By how much and how sure: effect sizes and significance of a statement."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from pipeline.claims.frame import Frame
from pipeline.claims.grounding import ground_mention, ground_span
from pipeline.claims.scene import Scene
from pipeline.claims.tree import comparison_nodes
from pipeline.claims.value_statements import ComparedValues
from pipeline.model import Effect, Measured, Mention, Significance, Span
from pipeline.model.claims import Direction

_SHARE_SIGN = re.compile(r"\s?(?:%|per ?cent\b)")
_PLAIN_PAIR = re.compile(
    r"(?<![\w.])(?P<treated>[-−]?\d+(?:\.\d+)?)(?:\s*±\s*[\d.]+)?\s*(?P<unit>[A-Za-z%/µ]{0,9})\s*(?:vs\.?|versus)\s*"
    r"(?P<control>[-−]?\d+(?:\.\d+)?)(?![\w.]*\d)"
)
_CONTRASTED = re.compile(r";|\b(?:whereas|while|but|although|though)\b")
_STATES = ("value", "proportion")
_VERSUS = re.compile(
    r"\s*(?:\([^)]*\)\s*)?,?\s*(?:vs\.?|versus|v\.?|compared (?:with|to)|against|than)\s*(?:only |just )?"
)
_AND = re.compile(r"\s*(?:\([^)]*\)\s*)?,?\s*and\s*")
_TWO_ARMS = re.compile(
    r"[^.;]{0,60}?\b(?:and|vs\.?|versus)\s+(?:the\s+)?(?:placebo|vehicle|controls?|untreated|saline|sham)\b",
    re.IGNORECASE,
)


def effect_field(scene: Scene, mentions: list[Mention], direction: Direction) -> Effect | None:
    """Return the effect of a claim from its EFFECT mentions: two compared values, else the first amount of change."""
    usable = [m for m in mentions if m.quantity is not None and m.quantity.effect_type is not None]
    usable = [m for m in usable if not _is_signed_against(m, direction)]
    pair = next((two for two in pairwise(usable) if _are_compared(scene, *two)), None)
    if pair is not None:
        compared = _compared_values(scene, *pair, direction=direction)
        if compared is not None:
            return compared
    if not usable:
        return None
    mention = min(usable, key=lambda m: (m.quantity is None or m.quantity.effect_type in _STATES, m.span.start))
    quantity = mention.quantity
    if quantity is None:
        return None
    value = quantity.value
    if quantity.effect_type == "fold" and value is not None and "halv" in mention.text.lower():
        value = 2.0  # "halved" is a twofold decrease
    control = None
    if quantity.baseline is not None:
        control = Measured(
            text=mention.text,
            value=quantity.baseline,
            unit=quantity.unit,
            start=mention.span.start,
            end=mention.span.end,
        )
    treated = None
    if control is not None and value is not None:
        treated = replace(control, value=value)
    change = _change_percent(value, quantity.effect_type, direction)
    if quantity.baseline and value is not None:
        change = round(100 * (value - quantity.baseline) / quantity.baseline, 1)
    return Effect(
        **ground_mention(mention),
        value=value,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        type=quantity.effect_type,  # type: ignore[arg-type]
        relation=quantity.relation if quantity.relation in ("=", ">", "<", "~") else None,
        change_percent=change,
        control=control,
        treated=treated,
    )


def _is_signed_against(mention: Mention, direction: Direction) -> bool:
    """Whether a change's own sign says the other way, so that it is another outcome's: "+24 %" beside a fall."""
    if mention.quantity is None or mention.quantity.effect_type != "percent_change":
        return False
    sign = mention.text.lstrip()[:1]
    return (direction == "decrease" and sign == "+") or (direction == "increase" and sign in ("-", "−"))


def compared_effect(scene: Scene, values: ComparedValues) -> Effect | None:
    """Return the values of two arms as an effect; the change follows where both have one unit and a ratio scale."""
    treated, control = values.treated, values.control
    low, high = sorted((treated.span, control.span), key=lambda span: span.start)
    unit = _SHARE_SIGN.match(scene.document.clean.text, high.end)
    place = ground_span(scene.document, Span(low.start, unit.end() if unit else high.end))
    after = ground_span(scene.document, treated.span)
    before = ground_span(scene.document, control.span)
    if place is None or after is None or before is None:
        return None
    change = None
    if control.value > 0 and treated.value >= 0:
        change = round(100 * (treated.value - control.value) / control.value, 1)
    return Effect(
        **place,
        unit=treated.unit,
        type="value",
        change_percent=change,
        treated=Measured(
            text=after["text"], value=treated.value, unit=treated.unit, start=after["start"], end=after["end"]
        ),
        control=Measured(
            text=before["text"], value=control.value, unit=control.unit, start=before["start"], end=before["end"]
        ),
    )


def plain_pair(scene: Scene, frame: Frame) -> Effect | None:
    """Return two bare numbers set against each other behind the frame: "lower than on placebo (3.1 vs 5.2)"."""
    text = scene.text(scene.span)
    found = list(_PLAIN_PAIR.finditer(text))
    if len(found) != 1 or scene.tree[frame.trigger].start - scene.span.start > found[0].start():
        return None
    match = found[0]
    base = scene.span.start
    between = scene.text(Span(scene.tree[frame.trigger].start, base + match.start()))
    if _is_change(scene, base + match.start()) or _CONTRASTED.search(between):
        return None
    whole = ground_span(scene.document, Span(base + match.start(), base + match.end()))
    treated = ground_span(scene.document, Span(base + match.start("treated"), base + match.end("treated")))
    control = ground_span(scene.document, Span(base + match.start("control"), base + match.end("control")))
    if whole is None or treated is None or control is None:
        return None
    after = float(match["treated"].replace("−", "-"))
    before = float(match["control"].replace("−", "-"))
    change = round(100 * (after - before) / before, 1) if before > 0 and after >= 0 else None
    return Effect(
        **whole,
        type="value",
        change_percent=change,
        treated=Measured(text=treated["text"], value=after, start=treated["start"], end=treated["end"]),
        control=Measured(text=control["text"], value=before, start=control["start"], end=control["end"]),
    )


_FROM = re.compile(r"\bfrom (?:an? |the )?(?:baseline |initial |mean |median |average )?(?:values? )?(?:of )?$")
_TO = re.compile(r"\s*(?:\([^)]*\)|at baseline)?\s*to (?:an? |the )?(?:mean |median |average )?(?:value )?(?:of )?")


def _are_compared(scene: Scene, left: Mention, right: Mention) -> bool:
    """Whether two values stand against each other: "15.5 % vs. 6.5 %", "8.1 compared with 6.9 mmol/L"."""
    if left.clean is None or right.clean is None or left.quantity is None or right.quantity is None:
        return False
    if left.quantity.effect_type not in (*_STATES, "percent_change") or right.quantity.effect_type not in _STATES:
        return False
    if {left.text[:1], right.text[:1]} & set("+-−"):
        return False  # "-13.9 % vs. 5.9 %" are two changes, not two states
    between = scene.document.clean.text[left.clean.end : right.clean.start]
    if _is_change(scene, left.clean.start):
        return False
    after = scene.text(Span(right.clean.end, scene.span.end))
    if _AND.fullmatch(between) and _TWO_ARMS.match(after):
        return True
    return bool(_VERSUS.fullmatch(between)) or _runs_from_to(scene, left, right)


def _is_change(scene: Scene, offset: int) -> bool:
    """Whether a value says by how much, not what: "lowered X by 41 % vs. 17 %" gives the changes of two arms."""
    return scene.text(Span(max(scene.span.start, offset - 12), offset)).endswith((" by ", "(by ", " by a mean of "))


def _runs_from_to(scene: Scene, left: Mention, right: Mention) -> bool:
    """Whether the two values are before and after: "fell from 8.1 ± 0.4 mmol/L to 6.9 ± 0.3 mmol/L"."""
    if left.clean is None or right.clean is None:
        return False
    text = scene.document.clean.text
    before = text[max(scene.span.start, left.clean.start - 24) : left.clean.start]
    between = text[left.clean.end : right.clean.start]
    return bool(_FROM.search(before) and _TO.fullmatch(between))


def _compared_values(scene: Scene, first: Mention, second: Mention, *, direction: Direction) -> Effect | None:
    """Return two compared values; where their order contradicts the direction, the first is the state before."""
    treated, control = first, second
    if _runs_from_to(scene, first, second) or _contradicts(first, second, direction):
        treated, control = second, first
    if treated.clean is None or control.clean is None or treated.quantity is None or control.quantity is None:
        return None
    low, high = min(treated.clean.start, control.clean.start), max(treated.clean.end, control.clean.end)
    place = ground_span(scene.document, Span(low, high))
    if place is None:
        return None
    unit = treated.quantity.unit or control.quantity.unit
    before, after = control.quantity.value, treated.quantity.value
    change = None
    if before is not None and after is not None and before > 0 and after >= 0:
        change = round(100 * (after - before) / before, 1)
    return Effect(
        **place,
        unit=unit,
        type="value",
        change_percent=change,
        treated=_measured(treated, unit),
        control=_measured(control, unit),
    )


def _contradicts(first: Mention, second: Mention, direction: Direction) -> bool:
    left = first.quantity.value if first.quantity else None
    right = second.quantity.value if second.quantity else None
    if left is None or right is None:
        return False
    return (direction == "decrease" and left > right) or (direction == "increase" and left < right)


def _measured(mention: Mention, unit: str | None) -> Measured:
    value = mention.quantity.value if mention.quantity else None
    return Measured(text=mention.text, value=value, unit=unit, start=mention.span.start, end=mention.span.end)


def _change_percent(value: float | None, kind: str | None, direction: Direction) -> float | None:
    """Return the signed change against the comparator where it follows from value, type and direction."""
    if value is None or direction not in ("increase", "decrease"):
        return None
    if kind == "percent_change":
        size = abs(value)
        return size if direction == "increase" else -size
    if kind == "fold" and value > 0:
        if direction == "increase":
            return round((value - 1) * 100, 2) if value >= 1 else None
        return round((1 / value - 1) * 100, 2) if value >= 1 else round((value - 1) * 100, 2)
    return None


def significance_field(scene: Scene, frame: Frame, pvalues: list[Mention]) -> Significance | None:
    """Return the significance of a claim: its p-value, or the word "significant" on its trigger or outcome."""
    for mention in pvalues:
        quantity = mention.quantity
        if quantity is None:
            continue
        p = quantity.low if quantity.low is not None and quantity.low == quantity.high else None
        p = quantity.low if p is None and quantity.high is None else p
        relation = quantity.relation if quantity.relation in ("=", "<", ">", "<=", ">=") else None
        significant = quantity.significant
        if significant is None and p is not None:
            if relation in (None, "=") or relation in ("<", "<="):
                significant = (
                    p < 0.05 or (relation in ("<", "<=") and p <= 0.05)
                    if p <= 0.05 or relation in (None, "=")
                    else None
                )
            elif relation in (">", ">="):
                significant = False if p >= 0.05 else None
        before = scene.text(Span(scene.span.start, mention.clean.start))[-16:].lower() if mention.clean else ""
        test: Literal["between", "within"] | None = None
        test = "within" if "within" in before else "between" if "between" in before else None
        return Significance(**ground_mention(mention), p=p, p_relation=relation, significant=significant, test=test)
    return _significance_word(scene, frame)


def _significance_word(scene: Scene, frame: Frame) -> Significance | None:
    tree = scene.tree
    barred = comparison_nodes(tree)
    anchors = {frame.trigger, frame.verb, frame.outcome}
    for node in range(len(tree)):
        form = tree.lowered[node]
        if form not in (
            "significant",
            "significantly",
            "nonsignificant",
            "non-significant",
            "insignificant",
            "nonsignificantly",
        ):
            continue
        head = tree[node].head
        near = head in anchors or (tree[head].head in anchors and tree[head].dep in ("amod", "advmod", "acomp", "attr"))
        if not near or node in barred:
            continue
        span = Span(tree[node].start, tree[node].end)
        place = ground_span(scene.document, span)
        if place is None:
            continue
        negated = (
            form.startswith(("non", "insig"))
            or frame.negated
            or (node > 0 and tree.lowered[node - 1] in ("not", "no", "non"))
        )
        return Significance(**place, significant=not negated)
    return None
