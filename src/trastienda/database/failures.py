"""The meaning of the database's errors."""

from psycopg import Error, OperationalError
from psycopg.errors import DeadlockDetected, ForeignKeyViolation, SerializationFailure
from sqlalchemy.exc import DBAPIError

from trastienda.errors import Unavailable


class DatabaseAway(Unavailable):
    """The database cannot be reached; please try again."""


def lost_connection(error: BaseException) -> bool:
    """Return whether an error means that the connection to the database was lost."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, OperationalError)


def will_pass(error: BaseException) -> bool:
    """Return whether the same again can go well: after a deadlock, a conflict, or a deletion.

    What a row was to refer to may have been deleted since it was read: the next time it is not
    found, and that is refused as it always is.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, DeadlockDetected | SerializationFailure | ForeignKeyViolation)


def violated(error: BaseException) -> str:
    """Return the name of the violated constraint; an empty string if there is none."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return (cause.diag.constraint_name or "") if isinstance(cause, Error) else ""
