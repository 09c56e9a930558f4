"""Arms of a model or a challenge that labels hide: codes that the legend explains, short forms of many meanings."""

from __future__ import annotations

import re

from pipeline.tables.context import TableContext
from pipeline.tables.explained_codes import CODE, find_explained
from pipeline.tables.labels import ArmLabel
from pipeline.tables.result_lexicon import MODEL_ARM

_CHALLENGE = re.compile(
    r"(?<!not )(?<!non-)(?<!non )(?<!no )\b(?:challeng\w+|infect\w+|(?:heat|cold|oxidative|restraint|chronic) stress\w*"
    r"|stressed|diabet\w+|high[- ]fat|inoculat\w+|intoxicat\w+|model|obese|ovariectomi[sz]ed|arthritic"
    r"|injured|\w+-induced)\b",
    re.IGNORECASE,
)
_SHORT_MODELS = {
    "HD": r"high[- ]fat", "HF": r"high[- ]fat", "WD": r"western[- ](?:style )?diet", "DM": r"diabet",
    "CMS": r"chronic mild stress", "CIA": r"collagen[- ]induced", "MOD": r"\bmodel\b",
}  # fmt: skip
"""What the legend has to speak of where a short form of many meanings is the model's arm."""


def is_challenged(context: TableContext, label: ArmLabel) -> bool:
    """Whether what a code stands for holds the model or a challenge: "basal diet + Eimeria challenge"."""
    match = CODE.match(label.text.text)
    if match is None or MODEL_ARM.match(label.text.text):
        return False
    found = find_explained(context, match["code"])
    return found is not None and _CHALLENGE.search(found[1].text) is not None


def is_short_model(context: TableContext, text: str) -> bool:
    """Whether a short form of many meanings stands for the model: "HD" where the legend speaks of a high-fat diet."""
    meant = _SHORT_MODELS.get(text)
    if meant is None or find_explained(context, text) is not None:
        return False
    words = " ".join((context.typed.caption.text, *(note.text for note in context.notes.legend)))
    return re.search(meant, words, re.IGNORECASE) is not None
