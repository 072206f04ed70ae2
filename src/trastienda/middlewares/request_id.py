"""A number for every request: on its answer, and on every line logged while it is served.

The client's own X-Request-Id is not taken over: it could be anybody's, or a megabyte.
"""

from time import perf_counter

import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from trastienda import logs

log = structlog.get_logger()

HUNG_UP = 499  # nginx's number for a client that did not wait for its answer


def current() -> str:
    """Return the number of the request being served; empty outside of one."""
    return logs.request_id.get()


def numbered(app: ASGIApp) -> ASGIApp:
    """Give each request a number, and log one line about it: its route's template, never its path.

    Paths and queries hold tokens (a cart's id, an order's), which no log may keep.
    """

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        began, number = perf_counter(), str(uuid7())
        method, status = scope.get("method"), HUNG_UP
        header = (b"x-request-id", number.encode())
        token = logs.request_id.set(number)

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
            logs.request_id.reset(token)

    return serve
