"""Which outcomes are bad in themselves, and what improving them means."""

from __future__ import annotations

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.effect_lexicon import load_effects
from pipeline.claims.frame import EFFECTIVE_MEANS, HARM_ASSOCIATION, OCCURRENCE, REVERSAL, Frame
from pipeline.claims.outcomes import OutcomePhrase
from pipeline.claims.scene import Scene, spell_out
from pipeline.model.claims import Direction

# What is done with a substance, of which more is better where less of the substance is.
_USES = frozenset("clearance disposal handling homeostasis metabolism oxidation uptake utilisation utilization".split())
_SUCCESSES = frozenset("control cure healing recovery remission responder response success survival".split())
_HELD_UP = frozenset("expiratory inspiratory mean perfusion".split())  # pressures that fall when things go wrong
_WEIGHTS = frozenset("bmi weight weights".split())
_BADLY = frozenset("adversely detrimentally negatively".split())
_WELL = frozenset("beneficially favorably favourably positively".split())


def tells_harm_only(scene: Scene, frame: Frame, phrase: OutcomePhrase) -> bool:
    """Whether a frame states a finding of harms alone, and its outcome is none."""
    if frame.rule == HARM_ASSOCIATION:
        if frame.negated:
            return scene.tree.lowered[phrase.head] in cues.NOT_GIVEN_HEADS
        return not (is_harm(scene, phrase) or _is_risk(scene, phrase))
    return frame.rule in (EFFECTIVE_MEANS, OCCURRENCE) and not is_harm(scene, phrase)


def is_harm(scene: Scene, phrase: OutcomePhrase) -> bool:
    """Whether the outcome is bad in itself, so that improving it is less of it."""
    tree = scene.tree
    head = spell_out(scene, phrase.head)
    if head in cues.HARM_HEADS or head.endswith(cues.HARM_ENDINGS):
        return True
    return any(
        scene.node(mention) == phrase.head and mention.clean is not None and mention.clean.end == tree[phrase.head].end
        for mention in scene.of("DISEASE")
    )


def _is_risk(scene: Scene, phrase: OutcomePhrase) -> bool:
    return scene.tree.lowered[phrase.head] in cues.RISKS and counts_harm(scene, phrase)


def counts_harm(scene: Scene, phrase: OutcomePhrase) -> bool:
    """Whether the outcome says how often or how badly a harm occurs: "risk of stroke", "acne status"."""
    tree = scene.tree
    if tree.lowered[phrase.head] not in cues.COUNTS_OF_HARM or _SUCCESSES & {tree.lowered[n] for n in phrase.nodes}:
        return False
    harms = {scene.node(mention) for mention in scene.of("DISEASE")}
    return any(
        node in harms or tree.lowered[node] in cues.HARM_HEADS or tree.lowered[node].endswith(cues.HARM_ENDINGS)
        for node in phrase.nodes
        if node != phrase.head
    )


def _improves_by_falling(scene: Scene, phrase: OutcomePhrase) -> bool:
    words = {scene.tree.lowered[node] for node in phrase.nodes}
    if words & {"hdl", "hdl-c", "high-density", "good", "sensitivity", "control", "tolerance"} or words & _USES:
        return False
    return (
        bool(words & cues.BETTER_LOWER)
        or ("pressure" in words and not words & _HELD_UP)
        or {"blood", "sugar"} <= words
        or {"low", "density"} <= words
    )


def _is_change(scene: Scene, phrase: OutcomePhrase) -> bool:
    """Whether the outcome is itself a change: to normalise "the increase in X" is less of the increase."""
    word = load_effects().get((scene.tree.lowered[phrase.head], "noun"))
    return word is not None and word.kind == "change" and bool(word.direction)


def adjust_direction(scene: Scene, frame: Frame, phrase: OutcomePhrase) -> Direction:
    """Return the frame's direction; improving or ameliorating a disturbance is a decrease of it."""
    trigger = scene.tree[frame.trigger].lemma
    if frame.rule == REVERSAL:
        return frame.direction
    if trigger in ("normalise", "normalize") and (is_harm(scene, phrase) or _is_change(scene, phrase)):
        return "decrease"
    if trigger in ("delay", "postpone") and scene.tree.lowered[phrase.head] in ("time", "latency"):
        return "increase"
    if trigger == "restore" and (
        is_harm(scene, phrase) or scene.tree.lowered[phrase.head] in ("alterations", "changes")
    ):
        return "decrease"
    if scene.tree.lowered[frame.trigger] == "worsening" and spell_out(scene, phrase.head) in cues.GOODS:
        return "decrease" if frame.direction == "increase" else frame.direction
    if trigger == "ameliorate" and spell_out(scene, phrase.head) in cues.GOODS:
        return "increase"  # it is the function that gets better
    if frame.direction == "unknown" and trigger in ("affect", "impact", "influence"):
        manner = {scene.tree.lowered[kid] for kid in scene.tree.children(frame.trigger, "advmod")}
        if spell_out(scene, phrase.head) in cues.GOODS:
            return "decrease" if manner & _BADLY else "increase" if manner & _WELL else "unknown"
    if frame.direction == "increase":
        word = (
            load_effects().get((scene.tree.lowered[frame.trigger], "verb"))
            or load_effects().get((scene.tree.lowered[frame.trigger], "noun"))
            or load_effects().get((scene.tree.lowered[frame.trigger], "adj"))
        )
        if word is not None and word.lemma in (
            "improve",
            "improvement",
            "improved",
            "better",
            "rescue",
            "rejuvenate",
            "recover",
            "recovery",
        ):
            if scene.tree.lowered[phrase.head] in _WEIGHTS and "rescue" not in word.lemma:
                return "unknown"  # whether a better weight is more or less of it the words do not say
            worse = is_harm(scene, phrase) or counts_harm(scene, phrase) or _improves_by_falling(scene, phrase)
            return "decrease" if worse else "increase"
    return frame.direction
