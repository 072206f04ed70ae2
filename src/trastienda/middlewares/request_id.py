"""A number for every request: on its answer, and on every line logged while it is served.

The client's own X-Request-Id is not taken over: it could be anybody's, or a megabyte.
"""

from contextvars import ContextVar
from time import perf_counter

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict
from uuid_utils import uuid7

log = structlog.get_logger()
_number: ContextVar[str] = ContextVar("request_id", default="")

HUNG_UP = 499  # nginx's number for a client that did not wait for its answer


def current() -> str:
    """Return the number of the request being served; empty outside of one."""
    return _number.get()


def noted(_: object, __: str, event: EventDict) -> EventDict:
    """Put the number on a log line: the first of structlog's processors.

    Not structlog's own context variables: they look through all there are, for every line.
    """
    if number := _number.get():
        event["request_id"] = number
    return event


def numbered(app: ASGIApp) -> ASGIApp:
    """Give each request a number, and log one line about it: its route's template, never its path.

    Paths and queries hold tokens (a cart's id, an order's), which no log may keep.
    """

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        began, number = perf_counter(), str(uuid7())
        method, status = scope.get("method"), HUNG_UP
        header = (b"x-request-id", number.encode())
        token = _number.set(number)

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], header]
            await send(message)

        try:
            await app(scope, receive, answer)
        finally:
            taken = round((perf_counter() - began) * 1000, 2)
            route = scope.get("path_template")
            log.info("request", method=method, route=route, status=status, ms=taken)
            _number.reset(token)

    return serve
