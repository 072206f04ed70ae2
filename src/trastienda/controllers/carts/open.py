from trastienda.database.db import transaction, use_case
from trastienda.schemas.cart import CartDraft, CartView
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import cart_reading, carts, channels
from trastienda.services.cart_view import view


@use_case
async def open_(visitor: Visitor, draft: CartDraft, terms: Terms) -> CartView:
    """Open a cart, with its first lines. Raise CurrencyUnknown or SkuUnknown."""
    currency = channels.currency(draft.currency)
    async with transaction(terms.once) as session:
        cart_id = await carts.create(session, visitor, draft.lines, currency, terms.asked_at)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        return await session.answer(view(cart, terms))
