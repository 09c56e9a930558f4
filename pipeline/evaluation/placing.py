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
from pipeline.evaluation.folding import FoldedText, QuoteFinder
from pipeline.evaluation.gold import Gold, GoldDocument, GoldRecord, collect_gold, parse_record, save_gold
from pipeline.model.ids import hash_bytes, hash_text

PLACED_FIELDS = (
    "intervention", "comparator", "dose", "route", "schedule", "duration", "species", "strain", "population", "sex",
    "age", "sample_size", "outcome", "effect", "significance",
)  # fmt: skip
PLAIN_FIELDS = ("direction", "certainty", "negated", "setting", "source_kind", "citations")
CLAIM_KEYS = frozenset(
    (*PLACED_FIELDS, *PLAIN_FIELDS, "combined_with", "type", "doc", "line", "note", "evidence", "table", "row",
     "section", "optional", "alternatives")
)  # fmt: skip
_INNER_FIELDS = {
    "outcome": ("timepoint",),
    "effect": ("control", "treated"),
    "combined_with": ("dose", "route", "schedule"),
}
_AMOUNTS = ("effect", "control", "treated", "significance")
_PLACE_KEYS = ("nth", "where", "line", "source", "note")
LONGEST_EVIDENCE = 4000
Place = tuple[int, int]


class LabelError(ValueError):
    """A label, or a part of it, cannot be placed; the message says why."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A label or a field that found no place: the labels file, its 1-based line, and the reason."""

    file: str
    line: int
    reason: str


@dataclass(slots=True)
class _Text:
    """A source text with everything that finding places in it needs."""

    document: GoldDocument
    source: str
    finder: QuoteFinder
    view: FoldedText


@dataclass(slots=True)
class _Progress:
    """What one labels file has said so far."""

    file: str
    texts: Path
    cache: dict[str, _Text]
    records: list[GoldRecord] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    defaults: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[str, list[Place]] | None = None


def place_labels(paths: Sequence[Path], *, texts: Path) -> tuple[Gold, list[Unplaced]]:
    """Resolve the quotes of labels files to offsets in the documents under ``texts``.

    Returns:
        the gold of everything that could be placed, and what could not, in file and line order.
    """
    cache: dict[str, _Text] = {}
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
            progress.records.append(_place_entity(_text_of(progress, label), label))
        elif kind == "entities":
            progress.records += _place_entities(_text_of(progress, label), label)
        else:
            raise LabelError(f"type is {kind!r}, expected scope, claim, entity, entities or defaults")
    except ValidationError as error:
        for part in error.errors():
            problems.append(f"{'.'.join(map(str, part['loc'])) or 'label'}: {part['msg']} (got {part['input']!r:.80})")
    except (LabelError, json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        problems.append(f"missing {error}" if isinstance(error, KeyError) else str(error))
    progress.unplaced += [Unplaced(progress.file, number, problem) for problem in problems]


def _text_of(progress: _Progress, label: Mapping[str, Any]) -> _Text:
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
        progress.cache[name] = _Text(document, source, QuoteFinder(source), anchor_view(source))
    return progress.cache[name]


def _place_scope(text: _Text, label: Mapping[str, Any]) -> GoldRecord:
    if "lines" in label:
        start, end = text.finder.line_range(*map(int, label["lines"]))
    else:
        start, end = _find_stretch(text, label, limit=len(text.source))
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
    placer = _FieldPlacer(text, spans, "sentence" if table is None else "row", problems)
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


def _place_evidence(progress: _Progress, text: _Text, label: Mapping[str, Any]) -> list[Place]:
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
            place = _find_stretch(text, {"line": hint, **fragment}, limit=LONGEST_EVIDENCE)
        else:
            place = _find_one(text, str(fragment), line=hint, after=spans[-1][1] if spans else None)
        spans.append(place)
    return spans


def _find_stretch(text: _Text, label: Mapping[str, Any], *, limit: int) -> Place:
    start, end = _find_one(text, str(label["from"]), line=label.get("line"))
    ends = text.finder.find(str(label["to"]), start=start)
    ends = [place for place in ends if place[1] >= end]
    if not ends or ends[0][1] - start > limit:
        raise LabelError(f"not found within {limit} characters: the end {label['to']!r}")
    return start, ends[0][1]


def _find_one(text: _Text, quote: str, *, line: int | None = None, after: int | None = None) -> Place:
    """Return the one place of a quote: the only one, the nearest to ``line``, or the first from ``after`` on."""
    places = text.finder.find(quote)
    if not places:
        raise LabelError(f"not found: {quote!r:.160}")
    if len(places) == 1:
        return places[0]
    if after is not None:
        return next((place for place in places if place[0] >= after), places[-1])
    if line is None:
        lines = ", ".join(str(text.finder.line_of(start)) for start, _ in places[:8])
        raise LabelError(f"ambiguous: {quote!r:.120} stands on lines {lines}; give `line`")
    return min(places, key=lambda place: (abs(text.finder.line_of(place[0]) - line), place))


class _FieldPlacer:
    """Places the fields of one claim: inside its evidence, or inside the quote that a field names.

    A bare number without ``nth`` is looked for outside the other fields first: the 9 of an effect is not that of
    "9 months".
    """

    def __init__(self, text: _Text, spans: Sequence[Place], source: str, problems: list[str]) -> None:
        self._text = text
        self._spans = spans
        self._source = source
        self._problems = problems
        self._taken: list[Place] = []

    def place_fields(self, label: Mapping[str, Any]) -> dict[str, Any]:
        """Return the label's fields with places; one that finds none is reported and left out."""
        fields: dict[str, Any] = {name: label[name] for name in PLAIN_FIELDS if name in label}
        if "citations" in fields:
            fields["citations"] = [_marker(item) for item in fields["citations"] or ()]
        for name in PLACED_FIELDS:
            if name in label:
                self._add(fields, name, label[name], name)
        if "combined_with" in label:
            partners: dict[str, Any] = {}
            for index, partner in enumerate(label["combined_with"] or ()):
                self._add(partners, str(index), partner, "combined_with")
            fields["combined_with"] = list(partners.values())
        return fields

    def _add(self, fields: dict[str, Any], key: str, value: Any, name: str) -> None:
        try:
            fields[key] = None if value is None else self._place(value, name)
        except (LabelError, KeyError, TypeError) as error:
            self._problems.append(f"{name}: {'missing ' if isinstance(error, KeyError) else ''}{error}")

    def _place(self, value: Mapping[str, Any], name: str) -> dict[str, Any]:
        inner = _INNER_FIELDS.get(name, ())
        placed = {key: item for key, item in value.items() if key not in (*_PLACE_KEYS, *inner)}
        placed["text"] = str(value["text"])
        placed["source"] = value.get("source") or self._source
        where = value.get("where")
        if where is not None and "source" not in value:
            raise LabelError(f"{placed['text']!r} stands outside the evidence (`where`) but has no `source`")
        place = self._find(value, placed["source"])
        if place is not None:
            placed["start"], placed["end"] = place
            if name not in _AMOUNTS:
                self._taken.append(place)
            placed["text"] = self._text.source[place[0] : place[1]]
        for key in inner:
            if value.get(key) is not None:
                outer = {"source": value.get("source"), "where": where, "line": value.get("line")}
                shared = {item: given for item, given in outer.items() if given is not None}
                self._add_inner(placed, key, value[key], shared)
        return placed

    def _add_inner(self, placed: dict[str, Any], key: str, value: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        """Place a field within a field: in the evidence, else where its outer field stands."""
        try:
            placed[key] = self._place(value, key)
        except LabelError:
            if not shared or "where" in value:
                raise
            placed[key] = self._place({**shared, **value}, key)

    def _find(self, value: Mapping[str, Any], source: str) -> Place | None:
        text, nth = str(value["text"]), int(value.get("nth") or 1)
        where = value.get("where")
        finder = self._text.finder
        if where is not None:
            start, end = self._nearest(str(where), value.get("line"))
            places = finder.find(text, start=start, end=end, whole=True)
        else:
            places = [
                place for start, end in self._spans for place in finder.find(text, start=start, end=end, whole=True)
            ]
            if not places and len(self._spans) > 1:
                low, high = min(start for start, _ in self._spans), max(end for _, end in self._spans)
                places = finder.find(text, start=low, end=high, whole=True)
        if "nth" not in value and not any(character.isalpha() for character in text):
            free = [place for place in places if not any(low <= place[0] < high for low, high in self._taken)]
            places = free or places
        if len(places) >= nth:
            return places[nth - 1]
        if source == "inferred" and where is None:
            return None
        found = f"only {len(places)} of {nth}" if places else "nowhere"
        raise LabelError(f"{text!r} stands {found} in {'`where`' if where is not None else 'the evidence'}")

    def _nearest(self, quote: str, line: int | None) -> Place:
        """Return the place of ``where``: nearest to ``line``, else the last before the evidence, else the first."""
        places = self._text.finder.find(quote)
        if not places:
            raise LabelError(f"`where` not found: {quote!r:.160}")
        if line is not None:
            finder = self._text.finder
            return min(places, key=lambda place: (abs(finder.line_of(place[0]) - line), place))
        start = self._spans[0][0]
        return max((place for place in places if place[0] <= start), default=places[0])


def _marker(item: Any) -> str:
    return str(item["marker"] if isinstance(item, dict) else item)


def _place_entity(text: _Text, label: Mapping[str, Any]) -> GoldRecord:
    words, line, nth = str(label["text"]), label.get("line"), int(label.get("nth") or 1)
    finder = text.finder
    start, end = 0, len(text.source)
    if label.get("where") is not None:
        start, end = _find_one(text, str(label["where"]), line=line)
    places = finder.find(words, start=start, end=end, whole=True)
    if label.get("where") is None and line is not None and places:
        nearest = min((finder.line_of(place[0]) for place in places), key=lambda found: (abs(found - line), found))
        places = [place for place in places if finder.line_of(place[0]) == nearest] if abs(nearest - line) <= 3 else []
    if len(places) < nth:
        raise LabelError(f"entity {words!r} stands {len(places)} times there, not {nth}")
    if len(places) > 1 and not {"nth", "where", "line"} & set(label):
        raise LabelError(f"ambiguous: entity {words!r}; give `where`, `line` or `nth`")
    return _entity(text, label, places[nth - 1])


def _place_entities(text: _Text, label: Mapping[str, Any]) -> list[GoldRecord]:
    start, end = text.finder.line_range(*map(int, label["lines"]))
    wanted = label["text"] if isinstance(label["text"], list) else [label["text"]]
    places: set[Place] = set()
    for words in wanted:
        found = text.finder.find(str(words), start=start, end=end, whole=True)
        if not found:
            raise LabelError(f"entity {words!r} does not stand on lines {label['lines']}")
        places.update(found)
    longest = [place for place in sorted(places) if not _is_inside(place, places)]
    skipped = {int(number) for number in label.get("except") or ()}
    return [_entity(text, label, place) for number, place in enumerate(longest, start=1) if number not in skipped]


def _is_inside(place: Place, places: set[Place]) -> bool:
    return any(other != place and other[0] <= place[0] and place[1] <= other[1] for other in places)


def _entity(text: _Text, label: Mapping[str, Any], place: Place) -> GoldRecord:
    record = {"type": "entity", "document": text.document.sha256, "label": label["label"]}
    record |= {"start": place[0], "end": place[1], "text": text.source[place[0] : place[1]]}
    hashes = hash_places(text.view, [place])
    record |= {key: hashes[key] for key in ("before", "after")}
    return parse_record(
        record | {key: label[key] for key in ("role", "name", "id", "value") if label.get(key) is not None}
    )


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
