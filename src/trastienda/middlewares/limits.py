"""How much of anything one request may bring."""

from collections.abc import Callable
from itertools import chain

from litestar.types import ASGIApp, HTTPReceiveMessage, Receive, Scope, Send

from trastienda.errors import Malformed

ADDRESS = 4_096  # bytes of the path, and of the query
HEADERS = 100
HEADER_BYTES = 32_768


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
                message = await receive()
                taken += len(message.get("body", b""))
                if taken > body_limit:
                    raise BodyTooLarge(limit=body_limit)
                return message  # type: ignore[return-value]

            _check(scope, body_limit)
            await app(scope, counted, send)

        return serve

    return wrapped


def _check(scope: Scope, body_limit: int) -> None:
    headers = scope["headers"]
    if len(scope["query_string"]) > ADDRESS or len(scope["raw_path"]) > ADDRESS:
        raise AddressTooLong(limit=ADDRESS)
    if len(headers) > HEADERS or sum(map(len, chain.from_iterable(headers))) > HEADER_BYTES:
        raise HeadersTooLarge(limit=HEADER_BYTES)
    for name, value in headers:
        if name == b"content-length":
            if not value.isdigit():
                raise WrongLength
            if int(value) > body_limit:
                raise BodyTooLarge(limit=body_limit)
