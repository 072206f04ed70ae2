"""The revisions of the database that this code knows, and the newer ones it works with.

They are read from the files once, when the process starts, so that a node keeps its version even if
the files are replaced. Alembic would cost each web worker ten megabytes for this.

A migration leaves a note in the database, as the comment on Alembic's own table: the oldest
revision whose code works with the tables. From it, a node of an older version knows whether it can
still use a database that was upgraded.
"""

import re
from enum import Enum, auto
from pathlib import Path

VERSIONS = Path(__file__).parent / "migrations" / "versions"
FIELD = re.compile(
    r"""^(revision|down_revision|oldest_compatible)\b[^=\n]*=\s*["']([^"']+)["']""", re.MULTILINE
)
FIRST = "0010"
"""The oldest revision for whose code the rules of migrations were kept."""
NOTE = "Works with the code of revision {} and later."
NOTED = re.compile(re.escape(NOTE).replace(r"\{\}", r"(\w+)"))
APPLIED = """
SELECT version_num, obj_description(tableoid, 'pg_class') FROM alembic_version
"""


class State(Enum):
    """The state of a database in relation to this code."""

    EMPTY = auto()
    BEHIND = auto()
    CURRENT = auto()
    AHEAD = auto()
    """Newer, but this code works with it."""
    UNUSABLE = auto()
    """Newer, and this code does not work with it."""


def chain(versions: Path = VERSIONS) -> dict[str, str]:
    """Return all revisions, oldest first, each with the oldest whose code works with its tables.

    A revision that only adds something says nothing about it. One that removes something has
    `oldest_compatible`.
    """
    files = [dict(FIELD.findall(file.read_text("utf-8"))) for file in versions.glob("*.py")]
    after = {it.get("down_revision"): it for it in files if "revision" in it}
    found: dict[str, str] = {}
    before, oldest = None, FIRST
    while step := after.get(before):
        before, oldest = step["revision"], step.get("oldest_compatible", oldest)
        found[before] = oldest
    return found


KNOWN = chain()
NEWEST = next(reversed(KNOWN))


def note(revision: str) -> str:
    """Return the note for a database that has reached a revision."""
    return NOTE.format(KNOWN[revision])


def state(applied: str | None, noted: str | None) -> State:
    """Return the state of a database with this revision and this note."""
    if applied is None:
        return State.EMPTY
    if applied in KNOWN:
        return State.CURRENT if applied == NEWEST else State.BEHIND
    oldest = NOTED.fullmatch(noted or "")
    return State.AHEAD if oldest and oldest[1] in KNOWN else State.UNUSABLE
