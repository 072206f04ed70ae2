"""Who gets the gift cards of a cart's line."""

from uuid import UUID

from psycopg.types.json import Jsonb

from trastienda.database.db import Session, prepared
from trastienda.database.models.carts.cart import CartLineNotFound, NoGiftCard
from trastienda.schemas.shared.gift_card import GiftRecipient

_SET = prepared("""
    UPDATE cart_lines SET recipient = %(recipient)s::jsonb FROM variants
    JOIN products ON products.id = variants.product_id
    WHERE cart_lines.id = %(line)s AND cart_lines.cart_id = %(cart)s
        AND variants.id = cart_lines.variant_id AND products.gift_card
""")
_THERE = prepared("SELECT 1 FROM cart_lines WHERE id = %(line)s AND cart_id = %(cart)s")


async def name(
    session: Session, cart_id: str, line_id: UUID, recipient: GiftRecipient | None
) -> None:
    """Set who gets the gift cards of a line of a claimed cart; None: the buyer.

    Raise CartLineNotFound, or NoGiftCard for goods.
    """
    names = {"cart": cart_id, "line": line_id}
    if await _SET(session, **names, recipient=Jsonb(recipient) if recipient else None):
        return
    if await _THERE.row(session, **names):
        raise NoGiftCard
    raise CartLineNotFound
