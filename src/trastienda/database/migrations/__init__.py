"""Upgrading the database with Alembic, one node at a time, however many start at once."""

import time
from collections.abc import Callable
from functools import partial
from pkgutil import resolve_name

import psycopg
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, Engine, NullPool, TextClause, create_engine, text
from sqlalchemy.exc import OperationalError as SQLAlchemyOperationalError

from trastienda.database import revisions
from trastienda.database.revisions import State
from trastienda.settings import WrongSetting

STEPS = "trastienda.database.migrations.steps:run"
LOCK = 0x7472_6173_7469_656E  # "trastien": the advisory lock for migrations
OLDEST = 150_000  # PostgreSQL 15
LOCK_TIMEOUT = "5s"
"""A lock that waits makes all later ones wait, so a migration gives up and tries again."""
TRIES = 6
GLANCE = 0.25  # seconds between two attempts to connect
HOPELESS = ("password authentication failed", "no pg_hba.conf entry", "does not support SSL")
"""Errors that do not go away by waiting."""


class DatabaseUnusable(Exception):
    """The database cannot be reached or used; the message is one line that names it."""

    def __init__(self, reason: str, name: str = "DATABASE_URL") -> None:
        """Create the error with a reason and the name by which the user knows the database."""
        super().__init__(f"{name}: {reason}")
        self.reason = reason


def wait(url: str, seconds: float, say: Callable[[str], None]) -> None:
    """Wait until the database accepts connections. Raise DatabaseUnusable after `seconds`."""
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
            raise DatabaseUnusable(reason) from None
        if reason != told:
            say(f"Waiting for the database, {seconds:.0f} seconds at most: {reason}")
            told = reason
        time.sleep(GLANCE)


def _fit(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    if connection.info.server_version < OLDEST:
        major = connection.info.server_version // 10_000
        raise DatabaseUnusable(f"this is PostgreSQL {major}; 15 or later is needed")


def _line(error: psycopg.Error) -> str:
    """Return libpq's error message as one line; it never contains the password."""
    return " ".join(str(error).split()).removeprefix("connection failed: ")


def upgrade(url: str, revision: str = "head") -> None:
    """Run the missing migrations; a newer database that this code works with is not changed.

    `url` must lead to PostgreSQL itself: PgBouncer does not keep locks of sessions.
    """
    with _engine(url).connect() as connection:
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
    found = judged(connection)
    connection.commit()  # Alembic commits its steps only where no transaction is open
    if found is State.AHEAD:
        return
    if found is not State.CURRENT:
        resolve_name(STEPS)(connection, revision)
    _leave_note(connection)


def judged(connection: Connection) -> State:
    """Return the state of the database. Raise DatabaseUnusable if it is too new for this code."""
    applied, noted = _applied(connection)
    found = revisions.state(applied, noted)
    if found is State.UNUSABLE:
        raise DatabaseUnusable(
            f"the database is newer than this version of trastienda (revision {applied})"
        )
    return found


def _applied(connection: Connection) -> tuple[str | None, str | None]:
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None, None
    found = connection.execute(text(revisions.APPLIED)).one_or_none()
    return (found[0], found[1]) if found else (None, None)


def _leave_note(connection: Connection) -> None:
    """Write the note if it is missing, as in databases of older versions."""
    applied, noted = _applied(connection)
    if applied and noted != revisions.note(applied):
        connection.execute(commented(applied))
    connection.commit()


def commented(revision: str) -> TextClause:
    """Return the statement that writes the note of a revision."""
    return text(f"COMMENT ON TABLE alembic_version IS '{revisions.note(revision)}'")


def await_others(url: str, seconds: float, say: Callable[[str], None]) -> None:
    """Wait until another process has upgraded the database. Raise DatabaseUnusable."""
    deadline, told = time.monotonic() + seconds, False
    while missing(url):
        if time.monotonic() >= deadline:
            raise DatabaseUnusable("not up to date: run `trastienda migrate` first")
        if not told:
            say(f"Waiting for `trastienda migrate`, {seconds:.0f} seconds at most")
        told = True
        time.sleep(GLANCE)


def missing(url: str) -> list[str]:
    """Return the revisions that a database lacks, oldest first. Raise DatabaseUnusable."""
    with _engine(url).connect() as connection:
        if judged(connection) is State.AHEAD:
            return []
        applied, _ = _applied(connection)
    all_ = list(revisions.KNOWN)
    return all_[all_.index(applied) + 1 :] if applied else all_


def standing(url: str) -> State:
    """Return the state of a database. Raise DatabaseUnusable if it is too new for this code."""
    with _engine(url).connect() as connection:
        return judged(connection)


def _engine(url: str) -> Engine:
    return create_engine(
        "postgresql+psycopg://", creator=partial(psycopg.connect, url), poolclass=NullPool
    )


def known(revision: str) -> bool:
    """Return whether this version of trastienda knows a revision."""
    return revision in revisions.KNOWN
