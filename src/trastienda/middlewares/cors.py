"""Other origins may not read our answers, but for the storefronts that we know."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from litestar.types import ASGIApp, Message, Receive, Scope, Send

ASKED_FOR = b"access-control-request-method"
VARY = (b"vary", b"Origin")
METHODS = b"GET, HEAD, POST, PUT, PATCH, DELETE"
NAMES = (
    b"Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, "
    b"Last-Event-ID, X-CSRF-Token, X-Order-Token"
)
ALLOWED_TO_ASK = [
    (b"access-control-allow-methods", METHODS),
    (b"access-control-allow-headers", NAMES),
    (b"access-control-max-age", b"600"),
]
SHOWN = (
    b"access-control-expose-headers",
    b"ETag, Idempotent-Replayed, Link, Retry-After, X-Request-Id",
)


def closed_but_for(origins: AbstractSet[str]) -> Callable[[ASGIApp], ASGIApp]:
    """Open our answers to `origins` (which may grow), with cookies: so never to a wildcard.

    A foreign origin gets no CORS header at all, and its browser keeps the answer from it.
    """

    def wrapped(app: ASGIApp) -> ASGIApp:
        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            if not origins:
                return await app(scope, receive, send)
            asked = dict(scope["headers"])
            origin = asked.get(b"origin", b"")
            added = [VARY]
            if origin.decode("latin-1") in origins:
                added += [
                    (b"access-control-allow-origin", origin),
                    (b"access-control-allow-credentials", b"true"),
                    SHOWN,
                ]
            if scope.get("method") == "OPTIONS" and origin and ASKED_FOR in asked:
                more = ALLOWED_TO_ASK if len(added) > 1 else []
                return await _nothing_but(added + more, send)

            async def answer(message: Message) -> None:
                if message["type"] == "http.response.start":
                    message["headers"] = [*message["headers"], *added]
                await send(message)

            return await app(scope, receive, answer)

        return serve

    return wrapped


async def _nothing_but(headers: list[tuple[bytes, bytes]], send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
