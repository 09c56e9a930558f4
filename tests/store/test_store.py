"""The store: once is enough, nothing is lost, one extraction is current."""

import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pipeline.errors import SettingsError, SourceError
from pipeline.model import CharacterBox, CleanView, Document, Metadata, PackedBoxes, Piece, Section, Span, Table
from pipeline.store import Content, NewExtraction, Store, engine
from pipeline.store.migrations import HEAD
from pipeline.store.renditions import pack_document, pack_text, unpack_document, unpack_text
from pipeline.store.tables import documents, extractions, files, metadata, renditions, works

CONTENT = Content("papers/acarbose.md", "d" * 20, "0" * 64, 27)


@pytest.fixture
def store(tmp_path):
    opened = Store.open(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield opened
    opened.close()


def rendition(path="papers/acarbose.md", text="Acarbose extended lifespan."):
    return Document("d" * 20, path, "0" * 64, "markdown", "1", text, CleanView(text, (Piece(0, 0, len(text)),)))


def extraction(claim_record, document_record, *, make="a" * 64, claims=1, **changes):
    values = {
        "doc_id": "d" * 20,
        "path": "papers/acarbose.md",
        "fingerprint": make,
        "reading": "r" * 64,
        "rendition": rendition(),
        "record": document_record(),
        "claims": [claim_record(claim_id=f"{number:020}") for number in range(claims)],
        "failures": [],
    }
    return NewExtraction(**{**values, **changes})


def count(store, table):
    with store.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_migrations_make_the_tables_that_the_code_expects(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert engine.read_revision(store.engine) == HEAD


def test_the_same_bytes_twice_add_no_row(store, claim_record, document_record):
    for expected in (1, 0):
        assert store.register([CONTENT]) == expected
        store.save(extraction(claim_record, document_record))
    for table in (documents, files, renditions, extractions, works):
        assert count(store, table) == 1
    assert store.counts().claims == 1


def test_a_new_make_keeps_the_old_extraction_and_is_current(store, claim_record, document_record):
    store.register([CONTENT])
    store.save(extraction(claim_record, document_record, claims=3))
    store.save(extraction(claim_record, document_record, make="b" * 64, claims=5, rendition=None))
    counts = store.counts()
    assert (counts.extractions, counts.superseded, counts.renditions, counts.claims) == (2, 1, 1, 5)
    assert len(store.result("d" * 20, "a" * 64).claims) == 3
    assert store.make_current("d" * 20, "a" * 64)
    assert store.counts().claims == 3
    assert not store.make_current("d" * 20, "c" * 64)


def test_what_was_kept_comes_back_as_it_was(store, claim_record, document_record):
    failure = {"path": "p", "stage": "read", "cause": "page 2", "remedy": "none", "survivable": True, "page": 2}
    store.register([CONTENT])
    store.save(extraction(claim_record, document_record, failures=[failure]))
    found = next(store.results())
    assert found.record == document_record()
    assert found.source == "Acarbose extended lifespan."
    assert found.failures == (failure,)


def test_characters_that_a_database_may_refuse_survive(store, claim_record, document_record):
    claim = claim_record(outcome={"text": "life\x00span \udcff", "name": "=life\x00span"})
    store.register([CONTENT])
    store.save(replace(extraction(claim_record, document_record), claims=[claim]))
    assert next(store.results()).claims == (claim,)


def test_documents_that_share_an_identifier_are_one_work(store, claim_record, document_record):
    known = [
        ("1", {"doi": "10.5555/A"}),
        ("2", {"doi": None, "pmid": "123"}),
        ("3", {"doi": "10.5555/a", "pmid": "123"}),
    ]
    for digit, ids in known:
        doc_id = digit * 20
        store.register([Content(f"{digit}.md", doc_id, digit * 64, 1)])
        record = document_record(doc_id=doc_id, **ids)
        store.save(extraction(claim_record, document_record, doc_id=doc_id, path=f"{digit}.md", record=record))
    assert store.counts().works == 1
    assert count(store, works) == 2
    with store.engine.connect() as connection:
        assert len(set(connection.execute(select(documents.c.work_id)).scalars())) == 1


def test_documents_without_identifiers_are_works_of_their_own(store, claim_record, document_record):
    for digit in "12":
        store.register([Content(f"{digit}.md", digit * 20, digit * 64, 1)])
        record = document_record(doc_id=digit * 20, doi=None)
        store.save(extraction(claim_record, document_record, doc_id=digit * 20, record=record))
    assert store.counts().works == 2


def test_a_document_that_could_not_be_read_is_kept_with_its_failure(store, claim_record, document_record):
    failure = {"path": "p", "stage": "read", "cause": "no text", "remedy": "run OCR", "survivable": False}
    store.register([CONTENT])
    store.save(extraction(claim_record, document_record, record=None, rendition=None, claims=0, failures=[failure]))
    found = next(store.results())
    assert (found.record, found.source, found.failures) == (None, None, (failure,))
    assert store.counts().failed == 1


def test_a_path_that_gives_a_content_again_has_no_current_failure(store):
    failure = {"path": CONTENT.path, "stage": "read", "cause": "denied", "remedy": "chmod", "survivable": False}
    store.note_failures([failure])
    store.note_failures([failure])
    assert store.path_failures() == [failure]
    store.register([CONTENT])
    assert store.path_failures() == []


def test_a_file_that_changed_hides_its_former_content(store, claim_record, document_record):
    store.register([CONTENT])
    store.save(extraction(claim_record, document_record))
    store.register([Content(CONTENT.path, "e" * 20, "1" * 64, 5)])
    assert list(store.results()) == []
    assert store.result("d" * 20, "a" * 64) is not None


def test_a_claim_is_found_by_how_its_id_begins(store, claim_record, document_record):
    store.register([CONTENT])
    store.save(extraction(claim_record, document_record, claims=12))
    assert len(store.find_claims("0" * 18)) == 12
    assert [found.claim["claim_id"] for found in store.find_claims(f"{11:020}")] == [f"{11:020}"]
    assert store.find_claims("%") == []


def test_a_rendition_comes_back_whole():
    document = Document(
        "d" * 20,
        "p",
        "0" * 64,
        "text",
        "1",
        "Acarbose\r\n\udcffx",
        CleanView("Acarbose x", (Piece(0, 0, 8), Piece(9, 11, 1, True))),
        Metadata(title="T", authors=("A", "B"), year=2020),
        sections=(Section("results", None, Span(0, 5)),),
        tables=(Table("1", None, None, (), (), (), (Span(0, 3), Span(5, 6)), page=2),),
    )
    assert unpack_document(pack_document(document), source=document.source) == document
    boxed = replace(document, boxes=PackedBoxes([CharacterBox(Span(0, 8), 1, 72.0, 700.5, 120.25, 712.0)]))
    assert unpack_document(pack_document(boxed), source=document.source) == boxed
    assert unpack_text(pack_text(document.source)) == document.source


def test_a_store_that_is_not_there_says_how_to_make_one(tmp_path):
    with pytest.raises(SettingsError, match="litclaims run"):
        Store.open(f"sqlite:///{tmp_path / 'none.sqlite'}", create=False)


def test_a_file_that_is_no_store_is_named(tmp_path):
    (tmp_path / "notes.txt").write_text("no database " * 200)
    with pytest.raises(SettingsError, match=r"notes\.txt is no store"):
        Store.open(f"sqlite:///{tmp_path / 'notes.txt'}")


@pytest.mark.parametrize("url", ["nonsense", "oracle://x/y"])
def test_a_url_that_is_none_says_what_to_write(url):
    with pytest.raises(SettingsError, match="sqlite:///"):
        Store.open(url)


def test_a_password_is_never_shown():
    assert "secret" not in engine.describe_url("postgresql://me:secret@host/papers")


def test_a_locked_database_is_waited_for_and_then_named(tmp_path, store, monkeypatch):
    monkeypatch.setattr(engine, "ATTEMPTS", 2)
    quick = Store(engine.open_engine(str(store.engine.url), busy_seconds=0.1))
    other = sqlite3.connect(tmp_path / "store.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(SourceError, match="locked by another program"):
        quick.register([CONTENT])
    other.execute("ROLLBACK")
    assert quick.register([CONTENT]) == 1


def test_two_writers_take_turns(tmp_path, claim_record, document_record):
    url = f"sqlite:///{tmp_path / 'shared.sqlite'}"
    errors = []

    def work(digits):
        try:
            store = Store.open(url)
            for digit in digits:
                store.register([Content(f"{digit}.md", digit * 20, digit * 64, 1)])
                store.save(extraction(claim_record, document_record, doc_id=digit * 20, path=f"{digit}.md"))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(digits,)) for digits in ("12345", "34567")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    store = Store.open(url)
    assert (store.counts().documents, store.counts().extractions) == (7, 7)


def test_a_new_store_that_another_prepares_is_waited_for(tmp_path):
    path = tmp_path / "store.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    timer.start()
    assert Store.open(f"sqlite:///{path}").counts().documents == 0
    timer.join()


def test_what_comes_before_the_import_is_light():
    script = "import sys, pipeline.store; sys.exit('prefect' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2]).returncode == 0
