"""Forms with a file (multipart/form-data, RFC 7578), read in pieces and never as a whole."""

import msgspec
from litestar.types import Scope
from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)

from trastienda.database.models.shared.text import Locale
from trastienda.errors import Malformed
from trastienda.middlewares.identity import cookies
from trastienda.middlewares.requests import validation
from trastienda.middlewares.requests.validation import JsonRequest
from trastienda.schemas.media.media import AltTexts
from trastienda.services.media.formats import LARGEST
from trastienda.services.media.intake import Intake, printable

UPLOADS = "/v1/admin/media"
FORM = "multipart/form-data"
FILE, ALT = "file", "alt"
LONGEST_ALT = 10_000
"""Bytes of the texts, as JSON."""
LARGEST_UPLOAD = LARGEST + LONGEST_ALT + 10_000
"""Bytes of a form, with what stands between its parts."""
_alt_texts = msgspec.json.Decoder(AltTexts)


def is_form(scope: Scope) -> bool:
    return validation.announced(scope) == FORM


async def read_form(request: JsonRequest, intake: Intake) -> dict[Locale, str]:
    """Give the part `file` to the intake; return the texts of the part `alt`.

    Raise FormMalformed or InvalidRequest, and what the intake raises.
    """
    _, options = parse_options_header(cookies.header(request.scope, b"content-type") or "")
    form = _Form(intake)
    try:
        with PushMultipartParser(options.get("boundary", ""), max_segment_count=2) as parser:
            async for piece in request.pieces():
                for event in parser.parse(piece) if piece else ():
                    await form.take(event)
    except MultipartError:
        raise FormMalformed from None
    return form.texts()


class _Form:
    """What has come of a form."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._parts: list[str | None] = []
        self._alt = b""

    async def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """Take the beginning of a part, a piece of it, or its end. Raise FormMalformed."""
        if isinstance(event, MultipartSegment):
            if event.name not in {FILE, ALT} or event.name in self._parts:
                raise FormMalformed
            self._parts.append(event.name)
            if event.name == FILE:
                self._intake.name = printable(event.filename or "")
        elif event and self._parts[-1] == FILE:
            await self._intake.take(bytes(event))
        elif event:
            self._alt += event
            if len(self._alt) > LONGEST_ALT:
                raise FormMalformed

    def texts(self) -> dict[Locale, str]:
        if FILE not in self._parts:
            raise FormMalformed
        texts: dict[Locale, str] = validation.read(self._alt or b"{}", _alt_texts)
        return texts


class FormMalformed(Malformed):
    """The form has one part `file`, and may have a part `alt` with JSON; nothing else."""


class UploadUnclear(validation.WrongContentType):
    """A picture comes as multipart/form-data, or as JSON with its address."""
