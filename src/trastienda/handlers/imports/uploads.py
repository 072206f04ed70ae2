"""A file of products in a form."""

import asyncio
from hashlib import sha256
from typing import NamedTuple

from trastienda.database.db import reading
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Malformed
from trastienda.handlers.shared import multipart
from trastienda.middlewares.requests import validation
from trastienda.middlewares.requests.validation import JsonRequest
from trastienda.schemas.imports.product_import import Sheet
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.channels import channels
from trastienda.services.imports import sheets
from trastienda.services.imports.columns import Room
from trastienda.services.imports.imports import MAY_COUNT
from trastienda.services.imports.sheets import LARGEST, SheetTooLarge
from trastienda.services.media.intake import printable
from trastienda.services.stock import locations

UPLOADS, PAGE = "/v1/admin/imports", "/admin/imports"
"""Where files are taken: by the API, and by the page."""
LARGEST_UPLOAD = LARGEST + 20_000
"""Bytes of a form, with what stands between its parts."""
TEXTS = {"csrf_token": 300, "key": 300}
"""What the form of a page has beside the file, in bytes."""


class Upload(NamedTuple):
    """A file that came."""

    sheet: Sheet
    name: str
    size: int
    sha256: bytes
    texts: dict[str, str]
    """The other parts of the form."""


async def read(request: JsonRequest, visitor: Visitor, *, from_page: bool = False) -> Upload:
    """Read a form with a file of products; of stock, only what the visitor may change.

    Raise ImportUnclear, ImportFormMalformed, SheetTooLarge, or what `sheets.read` raises.
    """
    if not multipart.is_form(request.scope):
        raise ImportUnclear
    content = bytearray()

    async def take(piece: bytes) -> None:
        content.extend(piece)
        if len(content) > LARGEST:
            raise SheetTooLarge(limit=LARGEST)

    form = multipart.SentForm(take, TEXTS if from_page else {})
    try:
        await form.read(request)
    except multipart.FormBroken:
        raise ImportFormMalformed from None
    channel = channels.current()
    async with reading() as session:
        codes = [it.code for it in await locations.every(session)]
    may_count = MAY_COUNT in visitor.scopes
    room = Room(Locale(channel.locale), channel.default_currency, codes, may_count)
    file = bytes(content)
    sheet = await asyncio.to_thread(sheets.read, file, room)
    texts = {name: text.decode("ascii", "replace") for name, text in form.texts.items()}
    name = printable(form.filename)
    return Upload(sheet, name, len(file), sha256(file).digest(), texts)


class ImportFormMalformed(Malformed):
    """The form has one part, `file`."""


class ImportUnclear(validation.WrongContentType):
    """A file of products comes as multipart/form-data."""
