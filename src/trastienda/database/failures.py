"""The meaning of the database's errors."""

from psycopg import Error, OperationalError
from sqlalchemy.exc import DBAPIError

from trastienda.errors import Unavailable


class DatabaseAway(Unavailable):
    """The database cannot be reached; please try again."""


def lost_connection(error: BaseException) -> bool:
    """Return whether an error means that the connection to the database was lost."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, OperationalError)


def violated(error: BaseException) -> str:
    """Return the name of the violated constraint; an empty string if there is none."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return (cause.diag.constraint_name or "") if isinstance(cause, Error) else ""
