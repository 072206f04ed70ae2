"""Who may read what belongs to an order: whoever may read the order itself."""

from uuid import UUID

from trastienda.database.db import Reading, utcnow
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.orders import orders
from trastienda.services.orders.orders import Reader


async def expect_readable(
    session: Reading, visitor: Visitor, order_id: UUID, token: str | None
) -> None:
    """Raise OrderNotFound, or OrderLinkExpired, where `GET /v1/orders/{id}` would."""
    await orders.readable(session, Reader(order_id, visitor.user_id, token), utcnow())
