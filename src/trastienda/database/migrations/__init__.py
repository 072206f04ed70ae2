"""Bring the database up to date: Alembic, one node at a time, however many start at once."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError as SQLAlchemyOperationalError

from trastienda.settings import WrongSetting

LOCK = 0x7472_6173_7469_656E  # "trastien": the advisory lock of whoever migrates
OLDEST = 150_000  # PostgreSQL 15
LOCK_TIMEOUT = "5s"
"""Who waits for a table makes everybody behind wait: a migration gives up, and tries again."""
TRIES = 6
GLANCE = 0.25  # seconds between two looks for a database
HOPELESS = ("password authentication failed", "no pg_hba.conf entry", "does not support SSL")
"""Waiting does not help here."""


class DatabaseUnusable(Exception):
    """The database did not come, or cannot be used; the text is one line."""


def wait(url: str, seconds: float, say: Callable[[str], None]) -> None:
    """Wait for the database to take connections; raise DatabaseUnusable when it does not come."""
    deadline = time.monotonic() + seconds
    told = ""
    while True:
        try:
            with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
                return _fit(connection)
        except psycopg.ProgrammingError as error:
            raise WrongSetting(f"DATABASE_URL: {_line(error)}") from None
        except psycopg.OperationalError as error:
            reason = _line(error)
        if time.monotonic() >= deadline or any(sign in reason for sign in HOPELESS):
            raise DatabaseUnusable(f"DATABASE_URL: {reason}") from None
        if reason != told:
            say(f"Waiting for the database, {seconds:.0f} seconds at most: {reason}")
            told = reason
        time.sleep(GLANCE)


def _fit(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    if connection.info.server_version < OLDEST:
        major = connection.info.server_version // 10_000
        raise DatabaseUnusable(f"DATABASE_URL: this is PostgreSQL {major}; 15 or later is needed")


def _line(error: psycopg.Error) -> str:
    """Return the last, most telling line of what libpq says; it never holds the password."""
    return " ".join(str(error).split()).removeprefix("connection failed: ")


def upgrade(url: str, revision: str = "head") -> None:
    """Run the migrations that are missing.

    `url` must lead to PostgreSQL itself: PgBouncer does not hold a session's lock.
    """
    engine = create_engine(
        "postgresql+psycopg://", creator=partial(psycopg.connect, url), poolclass=NullPool
    )
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.execute(
            text("SELECT set_config('lock_timeout', :it, false)"), {"it": LOCK_TIMEOUT}
        )
        connection.commit()
        for rest in reversed(range(TRIES)):
            try:
                _upgrade(connection, revision)
            except SQLAlchemyOperationalError as error:
                connection.rollback()
                if not isinstance(error.orig, LockNotAvailable) or not rest:
                    raise
            else:
                return


def _upgrade(connection: Connection, revision: str) -> None:
    try:
        command.upgrade(configuration(connection), revision)
    except CommandError as error:
        raise _newer(error) from None


def _newer(error: Exception) -> DatabaseUnusable:
    return DatabaseUnusable(
        f"DATABASE_URL: the database is newer than this version of trastienda ({error})"
    )


def await_others(url: str, seconds: float, say: Callable[[str], None]) -> None:
    """Wait until somebody has brought the database up to date; raise DatabaseUnusable if nobody."""
    deadline, told = time.monotonic() + seconds, False
    while missing(url):
        if time.monotonic() >= deadline:
            raise DatabaseUnusable("DATABASE_URL: not up to date: run `trastienda migrate` first")
        if not told:
            say(f"Waiting for `trastienda migrate`, {seconds:.0f} seconds at most")
        told = True
        time.sleep(GLANCE)


def configuration(connection: Connection | None = None) -> Config:
    """Say where Alembic finds our revisions; there is no alembic.ini."""
    config = Config()
    place = str(Path(__file__).parent)
    config.set_main_option("script_location", place.replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def missing(url: str) -> list[str]:
    """Return the revisions that this database lacks, oldest first. Raise DatabaseUnusable."""
    engine = create_engine(
        "postgresql+psycopg://", creator=partial(psycopg.connect, url), poolclass=NullPool
    )
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    script = ScriptDirectory.from_config(configuration())
    try:
        return [it.revision for it in script.iterate_revisions("head", present or "base")][::-1]
    except RevisionError as error:
        raise _newer(error) from None


def known(revision: str) -> bool:
    """Say whether this version of trastienda has the revision, and can go on from there."""
    script = ScriptDirectory.from_config(configuration())
    return revision in {it.revision for it in script.walk_revisions()}
