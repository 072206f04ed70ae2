"""The shape that all wrappers share: they take an application and return one around it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

Headers = list[tuple[bytes, bytes]]
Serve = Callable[[ASGIApp, Scope, Receive, Send], Awaitable[None]]
"""What a wrapper does with a request; the first parameter is the inner application."""
Wrapper = Callable[[ASGIApp], ASGIApp]


def wrapper(serve: Serve) -> Wrapper:
    """Make a wrapper from a function that serves a request."""
    return partial(partial, serve)


def checked(check: Callable[[Scope], None]) -> Wrapper:
    """Make a wrapper from a check, which raises if a request is refused."""

    @wrapper
    async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        check(scope)
        await app(scope, receive, send)

    return serve


def begun_by(send: Send, begin: Callable[[HTTPResponseStartEvent], None]) -> Send:
    """Return a `send` that lets `begin` see and change the start of an answer."""

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            begin(message)
        await send(message)

    return answer


def headers(message: HTTPResponseStartEvent) -> Headers:
    """Return the headers of an answer that is about to start, to add to.

    The list belongs to this answer alone: the innermost wrapper that sends answers (`as_problems`)
    copies it, so that the others need not.
    """
    own: Any = message["headers"]
    return own  # type: ignore[no-any-return]


async def send_whole(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
