"""Decisions in the store: every one is kept, the latest of a claim holds; each function inside a transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, and_, exists, select, update

from pipeline.model import make_id
from pipeline.model.decisions import Decision
from pipeline.model.records import Record, dump_record
from pipeline.store.renditions import unpack_text
from pipeline.store.tables import claims, decisions, documents, extractions, failures, renditions
from pipeline.store.writing import insert_missing, storable


def save_decisions(connection: Connection, new: Iterable[Decision]) -> int:
    """Keep decisions and return how many were not kept before."""
    return sum(insert_missing(connection, decisions, _row(decision)) for decision in new)


def load_decisions(connection: Connection) -> list[Decision]:
    """Return the decision that holds of each judged claim: the latest; by content and claim."""
    query = select(decisions.c.sha256, decisions.c.claim_id, decisions.c.record).order_by(
        decisions.c.decided_at, decisions.c.id
    )
    latest: dict[tuple[str, str], str] = {}
    for row in connection.execute(query):
        latest[row.sha256, row.claim_id] = row.record
    return [Decision(**json.loads(latest[key])) for key in sorted(latest)]


def count_decisions(connection: Connection) -> int:
    """Return how many decisions are kept, those that a later one of the same claim replaced included."""
    return len(connection.execute(select(decisions.c.id)).all())


def find_judged(connection: Connection, claim_ids: Iterable[str]) -> dict[str, tuple[Record, Record, str]]:
    """Return, by claim id, claims with their document's record and the source text their offsets point into.

    The current extraction goes before superseded ones, so that a file that was written for an earlier make can still
    be brought back.
    """
    found: dict[str, tuple[Record, Record, str]] = {}
    texts: dict[int, str] = {}
    for claim_id in claim_ids:
        query = (
            select(claims.c.record, extractions.c.record.label("document"), extractions.c.rendition_id)
            .join(extractions, extractions.c.id == claims.c.extraction_id)
            .where(claims.c.claim_id == claim_id, extractions.c.rendition_id.is_not(None))
            .order_by(extractions.c.is_current.desc(), extractions.c.id.desc())
            .limit(1)
        )
        row = connection.execute(query).one_or_none()
        if row is None:
            continue
        if row.rendition_id not in texts:
            text = select(renditions.c.text).where(renditions.c.id == row.rendition_id)
            texts[row.rendition_id] = unpack_text(connection.execute(text).scalar_one())
        found[claim_id] = (json.loads(row.record), json.loads(row.document), texts[row.rendition_id])
    return found


def settle_failures(connection: Connection, path: str) -> None:
    """Note that the failures of an earlier look at a path are no longer current."""
    here = and_(failures.c.path == storable(path), failures.c.extraction_id.is_(None))
    connection.execute(update(failures).where(here).values(is_current=False))


def known_contents(connection: Connection, contents: Iterable[str]) -> frozenset[str]:
    """Return those of the contents (sha256 of their bytes) of which the store has a current extraction."""
    held = exists().where(extractions.c.document_id == documents.c.id, extractions.c.is_current)
    query = select(documents.c.sha256).where(documents.c.sha256.in_(list(contents)), held)
    return frozenset(connection.execute(query).scalars())


def _row(decision: Decision) -> dict[str, Any]:
    record = asdict(decision)
    values = json.dumps(decision.values, ensure_ascii=True, sort_keys=True)
    return {
        "key": make_id(
            "decision",
            decision.sha256,
            decision.claim_id,
            decision.verdict,
            values,
            decision.decided_by,
            decision.decided_at,
            decision.why,
        ),
        "sha256": decision.sha256,
        "claim_id": decision.claim_id,
        "verdict": decision.verdict,
        "decided_by": None if decision.decided_by is None else storable(decision.decided_by),
        "decided_at": decision.decided_at,
        "record": dump_record(record).encode("utf-8", "backslashreplace").decode("utf-8"),
    }
