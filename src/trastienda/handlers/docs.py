"""The API's description for programs, and the page that shows it to people."""

from functools import cache
from gzip import compress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

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
"""Scripts only from this server, and none inline; the page's components set inline styles."""


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


def served(asset: Asset, request: Request[Any, Any, Any]) -> Response[bytes]:
    """Send an asset, compressed if the client accepts that, or 304 if it has the current one."""
    headers = {
        "etag": asset.etag,
        "vary": "Accept-Encoding",
        "cache-control": "no-cache",  # may be kept, but must be revalidated
        "content-security-policy": POLICY,
    }
    if asset.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.body, media_type=asset.kind, headers=headers)
    headers["content-encoding"] = "gzip"
    return Response(asset.packed, media_type=asset.kind, headers=headers)


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


@get(sync_to_thread=False)
def go_to_docs() -> Redirect:
    """Lead a person who types the shop's address to the API page."""
    return Redirect("/docs", status_code=302)


@get(sync_to_thread=True)
def read_docs(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Read the API page."""
    return served(file("index.html"), request)


@get(sync_to_thread=True)
def read_asset(name: FromPath[str], request: Request[Any, Any, Any]) -> Response[bytes]:
    """Read a file of the API page."""
    return served(file(name), request)
