"""The outbox: rows that jobs read after the commit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared

APPEND = prepared("""
    INSERT INTO events (id, aggregate, aggregate_id, sequence, type, data, created_at)
    SELECT %(id)s, %(aggregate)s, %(aggregate_id)s, coalesce(max(sequence), 0) + 1,
           %(type)s, %(data)s, %(now)s
    FROM events WHERE aggregate_id = %(aggregate_id)s
""")


async def append(  # noqa: PLR0913 - a row's columns
    session: Session,
    *,
    aggregate: str,
    aggregate_id: UUID,
    type: str,  # noqa: A002 - the column's name
    data: dict[str, Any],
    now: datetime,
) -> None:
    """Record what happened to an aggregate whose row this transaction has already locked.

    The lock is what keeps the sequence gapless; the constraint holds it to that.
    """
    await APPEND(
        session,
        id=uuid7(),
        aggregate=aggregate,
        aggregate_id=aggregate_id,
        type=type,
        data=Jsonb(data),
        now=now,
    )
