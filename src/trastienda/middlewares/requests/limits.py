"""Limits on the size of a request and the time that it takes."""

from asyncio import get_running_loop, timeout_at
from collections.abc import Mapping
from typing import Any

from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from trastienda.errors import Malformed
from trastienda.middlewares.asgi import Wrapper, wrapper

ADDRESS = 4_096  # bytes of the path, and of the query
HEADERS = 100
HEADER = 8_192  # bytes of one header
SLOWEST = 5_000  # bytes of a body per second, once the deadline has passed


class BodyTooLarge(Malformed):
    """The body is larger than this server takes."""


class AddressTooLong(Malformed):
    """The path or the query is longer than this server takes."""


class HeadersTooLarge(Malformed):
    """There are more or longer headers than this server takes."""


class BodyTooSlow(Malformed):
    """The body of the request did not arrive in time."""


class WrongLength(Malformed):
    """Content-Length is not a number."""


class WrongTransferEncoding(Malformed):
    """Transfer-Encoding may only be chunked, and only once."""


def within(body_limit: int, deadline: float, larger: Mapping[str, int]) -> Wrapper:
    """Enforce the limits. The body is counted as it arrives: Content-Length may be wrong.

    `larger`: the limits of paths that take larger bodies, and do not keep them in memory. The
    client has `deadline` seconds, and one more for every `SLOWEST` bytes that have arrived.
    """

    @wrapper
    async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        taken, coming, until = 0, True, 0.0
        most = larger.get(scope["path"], body_limit)

        async def counted() -> HTTPReceiveMessage:
            nonlocal taken, coming, until
            until = until or get_running_loop().time() + deadline
            try:
                async with timeout_at(until + taken / SLOWEST if coming else None):
                    message: Any = await receive()
            except TimeoutError:
                raise BodyTooSlow from None
            coming = message.get("more_body", False)
            taken += len(message.get("body", b""))
            if taken > most:
                raise BodyTooLarge(limit=most)
            return message  # type: ignore[no-any-return]

        if _announced(scope) > most:
            raise BodyTooLarge(limit=most)
        await app(scope, counted, send)

    return serve


def _announced(scope: Scope) -> int:
    """Check the path, query and headers; return the announced length of the body."""
    headers: Any = scope["headers"]
    length, coded = 0, False
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
        elif name == b"transfer-encoding":  # a proxy may disagree about where the body ends
            if coded or value.lower() != b"chunked":
                raise WrongTransferEncoding
            coded = True
    return length
