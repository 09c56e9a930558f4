"""Which statement an amount or a p-value stands with: its clause, its bracket, the outcome before it."""

from __future__ import annotations

import re

from pipeline.claims.distribution import list_respective, list_respective_pairs, share_in_order
from pipeline.claims.effect_lexicon import word_at
from pipeline.claims.frame import Frame
from pipeline.claims.scene import Scene, is_bracketed
from pipeline.claims.tree import Tree
from pipeline.claims.zones import zone_of, zones
from pipeline.model import Mention, Span

_SUMMED = frozenset("change decrease difference effect increase it reduction this trend which".split())
_CONTROL_BRACKET = re.compile(
    r"\b(?:placebo|vehicle|saline|sham|controls?|untreated)"
    r"(?:[- ](?:treated|group|arm|patients|subjects|animals|mice|rats))*\s*\((?:n ?= ?\d+[,;] )?[^()=<>;]{0,12}$",
    re.IGNORECASE,
)
_SET_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|than|relative to|from|over|against|between)(?: [\w-]+){0,4} $",
    re.IGNORECASE,
)
_UNBOUND = 9  # deeper than any zone: a quantity that the parse hangs nowhere goes to the nearest frame


def assign_quantities(scene: Scene, frames: list[Frame], label: str) -> dict[int, list[Mention]]:
    """Give each EFFECT or PVALUE mention to the frame it stands with.

    Returns: mentions by position in ``frames``. A quantity belongs to the frame of its own clause whose trigger or
    outcome is nearest before it (or after it in "a 14 % increase in X"); coordinated outcomes of one trigger share what
    stands behind them.
    """
    assigned: dict[int, list[Mention]] = {}
    for mention in _leave_controls(scene, scene.of(label)):
        node = scene.node(mention)
        if node is None or _is_content(scene, mention) or _stands_apart(scene, node, frames):
            continue
        bracketed = mention.clean is not None and is_bracketed(scene, mention.clean.start)
        if bracketed and _stands_behind_fellow(scene.tree, node, frames):
            continue
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
    if label == "PVALUE":
        assigned = _follow_effects(scene, frames, assigned)
    return _share_in_turn(scene, frames, _share(scene, frames, assigned), label)


def _follow_effects(scene: Scene, frames: list[Frame], assigned: dict[int, list[Mention]]) -> dict[int, list[Mention]]:
    """Give a p-value in the bracket of an amount to the statement of that amount: "(2.2 vs. 2.6, P = 0.02)"."""
    if len(frames) < 2 or not scene.of("EFFECT"):
        return assigned
    text = scene.document.clean.text
    effects = assign_quantities(scene, frames, "EFFECT")
    moved: dict[int, list[Mention]] = {}
    for position, mentions in assigned.items():
        for mention in mentions:
            place = mention.clean
            mates = [
                other
                for other, amounts in effects.items()
                for amount in amounts
                if place is not None
                and amount.clean is not None
                and amount.clean.end <= place.start
                and is_bracketed(scene, amount.clean.start)
                and not {"(", ")"} & set(text[amount.clean.end : place.start])
            ]
            owner = position if not mates or position in mates else mates[-1]
            moved.setdefault(owner, []).append(mention)
    return moved


def _leave_controls(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """Return amounts without those in the bracket of an arm that was given nothing, where another arm has its own:
    "fell on placebo (p = 0.01) and on A (p = 0.004)".
    """
    of_controls = [mention for mention in mentions if _is_of_controls(scene, mention)]
    rest = [mention for mention in mentions if mention not in of_controls]
    return rest if rest and all(_is_in_bracket(scene, mention) for mention in rest) else list(mentions)


def _is_of_controls(scene: Scene, mention: Mention) -> bool:
    if mention.clean is None:
        return False
    found = _CONTROL_BRACKET.search(scene.text(Span(scene.span.start, mention.clean.start)))
    return found is not None and not _SET_AGAINST.search(scene.text(scene.span)[: found.start()])


def _is_in_bracket(scene: Scene, mention: Mention) -> bool:
    return mention.clean is not None and is_bracketed(scene, mention.clean.start)


def _denied(scene: Scene, mention: Mention) -> set[int]:
    """Return the noun that "without significant" is said of: the changes of "without significant changes in X"."""
    if not mention.text.lower().startswith(("without ", "no ", "non")):
        return set()
    tree = scene.tree
    return {tree[node].head for node in scene.nodes(mention) if tree[node].dep == "amod"}


def _stands_behind_fellow(tree: Tree, node: int, frames: list[Frame]) -> bool:
    """Whether the bracket stands behind a noun coordinated with an outcome, of which no frame speaks."""
    host = next((above for above in tree.ancestors(node) if tree[above].tag.startswith("NN")), None)
    if host is None or any(host == frame.outcome for frame in frames):
        return False
    return any(host in tree.conjuncts(frame.outcome) for frame in frames)


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
    if _tests_statement(tree, clause):
        return False
    if all(_are_parted(tree, *sorted((frame.trigger, node))) for frame in frames):
        return bool(frames) and bool(tree.children(clause, "nsubj", "nsubjpass"))
    word = word_at(tree, clause)
    if word is not None and word.direction and not any(clause in (frame.trigger, frame.verb) for frame in frames):
        zone = zone_of(tree, clause)
        return not any(frame.trigger in zone for frame in frames)  # "and lowered that of Y by 21 %", which is not read
    if not tree.children(clause, "nsubj", "nsubjpass"):
        return False
    if tree[clause].dep not in ("advcl", "conj"):
        zone = zone_of(tree, clause)
        others = [frame for frame in frames if not {frame.trigger, frame.verb, frame.outcome} & zone]
        return bool(frames) and all(
            frame in others and tree.children(frame.verb, "nsubj", "nsubjpass", "expl") for frame in frames
        )
    below = set(tree.subtree(clause))
    return not any({frame.trigger, frame.verb, frame.outcome} & below for frame in frames)


def _tests_statement(tree: Tree, clause: int) -> bool:
    """Whether a clause says of the statement before it how sure it is: "but this difference was not significant"."""
    subjects = tree.children(clause, "nsubj", "nsubjpass")
    return (
        len(subjects) == 1
        and tree.lowered[subjects[0]] in _SUMMED
        and bool(
            {"significance", "significant", "nonsignificant", "significantly"} & set(tree.lowered[clause : clause + 6])
        )
    )


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
        pairs = list_respective_pairs(scene, mentions)
        if len(pairs) == len(group) == len(set(heads)) > 1:
            shared |= dict(zip(group, pairs, strict=True))
            continue
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
    if _is_bath(scene, mention):
        return True
    after = scene.document.clean.text[mention.clean.end : mention.clean.end + 24].lower()
    return bool(
        re.match(
            r"\s*(?:w/w|w/v|\(w/[wv]\))?\s*(?:of|in) (?:the |their )?"
            r"(?:diet|food|feed|chow|drinking|water|cream|gel)\b",
            after,
        )
    )


def _is_bath(scene: Scene, mention: Mention) -> bool:
    """Whether a concentration says how much of a substance was there: "outgrowth by NGF (2.5 ng/ml)"."""
    quantity, place = mention.quantity, mention.clean
    if quantity is None or place is None or quantity.effect_type != "value" or "/" not in (quantity.unit or ""):
        return False
    before = scene.text(Span(scene.span.start, place.start))
    for other in scene.of("CHEMICAL", "GENE"):
        if other.clean is not None and re.fullmatch(
            r"\s?\(", scene.text(Span(other.clean.end, max(other.clean.end, place.start)))
        ):
            return bool(re.search(r"\b(?:by|with|to) $", before[: other.clean.start - scene.span.start]))
    return False


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
