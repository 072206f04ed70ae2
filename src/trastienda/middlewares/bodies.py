"""A request is heard out before it is answered, also when it is refused.

Over HTTP/2 an answer that comes before the body was read ends in a reset of the stream, and clients
then throw the answer away (curl: "Stream error in the HTTP/2 framing layer").
"""

from asyncio import timeout
from contextlib import suppress
from typing import Any

from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send

from trastienda.middlewares.csrf import SAFE

MOST = 10_000_000  # bytes that nobody asked for which are taken in and thrown away
PATIENCE = 5.0  # seconds for them to come
ANNOUNCED = frozenset({b"content-length", b"transfer-encoding"})


def heard_out(app: ASGIApp) -> ASGIApp:
    """Read what is left of the body, within reason, before an answer begins."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
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
            if coming:
                await _drain(heard)
                coming = False
            await send(message)

        if coming:
            await app(scope, heard, answer)
        else:
            await app(scope, receive, send)

    return serve


async def _drain(heard: Receive) -> None:
    left, coming = MOST, True
    with suppress(TimeoutError):
        async with timeout(PATIENCE):
            while coming and left > 0:
                message: Any = await heard()
                left -= len(message.get("body", b""))
                coming = bool(message.get("more_body", False))
