"""Works: which documents are the same paper, by the identifiers that they state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from pipeline.store.tables import documents, works

_DOI = re.compile(r"10\.\d{4,9}/\S+")


def assign_work(connection: Connection, document_id: int, record: Mapping[str, Any]) -> None:
    """Say which work a document is, from its record: the one that shares a DOI, PMID or PMCID, else its own.

    Works that share an identifier through this document become one: their documents move to the older, and the others
    point to it.
    """
    ids = _identifiers(record)
    current = connection.execute(select(documents.c.work_id).where(documents.c.id == document_id)).scalar()
    matching = _find(connection, ids)
    if current is not None:
        matching = sorted({*matching, _follow(connection, current)})
    facts = {name: record.get(name) for name in ("title", "year", "journal")}
    if not matching:
        work = connection.execute(insert(works).values(**ids, **facts)).inserted_primary_key[0]  # type: ignore[index]
    else:
        work = matching[0]
        _merge(connection, work, matching[1:])
        _complete(connection, work, {**ids, **facts})
    connection.execute(update(documents).where(documents.c.id == document_id).values(work_id=work))


def _identifiers(record: Mapping[str, Any]) -> dict[str, str | None]:
    doi = _DOI.search(str(record.get("doi") or "").lower())
    pmid = re.fullmatch(r"\s*(?:pmid:?\s*)?(\d{1,9})\s*", str(record.get("pmid") or ""), re.IGNORECASE)
    pmcid = re.fullmatch(r"\s*(?:pmc)?(\d{1,9})\s*", str(record.get("pmcid") or ""), re.IGNORECASE)
    return {
        "doi": doi[0] if doi else None,
        "pmid": pmid[1] if pmid else None,
        "pmcid": f"PMC{pmcid[1]}" if pmcid else None,
    }


def _find(connection: Connection, ids: Mapping[str, str | None]) -> list[int]:
    known = [works.c[name] == value for name, value in ids.items() if value is not None]
    if not known:
        return []
    found = connection.execute(select(works.c.id).where(or_(*known))).scalars()
    return sorted({_follow(connection, work) for work in found})


def _follow(connection: Connection, work: int) -> int:
    while True:
        target = connection.execute(select(works.c.merged_into).where(works.c.id == work)).scalar()
        if target is None:
            return work
        work = target


def _merge(connection: Connection, work: int, others: list[int]) -> None:
    for other in others:
        connection.execute(update(documents).where(documents.c.work_id == other).values(work_id=work))
        connection.execute(update(works).where(works.c.id == other).values(merged_into=work))


def _complete(connection: Connection, work: int, facts: Mapping[str, Any]) -> None:
    """Fill in what the work did not know; an identifier that another work holds stays there."""
    row = connection.execute(select(works).where(works.c.id == work)).mappings().one()
    missing = {name: value for name, value in facts.items() if value is not None and row[name] is None}
    for name in ("doi", "pmid", "pmcid"):
        if name in missing:
            taken = connection.execute(select(works.c.id).where(works.c[name] == missing[name])).scalar()
            if taken is not None:
                del missing[name]
    if missing:
        connection.execute(update(works).where(works.c.id == work).values(**missing))
