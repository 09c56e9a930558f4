"""From a labeller's quotes to stand-off gold.

Run as ``python -m pipeline.evaluation.placing LABELS… --texts DIR --out GOLD``. The format is described in
``corpus/gold/FORMAT.md``. What cannot be placed is reported with its line and reason and left out, never guessed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.evaluation.anchors import anchor_view, hash_places
from pipeline.evaluation.entity_placing import place_entities, place_entity
from pipeline.evaluation.field_placing import PLACED_FIELDS, PLAIN_FIELDS, FieldPlacer
from pipeline.evaluation.folding import QuoteFinder
from pipeline.evaluation.gold import Gold, GoldDocument, GoldRecord, collect_gold, parse_record, save_gold
from pipeline.evaluation.quotes import LabelError, LabelledText, Place, find_one, find_stretch
from pipeline.model.ids import hash_bytes, hash_text

CLAIM_KEYS = frozenset(
    (*PLACED_FIELDS, *PLAIN_FIELDS, "combined_with", "type", "doc", "line", "note", "evidence", "table", "row",
     "section", "optional", "alternatives")
)  # fmt: skip
LONGEST_EVIDENCE = 4000


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A label or a field that found no place: the labels file, its 1-based line, and the reason."""

    file: str
    line: int
    reason: str


@dataclass(slots=True)
class _Progress:
    """What one labels file has said so far."""

    file: str
    texts: Path
    cache: dict[str, LabelledText]
    records: list[GoldRecord] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    defaults: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[str, list[Place]] | None = None


def place_labels(paths: Sequence[Path], *, texts: Path) -> tuple[Gold, list[Unplaced]]:
    """Resolve the quotes of labels files to offsets in the documents under ``texts``.

    Returns:
        the gold of everything that could be placed, and what could not, in file and line order.
    """
    cache: dict[str, LabelledText] = {}
    records: list[GoldRecord] = []
    unplaced: list[Unplaced] = []
    for path in paths:
        progress = _Progress(path.name, texts, cache)
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if line.strip():
                _place_line(progress, number, line)
        records += progress.records
        unplaced += progress.unplaced
    documents = [text.document for text in cache.values()]
    return collect_gold([*documents, *records]), unplaced


def _place_line(progress: _Progress, number: int, line: str) -> None:
    problems: list[str] = []
    try:
        label = json.loads(line)
        if not isinstance(label, dict):
            raise LabelError("a label is a JSON object")
        kind = label.get("type")
        if kind == "defaults":
            progress.defaults = dict(label.get("set") or {})
        elif kind == "scope":
            progress.records.append(_place_scope(_text_of(progress, label), label))
        elif kind == "claim":
            progress.records.append(_place_claim(progress, label, problems))
        elif kind == "entity":
            progress.records.append(place_entity(_text_of(progress, label), label))
        elif kind == "entities":
            progress.records += place_entities(_text_of(progress, label), label)
        else:
            raise LabelError(f"type is {kind!r}, expected scope, claim, entity, entities or defaults")
    except ValidationError as error:
        for part in error.errors():
            problems.append(f"{'.'.join(map(str, part['loc'])) or 'label'}: {part['msg']} (got {part['input']!r:.80})")
    except (LabelError, json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        problems.append(f"missing {error}" if isinstance(error, KeyError) else str(error))
    progress.unplaced += [Unplaced(progress.file, number, problem) for problem in problems]


def _text_of(progress: _Progress, label: Mapping[str, Any]) -> LabelledText:
    name = str(label["doc"])
    if name not in progress.cache:
        path = progress.texts / name
        if not path.is_file():
            raise LabelError(f"no document {name!r} under the texts folder")
        data = path.read_bytes()
        source = data.decode("utf-8")
        document = GoldDocument(
            sha256=hash_bytes(data), text_sha256=hash_text(source), name=path.name, characters=len(source)
        )
        progress.cache[name] = LabelledText(document, source, QuoteFinder(source), anchor_view(source))
    return progress.cache[name]


def _place_scope(text: LabelledText, label: Mapping[str, Any]) -> GoldRecord:
    if "lines" in label:
        start, end = text.finder.line_range(*map(int, label["lines"]))
    else:
        start, end = find_stretch(text, label, limit=len(text.source))
    record = {"type": "scope", "document": text.document.sha256, "start": start, "end": end}
    hashes = hash_places(text.view, [(start, end)])
    record |= {key: hashes[key] for key in ("length", "head", "tail")}
    copied = ("covers", "section", "table", "labels", "split")
    return parse_record(record | {key: label[key] for key in copied if label.get(key) is not None})


def _place_claim(progress: _Progress, label: Mapping[str, Any], problems: list[str]) -> GoldRecord:
    label = {**progress.defaults, **label}
    text = _text_of(progress, label)
    unknown = sorted(set(label) - CLAIM_KEYS)
    if unknown:
        problems.append(f"unknown keys left out: {', '.join(unknown)}")
    spans = _place_evidence(progress, text, label)
    progress.evidence = (text.document.sha256, spans)
    table = label.get("table")
    placer = FieldPlacer(text, spans, "sentence" if table is None else "row", problems)
    record: dict[str, Any] = {"type": "claim", "document": text.document.sha256}
    record["kind"] = "prose" if table is None else "table"
    record["evidence"] = {"spans": spans, **hash_places(text.view, spans)}
    if table is not None:
        record["evidence"] |= {"table": str(table), "row": label.get("row")}
    fields = placer.place_fields(label)
    for name in ("intervention", "outcome", "direction"):
        if fields.get(name) is None:
            raise LabelError(f"claim left out: {name} is missing or has no place")
    record |= {name: value for name, value in fields.items() if value is not None}
    record |= {key: label[key] for key in ("section", "optional") if label.get(key) is not None}
    readings = []
    for alternative in label.get("alternatives") or ():
        reading = placer.place_fields(_complete_alternative(label, alternative))
        unknown = sorted(set(alternative) - set(reading))
        if unknown:
            problems.append(f"alternative left out: {', '.join(unknown)} is no field or has no place")
        else:
            readings.append(reading)
    if readings:
        record["alternatives"] = readings
    return parse_record(record)


def _complete_alternative(label: Mapping[str, Any], alternative: Mapping[str, Any]) -> dict[str, Any]:
    """Return an alternative whose text-less field objects are laid over the claim's own."""
    complete: dict[str, Any] = {}
    for name, value in alternative.items():
        base = label.get(name)
        if isinstance(value, dict) and "text" not in value and isinstance(base, dict):
            value = {**base, **value}
        complete[name] = value
    return complete


def _place_evidence(progress: _Progress, text: LabelledText, label: Mapping[str, Any]) -> list[Place]:
    evidence = label["evidence"]
    if evidence == "same":
        if progress.evidence is None or progress.evidence[0] != text.document.sha256:
            raise LabelError('evidence "same" needs a placed claim of the same document before it')
        return progress.evidence[1]
    fragments = evidence if isinstance(evidence, list) else [evidence]
    spans: list[Place] = []
    for fragment in fragments:
        hint = label.get("line") if not spans else None
        if isinstance(fragment, dict) and "lines" in fragment:
            place = text.finder.line_range(*map(int, fragment["lines"]))
        elif isinstance(fragment, dict):
            place = find_stretch(text, {"line": hint, **fragment}, limit=LONGEST_EVIDENCE)
        else:
            place = find_one(text, str(fragment), line=hint, after=spans[-1][1] if spans else None)
        spans.append(place)
    return spans


def main(arguments: Sequence[str] | None = None) -> int:
    """Place labels files and write the gold; return 1 if anything was left unplaced."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluation.placing", description=__doc__)
    parser.add_argument("labels", nargs="+", type=Path, help="labels files (JSON Lines)")
    parser.add_argument("--texts", required=True, type=Path, help="folder of the documents that the labels name")
    parser.add_argument("--out", type=Path, help="gold file to write")
    parser.add_argument("--check", action="store_true", help="report only, write nothing")
    options = parser.parse_args(arguments)
    if options.out is None and not options.check:
        parser.error("give --out, or --check to write nothing")
    gold, unplaced = place_labels(options.labels, texts=options.texts)
    for item in unplaced:
        sys.stdout.write(f"{item.file}:{item.line}: {item.reason}\n")
    sys.stdout.write(
        f"placed {len(gold.claims)} claims, {len(gold.entities)} entities, {len(gold.scopes)} scopes "
        f"of {len(gold.documents)} documents; {len(unplaced)} problems\n"
    )
    if not options.check:
        save_gold(gold, options.out)
    return 1 if unplaced else 0


if __name__ == "__main__":
    raise SystemExit(main())
