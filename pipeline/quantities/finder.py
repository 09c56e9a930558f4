"""The whole grammar in one line: text → folded text → amounts → doses, schedules, ages, durations, effects, …"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from pipeline.quantities.ages import find_ages
from pipeline.quantities.amounts import Amount, read_amounts
from pipeline.quantities.doses import find_doses
from pipeline.quantities.durations import find_durations
from pipeline.quantities.effects import find_effects
from pipeline.quantities.folding import fold_signs
from pipeline.quantities.matches import QuantityMatch, drop_overlaps
from pipeline.quantities.pvalues import find_pvalues
from pipeline.quantities.samples import find_samples
from pipeline.quantities.schedules import find_schedules
from pipeline.quantities.wordings import find_wordings


def find_quantities(text: str, *, offset: int = 0) -> tuple[QuantityMatch, ...]:
    """Return the quantities of a clean sentence or table cell, by place and label.

    Args:
        text: the clean text; citation marks have been lifted out.
        offset: added to every place, for a text that is part of a longer one.

    Returns:
        Matches whose `[start, end)` are code points of the text plus the offset. Two of one label never overlap;
        two of different labels may ("1 mg per day" is a dose, its "per day" a schedule).
    """
    folded = fold_signs(text)
    amounts = read_amounts(folded)
    pvalues = find_pvalues(folded)
    free = [amount for amount in amounts if not any(p.start <= amount.first < p.end for p in pvalues)]
    doses = drop_overlaps(find_doses(folded, free))
    doses = [dose for dose in doses if not folded[dose.start : dose.end].lower().startswith(("single", "overdos"))]
    schedules = drop_overlaps(find_schedules(folded, free, doses))
    ages, aged = find_ages(folded, free)
    samples = find_samples(folded, [amount for amount in free if (amount.start, amount.end) not in aged])
    times = aged | _list_places(schedules, free)
    durations = find_durations(folded, free, times)
    taken = aged | {(match.start, match.end) for match in (*doses, *samples, *durations)}
    effects = find_effects(folded, free, taken | _list_places(doses, free))
    found = [*doses, *schedules, *ages, *durations, *effects, *pvalues, *samples, *find_wordings(folded)]
    found.sort(key=lambda match: match.label)
    kept = [match for _, group in groupby(found, lambda match: match.label) for match in drop_overlaps(list(group))]
    kept.sort(key=lambda match: (match.start, match.end, match.label))
    return tuple(replace(match, start=match.start + offset, end=match.end + offset) for match in kept)


def _list_places(matches: list[QuantityMatch], amounts: list[Amount]) -> set[tuple[int, int]]:
    """Return the places of the amounts that stand within matches."""
    return {
        (amount.start, amount.end)
        for amount in amounts
        if any(match.start <= amount.first < match.end for match in matches)
    }
