"""The texts that labels point into, found again among files by the documents' hashes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pipeline.errors import DocumentError
from pipeline.evaluation.gold import GoldDocument
from pipeline.ingest import read_bytes
from pipeline.model.ids import hash_bytes, hash_text
from pipeline.settings import Settings


def read_sources(folder: Path, documents: Iterable[GoldDocument]) -> dict[str, str]:
    """Return the text of each document that is found under a folder, by the sha256 of its bytes.

    A document counts as found only with the text that was labelled: the file's own, or what today's reader makes of
    it. One that a newer reader renders otherwise is left out.
    """
    wanted = {document.sha256: document for document in documents}
    texts = {}
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        data = path.read_bytes()
        document = wanted.get(hash_bytes(data))
        if document is None:
            continue
        for text in _readings(data, path.name):
            if hash_text(text) == document.text_sha256:
                texts[document.sha256] = text
                break
    return texts


def _readings(data: bytes, name: str) -> Iterator[str]:
    with suppress(UnicodeDecodeError):
        yield data.decode("utf-8")
    try:
        yield read_bytes(data, name=name, settings=Settings()).source
    except DocumentError:
        return
