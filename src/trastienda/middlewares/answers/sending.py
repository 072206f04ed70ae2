"""Long answers are sent in pieces, each of which the client has to take in time.

An answer that is passed on as a whole stays in memory until it is taken, and a client that opens
streams without reading them could fill it.
"""

from asyncio import timeout
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from trastienda.middlewares.asgi import Wrapper, wrapper
from trastienda.middlewares.requests.validation import HungUp

WHOLE = 64 * 1024  # bytes up to which an answer is sent at once
PIECE = 8 * 1024  # Granian buffers five pieces before it makes us wait for the client


def in_pieces(deadline: float) -> Wrapper:
    """Send each piece when the one before it is taken; drop the client after `deadline` seconds."""

    @wrapper
    async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.body" and len(message["body"]) > WHOLE:
                try:
                    await _send(message, send, deadline)
                except TimeoutError:
                    raise HungUp from None
            else:
                await send(message)

        await app(scope, receive, answer)

    return serve


async def _send(message: Any, send: Send, deadline: float) -> None:  # noqa: ANN401 - ASGI
    body, more = message["body"], message.get("more_body", False)
    for start in range(0, len(body), PIECE):
        piece: Any = {
            "type": "http.response.body",
            "body": body[start : start + PIECE],
            "more_body": more or start + PIECE < len(body),
        }
        async with timeout(deadline):
            await send(piece)
