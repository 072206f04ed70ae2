"""Carts over HTTP. A cart's id is a secret: it never reaches a log."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post, put
from litestar.params import FromPath, JSONBody, PathParameter

from trastienda.controllers import carts
from trastienda.controllers.outside_quotes import quoted
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.terms import Asked
from trastienda.middlewares.access import Asking
from trastienda.middlewares.client import Counted
from trastienda.schemas.cart import (
    CartDraft,
    CartRow,
    CartView,
    Contact,
    CouponChoice,
    LineDraft,
    LinePatch,
    ShippingChoice,
    ShippingOptionsView,
)
from trastienda.schemas.explanation import Explanation, Sold
from trastienda.schemas.reminder import ReminderDraft, RestoreDraft
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import cart_reading, cart_shipping_options
from trastienda.services.cart_pricing import costs
from trastienda.services.cart_view import view
from trastienda.services.explanations import explain

CartId = Annotated[str, PathParameter(max_length=64)]
Code = Annotated[str, PathParameter(max_length=64)]


async def _read(visitor: Visitor, cart_id: str, terms: Terms) -> CartRow:
    async with reading() as session:
        return await cart_reading.read(session, visitor, cart_id, terms)


async def _offered(visitor: Visitor, cart_id: str, terms: Terms) -> ShippingOptionsView:
    async with reading() as session:
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        options = await cart_shipping_options.offered(session, cart, terms)
    return ShippingOptionsView(cart.currency, options)


@post()
async def open_cart(visitor: Asking, terms: Asked, data: JSONBody[CartDraft]) -> Response[CartView]:
    """Open a cart, with its first lines if you like. Keep its `id`: it is the key to the cart."""
    return versioned(await quoted(carts.open_, visitor, data, terms), 201)


@get()
async def get_cart(visitor: Asking, terms: Asked, cart_id: CartId) -> Response[CartView]:
    """Read a cart, priced as of now; `problems` say why it cannot be ordered yet."""
    return versioned(view(await quoted(_read, visitor, cart_id, terms), terms))


@get()
async def explain_cart(visitor: Asking, terms: Asked, cart_id: CartId) -> Explanation:
    """Say where each part of a cart's total comes from; the steps add up to it."""
    cart = await quoted(_read, visitor, cart_id, terms)
    sold = Sold(currency=cart.currency, skus=[line.sku for line in cart.lines])
    return explain(costs(cart, terms.asked_at).basis, sold)


@post()
async def add_line(
    visitor: Asking, terms: Asked, cart_id: CartId, data: JSONBody[LineDraft]
) -> Response[CartView]:
    """Put units of a SKU into a cart; the same SKU again adds to its line."""
    return versioned(await quoted(carts.add_line, visitor, cart_id, data, terms), 201)


@patch()
async def change_line(
    visitor: Asking,
    terms: Asked,
    cart_id: CartId,
    line_id: FromPath[UUID],
    data: JSONBody[LinePatch],
) -> Response[CartView]:
    """Set the quantity of a line; 0 removes it."""
    return versioned(
        await quoted(carts.change_line, visitor, cart_id, line_id, data.quantity, terms)
    )


@delete(status_code=200)
async def remove_line(
    visitor: Asking, terms: Asked, cart_id: CartId, line_id: FromPath[UUID]
) -> Response[CartView]:
    """Take a line out of a cart."""
    return versioned(await quoted(carts.change_line, visitor, cart_id, line_id, 0, terms))


@put()
async def set_contact(
    visitor: Asking, terms: Asked, cart_id: CartId, data: JSONBody[Contact]
) -> Response[CartView]:
    """Say who buys and where it goes; `shipping_option` may be chosen in the same call."""
    return versioned(await quoted(carts.set_contact, visitor, cart_id, data, terms))


@get()
async def list_shipping_options(
    visitor: Asking, terms: Asked, cart_id: CartId
) -> ShippingOptionsView:
    """List how this cart may be shipped, and for how much."""
    return await quoted(_offered, visitor, cart_id, terms)


@put()
async def choose_shipping_option(
    visitor: Asking, terms: Asked, cart_id: CartId, data: JSONBody[ShippingChoice]
) -> Response[CartView]:
    """Choose how the cart is shipped."""
    return versioned(await quoted(carts.choose_shipping, visitor, cart_id, data.id, terms))


@post(status_code=200)
async def add_coupon(
    visitor: Asking, terms: Asked, client: Counted, cart_id: CartId, data: JSONBody[CouponChoice]
) -> Response[CartView]:
    """Put a code into a cart. If it does not apply, `problems` say why, and it stays.

    After some codes that do not exist, the cart and whoever sends them have to wait.
    """
    coupon = data.code
    return versioned(await quoted(carts.add_coupon, visitor, cart_id, coupon, client, terms))


@delete(status_code=200)
async def remove_coupon(
    visitor: Asking, terms: Asked, cart_id: CartId, code: Code
) -> Response[CartView]:
    """Take a code out of a cart."""
    return versioned(await quoted(carts.drop_coupon, visitor, cart_id, code, terms))


@put()
async def remind_of_cart(
    visitor: Asking,
    terms: Asked,
    client: Counted,
    cart_id: CartId,
    data: JSONBody[ReminderDraft],
) -> Response[CartView]:
    """Ask for one mail about this cart, should it be left; call this only if the buyer said yes.

    It comes `reminder_after` hours after the last change, unless something was bought meanwhile.
    """
    return versioned(await quoted(carts.remind, visitor, cart_id, data, client, terms))


@delete()
async def forget_reminder(visitor: Asking, terms: Asked, cart_id: CartId) -> None:
    """Take the wish back."""
    await carts.forget(visitor, cart_id, terms)


@post()
async def restore_cart(
    visitor: Asking, terms: Asked, data: JSONBody[RestoreDraft]
) -> Response[CartView]:
    """Open a new cart with what a mail's link is about: its lines and codes, without addresses."""
    return versioned(await quoted(carts.restore, visitor, data, terms), 201)
