"""Making the files of pictures that were uploaded."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from trastienda.controllers.media import media
from trastienda.database.db import utcnow
from trastienda.database.models.media.media import MediaFailure
from trastienda.jobs.retries import Backoff
from trastienda.schemas.shared.context import Context
from trastienda.services.media import media as media_on_record
from trastienda.services.media.rendering import renderer
from trastienda.services.media.rendering.made import RenderedPicture
from trastienda.services.media.store import MediaStore

TASK = media_on_record.TASK
RETRIES = Backoff(retries=10, first=3.0)
"""3 s, 9 s, 27 s … 16 h: about a day in all."""


def rendering(store: MediaStore) -> Callable[[str], Awaitable[None]]:
    """Make the job that makes the files of a picture, named by its id.

    No transaction is open meanwhile. It may run twice: the files are the same, and replaced.
    """

    async def render(event: str) -> None:
        media_id = UUID(event)
        if await media.is_waiting(media_id):
            made = await _made(media_id, store)
            await media.finish(media_id, made, Context(utcnow()))
        while await media.show(media_id):
            pass
        await store.discard_original(media_id)

    return render


async def _made(media_id: UUID, store: MediaStore) -> RenderedPicture | MediaFailure:
    upload = await store.original(media_id)
    if upload is None:
        return MediaFailure.LOST
    made = await renderer.render(upload)
    if isinstance(made, RenderedPicture):
        await store.keep(media_id, made.files.items())
    return made
