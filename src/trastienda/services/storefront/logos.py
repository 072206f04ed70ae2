"""Which pictures staff may choose as the logo."""

from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.database.models.media.media import MediaState

MOST = 100
_PICTURES = prepared(f"""
    WITH ready AS (SELECT id, name FROM media WHERE state = '{MediaState.READY}')
    SELECT id::text, name FROM ready
    WHERE id IN (SELECT id FROM ready ORDER BY id DESC LIMIT {MOST})
        OR id IN (SELECT logo_id FROM storefront_settings WHERE channel_id = %(channel)s)
    ORDER BY id DESC
""")


async def choices(session: Reading, channel_id: UUID) -> list[tuple[str, str]]:
    """Return the ids and names of the last pictures that are ready, and of the logo."""
    return [(id_, name) for id_, name in await _PICTURES.rows(session, channel=channel_id)]
