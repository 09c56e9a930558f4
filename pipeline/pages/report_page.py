"""The report of a run: its figures and its errors on one page that can be shown to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluation.scores import TRIPLE
from pipeline.model.records import Record
from pipeline.pages.charts import DIRECTIONS, draw_calibration, draw_directions, draw_interval, draw_trend
from pipeline.pages.costs import MOST, CostlyError
from pipeline.pages.embedding import render_page
from pipeline.pages.fields import FIELDS
from pipeline.pages.forest import FIRST, Effects, collect_effects, draw_forest, find_scale
from pipeline.pages.metrics import summarise_scores

MOST_FAILURES = 100
MOST_PAPERS = 200
SIZES = ("wide", "narrow")
SPLITS = {"dev": "Development", "test": "Test"}


def render_report(
    metrics: Mapping[str, Any],
    *,
    claims: Sequence[Record],
    papers: Mapping[str, str],
    errors: Sequence[CostlyError],
    version: str,
) -> str:
    """Return the report of a run.

    Args:
        metrics: as ``collect_metrics`` gives them.
        claims: the run's claims, for the effects.
        papers: the file name of each document by its id.
        errors: of development data, dearest first.
        version: of the program.
    """
    effects = collect_effects(claims, papers)
    now = {"name": metrics["run"], "claims": metrics["counts"]["claims"], "scores": summarise_scores(metrics)}
    points = [*metrics["trend"], *([now] if now["scores"] else [])]
    judged = {split: part for split, part in metrics["splits"].items() if part["documents"]}
    return render_page(
        "report.html.j2",
        styles=("base.css", "report.css"),
        scripts=(),
        name=metrics["run"],
        version=version,
        metrics=metrics,
        judged=judged,
        split_names=SPLITS,
        absent=max((part["not_in_this_run"] for part in judged.values()), default=0),
        triple=TRIPLE,
        points=points,
        trends=[(size, draw_trend(points, compact=size == "narrow")) for size in SIZES if len(points) > 1],
        curves={
            split: draw_calibration(part["calibration"], split=split)
            for split, part in judged.items()
            if part["calibration"]
        },
        directions=DIRECTIONS,
        bars=_bars(metrics["directions"]),
        forests=_forests(effects),
        effects=effects,
        errors=errors,
        most_errors=MOST,
        most_failures=MOST_FAILURES,
        most_papers=MOST_PAPERS,
        field_names=FIELDS,
        interval=draw_interval,
    )


def _bars(directions: Mapping[str, Mapping[str, int]]) -> list[tuple[str, Any]]:
    return [(size, draw_directions(directions, compact=size == "narrow")) for size in SIZES]


def _forests(effects: Effects) -> list[dict[str, Any]]:
    """Return the plots by drug, in pieces of ``FIRST`` rows; pieces after the first ``FIRST`` rows are folded."""
    low, high = find_scale(effects)
    plots: list[dict[str, Any]] = []
    drawn = 0
    for drug, rows in effects.groups:
        for begin in range(0, len(rows), FIRST):
            piece = rows[begin : begin + FIRST]
            name = f"forest-{len(plots)}"
            words = f"{begin + 1}–{begin + len(piece)} of {len(rows)}" if len(rows) > FIRST else str(len(rows))
            plots.append(
                {
                    "drug": drug,
                    "count": words,
                    "rows": piece,
                    "wide": draw_forest(drug, piece, name=name, low=low, high=high),
                    "narrow": draw_forest(drug, piece, name=f"{name}-narrow", low=low, high=high, compact=True),
                    "open": drawn < FIRST,
                }
            )
            drawn += len(piece)
    return plots
