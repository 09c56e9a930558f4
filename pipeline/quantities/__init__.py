"""The quantity grammar: doses, schedules, durations, ages, effects, p-values and sample sizes in a sentence or cell."""

from pipeline.quantities.finder import find_quantities
from pipeline.quantities.matches import QuantityMatch

__all__ = ["QuantityMatch", "find_quantities"]
