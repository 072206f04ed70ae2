"""The API's description for programs, and a page that shows it to people, all from this server."""

from functools import cache
from gzip import compress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from trastienda.errors import NotFound

PAGE = Path(__file__).parent.parent / "assets" / "docs"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Scripts from us alone, and none inline; the page's own components set inline styles."""


class Asset(NamedTuple):
    body: bytes
    kind: str
    etag: str
    packed: bytes


class NoSuchAsset(NotFound):
    """There is no such file."""


def asset(body: bytes, kind: str) -> Asset:
    return Asset(body, kind, f'"{sha256(body).hexdigest()[:32]}"', compress(body, mtime=0))


@cache
def file(name: str) -> Asset:
    path = PAGE / name
    if path.parent != PAGE or path.suffix not in KINDS or not path.is_file():
        raise NoSuchAsset(file=name)
    return asset(path.read_bytes(), KINDS[path.suffix])


def served(it: Asset, request: Request[Any, Any, Any]) -> Response[bytes]:
    """Answer with an asset, packed for those who can unpack it, or 304 for those who have it."""
    headers = {
        "etag": it.etag,
        "vary": "Accept-Encoding",
        "cache-control": "no-cache",  # keep it, but ask whether it has changed
        "content-security-policy": POLICY,
    }
    if it.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(it.body, media_type=it.kind, headers=headers)
    headers["content-encoding"] = "gzip"
    return Response(it.packed, media_type=it.kind, headers=headers)


@get()
async def read_openapi(
    document: NamedDependency[bytes], request: Request[Any, Any, Any]
) -> Response[bytes]:
    """Read the description of every call, as OpenAPI 3.1."""
    return served(_described(document), request)


@get()
async def read_asyncapi(
    events: NamedDependency[bytes], request: Request[Any, Any, Any]
) -> Response[bytes]:
    """Read the description of every event, as AsyncAPI 3.0."""
    return served(_described(events), request)


_described = cache(lambda document: asset(document, "application/json"))


@get(sync_to_thread=True)
def read_docs(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Read the API page."""
    return served(file("index.html"), request)


@get(sync_to_thread=True)
def read_asset(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
    """Read a file of the API page."""
    return served(file(name), request)
