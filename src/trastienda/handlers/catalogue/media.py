"""The demonstration's pictures, which pages of any origin may show."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from trastienda.errors import NotFound

PICTURES = Path(__file__).parents[2] / "assets" / "pictures"
THUMBNAILS = PICTURES / "thumbnails"
WEBP = "image/webp"
HEADERS = {
    "cache-control": "public, max-age=3600",  # a picture may change under the same name
    "cross-origin-resource-policy": "cross-origin",
}


class NoSuchPicture(NotFound):
    """There is no such picture."""


def _known(folder: Path) -> frozenset[str]:
    return frozenset(file.name for file in folder.glob("*.webp"))


KNOWN = {folder: _known(folder) for folder in (PICTURES, THUMBNAILS)}
"""The file names that may be requested; no other name ever becomes part of a path."""


@get(sync_to_thread=True)
def show_picture(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
    """Show a picture of the demonstration shop."""
    return _served(PICTURES, name, request)


@get(sync_to_thread=True)
def show_thumbnail(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
    """Show a small picture of the demonstration shop."""
    return _served(THUMBNAILS, name, request)


def _served(folder: Path, name: str, request: Request[Any, Any, Any]) -> Response[bytes]:
    if name not in KNOWN[folder]:
        raise NoSuchPicture
    picture = (folder / name).read_bytes()
    headers = {**HEADERS, "etag": f'"{sha256(picture).hexdigest()[:32]}"'}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(picture, media_type=WEBP, headers=headers)
