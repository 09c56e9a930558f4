"""By how much and how sure: effect sizes and significance, bound to the statement they stand with."""

from __future__ import annotations

from pipeline.claims.frames import Frame
from pipeline.claims.grounding import ground_mention, ground_span
from pipeline.claims.interventions import comparison_nodes
from pipeline.claims.scene import Scene
from pipeline.claims.zones import zones
from pipeline.model import Effect, Mention, Significance, Span
from pipeline.model.claims import Direction


def assign_quantities(scene: Scene, frames: list[Frame], label: str) -> dict[int, list[Mention]]:
    """Give each EFFECT or PVALUE mention to the frame it stands with.

    Returns: mentions by position in ``frames``. A quantity belongs to the frame of its own clause whose trigger or outcome is
    nearest before it (or after it in "a 14 % increase in X"); coordinated outcomes of one trigger share what stands behind them.
    """
    assigned: dict[int, list[Mention]] = {}
    for mention in scene.of(label):
        node = scene.node(mention)
        if node is None:
            continue
        best: tuple[int, int, int] | None = None
        for position, frame in enumerate(frames):
            depth = next((d for d, zone in enumerate(zones(scene.tree, frame)) if node in zone), None)
            if depth is None:
                continue
            distance = min(_distance(frame.trigger, node), _distance(frame.outcome, node))
            score = (depth, distance, position)
            if best is None or score < best:
                best = score
        if best is None:
            continue
        owner = frames[best[2]]
        for position, frame in enumerate(frames):
            shares = frame.trigger == owner.trigger and _all_before(frames, owner, node)
            if position == best[2] or shares:
                assigned.setdefault(position, []).append(mention)
    return assigned


def _distance(anchor: int, node: int) -> int:
    return node - anchor if node >= anchor else 2 * (anchor - node)


def _all_before(frames: list[Frame], owner: Frame, node: int) -> bool:
    return all(frame.outcome < node for frame in frames if frame.trigger == owner.trigger)


def effect_field(mentions: list[Mention], direction: Direction) -> Effect | None:
    """Return the effect of a claim from its EFFECT mentions: the first that is an amount of change, else the first."""
    usable = [m for m in mentions if m.quantity is not None and m.quantity.effect_type is not None]
    if not usable:
        return None
    ranked = sorted(
        usable, key=lambda m: (m.quantity is None or m.quantity.effect_type in ("value", "proportion"), m.span.start)
    )
    mention = ranked[0]
    quantity = mention.quantity
    if quantity is None:
        return None
    ratio = quantity.effect_type in ("odds_ratio", "hazard_ratio", "risk_ratio")
    single = quantity.values[0] if quantity.values and len(quantity.values) == 1 else None
    if single is None and quantity.low is not None and quantity.low == quantity.high:
        single = quantity.low
    value = single
    relation = quantity.relation if quantity.relation in ("=", ">", "<", "~") else None
    return Effect(
        **ground_mention(mention),
        value=value,
        low=None if value is not None and not ratio else quantity.low,
        high=None if value is not None and not ratio else quantity.high,
        unit=quantity.unit,
        type=quantity.effect_type,  # type: ignore[arg-type]
        relation=relation,  # type: ignore[arg-type]
        change_percent=_change_percent(value, quantity.effect_type, direction, quantity.sign),
    )


def _change_percent(value: float | None, kind: str | None, direction: Direction, sign: int | None) -> float | None:
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
        return Significance(**ground_mention(mention), p=p, p_relation=relation, significant=significant)  # type: ignore[arg-type]
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
        near = head in anchors or tree[head].head in anchors and tree[head].dep in ("amod", "advmod", "acomp", "attr")
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
