"""Closes idle connections, so that there is room for active ones.

A thread beside the event loop of each web worker, on Linux. It closes only connections without a
request in progress: a program that waits for events or a slow answer stays connected.
"""

import heapq
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from time import monotonic, sleep
from typing import NamedTuple

import structlog

from trastienda.middlewares.identity.networks import client
from trastienda.node.connections import Connection, Register
from trastienda.node.sockets import Accepted, Sockets, end

log = structlog.get_logger()
LOOK = 0.25  # seconds
TELL = 60.0  # seconds between two lines in the log


class Rules(NamedTuple):
    """How long connections may last, and how many there may be."""

    deadline: float
    """Seconds in which the first request has to arrive."""
    keep_alive: float
    """Seconds that a connection may be without a request."""
    room: int
    """The number of connections above which the longest idle ones are closed."""
    share: int | None
    """Connections of one client; None behind a proxy, where all have the same address."""


class Waiting(NamedTuple):
    """An idle connection."""

    answered: bool
    """Whether it has had an answer: those that have not are closed first."""
    since: float
    socket: Accepted


def keep(register: Register, port: int, rules: Rules) -> None:
    """Start watching the connections of this process."""
    if sys.platform == "linux":
        keeper = Doorkeeper(register, port, rules)
        threading.Thread(target=keeper.stay, name="doorkeeper", daemon=True).start()


class Doorkeeper:
    """The connections as they were at the last check."""

    def __init__(self, register: Register, port: int, rules: Rules) -> None:
        """Start without connections."""
        self._register, self._rules = register, rules
        self._sockets = Sockets(port)
        self._present: dict[Accepted, Connection] = {}
        self._ended: Counter[str] = Counter()
        self._leaving: set[Accepted] = set()

    def stay(self) -> None:
        told = monotonic()
        while True:
            sleep(LOOK)
            try:
                self.look(monotonic())
            except Exception:
                log.exception("cannot look after connections")
            if self._ended and monotonic() > told + TELL:
                log.info("connections were ended", **self._ended)
                self._ended.clear()
                told = monotonic()

    def look(self, now: float) -> None:
        """Close connections whose time is up, then as many as exceed the limits."""
        self._meet(now)
        waiting = [
            Waiting(connection.answered, connection.since, accepted)
            for accepted, connection in self._present.items()
            if not connection.working and accepted not in self._leaving
        ]
        self._end("late", (it for it in waiting if self._late(it, now)))
        self._end("of one client", self._above_share(waiting))
        self._end("to make room", self._above_room(waiting))

    def _meet(self, now: float) -> None:
        """Update the connections that have opened or closed."""
        before, register = self._present, self._register
        self._present = {
            accepted: before.get(accepted) or register.setdefault(accepted.peer, Connection(now))
            for accepted in self._sockets.open()
        }
        self._leaving &= self._present.keys()
        peers = {accepted.peer for accepted in self._present}
        for peer in [it for it in register.copy() if it not in peers]:
            connection = register[peer]
            if not connection.in_flight and connection.since < now:
                del register[peer]

    def _late(self, idle: Waiting, now: float) -> bool:
        connection = self._present[idle.socket]
        patience = self._rules.keep_alive if idle.answered else self._rules.deadline
        return not connection.in_flight and now - idle.since > patience

    def _above_room(self, waiting: list[Waiting]) -> Iterable[Waiting]:
        excess = len(self._present) - len(self._leaving) - self._rules.room
        return heapq.nsmallest(max(0, excess), self._staying(waiting))

    def _staying(self, waiting: list[Waiting]) -> Iterable[Waiting]:
        return (it for it in waiting if it.socket not in self._leaving)

    def _above_share(self, waiting: list[Waiting]) -> Iterable[Waiting]:
        share = self._rules.share
        if share is None or len(self._present) <= share:
            return
        staying = self._present.keys() - self._leaving
        there = Counter(client(accepted.peer[0]) for accepted in staying)
        theirs: dict[str, list[Waiting]] = defaultdict(list)
        for idle in self._staying(waiting):
            if there[name := client(idle.socket.peer[0])] > share:
                theirs[name].append(idle)
        for name, mine in theirs.items():
            yield from sorted(mine)[: there[name] - share]

    def _end(self, why: str, those: Iterable[Waiting]) -> None:
        for idle in list(those):
            if not self._present[idle.socket].working:
                end(idle.socket)
                self._leaving.add(idle.socket)
                self._ended[why] += 1
