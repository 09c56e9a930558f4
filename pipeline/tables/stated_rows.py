"""Rows that say, above each value, which arms it compares: "A vs placebo | B vs placebo" over difference and p."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.tables.arm_columns import ArmColumn, count_leads, read_arm_columns
from pipeline.tables.context import TableContext
from pipeline.tables.contrasts import Contrast
from pipeline.tables.labels import ArmLabel, read_label, split_contrast
from pipeline.tables.pairing import pair_arms
from pipeline.tables.result_lexicon import ESTIMATE, INTERVAL, P_ROW, WITHIN
from pipeline.tables.stated_contrasts import Sides, pair_sides
from pipeline.tables.texts import EMPTY, CellText
from pipeline.tables.typed import Row


@dataclass(frozen=True, slots=True)
class _Block:
    """The rows below one that states contrasts, up to the next: what stands there by column, and the values' rows."""

    sides: tuple[tuple[int, Sides], ...]
    estimate: Row | None
    interval: Row | None
    p: Row | None


def contrast_stated_rows(context: TableContext) -> Iterator[Contrast]:
    """Yield the contrasts that rows without a name state for the columns below them.

    The rows below must hold a difference or ratio, and its interval or p-value.
    """
    lead = count_leads(context)
    for block in _collect_blocks(context, lead):
        row = block.estimate
        if row is None or (block.interval is None and block.p is None):
            continue
        words = next((cell.text for cell in reversed(row.cells[:lead]) if cell.text), "")
        outer = [("subheader", text) for text in reversed(row.subheaders)]
        scope = tuple(row.cells[at] for at, _ in block.sides)
        for at, (first, (second, drug, partners)) in block.sides:
            if not row.cells[at].text:
                continue
            yield Contrast(
                row=row, column=at, treated=first, control=second, drug=drug, partners=partners,
                outcomes=tuple(outer), around=(), cells=(EMPTY, EMPTY), arms=(first, second), scope=scope,
                estimate=(row.cells[at], words), interval=None if block.interval is None else block.interval.cells[at],
                p=None if block.p is None else block.p.cells[at],
            )  # fmt: skip


def _collect_blocks(context: TableContext, lead: int) -> Iterator[_Block]:
    sides: tuple[tuple[int, Sides], ...] = ()
    below: list[Row] = []
    for row in context.typed.rows:
        found = _read_row(context, row, lead)
        if found:
            yield from _close(sides, below, lead)
            sides, below = found, []
        elif sides:
            below.append(row)
    yield from _close(sides, below, lead)


def _read_row(context: TableContext, row: Row, lead: int) -> tuple[tuple[int, Sides], ...]:
    """Return the contrasts of a row that holds nothing else, by column."""
    if any(cell.text for cell in row.cells[:lead]):
        return ()
    found: list[tuple[int, Sides]] = []
    for at, cell in enumerate(row.cells[lead:], start=lead):
        if not cell.text:
            continue
        parts = split_contrast(cell)
        if parts is None:
            return ()
        sides = _pair(context, *parts)
        if sides is not None:
            found.append((at, sides))
    return tuple(found)


def _pair(context: TableContext, left: CellText, right: CellText) -> Sides | None:
    """Return the two arms as the columns' heads name them, with their sizes, else as they stand."""
    arms = context.remember(("arm columns",), lambda: read_arm_columns(context))
    first, second = (_find_arm(context, side, arms) for side in (left, right))
    paired = None if first is None or second is None else pair_arms(context, first, [first, second])
    return pair_sides(context, left, right) if first is None or paired is None else (first, paired)


def _find_arm(context: TableContext, side: CellText, arms: Sequence[ArmColumn]) -> ArmLabel | None:
    label = read_label(context, side, "row")
    same = [] if label is None else [arm.label for arm in arms if arm.label.tokens == label.tokens]
    return same[0] if same else None


def _close(sides: tuple[tuple[int, Sides], ...], below: list[Row], lead: int) -> Iterator[_Block]:
    named: dict[str, Row] = {}
    for row in below:
        name = next((cell for cell in reversed(row.cells[:lead]) if cell.text), EMPTY)
        kind = _kind_of(name)
        if kind in named or not kind:
            break
        named[kind] = row
    if sides and named:
        yield _Block(sides, named.get("estimate"), named.get("interval"), named.get("p"))


def _kind_of(name: CellText) -> str:
    if P_ROW.match(name.text):
        return "" if WITHIN.search(name.text) else "p"
    if INTERVAL.match(name.text):
        return "interval"
    return "estimate" if ESTIMATE.search(name.text) and not WITHIN.search(name.text) else ""
