"""Connections to the store: SQLite by default, PostgreSQL by URL; transactions that wait their turn; migrations."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from pipeline.errors import SettingsError, SourceError
from pipeline.store.migrations import HEAD

Result = TypeVar("Result")

BUSY_SECONDS = 10.0
"""How long SQLite waits for another writer, each time."""
ATTEMPTS = 3
_MIGRATION_LOCK = 0x6C697463


def open_engine(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine for the store at a SQLAlchemy URL, without touching the database.

    Raises:
        SettingsError: the URL is none, or its driver is not installed.
    """
    parsed = _parse_url(url)
    arguments: dict[str, Any] = {}
    if parsed.get_backend_name() == "sqlite":
        arguments = {"connect_args": {"timeout": busy_seconds}}
    try:
        engine = create_engine(parsed, **arguments)
    except (ImportError, NoSuchModuleError) as error:
        remedy = "pip install 'litclaims[postgresql]'" if "postgres" in url else "use sqlite:/// or postgresql://"
        raise SettingsError(
            f"the store {describe_url(url)} needs a driver that is missing ({error}): {remedy}"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def describe_url(url: str) -> str:
    """Return a store's URL as it may be shown: without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return repr(url)


def store_exists(engine: Engine) -> bool:
    """Whether there is a store: for SQLite a file, else a database that has been migrated."""
    if engine.dialect.name == "sqlite":
        return engine.url.database is not None and Path(engine.url.database).exists()
    return read(engine, lambda connection: inspect(connection).has_table("alembic_version"))


def migrate(engine: Engine) -> None:
    """Bring the store's tables to the newest revision, creating the database file where there is none.

    Raises:
        SettingsError: the file is no store, or was written by a newer version.
        SourceError: the database cannot be reached or written.
    """
    if engine.dialect.name == "sqlite" and engine.url.database:
        try:
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError(f"the store's folder cannot be made: {error}") from error
    if read_revision(engine) == HEAD:
        return
    write(engine, _upgrade)


def read_revision(engine: Engine) -> str | None:
    """Return the store's revision, ``None`` where it has no tables yet."""

    def ask(connection: Connection) -> str | None:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found

    return read(engine, ask)


def write(engine: Engine, action: Callable[[Connection], Result]) -> Result:
    """Run an action in one transaction of the store's only writer, and again where another writer was in the way.

    Raises:
        SettingsError: the file is no store.
        SourceError: the store stays busy, cannot be reached or cannot be written.
    """

    def once() -> Result:
        with _explain(engine), engine.begin() as connection:
            return action(connection)

    return _attempt(once)


def read(engine: Engine, action: Callable[[Connection], Result]) -> Result:
    """Run an action in a transaction that only reads, and again where a writer was in the way.

    Raises:
        SettingsError: the file is no store.
        SourceError: the store stays busy, cannot be reached or cannot be read.
    """

    def once() -> Result:
        with _explain(engine), engine.connect().execution_options(litclaims_reads=True) as connection:
            return action(connection)

    return _attempt(once)


def _attempt(once: Callable[[], Result]) -> Result:
    for attempt in range(1, ATTEMPTS):
        try:
            return once()
        except SourceError:
            time.sleep(0.2 * attempt)
    return once()


@contextmanager
def _explain(engine: Engine) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        shown = engine.url.render_as_string(hide_password=True)
        cause = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else str(error)
        if "locked" in cause or "busy" in cause:
            raise SourceError(
                f"the store {shown} is locked by another program: wait for it or close it, then start again;"
                " what was written so far is kept"
            ) from error
        if "readonly" in cause:
            raise SourceError(f"the store {shown} cannot be written ({cause}): check its permissions") from error
        if "full" in cause:
            raise SourceError(f"no space is left for the store {shown}: free some space and start again") from error
        raise SourceError(f"the store {shown} cannot be used ({cause}): check that it can be reached") from error
    except DatabaseError as error:
        if "not a database" in str(error.orig) or "malformed" in str(error.orig):
            shown = engine.url.render_as_string(hide_password=True)
            raise SettingsError(f"{shown} is no store of litclaims ({error.orig}): name another place") from error
        raise


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SettingsError(f"the store was written by another version of litclaims ({error}): update it") from error


def _parse_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError(
            f"{url!r} is no URL of a store: write sqlite:///path/to/file.sqlite or postgresql://user@host/name"
        ) from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed


def _prepare_sqlite(connection: Any, record: Any) -> None:
    # The driver's own transaction control is switched off, so that _begin_sqlite decides; see SQLAlchemy's
    # documentation, "SQLite: Serializable isolation / Savepoints / Transactional DDL".
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    _keep_journal(cursor)
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _keep_journal(cursor: sqlite3.Cursor) -> None:
    # SQLite does not wait for others when it changes the mode of the journal, as it does for a transaction.
    wait = cursor.execute("PRAGMA busy_timeout").fetchone()[0] / 1000
    end = time.monotonic() + wait
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    # A write transaction takes the lock at once: a later upgrade from reading to writing fails without waiting.
    reads = connection.get_execution_options().get("litclaims_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


__all__ = [
    "describe_url",
    "migrate",
    "open_engine",
    "read",
    "read_revision",
    "store_exists",
    "write",
]
