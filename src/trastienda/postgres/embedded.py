"""The embedded database: PostgreSQL from a Python package, on a Unix socket, never on TCP.

`cluster.py` creates, starts and stops it, `places.py` decides where and as which user it runs, and
`keeper.py` is the process that ties its life to ours.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from trastienda.postgres.cluster import DatabaseDoesNotStart
from trastienda.postgres.errors import About, CannotRunHere
from trastienda.system.processes import Kept, Process, how_it_ended, kept

Wording = Callable[[CannotRunHere], str]
"""Returns the caller's message, in one line, why PostgreSQL cannot run here."""


@dataclass(frozen=True)
class Embedded:
    """A running server. `url` is for the application, `superuser_url` for tests and maintenance."""

    url: str
    superuser_url: str
    note: str | None = None
    """A line for the user to read."""


@contextmanager
def running(
    data: Path, *, programs: Path | None = None, durable: bool = True, wording: Wording = str
) -> Iterator[Embedded]:
    """Start the server in `data`, or join the nodes that use it already, until the block ends.

    A keeper that dies is replaced, and the next one finds the server or starts it again. Raise
    CannotRunHere or DatabaseDoesNotStart; if a later keeper fails, `wording` makes the message.
    `programs` is another folder of initdb, pg_ctl and postgres. `durable` is False in tests only,
    which gain speed and may lose data in a power cut.
    """

    def start() -> Process:
        return _keeper(data, programs, durable=durable)

    def leave(keeper: Process) -> None:
        keeper.communicate()
        if keeper.returncode < 0:  # it was killed: a new keeper finds the server, and stops it
            start().communicate()

    with kept(Kept("keeper of the database", start, leave, partial(_why, wording))) as keeper:
        yield _told(keeper)


def _keeper(data: Path, programs: Path | None, *, durable: bool) -> Process:
    arguments = [data, programs or "", "durable" if durable else "careless"]
    return subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, "-P", "-m", "trastienda.postgres.keeper", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C reaches only us; the keeper ends when we have finished
    )


def _told(keeper: Process) -> Embedded:
    line = keeper.stdout.readline() if keeper.stdout else b""
    if not line:
        raise DatabaseDoesNotStart("the process that keeps the database has died")
    told = json.loads(line)
    if failure := _failure(told):
        raise failure
    return Embedded(**told)


def _failure(told: dict[str, Any]) -> CannotRunHere | DatabaseDoesNotStart | None:
    """Return the failure that a keeper reported before it ended, or None if it stays."""
    if "error" not in told:
        return None
    if told["about"] is None:
        return DatabaseDoesNotStart(told["error"])
    return CannotRunHere(About(told["about"]), told["error"])


def _why(wording: Wording, keeper: Process) -> str:
    """Return why a keeper has died, from its own report if it left one."""
    said, _ = keeper.communicate()
    with suppress(ValueError):  # it was killed before it reported anything
        failure = _failure(json.loads(said.partition(b"\n")[0]))
        if isinstance(failure, CannotRunHere):
            return wording(failure)
        if failure:
            return str(failure)
    return how_it_ended(keeper)
