"""Pictures: fetched from an address, given texts, and deleted once no product shows them."""

from typing import Any

from trastienda.controllers.media import media
from trastienda.database.db import Reading
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.frames import SHOWN
from trastienda.handlers.pages.admin.kinds.listing import page
from trastienda.handlers.pages.admin.records.fields import Field, Section
from trastienda.handlers.pages.admin.records.record import Column, Record
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.words import marked
from trastienda.handlers.shared.process import held
from trastienda.schemas.media.media import MediaDraft, MediaPatch, StaffMediaView
from trastienda.schemas.shared.context import Context
from trastienda.services.media import fetching
from trastienda.services.media import media as media_on_record
from trastienda.services.media.intake import Intake

MOST_LOOKS = 60
"""How often a page looks by itself, every two seconds, whether a picture is ready."""


async def _fetched(request: AnyRequest, draft: MediaDraft, context: Context) -> StaffMediaView:
    process = held(request)
    with Intake() as intake:
        intake.name = fetching.name_of(draft.url)
        await process.fetcher.fetch(draft.url, intake)
        await intake.end()
        return (await media.upload(intake, draft.alt, process.media, context)).media


async def _making(
    request: AnyRequest, _session: Reading, view: StaffMediaView, _context: Context
) -> dict[str, Any]:
    """Say how often a page that waits for a picture has looked; then people look themselves."""
    looked = frames.asked(request, "looked", 3)
    again = 1 + (int(looked) if looked and looked.isdecimal() else 0)
    waits = view.url is None and view.failure is None
    return {"waits": waits, "look": again if waits and again <= MOST_LOOKS else None}


MEDIA = Record(
    path="media",
    title=marked("Pictures"),
    one=marked("Picture"),
    new=marked("Fetch from an address"),
    empty=marked("No pictures yet. Upload one, then give it to a product."),
    write="media.write",
    columns=(
        Column(marked("Name"), "name"),
        Column(marked("Picture"), "thumbnail", "picture"),
        Column(marked("State"), "state", "choice"),
        Column(marked("Uploaded"), "created_at", "moment"),
    ),
    sections=(
        Section(
            marked("Picture"),
            (
                Field("url", marked("Address"), hint="https://…"),
                Field(
                    "alt",
                    marked("What it shows"),
                    hint=marked("For those who do not see it; empty: it only decorates."),
                    in_all_languages=True,
                ),
            ),
        ),
    ),
    listed=lambda session, cursor, _: page(
        media_on_record.page(session, SHOWN, cursor, None, None)
    ),
    read=lambda session, media_id, _: media_on_record.by_id(session, media_id),
    draft=MediaDraft,
    patch=MediaPatch,
    create=_fetched,
    change=lambda _, media_id, patch, context: media.change(media_id, patch, context),
    remove=lambda _, media_id, context: media.remove(media_id, context),
    above="admin/records/beside/upload.html",
    more=_making,
    beside="admin/records/beside/picture.html",
)
