"""The quantity grammar: doses, schedules, durations, ages, effects, p-values and sample sizes of a text."""

from pipeline.quantities.cells import read_quantity
from pipeline.quantities.finder import find_quantities
from pipeline.quantities.matches import QuantityMatch

__all__ = ["QuantityMatch", "find_quantities", "read_quantity"]
