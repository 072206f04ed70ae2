"""CORS: no other origin may read our answers, except known storefronts."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from litestar.types import ASGIApp, HTTPResponseStartEvent, Receive, Scope, Send

from trastienda.middlewares.asgi import Wrapper, begun_by, headers, send_whole, wrapper

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


def closed_but_for(origins: Callable[[], AbstractSet[str]]) -> Wrapper:
    """Allow `origins` (which may change) to read answers, with cookies, hence never as a wildcard.

    Any other origin gets no CORS header, so its browser withholds the answer.
    """

    @wrapper
    async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        if not (known := origins()):
            return await app(scope, receive, send)
        asked = dict(scope["headers"])
        origin = asked.get(b"origin", b"")
        added = [VARY]
        if origin.decode("latin-1") in known:
            added += [
                (b"access-control-allow-origin", origin),
                (b"access-control-allow-credentials", b"true"),
                SHOWN,
            ]
        if scope.get("method") == "OPTIONS" and origin and ASKED_FOR in asked:
            more = ALLOWED_TO_ASK if len(added) > 1 else []
            return await send_whole(send, 204, added + more)

        def begin(message: HTTPResponseStartEvent) -> None:
            headers(message).extend(added)

        return await app(scope, receive, begun_by(send, begin))

    return serve
