"""A picture in a form, with what it shows."""

import msgspec

from trastienda.database.models.shared.text import Locale
from trastienda.errors import Malformed
from trastienda.handlers.shared import multipart
from trastienda.middlewares.requests import validation
from trastienda.middlewares.requests.validation import JsonRequest
from trastienda.schemas.media.media import AltTexts
from trastienda.services.media.formats import LARGEST
from trastienda.services.media.intake import Intake, printable

UPLOADS = "/v1/admin/media"
ALT = "alt"
LONGEST_ALT = 10_000
"""Bytes of the texts, as JSON."""
LARGEST_UPLOAD = LARGEST + LONGEST_ALT + 10_000
"""Bytes of a form, with what stands between its parts."""
_alt_texts = msgspec.json.Decoder(AltTexts)


async def read_form(request: JsonRequest, intake: Intake) -> dict[Locale, str]:
    """Give the part `file` to the intake; return the texts of the part `alt`.

    Raise FormMalformed or InvalidRequest, and what the intake raises.
    """
    form = multipart.SentForm(intake.take, {ALT: LONGEST_ALT})
    try:
        await form.read(request)
    except multipart.FormBroken:
        raise FormMalformed from None
    intake.name = printable(form.filename)
    texts: dict[Locale, str] = validation.read(form.texts.get(ALT, b"{}"), _alt_texts)
    return texts


class FormMalformed(Malformed):
    """The form has one part `file`, and may have a part `alt` with JSON; nothing else."""


class UploadUnclear(validation.WrongContentType):
    """A picture comes as multipart/form-data, or as JSON with its address."""
