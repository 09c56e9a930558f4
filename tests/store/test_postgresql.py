"""The same store in PostgreSQL, where a server binary is present."""

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.store import Content, Store
from pipeline.store.tables import metadata
from tests.store.test_store import CONTENT, extraction

pytestmark = pytest.mark.postgresql


def find_binaries():
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The URL of a PostgreSQL server that lives as long as this module's tests."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL server binary is here")
    pytest.importorskip("psycopg")
    # initdb refuses root, and another user cannot reach pytest's private folders.
    place = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    user = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(place, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid}
    run = {"cwd": place, "check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **user}
    port = free_port()
    try:
        subprocess.run([binaries / "initdb", "-D", place / "data", "-U", "tester", "-A", "trust", "-E", "UTF8"], **run)
        options = f"-p {port} -k {place} -c fsync=off"
        subprocess.run([binaries / "pg_ctl", "-D", place / "data", "-o", options, "-w", "start"], **run)
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
        subprocess.run([binaries / "pg_ctl", "-D", place / "data", "-m", "immediate", "stop"], **run)
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def store(server):
    opened = Store.open(server)
    yield opened
    metadata.drop_all(opened.engine)
    with opened.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    opened.close()


def test_the_migrations_make_the_tables_that_the_code_expects(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_same_bytes_twice_add_no_row(store, claim_record, document_record):
    for expected in (1, 0):
        assert store.register([CONTENT]) == expected
        store.save(extraction(claim_record, document_record))
    counts = store.counts()
    assert (counts.documents, counts.renditions, counts.extractions, counts.claims) == (1, 1, 1, 1)


def test_a_new_make_supersedes_the_old(store, claim_record, document_record):
    store.register([CONTENT])
    store.save(extraction(claim_record, document_record, claims=3))
    store.save(extraction(claim_record, document_record, make="b" * 64, claims=5))
    counts = store.counts()
    assert (counts.extractions, counts.superseded, counts.claims) == (2, 1, 5)


def test_characters_that_a_database_may_refuse_survive(store, claim_record, document_record):
    claim = claim_record(outcome={"text": "life\x00span \udcff", "name": "=life\x00span"})
    new = extraction(claim_record, document_record, claims=0)
    store.register([CONTENT])
    store.save(type(new)(**{name: getattr(new, name) for name in new.__slots__} | {"claims": [claim]}))
    assert next(store.results()).claims == (claim,)


def test_documents_come_in_the_order_of_code_points(store, claim_record, document_record):
    for digit, path in zip("1234", ("b.md", "B.md", "a/x.md", "a.md"), strict=True):
        store.register([Content(path, digit * 20, digit * 64, 1)])
        store.save(extraction(claim_record, document_record, doc_id=digit * 20, path=path))
    assert [result.path for result in store.results()] == ["B.md", "a.md", "a/x.md", "b.md"]


def test_a_server_that_is_not_there_is_named():
    with pytest.raises(SourceError, match="cannot be used"):
        Store.open(f"postgresql://tester@127.0.0.1:{free_port()}/postgres")
