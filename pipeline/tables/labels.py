"""Arm labels in headers and row names: who was given what, and who was the control."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from pipeline.model.claims import FieldSource
from pipeline.tables.context import TableContext
from pipeline.tables.described import find_dosed
from pipeline.tables.meanings import GROUP_CODE, GROUP_KEY, WORD, read_meanings
from pipeline.tables.naming import FoundName, find_names
from pipeline.tables.result_lexicon import ELEMENTS, NO_DRUG, SUBSTANCE_LABEL
from pipeline.tables.studied import (
    JOINER,
    SIZE,
    STATISTIC,
    find_given,
    find_studied,
    find_titled,
    is_given,
    is_named,
    is_named_as_given,
)
from pipeline.tables.texts import CellText
from pipeline.tables.values import read_doses

LabelRole = Literal["treated", "control", "healthy", "plain"]

CONTROL = re.compile(
    r"\b((?:placebo|vehicle|sham)(?![- ]control)|untreated|non-?treated|controls?(?! (?:exam\w*|visit|assessment|period"
    r"|phase)s?\b)|(?:phosphate[- ]buffered |normal "
    r"|physiological )?saline"
    r"|pbs|no (?:treatment|drug|therapy)|none|dmso|standard diet|chow|usual care|standard care|ctrl|ctl|water)\b",
    re.IGNORECASE,
)
HEALTHY = re.compile(
    r"\b(normal(?! saline)|healthy|na[iï]ve|intact|lean|non-?diabetic|wild[- ]?type|blank)\b", re.IGNORECASE
)
_ROLE = re.compile(
    r"\b(treated|treatment|active|supplement(?:ed|ation)?|experimental|verum|drug|intervention|medicated)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(intervention|experimental)\b", re.IGNORECASE)
_NO_ARM = re.compile(
    r"\b(baseline|before|pre-?treatment|post-?treatment|prior|total|all(?! doses\b)|overall|difference|ratio|sd|sem?|ci"
    r"|range|iqr|p[- ]?values?|history|use|users?|level|levels|concentrations?|non-?responders?|responders?|patients on"
    r"|taking)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"(?<=\+)\s?[A-Za-z0-9-]+|[A-Za-z0-9-]+(?=\s?\+)")
_GENERIC = frozenset(
    "group groups arm the of in with and plus treated treatment rats mice patients animals only alone n diet"
    " fed mean median sd sem se iqr no".split()
)
_WITHOUT = re.compile(r"^(?:(?:no|without|non|not(?: given| on)?)[- ]|[−–-]\s?(?=[A-Za-z]))", re.IGNORECASE)
_LACKS = re.compile(r"^\s?(?:[−–-]|\([−–-]\))\s*$")
_CARRIED = re.compile(r"^\s?\(\s?(?:[+−–-]|in|without|with)?\s?$")
"""What stands between a control and what only describes it: "Vehicle (DMSO)", "Vehicle (−alloxan)"."""
_STRENGTH = re.compile(r"\b(?:hypertonic|hypotonic)\s(?:\(?\d+(?:\.\d+)?\s?%\)?\s)?$", re.IGNORECASE)
_MEASURED = re.compile(
    r"[(\[]\s?(?:[munpfkµμ]?(?:mol|g|U|IU|kat|eq)|units?)\s?(?:of \w+ \w+\s?)?/\s?"
    r"(?:(?:min/)?m?g\s?(?:of )?(?:protein|prot\b|tissue|wet|Hb)"
    r"|min|d[lL])|[(\[]\s?(?:[mµμk]?I?U|units?)\s?/\s?(?:[mdµμ]?[lL]|m?g)",
)
"""The unit of what is measured: "MDA (nmol/mg protein)" is no arm that was given MDA."""
_HISTORY = re.compile(
    r"\b(?:na[iï]ve (?:to|patients)|-?na[iï]ve$|inadequate(?:ly)? (?:respon\w+|controlled)|respon\w+ to"
    r"|refractory|intolerant|previously treated|pre-?treated|experienced)\b",
    re.IGNORECASE,
)
"""Who had a drug before, or did not bear it: a population and no arm."""
_SHARE = re.compile(
    r"^\W*(?:%|per ?cent(?:age)?) (?:of|vs\.?|from|change|restoration|recovery|inhibition|protection)\b"
    r"|\b(?:treatment|group) (?:comparisons?|differences?|effects?)\b|\bcomparison$",
    re.IGNORECASE,
)
"""Heads of columns that compare arms, which are none themselves: "% of control", "Treatment comparison"."""
_SIGNED = re.compile(r"^\(?(?P<sign>[+−–-])\s?(?P<name>[A-Z][A-Za-z]{1,5})\)?$")
_GROUPED = re.compile(r"\bgroups?\b", re.IGNORECASE)
_LEVEL_WORD = re.compile(r"\b(?:low|lower|medium|middle|mid|moderate|high|higher)[- ]?doses?\b", re.IGNORECASE)
_DOSE_WORDS = re.compile(
    r"\b(?:low|lower|medium|middle|mid|moderate|high|higher|doses?|group|arm|at|of|per|kg|bw|body|weight|day|daily|once|twice|q?[bd]\.?i?\.?d?|"
    r"[pisc]\.?\s?[opvc]\.?)\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"^(?:difference:?\s|change:?\s)?(.{2,70}?)\s+(?:vs?\.?|versus|compared (?:with|to)|minus"
    r"|relative to)\s+(.{2,70}?)\s*(?:[,:(].*|(?:mean |adjusted )?(?:differences?|ratios?)\b.*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ArmLabel:
    """What a header or a row name says of an arm.

    Attributes:
        text: the label; ``drugs``: what was given, the first named first; ``source``: where the drugs stand.
        control: the word for the comparator in ``text``, as bounds.
        size: the arm's n with its bounds in ``text``.
        against: the comparator's text, where the table's arms taken together tell it.
    """

    text: CellText
    role: LabelRole
    drugs: tuple[FoundName, ...] = ()
    source: FieldSource = "header"
    control: tuple[int, int] | None = None
    size: tuple[int, int, int] | None = None
    against: CellText | None = None

    @property
    def names(self) -> frozenset[str]:
        """The names of what was given."""
        return frozenset(drug.name for drug in self.drugs)

    @property
    def core(self) -> frozenset[str]:
        """The label's own words without those that only say that it is the control."""
        return frozenset(token for token in self.tokens if not CONTROL.fullmatch(token))

    @property
    def tokens(self) -> frozenset[str]:
        """The label's own words, without sizes and words that every label has."""
        words = (word.group().lower() for word in WORD.finditer(SIZE.sub(" ", self.text.text)))
        return frozenset(part for word in words for part in re.split(r"[+/]", word) if part and part not in _GENERIC)


def read_label(context: TableContext, text: CellText, source: FieldSource) -> ArmLabel | None:
    """Return the arm that a header or row name stands for; ``None`` where it does not read as an arm's."""
    coded = GROUP_CODE.match(text.text) and _GROUPED.search(context.typed.columns[0].header.text)
    if (
        (not re.search(r"[A-Za-z]", text.text) and not coded)
        or len(text.text) > 120
        or split_contrast(text) is not None
        or _MEASURED.search(text.text)
        or _HISTORY.search(text.text)
        or _SHARE.search(text.text)
    ):
        return None
    match = SIZE.search(text.text)
    size = None if match is None else (int(match.group(1).replace(",", "") or 0), match.start(1), match.end(1))
    drugs = _read_drugs(context, text) or _read_signed(context, text)
    control = CONTROL.search(text.text)
    strength = None if control is None else _STRENGTH.search(text.text, 0, control.start())
    if control is not None and strength is not None:
        drugs = drugs or _name_solution(text, strength.start(), control.end())
        control = None
    if (
        control is not None
        and drugs
        and _CARRIED.match(text.text[control.end() : drugs[0].start])
        and not control.start()
    ):
        drugs = ()
    label = ArmLabel(text, "plain", drugs, source, size=size)
    if _NO_ARM.search(STATISTIC.sub("", text.text)):
        return None
    without = _WITHOUT.match(text.text)
    if drugs and without is not None and drugs[0].start <= without.end() + 1:
        return replace(label, role="control", drugs=(), control=(without.start(), drugs[0].end))
    if len(drugs) == 1 and _LACKS.match(text.text[drugs[0].end :]):
        return replace(label, role="control", drugs=(), control=(drugs[0].start, len(text.text)))
    if drugs and JOINER.search(text.text):
        drugs = _merge(drugs, _read_defined(context, text, label))
    if drugs:
        return replace(label, role="treated", drugs=drugs)
    defined = _read_defined(context, text, label)
    if defined is not None:
        return defined
    if control is not None:
        role: LabelRole = "healthy" if HEALTHY.search(text.text) else "control"
        return replace(label, role=role, control=control.span())
    if HEALTHY.search(text.text):
        return replace(label, role="healthy")
    if _names_dose_alone(text):
        studied = find_dosed(context)
        if studied is not None and {dose.numbers for dose in read_doses(text.text)} == {(0.0,)}:
            return replace(label, role="control", control=(0, len(text.text)))
        if studied is not None and len(studied[1]) == 1:
            return replace(label, role="treated", drugs=studied[1], source=studied[0])
    if _ROLE.search(text.text):
        found = find_studied(context) or find_titled(context)
        if found is not None and (not _VAGUE.search(text.text) or is_given(context, found)):
            return replace(label, role="treated", drugs=found[1], source=found[0])
        return label if SUBSTANCE_LABEL.search(text.text) else None
    return label


def _name_solution(text: CellText, start: int, end: int) -> tuple[FoundName, ...]:
    """Return a solution that is given for its own effect, as hypertonic saline is, as what was given."""
    span = text.locate(start, end)
    name = text.text[start:end]
    return () if span is None else (FoundName(start, end, name, "CHEMICAL", None, span),)


def _holds_unknown(meaning: str, named: Sequence[FoundName]) -> bool:
    """Whether a meaning joins the named drugs with something that has no known name: "cadmium + leaf extract"."""
    parts = JOINER.split(meaning)
    if len(parts) <= len(named):
        return False
    known = {drug.text.lower() for drug in named}
    return any(
        re.search(r"\b(?:extract|oil|juice|powder|compound|peptide|antibody|inhibitor|vaccine|[A-Z]{2,}-?\d+)\b", part)
        and not any(name in part.lower() for name in known)
        for part in parts
    )


def _names_dose_alone(text: CellText) -> bool:
    """Whether a label says no more of its arm than the dose: "100 mg/kg", "Low dose (n = 8)"."""
    rest = STATISTIC.sub("", SIZE.sub(" ", text.text))
    doses = [dose for dose in read_doses(rest) if dose.unit not in ("%", "g", "U", "kg")]
    for dose in reversed(doses):
        rest = rest[: dose.start] + rest[dose.end :]
    level = _LEVEL_WORD.search(rest)
    rest = _DOSE_WORDS.sub(" ", rest)
    return bool(doses or level) and not re.search(r"[A-Za-z]", rest)


def _merge(drugs: tuple[FoundName, ...], defined: ArmLabel | None) -> tuple[FoundName, ...]:
    """Return the drugs of a label and those that its short forms stand for, in the label's order."""
    more = () if defined is None else defined.drugs
    free = [drug for drug in more if not any(drug.start < own.end and own.start < drug.end for own in drugs)]
    known = {drug.name for drug in drugs}
    return tuple(sorted((*drugs, *(drug for drug in free if drug.name not in known)), key=lambda drug: drug.start))


def split_contrast(text: CellText) -> tuple[CellText, CellText] | None:
    """Return the two sides of "metformin versus placebo"."""
    match = _CONTRAST.match(text.text)
    return None if match is None else (text.part(*match.span(1)), text.part(*match.span(2)))


def name_unlinked(context: TableContext, label: ArmLabel, control: ArmLabel) -> FoundName | None:
    """Return the label's own words as the name of what was given, where it is surely a substance.

    A dose in the label says so, a placebo or vehicle beside it while both labels give their n, or caption or title
    speak of giving it.
    """
    text = label.text.text
    doses = [dose for dose in read_doses(text) if dose.unit not in ("%", "g", "U", "kg")]
    word = "" if control.control is None else control.text.text[slice(*control.control)]
    word = read_meanings(context).get(word, word).lower()
    spelt = _find_spelt(context, label) if word in ("placebo", "vehicle") else None
    if spelt is not None:
        return spelt
    sized = word in ("placebo", "vehicle") and ((label.size and control.size) or is_named(context, label.text))
    if not doses and not sized and not is_named_as_given(context, label.text):
        return None
    start = next((dose.end for dose in doses if not text[: dose.start].strip()), 0)
    start += len(text) - start - len(text[start:].lstrip())
    limit = min(
        [len(text)] + [dose.start for dose in doses if dose.start >= start] + ([label.size[1]] if label.size else [])
    )
    bare = re.match(r"^.*?[A-Za-z0-9)](?=\s*(?:[(\[,:-]\s*)?(?:\b[nN]\s?=\s?)?$)", text[start:limit].rstrip(" (["))
    name = label.text.part(start, limit if bare is None else start + bare.end())
    trimmed = re.search(r"[\s,(\[]*(?:\b[nN]\s?=\s?)?$", name.text)
    name = name if trimmed is None else name.part(0, trimmed.start())
    trimmed = re.search(r"(?:[-\s](?:group|treated|arm|dose|at))+$", name.text, re.IGNORECASE)
    name = name if trimmed is None else name.part(0, trimmed.start())
    span = name.locate(0, len(name.text))
    if span is None or not re.search(r"[A-Za-z]{2}", name.text) or NO_DRUG.search(name.text) or len(name.text) > 40:
        return None
    if re.search(r"\b(low|high|medium|middle|mid)\b", name.text, re.IGNORECASE):
        return None
    return FoundName(0, len(name.text), name.text, "CHEMICAL", None, span)


def _find_spelt(context: TableContext, label: ArmLabel) -> FoundName | None:
    """Return what a label's short form stands for as caption or title spell it out, where it is no known name."""
    words = WORD.findall(SIZE.sub(" ", label.text.text))
    meaning = read_meanings(context).get(words[0]) if words else None
    if meaning is None or not 3 < len(meaning.strip()) <= 40 or NO_DRUG.search(meaning) or CONTROL.search(meaning):
        return None
    for text in (context.typed.caption, context.title()):
        start = text.text.find(meaning.strip())
        span = None if start < 0 else text.locate(start, start + len(meaning.strip()))
        if span is not None:
            return FoundName(start, start + len(meaning.strip()), meaning.strip(), "CHEMICAL", None, span)
    return None


def _read_drugs(context: TableContext, text: CellText) -> tuple[FoundName, ...]:
    names = find_given(context, text)
    meanings = read_meanings(context)
    kept: list[FoundName] = []
    for name in names:
        meaning = meanings.get(name.text)
        if meaning is not None and name.text.isupper() and not _drugs_of(context, meaning):
            continue
        if name.name not in {other.name for other in kept}:
            kept.append(name)
    return tuple(kept)


def _read_signed(context: TableContext, text: CellText) -> tuple[FoundName, ...]:
    """Return the studied drug of "+Cd" and "−Cd", where both head columns and the letters stand for it."""
    match = _SIGNED.match(text.text)
    if match is None:
        return ()
    parts = {part.text for column in context.typed.columns for part in column.parts}
    signs = {
        found["sign"] == "+" for part in parts if (found := _SIGNED.match(part)) and found["name"] == match["name"]
    }
    studied = find_studied(context) if len(signs) == 2 else None
    span = text.locate(*match.span("name"))
    if (
        studied is None
        or len(studied[1]) != 1
        or span is None
        or not _stands_for(context, match["name"], studied[1][0])
    ):
        return ()
    return (replace(studied[1][0], start=match.start("name"), end=match.end("name"), text=match["name"], span=span),)


def _stands_for(context: TableContext, short: str, drug: FoundName) -> bool:
    """Whether letters are an element's symbol, "Cd" of cadmium, or what the document defines or links as the drug."""
    meaning = ELEMENTS.get(short) or read_meanings(context).get(short, short)
    text = CellText(meaning, tuple(range(len(meaning))))
    return {name.name for name in find_names(text, context.vocabulary, "CHEMICAL")} == {drug.name}


def _drugs_of(context: TableContext, meaning: str) -> list[FoundName]:
    return find_given(context, CellText(meaning, tuple(range(len(meaning)))))


def _spell_out(meaning: str, meanings: Mapping[str, str]) -> str:
    """Return a meaning with the short forms in it spelt out: "urinary FSH" in a paper that defines FSH."""
    return WORD.sub(lambda word: meanings.get(word.group(), word.group()), meaning)


def _read_defined(context: TableContext, text: CellText, label: ArmLabel) -> ArmLabel | None:
    """Return the label with what its short forms or its group stand for."""
    meanings = read_meanings(context)
    group = GROUP_KEY.match(text.text)
    places = [] if group is None else [(" ".join(group.group().lower().split()), group.start(), group.end())]
    if group is None and GROUP_CODE.match(text.text) and _GROUPED.search(context.typed.columns[0].header.text):
        places = [(f"group {text.text.lower()}", 0, len(text.text))]
    words = [*WORD.finditer(text.text), *(word for word in _PART.finditer(text.text))]
    places += [(word.group(), word.start(), word.end()) for word in sorted(words, key=lambda word: word.span())]
    drugs: list[FoundName] = []
    for key, start, end in places:
        meaning = meanings.get(key)
        span = None if meaning is None else text.locate(start, end)
        if meaning is None or span is None:
            continue
        named = _drugs_of(context, meaning) or _drugs_of(context, _spell_out(meaning, meanings))
        if named and _holds_unknown(meaning, named):
            return replace(label, role="plain")
        for name in named:
            if name.name not in {other.name for other in drugs}:
                drugs.append(replace(name, start=start, end=end, text=context.quote(span), span=span))
        if not named and CONTROL.search(meaning) and not drugs:
            role = "healthy" if HEALTHY.search(meaning) else "control"
            return replace(label, role=cast("LabelRole", role), control=(start, end))
    return replace(label, role="treated", drugs=tuple(drugs)) if drugs else None
