"""Deleting the files of pictures that belong to nothing."""

from collections.abc import Awaitable, Callable

import structlog

from trastienda.controllers.media import media
from trastienda.database.db import utcnow
from trastienda.services.media.store import MediaStore
from trastienda.services.media.sweeping import KEPT

log = structlog.get_logger()
TASK = "media_sweep"


def sweeping(store: MediaStore) -> Callable[[], Awaitable[None]]:
    """Make the job that looks through the store."""

    async def sweep() -> None:
        before, deleted = utcnow() - KEPT, 0
        async for files in store.older(before):
            orphans = await media.orphans(files, before)
            await store.delete(orphans)
            deleted += len(orphans)
        await media.forget_removals(before)
        if deleted:
            log.info("files of pictures swept", files=deleted)

    return sweep
