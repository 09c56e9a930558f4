"""The pages of a run, made from its files, the store and the gold, and written beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from pipeline.export import read_records, stage_file
from pipeline.model import Document
from pipeline.model.records import Record
from pipeline.pages import read_text_only, render_claims_page
from pipeline.store import Store
from pipeline.store.engine import open_engine, store_exists

CLAIMS_PAGE = "claims.html"
_FILES = ("claims.jsonl", "documents.jsonl")


def write_pages(
    folder: Path, *, name: str, store: Store | None = None, decisions: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[Path, ...]:
    """Write the pages of a run into its folder, each whole or not at all, and return their paths.

    Args:
        folder: the files of a run.
        name: the run's name.
        store: where the documents' layout is kept; without it paragraphs are what blank lines part.
        decisions: by claim id, what people decided of claims.

    Raises:
        SettingsError: the folder holds no run.
        SourceError: a page cannot be written.
    """
    missing = [file for file in _FILES if not (folder / file).is_file()]
    if missing:
        raise SettingsError(f"{folder} holds no run of litclaims: {', '.join(missing)} is not there")
    page = render_claims_page(read_papers(folder, store), name=name, decisions=decisions)
    with stage_file(folder / CLAIMS_PAGE) as path:
        path.write_text(page, encoding="utf-8", newline="\n")
    return (folder / CLAIMS_PAGE,)


def read_papers(folder: Path, store: Store | None) -> Iterator[tuple[Record, Document, list[Record]]]:
    """Yield each document of a run: its record, the document as it was read, and its claims, in the run's order."""
    claims: dict[str, list[Record]] = {}
    for claim in read_records(folder / "claims.jsonl"):
        claims.setdefault(claim["doc_id"], []).append(claim)
    for record in read_records(folder / "documents.jsonl"):
        yield record, _document(folder, record, store), claims.get(record["doc_id"], [])


def find_run(outputs: Path, run: str | None) -> Path:
    """Return the folder of a run: by its name in ``outputs``, by its path, or else the one written last.

    Raises:
        SettingsError: there is no such run.
    """
    if run is not None:
        for folder in (outputs / run, Path(run)):
            if (folder / "claims.jsonl").is_file():
                return folder
        raise SettingsError(f"there is no run {run!r}: name one of {outputs}, or the folder of its files")
    written = [(file.stat().st_mtime_ns, file.parent.name) for file in outputs.glob("*/claims.jsonl")]
    if not written:
        raise SettingsError(f"there is no run in {outputs} yet: start with litclaims run, or name a folder of results")
    return outputs / max(written)[1]


def open_store(url: str) -> Store | None:
    """Return the store at a URL, ``None`` where there is none.

    Raises:
        SettingsError: the URL is none, or the store is of another version.
        SourceError: it cannot be reached.
    """
    engine = open_engine(url)
    try:
        exists = store_exists(engine)
    finally:
        engine.dispose()
    return Store.open(url) if exists else None


def _document(folder: Path, record: Record, store: Store | None) -> Document:
    known = None if store is None else store.rendition_of(record["doc_id"], record["text_sha256"])
    if known is not None:
        return known
    text = folder / "texts" / f"{record['doc_id']}.txt"
    source = text.read_bytes().decode("utf-8", "surrogatepass") if text.is_file() else ""
    return read_text_only(record, source)
