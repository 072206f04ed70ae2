"""The name of the configured database in messages to people."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import ProgrammingError, pq
from psycopg.conninfo import conninfo_to_dict

from trastienda.database.migrations import DatabaseUnusable
from trastienda.settings import Settings, variable

EMBEDDED = "the embedded database"


def named(settings: Settings) -> str:
    """Return which database the settings choose, and which setting chose it; never its password."""
    url = settings.database_direct_url or settings.database_url
    if not url:
        return f"{EMBEDDED} in {settings.data.resolve()}"
    facts = {it.keyword.decode(): (it.val or b"").decode() for it in pq.Conninfo.get_defaults()}
    try:
        facts |= {name: str(text) for name, text in conninfo_to_dict(url).items()}
    except ProgrammingError:  # connecting will report what is wrong with it
        return f"the database of {subject(settings)}"
    host = facts["hostaddr"] or facts["host"] or "this machine"
    name = facts["dbname"] or facts["user"]
    return f"the database {name} on {host}, port {facts['port']} ({subject(settings)})"


def subject(settings: Settings) -> str:
    """Return the variable that chose the database, or that it is the embedded one."""
    if settings.database_direct_url:
        return variable("database_direct_url")
    return variable("database_url") if settings.database_url else EMBEDDED


@contextmanager
def named_in_refusals(settings: Settings) -> Iterator[None]:
    """Make a DatabaseUnusable raised within name the database as the user knows it."""
    try:
        yield
    except DatabaseUnusable as error:
        raise DatabaseUnusable(error.reason, subject(settings)) from None
