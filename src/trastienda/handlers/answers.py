"""Answers that carry a version, and documents that are JSON already."""

from typing import Protocol, TypeVar

from litestar import Response
from litestar.enums import MediaType

V = TypeVar("V", bound="Versioned")


class Versioned(Protocol):
    version: int


def versioned(view: V, status: int = 200) -> Response[V]:
    """Answer with a view and its version as the ETag."""
    return Response(view, status_code=status, headers={"ETag": f'"{view.version}"'})


def document(text: bytes, headers: dict[str, str] | None = None) -> Response[bytes]:
    """Answer with JSON text that came from the database as it is."""
    return Response(text, media_type=MediaType.JSON, headers=headers)
