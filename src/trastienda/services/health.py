"""Whether this code works with the database's tables."""

from psycopg.errors import UndefinedTable

from trastienda.database import revisions
from trastienda.database.db import Reading, prepared
from trastienda.database.revisions import State
from trastienda.errors import Unavailable

APPLIED = prepared(revisions.APPLIED)


class DatabaseBehind(Unavailable):
    """The database is not up to date yet."""


class DatabaseAhead(Unavailable):
    """The database belongs to a newer version of the shop."""


async def migrated(session: Reading) -> None:
    """Raise DatabaseBehind or DatabaseAhead unless this code works with the database."""
    try:
        row = await APPLIED.row(session)
    except UndefinedTable:
        row = None
    match revisions.state(*(row or (None, None))):
        case State.EMPTY | State.BEHIND:
            raise DatabaseBehind
        case State.UNUSABLE:
            raise DatabaseAhead
