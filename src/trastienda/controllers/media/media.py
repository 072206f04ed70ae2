"""Pictures: uploaded and deleted by staff, and made ready by a job in between."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.media.media import Media, MediaFailure, MediaState
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.media.media import MediaPatch, StaffMediaView, UploadedMedia
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue import pictures
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.jobs import queue
from trastienda.services.jobs.queue import Job
from trastienda.services.media import media as media_on_record
from trastienda.services.media import sweeping
from trastienda.services.media.intake import Intake
from trastienda.services.media.rendering.made import RenderedPicture
from trastienda.services.media.store import MediaStore


async def upload(
    intake: Intake, alt: dict[Locale, str], store: MediaStore, context: Context
) -> UploadedMedia:
    """Keep an upload, and have its files made; or return the picture of the same bytes.

    The bytes are stored first: if the process dies in between, they belong to nothing, and are
    swept a day later. Raise MediaStoreAway.
    """
    media = Media(
        name=intake.name,
        sha256=intake.sha256,
        bytes=intake.size,
        alt=media_on_record.alt_texts(alt),
        created_at=context.asked_at,
    )
    await store.keep_original(media.id, intake.file)
    uploaded = await _record(media, context)
    if uploaded.again:
        await store.discard_original(media.id)
    return uploaded


@use_case
async def _record(media: Media, context: Context) -> UploadedMedia:
    async with transaction(context.once) as session:
        kept = await media_on_record.add(session, media, context.asked_at)
        view = media_on_record.view(kept)
        if again := kept is not media:
            return UploadedMedia(await session.answer(view, again=again), again)
        await queue.defer(session, [Job(media_on_record.TASK, media.id, str(media.id))])
        return UploadedMedia(await events.record(session, event_types.MEDIA.created, view, context))


async def is_waiting(media_id: UUID) -> bool:
    """Say whether the files of a picture are still to be made."""
    async with reading() as session:
        return await media_on_record.state(session, media_id) is MediaState.PROCESSING


@use_case
async def finish(media_id: UUID, made: RenderedPicture | MediaFailure, context: Context) -> None:
    """Note that the files of a picture are in the store, or why there are none.

    Nothing happens to a picture that was deleted meanwhile, or finished by another worker.
    """
    async with transaction() as session:
        media = await media_on_record.waiting(session, media_id)
        if media is None:
            return
        if isinstance(made, RenderedPicture):
            media_on_record.succeed(media, made)
            type_ = event_types.MEDIA_READY
        else:
            media_on_record.fail(media, made)
            type_ = event_types.MEDIA_FAILED
        await session.orm.flush()
        await events.record(session, type_, media_on_record.view(media), context)


@use_case
async def show(media_id: UUID) -> bool:
    """Let products show a picture that is ready; say whether there may be more of them.

    In a transaction of its own, because a product is locked before its pictures.
    """
    async with transaction() as session:
        return await pictures.show(session, media_id)


@use_case
async def change(media_id: UUID, patch: MediaPatch, context: Context) -> StaffMediaView:
    """Replace the texts of a picture. Raise MediaNotFound or MediaChanged."""
    async with transaction(context.once) as session:
        media = await media_on_record.claim(session, media_id, context.seen)
        media.alt = media_on_record.alt_texts(patch.alt)
        media.version += 1
        await media_on_record.save(session, media)
        view = media_on_record.view(media)
        return await events.record(session, event_types.MEDIA.changed, view, context)


@use_case
async def remove(media_id: UUID, context: Context) -> None:
    """Delete a picture that no product shows; its files go a day later.

    Raise MediaNotFound, MediaChanged or MediaInUse.
    """
    async with transaction(context.once) as session:
        media = await media_on_record.claim(session, media_id, context.seen)
        await media_on_record.expect_unused(session, media_id)
        await media_on_record.remove(session, media)
        await media_on_record.note_removal(session, media_id, context.asked_at)
        await events.record_deletion(session, event_types.MEDIA.deleted, media_id, context)


async def orphans(files: sweeping.Files, before: datetime) -> list[str]:
    """Return which files of the store can be deleted."""
    async with reading() as session:
        return await sweeping.orphans(session, files, before)


@use_case
async def forget_removals(before: datetime) -> None:
    """Forget deletions from before then, whose files are deleted."""
    async with transaction() as session:
        await sweeping.forget(session, before)
