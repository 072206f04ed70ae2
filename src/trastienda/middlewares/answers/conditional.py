"""`If-None-Match`: a client that has the current version gets 304 without a body (RFC 9110, 13)."""

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from trastienda.middlewares.asgi import headers, wrapper

ABOUT_A_BODY = {b"content-type", b"content-length"}


@wrapper
async def unless_known(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 304 to a GET whose answer carries one of the ETags that the client sent."""
    known = _known(scope) if scope.get("method") == "GET" else set()
    if not known:
        await app(scope, receive, send)
        return
    silent = False

    async def answer(message: Message) -> None:
        nonlocal silent
        if message["type"] == "http.response.start" and message["status"] == 200:  # noqa: PLR2004
            own = headers(message)
            etag = next((_bare(text) for name, text in own if name.lower() == b"etag"), b"")
            if silent := bool(etag) and (etag in known or b"*" in known):
                kept = [it for it in own if it[0].lower() not in ABOUT_A_BODY]
                message = {"type": message["type"], "status": 304, "headers": kept}
        elif silent and message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    await app(scope, receive, answer)


def _known(scope: Scope) -> set[bytes]:
    texts = [text for name, text in scope["headers"] if name == b"if-none-match"]
    return {_bare(tag) for text in texts for tag in text.split(b",")}


def _bare(tag: bytes) -> bytes:
    """Compare ETags weakly: compression by a proxy does not change the version."""
    return tag.strip().removeprefix(b"W/")
