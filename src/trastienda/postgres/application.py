"""What backups have to know of the application, which passes it in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Application:
    """An application that stores its data in one database, and migrates it with Alembic."""

    name: str
    """Its name in manifests and messages, and the command that runs it."""
    version: str
    content: str
    """What the database contains, as in "there is no … in this database"."""
    database: str = "the database"
    """What messages call the database."""
    revision_table: str
    """Alembic's table: a database without it contains nothing of this application."""
    migration_lock: int
    """The advisory lock of migrations, which keeps the application from starting during a
    restore."""
    is_known: Callable[[str], bool]
    """Whether this version of the application can migrate from a revision."""
    upgrade: Callable[[str], None]
    """Runs the missing migrations on the database at a URL."""
    files: Path | None = None
    """The folder of the files that rows name; without one, backups hold the database alone.

    A file never changes under its name, and is deleted a day later than what names it.
    """
