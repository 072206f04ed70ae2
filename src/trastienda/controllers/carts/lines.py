from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.cart import CartView, LineDraft
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import cart_reading, carts
from trastienda.services.cart_view import view


@use_case
async def add_line(visitor: Visitor, cart_id: str, draft: LineDraft, terms: Terms) -> CartView:
    """Put units into a cart. More than there is may be put in: stock is decided at checkout."""
    async with transaction(terms.once) as session:
        await carts.claim_and_put(session, visitor, cart_id, draft, terms)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        return await session.answer(view(cart, terms))


@use_case
async def change_line(
    visitor: Visitor, cart_id: str, line_id: UUID, quantity: int, terms: Terms
) -> CartView:
    """Set how many units a line has; 0 removes it. Raise CartLineNotFound."""
    async with transaction(terms.once) as session:
        await carts.claim(session, visitor, cart_id, terms)
        await carts.change_line(session, cart_id, line_id, quantity)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        return await session.answer(view(cart, terms))
