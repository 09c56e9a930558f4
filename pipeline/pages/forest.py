"""Effects at a glance: extracted changes of lifespan by drug, strain, sex and dose, drawn as a forest plot."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.model.records import Record
from pipeline.pages.charts import draw, shorten, tag
from pipeline.pages.fields import format_number

LIFESPAN = re.compile(
    r"\b(?:life[ -]?spans?|longevity|survival|life expectanc(?:y|ies)|time to death)\b", re.IGNORECASE
)
NOT_LIFESPAN = re.compile(r"\b(?:disease|progression|event|relapse|tumou?r|graft|cell)s?-?(?:free)?\b", re.IGNORECASE)
FIRST = 40
"""Rows that are drawn at once; the others can be unfolded."""
_SEXES = {"male": "♂", "female": "♀", "both": "♂♀", "hermaphrodite": "⚥"}
_TICKS = (-90.0, -75.0, -50.0, -25.0, -10.0, 0.0, 10.0, 25.0, 50.0, 100.0, 200.0, 400.0, 600.0, 900.0)
_LETTER, _BETWEEN = 6.4, 10.0
"""Width of a letter of a tick's label, and the least distance between two labels, in pixels."""
_WIDE, _COMPACT = (340, 600, 160, 20), (14, 224, 132, 36)
"""Left of the plot, its width, right of it, and a row's height, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRow:
    """One extracted change of lifespan, in percent of the comparator; ``low`` and ``high`` are its stated interval."""

    claim_id: str
    drug: str
    strain: str
    sex: str
    dose: str
    amount: float
    statistic: str
    change: float
    low: float | None
    high: float | None
    significant: bool | None
    direction: str
    source: str
    paper: str

    @property
    def label(self) -> str:
        """What the row is of: strain, sex and dose, as far as stated."""
        return " · ".join(filter(None, (self.strain, _SEXES.get(self.sex, self.sex), self.dose))) or "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """The changes by drug, drugs with most rows first, and how many lifespan claims state no percentage."""

    groups: tuple[tuple[str, tuple[EffectRow, ...]], ...]
    unstated: int
    no_change: int


def collect_effects(claims: Iterable[Record], papers: Mapping[str, str]) -> Effects:
    """Return what a run says of lifespan and survival as such.

    Args:
        papers: the name of each document by its id.
    """
    rows: dict[str, list[EffectRow]] = {}
    unstated = unchanged = 0
    for claim in claims:
        if not is_lifespan(claim["outcome"]):
            continue
        effect = claim.get("effect") or {}
        change = effect.get("change_percent")
        if change is None:
            unstated += 1
            unchanged += claim["direction"] == "no_change"
            continue
        rows.setdefault(claim["intervention"]["name"], []).append(_row(claim, effect, change, papers))
    groups = tuple(
        (drug, tuple(sorted(found, key=_order)))
        for drug, found in sorted(rows.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    return Effects(groups=groups, unstated=unstated, no_change=unchanged)


def is_lifespan(outcome: Mapping[str, Any]) -> bool:
    """Whether an outcome is how long animals or people live, and not how long they stay free of something."""
    words = f"{outcome.get('name') or ''} {outcome['text']}"
    return bool(LIFESPAN.search(words)) and not NOT_LIFESPAN.search(words)


def draw_forest(
    drug: str, rows: Sequence[EffectRow], *, name: str, low: float, high: float, compact: bool = False
) -> Markup:
    """Return the plot of one drug's rows, on a scale of ratios: a half and a double are equally far from no change.

    Args:
        name: unique in the page.
        low, high: the ends of the scale in percent; what lies beyond stands at the end, with an arrow.
        compact: for narrow screens, with the labels above the rows.
    """
    left, width, right, step = _COMPACT if compact else _WIDE
    height = len(rows) * step + 44

    def at(value: float) -> float:
        share = (_ratio(min(max(value, low), high)) - _ratio(low)) / (_ratio(high) - _ratio(low))
        return left + width * share

    ticks = _choose_ticks(low, high, at)
    parts = [tag("line", class_="grid", x1=at(tick), x2=at(tick), y1=18, y2=height - 22) for tick in ticks]
    parts += [
        tag("text", _percent(tick), class_="soft", x=at(tick), y=height - 6, text_anchor="middle") for tick in ticks
    ]
    parts.append(tag("line", class_="null", x1=at(0), x2=at(0), y1=14, y2=height - 22))
    parts.append(tag("text", "←" if compact else "shorter ←", class_="soft", x=at(0) - 6, y=12, text_anchor="end"))
    parts.append(tag("text", "→ longer", class_="soft", x=at(0) + 6, y=12))
    for number, row in enumerate(rows):
        y = 18 + (number + (0.75 if compact else 0.5)) * step
        if compact:
            parts.append(tag("text", shorten(row.label, 40), class_="above", x=2, y=y - 9))
        else:
            parts.append(tag("text", shorten(row.label, 46), x=left - 14, y=y + 4, text_anchor="end"))
        parts.append(tag("line", class_="stem", x1=at(0), x2=at(row.change), y1=y, y2=y))
        if row.low is not None and row.high is not None:
            parts.append(tag("line", class_="whisker", x1=at(row.low), x2=at(row.high), y1=y, y2=y))
        parts.append(_marker(row, at(row.change), y))
        beyond = " ▸" if row.change > high else " ◂" if row.change < low else ""
        notes = [row.statistic, "*" if row.significant else "n.s." if row.significant is False else ""]
        parts.append(
            tag(
                "text",
                tag("tspan", _percent(row.change) + beyond, class_=f"amount {row.direction}"),
                tag("tspan", "  " + " ".join(filter(None, notes)), class_="soft") if any(notes) else "",
                x=left + width + 14,
                y=y + 4,
            )
        )
    words = "; ".join(f"{row.label}: {_percent(row.change)}" for row in rows)
    title = f"Change of lifespan with {drug}, in percent of the comparator"
    return draw(left + width + right, height, parts, name=name, title=title, words=words)


def _choose_ticks(low: float, high: float, at: Callable[[float], float]) -> list[float]:
    """Return the ticks whose labels have room beside each other: no change, then the outermost ones inwards."""
    kept: list[float] = []
    inside = (tick for tick in _TICKS if low <= tick <= high)
    for tick in sorted(inside, key=lambda tick: (tick != 0, -abs(_ratio(tick)))):
        widths = ((other, _LETTER * (len(_percent(tick)) + len(_percent(other))) / 2 + _BETWEEN) for other in kept)
        if all(abs(at(tick) - at(other)) >= width for other, width in widths):
            kept.append(tick)
    return sorted(kept)


def find_scale(effects: Effects) -> tuple[float, float]:
    """Return the ends of the scale, in percent: ticks between which all but the most extreme twentieth lies."""
    changes = sorted(row.change for _, rows in effects.groups for row in rows)
    if not changes:
        return -10.0, 10.0
    least, most = changes[int(0.03 * (len(changes) - 1))], changes[round(0.97 * (len(changes) - 1))]
    low = max((tick for tick in _TICKS if tick <= min(least, -10)), default=_TICKS[0])
    high = min((tick for tick in _TICKS if tick >= max(most, 10)), default=_TICKS[-1])
    return low, high


def _row(claim: Record, effect: Mapping[str, Any], change: float, papers: Mapping[str, str]) -> EffectRow:
    strain, species, sex, dose = (claim.get(key) or {} for key in ("strain", "species", "sex", "dose"))
    percent = effect.get("type") == "percent_change" and effect.get("value") not in (None, 0)
    turn = -1.0 if percent and effect["value"] * change < 0 else 1.0
    bounds = sorted(turn * effect[key] for key in ("low", "high") if percent and effect.get(key) is not None)
    return EffectRow(
        claim_id=claim["claim_id"],
        drug=claim["intervention"]["name"],
        strain=_flat(strain.get("name") or strain.get("text") or species.get("name") or species.get("text")),
        sex=str(sex.get("value") or ""),
        dose=_flat(dose.get("text")),
        amount=float(dose.get("low") or dose.get("high") or 0),
        statistic=str(claim["outcome"].get("statistic") or ""),
        change=float(change),
        low=bounds[0] if len(bounds) == 2 else None,
        high=bounds[1] if len(bounds) == 2 else None,
        significant=(claim.get("significance") or {}).get("significant"),
        direction=claim["direction"],
        source=str(claim.get("source_kind") or ""),
        paper=papers.get(claim["doc_id"], ""),
    )


def _order(row: EffectRow) -> tuple[Any, ...]:
    return row.strain.casefold(), row.sex, row.amount, row.statistic, row.change, row.claim_id


def _marker(row: EffectRow, x: float, y: float) -> Markup:
    """Return a shape for the sex, so that it is told without colour too: square male, circle female, diamond other."""
    style = f"effect {row.sex or 'unstated'}{' cited' if row.source == 'cited' else ''}"
    source = {"own": ", own result", "cited": ", cited"}.get(row.source, "")
    label = tag("title", f"{row.drug}, {row.label}: {_percent(row.change)} {row.statistic}{source} ({row.paper})")
    if row.sex == "male":
        return tag("rect", label, class_=style, x=x - 4.5, y=y - 4.5, width=9, height=9)
    if row.sex == "female":
        return tag("circle", label, class_=style, cx=x, cy=y, r=5)
    points = f"{x - 6:.2f},{y} {x:.2f},{y - 6} {x + 6:.2f},{y} {x:.2f},{y + 6}"
    return tag("polygon", label, class_=style, points=points)


def _ratio(percent: float) -> float:
    return math.log1p(max(percent, -99.0) / 100)


def _percent(value: float) -> str:
    return ("+" if value > 0 else "") + format_number(round(value, 1)) + " %"


def _flat(text: Any) -> str:
    return " ".join(str(text or "").split())
