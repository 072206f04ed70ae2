"""PostgreSQL's advisory locks: identified by a number, and held until the transaction ends."""

from trastienda.database.db import Session, prepared

_TAKE = prepared("SELECT pg_advisory_xact_lock(%(lock)s)")
_SHARE = prepared("SELECT pg_advisory_xact_lock_shared(%(lock)s)")
_TRY = prepared("SELECT pg_try_advisory_xact_lock(%(lock)s)")


async def take(session: Session, lock: int) -> None:
    """Take the lock exclusively, waiting for all who hold or share it."""
    await _TAKE(session, lock=lock)


async def share(session: Session, lock: int) -> None:
    """Share the lock with others who share it, waiting for one who holds it exclusively."""
    await _SHARE(session, lock=lock)


async def take_if_free(session: Session, lock: int) -> bool:
    """Take the lock exclusively if it is free; say whether it was. Never waits."""
    row = await _TRY.row(session, lock=lock)
    return row is not None and bool(row[0])
