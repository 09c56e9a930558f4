"""Claims as Label Studio tasks: one task a claim, with what was extracted as a prediction to correct.

The format is that of Label Studio's guides "Import pre-annotated data" and "Task format": ``data`` is what is shown,
``predictions`` hold regions (``labels``), choices and relations, each tied to its control by ``from_name``. Offsets
are code points of ``data.text``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from pipeline.export import stage_file
from pipeline.model import hash_text, make_id
from pipeline.model.decisions import VERDICTS
from pipeline.model.records import Record
from pipeline.review.fields import PLACED, PLAIN, list_choices, show_field
from pipeline.review.passages import make_passage, placed_fields

LABELS: Final = {name: name.upper() for name in PLACED}
"""The label of each placed field."""
_COLOURS: Final = (
    "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f", "#bcbd22", "#17becf", "#aec7e8",
    "#ff9896", "#98df8a", "#c5b0d5", "#ff7f0e", "#c49c94",
)  # fmt: skip
_TITLES: Final = {
    "direction": "Direction of the outcome",
    "certainty": "Certainty",
    "negated": "Negated by a cue",
    "setting": "Setting",
    "source_kind": "Own finding, or cited",
}
_OF_OUTCOME: Final = frozenset({"effect", "significance"})


def write_tasks(path: Path, items: Iterable[tuple[Mapping[str, Any], Mapping[str, Any], str]]) -> None:
    """Write claims, each with its document's record and its source text, as one JSON file of tasks.

    Raises:
        SourceError: the file cannot be written.
    """
    with stage_file(path) as staging, staging.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for number, (claim, document, source) in enumerate(items):
            file.write("\n" if number == 0 else ",\n")
            file.write(json.dumps(make_task(claim, document, source), ensure_ascii=True, separators=(",", ":")))
        file.write("\n]\n")


def make_task(claim: Mapping[str, Any], document: Mapping[str, Any], source: str) -> Record:
    """Return the task of a claim."""
    passage = make_passage(claim, source)
    regions = {}
    for name, value in placed_fields(claim):
        place = passage.to_text(value["start"], value["end"])
        if place is not None:
            regions[name] = place
    choices = {name: show_field(claim, name) for name in PLAIN if claim.get(name) is not None}
    score = claim.get("confidence")
    result = [_region(claim, name, place, passage.text) for name, place in regions.items()]
    result += [_choice(claim, name, value) for name, value in choices.items()]
    result += _relations(claim, regions)
    prediction: Record = {"model_version": "litclaims", "result": result}
    if score is not None:
        prediction["score"] = score
        for item in result:
            if item["type"] != "relation":
                item["score"] = score
    return {
        "data": {
            "text": passage.text,
            "heading": _heading(claim),
            "where": " · ".join(filter(None, (document.get("title") or document.get("path"), claim.get("section")))),
            "fields": _summary(claim),
            "claim_id": f"claim-{claim['claim_id']}",
            "document": document.get("path"),
            "text_sha256": hash_text(source),
            "pieces": [list(piece) for piece in passage.pieces],
            "extracted": {"regions": {name: list(place) for name, place in regions.items()}, "choices": choices},
        },
        "predictions": [prediction],
    }


def make_config() -> str:
    """Return the labelling configuration for the tasks, to be pasted into the project's settings."""
    lines = [
        "<View>",
        "  <Style>.htx-text { white-space: pre-wrap; line-height: 1.7 }</Style>",
        '  <Header value="$heading" size="4"/>',
        '  <Header value="$where" size="6"/>',
        '  <Labels name="fields" toName="text" choice="single" showInline="true">',
        *(
            f"    <Label value={quoteattr(label)} background={quoteattr(colour)}/>"
            for label, colour in zip(LABELS.values(), _COLOURS, strict=True)
        ),
        "  </Labels>",
        '  <Text name="text" value="$text" granularity="symbol"/>',
        "  <Relations>",
        '    <Relation value="affects"/>',
        '    <Relation value="of"/>',
        "  </Relations>",
        '  <Header value="Read as" size="6"/>',
        '  <Text name="summary" value="$fields" selectionEnabled="false"/>',
    ]
    for name in PLAIN:
        lines.append(f'  <Header value={quoteattr(_TITLES[name])} size="6"/>')
        lines += _choices(name, list_choices(name))
    lines.append('  <Header value="Decision" size="4"/>')
    lines += _choices("decision", VERDICTS, required=True)
    lines += [
        '  <TextArea name="corrections" toName="text" rows="2" editable="true" maxSubmissions="1"'
        ' placeholder="Other corrections, one a line: dose_low=10"/>',
        '  <TextArea name="why" toName="text" rows="2" editable="true" maxSubmissions="1" placeholder="Why"/>',
        "</View>",
    ]
    return "\n".join(lines) + "\n"


def _choices(name: str, values: Iterable[str], *, required: bool = False) -> list[str]:
    needed = ' required="true" requiredMessage="Accept, correct or reject the claim"' if required else ""
    return [
        f'  <Choices name="{name}" toName="text" choice="single" showInline="true"{needed}>',
        *(f"    <Choice value={quoteattr(value)}/>" for value in values),
        "  </Choices>",
    ]


def _heading(claim: Mapping[str, Any]) -> str:
    return f"{claim['intervention']['name']} → {claim['outcome']['name']}: {claim['direction'].replace('_', ' ')}"


def _summary(claim: Mapping[str, Any]) -> str:
    """Return the sentence or row, and the fields with what was read from them, one a line."""
    evidence = ("evidence", claim["evidence"]["text"])
    shown = (evidence, *((name.replace("_", " "), show_field(claim, name)) for name in PLACED))
    return "\n".join(f"{name}: {value}" for name, value in shown if value)


def _identify(claim: Mapping[str, Any], *parts: str) -> str:
    return make_id("region", claim["claim_id"], *parts)[:10]


def _region(claim: Mapping[str, Any], name: str, place: tuple[int, int], text: str) -> Record:
    start, end = place
    value = {"start": start, "end": end, "text": text[start:end], "labels": [LABELS[name]]}
    return {"id": _identify(claim, name), "from_name": "fields", "to_name": "text", "type": "labels", "value": value}


def _choice(claim: Mapping[str, Any], name: str, value: str) -> Record:
    return {
        "id": _identify(claim, "choice", name),
        "from_name": name,
        "to_name": "text",
        "type": "choices",
        "value": {"choices": [value]},
    }


def _relations(claim: Mapping[str, Any], regions: Mapping[str, tuple[int, int]]) -> list[Record]:
    relations: list[Record] = []
    for name in regions:
        if name == "outcome":
            continue
        target, label = ("outcome", "affects") if name == "intervention" else ("intervention", "of")
        target = "outcome" if name in _OF_OUTCOME else target
        if target in regions:
            one, other = _identify(claim, name), _identify(claim, target)
            relations.append(
                {"type": "relation", "from_id": one, "to_id": other, "direction": "right", "labels": [label]}
            )
    return relations
