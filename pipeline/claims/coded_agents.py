"""Agents that go by a code no vocabulary has, "Brelo7", "QRX-200", where the document says more than once that it was
given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model import Document, Mention, Span
from pipeline.nlp.administration import words_say_given

_CODE = re.compile(r"(?<![\w/.+@-])(?=[A-Za-z-]{2,12}\d)[A-Z][A-Za-z]{1,9}-?\d{1,6}[A-Za-z]?(?![\w/+-])")
_GIVEN = re.compile(r"(?<![\w/.+@-])(?P<code>[A-Z][A-Za-z]{1,9}-?\d{1,6}[A-Za-z]?)(?=-treated\b)")
# Letters and digits that are no agent: figures and tables, stains and gates, diets, hosts, days and doses.
_OTHER_CODES = re.compile(
    r"(?:Fig|Table|Supp|Ext|Day|Week|Exp|Cohort|Group|Grade|Stage|Type|Panel|Ref|Eq|Lane|Dox|CO|O|H|N|Ki|CD|Gal|siRNA|shRNA"
    r"|BL|SCID|SPF|HFD|GCaMP|AAV|Ad|Cre|DAPI|PBS|BSA|DMSO|USA|UK|COVID|SARS)\w{0,4}-?\d"
)
_BETWEEN = re.compile(r"(?:\d+(?:\.\d+)?\s?(?:[µμnm]M|mg/kg|mg|[µμ]g/ml|[µμ]g|ppm|nmol)\s+)$")
_ENOUGH = 2


def find_coded_agents(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return a drug mention for each place of a code that is said to be given at two places or more.

    Args:
        mentions: what is named in the text already; a code that any of them covers is left alone.
    """
    text = document.clean.text
    places: dict[str, list[Span]] = {}
    given: dict[str, int] = {}
    for match in sorted((*_CODE.finditer(text), *_GIVEN.finditer(text)), key=lambda found: found.start()):
        start = match.start()
        code = match.group()
        if _OTHER_CODES.match(code):
            continue
        before = _BETWEEN.sub("", text[max(0, start - 60) : start])
        given[code] = given.get(code, 0) + words_say_given(before, text[match.end() : match.end() + 40])
        places.setdefault(code, []).append(Span(start, match.end()))
    known = [m.clean for m in mentions if m.clean is not None and m.label in ("CHEMICAL", "GENE", "STRAIN", "SPECIES")]
    taken = {text[span.start : span.end] for span in known}
    found = []
    for code in sorted(code for code, count in given.items() if count >= _ENOUGH and code not in taken):
        for clean in places[code]:
            spans = document.clean.to_source(clean.start, clean.end)
            if len(spans) == 1 and not any(clean.overlaps(other) for other in known):
                place = spans[0]
                flags = ("unlinked",)
                found.append(Mention("CHEMICAL", place, document.quote(place), clean, role="drug", flags=flags))
    return tuple(sorted(found, key=lambda mention: mention.span.start))
