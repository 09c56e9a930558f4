"""The store as its users see it: register contents, keep what was read and found, give it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from pipeline.errors import SettingsError
from pipeline.model import Document
from pipeline.model.decisions import Decision
from pipeline.model.records import Record
from pipeline.store import decisions, reading, writing
from pipeline.store.engine import describe_url, migrate, open_engine, read, store_exists, write
from pipeline.store.reading import StoreCounts, StoredClaim, StoredResult
from pipeline.store.tables import runs
from pipeline.store.writing import Content, NewExtraction


@dataclass(frozen=True, slots=True)
class Store:
    """A store that is open. Every method is a transaction of its own."""

    engine: Engine

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Store:
        """Return the store at a URL, made or brought to the newest revision where ``create`` is true.

        Raises:
            SettingsError: the URL is none, there is no store and ``create`` is false, or it is of another version.
            SourceError: it cannot be reached or written, or is locked.
        """
        engine = open_engine(url)
        if not create and not store_exists(engine):
            raise SettingsError(f"there is no store at {describe_url(url)} yet: start with litclaims run")
        migrate(engine)
        return cls(engine)

    def close(self) -> None:
        """Give back the connections."""
        self.engine.dispose()

    def start_run(self, *, name: str, version: str, fingerprint: str, settings: str) -> int:
        """Record that a run started, and return its number."""

        def add(connection: Connection) -> int:
            values = {"name": name, "version": version, "fingerprint": fingerprint, "settings": settings}
            key = connection.execute(insert(runs).values(**values, started_at=datetime.now(UTC))).inserted_primary_key
            assert key is not None
            number: int = key[0]
            return number

        return write(self.engine, add)

    def finish_run(self, run: int, counts: Mapping[str, Any]) -> None:
        """Record that a run came to its end, with what it counted."""
        values = {"finished_at": datetime.now(UTC), "counts": json.dumps(dict(counts), sort_keys=True)}
        write(self.engine, lambda connection: connection.execute(update(runs).where(runs.c.id == run).values(**values)))

    def register(self, contents: Iterable[Content]) -> int:
        """Note the contents found at paths, and return how many were not known before."""
        listed = list(contents)
        return write(self.engine, lambda connection: sum(writing.register(connection, item) for item in listed))

    def note_failures(self, records: Sequence[Record]) -> None:
        """Note the failures of paths that gave no content; one that is noted already adds nothing."""
        write(self.engine, lambda connection: writing.note_failures(connection, records))

    def make_current(self, doc_id: str, fingerprint: str) -> bool:
        """Make the extraction of a document by a make the current one; false where there is none."""
        return write(self.engine, lambda connection: writing.make_current(connection, doc_id, fingerprint))

    def save(self, extraction: NewExtraction) -> bool:
        """Keep what was found in a document, as its current extraction; false where it had been kept before."""
        return write(self.engine, lambda connection: writing.save(connection, extraction))

    def rendition(self, doc_id: str, reading_version: str) -> Document | None:
        """Return what this reading made of a document before, ``None`` where it has not read it."""
        return read(self.engine, lambda connection: reading.rendition(connection, doc_id, reading_version))

    def rendition_of(self, doc_id: str, text_sha256: str) -> Document | None:
        """Return the latest rendition of a document whose text has this hash, ``None`` where there is none."""
        return read(self.engine, lambda connection: reading.rendition_of(connection, doc_id, text_sha256))

    def extracted(self, fingerprint: str) -> frozenset[str]:
        """Return the ids of the documents that this make has extracted."""
        return read(self.engine, lambda connection: reading.extracted(connection, fingerprint))

    def result(self, doc_id: str, fingerprint: str) -> StoredResult | None:
        """Return what a make found in a document, ``None`` where it has not extracted it."""

        def load(connection: Connection) -> StoredResult | None:
            number = reading.find_extraction(connection, doc_id, fingerprint)
            return None if number is None else reading.load_result(connection, number)

        return read(self.engine, load)

    def results(self) -> Iterator[StoredResult]:
        """Yield the current result of each document that a file still holds, in path order."""
        for number in read(self.engine, reading.current_extractions):
            yield read(self.engine, partial(reading.load_result, extraction=number))

    def path_failures(self) -> list[Record]:
        """Return the failures of paths that gave no content when they were last looked at, in path order."""
        return read(self.engine, reading.path_failures)

    def find_claims(self, prefix: str) -> list[StoredClaim]:
        """Return the current claims whose id begins with ``prefix``, by id."""
        return read(self.engine, lambda connection: reading.find_claims(connection, prefix))

    def save_decisions(self, new: Iterable[Decision]) -> int:
        """Keep what people decided of claims, and return how many of the decisions were not kept before."""
        listed = list(new)
        return write(self.engine, lambda connection: decisions.save_decisions(connection, listed))

    def decisions(self) -> list[Decision]:
        """Return the decision that holds of each judged claim, the latest, by content and claim."""
        return read(self.engine, decisions.load_decisions)

    def find_judged(self, claim_ids: Iterable[str]) -> dict[str, tuple[Record, Record, str]]:
        """Return, by claim id, claims of any extraction with their document's record and its source text."""
        listed = list(claim_ids)
        return read(self.engine, lambda connection: decisions.find_judged(connection, listed))

    def settle_failures(self, path: str) -> None:
        """Note that the failures of an earlier look at a path are no longer current."""
        write(self.engine, lambda connection: decisions.settle_failures(connection, path))

    def counts(self) -> StoreCounts:
        """Return how much the store holds."""
        return read(self.engine, reading.count)

    def runs(self, *, limit: int = 5) -> list[dict[str, Any]]:
        """Return the latest runs, newest first."""
        query = select(runs).order_by(runs.c.id.desc()).limit(limit)
        return read(self.engine, lambda connection: [dict(row) for row in connection.execute(query).mappings()])
