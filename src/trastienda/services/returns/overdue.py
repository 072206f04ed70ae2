"""Approved returns whose goods did not arrive in time."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.database.models.returns.order_return import ReturnState

BATCH = 100
_OVERDUE = prepared(f"""
    SELECT id FROM returns WHERE status = '{ReturnState.APPROVED}' AND expires_at <= %(now)s
    ORDER BY expires_at, id LIMIT {BATCH}
""")


async def overdue(session: Reading, now: datetime) -> list[UUID]:
    """List the returns that end now, a batch."""
    return [row[0] for row in await _OVERDUE.rows(session, now=now)]
