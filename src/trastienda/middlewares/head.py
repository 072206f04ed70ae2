"""Every GET answers HEAD: the same status and headers, and no body."""

from litestar.types import ASGIApp, Message, Receive, Scope, Send


def answered_by_get(app: ASGIApp) -> ASGIApp:
    """Turn HEAD into GET on the way in; the framework routes no HEAD by itself."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        if scope.get("method") == "HEAD":
            scope["method"] = "GET"  # type: ignore[typeddict-unknown-key]
            await app(scope, receive, without_body)
        else:
            await app(scope, receive, send)

    return serve


def with_head(allowed: str) -> str:
    """Name HEAD among the methods that the framework allows, wherever GET is."""
    methods = set(allowed.split(", "))
    return ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
