"""Letters and numbers that a document gives its arms: "group D received A plus B", "A (group 1)", "A (C group)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.claims.arm_names import ArmName
from pipeline.claims.scene import key_of
from pipeline.model import Document, Mention, Span

_SIGN = r"(?:[A-Z]{1,2}\d?(?:[-+&][A-Z]{1,2}\d?)?|III|\d)"
_LABEL = re.compile(
    rf"\b(?i:groups?|arms?)\s(?P<sign>{_SIGN})(?![\w&+/%]|[-–−.]\w|\s?[=<>±])|"
    rf"(?:(?<=[Tt]he )|(?<=[(\[]))(?P<front>{_SIGN})[ -](?:group|arm)\b"
)
_MORE = re.compile(rf"(?:,|,? (?:and|or)|,? (?:versus|vs\.?|than|to)) (?:the )?(?P<sign>{_SIGN})(?![\w&+/%]|[-–−.]\w)")
_GIVING = re.compile(
    r"\b(?:receiv(?:ed|ing)|(?:was|were) (?:\w+ly )?(?:given|administered|used|injected|infused|treated|applied)|"
    r"treated with|given|administered|took|consumed|got|treatment with|supplement(?:ed|ation) with)\b"
)
_NO_DEFINITION = re.compile(
    r"^\s?who\b|\b(?:than|compared (?:with|to)|higher|lower|significant(?:ly)?|increased|decreased|differ\w*|similar|"
    r"improved|reduced|fail\w*|rescue|requir\w+|additional|needed|withdr\w+|switched|discontinued)\b|\bp ?[<=>]",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:either|or|and (?:an?|the)|receiv(?:e|ed|ing)|(?:assigned|allocated|randomi[sz]ed) to|given)\b|:\s"
)
_CLOSES = re.compile(r";|[.](?=\s)|\b(?:while|whereas|and then|followed by|after|before|prior|if|once)\b")
_LEGEND = re.compile(r"\s*(?:table|fig(?:ure)?)\b", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_CONTROL = re.compile(r"\b(?:control|placebo|saline|untreated|no treatment|vehicle|sham)\b", re.IGNORECASE)
# "Blood group B", "risk group 2", "group 2 antigens".
_KIND = re.compile(
    r"\b(?:age|ASA|blood|BMI|ethnic|income|muscle|NYHA|risk|sero|serogroup|stage|support|weight)[ -]$", re.I
)
_OF_LABEL = re.compile(r"\s(?:antigens?|antibod\w+|isolates?|metals?|proteins?|strains?|strepto\w+|viruses|virus)\b")
_GROUP_OF = re.compile(r"\b[Tt]he (?P<word>(?!blood|dose|high|long|short|test)[A-Za-z]{4,}) (?:group|arm)\b")
_OFTEN = 5  # times that a word must stand in one drug's name for each time in another's
_OPENING = 300  # characters that hold a title
_REACH = 300  # characters between a label and the drugs it is defined by


@dataclass(frozen=True, slots=True)
class _Definition:
    sign: str
    drugs: tuple[Mention, ...]
    clean: Span


@dataclass(frozen=True, slots=True)
class GroupLabels:
    """The labelled arms, and the places where a document defines them."""

    arms: tuple[ArmName, ...] = ()
    defined: tuple[Span, ...] = ()


def find_group_labels(document: Document, mentions: Iterable[Mention]) -> GroupLabels:
    """Return the labelled arms of a document with what each was given and not all were, its chief drug first.

    A label that is defined in two ways, or by nothing that other labelled arms did not get as well, is left out.
    """
    drugs = [m for m in mentions if m.label == "CHEMICAL" and m.role == "drug" and "gene_like" not in m.flags]
    drugs = sorted((m for m in drugs if m.clean is not None), key=_start)
    explained = {item.short for item in document.abbreviations}
    told: dict[str, list[_Definition]] = {}
    for sentence in document.sentences:
        inside = [m for m in drugs if sentence.clean.start <= _start(m) < sentence.clean.end]
        if not _LEGEND.match(document.clean.text, sentence.clean.start):
            for one in _read_sentence(document.clean.text, sentence.clean, inside):
                told.setdefault(one.sign, []).append(one)
    keys = {sign: {key_of(m) for one in listed for m in one.drugs} for sign, listed in told.items()}
    arms = []
    for sign, listed in told.items():
        always = _always_named(listed)
        own = [m for m in always if not any(key_of(m) in keys[other] for other in keys if other != sign)]
        if own and sign not in explained:
            rest = tuple(m for m in always if key_of(m) != key_of(own[0]))
            arms.append(ArmName(sign, (own[0], *rest), listed[0].clean))
    return GroupLabels(tuple(arms), tuple(one.clean for listed in told.values() for one in listed))


def label_mentions(
    document: Document, labels: GroupLabels, mentions: Iterable[Mention]
) -> tuple[tuple[Mention, ...], Mapping[str, tuple[Mention, ...]]]:
    """Return a drug mention for each place that speaks of a labelled arm, and by its words the arm's other drugs."""
    if not labels.arms:
        return (), {}
    taken = sorted(m.clean for m in mentions if m.label == "CHEMICAL" and m.clean is not None)
    named = {arm.name: arm for arm in labels.arms}
    text = document.clean.text
    made: list[Mention] = []
    partners: dict[str, tuple[Mention, ...]] = {}
    for sign, clean in _find_labels(text, 0, len(text)):
        arm = named.get(sign)
        spans = document.clean.to_source(clean.start, clean.end)
        if arm is None or len(spans) != 1 or text[clean.start - 1 : clean.start] in ("(", "["):
            continue
        if any(clean.overlaps(other) for other in (*labels.defined, *taken)):
            continue
        words = document.quote(spans[0])
        made.append(replace(arm.drugs[0], span=spans[0], text=words, clean=clean, flags=("arm",)))
        partners[words] = arm.drugs[1:]
    return tuple(made), partners


def part_mentions(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return a drug mention for each group that goes by one word of a drug's name: "the krill group" of krill oil.

    The drug must be named in the title or right behind it, and the word be that of hardly any other.
    """
    drugs = [m for m in mentions if m.label == "CHEMICAL" and m.clean is not None]
    owners: dict[str, Counter[str]] = {}
    first: dict[str, Mention] = {}
    for mention in drugs:
        words = re.findall(r"[a-z]{4,}", mention.text.lower())
        for word in words if len(mention.text.split()) > 1 else ():
            owners.setdefault(word, Counter())[key_of(mention)] += 1
        if mention.role == "drug" and "class" not in mention.flags and _start(mention) < _OPENING:
            first.setdefault(key_of(mention), mention)
    text = document.clean.text
    taken = sorted(m.clean for m in drugs if m.clean is not None)
    made = []
    for match in _GROUP_OF.finditer(text):
        owner = owners.get(match["word"].lower(), Counter())
        clean = Span(match.start("word"), match.end("word"))
        spans = document.clean.to_source(clean.start, clean.end)
        key, times = owner.most_common(1)[0] if owner else ("", 0)
        if key not in first or len(spans) != 1 or times < max(2, _OFTEN * (owner.total() - times)):
            continue
        if not any(clean.overlaps(other) for other in taken):
            words_there = document.quote(spans[0])
            made.append(replace(first[key], span=spans[0], text=words_there, clean=clean, flags=("arm",)))
    return tuple(made)


def _find_labels(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Yield the labels of a stretch with their places; of "groups A and B" each letter."""
    for match in _LABEL.finditer(text, start, end):
        if _KIND.search(text, max(start, match.start() - 24), match.start()) or _OF_LABEL.match(text, match.end(), end):
            continue
        if match["front"] is not None:
            yield match["front"], Span(match.start(), match.end())
            continue
        plural = match.group().split()[0].endswith("s")
        yield match["sign"], Span(match.start("sign") if plural else match.start(), match.end())
        while plural and (match := _MORE.match(text, match.end(), end)) is not None:  # type: ignore[assignment]
            yield match["sign"], Span(match.start("sign"), match.end("sign"))


def _read_sentence(text: str, sentence: Span, drugs: Sequence[Mention]) -> Iterator[_Definition]:
    labels = list(_find_labels(text, sentence.start, sentence.end))
    for place, (sign, clean) in enumerate(labels):
        before = labels[place - 1][1].end if place else sentence.start
        behind = labels[place + 1][1].start if place + 1 < len(labels) else sentence.end
        if text[clean.start - 1 : clean.start] in ("(", "["):
            opened = [match.end() for match in _OPENS.finditer(text, before, clean.start)]
            phrase = Span(max(opened[-1] if opened else before, clean.start - _REACH), clean.start - 1)
        else:
            bracket = _BRACKET.match(text, clean.end, behind)
            inside = None if bracket is None else Span(bracket.start("inside"), bracket.end("inside"))
            if inside is not None and (_listed(text, inside, drugs) or _CONTROL.search(text, inside.start, inside.end)):
                phrase = inside
            else:
                phrase = _clause_behind(text, clean.end if bracket is None else bracket.end(), behind)
                if not _tells_given(text, clean, phrase):
                    continue
        listed = _listed(text, phrase, drugs)
        if listed or _CONTROL.search(text, phrase.start, phrase.end):
            yield _Definition(sign, listed, Span(min(clean.start, phrase.start), max(clean.end, phrase.end)))


def _clause_behind(text: str, start: int, end: int) -> Span:
    stop = _CLOSES.search(text, start, min(end, start + _REACH))
    return Span(start, stop.start() if stop else min(end, start + _REACH))


def _tells_given(text: str, label: Span, clause: Span) -> bool:
    """Whether the words behind a label say what its arm was given, and report no result."""
    words = text[clause.start : clause.end]
    if _NO_DEFINITION.search(words):
        return False
    return bool(re.match(r"\s?[:=]", words) or _GIVING.search(words))


def _listed(text: str, phrase: Span, drugs: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the drugs of a stretch outside its brackets, each once."""
    found: dict[str, Mention] = {}
    for mention in drugs:
        if mention.clean is not None and phrase.covers(mention.clean):
            words = text[phrase.start : mention.clean.start]
            if words.count("(") <= words.count(")") and words.count("[") <= words.count("]"):
                found.setdefault(key_of(mention), mention)
    return tuple(found.values())


def _always_named(definitions: Sequence[_Definition]) -> list[Mention]:
    """Return the drugs that every definition names, in the order of the first; none where one names a control."""
    telling = [one.drugs for one in definitions]
    return [m for m in telling[0] if all(key_of(m) in {key_of(other) for other in drugs} for drugs in telling)]


def _start(mention: Mention) -> int:
    return -1 if mention.clean is None else mention.clean.start
