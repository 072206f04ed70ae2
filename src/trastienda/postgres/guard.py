"""The parent process of the embedded PostgreSQL: the server never outlives its users.

A keeper may be killed, and its parent with it. The guard is the parent of the server, and stops it
once the users' lock has been free for a while. If the guard itself is killed, Linux tells the
server to stop.
"""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Never

from trastienda.postgres.cluster import PATIENCE, Cluster, DatabaseDoesNotStart
from trastienda.postgres.places import BARE
from trastienda.system.files import SECRET, alone
from trastienda.system.processes import die_with

LOOK = 1.0  # seconds between two checks of the users' lock
UNUSED = 5  # consecutive checks without a user, so that a new keeper has time to take the lock
STREAMS = range(3)
GLANCE = 0.02  # seconds between two checks whether the server is ready


class Guard:
    """Starts a server below a process of its own; `users` and `starting` are lock files."""

    def __init__(self, cluster: Cluster, users: Path, starting: Path) -> None:
        """Start nothing yet."""
        self._cluster, self._users, self._starting = cluster, users, starting
        self._pid = 0

    def start(self) -> None:
        """Start the server unless one runs, and wait until it accepts connections.

        The caller holds the lock `starting`, and has a single thread.
        """
        self.ended()
        if not self._cluster.prepare():
            return
        self._pid = os.fork()
        if self._pid == 0:
            self._watch()
        deadline = time.monotonic() + PATIENCE
        while not self._cluster.ready():
            if self.ended() or time.monotonic() > deadline:
                raise DatabaseDoesNotStart(self._cluster.why_not())
            time.sleep(GLANCE)

    def ended(self, *, wait: bool = False) -> bool:
        """Say whether the guard and its server have ended; also True if another keeper has it."""
        if self._pid and os.waitpid(self._pid, 0 if wait else os.WNOHANG)[0]:
            self._pid = 0
        return not self._pid

    def _watch(self) -> Never:
        """Run as the guard, in the forked process."""
        try:
            os.setsid()
            silence = os.open(os.devnull, os.O_RDWR)
            for stream in STREAMS:
                os.dup2(silence, stream)
            # Among them are the parent's pipes and locks.
            for descriptor in list(Path("/dev/fd").iterdir()):
                if int(descriptor.name) not in STREAMS:
                    with suppress(OSError):
                        os.close(int(descriptor.name))
            self._attend(self._launch())
        finally:
            os._exit(0)  # skips the parent's exit handlers

    def _launch(self) -> "subprocess.Popen[bytes]":
        stop_with_us = partial(die_with, os.getpid(), signal.SIGINT)  # a fast shutdown
        with self._cluster.log.open("w", encoding="utf-8") as log:
            try:
                return subprocess.Popen(  # noqa: S603 - ours
                    [self._cluster.programs / "postgres", "-D", "."],
                    **self._cluster.who.identity,
                    cwd=self._cluster.data,
                    env=BARE,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=stop_with_us,  # noqa: PLW1509 - there is one thread
                )
            except OSError as error:
                log.write(str(error))
                raise

    def _attend(self, server: "subprocess.Popen[bytes]") -> None:
        unused = 0
        while True:
            with suppress(subprocess.TimeoutExpired):
                server.wait(LOOK)
                return
            unused = unused + 1 if self._nobody_is_here() else 0
            if unused >= UNUSED:
                with alone(self._starting), _tried(self._users) as free:
                    if free:
                        self._cluster.stop()

    def _nobody_is_here(self) -> bool:
        """Say whether nobody uses the server or is about to."""
        with _tried(self._starting) as quiet:
            if not quiet:
                return False
            with _tried(self._users) as free:
                return free


@contextmanager
def _tried(path: Path) -> Iterator[bool]:
    """Take a lock if it is free, and say whether it was."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, SECRET)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(descriptor)
