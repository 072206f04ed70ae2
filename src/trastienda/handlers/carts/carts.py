"""Carts over HTTP. A cart's id is a secret and is never logged."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, PathParameter

from trastienda.controllers import carts
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading
from trastienda.database.models.carts.cart import CartNotFound
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.carts.assessment import Assessment
from trastienda.schemas.carts.cart import (
    CartDraft,
    CartView,
    Contact,
    CouponChoice,
    LineDraft,
    LinePatch,
    PriceAcceptance,
    ShippingChoice,
    ShippingOptionsView,
)
from trastienda.schemas.carts.reminder import ReminderDraft, RestoreDraft
from trastienda.schemas.credit.of_carts import GiftCardChoice, StoreCreditChoice
from trastienda.schemas.pricing.explanation import Explanation, ExplanationContext
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts as carts_on_record
from trastienda.services.carts import reading as cart_reading
from trastienda.services.carts import shipping_options
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.view import view
from trastienda.services.pricing.explanation import explain

CartId = Annotated[str, PathParameter(max_length=64)]
Code = Annotated[str, PathParameter(max_length=64)]


async def assessed(visitor: Visitor, cart_id: str, context: Context) -> Assessment:
    """Read a cart and work out what it costs, and what is in the way of ordering it."""
    async with reading() as session:
        cart = await cart_reading.read(session, visitor, cart_id, context)
    return assess(cart, context)


async def offered(visitor: Visitor, cart_id: str, context: Context) -> ShippingOptionsView:
    """Read the shipping options of a cart, with their prices."""
    async with reading() as session:
        cart = await cart_reading.read(session, visitor, cart_id, context)
        options = await shipping_options.offered(session, cart, context)
    return ShippingOptionsView(cart.currency, options)


@post()
async def open_cart(
    visitor: Asking, context: RequestContext, data: JSONBody[CartDraft]
) -> Response[CartView]:
    """Open a cart, optionally with lines. Keep its `id`, which is the key to the cart."""
    return versioned(await quoted(carts.open_, visitor, data, context), 201)


@get()
async def get_my_cart(visitor: Asking, context: RequestContext) -> Response[CartView]:
    """Read the cart that you changed last, on whichever device; 404 if you have none.

    A cart is yours once you have used it while you were logged in.
    """
    if visitor.user_id is None:
        raise CartNotFound
    async with reading() as session:
        cart_id = await carts_on_record.of_customer(session, visitor.user_id)
    return versioned(view(await quoted(assessed, visitor, cart_id, context)))


@get()
async def get_cart(visitor: Asking, context: RequestContext, cart_id: CartId) -> Response[CartView]:
    """Read a cart at current prices; `problems` lists why it cannot be ordered yet."""
    return versioned(view(await quoted(assessed, visitor, cart_id, context)))


@get()
async def explain_cart(visitor: Asking, context: RequestContext, cart_id: CartId) -> Explanation:
    """Explain a cart's total: the amounts of all steps add up to it."""
    found = await quoted(assessed, visitor, cart_id, context)
    cart = found.cart
    explanation_context = ExplanationContext(
        currency=cart.currency, skus=[line.sku for line in cart.lines]
    )
    return explain(found.basis, found.priced, explanation_context)


@post()
async def add_line(
    visitor: Asking, context: RequestContext, cart_id: CartId, data: JSONBody[LineDraft]
) -> Response[CartView]:
    """Add units of a SKU to a cart; if it is in the cart already, they are added to its line."""
    return versioned(await quoted(carts.add_line, visitor, cart_id, data, context), 201)


@patch()
async def change_line(
    visitor: Asking,
    context: RequestContext,
    cart_id: CartId,
    line_id: FromPath[UUID],
    data: JSONBody[LinePatch],
) -> Response[CartView]:
    """Set the quantity of a line; 0 removes it."""
    return versioned(
        await quoted(carts.change_line, visitor, cart_id, line_id, data.quantity, context)
    )


@delete(status_code=200)
async def remove_line(
    visitor: Asking, context: RequestContext, cart_id: CartId, line_id: FromPath[UUID]
) -> Response[CartView]:
    """Remove a line from a cart."""
    return versioned(await quoted(carts.change_line, visitor, cart_id, line_id, 0, context))


@put()
async def set_contact(
    visitor: Asking, context: RequestContext, cart_id: CartId, data: JSONBody[Contact]
) -> Response[CartView]:
    """Set the buyer's contact and addresses; `shipping_option` may be chosen in the same call."""
    return versioned(await quoted(carts.set_contact, visitor, cart_id, data, context))


@get()
async def list_shipping_options(
    visitor: Asking, context: RequestContext, cart_id: CartId
) -> ShippingOptionsView:
    """List the shipping options that are available for a cart, with their prices."""
    return await quoted(offered, visitor, cart_id, context)


@put()
async def choose_shipping_option(
    visitor: Asking, context: RequestContext, cart_id: CartId, data: JSONBody[ShippingChoice]
) -> Response[CartView]:
    """Choose the shipping option of a cart."""
    return versioned(await quoted(carts.choose_shipping, visitor, cart_id, data.id, context))


@post(status_code=200)
async def add_coupon(
    visitor: Asking,
    context: RequestContext,
    client: Counted,
    cart_id: CartId,
    data: JSONBody[CouponChoice],
) -> Response[CartView]:
    """Add a coupon to a cart. If it does not apply, it stays, and `problems` says why.

    After several unknown codes, further attempts for the cart or by the client are delayed.
    """
    coupon = data.code
    return versioned(await quoted(carts.add_coupon, visitor, cart_id, coupon, client, context))


@delete(status_code=200)
async def remove_coupon(
    visitor: Asking, context: RequestContext, cart_id: CartId, code: Code
) -> Response[CartView]:
    """Remove a coupon from a cart."""
    return versioned(await quoted(carts.remove_coupon, visitor, cart_id, code, context))


@post(status_code=200)
async def add_gift_card(
    visitor: Asking,
    context: RequestContext,
    client: Counted,
    cart_id: CartId,
    data: JSONBody[GiftCardChoice],
) -> Response[CartView]:
    """Pay a cart with a gift card, as far as it goes; `amount_due` is what remains.

    After several unknown codes, further attempts for the cart or by the client are delayed.
    """
    code = data.code
    return versioned(await quoted(carts.add_gift_card, visitor, cart_id, code, client, context))


@delete(status_code=200)
async def remove_gift_card(
    visitor: Asking, context: RequestContext, cart_id: CartId, card_id: FromPath[UUID]
) -> Response[CartView]:
    """Do not pay a cart with a gift card."""
    return versioned(await quoted(carts.remove_gift_card, visitor, cart_id, card_id, context))


@put()
async def choose_store_credit(
    visitor: Asking, context: RequestContext, cart_id: CartId, data: JSONBody[StoreCreditChoice]
) -> Response[CartView]:
    """Pay a cart with your store credit, as far as it goes after gift cards; or do not."""
    return versioned(await quoted(carts.use_store_credit, visitor, cart_id, data, context))


@post(status_code=200)
async def accept_prices(
    visitor: Asking, context: RequestContext, cart_id: CartId, data: JSONBody[PriceAcceptance]
) -> Response[CartView]:
    """Accept prices that have changed since the buyer last looked; name the total they saw."""
    return versioned(await quoted(carts.accept_prices, visitor, cart_id, data, context))


@put()
async def remind_of_cart(
    visitor: Asking,
    context: RequestContext,
    client: Counted,
    cart_id: CartId,
    data: JSONBody[ReminderDraft],
) -> Response[CartView]:
    """Request one mail about this cart if it is abandoned; only call this if the buyer agreed.

    It is sent `reminder_after` hours after the last change, unless the buyer ordered meanwhile.
    """
    return versioned(await quoted(carts.request_reminder, visitor, cart_id, data, client, context))


@delete()
async def forget_reminder(visitor: Asking, context: RequestContext, cart_id: CartId) -> None:
    """Cancel the reminder of a cart."""
    await carts.cancel_reminder(visitor, cart_id, context)


@post()
async def restore_cart(
    visitor: Asking, context: RequestContext, data: JSONBody[RestoreDraft]
) -> Response[CartView]:
    """Open a new cart from a reminder's link, with its lines and coupons, without addresses."""
    return versioned(await quoted(carts.restore, visitor, data, context), 201)
