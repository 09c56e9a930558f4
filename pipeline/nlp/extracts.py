"""Extracts, oils and powders of plants and other organisms, by how such names are built.

"Rhodiola rosea root extract", "the aqueous extract of F. robusta leaves", "zorbel seed oil": the stuff, the part and
the solvent are words of closed classes, and what stands between is the organism, in Latin or by a name of its own.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.nlp.given_names import is_common

_PARTS: Final = (
    r"(?:aerial parts?|barks?|berr(?:y|ies)|bulbs?|buds?|flowers?|fruits?|fruiting bod(?:y|ies)|husks?|lea(?:f|ves)|"
    r"mycelium|mycelia|peels?|petals?|pods?|pomace|pulp|rhizomes?|rinds?|roots?|seeds?|shells?|shoots?|skins?|sprouts?|stems?|"
    r"tubers?|whole plants?)"
)
_STUFF: Final = (
    r"(?:extracts?|essential oils?|oils?|powders?|juices?|decoctions?|tinctures?|polysaccharides?|saponins?|"
    r"flavonoids?|alkaloids?|polyphenols?|lectins?|lyophilisate|lyophilizate)"
)
_SOLVENT: Final = (
    r"(?:(?:aqueous|crude|dried|ethanol(?:ic)?|methanol(?:ic)?|hydro-?alcoholic|hydro-?ethanolic|hydro-?methanolic|hexane|"
    r"hot[- ]water|water|chloroform|ethyl acetate|petroleum ether|acetone|butanol|alcohol(?:ic)?|standardi[sz]ed|"
    r"purified|total|fermented|freeze-dried|lyophili[sz]ed)[\s-]){0,2}"
)
_LATIN: Final = (
    rf"[A-Z](?:[a-z]{{2,}}|\.)\s(?!{_PARTS}\b|{_STUFF}\b)[a-z]{{3,}}"
    r"(?:\s(?:var|subsp|ssp)\.\s[a-z]{3,})?(?:\s(?:L|Linn)\.)?"
)
_NAME: Final = rf"(?P<name>{_LATIN}|[A-Za-z][a-z]{{3,}})"
_BEFORE: Final = re.compile(rf"(?<![\w-])(?i:{_SOLVENT}){_NAME}(?:\s{_PARTS}){{0,2}}\s(?:{_SOLVENT}){_STUFF}(?![\w-])")
_BEHIND: Final = re.compile(
    rf"(?<![\w-])(?i:{_SOLVENT}(?:{_PARTS}\s)?{_STUFF})\s(?:obtained\s|prepared\s|isolated\s|derived\s)?(?:of|from)\s(?:the\s)?"
    rf"(?:(?:dried\s|fresh\s)?{_PARTS}(?:\sand\s{_PARTS})?\sof\s(?:the\s)?)?{_NAME}(?:\s{_PARTS})?(?![\w-])"
)


def find_extracts(text: str) -> list[tuple[int, int]]:
    """Return the clean ranges of the extracts, oils and powders of organisms.

    A Latin name counts, and a word that is not common; "tissue extract" and "the extract of cells" are none.
    """
    found: list[tuple[int, int]] = []
    for pattern in (_BEHIND, _BEFORE):
        for match in pattern.finditer(text):
            if "\n" in match.group() or not _names_organism(match["name"]):
                continue
            if any(start < match.end() and match.start() < end for start, end in found):
                continue
            found.append(match.span())
    return sorted(found)


def _names_organism(name: str) -> bool:
    """Whether words are a species' name or a word that common prose lacks."""
    first, *rest = (word.rstrip(".") for word in name.split())
    return not any(is_common(word) for word in (first, *rest[:1]) if len(word) > 1)
