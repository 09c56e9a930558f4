"""Arms that are named by their dose alone: "0", "100", "200" below a drug with its unit, or "100 mg/kg"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Dose
from pipeline.tables.arms import build_dose
from pipeline.tables.columns import read_unit
from pipeline.tables.context import TableContext
from pipeline.tables.header_units import ground_unit
from pipeline.tables.labels import ArmLabel
from pipeline.tables.naming import FoundName
from pipeline.tables.studied import find_given, find_studied
from pipeline.tables.texts import CellText
from pipeline.tables.values import read_doses

_LEVEL = re.compile(r"^\d+(?:\.\d+)?$")
_NONE_GIVEN = re.compile(
    r"^(?:0(?:\.0+)?\s?)?\(?(?:controls?|vehicle|untreated|dmso|none|solvent control)\)?$|^0(?:\.0+)?$", re.IGNORECASE
)


def read_level_head(context: TableContext, head: CellText) -> tuple[FoundName, ...]:
    """Return the drug of a header such as "Curcumin (mg/kg)", whose cells are doses; empty where it is no such."""
    unit = read_unit(head.text)
    if unit is None or not read_doses(f"1 {unit}"):
        return ()
    named = find_given(context, head)
    return tuple(named) if len(named) == 1 else ()


def read_levels(
    context: TableContext, head: CellText, cells: Sequence[CellText], above: Sequence[tuple[CellText, ...]]
) -> list[ArmLabel | None]:
    """Return the arms of cells that are bare doses of one drug; empty where they are none.

    The drug is that of the header, else of the sub-header ``above`` a cell, else the one the caption is about. One of
    the doses must be 0, which is the control.
    """
    named = [cell for cell in cells if cell.text]
    if not all(_LEVEL.match(cell.text) or _NONE_GIVEN.match(cell.text) for cell in named):
        return []
    if not any(_NONE_GIVEN.match(cell.text) for cell in named) or len({cell.text for cell in named}) < 2:
        return []
    drugs = read_level_head(context, head)
    unit = read_unit(head.text)
    if not drugs and (unit is None or not read_doses(f"1 {unit}")):
        return []
    studied = find_studied(context)
    caption = studied[1] if studied is not None and len(studied[1]) == 1 else ()
    given = [drugs or _read_above(context, texts) or (() if texts else caption) for texts in above]
    return [label_level(cell, own) if cell.text and own else None for cell, own in zip(cells, given, strict=True)]


def _read_above(context: TableContext, texts: Sequence[CellText]) -> tuple[FoundName, ...]:
    found = tuple(find_given(context, texts[-1])) if texts else ()
    return found if len(found) == 1 else ()


def label_level(cell: CellText, drugs: tuple[FoundName, ...]) -> ArmLabel | None:
    """Return the arm of one bare dose of a header's drug; ``None`` where the cell is no number."""
    if _NONE_GIVEN.match(cell.text):
        return ArmLabel(cell, "control", control=(0, len(cell.text)))
    return ArmLabel(cell, "treated", drugs, "header") if _LEVEL.match(cell.text) else None


def build_level_dose(context: TableContext, cell: CellText, head: CellText) -> Dose | None:
    """Return a bare number as a dose in the unit of its header."""
    unit = read_unit(head.text)
    if unit is None or not _LEVEL.match(cell.text):
        return None
    doses = read_doses(f"{cell.text} {unit}")
    if len(doses) != 1 or doses[0].start != 0:
        return None
    dose = build_dose(context, cell, (replace(doses[0], end=len(cell.text)),), dietary=False)
    return None if dose is None else replace(dose, unit_at=ground_unit(context, head, unit))
