"""The orders whose gift cards are still to be issued. A sweep looks for those that are paid."""

from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.orders.order import OrderStatus

BATCH = 100
_NOTE = prepared("INSERT INTO gift_cards_to_issue (order_id) VALUES (%(order)s)")
_FORGET = prepared("DELETE FROM gift_cards_to_issue WHERE order_id = %(order)s")
_PAID = prepared(f"""
    SELECT orders.id FROM gift_cards_to_issue AS due JOIN orders ON orders.id = due.order_id
    WHERE orders.status = '{OrderStatus.CANCELLED}'
        OR orders.captured - orders.excess_refunded >= orders.total
    ORDER BY orders.id LIMIT {BATCH}
""")


async def note(session: Session, order_id: UUID) -> None:
    """Note that an order sells gift cards."""
    await _NOTE(session, order=order_id)


async def forget(session: Session, order_id: UUID) -> None:
    """Note that the gift cards of an order are issued, or never will be."""
    await _FORGET(session, order=order_id)


async def paid(session: Reading) -> list[UUID]:
    """List orders whose gift cards can be issued, or forgotten, a batch."""
    return [row[0] for row in await _PAID.rows(session)]
