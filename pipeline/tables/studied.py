"""What a table is about: the drug that its caption or the paper's title says was given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.model.claims import FieldSource
from pipeline.tables.context import TableContext
from pipeline.tables.naming import FoundName, find_names, only_one
from pipeline.tables.result_lexicon import INDUCERS, NO_DRUG
from pipeline.tables.texts import CellText
from pipeline.tables.values import read_doses

SIZE = re.compile(r"[\[(]?\b[nN]\s?=\s?(\d[\d,]*)\s?[\])]?")
STATISTIC = re.compile(
    r"[\s,;:(\[]*\b(?:n\s?/\s?N|[nN]o?\.?\s?\(\s?%\s?\)"
    r"|(?:(?:adjusted|ls|geometric|least[- ]squares?)\s)?(?:mean|median)s?)"
    r"(?:\s?(?:±|\+/-|\(|\[|,)?\s?(?:s\.?[de]\.?m?\.?|iqr|range|95 ?% ?ci|ci|%)\s?[)\]]?)*"
    r"[)\]]?\s*(?:\(\w{1,12}\)\s*)?$"
    r"|[\s,;]*[(\[](?:%|s\.?[de]\.?m?\.?|iqr|range)[)\]]\s*$",
    re.IGNORECASE,
)
"""What a label's end says of the numbers below it: ", n/N (%)", "(mean ± SD)", "median (days)"."""
COMPARATOR = re.compile(
    r"(?:placebo|vehicle|sham|untreated|non-?treated|controls?|saline|pbs|dmso|standard diet|chow|water)", re.IGNORECASE
)
_CARRIER = re.compile(
    rf"(?:(?:distilled|deioni[sz]ed|sterile|tap|drinking|normal|physiological) )?(?:{COMPARATOR.pattern})",
    re.IGNORECASE,
)
JOINER = re.compile(r"\s?\+\s?|\s(?:plus|and|with)\s", re.IGNORECASE)
"""What stands between drugs that were given together."""
_GIVES = re.compile(
    r"\b(?:effects?|efficacy|trial|treatment|supplementation|therapy|administration) (?:of|with)\s+(?:\w+\s)?$", re.I
)
_IS_GIVEN = re.compile(
    r"^\s(?:supplement\w*|treatment|therapy|versus|vs|administration|intake|infusion)\b", re.IGNORECASE
)
_GIVEN = re.compile(
    r"\b(group|treated|treatment|arm|period|phase|supplement\w*|infusion|injection|doses?|n\s?=|recombinant|purified|pegylated"
    r"|synthetic|exogenous)",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:receiving|undergoing|users? of|taking|during|induced by|after|on|under|resistan(?:t|ce) to|given)\s+$", re.I
)
INDUCED = re.compile(
    r"^[- ](?:induced|resistant|associated|related|treated|na[iï]ve|dependent|evoked)\b", re.IGNORECASE
)
_INDUCES = re.compile(
    r"^[- ](?:induced|evoked|intoxicated|challenged|injected|lesioned|mediated|exposed|sensiti[sz]ed"
    r"|treated(?= (?:rats?|mice|mouse|animals)))\b|^\s(?:\w+\s)?\w*(?:toxicity|poisoning|intoxication|overdose)\b",
    re.IGNORECASE,
)
_SOLVENT = re.compile(
    r"(?:n-?)?(?:hexane|ethanol|methanol|butanol|ethyl acetate|chloroform|dichloromethane|petroleum ether|diethyl ether"
    r"|ether|acetone|water|propanol|acetonitrile)",
    re.IGNORECASE,
)
_EXTRACT = re.compile(r"\s(?:[\w-]+\s)?(?:extracts?|fractions?)\b", re.IGNORECASE)
_EXPOSED = re.compile(
    r"\b(?:exposed|exposure|intoxicated|challenged|poisoned|intoxication) (?:to|with|by)\s(?:\S+\s){0,2}$"
)
_LISTED = re.compile(r"\s?(?:,|/|\+|,? and|,? or|and/or|plus)\s?(?:nano\w*\s)?", re.IGNORECASE)
_JOINED = re.compile(r"^\s*(?:plus|and|\+|combined with|in combination with|with)\s*$", re.IGNORECASE)
_PREDICATES = (
    r"lowers?|lowered|reduces?|reduced|improves?|improved|increases?|increased|decreases?|decreased"
    r"|enhances?|enhanced|prevents?|prevented|attenuates?|attenuated|protects?|protected|ameliorates?"
    r"|ameliorated|extends?|extended|suppresses|suppressed|alters?|affects?|induces?|promotes?|raises?"
    r"|inhibits?|reverses?|delays?|provides?"
)
_PREDICATE = re.compile(rf"\b(?:{_PREDICATES}|(?<=\s)on(?=\s)|(?<=\s)for(?=\s))\b", re.IGNORECASE)
_TITLED = (
    re.compile(
        r"\b(?:effects?|efficacy|impact|influence|benefits?|trial|study|role)(?: and \w+)? of (?P<name>[^,:;()]{3,60}?)"
        r"(?=\s(?:on|in|for|as|versus|vs\.?|compared|to|supplement\w*|treatment|therapy|administration|ingestion)\b|[,:(])",
        re.IGNORECASE,
    ),
    re.compile(rf"^(?P<name>[^,:;()]{{3,50}}?)(?:,\san?\s[^,]{{3,60}},)?\s(?=(?:{_PREDICATES})\b)", re.IGNORECASE),
    re.compile(
        r"^(?P<name>[^,:;()]{3,50}?)(?:,\san?\s[^,]{3,60}?)?\s(?:supplementation\s)?(?:in|for|as)\s(?:the\s)?"
        r"(?:treatment|management|prevention|prophylaxis|patients|children|adults)\b",
        re.IGNORECASE,
    ),
)
_ADJECTIVES = re.compile(
    r"(?:(?:an?|the|oral|topical|inhaled|intravenous|dietary|daily|(?:low|high|single)[- ]dose|concentrated|adjunctive"
    r"|adjuvant|short[- ]term|long[- ]term|once[- ]daily|novel|new|\d+(?:\.\d+)?\s?m?g)\s)+",
    re.IGNORECASE,
)
_APPOSITION = re.compile(r",\s(?:an?|the)\s[^,]{3,60},")
_GIVING = re.compile(
    r"\b(?:administration|infusion|injection|supplementation|ingestion|treatment|dos(?:e|ing)) (?:of|with)\s+"
    r"(?:\S+\s){0,2}$",
    re.IGNORECASE,
)
_GIVEN_AFTER = re.compile(
    r"^\s(?:was |were )?(?:administ\w+|supplement\w*|infus\w+|inject\w+|ingest\w+)\b", re.IGNORECASE
)


def find_studied(context: TableContext) -> tuple[FieldSource, tuple[FoundName, ...]] | None:
    """Return the one drug, or the drugs given together, that the caption or else the title is about."""
    sources: tuple[tuple[FieldSource, CellText], ...] = (
        ("caption", context.typed.caption), ("document", context.title()),
    )  # fmt: skip
    for source, text in sources:
        names = [name for name in find_given(context, text) if "class" not in name.flags] or _find_said_given(
            context, text
        )
        names = [
            name for name in names
            if not _BACKGROUND.search(text.text[: name.start]) and not INDUCED.match(text.text[name.end :])
        ]  # fmt: skip
        names = _narrow(text.text, names)
        if not names:
            continue
        if only_one(names) is not None:
            return source, (names[0],)
        joined = all(_JOINED.match(text.text[a.end : b.start]) for a, b in pairwise(names))
        return (source, tuple(names)) if joined else None
    return None


def find_titled(context: TableContext) -> tuple[FieldSource, tuple[FoundName, ...]] | None:
    """Return what the title says was tried, by its own words, where a placebo stands beside it in the table.

    For substances that no vocabulary knows: extracts, mixtures, development codes.
    """
    typed = context.typed
    texts = [part for column in typed.columns for part in column.parts] + [row.cells[0] for row in typed.rows]
    if not any(re.search(r"\b(?:placebo|vehicle)\b", text.text, re.IGNORECASE) for text in texts):
        return None
    title = context.title()
    match = next((found for pattern in _TITLED if (found := pattern.search(title.text))), None)
    if match is None:
        return None
    lead = _ADJECTIVES.match(title.text, match.start("name"))
    start = match.start("name") if lead is None else lead.end()
    name = title.part(start, match.end("name"))
    span = name.locate(0, len(name.text))
    words = name.text.lower().split()
    if span is None or not 0 < len(words) <= 5 or len(name.text) < 3 or NO_DRUG.search(name.text):
        return None
    if {"and", "plus", "or", "with", "versus"} & {*words}:
        return None
    return "document", (FoundName(start, start + len(name.text), name.text, "CHEMICAL", None, span),)


def _narrow(text: str, names: list[FoundName]) -> list[FoundName]:
    """Return the names before what is said of them: "X, a fibre, lowers Y" is about X."""
    if len(names) < 2:
        return names
    appositions = [match.span() for match in _APPOSITION.finditer(text)]
    kept = [name for name in names if not any(start < name.start < end for start, end in appositions)] or names
    predicate = _PREDICATE.search(text, kept[0].end)
    subject = [name for name in kept if predicate is None or name.end <= predicate.start()]
    return subject or kept


def _find_said_given(context: TableContext, text: CellText) -> list[FoundName]:
    """Return names of what the body makes too, or of classes, where the text says that they were given."""
    return [
        name
        for name in find_names(text, context.vocabulary, "CHEMICAL")
        if re.match(r"\ssupplement", text.text[name.end :], re.IGNORECASE) or _GIVING.search(text.text[: name.start])
    ]


def find_given(context: TableContext, text: CellText) -> list[FoundName]:
    """Return the drugs in a text; what the body makes counts only where it is the label or surely given."""
    found = []
    whole = STATISTIC.sub(" ", SIZE.sub(" ", text.text))
    for name in find_names(text, context.vocabulary, "CHEMICAL"):
        if _CARRIER.fullmatch(name.text):
            continue
        if {"endogenous", "gene_like"} & name.flags:
            part = next((part for part in JOINER.split(whole) if name.text in part), whole)
            rest = part.replace(name.text, " ", 1)
            if re.search(r"[A-Za-z]", rest) and not (read_doses(text.text) or _GIVEN.search(text.text)):
                continue
        found.append(_widen(text, name))
    return _merge_hyphened(text, found)


_SUGARS = re.compile(r"(?:di|mono|oligo|poly)", re.IGNORECASE)


def _merge_hyphened(text: CellText, names: Sequence[FoundName]) -> list[FoundName]:
    """Return names with those made one that a hyphen joins: "mannan-oligosaccharides" is one substance."""
    merged: list[FoundName] = []
    for name in names:
        before = merged[-1] if merged else None
        span = None if before is None else text.locate(before.start, name.end)
        linked = before is not None and before.concept is not None and name.concept is not None
        if linked and not _SUGARS.match(name.text):
            merged.append(name)  # "alloxan-metformin": a model and its treatment
        elif before is not None and span is not None and re.fullmatch(r"[-‐‑]\s?", text.text[before.end : name.start]):
            merged[-1] = FoundName(before.start, name.end, text.text[before.start : name.end], name.label, None, span)
        else:
            merged.append(name)
    return merged


def _widen(text: CellText, name: FoundName) -> FoundName:
    """Return a solvent's name with the word for what it drew out: of a "hexane extract" no hexane is given."""
    extract = _EXTRACT.match(text.text[name.end :]) if _SOLVENT.fullmatch(name.text) else None
    span = None if extract is None else text.locate(name.start, name.end + extract.end())
    if extract is None or span is None:
        return name
    end = name.end + extract.end()
    return FoundName(name.start, end, text.text[name.start : end], name.label, None, span)


def is_inducer(context: TableContext, drug: FoundName) -> bool:
    """Whether a drug is given to cause the model: by its nature, or as caption or title say "cisplatin-induced"."""
    if drug.name.lower() in INDUCERS:
        return True
    return any(
        name.name == drug.name and induced
        for text in (context.typed.caption, context.title())
        for name, induced in _tell_inducers(text.text, find_names(text, context.vocabulary, "CHEMICAL"))
    )


def _tell_inducers(text: str, names: Sequence[FoundName]) -> list[tuple[FoundName, bool]]:
    """Return names with whether they made the model: all of a list did where its last did ("A and B induced")."""
    told: list[tuple[FoundName, bool]] = []
    for name in reversed(names):
        listed = bool(told) and told[-1][1] and _LISTED.fullmatch(text[name.end : told[-1][0].start]) is not None
        told.append((name, listed or _INDUCES.match(text[name.end :]) is not None))
    forward: list[tuple[FoundName, bool]] = []
    for name, induced in reversed(told):
        listed = (
            bool(forward) and forward[-1][1] and _LISTED.fullmatch(text[forward[-1][0].end : name.start]) is not None
        )
        forward.append((name, induced or listed or _EXPOSED.search(text[: name.start]) is not None))
    return forward


def is_given(context: TableContext, found: tuple[FieldSource, tuple[FoundName, ...]]) -> bool:
    """Whether caption or title say that the drug was what the intervention gave: "effect of X", "X supplementation"."""
    text = context.typed.caption if found[0] == "caption" else context.title()
    first, last = found[1][0], found[1][-1]
    return bool(_GIVES.search(text.text[: first.start]) or _IS_GIVEN.match(text.text[last.end :]))


def is_named(context: TableContext, label: CellText) -> bool:
    """Whether caption or title hold a label's words."""
    words = STATISTIC.sub("", SIZE.sub(" ", label.text)).strip(" ,;:()").lower()
    words = re.sub(r"\s(?:group|arm|treated)$", "", words)
    own = re.findall(r"[^\W_]+", words)
    coded = re.fullmatch(r"[a-z]+-?\d+", words) is not None
    return (len(words) > 3 or coded) and any(
        {*own} <= {*re.findall(r"[^\W_]+", text.text.lower())} for text in (context.typed.caption, context.title())
    )


def is_named_as_given(context: TableContext, label: CellText) -> bool:
    """Whether caption or title speak of giving what a label names: "administration of seminal plasma"."""
    words = SIZE.sub(" ", label.text).strip(" ,;:()").lower()
    if len(words) < 4:
        return False
    for text in (context.typed.caption, context.title()):
        at = text.text.lower().find(words)
        if at >= 0 and (_GIVING.search(text.text[:at]) or _GIVEN_AFTER.match(text.text[at + len(words) :])):
            return True
    return False
