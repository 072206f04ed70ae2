"""Forgetting what nobody needs any more."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from trastienda.database.db import Session, transaction, use_case
from trastienda.services import (
    carts,
    events,
    idempotency,
    job_queue,
    login_failures,
    outside_quotes,
    reminders,
    sent_letters,
    sessions,
    verifications,
    webhook_deliveries,
)

BATCH = 1_000
Delete = Callable[[Session, datetime, int], Awaitable[int]]


class Sweep(NamedTuple):
    what: str
    delete: Delete
    """Deletes at most so many that are older than a moment."""
    kept: timedelta


SWEEPS = (
    Sweep("sessions", sessions.sweep, timedelta(0)),
    Sweep("verifications", verifications.sweep, timedelta(0)),
    Sweep("login failures", login_failures.sweep, timedelta(days=1)),
    Sweep("idempotency keys", idempotency.sweep, timedelta(hours=48)),
    Sweep("outside quotes", outside_quotes.sweep, timedelta(days=1)),
    Sweep("carts", carts.sweep, timedelta(days=90)),
    Sweep("reminders", reminders.sweep, timedelta(days=90)),
    Sweep("finished jobs", job_queue.sweep, timedelta(days=30)),
    Sweep("webhook deliveries", webhook_deliveries.sweep, timedelta(days=30)),
    Sweep("webhook deliveries left", webhook_deliveries.sweep_left, timedelta(days=30)),
    Sweep("events", events.sweep, timedelta(days=90)),
    Sweep("letters sent", sent_letters.sweep, timedelta(days=180)),
    Sweep("passing events", events.sweep_passing, timedelta(days=90)),
)


async def sweep(now: datetime) -> dict[str, int]:
    """Delete everything that is too old, a batch at a time; return how many of what."""
    return {it.what: await _all(it.delete, now - it.kept) for it in SWEEPS}


async def _all(delete: Delete, before: datetime) -> int:
    total = deleted = await _batch(delete, before)
    while deleted == BATCH:
        total += (deleted := await _batch(delete, before))
    return total


@use_case
async def _batch(delete: Delete, before: datetime) -> int:
    async with transaction() as session:
        return await delete(session, before, BATCH)
