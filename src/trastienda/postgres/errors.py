"""Why PostgreSQL cannot run here; the caller words the message in terms of its own settings."""

from enum import StrEnum


class About(StrEnum):
    """The choice or the lack that is to blame."""

    FOLDER = "folder"
    """The data folder."""
    USER = "user"
    """The operating system's user."""
    CLUSTER = "cluster"
    """The files of the database."""
    PROGRAMS = "programs"
    """PostgreSQL's programs: initdb, pg_ctl and postgres."""


class CannotRunHere(Exception):
    """PostgreSQL cannot run for a reason that the caller can fix; the text is one line."""

    def __init__(self, about: About, reason: str) -> None:
        """Take the subject of the reason, and the reason without it."""
        super().__init__(reason)
        self.about = about
