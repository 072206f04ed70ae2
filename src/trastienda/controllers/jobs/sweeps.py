"""Deleting what is past its retention."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from trastienda.database.db import Session, transaction, use_case
from trastienda.services.accounts import (
    invitations,
    password_resets,
    sessions,
    throttles,
    verifications,
)
from trastienda.services.carts import reminders
from trastienda.services.carts.merging import set_aside
from trastienda.services.events import events
from trastienda.services.imports import imports
from trastienda.services.jobs import queue
from trastienda.services.mail import sent as sent_mails
from trastienda.services.outside import quotes as outside_quotes
from trastienda.services.payments import notices as payment_notices
from trastienda.services.shared import idempotency
from trastienda.services.webhooks import deliveries as webhook_deliveries

BATCH = 1_000
Delete = Callable[[Session, datetime, int], Awaitable[int]]


class Sweep(NamedTuple):
    what: str
    delete: Delete
    """Deletes at most so many rows that are older than a moment."""
    kept: timedelta


SWEEPS = (
    Sweep("sessions", sessions.sweep, timedelta(0)),
    Sweep("verifications", verifications.sweep, timedelta(0)),
    Sweep("password resets", password_resets.sweep, timedelta(0)),
    Sweep("staff invitations", invitations.sweep, timedelta(0)),
    Sweep("login failures", throttles.sweep, timedelta(days=1)),
    Sweep("idempotency keys", idempotency.sweep, timedelta(hours=48)),
    Sweep("outside quotes", outside_quotes.sweep, timedelta(days=1)),
    Sweep("carts set aside", set_aside.sweep, set_aside.KEPT),
    Sweep("reminders", reminders.sweep, timedelta(days=90)),
    Sweep("finished jobs", queue.sweep, timedelta(days=30)),
    Sweep("webhook deliveries", webhook_deliveries.sweep, timedelta(days=30)),
    Sweep("webhook deliveries left", webhook_deliveries.sweep_left, timedelta(days=30)),
    Sweep("payment notices", payment_notices.sweep, timedelta(days=90)),
    Sweep("imports", imports.sweep, timedelta(days=14)),
    Sweep("events", events.sweep, timedelta(days=90)),
    Sweep("letters sent", sent_mails.sweep, timedelta(days=180)),
    Sweep("passing events", events.sweep_passing, timedelta(days=90)),
)


async def sweep(now: datetime) -> dict[str, int]:
    """Delete everything past its retention, batch by batch; return how many rows of each kind."""
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
