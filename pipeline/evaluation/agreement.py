"""Agreement of two labellers: F1 for each field, and Cohen's kappa for direction and certainty."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluation.comparison import get_field
from pipeline.evaluation.entities import EntityScores, Place, score_entities
from pipeline.evaluation.gold import Gold, collect_gold, load_gold
from pipeline.evaluation.matching import Item, Matching, match_claims, overlap, restrict_items
from pipeline.evaluation.reconciliation import SCORED_KINDS, gold_items, show_field
from pipeline.evaluation.scores import (
    CLASS_FIELDS,
    ClaimScores,
    Counts,
    cohen_kappa,
    differing_fields,
    score_matching,
)
from pipeline.evaluation.sources import read_sources


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two passes compared; precision and recall are of the second against the first, F1 is the same both ways."""

    matching: Matching
    claims: ClaimScores
    kappa: Mapping[str, float | None]
    entities: EntityScores

    def as_dict(self) -> dict[str, Any]:
        """Return all figures as plain values."""
        kappa = {name: None if value is None else round(value, 4) for name, value in self.kappa.items()}
        return {"claims": self.claims.as_dict(), "kappa": kappa, "entities": self.entities.as_dict()}

    def summary_lines(self) -> list[str]:
        """Return F1 and kappa of each field with their counts, ready to print: in both, first only, second only."""
        measures = self.claims.detection.by_cluster, self.claims.fields.by_cluster
        lines = []
        for tally, names in zip((self.claims.detection, self.claims.fields), measures, strict=True):
            lines += [_score_line(name, tally.total(name), self.kappa.get(name)) for name in names]
        strict = self.entities.manners["strict"]
        lines += [_score_line(f"entities {name}", strict.total(name), None) for name in strict.by_cluster]
        return [line for line in lines if line]

    def disagreements(self) -> list[dict[str, Any]]:
        """Return what an adjudicator has to decide: pairs that differ, and claims that only one pass has."""
        rows = []
        for pair in self.matching.pairs:
            fields = {
                name: [show_field(name, get_field(side, name)) for side in (pair.gold_reading, pair.predicted_reading)]
                for name in differing_fields(pair)
            }
            if fields:
                rows.append(_row("differing", pair.gold) | {"fields": fields})
        rows += [_row("first only", item) for item in self.matching.missed if not item.optional]
        rows += [_row("second only", item) for item in self.matching.spurious if not item.optional]
        return sorted(rows, key=lambda row: (row["document"], row["start"], row["status"], row["drug"], row["outcome"]))


def _row(status: str, item: Item) -> dict[str, Any]:
    reading = item.readings[0]
    return {
        "status": status,
        "document": item.document,
        "start": item.spans[0][0],
        "end": item.spans[-1][1],
        "table": item.table,
        "row": item.row,
        "drug": reading["intervention"]["text"],
        "outcome": reading["outcome"]["text"],
        "direction": reading["direction"],
    }


def _score_line(name: str, counts: Counts, kappa: float | None) -> str:
    """Return one line of the summary, empty where neither pass holds anything."""
    if counts.f1 is None:
        return ""
    told = "" if kappa is None else f"  kappa {kappa:.3f}"
    return f"{name:<24} F1 {counts.f1:.3f}  ({counts.tp:g}, {counts.fn:g}, {counts.fp:g}){told}"


def strip_readings(gold: Gold) -> Gold:
    """Return a pass as if nothing had been doubtful: each claim with its first reading alone, and none optional."""
    claims = (claim.model_copy(update={"alternatives": (), "optional": False}) for claim in gold.claims)
    return collect_gold([*gold.documents, *gold.scopes, *claims, *gold.entities])


def compare_passes(first: Gold, second: Gold) -> Agreement:
    """Compare two labellers' passes over the parts that both labelled exhaustively.

    An optional claim of either pass that the other does not have is no disagreement, and neither is a hypothesis.
    """
    documents = frozenset(item.sha256 for item in first.documents) & frozenset(item.sha256 for item in second.documents)
    one, other = (
        gold_items(first, split=None, documents=documents),
        gold_items(second, split=None, documents=documents),
    )
    shared_one = [item for item in one if _is_covered(item, second)]
    shared_other = [item for item in other if _is_covered(item, first)]
    matching = match_claims(restrict_items(shared_other, SCORED_KINDS), restrict_items(shared_one, SCORED_KINDS))
    pairs = [pair for pair in matching.pairs if pair.counted]
    kappa = {
        name: cohen_kappa(
            [str(pair.gold_reading[name]) for pair in pairs], [str(pair.predicted_reading[name]) for pair in pairs]
        )
        for name in CLASS_FIELDS
    }
    places = [
        Place(item.document, item.start, item.end, item.label) for item in second.entities if item.document in documents
    ]
    entities = score_entities(places, _share_entity_scopes(first, second), documents=sorted(documents))
    return Agreement(matching, score_matching(matching), kappa, entities)


def _is_covered(item: Item, gold: Gold) -> bool:
    covers = ["tables"] if item.kind == "table" else ["claims"]
    return any(overlap(item.spans, ((scope.start, scope.end),)) for scope in gold.scopes_of(item.document, covers))


def _share_entity_scopes(first: Gold, second: Gold) -> Gold:
    """Return the first pass with its entity scopes cut to what the second labelled too."""
    scopes = []
    for scope in first.scopes:
        for other in second.scopes_of(scope.document, ["entities"]):
            start, end = max(scope.start, other.start), min(scope.end, other.end)
            if "entities" not in scope.covers or start >= end:
                continue
            labels = scope.labels
            if other.labels is not None:
                labels = tuple(label for label in other.labels if labels is None or label in labels)
            scopes.append(scope.model_copy(update={"start": start, "end": end, "labels": labels}))
    return Gold(first.documents, tuple(scopes), first.claims, first.entities)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the agreement of two gold files and, if asked, write the disagreements to adjudicate."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.evaluation.agreement", description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--disagreements", type=Path, help="JSON Lines file to write")
    parser.add_argument("--texts", type=Path, help="folder of the documents, to quote the evidence in that file")
    parser.add_argument("--summary", action="store_true", help="print one line a field instead of JSON")
    parser.add_argument(
        "--plain", action="store_true", help="compare first readings alone, and count optional claims like all others"
    )
    options = parser.parse_args(arguments)
    first, second = load_gold(options.first), load_gold(options.second)
    if options.plain:
        first, second = strip_readings(first), strip_readings(second)
    agreement = compare_passes(first, second)
    if options.summary:
        sys.stdout.write("".join(f"{line}\n" for line in agreement.summary_lines()))
    else:
        sys.stdout.write(json.dumps(agreement.as_dict(), indent=1, ensure_ascii=False) + "\n")
    if options.disagreements is not None:
        texts = {} if options.texts is None else read_sources(options.texts, first.documents)
        rows = agreement.disagreements()
        for row in rows:
            if row["document"] in texts:
                row["evidence"] = texts[row["document"]][row["start"] : row["end"]]
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        options.disagreements.write_text("".join(lines), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
