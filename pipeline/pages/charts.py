"""Small charts as inline SVG: colours come from the page's style, words and numbers are escaped, each has a title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

DIRECTIONS = ("increase", "decrease", "no_change", "mixed", "unknown")
_SPLITS = ("dev", "test")


def tag(name: str, *children: Any, **attributes: Any) -> Markup:
    """Return an SVG element; ``_`` in attribute names stands for ``-``, a trailing one is dropped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(map(escape, children))
    return Markup(f"<{name}{written}>{inner}</{name}>")


def draw(width: float, height: float, children: Iterable[Markup], *, name: str, title: str, words: str) -> Markup:
    """Return an SVG image with a title and a description for those who do not see it.

    Args:
        name: unique in the page; the ids of title and description begin with it.
    """
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", words, id=f"{name}-words"),
        *children,
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title {name}-words",
    )


def draw_interval(score: Mapping[str, Any], rate: str = "f1") -> Markup:
    """Return a rate with its interval as a dot on a line from 0 to 1, for a cell beside the number."""
    value, interval = score.get(rate), (score.get("interval") or {}).get(rate)
    if value is None:
        return Markup("")
    parts = [tag("line", class_="rail", x1=2, x2=102, y1=8, y2=8)]
    if interval:
        parts.append(tag("line", class_="whisker", x1=2 + 100 * interval[0], x2=2 + 100 * interval[1], y1=8, y2=8))
    parts.append(tag("circle", class_="dot", cx=2 + 100 * value, cy=8, r=4))
    return tag("svg", *parts, viewBox="0 0 104 16", width=104, height=16, aria_hidden="true")


def draw_directions(directions: Mapping[str, Mapping[str, int]], *, most: int = 12, compact: bool = False) -> Markup:
    """Return a bar for each of the drugs with most claims, its parts the shares of their outcomes' directions."""
    rows = list(directions.items())[:most]
    left, width, step = (122, 196, 24) if compact else (210, 640, 24)
    parts: list[Markup] = []
    for number, (drug, counts) in enumerate(rows):
        y, x, total = number * step + 4, float(left), sum(counts.values())
        parts.append(tag("text", shorten(drug, 17 if compact else 30), x=left - 8, y=y + 13, text_anchor="end"))
        for direction in DIRECTIONS:
            count = counts.get(direction, 0)
            if not count:
                continue
            length = width * count / total
            label = tag("title", f"{drug}: {count} {direction.replace('_', ' ')}")
            parts.append(tag("rect", label, class_=f"bar {direction}", x=x, y=y, width=max(length - 1, 0.5), height=17))
            if length > 22:
                parts.append(
                    tag("text", count, class_=f"inside {direction}", x=x + length / 2, y=y + 13, text_anchor="middle")
                )
            x += length
        parts.append(tag("text", f"{total:,}", class_="soft", x=x + 6, y=y + 13))
    told = "; ".join(
        f"{drug}: " + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())
        for drug, counts in rows
    )
    return draw(
        left + width + 50, len(rows) * step + 8, parts, name="directions-narrow" if compact else "directions",
        title="Claims by intervention and direction of the outcome", words=told,
    )  # fmt: skip


def draw_trend(points: Sequence[Mapping[str, Any]], *, compact: bool = False) -> Markup:
    """Return the F1 of claims with the right direction over runs, a line for each split.

    Args:
        points: oldest first, each with ``name`` and ``scores`` (``summarise_scores``).
        compact: for narrow screens.
    """
    left, top, height = 44, 16, 190
    step = min(80.0 if compact else 120.0, (210 if compact else 600) / max(len(points) - 1, 1))
    right = left + step * max(len(points) - 1, 1) + 30
    width = right + 66
    parts = _axis(left, right, top, height)
    every = 1 + len(points) // (11 if compact else 31)
    for number in range(0, len(points), every):
        x = left + 20 + number * step
        parts.append(tag("text", number + 1, class_="soft", x=x, y=top + height + 18, text_anchor="middle"))
    ends: list[float] = []
    for split in _SPLITS:
        known = [
            (left + 20 + number * step, point["scores"][split]["f1"])
            for number, point in enumerate(points)
            if (point["scores"].get(split) or {}).get("f1") is not None
        ]
        path = " ".join(f"{_plain(x)},{_plain(top + height * (1 - rate))}" for x, rate in known)
        if len(known) > 1:
            parts.append(tag("polyline", class_=f"line {split}", points=path))
        for x, rate in known:
            parts.append(tag("circle", class_=f"point {split}", cx=x, cy=top + height * (1 - rate), r=4.5))
        if known:
            x, rate = known[-1]
            label = f"{split} {100 * rate:.1f}"
            y = top + height * (1 - rate) + 4
            # Two lines that end close together have their names one above the other.
            y = next((other + 14 for other in ends if abs(other - y) < 14), y)
            ends.append(y)
            parts.append(tag("text", label, class_=f"name {split}", x=x + 9, y=y))
    words = "; ".join(
        f"run {number}: "
        + ", ".join(
            f"{split} {100 * score['f1']:.1f} %" for split, score in point["scores"].items() if score["f1"] is not None
        )
        for number, point in enumerate(points, start=1)
    )
    name = "trend-narrow" if compact else "trend"
    return draw(width, top + height + 30, parts, name=name, title="F1 of claims over runs", words=words)


def draw_calibration(curve: Mapping[str, Any], *, split: str) -> Markup:
    """Return the part of claims that is right over their confidence, beside the line of perfect calibration.

    The scale begins at a half where nothing lies below it.
    """
    left, top, size = 44, 26, 260
    bins = curve["bins"]
    base = 0.5 if all(min(entry["confidence"], entry["interval"][0]) >= 0.5 for entry in bins) else 0.0

    def along(share: float) -> float:
        return size * (share - base) / (1 - base)

    parts: list[Markup] = []
    for share in (base + (1 - base) * step / 5 for step in range(6)):
        x, y, words = left + along(share), top + size - along(share), f"{100 * share:.0f} %"
        parts.append(tag("line", class_="grid", x1=left, x2=left + size, y1=y, y2=y))
        parts.append(tag("text", words, class_="soft", x=left - 6, y=y + 4, text_anchor="end"))
        parts.append(tag("text", words, class_="soft", x=x, y=top + size + 18, text_anchor="middle"))
    parts.append(tag("line", class_="ideal", x1=left, y1=top + size, x2=left + size, y2=top))
    for entry in bins:
        x, low, high = (along(share) for share in (entry["confidence"], *entry["interval"]))
        label = tag("title", f"{entry['right']} of {entry['claims']} right at {100 * entry['confidence']:.0f} %")
        right = along(entry["right"] / entry["claims"])
        ends = {"x1": left + x, "x2": left + x, "y1": top + size - low, "y2": top + size - high}
        parts.append(tag("line", class_=f"line {split}", **ends))
        parts.append(tag("circle", label, class_=f"point {split}", cx=left + x, cy=top + size - right, r=5))
    parts.append(tag("text", "claims that are right", class_="soft", x=4, y=12))
    parts.append(tag("text", "confidence", class_="soft", x=left + size / 2, y=top + size + 34, text_anchor="middle"))
    words = "; ".join(
        f"confidence {100 * entry['confidence']:.0f} %: {entry['right']} of {entry['claims']} right" for entry in bins
    )
    title = f"Calibration, {split}: how often claims of a confidence are right"
    return draw(left + size + 24, top + size + 42, parts, name=f"calibration-{split}", title=title, words=words)


def shorten(text: str, most: int) -> str:
    """Return a label that is not longer than ``most`` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _axis(left: float, right: float, top: float, height: float) -> list[Markup]:
    parts: list[Markup] = []
    for share in (0, 25, 50, 75, 100):
        y = top + height * (1 - share / 100)
        parts.append(tag("line", class_="grid", x1=left, x2=right, y1=y, y2=y))
        parts.append(tag("text", f"{share} %", class_="soft", x=left - 6, y=y + 4, text_anchor="end"))
    return parts


def _plain(value: Any) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
