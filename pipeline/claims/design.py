"""What a document says of its own experiment: where it begins, who took part, how many, and what each drug's arm was
given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.claims.arms import pair_sizes
from pipeline.claims.given_arms import GivenArm, list_given_arms
from pipeline.claims.given_regimens import (
    drugs_given_for,
    find_lone_duration,
    identity_of,
    read_regimens_given,
    titled_drugs,
)
from pipeline.claims.populations import find_population, is_subject, names_controls
from pipeline.claims.scene import Scene
from pipeline.claims.titles import is_title, section_kind
from pipeline.claims.told_subjects import (
    ENROLLED,
    age_level,
    age_of_enrolled,
    cut_reported,
    find_told,
    in_methods,
    read_age_levels,
    sexes_of_enrolled,
    tells_eligibility,
    tells_sexes_apart,
)
from pipeline.model import Document, Mention, Span

_STUDIED = r"(?:investigated|studied|examined|evaluated|assessed|determined|compared|analy[sz]ed|measured|tested)"
_OWN_EXPERIMENT = re.compile(
    r"\b(?:randomi[sz]ed|randomly|double[- ]blind|placebo[- ]controlled|were (?:\w+ly )?(?:treated|given|"
    r"fed|injected|administered|assigned|enrolled|"
    r"housed|divided|recruited|allocated)|we (?:treated|gave|fed|administered|injected|randomly|enrolled|"
    r"found|observed|show|report|studied|conducted|compared|performed|recruited|sought|aimed|"
    r"measured|tested|examined|investigated|evaluated|assessed)|(?:our|these|the present) (?:\w+ )?"
    r"(?:results|data|findings) (?:show|suggest|indicate|demonstrate|substantiate|confirm|support)|"
    r"(?:the )?(?:results|findings) (?:showed|indicate[sd]?|demonstrated|revealed) that|"
    r"in (?:this|the present|our) (?:\w+ )?(?:study|trial|experiment)|"
    r"(?:rats|mice|animals?|dogs|rabbits|patients?|subjects?|volunteers?|participants?|adults|women|men|children)"
    r"(?: (?:aged|with|weighing|on) [^.;,()]{1,50}?)? (?:received|underwent|took)|"
    r"(?:this|the present) (?:\w+ )?(?:trial|study) (?:was|were|aimed|addressed|compared|" + _STUDIED[3:] + r")",
    re.IGNORECASE,
)
_WAS_STUDIED = re.compile(rf"\b(?:was|were) {_STUDIED}\b", re.IGNORECASE)
_REVIEW = re.compile(
    r"\b(?:this|the present|our|in this) (?:mini-?)?(?:review|perspective|editorial|commentary)|"
    r"we (?:review|discuss)\b",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:aims?|purposes?|objectives?|goals?) (?:of|was|were|is)\b|"
    r"^(?:[A-Z /&]+:\s*)?(?:To|In order to) (?:further )?(?:evaluate|assess|determine|investigate|compare|examine|"
    r"study|test|demonstrate|explore|analy[sz]e|establish|clarify|elucidate|find|describe|quantify|measure)\b|"
    r"\b(?:this|the present) (?:\w+ ){0,3}(?:study|trial|paper|work|report)\b|"
    r"\bin (?:this|the present) (?:study|work)\b"
)
_TRIAL = re.compile(
    r"\b(?:randomi[sz]ed|double[- ]blind|single[- ]blind|phase (?:[1-4]|I{1,3}V?)[ab]?)\b", re.IGNORECASE
)
_LABELS = re.compile(r"\b(?:METHODS(?: AND (?:RESULTS|FINDINGS))?|RESULTS|Methods|Results):\s")
_SHORT = 6_000
"""A document of fewer characters may tell its own experiment without sections of methods or results."""


@dataclass(frozen=True, slots=True)
class Design:
    """The document's own experiment.

    Attributes:
        opens: clean position where the document begins to speak of it; what stands before is background.
        regimens: for each drug given in it, by label (DOSE, ROUTE, SCHEDULE, DURATION) the only one stated beside it.
        given: for each drug every giving of it that the design tells of.
        strain, age, sex: the only one that the document states of its subjects.
        age_levels: the ages in numbers that "young", "old" and the like are explained as.
        duration: the only time for which the document says anything was given, for what has no regimen of its own.
        population: clean range of the words that say who took part, where that is one kind of people.
        sample_size: of all who took part; ``arms``: of those who were given a drug, by its key.
    """

    opens: int = 0
    regimens: Mapping[str, Mapping[str, Mention]] = field(default_factory=dict)
    given: Mapping[str, tuple[GivenArm, ...]] = field(default_factory=dict)
    strain: Mention | None = None
    age: Mention | None = None
    sex: Mention | None = None
    age_levels: Mapping[str, Mention] = field(default_factory=dict)
    duration: Mention | None = None
    population: Span | None = None
    sample_size: Mention | None = None
    arms: Mapping[str, Mention] = field(default_factory=dict)


def reports_own_experiment(document: Document) -> bool:
    """Whether a document reports its authors' experiment: it says so, has the sections of one or is short, and is no
    review.
    """
    text = document.clean.text
    if _REVIEW.search(text):
        return False
    is_short = len(text) < _SHORT
    told = _OWN_EXPERIMENT.search(text) or (is_short and not document.citations and _WAS_STUDIED.search(text))
    if not told:
        return False
    kinds = {section.kind for section in document.sections}
    labelled = _LABELS.search(text[:_SHORT]) is not None or "randomi" in text[:_SHORT].lower()
    return "methods" in kinds or "results" in kinds or is_short or labelled


def read_design(document: Document, scenes: Sequence[Scene], subjects: Mention | None, *, in_people: bool) -> Design:
    """Read the experiment off a document that reports one.

    Args:
        subjects: the only species of the experiment; ``in_people``: whether that is people.
    """
    opens = _find_opening(scenes)
    told = _select_told(document, scenes)
    ours = [scene for scene in told if scene.span.start >= opens and not is_title(scene)]
    giving = sorted((scene for scene in told if not tells_eligibility(scene)), key=_rank_section)
    size, arms = _read_sizes(ours, in_people=in_people)
    lone = find_lone_duration(giving, ours)
    sex = find_told(told, "SEX", subjects) or sexes_of_enrolled(ours)
    if sex is not None and not in_people and (sex.concept.name if sex.concept else sex.name) == "both":
        sex = None if tells_sexes_apart(scenes) else sex
    regimens = read_regimens_given(giving, ours, titled_drugs(told))
    if lone is not None:
        for drug in drugs_given_for(lone, ours):
            regimens.setdefault(drug, {}).setdefault("DURATION", lone)
    return Design(
        opens=opens,
        regimens=regimens,
        given=list_given_arms(giving, (scene.span.start for scene in ours)),
        strain=find_told(told, "STRAIN", subjects),
        age=find_told(told, "AGE", subjects) or age_of_enrolled(ours),
        sex=sex,
        age_levels=read_age_levels(told),
        duration=lone,
        population=_read_population(ours) if in_people else None,
        sample_size=size,
        arms=arms,
    )


def _rank_section(scene: Scene) -> int:
    """Return where a regimen is best quoted from: not from results or captions, which hold only behind them."""
    return {"results": 1, "caption": 2}.get(section_kind(scene.document, scene), 0)


def narrow_design(design: Design, paragraph: Sequence[Scene], subjects: Mention | None) -> Design:
    """Return the design with what a paragraph's earlier sentences tell of its experiment before what holds elsewhere.

    A document with several experiments has no dose of its own, but "We gave A (5 mg/kg). A lowered X." has.
    """
    told = [scene for scene in paragraph if _reports_design(scene.document, scene) and not is_title(scene)]
    told = [scene for scene in told if scene.span.start >= design.opens]
    if not told:
        return design
    age = find_told(told, "AGE", subjects)
    if age is not None and (age.quantity is None or not age.quantity.low_days):
        age = design.age_levels.get(age_level(age.text) or "") or design.age or age
    regimens = dict(design.regimens)
    for drug, regimen in read_regimens_given(told, told, ()).items():
        lasting = {"DURATION": design.duration} if design.duration is not None else {}
        kept = lasting if design.regimens.get(drug, {}).get("DURATION") is design.duration else {}
        regimens[drug] = {**kept, **regimen}
    return replace(
        design,
        regimens=regimens,
        strain=find_told(told, "STRAIN", subjects) or design.strain,
        age=age or design.age,
    )


def reaches(scene: Scene, fact: Mention | Span) -> bool:
    """Whether what a document establishes in one place holds for a sentence: after that place, and in the title; what
    the methods tell holds everywhere, since they may stand behind the results.

    What stands before the experiment is introduced speaks of others' experiments.
    """
    place = fact.clean if isinstance(fact, Mention) else fact
    if place is not None and (place.start < scene.span.end or in_methods(scene.document, place)):
        return True
    return is_title(scene)


def states_trial(text: str) -> re.Match[str] | None:
    """Return the words that make a study a trial in people though no word for people stands there."""
    return _TRIAL.search(text)


def _find_opening(scenes: Sequence[Scene]) -> int:
    """Return where the abstract, or a text without one, turns from the background to the document's own experiment."""
    kinds = {section.kind for section in scenes[0].document.sections} if scenes else set()
    wanted = "abstract" if "abstract" in kinds else "body"
    for scene in scenes:
        document = scene.document
        if is_title(scene) or section_kind(document, scene) != wanted:
            continue
        text = scene.text(scene.span)
        cited = any(scene.span.start < mark.clean <= scene.span.end for mark in document.citations)
        if not cited and (_AIM.search(text) or _OWN_EXPERIMENT.search(text) or _WAS_STUDIED.search(text)):
            return scene.span.start
    return 0


def _select_told(document: Document, scenes: Sequence[Scene]) -> list[Scene]:
    """Return the sentences that may describe the document's own experiment; of the methods also those that cite how it
    was done, without what they report.
    """
    told = []
    for scene in scenes:
        if section_kind(document, scene) == "methods":
            told.append(cut_reported(scene))
        elif _reports_design(document, scene):
            told.append(scene)
    return told


def _reports_design(document: Document, scene: Scene) -> bool:
    """Whether a sentence may describe the document's own experiment: no citation, no introduction or discussion."""
    if any(scene.span.start < mark.clean <= scene.span.end for mark in document.citations):
        return False
    return section_kind(document, scene) not in ("introduction", "discussion", "references", "back")


def _read_population(scenes: Sequence[Scene]) -> Span | None:
    """Return the words that say who took part, where all sentences of the design speak of one kind of people."""
    found: list[tuple[bool, Span, frozenset[str]]] = []
    for scene in scenes:
        text = scene.text(scene.span)
        enrolls = bool(ENROLLED.search(text))
        if scene.of("PVALUE") or not (enrolls or _AIM.search(text)):
            continue
        for mention in scene.of("POPULATION"):
            if not is_subject(scene, mention) or names_controls(scene, mention):
                continue
            span = find_population(scene, [mention])
            if span is None:
                continue
            words = _defining_words(scene.text(span))
            if words:
                found.append((" with " in scene.text(span) or " aged " in scene.text(span), span, words))
    if not found:
        return None
    best = next((item for item in found if item[0]), found[0])
    if any(not item[2] & best[2] for item in found):
        return None
    return best[1]


_PEOPLE_WORDS = frozenset(
    """
    a adult adults an and boys children girls group groups in individuals men of on or participants patient patients
    people persons study subjects the to volunteers who with women all eligible consecutive more many such these
    those our same other remaining following treated randomized randomised enrolled consenting
    """.split()
)


def _defining_words(text: str) -> frozenset[str]:
    """Return the words that tell these people from others: {"psoriasis"} of "patients with psoriasis"."""
    words = re.findall(r"[a-z][\w.'/-]*", text.lower())
    return frozenset(word for word in words if word not in _PEOPLE_WORDS)


def _read_sizes(scenes: Sequence[Scene], *, in_people: bool) -> tuple[Mention | None, dict[str, Mention]]:
    """Return how many took part in all and in each drug's arm, from the first sentence that counts who was enrolled;
    of animals only what all such sentences of the methods agree on, since each experiment has groups of its own.
    """
    told = [(scene, found) for scene in scenes if (found := _read_size(scene)) is not None]
    if not told:
        return None, {}
    methods = [found for scene, found in told if section_kind(scene.document, scene) == "methods"]
    if in_people or not methods:
        return told[0][1]
    sizes = {identity_of(size): size for size, _ in methods if size is not None}
    alike = len(sizes) == 1 and all(size is not None for size, _ in methods)
    return (next(iter(sizes.values())), {}) if alike else (None, {})


def _read_size(scene: Scene) -> tuple[Mention | None, dict[str, Mention]] | None:
    if scene.of("PVALUE") or scene.of("EFFECT") or not ENROLLED.search(scene.text(scene.span)):
        return None
    sizes = [mention for mention in scene.of("SAMPLE_SIZE") if _count_of(mention) is not None]
    if not sizes:
        return None
    if len(sizes) == 1:
        return sizes[0], {}
    counts = [_count_of(mention) or 0 for mention in sizes]
    total = counts.index(max(counts))
    rest = counts[:total] + counts[total + 1 :]
    leading = sizes[0].clean
    before = "" if leading is None else scene.text(Span(scene.span.start, leading.start)).lower()
    if total == 0 and (sum(rest) == counts[0] or before.endswith("total of ")):
        return sizes[0], pair_sizes(scene, sizes[1:])
    return None, pair_sizes(scene, sizes)


def _count_of(mention: Mention) -> int | None:
    quantity = mention.quantity
    if quantity is None or quantity.low is None or quantity.low != quantity.high or quantity.low < 3:
        return None
    return int(quantity.low)
