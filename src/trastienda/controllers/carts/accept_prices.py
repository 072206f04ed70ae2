from trastienda.database.db import transaction, use_case
from trastienda.database.models.carts.cart import TotalChanged
from trastienda.schemas.carts.cart import CartView, PriceAcceptance
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts, reading
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.view import view


@use_case
async def accept_prices(
    visitor: Visitor, cart_id: str, seen: PriceAcceptance, context: Context
) -> CartView:
    """Accept the prices of a cart as they are, if they come to the total that the buyer has seen.

    Raise TotalChanged, or the errors of `carts.claim`.
    """
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        await carts.accept_prices(session, cart_id)
        cart = await reading.read_changed(session, visitor, cart_id, context)
        assessed = assess(cart, context)
        total = assessed.priced.totals.total
        if seen.total != total:
            raise TotalChanged(total=total, expected_total=seen.total)
        return await session.answer(view(assessed))
