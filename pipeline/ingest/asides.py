"""Paragraphs of front and back matter that stand among the running text: keywords, editors, licences, funding."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.ingest.asides_lexicon import ASIDE_LABELS, LICENCE_OPENINGS

_LABEL = re.compile(
    rf"\W*(?:\d\W?)?(?:{'|'.join(ASIDE_LABELS)})\b\s?(?:of\sinterests?\b)?[^\w\s]{{0,2}}[:†*]", re.IGNORECASE
)
_LICENCE = re.compile(rf"\W*(?:{'|'.join(LICENCE_OPENINGS)})", re.IGNORECASE)


@lru_cache(maxsize=16_384)
def is_aside(text: str) -> bool:
    """Whether a paragraph that begins with this text speaks about the paper's making and not its matter."""
    return bool(_LABEL.match(text) or _LICENCE.match(text))
