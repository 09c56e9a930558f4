"""The whole line, top to bottom: file → document → parse → mentions → claims, from prose and from tables."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.claims import extract_claims, outcome_mentions
from pipeline.errors import DocumentError, SettingsError
from pipeline.ingest import read_document
from pipeline.judge import Judge, load_judge
from pipeline.model import Claim, Document, Failure, Mention, Span
from pipeline.model.records import (
    Record,
    claim_record,
    document_record,
    entity_record,
    failure_record,
)
from pipeline.nlp.language import Parse, find_version, parse_document
from pipeline.nlp.mentions import find_mentions
from pipeline.nlp.vocabulary import Vocabulary
from pipeline.quantities.conventions import as_entity
from pipeline.quantities.mentions import find_quantity_mentions
from pipeline.settings import Settings
from pipeline.tables import extract_table
from pipeline.tables.judge_features import rate_table_claims


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document. Mentions and claims are in document order."""

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    failures: tuple[Failure, ...]

    def records(self) -> DocumentResult:
        """Return the contract's records of this extraction."""
        return DocumentResult(
            path=self.document.path,
            document=document_record(self.document),
            source=self.document.source,
            entities=tuple(_entity_records(self)),
            claims=tuple(claim_record(claim) for claim in self.claims),
            failures=tuple(failure_record(failure) for failure in self.failures),
        )


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """The records of one input: plain, small and picklable, for other processes, files and the store.

    ``document`` and ``source`` are ``None`` when the document could not be read; then ``failures`` says why.
    """

    path: str
    document: Record | None
    source: str | None
    entities: tuple[Record, ...]
    claims: tuple[Record, ...]
    failures: tuple[Record, ...]


def read(path: Path | str, *, name: str | None = None, settings: Settings | None = None) -> Document:
    """Read a paper into a document: source text, clean view, sections, sentences, tables, citations.

    Args:
        path: a ``.txt``, ``.md``, ``.pdf``, ``.xml``, ``.nxml``, ``.html`` or ``.htm`` file.
        name: the path to record; the given one by default.

    Raises:
        DocumentError: the file cannot be read as a paper; the message says why and what helps.
    """
    return read_document(Path(path), name=name or Path(path).as_posix(), settings=settings or Settings())


def extract(
    document: Document, *, settings: Settings | None = None, parse: Parse | None = None, judge: Judge | None = None
) -> Extraction:
    """Extract mentions and claims from a document. Pure: the same document gives the same result.

    Args:
        parse: of the document, where the caller has it; made here otherwise.
        judge: what gives claims their confidence; the package's own by default.
    """
    settings = settings or Settings()
    vocabulary = Vocabulary.load()
    parse = parse or parse_document(document, max_characters=settings.max_sentence_characters, model=settings.model)
    judge = judge or load_judge()
    mentions = [*find_mentions(document, parse, vocabulary=vocabulary), *find_quantity_mentions(document)]
    measured = [Span(match.start, match.end) for match in parse.matches if match.label == "OUTCOME"]
    prose = extract_claims(document, parse.sentences, mentions, settings=settings, measured=measured, judge=judge)
    claims = list(prose)
    mentions.extend(outcome_mentions(document, claims))
    failures = list(document.failures)
    names = {m.concept.id: m.name for m in mentions if m.label == "CHEMICAL" and m.concept is not None and m.name}
    for table in document.tables:
        try:
            found = extract_table(document, table, vocabulary=vocabulary, settings=settings)
        except DocumentError as error:
            failures.append(_failure_of(error, document.path, doc_id=document.doc_id, survivable=True))
            continue
        mentions.extend(found.mentions)
        rated = rate_table_claims(found, document, table, judge=judge)
        claims.extend(_name_as_document(claim, names) for claim in rated)
        failures.extend(found.failures)
    return Extraction(
        document=replace(document, status="partial" if failures and document.status == "done" else document.status),
        mentions=tuple(sorted(set(mentions), key=lambda m: (m.span.start, m.span.end, m.label, m.text))),
        claims=tuple(_unique(sorted(claims, key=lambda claim: (claim.evidence.spans[0].start, claim.kind)))),
        failures=tuple(failures),
    )


def extract_batch(paths: Sequence[Path | str], settings: Settings) -> list[DocumentResult]:
    """Read and extract several files, one result each, in the order given; a failure never stops the rest."""
    return [extract_path(Path(path), settings=settings) for path in paths]


def extract_path(path: Path, *, settings: Settings, name: str | None = None) -> DocumentResult:
    """Read and extract one file; a document that cannot be processed gives a result with its failure."""
    name = name or path.as_posix()
    try:
        return extract(read(path, name=name, settings=settings), settings=settings).records()
    except DocumentError as error:
        return _failed(name, _failure_of(error, name))
    except (SettingsError, KeyboardInterrupt):
        raise
    except Exception as error:  # one document's bug must not lose the others; the failure says what and where
        cause = f"{type(error).__name__}: {error}"
        remedy = "this is a defect of litclaims: please report it with the document's kind and this message"
        return _failed(name, Failure(path=name, stage="extract", cause=cause, remedy=remedy, survivable=False))


def _name_as_document(claim: Claim, names: Mapping[str, str]) -> Claim:
    """Name a table's drug as the running text does, so that one document uses one name."""
    name = names.get(claim.intervention.id or "")
    return claim if name is None else replace(claim, intervention=replace(claim.intervention, name=name))


@cache
def code_version() -> str:
    """Return a hash of the library's own code and data, 16 hex digits; the model and vocabulary have their own."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*")):
        inside = file.relative_to(root).parts
        if file.suffix in {".py", ".tsv", ".toml", ".txt"} and inside[0] not in {
            "cli",
            "store",
            "export",
            "training",
        }:
            digest.update("/".join(inside).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def fingerprint(settings: Settings) -> str:
    """Return the identity of an extraction's make: code, model, vocabulary and settings; 64 hex digits."""
    parts = [code_version(), find_version(settings.model), Vocabulary.load().version, settings.model_dump_json()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _unique(claims: Sequence[Claim]) -> list[Claim]:
    seen: set[str] = set()
    return [claim for claim in claims if not (claim.claim_id in seen or seen.add(claim.claim_id))]  # type: ignore[func-returns-value]


def _entity_records(extraction: Extraction) -> list[dict[str, Any]]:
    document = extraction.document
    records = []
    for mention in filter(None, map(as_entity, extraction.mentions)):
        section = None
        if mention.clean is not None:
            section = section_title(document, mention.clean.start)
        page = page_of(document, mention.span.start)
        records.append(entity_record(mention, doc_id=document.doc_id, section=section, page=page))
    return records


def section_title(document: Document, clean_offset: int) -> str | None:
    """Return the title, or else the kind, of the section that holds a clean offset."""
    for section in document.sections:
        if section.clean.start <= clean_offset < section.clean.end:
            return section.title or section.kind
    return None


def page_of(document: Document, offset: int) -> int | None:
    """Return the 1-based page of a source offset, ``None`` for formats without pages."""
    if not document.boxes:
        return None
    low, high = 0, len(document.boxes)
    while low < high:
        middle = (low + high) // 2
        if document.boxes[middle].span.end <= offset:
            low = middle + 1
        else:
            high = middle
    return document.boxes[min(low, len(document.boxes) - 1)].page


def _failure_of(error: DocumentError, path: str, *, doc_id: str | None = None, survivable: bool = False) -> Failure:
    return Failure(
        path=path,
        stage=error.stage,
        cause=error.cause,
        remedy=error.remedy,
        survivable=survivable,
        doc_id=doc_id,
        page=error.page,
        table=error.table,
    )


def _failed(name: str, failure: Failure) -> DocumentResult:
    return DocumentResult(name, None, None, (), (), (failure_record(failure),))
