"""An id for every request, sent with its answer and logged with every line about it.

The client's X-Request-Id is not used: it could be somebody else's, or a megabyte long.
"""

from contextvars import ContextVar
from time import perf_counter

import structlog
from litestar.types import ASGIApp, HTTPResponseStartEvent, Receive, Scope, Send
from uuid_utils import uuid7

from trastienda.middlewares.asgi import begun_by, headers, wrapper

log = structlog.get_logger()

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request being served."""
HUNG_UP = 499  # nginx's status for a client that left before the answer


def current() -> str:
    """Return the id of the request being served, or an empty string outside of one."""
    return request_id.get()


@wrapper
async def numbered(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Give each request an id, and log one line about it with its route's template, never its path.

    Paths and queries contain tokens (a cart's id, an order's) that must not be logged.
    """
    began, number = perf_counter(), str(uuid7())
    method, status = scope.get("method"), HUNG_UP
    token = request_id.set(number)

    def begin(message: HTTPResponseStartEvent) -> None:
        nonlocal status
        status = message["status"]
        headers(message).append((b"x-request-id", number.encode()))

    try:
        await app(scope, receive, begun_by(send, begin))
    finally:
        taken = round((perf_counter() - began) * 1000, 2)
        route = scope.get("path_template")
        log.info("request", method=method, route=route, status=status, ms=taken)
        request_id.reset(token)
