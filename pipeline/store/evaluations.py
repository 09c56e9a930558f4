"""Evaluations in the store: the same gold and the same run are kept once, with a row for each claim of either side."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from pipeline.store.engine import read, write
from pipeline.store.store import Store
from pipeline.store.tables import evaluations, reconciliations
from pipeline.store.writing import insert_missing, storable

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvaluation:
    """A run compared with the gold.

    Attributes:
        key: what names it; one that is kept already is not kept again.
        gold, run: hashes of what was compared.
        split: the part that was scored, ``None`` for all.
        scores: as the evaluation gives them for JSON.
        rows: of the reconciliation, in order.
    """

    key: str
    gold: str
    run: str
    split: str | None
    scores: Mapping[str, Any]
    rows: Sequence[Row]


def save_evaluation(store: Store, evaluation: NewEvaluation) -> bool:
    """Keep an evaluation with its rows; false where it was kept before, which then stays as it is.

    Raises:
        SourceError: the store cannot be written.
    """
    return write(store.engine, lambda connection: _save(connection, evaluation))


def _save(connection: Connection, evaluation: NewEvaluation) -> bool:
    values = {name: getattr(evaluation, name) for name in ("key", "gold", "run", "split")}
    if not insert_missing(connection, evaluations, {**values, "scores": _dump(evaluation.scores)}):
        return False
    number = _find(connection, evaluation.key)
    rows = [
        {
            "evaluation_id": number,
            "position": position,
            "document": storable(str(row["document"])),
            "record": _dump(row),
            **{name: row[name] for name in ("status", "claim_id", "gold_id")},
        }
        for position, row in enumerate(evaluation.rows)
    ]
    if rows:
        connection.execute(insert(reconciliations), rows)
    return True


def load_evaluations(store: Store) -> list[dict[str, Any]]:
    """Return the kept evaluations in the order in which they came, without their rows."""
    query = select(evaluations).order_by(evaluations.c.id)
    found = read(store.engine, lambda connection: connection.execute(query).mappings().all())
    return [{**row, "scores": json.loads(row["scores"])} for row in found]


def load_reconciliation(store: Store, key: str) -> list[dict[str, Any]]:
    """Return the rows of an evaluation in order, none where it is not kept."""

    def load(connection: Connection) -> list[dict[str, Any]]:
        query = (
            select(reconciliations.c.record)
            .where(reconciliations.c.evaluation_id == _find(connection, key))
            .order_by(reconciliations.c.position)
        )
        return [json.loads(record) for record in connection.execute(query).scalars()]

    return read(store.engine, load)


def _find(connection: Connection, key: str) -> int | None:
    number: int | None = connection.execute(select(evaluations.c.id).where(evaluations.c.key == key)).scalar()
    return number


def _dump(value: Mapping[str, Any]) -> str:
    return storable(json.dumps(dict(value), ensure_ascii=False, separators=(",", ":")))
