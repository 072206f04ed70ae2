"""What is reserved for an order, or for what is to become one."""

from collections import Counter
from uuid import UUID

from trastienda.database.db import Reading, prepared

_UNITS = prepared("""
    SELECT stock.variant_id, sum(reservations.quantity)::bigint
    FROM reservations JOIN stock ON stock.id = reservations.stock_id
    WHERE reservations.source_id = %(source)s GROUP BY stock.variant_id
""")


async def units(session: Reading, source_id: UUID) -> Counter[UUID]:
    """Return the units that are reserved for an order, a draft order or a return, by variant."""
    return Counter(dict(await _UNITS.rows(session, source=source_id)))
