"""Predicted claims and mentions against the gold: who matches whom, what differs, and the scores.

Only what lies in a labelled stretch is judged; a prediction elsewhere is ``unjudged`` and never counted. Hypotheses
and kinds of intervention other than drugs neither earn nor cost; the other kinds are scored apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.evaluation.binding import BOUND_FIELDS, measure_binding
from pipeline.evaluation.comparison import RULES, get_field
from pipeline.evaluation.entities import EntityScores, Place, score_entities
from pipeline.evaluation.fingerprints import fingerprint_gold, fingerprint_run
from pipeline.evaluation.gold import Gold
from pipeline.evaluation.matching import (
    Item,
    Matching,
    Pair,
    Value,
    claim_item,
    collect_aliases,
    gold_item,
    match_claims,
    merge_spans,
    overlap,
    restrict_items,
    same_evidence,
)
from pipeline.evaluation.renditions import Moved, fit_gold
from pipeline.evaluation.scores import CLAIMS, TRIPLE, ClaimScores, differing_fields, score_matching
from pipeline.evaluation.similarity import outcome_similarity, same_drug
from pipeline.model.ids import make_id

SCORED_KINDS = frozenset({"drug"})
OTHER_KINDS = frozenset({"dietary", "genetic", "other"})
STATUSES = ("matched", "differing", "missed", "spurious", "unjudged")
_UNLABELLED = ""
NAMED = 5
"""How many absent documents are named in the summary."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run against the gold.

    Attributes:
        split: the part that was scored, ``None`` for all of it.
        matching: of drug claims; ``unjudged`` are predictions that nothing was labelled for, or that are not scored.
        groups: scores of ``all``, ``prose`` and ``table`` claims, and ``apart`` of other kinds of intervention.
        absent: names of gold documents that the run did not process; their gold does not count.
        misaligned: names of processed documents whose source text is not the one that was labelled.
        splits: the split of each labelled section (``cluster`` of an item).
        gold, run: hashes of what was compared (see ``fingerprints``).
        moved: labels that were moved to another rendition for this run (see ``renditions``).
    """

    split: str | None
    matching: Matching
    unjudged: tuple[Item, ...]
    groups: Mapping[str, ClaimScores]
    by_document: Mapping[str, ClaimScores]
    entities: EntityScores
    absent: tuple[str, ...]
    misaligned: tuple[str, ...]
    claims: tuple[Value, ...]
    names: Mapping[str, str]
    splits: Mapping[str, str | None]
    gold: str
    run: str
    moved: tuple[Moved, ...] = ()

    @property
    def key(self) -> str:
        """What names the evaluation: the same gold, records and split give the same key."""
        return make_id("evaluation", self.gold, self.run, self.split)

    def as_dict(self) -> dict[str, Any]:
        """Return the scores with counts and intervals, ready for JSON."""
        statuses = [row["status"] for row in self.reconciliation_rows()]
        return {
            "split": self.split,
            "statuses": {status: statuses.count(status) for status in STATUSES},
            **{name: scores.as_dict() for name, scores in self.groups.items()},
            "documents": {name: scores.as_dict() for name, scores in self.by_document.items()},
            "entities": self.entities.as_dict(),
            "absent": list(self.absent),
            "misaligned": list(self.misaligned),
            "moved": [item.as_dict() for item in self.moved],
            "gold": self.gold,
            "run": self.run,
        }

    def reconciliation_rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each pair and each claim left over, in document order, both sides beside each
        other.

        Columns: ``document``, ``status``, ``counted``, ``differs`` (names joined by ``;``), ``reason``, ``claim_id``,
        ``gold_id``, ``kind``, ``table``, ``row``, ``section``, ``split``, ``evidence_start``, ``evidence_end``, and
        for each scored field ``<field>_predicted`` and ``<field>_gold``.
        """
        gold = [*(pair.gold for pair in self.matching.pairs), *self.matching.missed]
        rows = [self._pair_row(pair) for pair in self.matching.pairs]
        rows += [self._row("missed", gold=item) for item in self.matching.missed if not item.optional]
        rows += [self._row("spurious", predicted=item, reason=_reason(item, gold)) for item in self.matching.spurious]
        rows += [self._row("unjudged", predicted=item, reason=_unjudged_reason(item)) for item in self.unjudged]
        order = {name: index for index, name in enumerate(STATUSES)}
        rows.sort(key=lambda row: (row["document"], row["evidence_start"], order[row["status"]], _stable(row)))
        return rows

    def summary_lines(self) -> list[str]:
        """Return the scores as a few lines to print."""
        lines = [f"split {self.split or 'all'}: " + ", ".join(self._status_words())]
        for group, scores in self.groups.items():
            for measure in (CLAIMS, TRIPLE):
                lines.append(_score_line(f"{group} {measure}", scores.detection.total(measure).as_dict()))
        for name in RULES:
            counts = self.groups["all"].fields.total(name)
            if counts.tp or counts.fp or counts.fn:
                lines.append(_score_line(f"  field {name}", counts.as_dict()))
        if self.matching.pairs:
            lines += [measure_binding(self.matching.pairs, name).describe() for name in BOUND_FIELDS]
        for manner, tally in self.entities.manners.items():
            counts = tally.total("all")
            if counts.tp or counts.fp or counts.fn:
                lines.append(_score_line(f"entities {manner}", counts.as_dict()))
        lines += [str(item) for item in self.moved]
        if self.absent:
            more = "" if len(self.absent) <= NAMED else f" and {len(self.absent) - NAMED} more"
            lines.append(f"not in this run: {', '.join(self.absent[:NAMED])}{more}")
        lines += [f"text differs from the labelled one, not scored: {name}" for name in self.misaligned]
        return lines

    def _status_words(self) -> list[str]:
        statuses = [row["status"] for row in self.reconciliation_rows()]
        return [f"{statuses.count(status)} {status}" for status in STATUSES]

    def _pair_row(self, pair: Pair) -> dict[str, Any]:
        differs = differing_fields(pair)
        row = self._row("differing" if differs else "matched", predicted=pair.predicted, gold=pair.gold)
        row |= {"counted": pair.counted, "differs": ";".join(differs)}
        return row | _sides(pair.predicted_reading, pair.gold_reading)

    def _row(
        self, status: str, *, predicted: Item | None = None, gold: Item | None = None, reason: str | None = None
    ) -> dict[str, Any]:
        item = gold or predicted
        assert item is not None
        claim = None if predicted is None else self.claims[predicted.origin]
        return {
            "document": self.names.get(item.document, item.document),
            "status": status,
            "counted": status in ("missed", "spurious"),
            "differs": "",
            "reason": reason,
            "claim_id": None if claim is None else claim.get("claim_id"),
            "gold_id": None if gold is None else identify_gold(gold),
            "kind": item.kind,
            "table": item.table,
            "row": item.row,
            "section": item.cluster.partition("/")[2] or None,
            "split": self.splits.get(item.cluster),
            "evidence_start": item.spans[0][0],
            "evidence_end": item.spans[-1][1],
            **_sides(None if predicted is None else predicted.readings[0], None if gold is None else gold.readings[0]),
        }


def _sides(predicted: Value | None, gold: Value | None) -> dict[str, Any]:
    sides: dict[str, Any] = {}
    for name in RULES:
        for side, reading in (("predicted", predicted), ("gold", gold)):
            sides[f"{name}_{side}"] = None if reading is None else show_field(name, get_field(reading, name))
    return sides


def show_field(name: str, value: Any) -> Any:
    """Return a field's value as one flat cell: its text, with the value it was read as."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if name == "citations":
        return "; ".join(str(item["marker"] if isinstance(item, Mapping) else item) for item in value)
    if isinstance(value, list | tuple):
        return "; ".join(str(item.get("name") or item.get("text")) for item in value)
    hidden = ("text", "start", "end", "source", "aliases", "control", "treated", "timepoint", "id", "kind", "role")
    parts = {key: item for key, item in value.items() if key not in hidden and item not in (None, [], ())}
    shown = ", ".join(f"{key}={item}" for key, item in parts.items())
    text = " ".join(str(value.get("text") or "").split())
    return f"{text} ({shown})" if shown else text


def identify_gold(item: Item) -> str:
    """Return a stable id of a gold claim, for comparing runs; it holds nothing of the paper's words."""
    return make_id("gold", item.document, item.key)


def _stable(row: Mapping[str, Any]) -> str:
    return json.dumps(row, sort_keys=True, default=str)


def _score_line(name: str, scores: Mapping[str, Any]) -> str:
    rates = [
        f"{key} {'-' if scores[key] is None else format(scores[key], '.3f')}" for key in ("precision", "recall", "f1")
    ]
    return f"{name:<28} {'  '.join(rates)}  (tp {scores['tp']:g}, fp {scores['fp']:g}, fn {scores['fn']:g})"


def _reason(item: Item, gold: Iterable[Item]) -> str:
    """Return why a spurious claim matched nothing: what the labelled claims at its place say instead."""
    near = [other for other in gold if other.document == item.document and overlap(item.spans, other.spans)]
    if not near:
        return "no claim was labelled here"
    same = [other for other in near if same_evidence(item.spans, other.spans)]
    if not same:
        return "its evidence is longer or shorter than the labelled one"
    reading = item.readings[0]
    drugs = [
        other
        for other in same
        if any(same_drug(reading["intervention"], one["intervention"]) for one in other.readings)
    ]
    if not drugs:
        return "another drug was labelled here"
    outcomes = (one["outcome"] for other in drugs for one in other.readings)
    if not any(outcome_similarity(reading["outcome"], outcome) for outcome in outcomes):
        return "another outcome was labelled here"
    return "this claim is already matched"


def _unjudged_reason(item: Item) -> str:
    reading = item.readings[0]
    if item.cluster == _UNLABELLED:
        return "outside the labelled parts"
    if reading.get("certainty") == "hypothesis":
        return "a hypothesis"
    return f"kind {reading['intervention'].get('kind')}, scored apart"


def evaluate(
    claims: Sequence[Mapping[str, Any]],
    entities: Sequence[Mapping[str, Any]],
    documents: Sequence[Mapping[str, Any]],
    gold: Gold,
    *,
    split: str | None = None,
    read_text: Callable[[Value], str | None] | None = None,
) -> Evaluation:
    """Reconcile a run's records with the gold.

    Args:
        claims, entities, documents: records of ``claims.jsonl``, ``entities.jsonl`` and ``documents.jsonl``. Of
            several copies of one file the first is judged.
        split: score this part only (``dev`` or ``test``); ``None`` scores all that was labelled.
        read_text: gives a document's source text, so that labels can move to another rendition of their paper; without
            it they stay where they are.
    """
    moved: tuple[Moved, ...] = ()
    if read_text is not None:
        gold, moved = fit_gold(gold, documents, read_text)
    copies = {str(document["sha256"]): str(document["doc_id"]) for document in reversed(documents)}
    sources = {doc_id: sha256 for sha256, doc_id in copies.items()}
    texts = {str(document["sha256"]): str(document["text_sha256"]) for document in documents}
    labelled = {document.sha256: document for document in gold.documents}
    readable = {str(item["sha256"]) for item in documents if item.get("status") != "failed"}
    misaligned = {
        sha256 for sha256, document in labelled.items() if sha256 in readable and texts[sha256] != document.text_sha256
    }
    present = [sha256 for sha256 in labelled if sha256 in texts and sha256 not in misaligned]
    predicted = [
        claim_item(
            claim,
            sources.get(str(claim["doc_id"]), str(claim["doc_id"])),
            cluster=_cluster(gold, sources.get(str(claim["doc_id"]), ""), claim, split, frozenset(present)),
            origin=origin,
        )
        for origin, claim in enumerate(claims)
    ]
    wanted = gold_items(gold, split=split, documents=frozenset(present))
    judged = [item for item in predicted if item.cluster != _UNLABELLED]
    scored = restrict_items(judged, SCORED_KINDS)
    matching = match_claims(scored, restrict_items(wanted, SCORED_KINDS))
    apart = match_claims(restrict_items(judged, OTHER_KINDS), restrict_items(wanted, OTHER_KINDS))
    kept = {item.origin for item in scored}
    groups = {name: score_matching(_select(matching, kind=name)) for name in ("all", "prose", "table")}
    places = [
        Place(sources[str(item["doc_id"])], int(item["start"]), int(item["end"]), str(item["label"]))
        for item in entities
        if str(item["doc_id"]) in sources
    ]
    return Evaluation(
        split=split,
        matching=matching,
        unjudged=tuple(sorted((item for item in predicted if item.origin not in kept), key=lambda item: item.key)),
        groups=groups | {"apart": score_matching(apart)},
        by_document={
            labelled[sha256].name: score_matching(_select(matching, document=sha256))
            for sha256 in present
            if gold.scopes_of(sha256, ["claims", "tables"], split=split)
        },
        entities=score_entities(places, gold, documents=present, split=split),
        absent=tuple(document.name for sha256, document in labelled.items() if sha256 not in texts),
        misaligned=tuple(labelled[sha256].name for sha256 in labelled if sha256 in misaligned),
        claims=tuple(claims),
        names={str(document["sha256"]): _name(document) for document in documents}
        | {sha256: document.name for sha256, document in labelled.items()},
        splits=_split_sections(gold),
        gold=fingerprint_gold(gold),
        run=fingerprint_run(claims, entities, documents),
        moved=moved,
    )


def _split_sections(gold: Gold) -> dict[str, str | None]:
    """Return the split of each labelled section; one that is partly in the test split counts as such."""
    splits: dict[str, str | None] = {}
    for scope in gold.scopes:
        cluster = f"{scope.document}/{scope.section}"
        splits[cluster] = "test" if "test" in (splits.get(cluster), scope.split) else scope.split
    return splits


def _name(document: Mapping[str, Any]) -> str:
    return str(document.get("path") or document["sha256"]).rsplit("/", 1)[-1]


def gold_items(gold: Gold, *, split: str | None, documents: frozenset[str]) -> list[Item]:
    """Return the gold claims of the given documents and split, each in the cluster of its section."""
    aliases = collect_aliases(gold)
    items = []
    for origin, claim in enumerate(gold.claims):
        scope = gold.scope_of(claim)
        if claim.document not in documents or scope is None or (split is not None and scope.split != split):
            continue
        cluster = f"{claim.document}/{scope.section}"
        items.append(gold_item(claim, cluster=cluster, origin=origin, aliases=aliases))
    return items


def _cluster(gold: Gold, document: str, claim: Value, split: str | None, present: frozenset[str]) -> str:
    """Return the labelled section that a predicted claim touches most, ``""`` where nothing was labelled."""
    if document not in present:
        return _UNLABELLED
    covers = ("tables", "claims") if claim["kind"] == "table" else ("claims", "tables")
    spans = merge_spans(claim["evidence"]["spans"])
    for kind in covers:
        touched = [
            (overlap(spans, ((scope.start, scope.end),)), -(scope.end - scope.start), -scope.start, scope)
            for scope in gold.scopes_of(document, [kind])
        ]
        touched = [entry for entry in touched if entry[0] > 0]
        if touched:
            scope = max(touched, key=lambda entry: entry[:3])[3]
            return f"{document}/{scope.section}" if split is None or scope.split == split else _UNLABELLED
    return _UNLABELLED


def _select(matching: Matching, *, kind: str = "all", document: str | None = None) -> Matching:
    def wanted(item: Item) -> bool:
        return kind in ("all", item.kind) and document in (None, item.document)

    return Matching(
        pairs=tuple(pair for pair in matching.pairs if wanted(pair.gold)),
        missed=tuple(item for item in matching.missed if wanted(item)),
        spurious=tuple(item for item in matching.spurious if wanted(item)),
    )
