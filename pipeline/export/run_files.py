"""The files of one run, as the contract names them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pipeline.export.columns import flatten_claim
from pipeline.export.delimited import CsvTable
from pipeline.export.folders import stage_folder
from pipeline.export.parquet import ParquetTable
from pipeline.export.spreadsheet import MAX_ROWS, write_spreadsheet
from pipeline.model.decisions import is_rejected
from pipeline.model.records import Record, dump_record

LINE_FILES = ("documents.jsonl", "entities.jsonl", "claims.jsonl", "failures.jsonl")
PAGES = ("claims.html", "report.html", "metrics.json")
OWNED = (
    *LINE_FILES, "texts", "claims.csv", "claims.parquet", "claims.xlsx", "reconciliation.csv",
    "reconciliation.parquet", "summary.md", *PAGES,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCounts:
    """How much a run wrote.

    Attributes:
        failed: documents without any result; ``failures`` counts all recorded failures, survivable ones included.
    """

    documents: int = 0
    claims: int = 0
    table_claims: int = 0
    entities: int = 0
    failures: int = 0
    failed: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return {name: getattr(self, name) for name in self.__slots__}


class RunFiles:
    """Writes documents to the files of one run, one at a time, in the order given."""

    def __init__(self, folder: Path, *, include_hypotheses: bool = False, spreadsheet: bool = False) -> None:
        self._folder = folder
        self._spreadsheet = spreadsheet
        self._include_hypotheses = include_hypotheses
        self._stack = ExitStack()
        self._lines: dict[str, IO[str]] = {}
        self.counts = RunCounts()
        (folder / "texts").mkdir()
        for name in LINE_FILES:
            # A lone surrogate (a file name that is no UTF-8) becomes its JSON escape.
            self._lines[name] = self._stack.enter_context(
                (folder / name).open("w", encoding="utf-8", newline="\n", errors="backslashreplace")
            )
        self._csv = self._stack.enter_context(CsvTable(folder / "claims.csv"))
        self._parquet = self._stack.enter_context(ParquetTable(folder / "claims.parquet"))

    def add(
        self,
        *,
        document: Mapping[str, Any] | None,
        source: str | None,
        entities: Iterable[Record] = (),
        claims: Iterable[Record] = (),
        failures: Iterable[Record] = (),
    ) -> None:
        """Write one document's records, or the failures of one that could not be read.

        Args:
            document: the document's record, ``None`` where there is none.
            source: the text that offsets point into, written to ``texts/<doc_id>.txt``.
        """
        kept = keep_claims(claims, include_hypotheses=self._include_hypotheses, include_rejected=True)
        entities, failures = list(entities), list(failures)
        if document is not None:
            self._write("documents.jsonl", [document])
            if source is not None:
                text = self._folder / "texts" / f"{document['doc_id']}.txt"
                text.write_bytes(source.encode("utf-8", "surrogatepass"))
        self._write("entities.jsonl", entities)
        self._write("claims.jsonl", kept)
        self._write("failures.jsonl", failures)
        rows = [flatten_claim(claim, document or {}) for claim in kept if not is_rejected(claim)]
        self._csv.add(rows)
        self._parquet.add(rows)
        counts = self.counts
        self.counts = RunCounts(
            documents=counts.documents + (document is not None),
            claims=counts.claims + len(kept),
            table_claims=counts.table_claims + sum(claim["kind"] == "table" for claim in kept),
            entities=counts.entities + len(entities),
            failures=counts.failures + len(failures),
            failed=counts.failed + any(not failure["survivable"] for failure in failures),
        )

    def _write(self, name: str, records: Iterable[Mapping[str, Any]]) -> None:
        self._lines[name].writelines(dump_record(record) + "\n" for record in records)

    def _rows(self) -> Iterator[Record]:
        documents = {record["doc_id"]: record for record in read_records(self._folder / "documents.jsonl")}
        for claim in read_records(self._folder / "claims.jsonl"):
            if not is_rejected(claim):
                yield flatten_claim(claim, documents[claim["doc_id"]])

    def close(self, error: BaseException | None = None) -> None:
        """Write what is left."""
        if error is None:
            self._stack.close()
            if self._spreadsheet and self.counts.claims < MAX_ROWS:
                write_spreadsheet(self._folder / "claims.xlsx", self._rows())
        else:
            self._stack.__exit__(type(error), error, error.__traceback__)


@contextmanager
def write_run(target: Path, *, include_hypotheses: bool = False, spreadsheet: bool = False) -> Iterator[RunFiles]:
    """Yield the files of a run, to be filled; they appear at ``target`` together when the block ends well.

    Args:
        include_hypotheses: whether claims of certainty ``hypothesis`` are written.
        spreadsheet: whether ``claims.xlsx`` is written too, where a sheet can hold the claims.

    Raises:
        SettingsError: ``target`` holds files that are not ours.
        SourceError: ``target`` cannot be written.
    """
    with stage_folder(target, owned=OWNED) as folder:
        files = RunFiles(folder, include_hypotheses=include_hypotheses, spreadsheet=spreadsheet)
        try:
            yield files
        except BaseException as error:
            files.close(error)
            raise
        files.close()


def read_records(path: Path) -> Iterator[Record]:
    """Yield the records of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def keep_claims(claims: Iterable[Record], *, include_hypotheses: bool, include_rejected: bool = False) -> list[Record]:
    """Return the claims that belong in an export: hypotheses, and what somebody rejected, only when asked for."""
    return [
        claim
        for claim in claims
        if (include_hypotheses or claim["certainty"] != "hypothesis") and (include_rejected or not is_rejected(claim))
    ]
