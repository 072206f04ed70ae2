"""The small process that keeps the embedded PostgreSQL for one node.

It lives as long as its parent: it reads standard input until the end, which comes when the parent
closes it and likewise when the parent is killed. Nodes that share a data folder have one each; who
leaves last stops the server.
"""

import fcntl
import json
import os
import select
import signal
import sys
from pathlib import Path

from trastienda.database.cluster import Cluster, DatabaseDoesNotStart
from trastienda.database.places import home, programs
from trastienda.folder import SECRET, alone
from trastienda.settings import WrongSetting

LOOK_AFTER = 2.0  # seconds between two looks whether the server still runs


def keep(data: Path, wanted: Path | None, *, durable: bool) -> None:
    """Start or join, tell the parent, wait for its end, leave."""
    starting = data / "postgres.starting"
    users = os.open(data / "postgres.users", os.O_RDWR | os.O_CREAT, SECRET)
    with alone(starting):
        place, who = home(data)
        cluster = Cluster(place, who, *programs(who, wanted), durable)
        if _alone(users):
            cluster.create()
            cluster.start()
        else:
            cluster.join()
        fcntl.flock(users, fcntl.LOCK_SH)
    _tell(
        url=cluster.url(),
        superuser_url=cluster.url("postgres", "postgres"),
        note=_note(data, cluster),
    )
    _until_the_parent_leaves(cluster, starting)
    with alone(starting):
        fcntl.flock(users, fcntl.LOCK_UN)
        if _alone(users):
            cluster.stop()


def _alone(users: int) -> bool:
    """Say whether no other node uses the server; meaningful while the start lock is held."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _note(data: Path, cluster: Cluster) -> str | None:
    if cluster.home.is_relative_to(data):
        return None
    return f"The database is kept in {cluster.home}: user {cluster.who.name} may not enter {data}."


def _until_the_parent_leaves(cluster: Cluster, starting: Path) -> None:
    """Wait for the end of standard input, and start the server again should it have died."""
    while not select.select([sys.stdin], [], [], LOOK_AFTER)[0] or os.read(0, 1):
        if not cluster.accepts():
            try:
                with alone(starting):
                    cluster.start()
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
    except (DatabaseDoesNotStart, WrongSetting) as error:
        _tell(error=str(error), setting=isinstance(error, WrongSetting))
    except OSError as error:
        _tell(error=f"TRASTIENDA_DATA: {error.filename}: {error.strerror}", setting=True)


if __name__ == "__main__":
    main()
