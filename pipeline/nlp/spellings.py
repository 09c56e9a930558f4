"""British spellings and the American ones that vocabularies prefer: "sulphate", "oestradiol", "tumour"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Fragments of words, with what takes their place; each match is replaced once, from left to right.
_FRAGMENTS: Final = {
    "sulph": "sulf",
    "aluminium": "aluminum",
    "tumour": "tumor",
    "colour": "color",
    "behaviour": "behavior",
    "odour": "odor",
    "vapour": "vapor",
    "labour": "labor",
    "flavour": "flavor",
    "centre": "center",
    "fibre": "fiber",
    "titre": "titer",
    "lyse": "lyze",
    "isation": "ization",
    "mould": "mold",
    "grey": "gray",
}
# "haematuria" and "oedema", but not "AEs", "thromboembolism" or "gastroenteritis".
_DIGRAPHS: Final = r"ae(?=[a-z]{2})|oe(?=[abdstu]|li)"
_BRITISH: Final = re.compile(
    "|".join([*sorted(_FRAGMENTS, key=lambda fragment: (-len(fragment), fragment)), _DIGRAPHS])
)


@lru_cache(maxsize=65536)
def spell_american(folded: str) -> str:
    """Return a lower-case name in American spelling, itself where nothing in it is British.

    Meant for names that are unknown as they stand: "aerobic" would lose its letter, too.
    """
    if _BRITISH.search(folded) is None:
        return folded
    return _BRITISH.sub(lambda match: _FRAGMENTS.get(match.group(), "e"), folded)
