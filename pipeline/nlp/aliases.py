"""Short forms that stand in brackets behind a substance: "22-oxacalcitriol (OCT)"."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.nlp.candidates import Candidate, rank

_SHORT_FORM = re.compile(r"\s*\(([A-Z][A-Za-z0-9-]{1,7}|[a-z]{3,6})[);,]")


def spread_aliases(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Give the short form in brackets behind a substance ("22-oxacalcitriol (OCT)") the substance everywhere in the
    text.
    """
    aliases: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=rank):
        if candidate.label != "CHEMICAL" or "class" in candidate.flags or candidate.weight < 1:
            continue
        match = _SHORT_FORM.match(text, candidate.end)
        surface = text[candidate.start : candidate.end].lower()
        if match is None or match[1].lower() == surface:
            continue
        short = match[1]
        if short.islower() and not (len(short) > 2 and surface.startswith(short)):
            continue
        names = [surface, *([candidate.concept.name.lower()] if candidate.concept is not None else [])]
        if (
            any(_abbreviates(short, name) for name in names)
            or _is_used_for(text, short, surface)
            or _names_dose_arm(text, candidate.start, short, surface)
        ):
            aliases.setdefault(short, candidate)
    found = []
    for alias, origin in sorted(aliases.items()):
        written = f"{re.escape(alias)}|{re.escape(alias.capitalize())}" if alias.islower() else re.escape(alias)
        for match in re.finditer(rf"(?<![\w-])(?:{written})(?!\w)", text):
            concept = None if origin.concept is None else replace(origin.concept, reason="abbreviation")
            found.append(replace(origin, start=match.start(), end=match.end(), concept=concept, weight=5))
    places = {(candidate.start, candidate.end) for candidate in found}
    return [c for c in candidates if (c.start, c.end) not in places or c.label == "CHEMICAL"] + found


def _abbreviates(short: str, long: str) -> bool:
    """Whether the letters of the short form stand in the long form in order, the first at a word's or number's end."""
    position = 0
    for character in short.lower():
        if not character.isalnum():
            continue
        position = long.find(character, position) + 1
        if position == 0:
            return False
    return True


def _names_dose_arm(text: str, start: int, short: str, long: str) -> bool:
    """Whether a code behind a drug is its letter and its dose: "100 mg of metoprolol (M100)"."""
    code = re.fullmatch(r"([A-Z]{1,4})(\d{1,4})", short)
    if code is None or not long.startswith(code[1][0].lower()) or not _abbreviates(code[1], long):
        return False
    return re.search(rf"(?<![\d.]){code[2]}(?![\d.]\d|\d)", text[max(0, start - 48) : start]) is not None


def _is_used_for(text: str, short: str, long: str) -> bool:
    """Whether capitals behind a substance stand for it though one letter is not in its name ("isoproterenol (ISPH)"):
    the text goes on using them.
    """
    if len(short) < 3 or not (short.isalpha() and short.isupper()) or short[0].lower() != long[:1]:
        return False
    fits = any(_abbreviates(short[:cut] + short[cut + 1 :], long) for cut in range(1, len(short)))
    return fits and len(re.findall(rf"(?<![\w-]){re.escape(short)}(?!\w)", text)) > 2
