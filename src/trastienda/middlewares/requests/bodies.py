"""The body of a request is read to its end before the answer, even if it is refused.

Over HTTP/2, an answer before the end of the body resets the stream, and clients then drop the
answer (curl: "Stream error in the HTTP/2 framing layer").
"""

from asyncio import timeout
from contextlib import suppress
from typing import Any

from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send

from trastienda.middlewares.asgi import headers, wrapper
from trastienda.middlewares.identity.csrf import SAFE

MOST = 10_000_000  # bytes of an unwanted body that are read and dropped
TOO_SLOW = 408
PATIENCE = 5.0  # seconds in which they have to arrive
ANNOUNCED = frozenset({b"content-length", b"transfer-encoding"})


@wrapper
async def heard_out(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Read the rest of the body, within limits, before an answer begins."""
    coming = scope.get("method") not in SAFE or any(
        name in ANNOUNCED for name, _ in scope["headers"]
    )

    async def heard() -> HTTPReceiveMessage:
        nonlocal coming
        message: Any = await receive()
        coming = bool(message.get("more_body", False))
        return message  # type: ignore[no-any-return]

    async def answer(message: Message) -> None:
        nonlocal coming
        if coming and message["type"] == "http.response.start":
            if message["status"] != TOO_SLOW:
                await _drain(heard)
            elif scope["http_version"] != "2":
                headers(message).append((b"connection", b"close"))
            coming = False
        await send(message)

    if coming:
        await app(scope, heard, answer)
    else:
        await app(scope, receive, send)


async def _drain(heard: Receive) -> None:
    left, coming = MOST, True
    with suppress(TimeoutError):
        async with timeout(PATIENCE):
            while coming and left > 0:
                message: Any = await heard()
                left -= len(message.get("body", b""))
                coming = bool(message.get("more_body", False))
