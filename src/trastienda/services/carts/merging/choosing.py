"""Whether a customer has another cart beside the one of their browser."""

from trastienda.database.db import Reading, prepared
from trastienda.database.models.carts.cart import CartState
from trastienda.database.models.channels.channel import CartMerge
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.channels import channels

_OTHER = prepared(f"""
    SELECT id FROM carts
    WHERE customer_id = %(customer)s AND state = '{CartState.OPEN}' AND id <> %(cart)s
        AND EXISTS (SELECT FROM cart_lines WHERE cart_lines.cart_id = carts.id)
        AND EXISTS (SELECT FROM cart_lines WHERE cart_lines.cart_id = %(cart)s)
    ORDER BY updated_at DESC, id LIMIT 1
""")


async def other(session: Reading, visitor: Visitor, cart_id: str) -> str | None:
    """Return the cart that the customer has to choose about, where the shop asks.

    None: there are no two with something in them.
    """
    asks = channels.current().cart_merge is CartMerge.ASK
    if visitor.user_id is None or not asks:
        return None
    row = await _OTHER.row(session, customer=visitor.user_id, cart=cart_id)
    return row[0] if row else None
