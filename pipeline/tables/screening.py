"""Which tables can hold claims, and of which make they are."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.tables.typed import TypedTable
from pipeline.tables.values import read_values

TableMake = Literal["endpoints", "arms", "results", "none"]

_NOT_RESULTS = re.compile(
    r"(?<!from )(?<!over )(?<!for )(?<!by )(?<!to )(?<!minus )(?<!versus )(?<!vs )(?<!vs\. )(?<!with )(?<!from the )"
    r"\bbaseline\b(?! (?:and|to|through)\b|[- ]adjusted"
    r"|\s?(?:\([^()]*\))?,? and\b[^.;]*\b(?:changes?|after|end|post\w*|follow-?up)\b)"
    r"|\bat (?:the )?(?:study |trial )?(?:admission|recruitment|enrol\w+|entry|inclusion|presentation|start"
    r"|randomi[sz]ation)\b|\b(?:on|upon) (?:admission|entry|inclusion)\b"
    r"|^(?:table \w+\W*)?(?:the )?questionnaires?\b"
    r"|\b(demographics?|demography|(?<!block )(?<!blockade )(?<!postoperative )characteristics"
    r"|eligib\w+|inclusion criteria"
    r"|exclusion criteria|schedule of|assessments? schedule|pharmacokinetic\w*"
    r"|primers?|oligonucleotides?|antibod(?:y|ies)(?! (?:tit(?:er|re)s?|levels?|responses?|concentrations?|production))"
    r"|correlations?|reagents?|plasmids?|sequences?|abbreviations?|search strateg\w+"
    r"|gene ontology|ingredients"
    r"|(?<!body )compositions?|concentrations? targeted|(?:uni|multi)-?variate|cox(?! ?-?[12]\b|[- ]inhib)"
    r"|(?<!tumor )(?<!tumour )regression|genotyp\w+|medical history"
    r"|(?:plasma|serum|blood) drug|fatty acid profiles?|formulations?(?= (?:of|used)\b|\W*$)|nomenclature"
    r"|power calculation"
    r"|sample size calculation|reference list|bibliography)\b",
    re.IGNORECASE,
)
_FITTED = re.compile(r"(?:uni|multi)-?variate|cox|regression", re.IGNORECASE)
_VERSUS = re.compile(r"\b(?:vs\.?|versus|compared (?:with|to))(?!\w)", re.IGNORECASE)
"""A model of many factors gives no claims, one that is said to compare two arms does."""
_CRITERIA = re.compile(r"\b(inclusion|exclusion|visit \d|screening)\b", re.IGNORECASE)


_AFTERWARDS = re.compile(
    r"\b(?:at the end of|after|following|post)\b[^.;]*\b(?:experiment|study|trial|treatment|therapy|intervention"
    r"|supplementation|administration|(?:weeks?|months?|days?|hours?)\b(?! before))\b",
    re.IGNORECASE,
)
_BEFOREHAND = re.compile(
    r"\b(?:before|prior to)\b(?! and\b)(?: the)?(?: start of)?(?: the)? (?:treatment|therapy"
    r"|intervention|randomi[sz]ation|study|trial|supplementation|surgery)\b(?! and\b)(?!.*\bafter\b)"
    r"|\bpre-?operative (?:data|characteristics|variables)\b",
    re.IGNORECASE,
)


_TITLE = re.compile(
    r"^(?:table \w+\W+)?(?:[^.]|\.(?!\s+(?-i:[A-Z]))|(?<=\bvs)\.|(?<=\b(?-i:[A-Z]))\.|(?<=\bal)\.|(?<=\b[Nn]o)\.)*",
    re.IGNORECASE,
)
"""A caption's first sentence: it says what the table holds, the others how it was made."""


def screen_table(typed: TypedTable) -> TableMake:
    """Return what make of claim table this is, ``"none"`` where it should give no claims."""
    kinds = {column.kind for column in typed.columns}
    title = typed.caption.text[: _TITLE.match(typed.caption.text).end()]  # type: ignore[union-attr]
    refused = _NOT_RESULTS.search(title)
    described = refused is not None and refused.group().lower() == "characteristics"
    fitted = refused is not None and _FITTED.match(refused.group()) is not None and _VERSUS.search(title) is not None
    if refused is not None and not fitted and not (described and _AFTERWARDS.search(title)):
        return "none"
    if _BEFOREHAND.search(title):
        return "none"
    if sum(bool(_CRITERIA.search(column.header.text)) for column in typed.columns) >= 2:
        return "none"
    if "met" in kinds and not _has_values(typed, "met") and kinds & {"endpoint", "outcome"}:
        return "endpoints"
    if kinds & {"dose", "drug"} and "change" in kinds and _has_values(typed, "change"):
        return "arms"
    if kinds & {"dose", "drug"} and {"control", "treated"} <= kinds and _has_values(typed, "treated"):
        return "arms"
    return "results" if len(typed.columns) > 1 and len(typed.rows) > 0 else "none"


def _has_values(typed: TypedTable, kind: str) -> bool:
    columns = [index for index, column in enumerate(typed.columns) if column.kind == kind]
    cells = [row.cells[index].text for row in typed.rows for index in columns if row.cells[index].text]
    numeric = sum(bool(read_values(text, ())) for text in cells)
    return bool(cells) and numeric * 2 >= len(cells)
