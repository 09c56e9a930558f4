"""What the statement compares with: placebo, vehicle, untreated controls, baseline, another drug or dose."""

from __future__ import annotations

from pipeline.claims.frame import Frame
from pipeline.claims.grounding import ground_mention, ground_span
from pipeline.claims.scene import Scene, key_of
from pipeline.claims.tree import Tree
from pipeline.claims.zones import zone_of, zones
from pipeline.model import Comparator, Mention, Span
from pipeline.model.claims import ComparatorKind

_KINDS: tuple[tuple[ComparatorKind, frozenset[str]], ...] = (
    ("placebo", frozenset({"placebo", "sham"})),
    ("vehicle", frozenset({"vehicle", "saline", "dmso", "solvent"})),
    ("baseline", frozenset({"baseline", "pretreatment", "pre-treatment"})),
    (
        "untreated",
        frozenset(
            """
    control controls littermates non-treated non-users nontreated nonusers untreated
    """.split()
        ),
    ),
)


def read_comparator(scene: Scene, frame: Frame, agent: Mention) -> Comparator | None:
    """Return the comparator that the frame's clause names, ``None`` where it names none."""
    own = _find_comparator(scene, frame, agent, set().union(*zones(scene.tree, frame)[:2]))
    return own or _find_comparator(scene, frame, agent, _behind_later_verbs(scene.tree, frame))


def _behind_later_verbs(tree: Tree, frame: Frame) -> set[int]:
    """Return what stands with later verbs of the same subject: "A reduced X and raised Y compared with placebo"."""
    later = [verb for verb in tree.conjuncts(frame.verb) if verb > frame.verb and tree.is_verb(verb)]
    if any(tree.children(verb, "nsubj", "nsubjpass") for verb in later):
        return set()
    return {node for verb in later for node in zone_of(tree, verb)}


def _find_comparator(scene: Scene, frame: Frame, agent: Mention, zone: set[int]) -> Comparator | None:
    tree = scene.tree
    for node in sorted(zone):
        form = tree.lowered[node]
        if form not in ("than", "versus", "vs", "vs.", "with", "to", "from", "over", "and"):
            continue
        if form in ("with", "to") and not (
            node and tree.lowered[node - 1] in ("compared", "relative", "comparison", "similar", "comparable")
        ):
            continue
        if form == "from" and not (node + 1 < len(tree) and "baseline" in tree.lowered[node + 1 : node + 3]):
            continue
        if form == "over" and not (
            node + 1 < len(tree)
            and {"placebo", "control", "vehicle", "baseline"} & set(tree.lowered[node + 1 : node + 3])
        ):
            continue
        if form == "and" and not (
            frame.direction == "no_change" and "between" in tree.lowered[max(0, node - 8) : node]
        ):
            continue
        words = list(range(node + 1, min(node + 9, len(tree))))
        found = _classify(scene, words, agent)
        if found is not None:
            return found
    return None


def _classify(scene: Scene, words: list[int], agent: Mention) -> Comparator | None:
    tree = scene.tree
    for node in words:
        form = tree.lowered[node]
        if form in (",", ";", ".", ")"):
            return None
        kind = next((kind for kind, forms in _KINDS if form in forms), None)
        if kind is not None:
            place = ground_span(scene.document, Span(tree[node].start, tree[node].end))
            return (
                None
                if place is None
                else Comparator(**place, kind=kind, name=form if kind != "untreated" else "untreated")
            )
        for mention in scene.of("CHEMICAL"):
            if mention.clean is not None and mention.clean.start == tree[node].start and mention.role == "drug":
                if key_of(mention) == key_of(agent):
                    return None
                return active_comparator(mention)
    return None


def control_comparator(scene: Scene, node: int) -> Comparator | None:
    """Return the control arm that a word names: "placebo", "vehicle", "controls"."""
    token = scene.tree[node]
    form = scene.tree.lowered[node]
    kind = next((kind for kind, forms in _KINDS if form in forms), None)
    place = ground_span(scene.document, Span(token.start, token.end))
    if kind is None or place is None:
        return None
    return Comparator(**place, kind=kind, name=form if kind != "untreated" else "untreated")


def active_comparator(mention: Mention) -> Comparator:
    """Return another drug as the comparator."""
    concept = mention.concept
    return Comparator(
        **ground_mention(mention),
        kind="active",
        name=mention.name or mention.text.lower(),
        id=concept.id if concept else None,
    )
