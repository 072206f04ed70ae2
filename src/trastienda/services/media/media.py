"""Pictures on record, as staff see and manage them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.media.media import Media, MediaFailure, MediaState
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict, NotFound, Stale
from trastienda.schemas.media.media import MediaPage, PictureSource, StaffMediaView
from trastienda.services.channels import channels
from trastienda.services.media.rendering.made import AVIF, TYPES, WEBP, RenderedPicture
from trastienda.services.shared import cursors
from trastienda.services.shared.records import Records, Refusal, shown

TASK = "media"
"""The job that makes the files of a picture."""
ADDRESS = "/media"
_ADD = prepared(f"""
    INSERT INTO media (id, name, sha256, bytes, alt, created_at, state, version)
    VALUES (%(id)s, %(name)s, %(sha256)s, %(bytes)s, %(alt)s, %(now)s, '{MediaState.PROCESSING}', 1)
    ON CONFLICT (sha256) WHERE state <> '{MediaState.FAILED}' DO NOTHING
""")
_SHOWN_BY = prepared("""
    SELECT DISTINCT slug FROM product_media JOIN products ON products.id = product_media.product_id
    WHERE media_id = %(media)s ORDER BY slug LIMIT %(most)s
""")
_NOTE_REMOVAL = prepared("""
    INSERT INTO media_removals (media_id, removed_at) VALUES (%(media)s, %(now)s)
""")
NAMED = 10
"""How many of the products are named that show a picture."""


async def add(session: Session, media: Media, now: datetime) -> Media:
    """Save a new picture; return it, or the one that was made of the same bytes before.

    A picture that failed does not count: the same bytes may be tried again.
    """
    known = select(Media).where(Media.sha256 == media.sha256, Media.state != MediaState.FAILED)
    while True:
        if await _ADD(
            session,
            id=media.id,
            name=media.name,
            sha256=media.sha256,
            bytes=media.bytes,
            alt=msgspec.json.encode(media.alt).decode(),
            now=now,
        ):
            return media
        if before := await session.orm.scalar(known):
            return before


async def waiting(session: Session, media_id: UUID) -> Media | None:
    """Lock a picture whose files are still to be made; return None for any other."""
    query = select(Media).where(Media.id == media_id, Media.state == MediaState.PROCESSING)
    found: Media | None = await session.orm.scalar(query.with_for_update())
    return found


async def state(session: Reading, media_id: UUID) -> MediaState | None:
    """Return the state of a picture, or None if it is deleted."""
    found: MediaState | None = await session.orm.scalar(
        select(Media.state).where(Media.id == media_id)
    )
    return found


def succeed(media: Media, made: RenderedPicture) -> None:
    """Note that the files of a picture are in the store."""
    media.state = MediaState.READY
    media.url = _url(media.id, f"{made.width}.{made.fallback}")
    media.thumbnail = _url(media.id, f"{made.widths[0]}.{WEBP}")
    media.width, media.height = made.width, made.height
    media.sources = [
        {
            "type": TYPES[ending],
            "srcset": ", ".join(
                f"{_url(media.id, f'{width}.{ending}')} {width}w" for width in made.widths
            ),
        }
        for ending in (AVIF, WEBP)
    ]
    media.version += 1


def fail(media: Media, failure: MediaFailure) -> None:
    """Note that no files can be made of a picture."""
    media.state, media.failure = MediaState.FAILED, failure
    media.version += 1


def alt_texts(given: Mapping[Locale, str]) -> dict[str, str]:
    """Return a text for every language; a missing one is that of the shop's first language."""
    first = given.get(Locale(channels.current().locale)) or next(filter(None, given.values()), "")
    return {locale.value: given.get(locale, first) for locale in Locale}


async def expect_unused(session: Session, media_id: UUID) -> None:
    """Raise MediaInUse, with the slugs of the first products that show the picture."""
    rows = await _SHOWN_BY.rows(session, media=media_id, most=NAMED)
    if rows:
        raise MediaInUse(products=[slug for (slug,) in rows])


async def note_removal(session: Session, media_id: UUID, now: datetime) -> None:
    """Note that a picture is deleted, and its files a day from now."""
    await _NOTE_REMOVAL(session, media=media_id, now=now)


async def by_id(session: Reading, media_id: UUID) -> StaffMediaView:
    """Return a picture. Raise MediaNotFound."""
    return view(await _RECORDS.by_id(session, media_id))


async def page(
    session: Reading, limit: int, cursor: str | None, only: MediaState | None, q: str | None
) -> MediaPage:
    """List pictures, the newest first; `q` matches part of a name. Raise CursorUnusable."""
    shape = ["media", only or "", q or ""]
    query = select(Media).order_by(Media.id.desc()).limit(limit + 1)
    if only is not None:
        query = query.where(Media.state == only)
    if q is not None:
        query = query.where(Media.name.icontains(q, autoescape=True))
    if cursor is not None:
        query = query.where(Media.id < cursors.read(cursor, shape, str)[1])
    found = list(await session.orm.scalars(query))
    items = [view(it) for it in found[:limit]]
    more = cursors.after(shape, "", items[-1].id) if len(found) > limit else None
    return MediaPage(items, more)


def view(media: Media) -> StaffMediaView:
    sources = None if media.sources is None else msgspec.convert(media.sources, list[PictureSource])
    alt = {Locale(locale): text for locale, text in media.alt.items()}
    return shown(media, StaffMediaView, sources=sources, alt=alt)


def _url(media_id: UUID, name: str) -> str:
    return f"{ADDRESS}/{media_id}/{name}"


class MediaNotFound(NotFound):
    """There is no such picture."""


class MediaChanged(Stale):
    """The picture has changed since you read it."""


class MediaInUse(Conflict):
    """Products show this picture; take it off them first."""


class MediaIsLogo(Conflict):
    """This picture is the shop's logo; choose another one first."""


_RECORDS = Records(
    Media,
    missing=MediaNotFound,
    changed=MediaChanged,
    on_remove={"fk_storefront_settings_logo_id": Refusal(MediaIsLogo)},
)
claim, save, remove = _RECORDS.claim, _RECORDS.save, _RECORDS.remove
