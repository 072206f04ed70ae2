"""Draft orders whose time has come: to be reminded of, to give stock back, or to expire."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.draft_orders.draft_order import NOT_AN_ORDER, DraftOrderStatus


class Due(StrEnum):
    """What is to be done with a draft order now."""

    EXPIRES = "expires"
    LETS_GO = "lets_go"
    """Its stock is free again; its buyer can still order it."""
    REMINDS = "reminds"


BATCH = 100
REMINDED_BEFORE = timedelta(days=1)
"""How long before it expires the buyer is told; half of its time if that is less."""
_EXPIRES_SQL = "expired_at IS NULL AND expires_at <= %(now)s"
_LETS_GO_SQL = "reserve_until <= %(now)s"
_REMINDS_SQL = f"""
    expired_at IS NULL AND reminded_at IS NULL AND status = '{DraftOrderStatus.SENT}'
    AND expires_at <= %(now)s::timestamptz + %(before)s::interval
    AND expires_at <= %(now)s::timestamptz + (expires_at - sent_at) / 2
"""
_FOUND = prepared(f"""
    (SELECT id FROM draft_orders WHERE {NOT_AN_ORDER} AND {_EXPIRES_SQL} LIMIT {BATCH})
    UNION (SELECT id FROM draft_orders WHERE {NOT_AN_ORDER} AND {_LETS_GO_SQL} LIMIT {BATCH})
    UNION (SELECT id FROM draft_orders WHERE {NOT_AN_ORDER} AND {_REMINDS_SQL} LIMIT {BATCH})
""")
_CLAIM = prepared(f"""
    SELECT CASE WHEN {_EXPIRES_SQL} THEN '{Due.EXPIRES}' WHEN {_LETS_GO_SQL} THEN '{Due.LETS_GO}'
        ELSE '{Due.REMINDS}' END
    FROM draft_orders WHERE id = %(draft)s AND {NOT_AN_ORDER}
        AND (({_EXPIRES_SQL}) OR ({_LETS_GO_SQL}) OR ({_REMINDS_SQL}))
    FOR UPDATE SKIP LOCKED
""")


async def find(session: Reading, now: datetime) -> list[UUID]:
    """List draft orders of which something is due, a batch of each kind."""
    return [row[0] for row in await _FOUND.rows(session, now=now, before=REMINDED_BEFORE)]


async def claim(session: Session, draft_id: UUID, now: datetime) -> Due | None:
    """Lock a draft order and say what is due; None if nothing is, or somebody else is at it."""
    names = {"draft": draft_id, "now": now, "before": REMINDED_BEFORE}
    row = await _CLAIM.row(session, **names)
    return Due(row[0]) if row else None
