"""What an evaluation was made of, as hashes: the same gold and the same records give the same two."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.evaluation.gold import Gold, dump_record

Records = Iterable[Mapping[str, Any]]


def fingerprint_gold(gold: Gold) -> str:
    """Return the sha256 of a gold set's records in the order in which they are saved."""
    return _hash_lines(dump_record(record) for record in gold.records())


def fingerprint_run(claims: Records, entities: Records, documents: Records) -> str:
    """Return the sha256 of what a run found; neither the records' order nor where its documents lay matters."""
    plain = ({key: value for key, value in record.items() if key != "path"} for record in documents)
    groups = (("document", plain), ("claim", claims), ("entity", entities))
    return _hash_lines(
        sorted(
            json.dumps([name, record], sort_keys=True, ensure_ascii=False, default=str)
            for name, records in groups
            for record in records
        )
    )


def _hash_lines(lines: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()
