"""The gold set: what people labelled, as stand-off records without the papers' sentences.

One JSON object a line, told apart by ``type``: a ``document`` (by the sha256 of its bytes), a ``scope`` (a stretch
that was labelled exhaustively, with its split), a ``claim``, or an ``entity``. Offsets are code points of the
document's source text, end exclusive. Claim fields carry the names and values of the output contract.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal, get_args

from pydantic import BaseModel, Field, ValidationError, model_validator

from pipeline.errors import SettingsError
from pipeline.evaluation.gold_fields import (
    GoldAge,
    GoldComparator,
    GoldDose,
    GoldDuration,
    GoldEffect,
    GoldField,
    GoldIntervention,
    GoldModel,
    GoldNamed,
    GoldOutcome,
    GoldPartner,
    GoldSampleSize,
    GoldSchedule,
    GoldSex,
    GoldSignificance,
)
from pipeline.model.claims import Certainty, ClaimKind, Direction, Setting, SourceKind
from pipeline.model.mentions import Label

Split = Literal["dev", "test"]
Covers = Literal["claims", "tables", "entities"]
SPLITS: tuple[str, ...] = get_args(Split)
OUTSIDE = "outside.jsonl"
"""Our labels of public corpora's items, which lie beside the gold and are none (``training.measure_outside``)."""


class GoldEvidence(GoldModel):
    """Where a claim stands, with what finds it again in another rendering of the same paper.

    ``sha256`` is of the folded evidence and ``length`` its characters; ``head``, ``tail``, ``before`` and ``after``
    are hashes of folded windows at its two ends and beside it (see ``anchors``).
    """

    spans: tuple[tuple[int, int], ...] = Field(min_length=1)
    table: str | None = None
    row: int | None = Field(default=None, ge=0)
    sha256: str = ""
    length: int = 0
    head: str = ""
    tail: str = ""
    before: str = ""
    after: str = ""

    @model_validator(mode="after")
    def _check_spans(self) -> GoldEvidence:
        for start, end in self.spans:
            if not 0 <= start < end:
                raise ValueError(f"an evidence span needs 0 <= start < end, not [{start}, {end})")
        return self


class GoldReading(GoldModel):
    """The fields of a claim that can be read in several ways; an alternative sets only those that differ."""

    intervention: GoldIntervention | None = None
    combined_with: tuple[GoldPartner, ...] = ()
    comparator: GoldComparator | None = None
    dose: GoldDose | None = None
    route: GoldNamed | None = None
    schedule: GoldSchedule | None = None
    duration: GoldDuration | None = None
    species: GoldNamed | None = None
    strain: GoldNamed | None = None
    population: GoldField | None = None
    setting: Setting | None = None
    sex: GoldSex | None = None
    age: GoldAge | None = None
    sample_size: GoldSampleSize | None = None
    outcome: GoldOutcome | None = None
    direction: Direction | None = None
    effect: GoldEffect | None = None
    significance: GoldSignificance | None = None
    certainty: Certainty | None = None
    negated: bool | None = None
    source_kind: SourceKind | None = None
    citations: tuple[str, ...] = ()


class GoldClaim(GoldReading):
    """A labelled claim; ``document`` is the sha256 of the document's bytes."""

    required: ClassVar[tuple[str, ...]] = ("intervention", "outcome", "direction")

    type: Literal["claim"] = "claim"
    document: str
    kind: ClaimKind
    evidence: GoldEvidence
    intervention: GoldIntervention
    outcome: GoldOutcome
    direction: Direction
    certainty: Certainty = "asserted"
    negated: bool = False
    section: str | None = None
    optional: bool = False
    alternatives: tuple[GoldReading, ...] = ()

    @property
    def start(self) -> int:
        """The first code point of the evidence."""
        return min(start for start, _ in self.evidence.spans)

    @model_validator(mode="after")
    def _check_claim(self) -> GoldClaim:
        if (self.kind == "table") != (self.evidence.table is not None):
            raise ValueError("a table claim names its table, a prose claim none")
        for alternative in self.alternatives:
            for name in self.required:
                if name in alternative.model_fields_set and getattr(alternative, name) is None:
                    raise ValueError(f"an alternative cannot take {name} away")
        return self


class GoldEntity(GoldModel):
    """A labelled mention; ``before`` and ``after`` are hashes of the folded windows beside it."""

    type: Literal["entity"] = "entity"
    document: str
    label: Label
    start: int = Field(ge=0)
    end: int
    text: str = Field(min_length=1, max_length=300)
    role: str | None = None
    name: str | None = None
    id: str | None = None
    value: dict[str, Any] | None = None
    before: str = ""
    after: str = ""

    @model_validator(mode="after")
    def _check_place(self) -> GoldEntity:
        if self.start >= self.end:
            raise ValueError(f"an entity needs start < end, not [{self.start}, {self.end})")
        return self


class GoldScope(GoldModel):
    """A stretch ``[start, end)`` that was labelled exhaustively for what ``covers`` lists.

    ``labels`` are the entity labels that were looked for there; ``None`` means all of them.
    """

    type: Literal["scope"] = "scope"
    document: str
    start: int = Field(ge=0)
    end: int
    covers: tuple[Covers, ...] = Field(min_length=1)
    section: str
    table: str | None = None
    labels: tuple[Label, ...] | None = None
    length: int = 0
    head: str = ""
    tail: str = ""
    split: Split | None = None


class GoldDocument(GoldModel):
    """A labelled document; ``text_sha256`` is of the source text that the offsets point into."""

    type: Literal["document"] = "document"
    sha256: str
    text_sha256: str
    name: str
    characters: int = Field(ge=0)


GoldRecord = GoldDocument | GoldScope | GoldClaim | GoldEntity
_TYPES: Mapping[str, type[GoldRecord]] = {
    "document": GoldDocument,
    "scope": GoldScope,
    "claim": GoldClaim,
    "entity": GoldEntity,
}


@dataclass(frozen=True, slots=True)
class Gold:
    """All labels of a gold set, each kind in document order."""

    documents: tuple[GoldDocument, ...] = ()
    scopes: tuple[GoldScope, ...] = ()
    claims: tuple[GoldClaim, ...] = ()
    entities: tuple[GoldEntity, ...] = ()
    _scopes_of: dict[str, tuple[GoldScope, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        grouped: dict[str, list[GoldScope]] = {}
        for scope in self.scopes:
            grouped.setdefault(scope.document, []).append(scope)
        object.__setattr__(self, "_scopes_of", {name: tuple(group) for name, group in grouped.items()})

    def scopes_of(self, document: str, covers: Iterable[str], *, split: str | None = None) -> tuple[GoldScope, ...]:
        """Return the document's scopes that cover any of ``covers``, of one split or of all."""
        wanted = frozenset(covers)
        return tuple(
            scope
            for scope in self._scopes_of.get(document, ())
            if wanted.intersection(scope.covers) and (split is None or scope.split == split)
        )

    def scope_of(self, claim: GoldClaim) -> GoldScope | None:
        """Return the scope that a claim belongs to: its table's, else the narrowest that covers its evidence."""
        covers = "tables" if claim.kind == "table" else "claims"
        start, end = claim.evidence.spans[0]
        around = [
            scope for scope in self.scopes_of(claim.document, [covers]) if scope.start <= start and end <= scope.end
        ]
        if claim.kind == "table":
            around = [scope for scope in around if scope.table in (None, claim.evidence.table)] or around
        return min(around, key=lambda scope: (scope.end - scope.start, scope.start), default=None)

    def records(self) -> Iterator[GoldRecord]:
        """Yield every record in the order in which it is saved."""
        yield from self.documents
        yield from self.scopes
        yield from self.claims
        yield from self.entities


def collect_gold(records: Iterable[GoldRecord]) -> Gold:
    """Return records as a gold set in a fixed order, whatever order they come in."""
    documents: list[GoldDocument] = []
    scopes: list[GoldScope] = []
    claims: list[GoldClaim] = []
    entities: list[GoldEntity] = []
    for record in records:
        if isinstance(record, GoldDocument):
            documents.append(record)
        elif isinstance(record, GoldScope):
            scopes.append(record)
        elif isinstance(record, GoldClaim):
            claims.append(record)
        else:
            entities.append(record)
    unique = {document.sha256: document for document in sorted(documents, key=lambda item: (item.name, item.sha256))}
    rank = {sha256: index for index, sha256 in enumerate(unique)}

    def order(document: str, start: int, end: int, record: GoldModel) -> tuple[int, str, int, int, str]:
        return rank.get(document, len(rank)), document, start, end, dump_record(record)

    return Gold(
        documents=tuple(unique.values()),
        scopes=tuple(sorted(scopes, key=lambda item: order(item.document, item.start, item.end, item))),
        claims=tuple(
            sorted(claims, key=lambda item: order(item.document, item.start, item.evidence.spans[0][1], item))
        ),
        entities=tuple(sorted(entities, key=lambda item: order(item.document, item.start, item.end, item))),
    )


def parse_record(value: Mapping[str, Any]) -> GoldRecord:
    """Return a JSON object as the gold record that its ``type`` names.

    Raises:
        ValidationError: if the object does not keep the schema.
        ValueError: if ``type`` names no kind of record.
    """
    kind = _TYPES.get(str(value.get("type")))
    if kind is None:
        raise ValueError(f"type is {value.get('type')!r}, expected one of {', '.join(_TYPES)}")
    return kind.model_validate(value)


def load_gold(path: Path) -> Gold:
    """Read a gold file, or all ``*.jsonl`` of a folder in name order, save ``OUTSIDE``.

    Raises:
        SettingsError: if nothing is there, or a line does not keep the schema.
    """
    files = sorted(file for file in path.glob("*.jsonl") if file.name != OUTSIDE) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise SettingsError(f"no gold at {path}: expected a .jsonl file or a folder that holds some")
    records: list[GoldRecord] = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                records.append(parse_record(json.loads(line)))
            except (ValidationError, ValueError) as error:
                raise SettingsError(f"{file.name}, line {number}: {error}") from error
    return collect_gold(records)


def save_gold(gold: Gold, path: Path) -> None:
    """Write a gold set as JSON Lines; the same gold gives the same bytes."""
    path.write_text("".join(f"{dump_record(record)}\n" for record in gold.records()), encoding="utf-8", newline="\n")


def dump_record(record: BaseModel) -> str:
    """Return a record as the JSON line that it is saved as."""
    return json.dumps(_plain(record), ensure_ascii=False, separators=(",", ":"))


def _plain(record: BaseModel) -> dict[str, Any]:
    """Return the fields that were set, or that tell the record's type."""
    value: dict[str, Any] = {}
    if "type" in type(record).model_fields:
        value["type"] = record.type  # type: ignore[attr-defined]
    return value | record.model_dump(mode="json", exclude_unset=True)
