"""How a cart can be paid."""

from typing import Any

from litestar import Request, get

from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading
from trastienda.handlers.carts.carts import CartId
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.payments.provider import PaymentOptionsView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import credit
from trastienda.services.carts import reading as cart_reading
from trastienda.services.carts.assessment import assess
from trastienda.services.payments.providers import offers
from trastienda.services.payments.providers.offers import Payable


@get()
async def list_payment_options(
    request: Request[Any, Any, Any], visitor: Asking, context: RequestContext, cart_id: CartId
) -> PaymentOptionsView:
    """List the payment providers that are offered for a cart, with what their widgets need.

    It depends on the currency and the total, and on the country of the billing address: ask again
    when these change. Providers for some countries only are left out until there is an address.
    """
    what = await quoted(payable, visitor, cart_id, context)
    items = offers.offered(held(request).providers, what)
    return PaymentOptionsView(what.currency, items)


async def payable(visitor: Visitor, cart_id: str, context: Context) -> Payable:
    """Read what of a cart decides who may take its payment."""
    async with reading() as session:
        cart = await cart_reading.read(session, visitor, cart_id, context)
    assessed = assess(cart, context)
    pays = credit.parts(cart.credit, credit.payable(assessed))
    due = assessed.priced.totals.total - sum(pays)
    return offers.of_cart(cart, due, to_staff=offers.is_staff(visitor))
