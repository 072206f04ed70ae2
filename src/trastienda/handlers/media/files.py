"""The files of pictures, which pages of any origin may show."""

import re
from typing import Any
from uuid import UUID

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Stream

from trastienda.errors import NotFound
from trastienda.handlers.shared.process import held
from trastienda.services.media.rendering.made import TYPES

NAME = re.compile(rf"[1-9][0-9]{{0,3}}\.({'|'.join(TYPES)})", re.ASCII)
"""The names of files; no other name ever becomes part of a path."""
HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "cross-origin-resource-policy": "cross-origin",
}


class NoSuchPictureFile(NotFound):
    """There is no such picture."""


@get()
async def show_media(
    media_id: FromPath[UUID], name: FromPath[str], request: Request[Any, Any, Any]
) -> Stream:
    """Show a file of a picture. It never changes: a picture has the same files as long as it is."""
    known = NAME.fullmatch(name)
    found = await held(request).media.find(media_id, name) if known else None
    if known is None or found is None:
        raise NoSuchPictureFile
    tag = {"etag": f'"{media_id}-{name}"', "content-length": str(found.size)}
    return Stream(found.pieces, media_type=TYPES[known[1]], headers={**HEADERS, **tag})
