"""What the database's errors mean."""

from psycopg import Error, OperationalError
from sqlalchemy.exc import DBAPIError, IntegrityError

from trastienda.errors import Unavailable


class DatabaseAway(Unavailable):
    """The database cannot be reached; please try again."""


def lost_connection(error: BaseException) -> bool:
    """Say whether an error means that the database went away, not that it refused."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, OperationalError)


def violated(error: IntegrityError) -> str:
    """Name the constraint that refused, or nothing."""
    cause = error.orig
    return (cause.diag.constraint_name or "") if isinstance(cause, Error) else ""
