"""A run of the line that can be cut off at any moment: real store, real writing, a quick stand-in for the extraction.

python cut_off_run.py STORE_URL FOLDER
"""

import sys
import time
from pathlib import Path

from pipeline import line
from pipeline.model import CleanView, Document, Metadata, Piece, hash_bytes, make_id
from pipeline.model.records import document_record
from pipeline.run import DocumentResult
from pipeline.selection import select_documents
from pipeline.settings import Settings
from pipeline.store import Store


def read_quickly(content):
    data = Path(content.path).read_bytes()
    text = data.decode()
    return Document(
        doc_id=make_id("document", hash_bytes(data)),
        path=content.path,
        sha256=hash_bytes(data),
        reader="text",
        reader_version="1",
        source=text,
        clean=CleanView(text, (Piece(0, 0, len(text)),)),
        metadata=Metadata(title=text[:20], doi=f"10.5555/{len(text) % 7}"),
    )


def claim(document, number):
    return {
        "schema_version": 1,
        "claim_id": make_id("claim", document.doc_id, number),
        "doc_id": document.doc_id,
        "kind": "prose",
        "evidence": {"text": document.source, "spans": [[0, len(document.source)]]},
        "intervention": {"text": "x", "name": "x", "kind": "drug"},
        "outcome": {"text": "y", "name": "y"},
        "direction": "increase",
        "certainty": "asserted",
        "negated": False,
        "confidence": None,
    }


def process(batch, settings):
    outcomes = []
    for work in batch:
        time.sleep(0.01)
        document = work.rendition or read_quickly(work.content)
        claims = tuple(claim(document, number) for number in range(30))
        result = DocumentResult(document.path, document_record(document), document.source, (), claims, ())
        outcomes.append(line.Outcome(work.content, result, None if work.rendition else document))
    return outcomes


def main(url, folder):
    settings = Settings()
    line.process = process
    # The code may be edited while the test runs; what is tested does not depend on it.
    line.reading_version = lambda settings: "r" * 64
    print("begins", flush=True)
    store = Store.open(url)
    contents, failures = line.identify(select_documents([folder]))
    line.register(store, contents, failures)
    run = store.start_run(name="test", version="0", fingerprint="f" * 64, settings="{}")
    line.extract_into(store, contents, make="f" * 64, settings=settings, run=run)
    store.finish_run(run, {"claims": 0})
    print("ends", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
