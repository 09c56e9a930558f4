"""By how much and how sure: effect sizes and significance, bound to the statement they stand with."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from pipeline.claims.distribution import list_respective, share_in_order
from pipeline.claims.effect_lexicon import word_at
from pipeline.claims.frame import Frame
from pipeline.claims.grounding import ground_mention, ground_span
from pipeline.claims.scene import Scene
from pipeline.claims.tree import Tree, comparison_nodes
from pipeline.claims.value_statements import ComparedValues
from pipeline.claims.zones import zone_of, zones
from pipeline.model import Effect, Measured, Mention, Significance, Span
from pipeline.model.claims import Direction

_UNBOUND = 9  # deeper than any zone: a quantity that the parse hangs nowhere goes to the nearest frame
_PLAIN_PAIR = re.compile(
    r"(?<![\w.])(?P<treated>[-−]?\d+(?:\.\d+)?)(?:\s*±\s*[\d.]+)?\s*(?P<unit>[A-Za-z%/µ]{0,9})\s*(?:vs\.?|versus)\s*"
    r"(?P<control>[-−]?\d+(?:\.\d+)?)(?![\w.]*\d)"
)
_STATES = ("value", "proportion")
_VERSUS = re.compile(
    r"\s*(?:\([^)]*\)\s*)?,?\s*(?:vs\.?|versus|v\.?|compared (?:with|to)|against|than)\s*(?:only |just )?"
)
_AND = re.compile(r"\s*(?:\([^)]*\)\s*)?,?\s*and\s*")
_TWO_ARMS = re.compile(
    r"[^.;]{0,60}?\b(?:and|vs\.?|versus)\s+(?:the\s+)?(?:placebo|vehicle|controls?|untreated|saline|sham)\b",
    re.IGNORECASE,
)


def assign_quantities(scene: Scene, frames: list[Frame], label: str) -> dict[int, list[Mention]]:
    """Give each EFFECT or PVALUE mention to the frame it stands with.

    Returns: mentions by position in ``frames``. A quantity belongs to the frame of its own clause whose trigger or
    outcome is nearest before it (or after it in "a 14 % increase in X"); coordinated outcomes of one trigger share what
    stands behind them.
    """
    assigned: dict[int, list[Mention]] = {}
    for mention in scene.of(label):
        node = scene.node(mention)
        if node is None or _is_content(scene, mention) or _stands_apart(scene, node, frames):
            continue
        bracketed = _is_bracketed(scene, mention)
        best: tuple[int, int, int] | None = None
        denied = _denied(scene, mention)
        for position, frame in enumerate(frames):
            if denied and not denied & {frame.trigger, frame.outcome}:
                continue
            depth = next((d for d, zone in enumerate(zones(scene.tree, frame)) if node in zone), _UNBOUND)
            nodes = scene.nodes(mention)
            distance = _distance(frame.trigger, nodes)
            if frame.outcome < nodes[0] or not bracketed:
                distance = min(distance, _distance(frame.outcome, nodes))
            score = (depth, distance, position)
            if best is None or score < best:
                best = score
        if best is None:
            continue
        assigned.setdefault(best[2], []).append(mention)
    return _share_in_turn(scene, frames, _share(scene, frames, assigned), label)


def _denied(scene: Scene, mention: Mention) -> set[int]:
    """Return the noun that "without significant" is said of: the changes of "without significant changes in X"."""
    if not mention.text.lower().startswith(("without ", "no ", "non")):
        return set()
    tree = scene.tree
    return {tree[node].head for node in scene.nodes(mention) if tree[node].dep == "amod"}


def _is_bracketed(scene: Scene, mention: Mention) -> bool:
    """Whether a quantity stands in brackets, and so with what stands before them."""
    if mention.clean is None:
        return False
    before = scene.text(Span(scene.span.start, mention.clean.start))
    return before.count("(") > before.count(")")


def _are_parted(tree: Tree, first: int, last: int) -> bool:
    """Whether a semicolon outside brackets stands between two tokens."""
    depth = 0
    for form in tree.lowered[first:last]:
        depth += (form in ("(", "[")) - (form in (")", "]"))
        if form == ";" and depth <= 0:
            return True
    return False


def _stands_apart(scene: Scene, node: int, frames: list[Frame]) -> bool:
    """Whether a quantity belongs to another clause with its own subject of which no frame speaks."""
    tree = scene.tree
    clause = tree.clause_head(node)
    if all(_are_parted(tree, *sorted((frame.trigger, node))) for frame in frames):
        return bool(frames) and bool(tree.children(clause, "nsubj", "nsubjpass"))
    word = word_at(tree, clause)
    if word is not None and word.direction and not any(clause in (frame.trigger, frame.verb) for frame in frames):
        zone = zone_of(tree, clause)
        return not any(frame.trigger in zone for frame in frames)  # "and lowered that of Y by 21 %", which is not read
    if tree[clause].dep not in ("advcl", "conj") or not tree.children(clause, "nsubj", "nsubjpass"):
        return False
    below = set(tree.subtree(clause))
    return not any({frame.trigger, frame.verb, frame.outcome} & below for frame in frames)


def _share_in_turn(
    scene: Scene, frames: list[Frame], assigned: dict[int, list[Mention]], label: str
) -> dict[int, list[Mention]]:
    """Give each of coordinated outcomes its member of a list that "respectively" closes."""
    shared = dict(assigned)
    for trigger in {frame.trigger for frame in frames}:
        group = [position for position, frame in enumerate(frames) if frame.trigger == trigger]
        group.sort(key=lambda position: frames[position].outcome)
        told = {mention for position in group for mention in assigned.get(position, ())}
        mentions = sorted(told, key=lambda mention: mention.span.start)
        heads = [frames[position].outcome for position in group]
        if (
            len(group) < 2
            or len(set(heads)) < len(group)
            or len(list_respective(scene, mentions, closed=True)) != len(group)
        ):
            continue
        for place, position in enumerate(group):
            shared[position] = share_in_order(scene, mentions, place, len(group))
    return shared


def _is_content(scene: Scene, mention: Mention) -> bool:
    """Whether a percentage says how much of the food or cream was drug: "at 1% of the diet"."""
    if mention.clean is None:
        return False
    after = scene.document.clean.text[mention.clean.end : mention.clean.end + 24].lower()
    return bool(
        re.match(
            r"\s*(?:w/w|w/v|\(w/[wv]\))?\s*(?:of|in) (?:the |their )?"
            r"(?:diet|food|feed|chow|drinking|water|cream|gel)\b",
            after,
        )
    )


def _share(scene: Scene, frames: list[Frame], assigned: dict[int, list[Mention]]) -> dict[int, list[Mention]]:
    """Give the only quantity behind coordinated outcomes of one trigger to all of them."""
    shared = {position: list(mentions) for position, mentions in assigned.items()}
    for trigger in {frame.trigger for frame in frames}:
        group = [position for position, frame in enumerate(frames) if frame.trigger == trigger]
        owners = [position for position in group if position in assigned]
        if len(group) < 2 or len(owners) != 1:
            continue
        node = scene.node(assigned[owners[0]][0])
        outcomes = [frames[position].outcome for position in group]
        if node is not None and (max(outcomes) < node or node < min(outcomes)):
            for position in group:
                shared.setdefault(position, list(assigned[owners[0]]))
    return shared


def _distance(anchor: int, nodes: list[int]) -> int:
    """Return the tokens from an anchor to the mention behind it; one before its anchor counts double."""
    return nodes[0] - anchor if nodes[0] >= anchor else 2 * max(anchor - nodes[-1], 1)


def effect_field(scene: Scene, mentions: list[Mention], direction: Direction) -> Effect | None:
    """Return the effect of a claim from its EFFECT mentions: two compared values, else the first amount of change."""
    usable = [m for m in mentions if m.quantity is not None and m.quantity.effect_type is not None]
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
    )


def compared_effect(scene: Scene, values: ComparedValues) -> Effect | None:
    """Return the values of two arms as an effect; the change follows where both have one unit and a ratio scale."""
    treated, control = values.treated, values.control
    low, high = sorted((treated.span, control.span), key=lambda span: span.start)
    place = ground_span(scene.document, Span(low.start, high.end))
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
    after = scene.text(Span(right.clean.end, scene.span.end))
    if _AND.fullmatch(between) and _TWO_ARMS.match(after):
        return True
    return bool(_VERSUS.fullmatch(between)) or _runs_from_to(scene, left, right)


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
