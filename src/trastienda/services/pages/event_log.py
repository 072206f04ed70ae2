"""The newest events, the last first."""

import msgspec

from trastienda.database.db import Reading
from trastienda.schemas.events.event import EventView
from trastienda.services.events import feed

SHOWN = 50
_view = msgspec.json.Decoder(EventView)


async def newest(session: Reading, before: int | None) -> list[EventView]:
    """Return the events before a position, or the last ones, the newest first."""
    end = await feed.last(session) + 1
    if before is not None:
        end = min(end, before)
    batch = await feed.after(session, max(0, end - 1 - SHOWN), None, SHOWN)
    found = [_view.decode(it.view) for it in batch.events]
    return [it for it in reversed(found) if it.position < end]
