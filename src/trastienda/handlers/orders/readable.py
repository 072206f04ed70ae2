"""Who may read what belongs to an order: whoever may read the order itself."""

from uuid import UUID

from trastienda.database.db import Reading, utcnow
from trastienda.database.models.orders.order import OrderNotFound
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.orders import access as order_access
from trastienda.services.orders import orders


async def expect_readable(
    session: Reading, visitor: Visitor, order_id: UUID, token: str | None
) -> None:
    """Raise OrderNotFound, or OrderLinkExpired, where `GET /v1/orders/{id}` would."""
    if order_access.opens(token, order_id, utcnow()):
        return
    if visitor.user_id is None:
        raise OrderNotFound
    await orders.of_customer(session, order_id, visitor.user_id)
