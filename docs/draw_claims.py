"""Draw the README's picture from a real run: ``python docs/draw_claims.py [--paper FILE] [--out FILE]``.

The fullest claim from prose and the fullest from a table row are drawn, each above its cells in the claim table. What
is coloured is the source text between the offsets that the claim's fields record, and nothing else.
"""

from __future__ import annotations

import argparse
from html import escape
from pathlib import Path

import pipeline
from pipeline.model.records import Record

PROJECT = Path(__file__).parent.parent
PAPER = PROJECT / "corpus" / "samples" / "supplements-muscle.md"
PICTURE = Path(__file__).parent / "claims.svg"

COLOURS = {
    "intervention": "#ffd58a",
    "dose": "#b9e3c6",
    "route": "#d9e8a3",
    "schedule": "#cdeee9",
    "duration": "#c3daf7",
    "species": "#e3cff2",
    "strain": "#d3c4ee",
    "sex": "#f7c9dd",
    "age": "#f3d3c0",
    "outcome": "#ffb3a7",
    "effect": "#f2e27c",
    "significance": "#d5d8dc",
}
ARROWS = {"increase": "↑", "decrease": "↓", "no_change": "→", "mixed": "↕", "unknown": "?"}
COLUMNS = 98
ADVANCE, LINE, MARGIN, CELL = 9.0, 24, 24, 12
FONT = "font-family='Menlo,Consolas,DejaVu Sans Mono,monospace' font-size='15'"
SMALL = "font-family='Menlo,Consolas,DejaVu Sans Mono,monospace' font-size='12'"


def choose_claim(claims: tuple[Record, ...], *, kind: str) -> Record:
    """Return the claim of a kind with most fields inside its evidence, the first of equals."""
    of_kind = [claim for claim in claims if claim["kind"] == kind]
    return max(of_kind, key=lambda claim: len(placed_fields(claim)))


def placed_fields(claim: Record) -> dict[str, tuple[int, int]]:
    """Return the source ranges of the fields that stand between the evidence's first and last character."""
    low, high = evidence_range(claim)
    places = {}
    for name in COLOURS:
        field = claim.get(name)
        if field and field.get("start") is not None and low <= field["start"] and field["end"] <= high:
            places[name] = (field["start"], field["end"])
    return places


def evidence_range(claim: Record) -> tuple[int, int]:
    """Return the source range from the evidence's first character to its last."""
    spans = claim["evidence"]["spans"]
    return spans[0][0], spans[-1][1]


def wrap_range(source: str, low: int, high: int) -> list[tuple[int, int]]:
    """Return the ranges of lines of at most ``COLUMNS`` characters, broken at spaces."""
    lines, start = [], low
    while high - start > COLUMNS:
        end = source.rfind(" ", start, start + COLUMNS)
        if end <= start:
            end = start + COLUMNS
        lines.append((start, end))
        start = end + 1 if source[end] == " " else end
    return [*lines, (start, high)]


def draw_claim(source: str, claim: Record, top: float) -> tuple[list[str], float]:
    """Return a claim's elements of the picture, and where the next may begin."""
    places = placed_fields(claim)
    marks: list[str] = []
    texts: list[str] = []
    y = top
    for low, high in wrap_range(source, *evidence_range(claim)):
        for name, (start, end) in places.items():
            start, end = max(start, low), min(end, high)
            if start < end:
                x, width = MARGIN + (start - low) * ADVANCE, (end - start) * ADVANCE
                marks.append(
                    f"<rect x='{x:g}' y='{y - 16:g}' width='{width:g}' height='21' rx='3' fill='{COLOURS[name]}'/>"
                )
        words = escape(source[low:high].replace("\n", " "), quote=False)
        length = (high - low) * ADVANCE
        texts.append(f"<text x='{MARGIN}' y='{y:g}' textLength='{length:g}' xml:space='preserve' {FONT}>{words}</text>")
        y += LINE
    cells = [(name, claim[name]["text"], COLOURS[name]) for name in places]
    cells.append(("direction", f"{ARROWS[claim['direction']]} {claim['direction']}", "#ffffff"))
    x, y = float(MARGIN), y + 10
    for name, value, colour in cells:
        width = max(len(name) * 7.2, len(value) * ADVANCE) + 2 * CELL
        if x + width > MARGIN + COLUMNS * ADVANCE + 2 * CELL:
            x, y = float(MARGIN), y + 56
        marks.append(f"<rect x='{x:g}' y='{y:g}' width='{width:g}' height='48' fill='{colour}' stroke='#b5b9bf'/>")
        texts.append(f"<text x='{x + CELL:g}' y='{y + 17:g}' fill='#5b6168' {SMALL}>{name}</text>")
        texts.append(f"<text x='{x + CELL:g}' y='{y + 38:g}' {FONT}>{escape(value, quote=False)}</text>")
        x += width
    return [*marks, *texts], y + 48 + 50


def draw_paper(paper: Path) -> str:
    """Return the picture of a paper's fullest claims as SVG."""
    document = pipeline.read(paper, name=paper.name)
    claims = pipeline.extract(document).records().claims
    body: list[str] = []
    top = 66.0
    for kind, title in (("prose", "a sentence and its claim"), ("table", "a table row and its claim")):
        body.append(f"<text x='{MARGIN}' y='{top - 28:g}' fill='#5b6168' {SMALL}>{title}</text>")
        elements, top = draw_claim(document.source, choose_claim(claims, kind=kind), top)
        body += elements
        top += 16
    width, height = MARGIN * 2 + COLUMNS * ADVANCE + 2 * CELL, top - 42
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}' fill='#1f2328'>"
    return "\n".join([head, "<rect width='100%' height='100%' fill='#ffffff'/>", *body, "</svg>"]) + "\n"


def main() -> None:
    """Parse the arguments and write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paper", type=Path, default=PAPER)
    parser.add_argument("--out", type=Path, default=PICTURE)
    arguments = parser.parse_args()
    arguments.out.write_text(draw_paper(arguments.paper), encoding="utf-8")


if __name__ == "__main__":
    main()
