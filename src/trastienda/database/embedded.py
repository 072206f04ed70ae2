"""The database for who has none: PostgreSQL from a Python package, on a Unix socket, never on TCP.

`cluster.py` makes, starts and stops it, `places.py` knows where and as whom, and `keeper.py` is the
process that ties its life to ours.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from trastienda.database.cluster import DatabaseDoesNotStart
from trastienda.settings import WrongSetting


@dataclass(frozen=True)
class Embedded:
    """A running server. `url` is for the shop, `superuser_url` for tests and maintenance."""

    url: str
    superuser_url: str
    note: str | None = None
    """One line that the user should read."""


@contextmanager
def running(
    data: Path, *, programs: Path | None = None, durable: bool = True
) -> Iterator[Embedded]:
    """Start the server in `data`, or join the nodes that use it already, until the block ends.

    `programs` is another folder of initdb, pg_ctl and postgres. `durable` is False in tests only:
    it trades what a power cut would lose for speed.
    """
    keeper = _keeper(data, programs, durable=durable)
    try:
        yield _told(keeper)
    finally:
        keeper.communicate()
        if keeper.returncode < 0:  # it was killed: a new one finds the server, and stops it
            _keeper(data, programs, durable=durable).communicate()


def _keeper(data: Path, programs: Path | None, *, durable: bool) -> "subprocess.Popen[bytes]":
    arguments = [data, programs or "", "durable" if durable else "careless"]
    return subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, "-P", "-m", "trastienda.database.keeper", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for us; the keeper goes when we have finished
    )


def _told(keeper: "subprocess.Popen[bytes]") -> Embedded:
    line = keeper.stdout.readline() if keeper.stdout else b""
    if not line:
        raise DatabaseDoesNotStart("the process that keeps the database has died")
    told = json.loads(line)
    if "error" not in told:
        return Embedded(**told)
    raise (WrongSetting if told["setting"] else DatabaseDoesNotStart)(told["error"])
