"""The fields of one labelled claim at their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluation.quotes import LabelError, LabelledText, Place

PLACED_FIELDS = (
    "intervention", "comparator", "dose", "route", "schedule", "duration", "species", "strain", "population", "sex",
    "age", "sample_size", "outcome", "effect", "significance",
)  # fmt: skip
PLAIN_FIELDS = ("direction", "certainty", "negated", "setting", "source_kind", "citations")
_INNER_FIELDS = {
    "outcome": ("timepoint",),
    "effect": ("control", "treated"),
    "combined_with": ("dose", "route", "schedule"),
}
_AMOUNTS = ("effect", "control", "treated", "significance")
_PLACE_KEYS = ("nth", "where", "line", "source", "note")


class FieldPlacer:
    """Places the fields of one claim: inside its evidence, or inside the quote that a field names.

    A bare number without ``nth`` is looked for outside the other fields first: the 9 of an effect is not that of
    "9 months".
    """

    def __init__(self, text: LabelledText, spans: Sequence[Place], source: str, problems: list[str]) -> None:
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
