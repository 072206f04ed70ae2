"""The files of pages: their addresses hold a hash of what is in them, so they are kept for good."""

from collections.abc import Mapping
from gzip import compress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from litestar import Request, Response, get
from litestar.params import FromPath

from trastienda.errors import NotFound

VIEWS = Path(__file__).parents[2] / "views"
FOLDERS = (VIEWS / "assets", VIEWS / "vendor")
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
}
TEXTS = {".css", ".js", ".svg"}
FOR_GOOD = "public, max-age=31536000, immutable"


class File(NamedTuple):
    body: bytes
    packed: bytes | None
    """Compressed with gzip, if that is worth it."""
    kind: str
    digest: str


class NoSuchFile(NotFound):
    """There is no such file."""


class Assets:
    """The files of pages, read once; those of a theme replace ours of the same name."""

    def __init__(self, theme: Path | None = None) -> None:
        """Read all files of our folders, then those of the theme's folder `assets`."""
        folders = [*FOLDERS, *([theme / "assets"] if theme else [])]
        found = (it for folder in folders if folder.is_dir() for it in sorted(folder.iterdir()))
        self.files: Mapping[str, File] = {
            path.name: _file(path) for path in found if path.suffix in KINDS
        }

    def address(self, name: str) -> str:
        """Return the address of a file. Raise KeyError for one that is not there."""
        return f"/assets/{self.files[name].digest}/{name}"


def _file(path: Path) -> File:
    body = path.read_bytes()
    packed = compress(body, mtime=0) if path.suffix in TEXTS else None
    return File(body, packed, KINDS[path.suffix], sha256(body).hexdigest()[:16])


@get(sync_to_thread=False)
def read_page_asset(
    request: Request[Any, Any, Any], digest: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """Read a file of the pages. One that has changed meanwhile is sent, and not to be kept."""
    file: File | None = request.app.state["views"].assets.files.get(name)
    if file is None:
        raise NoSuchFile
    headers = {
        "cache-control": FOR_GOOD if digest == file.digest else "no-cache",
        "vary": "Accept-Encoding",
        "etag": f'"{file.digest}"',
    }
    body = file.body
    if file.packed and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = file.packed, "gzip"
    return Response(body, media_type=file.kind, headers=headers)
