"""The open connections of a web worker, with the state of their requests."""

from collections.abc import Callable
from time import monotonic
from typing import Any

Application = Callable[..., Any]
Peer = tuple[str, int]


class Connection:
    """The state of one connection."""

    __slots__ = ("answered", "hearing", "in_flight", "since")

    def __init__(self, now: float) -> None:
        """Start without a request."""
        self.in_flight = 0
        """Requests that have begun and not ended."""
        self.hearing = 0
        """Those of them that are waiting for the rest of their body."""
        self.answered = False
        """Whether any request has ended."""
        self.since = now
        """When the last request began, ended, or began to wait for its body (monotonic)."""

    @property
    def working(self) -> bool:
        """Whether an answer is due; such a connection is never closed."""
        return self.in_flight > self.hearing


Register = dict[Peer, Connection]
"""The connections of this worker by the client's address and port."""


def noted(application: Application, register: Register) -> Application:
    """Wrap the application to note when a request begins, waits for its body, and ends."""

    async def serve(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        if scope["type"] != "http" or not scope["client"]:
            await application(scope, receive, send)
            return
        host, port = scope["client"]
        now, peer = monotonic(), (host, int(port))  # Granian gives the port as text
        connection = register.get(peer) or register.setdefault(peer, Connection(now))
        coming = True

        async def heard() -> Any:  # noqa: ANN401 - ASGI
            nonlocal coming
            if not coming:
                return await receive()
            connection.hearing += 1
            connection.since = monotonic()
            try:
                message = await receive()
            finally:
                connection.hearing -= 1
            coming = message.get("more_body", False)
            return message

        connection.in_flight += 1
        connection.since = now
        try:
            await application(scope, heard, send)
        finally:
            connection.in_flight -= 1
            connection.answered = True
            connection.since = monotonic()

    return serve
