"""Decided claims as gold: accepted and corrected claims become labels, rejected ones the absence of one.

A sentence or row becomes a labelled stretch only when each of its claims is judged; a claim beside one that nobody
judged stays out. Such gold knows what was found and judged, and not what was missed: its recall flatters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import SettingsError
from pipeline.evaluation.anchors import anchor_view, hash_places
from pipeline.evaluation.folding import FoldedText
from pipeline.evaluation.gold import (
    Gold,
    GoldClaim,
    GoldDocument,
    GoldReading,
    GoldRecord,
    GoldScope,
    Split,
    collect_gold,
    load_gold,
    parse_record,
    save_gold,
)
from pipeline.evaluation.lint import claim_fields, lint_gold
from pipeline.export import stage_file
from pipeline.model.records import Record
from pipeline.review.selection import Reviewed, review_store
from pipeline.store import Store

_PLAIN = ("direction", "certainty", "negated", "setting", "source_kind")
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """What was promoted.

    Attributes:
        added: claims that are new to the gold; ``known`` those it held already.
        scopes: stretches that are new to it.
        left_out: what stayed out, each with its claim id and the reason.
    """

    added: int
    known: int
    scopes: int
    left_out: tuple[tuple[str, str], ...]


def promote_decisions(store: Store, target: Path, *, split: Split = "dev") -> Promotion:
    """Add the decided claims of a store to a gold file, which is made where it is not there.

    What other gold files of the same folder label already stays out. Twice is once.

    Raises:
        SettingsError: the file, or one beside it, is no gold, or the result would not pass the lint.
        SourceError: the file cannot be written.
    """
    former = load_gold(target) if target.is_file() else Gold()
    beside = [load_gold(path) for path in sorted(target.parent.glob("*.jsonl")) if path.name != target.name]
    records = {_identify(record): record for record in former.records()}
    known = frozenset(records)
    left_out: list[tuple[str, str]] = []
    texts: dict[str, str] = {}
    counts = {"added": 0, "known": 0, "scopes": 0}
    for reviewed in review_store(store):
        if not reviewed.attachment.by_claim or reviewed.result.record is None:
            continue
        sha256 = reviewed.result.record["sha256"]
        held = [scope for gold in beside for scope in gold.scopes if scope.document == sha256]
        made, skipped = _promote(reviewed, split=split, held=held, former=former)
        left_out += skipped
        texts[sha256] = reviewed.result.source or ""
        for record in made:
            key = _identify(record)
            if isinstance(record, GoldClaim):
                counts["known" if key in known else "added"] += 1
            elif isinstance(record, GoldScope):
                counts["scopes"] += key not in known
            records[key] = record
    gold = collect_gold(records.values())
    if errors := [item for item in lint_gold(gold, texts=_labelled_texts(gold, texts)) if item.severity == "error"]:
        raise SettingsError(f"{target} was not written, it would not pass the lint: {errors[0]}")
    with stage_file(target) as path:
        save_gold(gold, path)
    return Promotion(**counts, left_out=tuple(left_out))


def _promote(
    reviewed: Reviewed, *, split: Split, held: Sequence[GoldScope], former: Gold
) -> tuple[list[GoldRecord], list[tuple[str, str]]]:
    """Return the gold of one document, and what stays out of it with the reason."""
    record, source = reviewed.result.record or {}, reviewed.result.source or ""
    document = GoldDocument(
        sha256=record["sha256"],
        text_sha256=record["text_sha256"],
        name=str(record["path"]).rsplit("/", 1)[-1],
        characters=len(source),
    )
    if any(item.sha256 == document.sha256 and item.text_sha256 != document.text_sha256 for item in former.documents):
        reason = "the gold labels another reading of its document"
        return [], [(claim_id, reason) for claim_id in sorted(reviewed.attachment.by_claim)]
    if document.sha256 in {item.sha256 for item in former.documents}:
        document = next(item for item in former.documents if item.sha256 == document.sha256)
    view = anchor_view(source)
    made: list[GoldRecord] = []
    skipped: list[tuple[str, str]] = []
    for place, claims in _group(reviewed.claims).items():
        decided = [claim for claim in claims if claim.get("decision")]
        if not decided:
            continue
        reason = _refuse(place, claims, decided, held)
        if reason:
            skipped += [(claim["claim_id"], reason) for claim in decided]
            continue
        labels: list[GoldClaim] = []
        for claim in decided:
            if claim["decision"] != "rejected":
                try:
                    labels.append(_label(claim, document.sha256, view))
                except ValidationError as error:
                    skipped.append((claim["claim_id"], f"the gold cannot hold it: {_explain(error)}"))
                    break
        else:
            scope = _scope(place, claims[0], document.sha256, view, split)
            reason = _check(document, scope, labels, former, source)
            if reason:
                skipped += [(claim["claim_id"], reason) for claim in decided]
            else:
                made += [scope, *labels]
    return ([document, *made] if made else []), skipped


def _group(claims: Iterable[Record]) -> dict[tuple[str, str | None, Place], list[Record]]:
    """Return claims by their place: the stretch from the first to the last character of their evidence.

    Places of one kind that overlap are one, so that no stretch is labelled twice.
    """
    groups: list[tuple[str, str | None, Place, list[Record]]] = []
    ordered = sorted(claims, key=lambda claim: (claim["kind"], str(claim["evidence"].get("table")), _reach(claim)))
    for claim in ordered:
        kind, table, (start, end) = claim["kind"], claim["evidence"].get("table"), _reach(claim)
        if groups and groups[-1][:2] == (kind, table) and start < groups[-1][2][1]:
            _, _, (low, high), members = groups[-1]
            groups[-1] = (kind, table, (low, max(high, end)), [*members, claim])
        else:
            groups.append((kind, table, (start, end), [claim]))
    return {(kind, table, place): members for kind, table, place, members in groups}


def _reach(claim: Mapping[str, Any]) -> Place:
    spans = claim["evidence"]["spans"]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _refuse(
    place: tuple[str, str | None, Place], claims: Sequence[Record], decided: Sequence[Record], held: Sequence[GoldScope]
) -> str:
    """Return why a place cannot be labelled, empty where it can."""
    kind, _, (start, end) = place
    if len(decided) < len(claims):
        return f"{len(claims) - len(decided)} claims of the same place are not judged"
    covers = "tables" if kind == "table" else "claims"
    if any(scope.start < end and start < scope.end and covers in scope.covers for scope in held):
        return "its place is labelled in another gold file"
    return ""


def _check(document: GoldDocument, scope: GoldScope, labels: Sequence[GoldClaim], former: Gold, source: str) -> str:
    """Return why labels of a stretch cannot join the gold, empty where they can."""
    known = _identify(scope) in {_identify(item) for item in former.scopes}
    if not known and _is_covered(scope, former):
        return "its place is labelled in the gold already"
    for label in labels:
        for name, item in claim_fields(label):
            if item.start is not None and source[item.start : item.end] != item.text:
                return f"its {name} does not stand at its place"
    findings = lint_gold(collect_gold([document, scope, *labels]))
    return next((f"the lint refuses it: {item.message}" for item in findings if item.severity == "error"), "")


def _identify(record: GoldRecord) -> str:
    """Return what tells two records apart: what was written of them."""
    return record.type + record.model_dump_json(exclude_unset=True, exclude={"type"})


def _is_covered(scope: GoldScope, former: Gold) -> bool:
    return any(
        item.document == scope.document
        and item.start < scope.end
        and scope.start < item.end
        and set(item.covers) & set(scope.covers)
        for item in former.scopes
    )


def _scope(
    place: tuple[str, str | None, Place], claim: Mapping[str, Any], sha256: str, view: FoldedText, split: Split
) -> GoldScope:
    kind, table, (start, end) = place
    hashes = hash_places(view, [(start, end)])
    value: Record = {
        "document": sha256,
        "start": start,
        "end": end,
        "covers": ("tables",) if kind == "table" else ("claims",),
        "section": (f"Table {table}" if kind == "table" else claim.get("section")) or "Body",
        **{key: hashes[key] for key in ("length", "head", "tail")},
        "split": split,
    }
    return GoldScope.model_validate(value | ({"table": table} if kind == "table" else {}))


def _label(claim: Mapping[str, Any], sha256: str, view: FoldedText) -> GoldClaim:
    """Return a claim as a label: its fields with places and values, without the sentence.

    Raises:
        ValidationError: the gold's schema does not allow it.
    """
    spans = [(start, end) for start, end in claim["evidence"]["spans"]]
    evidence: Record = {"spans": spans, **hash_places(view, spans)}
    if claim["kind"] == "table":
        evidence |= {"table": claim["evidence"]["table"], "row": claim["evidence"].get("row")}
    value: Record = {"type": "claim", "document": sha256, "kind": claim["kind"], "evidence": evidence}
    for name in GoldReading.model_fields:
        if name in _PLAIN:
            if claim.get(name) is not None:
                value[name] = claim[name]
        elif name == "citations":
            markers = [item["marker"] for item in claim.get(name) or ()]
            value |= {name: markers} if markers else {}
        elif claim.get(name):
            value[name] = _strip(claim[name])
    if claim.get("section"):
        value["section"] = claim["section"]
    parsed = parse_record(value)
    assert isinstance(parsed, GoldClaim)
    return parsed


def _strip(value: Any) -> Any:
    """Return a field without what is unknown; a measured value without a place is inferred, as the gold writes it."""
    if isinstance(value, list | tuple):
        return [_strip(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    kept = {key: _strip(item) for key, item in value.items() if item not in (None, [], {})}
    if "text" in kept and kept.get("start") is None:
        kept = {key: item for key, item in kept.items() if key not in ("start", "end")} | {"source": "inferred"}
    return kept


def _labelled_texts(gold: Gold, texts: Mapping[str, str]) -> dict[str, str]:
    return {item.sha256: texts[item.sha256] for item in gold.documents if item.sha256 in texts}


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
