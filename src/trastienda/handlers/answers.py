"""Answers that carry a version, and documents that are JSON already."""

from typing import Protocol, TypeVar

from litestar import Response
from litestar.types import Receive, Scope, Send

V = TypeVar("V", bound="Versioned")


class Versioned(Protocol):
    version: int


def versioned(view: V, status: int = 200) -> Response[V]:
    """Answer with a view and its version as the ETag."""
    return Response(view, status_code=status, headers={"ETag": f'"{view.version}"'})


class Document:
    """An answer that came from the database as JSON text: nobody decodes it on its way out.

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
