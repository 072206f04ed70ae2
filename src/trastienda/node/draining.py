"""Stopping a web worker without cutting off a client that is about to send a request.

Granian closes kept-alive connections as soon as it stops, which resets a request that is on its
way. So for a while every HTTP/1 answer says `Connection: close`, and Granian is stopped when the
recently used connections have been told. HTTP/2 needs none of this: its GOAWAY says which requests
were accepted.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

LINGER = 3.0  # seconds that kept-alive connections have to send a request and be told
IN_USE = 10.0  # seconds after its last request that a connection counts as recently used
REMEMBERED = 4_096  # connections; the least recently used ones are dropped first
LOOK = 0.05  # seconds between two checks
CLOSE = (b"connection", b"close")
DESCRIPTORS = Path("/proc/self/fd")

Send = Callable[[Any], Any]
Peer = tuple[str, str | int]  # Granian gives the port as text


class Draining:
    """The kept-alive connections of a worker, and whether it is stopping."""

    def __init__(self, linger: float = LINGER) -> None:
        """Start without connections, not stopping."""
        self._used: dict[Peer, float] = {}
        self._linger = linger
        self.until: float | None = None
        """When to stop, once stopping has begun (monotonic)."""

    def hear(self, loop: asyncio.AbstractEventLoop, at_once: Callable[[], None]) -> None:
        """Take over SIGTERM, which Granian has registered with the loop; SIGINT stays Granian's.

        `at_once` is called when the signal arrives.
        """

        def begin() -> None:
            at_once()
            if self.until is None:
                self.until = monotonic() + self._linger
                look(self.until)

        def look(until: float) -> None:
            if self.awaited(open_peers()) and monotonic() < until:
                loop.call_later(LOOK, look, until)
            else:
                signal.raise_signal(signal.SIGINT)

        loop.add_signal_handler(signal.SIGTERM, begin)

    def answered(self, scope: Any, send: Send) -> Send:  # noqa: ANN401 - ASGI
        """Note that a connection is used; when stopping, tell its client to close it."""
        peer = scope.get("client")
        if not peer or scope["http_version"] == "2":
            return send
        self._used.pop(peer, None)
        self._used[peer] = monotonic()
        if len(self._used) > REMEMBERED:
            del self._used[next(iter(self._used))]

        async def told(message: Any) -> None:  # noqa: ANN401 - ASGI
            if self.until is not None and message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], CLOSE]}
                self._used.pop(peer, None)
            await send(message)

        return told

    def awaited(self, ports: Container[int] | None) -> bool:
        """Say whether a recently used connection is open and has not been told to close."""
        since = monotonic() - IN_USE
        return any(
            at > since and (ports is None or int(peer[1]) in ports)
            for peer, at in self._used.items()
        )


def open_peers() -> set[int] | None:
    """Return the ports of the connected clients, or None where that cannot be found out."""
    if sys.platform != "linux":
        return None
    found = set()
    for descriptor in list(DESCRIPTORS.iterdir()):
        with suppress(OSError):  # closed by now, listening, or not a network socket
            if descriptor.is_socket():
                with socket.socket(fileno=os.dup(int(descriptor.name))) as copy:
                    if copy.family in {socket.AF_INET, socket.AF_INET6}:
                        found.add(copy.getpeername()[1])
    return found
