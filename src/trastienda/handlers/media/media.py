"""Pictures, as staff see and write them."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, delete, get, patch, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import structs

from trastienda.controllers.media import media
from trastienda.database.db import reading
from trastienda.database.models.media.media import MediaState
from trastienda.database.models.shared.text import Locale
from trastienda.handlers.media import uploads
from trastienda.handlers.media.uploads import UploadUnclear
from trastienda.handlers.shared import multipart
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.handlers.shared.process import held
from trastienda.middlewares.requests import validation
from trastienda.middlewares.requests.validation import STREAMED, JsonRequest
from trastienda.schemas.media.media import MediaDraft, MediaPage, MediaPatch, StaffMediaView
from trastienda.services.media import fetching
from trastienda.services.media import media as media_on_record
from trastienda.services.media.intake import Intake

Search = Annotated[str | None, QueryParameter(min_length=1, max_length=200)]
State = Annotated[MediaState | None, QueryParameter(name="state", description="Only these.")]
_draft = msgspec.json.Decoder(MediaDraft)


@post(
    status_code=201,
    responses={200: ResponseSpec(StaffMediaView, generate_examples=False)},
    opt={STREAMED: True, "takes": [MediaDraft]},
)
async def upload_media(request: JsonRequest, context: RequestContext) -> Response[StaffMediaView]:
    """Upload a picture as a form with a `file`, or have it fetched from a public address.

    A JPEG, PNG, WebP, AVIF or GIF of at most 20 MB and 50 megapixels, not animated. The answer is
    `processing`: a job makes its files, and tells of it with the event `media.ready` or
    `media.failed`. Products may be given the picture at once. The same bytes again are answered
    with the picture that there is, with 200.
    """
    process = held(request)
    with Intake() as intake:
        alt, covered = await _received(request, intake)
        await intake.end()
        if context.once is not None:
            once = context.once.covering(covered or intake.sha256)
            context = structs.replace(context, once=once)
        uploaded = await media.upload(intake, alt, process.media, context)
    return versioned(uploaded.media, 200 if uploaded.again else 201)


async def _received(request: JsonRequest, intake: Intake) -> tuple[dict[Locale, str], bytes]:
    """Take in a picture; return its texts, and what the client sent if that is not the picture."""
    if multipart.is_form(request.scope):
        return await uploads.read_form(request, intake), b""
    if validation.announced(request.scope) != "application/json":
        raise UploadUnclear
    body = await request.body()
    draft: MediaDraft = validation.read(body, _draft)
    intake.name = fetching.name_of(draft.url)
    await held(request).fetcher.fetch(draft.url, intake)
    return draft.alt, body


@get()
async def list_media(
    request: Request[Any, Any, Any],
    limit: Limit = 24,
    cursor: Cursor = None,
    q: Search = None,
    only: State = None,
) -> Response[MediaPage]:
    """List pictures, the newest first; `q` matches part of a file's name."""
    async with reading() as session:
        page = await media_on_record.page(session, limit, cursor, only, q)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_media(media_id: FromPath[UUID]) -> Response[StaffMediaView]:
    """Read a picture: its state, and the addresses of its files."""
    async with reading() as session:
        return versioned(await media_on_record.by_id(session, media_id))


@patch()
async def change_media(
    context: RequestContext, media_id: FromPath[UUID], data: JSONBody[MediaPatch]
) -> Response[StaffMediaView]:
    """Replace the texts with which products begin that are given the picture from now on."""
    return versioned(await media.change(media_id, data, context))


@delete()
async def delete_media(context: RequestContext, media_id: FromPath[UUID]) -> None:
    """Delete a picture that no product shows. Its files can still be read for a day."""
    await media.remove(media_id, context)
