"""Fields bound to the right claim: right where the gold has a value, attached where it has none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.evaluation.comparison import agree, get_field
from pipeline.evaluation.matching import Pair

BOUND_FIELDS = ("dose", "species")


@dataclass(frozen=True, slots=True)
class Binding:
    """Counts of one field over matched claims.

    Attributes:
        stated: pairs whose gold has the field; ``right`` of them where the claim says the same, ``wrong`` where it says
            something else; the rest say nothing.
        unstated: pairs whose gold does not have it; ``attached`` of them where the claim has one all the same.
    """

    field: str
    stated: int
    right: int
    wrong: int
    unstated: int
    attached: int

    def describe(self) -> str:
        """Return the counts as a line to print; an undefined rate is a dash."""
        accuracy = f"{self.right / self.stated:.3f}" if self.stated else "-"
        attached = f"{self.attached / self.unstated:.3f}" if self.unstated else "-"
        return (
            f"  bound {self.field:<22} right where gold has one {accuracy} ({self.right} of {self.stated}, "
            f"{self.wrong} wrong)  attached where gold has none {attached} ({self.attached} of {self.unstated})"
        )


def measure_binding(pairs: Iterable[Pair], name: str) -> Binding:
    """Return a field's counts over the matched pairs that count."""
    stated = right = wrong = unstated = attached = 0
    for pair in pairs:
        if not pair.counted:
            continue
        found, wanted = get_field(pair.predicted_reading, name), get_field(pair.gold_reading, name)
        if wanted is None:
            unstated += 1
            attached += found is not None
        else:
            stated += 1
            right += found is not None and agree(name, found, wanted)
            wrong += found is not None and not agree(name, found, wanted)
    return Binding(name, stated, right, wrong, unstated, attached)
