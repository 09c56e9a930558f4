"""Names of isomers: a Greek letter or a sign of handedness before a substance's name is a part of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from pipeline.nlp.candidates import Candidate
from pipeline.nlp.linking import link_mention
from pipeline.nlp.vocabulary import Vocabulary

_PREFIX: Final = re.compile(r"(?<![\w-])(?:alpha|beta|delta|epsilon|gamma|omega|[α-ω]|[DL])-$", re.IGNORECASE)
_LONGEST: Final = 9


def widen_isomer(text: str, candidate: Candidate, vocabulary: Vocabulary) -> Candidate:
    """Return a substance of one word with the prefix before it: "gamma-hexachlorocyclohexane", whatever that links to.

    A class ("beta-lactams") and a name of several words stay as they are.
    """
    prefix = _PREFIX.search(text, max(0, candidate.start - _LONGEST), candidate.start)
    if candidate.label != "CHEMICAL" or prefix is None or "class" in candidate.flags:
        return candidate
    name = text[prefix.start() : candidate.end]
    if " " in name:
        return candidate
    concept = link_mention(name, "CHEMICAL", vocabulary, abbreviations={})
    return replace(candidate, start=prefix.start(), concept=concept, suggestions=())
