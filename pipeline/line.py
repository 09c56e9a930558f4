"""The line with a store: identify the files, extract what this make has not yet, write the files of the run.

Exactly-once comes from content hashes: whatever was kept is not done again, and one document is one transaction, so
that a run may be cut off at any point and started again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from pipeline.export import (
    RunCounts,
    RunFiles,
    keep_claims,
    parse_condition,
    stage_file,
    stage_folder,
    write_table,
)
from pipeline.export.mentions import MENTION_FORMATS, annotate_text, write_bioc, write_brat, write_pubtator
from pipeline.export.mentions.brat import CONFIGURATION
from pipeline.model import Document, Failure, make_id
from pipeline.model.records import Record, failure_record
from pipeline.review import Decisions, review_store
from pipeline.run import DocumentResult, extract, extract_path, read
from pipeline.running import run_batches
from pipeline.runs import Progress, lose_document
from pipeline.selection import Selection, hash_file, order_key
from pipeline.settings import Settings
from pipeline.store import Content, NewExtraction, Store

_READING_LIBRARIES = ("pdfminer.six", "lxml")
_READING_SETTINGS = ("max_bytes", "max_characters", "max_pages")


@dataclass(frozen=True, slots=True)
class Work:
    """A document to extract: from its file, or from what was read of it before."""

    content: Content
    rendition: Document | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a document: its records, and its rendition where it was read now.

    ``lost`` says that the process died, so that nothing is known of the document itself.
    """

    content: Content
    result: DocumentResult
    rendition: Document | None
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionCounts:
    """How many documents were extracted now, were known already, and could not be done."""

    extracted: int = 0
    known: int = 0
    failed: int = 0

    def __add__(self, other: ExtractionCounts) -> ExtractionCounts:
        return ExtractionCounts(
            extracted=self.extracted + other.extracted,
            known=self.known + other.known,
            failed=self.failed + other.failed,
        )


def identify(selection: Selection) -> tuple[tuple[Content, ...], tuple[Failure, ...]]:
    """Return the contents of the selected files, in order, and the failures of those that cannot be read."""
    contents: list[Content] = []
    failures = list(selection.failures)
    for file in selection.files:
        path = file.as_posix()
        try:
            sha256 = hash_file(file)
            contents.append(Content(path, make_id("document", sha256), sha256, file.stat().st_size))
        except OSError as error:
            cause = f"the file cannot be opened: {error.strerror or error}"
            failures.append(Failure(path, "read", cause, "check the path and its permissions", survivable=False))
    return tuple(contents), tuple(sorted(failures, key=lambda failure: (failure.path, failure.cause)))


def register(store: Store, contents: Iterable[Content], failures: Iterable[Failure]) -> int:
    """Note contents and failures in the store, and return how many contents are new to it."""
    added = store.register(contents)
    store.note_failures([failure_record(failure) for failure in failures])
    return added


def extract_into(
    store: Store,
    contents: Sequence[Content],
    *,
    make: str,
    settings: Settings,
    jobs: int = 1,
    run: int | None = None,
    facts: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress = lambda done, total: None,
) -> ExtractionCounts:
    """Extract the registered contents that this make has not extracted, each kept in a transaction of its own.

    Args:
        make: the fingerprint of code, model, vocabulary and settings.
        facts: by sha256, what a manifest knows of a paper.
    """
    reading = reading_version(settings)
    known = store.extracted(make)
    for content in contents:
        if content.doc_id in known:
            store.make_current(content.doc_id, make)
    new = [content for content in contents if content.doc_id not in known]
    counts = ExtractionCounts(known=len(contents) - len(new))
    work = _PendingWork(store, new, reading)
    progress(0, len(new))
    for done, outcome in enumerate(run_batches(process, work, settings, lost=lose, jobs=jobs), start=1):
        failed = outcome.result.document is None
        counts += ExtractionCounts(extracted=not failed, failed=failed)
        if outcome.lost:
            store.note_failures(outcome.result.failures)
        else:
            store.save(_new_extraction(outcome, make=make, reading=reading, run=run, facts=facts or {}))
        progress(done, len(new))
    return counts


def process(batch: Sequence[Work], settings: Settings) -> list[Outcome]:
    """Read, where it was not read before, and extract each document; a failure is an outcome like any other."""
    return [_process(work, settings) for work in batch]


def lose(work: Work) -> Outcome:
    """Return the outcome of a document whose process died."""
    return Outcome(work.content, lose_document(work.content.path), None, lost=True)


def write_files(
    store: Store, files: RunFiles, contents: Sequence[Content], failures: Sequence[Failure], *, make: str
) -> RunCounts:
    """Write the files of a run from the store, in path order, and return how much they hold.

    Decisions of people stand over the claims they are of; rejected claims are in ``claims.jsonl`` only.
    """
    decisions = Decisions.load(store)
    unread = {record["path"]: record for record in store.path_failures()}
    entries: list[tuple[str, Content | Record]] = [(content.path, content) for content in contents]
    entries.extend((failure.path, failure_record(failure)) for failure in failures)
    for path, entry in sorted(entries, key=lambda entry: order_key(entry[0])):
        if not isinstance(entry, Content):
            files.add(document=None, source=None, failures=[entry])
            continue
        result = store.result(entry.doc_id, make)
        if result is not None:
            files.add(
                document=result.record,
                source=result.source,
                entities=result.entities,
                claims=decisions.review(result).claims,
                failures=result.failures,
            )
        elif path in unread:
            files.add(document=None, source=None, failures=[unread[path]])
    return files.counts


def export_store(
    store: Store,
    out: Path,
    *,
    format: str,
    where: Iterable[str] = (),
    include_rejected: bool = False,
    settings: Settings,
) -> int:
    """Write the current claims of the store to one file, in path order, and return how many they are.

    Decisions of people stand over the claims they are of.

    Args:
        format: one of ``pipeline.export.FORMATS``.
        where: conditions such as ``"direction=decrease"``, all of which hold for what is written.
        include_rejected: whether claims that somebody rejected are written too.

    Raises:
        SettingsError: the format or a condition is wrong.
        SourceError: the file cannot be written.
    """
    conditions = [parse_condition(text) for text in where]

    def pairs() -> Iterator[tuple[Record, Record]]:
        for reviewed in review_store(store):
            assert reviewed.result.record is not None
            for claim in keep_claims(
                reviewed.claims,
                include_hypotheses=settings.include_hypotheses,
                include_rejected=include_rejected,
            ):
                yield claim, reviewed.result.record

    return write_table(out, pairs(), format=format, conditions=conditions)


def export_mentions(store: Store, out: Path, *, format: str) -> int:
    """Write the current documents of the store with their mentions, in path order, and return how many they are.

    Args:
        out: a folder for ``brat``, a file for ``pubtator`` and ``bioc``.
        format: one of ``pipeline.export.mentions.MENTION_FORMATS``.

    Raises:
        SettingsError: the format is unknown, or ``out`` holds files that are not ours.
        SourceError: ``out`` cannot be written.
    """
    texts = (
        annotate_text(result.doc_id, result.source, result.entities)
        for result in store.results()
        if result.source is not None
    )
    if format == "brat":
        with stage_folder(out, owned=_list_brat(out)) as folder:
            return write_brat(folder, texts)
    writers = {"pubtator": write_pubtator, "bioc": write_bioc}
    if format not in writers:
        raise SettingsError(f"there is no format {format!r} of mentions: choose one of {', '.join(MENTION_FORMATS)}")
    with stage_file(out) as path:
        return writers[format](path, texts)


def _list_brat(folder: Path) -> list[str]:
    """Return the names in a folder that an earlier export wrote: texts and annotations named by a document's id."""
    names = [path.name for path in folder.glob("*")] if folder.is_dir() else []
    return [CONFIGURATION, *(name for name in names if re.fullmatch(r"[0-9a-f]{20}\.(?:txt|ann)", name))]


def name_run(contents: Iterable[Content], *, make: str) -> str:
    """Return the name of a run: the same papers and the same make give the same name."""
    return "run-" + make_id("run", make, *(content.doc_id for content in contents))[:12]


def check_name(name: str) -> str:
    """Return the name of a run if it can name a folder.

    Raises:
        SettingsError: it cannot.
    """
    if not name or name.startswith(".") or any(mark in name for mark in '/\\:*?"<>|\0'):
        raise SettingsError(f"{name!r} cannot name a run: use letters, digits, hyphens and underscores")
    return name


def reading_version(settings: Settings) -> str:
    """Return the identity of what a rendition depends on: readers, types, parsers and limits; 64 hex digits."""
    limits = [f"{name}={getattr(settings, name)}" for name in _READING_SETTINGS]
    return hashlib.sha256("\n".join([_reading_code(), *limits]).encode()).hexdigest()


@cache
def _reading_code() -> str:
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for folder in ("ingest", "model"):
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(root).as_posix().encode() + b"\0")
                digest.update(file.read_bytes())
    for library in _READING_LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    return digest.hexdigest()


class _PendingWork(Sequence[Work]):
    """The work to do, each document's earlier rendition fetched only when its turn comes."""

    def __init__(self, store: Store, contents: Sequence[Content], reading: str) -> None:
        self._store = store
        self._contents = contents
        self._reading = reading

    def __len__(self) -> int:
        return len(self._contents)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self._fetch(content) for content in self._contents[place]]
        return self._fetch(self._contents[place])

    def _fetch(self, content: Content) -> Work:
        return Work(content, self._store.rendition(content.doc_id, self._reading))


def _process(work: Work, settings: Settings) -> Outcome:
    path = work.content.path
    try:
        document = work.rendition or read(path, settings=settings)
        return Outcome(
            work.content,
            extract(_at(document, path), settings=settings).records(),
            None if work.rendition else document,
        )
    except SettingsError:
        raise
    except Exception:  # extract_path meets the same failure and says in a record what it was
        return Outcome(work.content, extract_path(Path(path), settings=settings), None)


def _at(document: Document, path: str) -> Document:
    """Return the document as found at a path, whatever path it was first read from."""
    if document.path == path:
        return document
    failures = tuple(replace(failure, path=path) for failure in document.failures)
    return replace(document, path=path, failures=failures)


def _new_extraction(
    outcome: Outcome, *, make: str, reading: str, run: int | None, facts: Mapping[str, Mapping[str, Any]]
) -> NewExtraction:
    content, result = outcome.content, outcome.result
    return NewExtraction(
        doc_id=content.doc_id,
        path=content.path,
        fingerprint=make,
        reading=reading,
        rendition=outcome.rendition,
        record=result.document,
        entities=result.entities,
        claims=result.claims,
        failures=result.failures,
        run=run,
        facts=facts.get(content.sha256, {}),
    )
