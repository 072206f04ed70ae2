"""The inbox of payment providers' webhooks: each event once, until its payment was read back."""

from datetime import datetime, timedelta
from typing import NamedTuple

from trastienda.database.db import Session, prepared
from trastienda.database.models.payments.notice import NoticeOutcome
from trastienda.schemas.payments.attempt import Attempt
from trastienda.services.payments.attempts import COLUMNS, made
from trastienda.services.payments.port import Notice

LARGEST = 256 * 1_024
"""Bytes of a webhook."""
BATCH = 50
FIRST, LONGEST = timedelta(seconds=5), timedelta(hours=1)
"""How long a notice waits after its first try, and at most: twice as long each time."""
LOOKED_FOR = timedelta(hours=24)
"""How long a payment that is not known is looked for: the notice may be faster than our answer."""
_KEEP = prepared("""
    INSERT INTO payment_notices
        (provider, event_id, kind, reference, refund, dispute, received_at, due_at)
    VALUES (%(provider)s, %(event)s, %(kind)s, %(reference)s, %(refund)s, %(dispute)s, %(now)s,
        %(now)s)
    ON CONFLICT (provider, event_id) DO NOTHING
""")
_TAKE = prepared(f"""
    UPDATE payment_notices SET tries = tries + 1, due_at = %(now)s::timestamptz + least(
        %(first)s::interval * power(2, least(tries, 20)), %(longest)s::interval)
    WHERE id = ANY (ARRAY(SELECT id FROM payment_notices WHERE due_at <= %(now)s
                 ORDER BY due_at LIMIT {BATCH} FOR UPDATE SKIP LOCKED))
    RETURNING id, provider, reference, received_at, refund, dispute
""")
_DONE = prepared("""
    UPDATE payment_notices SET due_at = NULL, outcome = %(outcome)s WHERE id = %(id)s
""")
_FIND = prepared(f"""
    SELECT {COLUMNS} FROM payment_attempts
    WHERE provider = %(provider)s AND reference = %(reference)s
""")
_SWEEP = prepared("""
    DELETE FROM payment_notices WHERE id = ANY (ARRAY(
        SELECT id FROM payment_notices WHERE received_at < %(before)s AND due_at IS NULL
        ORDER BY received_at LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class Kept(NamedTuple):
    """A notice that is worked off."""

    id: int
    provider: str
    reference: str | None
    received_at: datetime
    refund: str | None
    """The provider's id of a refund of the payment, if it is about one."""
    dispute: str | None
    """The same of a dispute."""


async def keep(session: Session, provider: str, notice: Notice, now: datetime) -> bool:
    """Keep a notice; say whether it is new."""
    names = {"event": notice.event_id, "kind": notice.kind, "reference": notice.reference}
    names |= {"refund": notice.refund, "dispute": notice.dispute}
    return bool(await _KEEP(session, provider=provider, now=now, **names))


async def take(session: Session, now: datetime) -> list[Kept]:
    """Take notices that are due, some of them; each comes again, later, unless it is done."""
    rows = await _TAKE.rows(session, now=now, first=FIRST, longest=LONGEST)
    return [Kept(*row) for row in rows]


async def payment_of(session: Session, notice: Kept) -> Attempt | None:
    """Return the payment that a notice is about, if it is known here already."""
    row = await _FIND.row(session, provider=notice.provider, reference=notice.reference)
    return made(row) if row else None


async def done(session: Session, notice: Kept, outcome: NoticeOutcome) -> None:
    """Note what came of a notice."""
    await _DONE(session, id=notice.id, outcome=outcome.value)


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most so many that were received before then and are done."""
    return await _SWEEP(session, before=before, most=most)
