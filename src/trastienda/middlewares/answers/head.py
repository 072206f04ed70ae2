"""HEAD: the status and headers of the GET, without a body."""

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from trastienda.middlewares.asgi import wrapper

HEADERS_ONLY = "trastienda.headers_only"


@wrapper
async def answered_by_get(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Turn HEAD into GET on the way in, because the framework does not route HEAD."""

    async def without_body(message: Message) -> None:
        if message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    if scope.get("method") == "HEAD":
        scope["method"] = "GET"  # type: ignore[typeddict-unknown-key]
        scope[HEADERS_ONLY] = True  # type: ignore[literal-required]
        await app(scope, receive, without_body)
    else:
        await app(scope, receive, send)


def headers_only(scope: Scope) -> bool:
    """Say whether the body will be dropped, so that an endless one need not begin."""
    return HEADERS_ONLY in scope


def with_head(allowed: str) -> str:
    """Add HEAD to the methods that the framework allows, wherever GET is one."""
    methods = set(allowed.split(", "))
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
