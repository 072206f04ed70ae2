"""Answers with a version, and answers that are JSON already."""

from typing import Protocol, TypeVar

import msgspec
from litestar import Response
from litestar.types import Receive, Scope, Send

from trastienda.middlewares.asgi import Headers, send_whole

V = TypeVar("V", bound="Versioned")


class Versioned(Protocol):
    version: int


class VersionedResponse(Response[V]):
    """A view as JSON, with its version as the ETag.

    The framework's own response, made for any content, costs several times as much: decision 0023.
    """

    def __init__(self, view: V, status: int) -> None:  # the rest of the base is of no use here
        self.content, self.status_code = view, status

    def to_asgi_response(self, *_: object, **__: object) -> "Encoded":  # type: ignore[override]
        etag = (b"etag", b'"%d"' % self.content.version)
        return Encoded(self.status_code or 200, msgspec.json.encode(self.content), [etag])


def versioned(view: V, status: int = 200) -> Response[V]:
    """Answer with a view and its version as the ETag."""
    return VersionedResponse(view, status)


class Encoded:
    """An answer whose body is JSON text: nobody decodes or encodes it on its way out."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, body: bytes, headers: Headers) -> None:
        self.status, self.body, self.headers = status, body, headers

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [
            *self.headers,
            (b"content-type", b"application/json"),
            (b"content-length", str(len(self.body)).encode()),
        ]
        await send_whole(send, self.status, headers, self.body)


class Document:
    """An answer that the database made as JSON text, and nobody decodes.

    A handler that returns one is declared to return an ASGIApp, which the framework sends as it is.
    """

    __slots__ = ("body", "headers")

    def __init__(self, body: bytes, headers: list[tuple[bytes, bytes]] | None = None) -> None:
        self.body = body
        self.headers = headers or []

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(self.body)).encode()),
            *self.headers,
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})
