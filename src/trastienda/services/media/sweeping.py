"""Which files in the store belong to nothing: processes died, or pictures were deleted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.media.media import MediaState
from trastienda.services.media.store import ORIGINALS

KEPT = timedelta(days=1)
"""How long files are kept that belong to nothing."""
_KNOWN = prepared("""
    SELECT id, state FROM media WHERE id = ANY (%(ids)s)
    UNION ALL
    SELECT media_id, NULL FROM media_removals
    WHERE media_id = ANY (%(ids)s) AND removed_at >= %(before)s
""")
_FORGET = prepared("DELETE FROM media_removals WHERE removed_at < %(before)s")
Files = Mapping[UUID, Sequence[str]]
"""The paths of files, by the ids of their pictures."""


async def orphans(session: Reading, files: Files, before: datetime) -> list[str]:
    """Return which of these files can be deleted, all of which were written before then.

    An upload is kept until its files are made, and the files as long as the picture, and until then
    after its deletion.
    """
    rows = await _KNOWN.rows(session, ids=list(files), before=before)
    return list(_orphans(files, dict(rows)))


def _orphans(files: Files, known: Mapping[UUID, str | None]) -> Iterator[str]:
    for media_id, paths in files.items():
        for path in paths:
            upload = path.startswith(f"{ORIGINALS}/")
            done = upload and known.get(media_id) not in {None, MediaState.PROCESSING}
            if done or media_id not in known:
                yield path


async def forget(session: Session, before: datetime) -> None:
    """Forget deletions whose files were deleted."""
    await _FORGET(session, before=before)
