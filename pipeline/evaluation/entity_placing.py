"""Labelled mentions at their places: one by one, or every occurrence of given words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.evaluation.anchors import hash_places
from pipeline.evaluation.gold import GoldRecord, parse_record
from pipeline.evaluation.quotes import LabelError, LabelledText, Place, find_one


def place_entity(text: LabelledText, label: Mapping[str, Any]) -> GoldRecord:
    """Return one mention at its place.

    Raises:
        LabelError: it stands nowhere, or more than once without being told which.
    """
    words, line, nth = str(label["text"]), label.get("line"), int(label.get("nth") or 1)
    finder = text.finder
    start, end = 0, len(text.source)
    if label.get("where") is not None:
        start, end = find_one(text, str(label["where"]), line=line)
    places = finder.find(words, start=start, end=end, whole=True)
    if label.get("where") is None and line is not None and places:
        nearest = min((finder.line_of(place[0]) for place in places), key=lambda found: (abs(found - line), found))
        places = [place for place in places if finder.line_of(place[0]) == nearest] if abs(nearest - line) <= 3 else []
    if len(places) < nth:
        raise LabelError(f"entity {words!r} stands {len(places)} times there, not {nth}")
    if len(places) > 1 and not {"nth", "where", "line"} & set(label):
        raise LabelError(f"ambiguous: entity {words!r}; give `where`, `line` or `nth`")
    return _entity(text, label, places[nth - 1])


def place_entities(text: LabelledText, label: Mapping[str, Any]) -> list[GoldRecord]:
    """Return every mention of the given words within lines, the longest where one stands inside another.

    Raises:
        LabelError: one of the words does not stand there.
    """
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


def _entity(text: LabelledText, label: Mapping[str, Any], place: Place) -> GoldRecord:
    record = {"type": "entity", "document": text.document.sha256, "label": label["label"]}
    record |= {"start": place[0], "end": place[1], "text": text.source[place[0] : place[1]]}
    hashes = hash_places(text.view, [place])
    record |= {key: hashes[key] for key in ("before", "after")}
    return parse_record(
        record | {key: label[key] for key in ("role", "name", "id", "value") if label.get(key) is not None}
    )
