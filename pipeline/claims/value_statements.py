"""Two arms and their values, without a word of effect: "Mean pain was 23 with A and 26 with placebo"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.claims import cue_lexicon as cues
from pipeline.claims.antecedents import Agent, Memory, study_agent
from pipeline.claims.arguments import find_objects, find_subjects, is_passive
from pipeline.claims.frame import VALUES, Frame
from pipeline.claims.group_frames import HAVING_VERBS
from pipeline.claims.negation import find_negation
from pipeline.claims.scene import Scene, is_bracketed, key_of, spell_out
from pipeline.claims.tree import Tree
from pipeline.model import Label, Mention, Span

_STATING_VERBS = frozenset(
    """
    achieve amount average be develop experience detect equal find note observe occur reach record remain report see
    """.split()
)
# What is done to patients, and may state in how many it was where the verb is passive.
_DOING_VERBS = frozenset("administer diagnose give need perform require use".split())
_PART = re.compile(r"\s*(?:of \d+\s*)?(?:[a-z]+\s+){0,3}\((?P<part>\d+(?:\.\d+)?)\s?%")
_BRACKETED_PART = re.compile(r"\((?:n ?= ?\d+[,;] ?)?(?P<part>\d+(?:[.·]\d+)?)\s?%\)")
_COUNTED = re.compile(
    r"\s*(?:of (?:the )?\d+|(?:[a-z]+ )?"
    r"(?:animals|cases|children|episodes|events|infants|men|mice|participants|patients|rats|subjects|women)\b)"
)
_NUMBER = re.compile(r"(?<![\w.,/+±−-])[-−]?\d+(?:[.·]\d+)?(?:,\d{3})*(?![\w,]*\d)(?!-)")
_ORDINAL = re.compile(r"\b(?:day|fig(?:ure)?\.?|grade|group|month|phase|stage|table|type|visit|week|year)s? $", re.I)
_UNIT = re.compile(
    r"\s*(?:(?:±|\+/-|\+/−)\s*[\d.·]+\s*)?"
    r"(?P<unit>%|percent|per cent|[a-zA-Zµμ]{1,8}(?:/[a-zA-Zµμ]{1,5}\d?)?(?=[\s,;.)]))?"
)
_CHANGE = re.compile(
    r"\s*(?:%|percent|per cent)?\s*(?:change|decline|decrease|fall|improvement|increase|reduction|rise)\b"
)
_NO_UNITS = frozenset("and or in with for on vs versus of to at by from the among under compared as while but".split())
_THAT_OF = re.compile(r"\b(?:and|but|while|whereas|versus|vs\.?) (?:that|those) (?:for|in|of|on|with)\b")
_COMPARED = re.compile(r"\d\S*(?: [\w/]{1,8})?,? (?:(?:as )?compared (?:with|to)|versus|vs\.?) [-−]?\d", re.IGNORECASE)
_NEAR_VERB = 40
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_BREAK = re.compile(r";|, but\b|\bwhereas\b|\bbecause\b|\balthough\b|\bsuggest|\bindicat|\bsince\b")
_ROLES = (cues.STUDY_WORDS | frozenset("loading prophylactic prophylaxis supplemented".split())) - {"users"}
_TIMES = frozenset("duration latency lifespan survival time".split())
_OTHER_LABELS: tuple[Label, ...] = ("DOSE", "DURATION", "SCHEDULE", "AGE", "PVALUE", "SAMPLE_SIZE")


@dataclass(frozen=True, slots=True)
class ArmValue:
    """A value and the arm it belongs to: a drug given, or the token of a control word."""

    value: float
    span: Span
    unit: str | None
    drug: Mention | None
    control: int | None


@dataclass(frozen=True, slots=True)
class ComparedValues:
    """The two values of a statement; ``treated`` is the arm that the claim is about."""

    treated: ArmValue
    control: ArmValue


@dataclass(frozen=True, slots=True)
class ValueStatement:
    """A frame that is read off values, with its agent; ``values`` are those of two arms, if two are compared."""

    frame: Frame
    agent: Agent
    values: ComparedValues | None


def find_value_statements(scene: Scene, given: list[Mention], memory: Memory) -> list[ValueStatement]:
    """Return the statements of a sentence that give each of two arms its value, first verb first."""
    tree = scene.tree
    found: list[ValueStatement] = []
    for node in range(len(tree)):
        if not tree.is_verb(node) or tree[node].dep in ("aux", "auxpass"):
            continue
        outcomes: list[int] = []
        pair = None
        if tree[node].lemma in HAVING_VERBS:
            outcomes = find_objects(tree, node)
            pair = _read_shares(scene, node, given) if outcomes else None
            if pair is None and len(outcomes) == 1:
                pair = _read_fronted(scene, node, given, Span(tree[outcomes[0]].end, scene.span.end))
        done = tree[node].lemma in _DOING_VERBS and is_passive(tree, node)
        if pair is None and (done or tree[node].lemma in _STATING_VERBS):
            outcomes = [kid for kid in find_subjects(tree, node) if tree.is_noun(kid)]
            if len(outcomes) == 1 and outcomes[0] < node:
                pair = _read_values(scene, node, given, timed=spell_out(scene, outcomes[0]).rstrip("s") in _TIMES)
        if pair is None or len(outcomes) != 1:
            continue
        statement = _compare(scene, node, outcomes[0], pair, memory)
        if statement is not None:
            found.append(statement)
    return found[:1]


def is_value(mention: Mention | None, values: ComparedValues) -> bool:
    """Whether a time is one of the values, and no time of treatment: "survival was 11 months with A"."""
    if mention is None or mention.clean is None:
        return False
    return any(mention.clean.overlaps(arm.span) for arm in (values.treated, values.control))


def _read_shares(scene: Scene, verb: int, given: list[Mention]) -> tuple[ArmValue, ArmValue] | None:
    """Read "33 % of those on A and 21 % on placebo achieved X"."""
    before = Span(scene.span.start, scene.tree[verb].start)
    pair = _pair_off(scene, _find_arms(scene, given, before.start, before.end), before)
    if pair is not None and pair[0].unit == pair[1].unit == "%":
        return pair
    return None if scene.tree[verb].dep == "relcl" else _read_bracketed(scene, given)


def _read_bracketed(scene: Scene, given: list[Mention]) -> tuple[ArmValue, ArmValue] | None:
    """Read "nine (12 %) of those on A and 20 (25 %) on placebo had X", "9 (12 %) on A had X versus 20 (25 %) on B"."""
    stop = _BREAK.search(scene.text(scene.span))
    end = scene.span.start + stop.start() if stop else scene.span.end
    shares = [
        Span(match.start("part"), match.end("part"))
        for match in _BRACKETED_PART.finditer(scene.document.clean.text, scene.span.start, end)
    ]
    arms = _find_arms(scene, given, scene.span.start, end)
    if len(arms) != 2 or len(shares) != 2 or len(_find_numbers(scene, scene.span.start, end, timed=False)) > 2:
        return None
    (first, first_at), (second, second_at) = arms
    if not (shares[0].start < first_at < shares[1].start < second_at):
        return None
    return _arm(scene, shares[0], "%", first), _arm(scene, shares[1], "%", second)


def _read_values(
    scene: Scene, verb: int, given: list[Mention], *, timed: bool = False
) -> tuple[ArmValue, ArmValue] | None:
    """Read "X was 31 g with A and 36 g with placebo", "X in the A and placebo groups was 31 and 36 g, respectively".

    Args:
        timed: whether the values may be times.
    """
    start = scene.tree[verb].end
    stop = _BREAK.search(scene.text(Span(start, scene.span.end)))
    behind = Span(start, start + stop.start() if stop else scene.span.end)
    pair = _pair_off(scene, _find_arms(scene, given, behind.start, behind.end), behind, timed=timed)
    opens = min(scene.tree.subtree(verb))
    if pair is None and _THAT_OF.search(scene.text(Span(start, scene.span.end))):
        whole = Span(scene.tree[opens].start, scene.span.end)
        arms = _find_arms(scene, given, whole.start, whole.end)
        pair = _pair_off(scene, arms, whole, timed=timed)
        if pair is not None and not pair[0].span.start < start + _NEAR_VERB:
            return None
    if pair is None:
        pair = _read_fronted(scene, verb, given, behind, timed=timed)
    if pair is not None or not _RESPECTIVELY.search(scene.text(behind)):
        return pair
    arms = _find_arms(scene, given, scene.span.start, scene.tree[verb].start)
    return _pair_off(scene, arms, behind, arms_first=True, timed=timed)


def _read_fronted(
    scene: Scene, verb: int, given: list[Mention], behind: Span, *, timed: bool = False
) -> tuple[ArmValue, ArmValue] | None:
    """Read "in the A group, X was 31 g compared with 36 g in controls", "those on A had X of 31 g versus 36 g on B"."""
    if not _COMPARED.search(scene.text(behind)):
        return None
    start = scene.tree[verb].end
    before = _find_arms(scene, given, scene.tree[min(scene.tree.subtree(verb))].start, start)
    after = _find_arms(scene, given, start, behind.end)
    if len(before) != 1 or len(after) != 1:
        return None
    return _pair_off(scene, [*before, *after], behind, arms_first=True, timed=timed)


def _pair_off(
    scene: Scene, arms: list[tuple[Mention | int, int]], where: Span, *, arms_first: bool = False, timed: bool = False
) -> tuple[ArmValue, ArmValue] | None:
    """Return two arms with their values, ``None`` where those of a stretch do not pair off."""
    end = where.end
    numbers = _find_numbers(scene, where.start, end, timed=timed)
    if len(arms) != 2 or len(numbers) != 2:
        return None
    (first_arm, first_at), (second_arm, second_at) = arms
    first, second = numbers
    alternating = first.start < first_at < second.start < second_at or first_at < first.start < second_at < second.start
    listed = second.start < first_at and _RESPECTIVELY.search(scene.text(Span(where.start, scene.span.end)))
    if not (alternating or listed or arms_first):
        return None
    parts = [_part_behind(scene, number, end) for number in numbers]
    if parts[0] is not None and parts[1] is not None:
        return _arm(scene, parts[0], "%", first_arm), _arm(scene, parts[1], "%", second_arm)
    if any(_COUNTED.match(scene.document.clean.text, number.end, scene.span.end) for number in numbers):
        return None  # how many of how many is not said
    tail = _unit_behind(scene, second)
    left = _unit_behind(scene, first) or tail
    right = tail or left  # "61 bpm compared with 70"
    return _arm(scene, first, left, first_arm), _arm(scene, second, right, second_arm)


def _find_arms(scene: Scene, given: list[Mention], start: int, end: int) -> list[tuple[Mention | int, int]]:
    arms: list[tuple[Mention | int, int]] = []
    for mention in given:
        if (
            mention.clean is not None
            and start <= mention.clean.start < end
            and not is_bracketed(scene, mention.clean.start)
        ):
            arms.append((mention, mention.clean.start))
    for node in range(len(scene.tree)):
        token = scene.tree[node]
        named = scene.tree.lowered[node] in cues.CONTROL_WORDS or _is_treated_arm(scene.tree, node)
        if start <= token.start < end and named and not is_bracketed(scene, token.start):
            if not (arms and isinstance(arms[-1][0], int) and node - arms[-1][0] == 1):
                arms.append((node, token.start))
    arms.sort(key=lambda arm: arm[1])
    return [arm for position, arm in enumerate(arms) if not position or not _same_arm(arms[position - 1][0], arm[0])]


def _is_treated_arm(tree: Tree, node: int) -> bool:
    """Whether a word names the arm that was treated by its role alone: "in the active arm", "the treatment group"."""
    behind = tree.lowered[node + 1] if node + 1 < len(tree) else ""
    named = node > 0 and tree[node - 1].text in "-–‐"  # "A-treated" names its drug
    return behind in ("arm", "group") and tree.lowered[node] in _ROLES and not named


def _same_arm(left: Mention | int, right: Mention | int) -> bool:
    return isinstance(left, Mention) and isinstance(right, Mention) and key_of(left) == key_of(right)


def _find_numbers(scene: Scene, start: int, end: int, *, timed: bool) -> list[Span]:
    """Return the numbers of a stretch that may be values: none in brackets, in doses, times or p values."""
    text = scene.document.clean.text
    labels = [label for label in _OTHER_LABELS if not (timed and label == "DURATION")]
    taken = [mention.clean for mention in scene.of(*labels) if mention.clean is not None]
    drugs = [mention.clean for mention in scene.of("CHEMICAL", "GENE", "STRAIN") if mention.clean is not None]
    found = []
    for match in _NUMBER.finditer(text, start, end):
        span = Span(match.start(), match.end())
        if any(span.overlaps(other) for other in (*taken, *drugs)) or is_bracketed(scene, span.start):
            continue
        if re.search(r"\d\s+of (?:the )?$", text[max(start, span.start - 12) : span.start]):
            continue  # the 24 of "3 of 24 patients"
        if text[max(start, span.start - 5) : span.start].rstrip().endswith(("±", "+/-", "+/−")):
            continue
        if _ORDINAL.search(text[max(start, span.start - 12) : span.start]) or _CHANGE.match(text, span.end, end):
            continue
        found.append(span)
    return found


def _unit_behind(scene: Scene, number: Span) -> str | None:
    match = _UNIT.match(scene.document.clean.text, number.end, scene.span.end)
    unit = match["unit"] if match else None
    if unit is None or unit.lower() in _NO_UNITS:
        return None
    return "%" if unit in ("percent", "per cent") else unit


def _part_behind(scene: Scene, number: Span, end: int) -> Span | None:
    """Return the percentage of "5 of 90 patients (5.6 %)"."""
    match = _PART.match(scene.document.clean.text, number.end, min(end, scene.span.end))
    return Span(match.start("part"), match.end("part")) if match else None


def _arm(scene: Scene, number: Span, unit: str | None, arm: Mention | int) -> ArmValue:
    value = float(scene.text(number).replace("−", "-").replace("·", ".").replace(",", ""))
    drug = arm if isinstance(arm, Mention) else None
    return ArmValue(value, number, unit, drug, None if isinstance(arm, Mention) else arm)


def _role_read(scene: Scene, arm: ArmValue, memory: Memory) -> ArmValue:
    """Return the arm with the drug of the document's own experiment where it is named by its role."""
    if arm.control is None or not _is_treated_arm(scene.tree, arm.control):
        return arm
    return replace(arm, drug=memory.study_drug)


def _compare(
    scene: Scene, verb: int, outcome: int, arms: tuple[ArmValue, ArmValue], memory: Memory
) -> ValueStatement | None:
    treated, control = (_role_read(scene, arm, memory) for arm in arms)
    if treated.drug is None or (
        control.drug is not None and memory.study_drug is not None and key_of(control.drug) == key_of(memory.study_drug)
    ):
        treated, control = control, treated
    if treated.drug is None or treated.unit != control.unit:
        return None
    if find_negation(scene.tree, verb)[0]:
        return None
    direction = (
        "increase" if treated.value > control.value else "decrease" if treated.value < control.value else "no_change"
    )
    value = scene.tree.node_at(min(treated.span.start, control.span.start))
    behind = len(scene.tree) if value is None or value < outcome else value - (scene.tree.lowered[value - 1] == "of")
    frame = Frame(
        trigger=verb,
        verb=verb,
        outcome=outcome,
        causes=(),
        direction=direction,  # type: ignore[arg-type]
        negated=False,
        rule=VALUES,
        skip=tuple(range(behind, len(scene.tree))),
    )
    if treated.control is not None:
        agent = study_agent(scene, memory, Span(scene.tree[treated.control].start, scene.tree[treated.control].end))
        return None if agent is None else ValueStatement(frame, agent, ComparedValues(treated, control))
    rule = "the arm of the first value" if control.drug is not None else "the arm beside the control"
    agent = Agent(treated.drug, comparator=control.drug, rule=rule)
    return ValueStatement(frame, agent, ComparedValues(treated, control))
