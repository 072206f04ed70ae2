"""How much of anything one request may bring."""

from collections.abc import Callable
from typing import Any

from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from trastienda.errors import Malformed

ADDRESS = 4_096  # bytes of the path, and of the query
HEADERS = 100
HEADER = 8_192  # bytes of one


class BodyTooLarge(Malformed):
    """The body is larger than this server takes."""


class AddressTooLong(Malformed):
    """The path or the query is longer than this server takes."""


class HeadersTooLarge(Malformed):
    """There are more or longer headers than this server takes."""


class WrongLength(Malformed):
    """Content-Length is not a number."""


def within(body_limit: int) -> Callable[[ASGIApp], ASGIApp]:
    """Hold the limits; the body is counted as it comes, for Content-Length may lie or be absent."""

    def wrapped(app: ASGIApp) -> ASGIApp:
        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            taken = 0

            async def counted() -> HTTPReceiveMessage:
                nonlocal taken
                message: Any = await receive()
                taken += len(message.get("body", b""))
                if taken > body_limit:
                    raise BodyTooLarge(limit=body_limit)
                return message  # type: ignore[no-any-return]

            if _announced(scope) > body_limit:
                raise BodyTooLarge(limit=body_limit)
            await app(scope, counted, send)

        return serve

    return wrapped


def _announced(scope: Scope) -> int:
    """Check the address and the headers; return the announced length of the body."""
    headers: Any = scope["headers"]
    length = 0
    if len(scope["query_string"]) > ADDRESS or len(scope["raw_path"]) > ADDRESS:
        raise AddressTooLong(limit=ADDRESS)
    if len(headers) > HEADERS:
        raise HeadersTooLarge(limit=HEADERS)
    for name, value in headers:
        if len(value) > HEADER:
            raise HeadersTooLarge(limit=HEADER)
        if name == b"content-length":
            if not value.isdigit():
                raise WrongLength
            length = int(value)
    return length
