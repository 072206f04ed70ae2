"""Whether the database has the tables that this code knows."""

import re
from functools import cache
from pathlib import Path

from psycopg.errors import UndefinedTable

from trastienda.database import db
from trastienda.database.db import Reading, prepared
from trastienda.errors import Unavailable

VERSIONS = Path(db.__file__).parent / "migrations" / "versions"
REVISION = re.compile(r"""^(down_)?revision\b.*?=\s*["']([^"']+)["']""", re.MULTILINE)
APPLIED = prepared("SELECT version_num FROM alembic_version")


class DatabaseBehind(Unavailable):
    """The database is not up to date yet."""


async def migrated(session: Reading) -> None:
    """Raise DatabaseBehind unless the newest migration has been applied."""
    try:
        row = await APPLIED.row(session)
    except UndefinedTable:
        row = None
    if row is None or row[0] != newest():
        raise DatabaseBehind


@cache
def newest(versions: Path = VERSIONS) -> str:
    """Return the revision that no other one follows.

    Read from the files: asking Alembic would cost each web worker ten megabytes for one word.
    """
    found = [
        match for file in versions.glob("*.py") for match in REVISION.findall(file.read_text())
    ]
    followed = {revision for down, revision in found if down}
    return next((it for down, it in found if not down and it not in followed), "")
