"""What was given in doses: by the words of caption and title where its arms are named by their doses alone."""

from __future__ import annotations

import re

from pipeline.model.claims import FieldSource
from pipeline.tables.context import TableContext
from pipeline.tables.naming import FoundName
from pipeline.tables.result_lexicon import NO_DRUG, SUBSTANCE_LABEL
from pipeline.tables.studied import COMPARATOR, INDUCED, find_given, find_studied, is_inducer
from pipeline.tables.texts import CellText
from pipeline.tables.values import read_doses

Described = tuple[FieldSource, tuple[FoundName, ...]]
_NAME = r"(?:the |an? )?(?P<name>[A-Za-z][\w'/-]*(?:(?:\. |[ .])[\w'/-]+){0,5}?)"
_STOP = (
    r"(?=\s(?:or|and|at|for|in|during|after|on|by|from|via|to|versus|vs|alone|against|using|when|was|were)\b"
    r"|\s?[,;:(]|\.(?!\s?[a-z])|$)"
)
_WORDS = (
    re.compile(
        r"\b(?:dosed|treated|administered|supplemented|injected|fed|gavaged|received|receiving|given)\s"
        rf"(?:(?:orally|daily|intraperitoneally|subcutaneously)\s)?(?:with\s)?"
        rf"(?:(?:different |various |graded )?(?:doses|concentrations|levels) of )?{_NAME}{_STOP}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:effects?|efficacy|impact|influence|toxicity|evaluation|assessment|activity|activities|administration)"
        rf" of {_NAME}{_STOP}",
        re.IGNORECASE,
    ),
)
SUBSTANCE = re.compile(
    r"\b(?:extracts?|fractions?|oils?|powder|juice|formulations?|compounds?|peptides?|polysaccharides?|flavonoids?|tea"
    r"|decoction|nanoparticles?|hydrochloride|acid|sodium)\b|^[A-Z][A-Z\d-]{1,7}$|-?\d{2,}$"
    r"|^[A-Z][a-z]+[A-Z]\w*$",
)
"""Words of a substance's name, or a development code."""
_PLUS = re.compile(r"\s?\+\s?|\splus\s")
_BACKGROUND = re.compile(
    r"\b(?:in combination with|added to|add-?on to|on top of|inadequately controlled (?:with|on|by)"
    r"|with background|despite|failing|taking|receiving stable)\b",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"^[- ](?:\d[\w-]*\s)?(?:receptor[- ](?:\w+ )?)?"
    r"(?:analog(?:ue)?s?|(?:ant)?agonists?|inhibitors?|blockers?|mimetics?)\b",
    re.IGNORECASE,
)


def find_dosed(context: TableContext) -> Described | None:
    """Return what arms that are named by their doses alone were given: the studied drug, else what the words say.

    What all arms took besides ("in combination with metformin") and what a drug acts on ("GLP-1 analogue X") are
    no candidates.
    """
    studied = find_studied(context)
    if studied is not None and len(studied[1]) == 1:
        return studied
    sources: tuple[tuple[FieldSource, CellText], ...] = (
        ("caption", context.typed.caption), ("document", context.title()),
    )  # fmt: skip
    for source, text in sources:
        limit = _BACKGROUND.search(text.text)
        names = [
            name for name in find_given(context, text)
            if (limit is None or name.start < limit.start()) and not _TARGET.match(text.text[name.end :])
            and not INDUCED.match(text.text[name.end :]) and not is_inducer(context, name)
        ]  # fmt: skip
        if len({name.name for name in names}) == 1:
            return source, (names[0],)
        described = None if names else _find_described(text)
        if described is not None:
            return source, (described,)
    return None


def _find_described(text: CellText) -> FoundName | None:
    for pattern in _WORDS:
        for match in pattern.finditer(text.text):
            name = match["name"]
            span = text.locate(*match.span("name"))
            if span is None or not SUBSTANCE.search(name) or NO_DRUG.search(name) or COMPARATOR.search(name):
                continue
            return FoundName(*match.span("name"), name, "CHEMICAL", None, span)
    return None


def name_substance(label: CellText) -> FoundName | None:
    """Return a label's own words where they name a substance: "SL extract group", "Ethanol fraction 200"."""
    text = label.text
    match = SUBSTANCE_LABEL.search(text)
    if match is None or "/" in text or len(text) > 60:
        return None
    if re.match(r"\s(?:of|from)\b", text[match.end() :]):
        return None  # "extract of X"
    first = match.start()
    while (further := re.compile(r"\s+" + SUBSTANCE_LABEL.pattern, re.IGNORECASE).match(text, match.end())) is not None:
        match = further
    doses = [dose for dose in read_doses(text) if dose.end <= first]
    start = doses[-1].end if doses else 0
    lead = re.match(r"\s*(?:[Gg]r(?:oup|\.)?[\s-]*[IVX\d]+\s?[:.-]\s?)?(?:\+\s?)?", text[start:])
    start += 0 if lead is None else lead.end()
    start = max([start, *(joined.end() for joined in _PLUS.finditer(text) if joined.end() <= first)])
    span = label.locate(start, match.end())
    name = text[start : match.end()]
    return None if span is None else FoundName(start, match.end(), name, "CHEMICAL", None, span)
