"""The token that opens one order without an account: a signature, so nothing is stored."""

from uuid import UUID

from trastienda.schemas.order import OrderView
from trastienda.services import tokens

PURPOSE = "order"


def with_token(order: OrderView) -> OrderView:
    """Give an order its access token: only who holds its cart's id may see it."""
    order.access_token = tokens.sign(PURPOSE, str(order.id))
    return order


def opens(token: str | None, order_id: UUID) -> bool:
    return token is not None and tokens.verify(PURPOSE, str(order_id), token)
