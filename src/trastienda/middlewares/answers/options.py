"""`OPTIONS` lists every method of a path, even if several route tables define it."""

from typing import Any

from litestar.exceptions import MethodNotAllowedException
from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda.middlewares.answers.head import with_head
from trastienda.middlewares.asgi import send_whole, wrapper

NOBODYS: Any = "-"  # not a method, so no route matches


@wrapper
async def answered_by_all_routes(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer OPTIONS with the methods that the framework lists when it refuses one.

    The framework's own answers list only the methods of one route, and several may share a path.
    """
    if scope.get("method") != "OPTIONS":
        await app(scope, receive, send)
        return
    scope["method"] = NOBODYS  # type: ignore[typeddict-unknown-key]
    try:
        await app(scope, receive, send)
    except MethodNotAllowedException as refused:
        allowed = with_head((refused.headers or {})["allow"]).encode()
        await send_whole(send, 204, [(b"allow", allowed)])
    finally:
        scope["method"] = "OPTIONS"  # type: ignore[typeddict-unknown-key]
