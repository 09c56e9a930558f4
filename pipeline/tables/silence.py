"""Arms whose values stand side by side while nothing is said of a test: when the numbers alone may be compared."""

from __future__ import annotations

import re

from pipeline.model import Outcome
from pipeline.tables.amounts import VALUE
from pipeline.tables.context import TableContext
from pipeline.tables.contrasts import Contrast
from pipeline.tables.meanings import read_meanings
from pipeline.tables.naming import find_drugs
from pipeline.tables.result_lexicon import SAFETY
from pipeline.tables.texts import CellText
from pipeline.tables.values import is_dash, read_doses

_RESULTS = re.compile(
    r"\b(?:(?:TE|S)?AEs?|reactions?|symptoms?|outcomes?|end[ -]?points?|efficacy|effects?|effectiveness"
    r"|respon\w+|results?|changes?|improve\w*"
    r"|reductions?|increases?|decreases?|adverse|side[- ]effects?|safety|toxicit\w+|tolerab\w+"
    r"|complications?|incidences?"
    r"|events?|survival|longevity|life-?\s?spans?|mortality|deaths?|recurrences?|relapses?|remission|cures?|cured|success|failures?|rates?"
    r"|after|following|post-?\w*|follow-?up|during|end of|(?:week|month|day)s? \d+)\b|[Δ∆]",
    re.IGNORECASE,
)
"""Words by which a table or a row says that it tells what happened."""
_INVENTORY = (
    r"costs?|prices?|intakes?|complian\w+|adheren\w+|isolates?|strains?|sequences?|composition|recipe|ingredients?"
    r"|medications?|pre-?operative\w*"
)
_NO_RESULT = re.compile(
    rf"\b(?:{_INVENTORY}|dos(?:e|es|age)|consum\w+|exposures?|administered|concomitant|previous|prior|history|samples?"
    r"|randomi[sz]ed|enrolled|allocated|analy[sz]ed|completed|screened|eligible|withdr[ae]w\w*|available|missing"
    r"|duration of (?:treatment|exposure|infusion|surgery|ana?esthesia|disease|follow-?up)"
    r"|follow-?up (?:time|duration)"
    r"|(?:number|no\.?) (?:of )?(?:patients|subjects|participants|animals|rats|mice|women|men|children)\W*$"
    r"|primary (?:site|tumou?r)|diagnos\w+|stage|ethnic\w*|race|weight at|baseline|before)\b",
    re.IGNORECASE,
)
"""Words of rows and captions that tell who was there and what was given, not what came of it."""
_NO_RESULTS_AT_ALL = re.compile(
    rf"\b(?:{_INVENTORY}|disposition|(?:treatments?|therap\w+) (?:received|given|used)|baseline characteristics)\b",
    re.IGNORECASE,
)
"""Words of captions whose tables tell no results."""
_THERAPY = re.compile(r"\b(?:therapy|treatments?|support|use)\W*$", re.IGNORECASE)
_P_CELL = re.compile(r"^\W*p\s?[<>=≤≥]", re.IGNORECASE)
_FIRM = re.compile(
    r"\b(?:placebo|vehicle|sham|saline|controls?|untreated|non-?treated|no (?:treatment|drug|therapy)"
    r"|usual care|standard care"
    r"|pbs|dmso)\b",
    re.IGNORECASE,
)


def compares_silently(context: TableContext, contrast: Contrast, outcome: Outcome) -> bool:
    """Whether values without a word on significance may be compared.

    The arms must name a drug and its control, or two drugs with the number of those who got them, and caption or row
    must tell of what happened.
    """
    treated, control = contrast.treated, contrast.control
    caption = context.typed.caption.text
    if contrast.within or not _reads_alike(contrast):
        return False
    if treated.source not in ("row", "header") and not (read_doses(treated.text.text) and control.role == "control"):
        return False
    if control.role == "control":
        if control.control is None:
            return False
        start, end = control.control
        if contrast.estimate is not None and re.search(r"[(\[]", contrast.estimate[0].text):
            return False
        if contrast.estimate is not None and not SAFETY.search(f"{caption} {outcome.text}"):
            return True
        word = control.text.text[start:end]
        if not _FIRM.search(read_meanings(context).get(word, word)):
            return False
    elif not (control.drugs and _is_sized(contrast)):
        return False
    if _states_p(context):
        return False
    around = " ".join(text.text for _, text in (*contrast.outcomes, *contrast.around))
    if _NO_RESULT.search(outcome.text) or _NO_RESULTS_AT_ALL.search(caption) or _names_drug(context, outcome):
        return False
    return _RESULTS.search(f"{caption} {around}") is not None


def _states_p(context: TableContext) -> bool:
    """Whether cells of the table's body hold p-values, which then speak of other rows or of several."""
    return context.remember(
        ("states p",), lambda: any(_P_CELL.match(cell.text) for row in context.typed.rows for cell in row.cells)
    )


def _names_drug(context: TableContext, outcome: Outcome) -> bool:
    """Whether a row is named by a drug or a therapy, and so tells what was given: "Antibiotics, n (%)"."""
    text = CellText(outcome.text, tuple(range(len(outcome.text))))
    return bool(find_drugs(text, context.vocabulary)) or _THERAPY.search(outcome.text) is not None


def _reads_alike(contrast: Contrast) -> bool:
    """Whether both cells hold a value of the same make, and not the bounds of an interval."""
    shapes: list[tuple[bool, bool]] = []
    for cell in contrast.cells:
        match = VALUE.match(cell.text)
        if (
            match is None
            or is_dash(cell.text)
            or re.match(r"[\s%]*(?:to\b|[–—-]\s?\d)", cell.text[match.end("first") :])
        ):
            return False
        shapes.append((bool(match["percent"]), bool(match["of"])))
    return shapes[0] == shapes[1]


def _is_sized(contrast: Contrast) -> bool:
    """Whether both arms say how many were in them."""
    labels = [label or own for label, own in zip(contrast.sizes, (contrast.treated, contrast.control), strict=True)]
    return all(label.size is not None for label in labels)
