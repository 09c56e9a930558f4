"""Arms that are named by their dose alone: "0", "100", "200" below a drug with its unit, or "100 mg/kg"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.model import Dose
from pipeline.model.claims import FieldSource
from pipeline.tables.arms import build_dose
from pipeline.tables.columns import read_unit
from pipeline.tables.context import TableContext
from pipeline.tables.described import SUBSTANCE, find_dosed
from pipeline.tables.header_units import ground_unit
from pipeline.tables.labels import ArmLabel
from pipeline.tables.naming import FoundName
from pipeline.tables.result_lexicon import NO_DRUG
from pipeline.tables.studied import find_given, find_studied
from pipeline.tables.texts import CellText
from pipeline.tables.values import read_doses

_DILUTION = re.compile(r"^1\s?:\s?\d[\d,]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$|^10[⁻−-][\d⁰¹²³⁴⁵⁶⁷⁸⁹]+$")
_LEVEL = re.compile(r"^\d+(?:\.\d+)?$")
_DOSE_UNIT = re.compile(
    r"\b(?:[mµμn]?g|[mµμ]l|[mµμ]mol|IU)\s?(?:/|·|\.)?\s?kg(?!\w)|\bdoses?\b[^()]*\([^()]*\b[mµμ]?g\b"
)
_AMOUNT_OF = re.compile(
    r"^\W*(?:concentrations?|doses?|dosages?|dilutions?|amounts?) of (?:the )?(?=\S)", re.IGNORECASE
)
"""Words of a header whose cells are amounts of what it goes on to name: "Concentration of quercetin"."""
_GENERIC = re.compile(
    r"\b(?:doses?|dosages?|concentrations?|treat\w*|groups?|values?|levels?|parameters?|results?|stud(?:y|ies))\b",
    re.IGNORECASE,
)
_NONE_GIVEN = re.compile(
    r"^(?:0(?:\.0+)?\s?)?\(?(?:controls?|vehicle|untreated|dmso|none|solvent control)\)?$|^0(?:\.0+)?$", re.IGNORECASE
)


def read_level_head(context: TableContext, head: CellText) -> tuple[FoundName, ...]:
    """Return the drug of a header such as "Curcumin (mg/kg)", whose cells are doses; empty where it is no such."""
    amount = _AMOUNT_OF.match(head.text)
    if amount is not None:
        return _read_amount(context, head.part(amount.end(), len(head.text)))
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
    if not all(_LEVEL.match(cell.text) or _DILUTION.match(cell.text) or _NONE_GIVEN.match(cell.text) for cell in named):
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


def read_level_columns(context: TableContext) -> dict[int, ArmLabel]:
    """Return the arms of columns whose heads are bare doses beside a control, below a level that gives their unit.

    The doses must rise; what was given is the drug that caption or title are about.
    """
    columns = context.typed.columns
    found: dict[int, CellText] = {}
    for index, column in enumerate(columns):
        if index and column.parts and (_LEVEL.match(column.parts[-1].text) or _NONE_GIVEN.match(column.parts[-1].text)):
            found[index] = column.parts[-1]
    numbers = [float(part.text) for part in found.values() if not _NONE_GIVEN.match(part.text)]
    controls = [index for index, part in found.items() if _NONE_GIVEN.match(part.text)]
    rising = numbers == sorted(set(numbers)) and len(numbers) > 1
    if not rising or len(controls) != 1:
        return {}
    if not _stand_together(context, found) and not all(
        index in controls or _gives_unit(context, index) for index in found
    ):
        return {}
    given = _read_shared(context, [index for index in found if index not in controls]) or find_dosed(context)
    if given is None:
        return {}
    return {
        index: ArmLabel(part, "control", control=(0, len(part.text))) if index in controls
        else ArmLabel(part, "treated", given[1], given[0])
        for index, part in found.items()
    }  # fmt: skip


def _stand_together(context: TableContext, found: Mapping[int, CellText]) -> bool:
    """Whether bare numbers from 0 up stand below one head that is theirs alone: doses, whatever their unit."""
    columns = context.typed.columns
    above = {columns[index].parts[-2].text if len(columns[index].parts) > 1 else "" for index in found}
    first = found[min(found)].text
    return len(above) == 1 and "" not in above and len(found) > 2 and re.fullmatch(r"0(?:\.0+)?", first) is not None


def _read_shared(context: TableContext, indexes: Sequence[int]) -> tuple[FieldSource, tuple[FoundName, ...]] | None:
    """Return what the level above bare doses names: a known drug, else a word that caption or title hold too."""
    head = context.typed.columns[indexes[0]].parts[:-1]
    if not head:
        return None
    named = find_given(context, head[-1])
    if len(named) == 1:
        return "header", tuple(named)
    words = re.match(r"[A-Za-z][\w.'-]*(?: [\w.'-]+){0,4}(?=\s*(?:[(\[,]|$))", head[-1].text)
    span = None if words is None else head[-1].locate(0, words.end())
    if words is None or span is None or NO_DRUG.search(words.group()) or _GENERIC.search(words.group()):
        return None
    folded = words.group().lower()
    if not any(folded in text.text.lower() for text in (context.typed.caption, context.title())):
        return None
    return "header", (FoundName(0, words.end(), words.group(), "CHEMICAL", None, span),)


def _gives_unit(context: TableContext, index: int) -> bool:
    """Whether a level above a bare dose, or the first column's head, gives the doses' unit."""
    above = (*context.typed.columns[index].parts[:-1], context.typed.columns[0].header)
    return any(_DOSE_UNIT.search(text.text) for text in above)


def _read_amount(context: TableContext, name: CellText) -> tuple[FoundName, ...]:
    """Return what a header's amounts are of: a known drug, else the words of a substance without a unit."""
    named = find_given(context, name)
    if named:
        return tuple(named) if len(named) == 1 else ()
    words = re.match(r"[A-Za-z][\w'-]*(?: [\w'-]+){0,3}(?=\s*(?:[(\[,]|$))", name.text)
    span = None if words is None else name.locate(0, words.end())
    if words is None or span is None or NO_DRUG.search(words.group()) or not SUBSTANCE.search(words.group()):
        return ()
    return (FoundName(0, words.end(), words.group(), "CHEMICAL", None, span),)


def _read_above(context: TableContext, texts: Sequence[CellText]) -> tuple[FoundName, ...]:
    found = tuple(find_given(context, texts[-1])) if texts else ()
    return found if len(found) == 1 else ()


def label_level(cell: CellText, drugs: tuple[FoundName, ...]) -> ArmLabel | None:
    """Return the arm of one bare dose of a header's drug; ``None`` where the cell is no number."""
    if _NONE_GIVEN.match(cell.text):
        return ArmLabel(cell, "control", control=(0, len(cell.text)))
    levelled = _LEVEL.match(cell.text) or _DILUTION.match(cell.text)
    return ArmLabel(cell, "treated", drugs, "header") if levelled else None


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
