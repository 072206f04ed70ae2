"""The small process that keeps the embedded PostgreSQL running for one node.

It lives as long as its parent: it reads standard input until its end, which comes when the parent
closes it or is killed. Nodes that share a data folder have one each; the last one stops the server.
"""

import errno
import fcntl
import json
import os
import select
import signal
import sys
from pathlib import Path

from trastienda.postgres.cluster import Cluster, DatabaseDoesNotStart
from trastienda.postgres.errors import About, CannotRunHere
from trastienda.postgres.guard import Guard
from trastienda.postgres.places import home, programs
from trastienda.system.files import SECRET, alone

LOOK_AFTER = 2.0  # seconds between two checks whether the server is running


def keep(data: Path, wanted: Path | None, *, durable: bool) -> None:
    """Start or join the server, report to the parent, wait for its end, and leave."""
    starting, used = data / "postgres.starting", data / "postgres.users"
    users = os.open(used, os.O_RDWR | os.O_CREAT, SECRET)
    with alone(starting):
        folder, user = home(data)
        cluster = Cluster(folder, user, *programs(user, wanted), durable)
        guard = Guard(cluster, used, starting)
        if _alone(users):
            cluster.create()
            guard.start()
        else:
            cluster.join()
        fcntl.flock(users, fcntl.LOCK_SH)
    _tell(
        url=cluster.url(),
        superuser_url=cluster.url("postgres", "postgres"),
        note=_note(data, cluster),
    )
    _until_the_parent_leaves(cluster, guard, starting)
    with alone(starting):
        fcntl.flock(users, fcntl.LOCK_UN)
        if last := _alone(users):
            cluster.stop()
    if last:
        guard.ended(wait=True)


def _alone(users: int) -> bool:
    """Say whether no other node uses the server; only valid while the start lock is held."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _note(data: Path, cluster: Cluster) -> str | None:
    if cluster.home.is_relative_to(data):
        return None
    return f"The database is kept in {cluster.home}: user {cluster.who.name} may not enter {data}."


def _until_the_parent_leaves(cluster: Cluster, guard: Guard, starting: Path) -> None:
    """Wait for the end of standard input, and start the server again if it dies."""
    while not select.select([sys.stdin], [], [], LOOK_AFTER)[0] or os.read(0, 1):
        if not cluster.accepts():
            try:
                with alone(starting):
                    guard.start()
            except DatabaseDoesNotStart as error:
                sys.stderr.write(f"The database has stopped: {error}\n")


def _tell(**facts: object) -> None:
    sys.stdout.write(f"{json.dumps(facts)}\n")
    sys.stdout.flush()


def main() -> None:
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_IGN)  # the parent decides, by closing standard input
    data, wanted, durable = sys.argv[1:]
    try:
        keep(Path(data), Path(wanted) if wanted else None, durable=durable == "durable")
    except DatabaseDoesNotStart as error:
        _tell(error=str(error), about=None)
    except CannotRunHere as error:
        _tell(error=str(error), about=error.about)
    except OSError as error:
        path = error.filename or data  # a failed write names no file
        remedy = ": make room, then start again" if error.errno == errno.ENOSPC else ""
        _tell(error=f"{path}: {error.strerror}{remedy}", about=About.FOLDER)


if __name__ == "__main__":
    main()
