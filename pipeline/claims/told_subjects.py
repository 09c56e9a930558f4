"""Strain, age and sex as a document tells them of its own subjects: the methods first, one of each or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.claims.given_regimens import identity_of
from pipeline.claims.scene import Scene
from pipeline.claims.titles import section_kind
from pipeline.model import Document, Label, Mention, Span
from pipeline.nlp.strains import is_microbe

_HUMAN = "NCBITaxon:9606"
_ELIGIBLE = re.compile(r"\b(?:exclu(?:ded?|sion)|inclusion|eligib\w+|ineligible|contraindicat\w+)\b", re.IGNORECASE)
ENROLLED = re.compile(
    r"\b(?:randomi[sz]\w+|randomly|assigned|allocated|enrol\w+|included|recruited|received|treated|studied|given|"
    r"complet(?:ed|ing)|participa\w+|took part|divided|total of|trial|underwent|entered|evaluated|took)\b",
    re.IGNORECASE,
)
_AGE_WORDS = re.compile(
    r"\bold\b|-old|\bag(?:e|ed|ing)\b|\b[PE]\d|birth|wean|young|elder|older|middle|mature|juvenile|[≥≤<>]"
)
_OF_THINGS = re.compile(
    r"[ -](?:age|arthritis|brain|diabetes|hormone|idiopathic|liver|muscle|myoclonic|neurogenesis|neurons?|onset|"
    r"plasma|skin|stem|tissues?)\b"
)
_LEVEL_WORD = re.compile(r"(?:young|old|aged|adult|middle-aged?)(?=[ -]|$)", re.IGNORECASE)
_LEVEL_NOUN = r" (?:animals|dogs|flies|hamsters|mice|monkeys|rats|subjects|worms)"
_LEVEL_JOINT = re.compile(
    rf"(?:{_LEVEL_NOUN})? ?\([~∼]?$|{_LEVEL_NOUN} $|"
    rf"{_LEVEL_NOUN}(?: \w+){{0,2}} (?:at|were|was|aged|of)(?: [~∼]| about| approximately)? ?$"
)
_WIDER = re.compile(r"(?:rodent|mammal|animal|vertebrate)s?\b", re.IGNORECASE)
_OF_HEALTHY = re.compile(r"\b(?:healthy|controls?)\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:has|have|had) (?:\w+ )?(?:been )?(?:shown|found|reported|demonstrated|observed|proven)\b|"
    r"\bpreviously (?:\w+ )?(?:been )?(?:shown|reported|found|demonstrated|observed)\b|"
    r"\b(?:previous|prior|earlier|other) (?:stud|work|report|publication)|"
    r"\b(?:compared (?:to|with)|relative to|whereas|unlike)\b",
    re.IGNORECASE,
)


def in_methods(document: Document, place: Span) -> bool:
    """Whether a clean place stands in a section that tells how things were done."""
    return any(section.kind == "methods" and section.clean.covers(place) for section in document.sections)


def tells_eligibility(scene: Scene) -> bool:
    """Whether a sentence says who might take part or was left out: "exclusion criteria were long-term treatment"."""
    return _ELIGIBLE.search(scene.text(scene.span)) is not None


def cut_reported(scene: Scene) -> Scene:
    """Return a sentence of the methods without what it reports of other work: "given A (5 mg), which has been shown to
    extend life in B mice".
    """
    found = _REPORTED.search(scene.text(scene.span))
    if found is None:
        return scene
    cut = scene.span.start + found.start()
    kept = tuple(mention for mention in scene.mentions if mention.clean is not None and mention.clean.end <= cut)
    return replace(scene, mentions=kept, _by_label={}, _nodes={})


def find_told(scenes: Sequence[Scene], label: Label, subjects: Mention | None) -> Mention | None:
    """Return the only strain, age or sex of the document's own subjects, as the methods tell it, else as any sentence
    does; ``None`` where several are named.
    """
    methods = [scene for scene in scenes if section_kind(scene.document, scene) == "methods"]
    for part in (
        (scenes,) if _is_human(subjects) else (methods, scenes)
    ):  # methods of trials tell whom they would have taken
        found: dict[object, Mention] = {}
        for scene in part:
            for mention in _of_subjects(scene, label, subjects):
                found.setdefault(identity_of(mention), mention)
        if found:
            return _choose(list(found.values()), label)
    return None


def tells_sexes_apart(scenes: Sequence[Scene]) -> bool:
    """Whether results speak of one sex by itself, so that those without a word may be of either."""
    return any(
        len({mention.name for mention in scene.of("SEX")}) == 1 and not _names_both(scene.of("SEX")[0])
        for scene in scenes
        if scene.of("SEX")
        and section_kind(scene.document, scene) in ("abstract", "body", "results", "caption", "title")
    )


def _names_both(mention: Mention) -> bool:
    return (mention.concept.name if mention.concept else mention.name) == "both"


def read_age_levels(scenes: Sequence[Scene]) -> dict[str, Mention]:
    """Return the ages in numbers that words for ages are explained as: "old (24-month-old)" gives ``{"old": …}``.

    A word that is explained in two ways is left out.
    """
    found: dict[str, dict[object, Mention]] = {}
    for scene in sorted(scenes, key=lambda scene: section_kind(scene.document, scene) != "methods"):
        ages = [mention for mention in scene.of("AGE") if mention.clean is not None]
        for number in ages:
            if number.clean is None or number.quantity is None or not number.quantity.low_days:
                continue
            before = scene.text(Span(scene.span.start, number.clean.start))
            joint = _LEVEL_JOINT.search(before)
            word = None if joint is None else re.search(r"[\w-]+$", before[: joint.start()])
            level = None if word is None else age_level(word.group())
            if level is not None:
                found.setdefault(level, {}).setdefault(identity_of(number), number)
    return {level: next(iter(ages.values())) for level, ages in found.items() if len(ages) == 1}


def age_level(words: str) -> str | None:
    """Return the word that tells an age without a number, in lower case: "old" of "old mice"."""
    found = _LEVEL_WORD.match(words)
    return None if found is None else found.group().lower().replace("middle-age", "middle-aged")[:11]


def states_age(mention: Mention) -> bool:
    """Whether an AGE mention's own words say that it is an age: "20-month-old", "aged 60", "P7", not "5-year"."""
    return bool(_AGE_WORDS.search(mention.text))


def names_kind_of_thing(scene: Scene, mention: Mention) -> bool:
    """Whether a word of age only says which thing is meant: "juvenile hormone", "adult stem cells"."""
    clean = mention.clean
    return clean is not None and bool(_OF_THINGS.match(scene.text(Span(clean.end, scene.span.end))))


def age_of_enrolled(scenes: Sequence[Scene]) -> Mention | None:
    """Return the only age in numbers of those who were enrolled: "16 patients (age, 5 to 18 years)"."""
    found: dict[object, Mention] = {}
    for scene in scenes:
        if scene.of("SAMPLE_SIZE") and ENROLLED.search(scene.text(scene.span)) and not scene.of("PVALUE"):
            for mention in scene.of("AGE"):
                if mention.quantity is not None and (mention.quantity.low_days or mention.quantity.high_days):
                    found.setdefault(identity_of(mention), mention)
    return next(iter(found.values())) if len(found) == 1 else None


def sexes_of_enrolled(scenes: Sequence[Scene]) -> Mention | None:
    """Return the words that count both sexes among those who were enrolled: "10 boys and 6 girls"."""
    for scene in scenes:
        sexes = scene.of("SEX")
        written = scene.text(scene.span)
        if len(sexes) != 2 or not scene.of("SAMPLE_SIZE") or not ENROLLED.search(written):
            continue
        first, last = (mention.clean for mention in sexes)
        named = {mention.concept.name if mention.concept else mention.name for mention in sexes}
        if named != {"male", "female"} or first is None or last is None or last.start - first.end > 30:
            continue
        if _OF_HEALTHY.search(scene.text(Span(scene.span.start, first.start))):
            continue  # "healthy volunteers included 4 males and one female"
        counts = [size.clean for size in scene.of("SAMPLE_SIZE") if size.clean is not None]
        start = next((size.start for size in counts if 0 <= first.start - size.end <= 1), first.start)
        places = scene.document.clean.to_source(start, last.end)
        if len(places) == 1:
            text = scene.document.quote(places[0])
            return Mention(label="SEX", span=places[0], text=text, clean=Span(start, last.end), name="both")
    return None


def _of_subjects(scene: Scene, label: Label, subjects: Mention | None) -> list[Mention]:
    """Return the strains, ages or sexes in a sentence that may be those of the document's subjects."""
    if _speaks_of_others(scene, subjects):
        return []
    if label == "SEX" and _is_human(subjects) and not _counts_or_sums_up(scene):
        return []
    kept = []
    for mention in scene.of(label):
        if (
            (label == "STRAIN" and is_microbe(mention.text))
            or _is_header(scene, mention)
            or (label == "STRAIN" and _names_two_stocks(scene, mention))
        ):
            continue
        if label == "SEX" and mention.text.lower() in ("females", "males") and not _is_human(subjects):
            continue  # "two females were excluded" tells less than "male mice were used"
        if label == "AGE" and (names_kind_of_thing(scene, mention) or not states_age(mention) or scene.of("PVALUE")):
            continue
        kept.append(mention)
    return kept


def _is_human(subjects: Mention | None) -> bool:
    return subjects is not None and subjects.concept is not None and subjects.concept.id == _HUMAN


def _counts_or_sums_up(scene: Scene) -> bool:
    """Whether a sentence may say of all who took part in a trial what sex they were: it counts them, or stands in the
    title, the abstract or a text without sections; "a test for women" in the methods says of nobody.
    """
    if tells_eligibility(scene):
        return False
    return section_kind(scene.document, scene) in ("title", "abstract", "body") or bool(scene.of("SAMPLE_SIZE"))


def _choose(found: list[Mention], label: Label) -> Mention | None:
    """Return the only one; of strains whose names begin alike the fullest, of ages the only one in numbers."""
    if len(found) == 1:
        return found[0]
    if label == "STRAIN":
        names = sorted(found, key=lambda mention: len(_letters(mention)))
        nested = all(_letters(names[-1]).startswith(_letters(name)) for name in names)
        return names[-1] if nested else None
    if label == "AGE":
        numbers = [mention for mention in found if mention.quantity is not None and mention.quantity.low_days]
        return numbers[0] if len(numbers) == 1 else None
    return None


def _letters(mention: Mention) -> str:
    return re.sub(r"[^a-z0-9]", "", mention.text.lower())


def _names_two_stocks(scene: Scene, strain: Mention) -> bool:
    """Whether a sentence coordinates the animals of a strain with others: "in Dahl rats and in obese rats"."""
    clean = strain.clean
    if clean is None:
        return False
    named = [m for m in scene.of("SPECIES") if m.clean is not None and m.clean.start >= clean.start]
    if len(named) != 2 or named[0].text.lower() != named[1].text.lower() or named[0].clean is None:
        return False
    between = scene.text(Span(named[0].clean.end, named[1].clean.start if named[1].clean else named[0].clean.end))
    return bool(re.match(r"\s*(?:\([^)]*\)\s*)?and (?:in |to )?(?!\w+ed\b)[^,;]{3,90}$", between))


def _is_header(scene: Scene, mention: Mention) -> bool:
    """Whether a sex stands as the header of a baseline table does, or with its share: "Gender (% women)", "80% female",
    "men (40 %)".
    """
    clean = mention.clean
    if clean is None:
        return False
    before = scene.text(Span(max(scene.span.start, clean.start - 14), clean.start))
    if re.search(r"%\)? (?:were |was |of )?$", before):
        return True
    return (
        mention.label == "SEX"
        and re.match(r"\s?\(\d+(?:\.\d+)?\s?%", scene.text(Span(clean.end, scene.span.end))) is not None
    )


def _speaks_of_others(scene: Scene, subjects: Mention | None) -> bool:
    """Whether a sentence names organisms, and not those of the document's experiment."""
    if subjects is None or subjects.concept is None:
        return False
    subjects_named = [m for m in scene.of("SPECIES", "POPULATION") if not _WIDER.match(m.text)]
    named = {m.concept.id for m in subjects_named if m.concept is not None}
    taxa = {identifier for identifier in named if identifier.startswith("NCBITaxon:")}
    return bool(taxa) and subjects.concept.id not in taxa
