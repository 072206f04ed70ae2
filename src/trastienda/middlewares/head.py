"""Every GET answers HEAD: the same status and headers, and no body."""

from litestar.types import ASGIApp, Message, Receive, Scope, Send

HEADERS_ONLY = "trastienda.headers_only"


def answered_by_get(app: ASGIApp) -> ASGIApp:
    """Turn HEAD into GET on the way in; the framework routes no HEAD by itself."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
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

    return serve


def headers_only(scope: Scope) -> bool:
    """Say whether nobody gets the body, so that one without an end need not begin."""
    return HEADERS_ONLY in scope


def with_head(allowed: str) -> str:
    """Name HEAD among the methods that the framework allows, wherever GET is."""
    methods = set(allowed.split(", "))
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
