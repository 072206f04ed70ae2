"""Checkout on one page, and the way back from a bank."""

from contextlib import suppress
from typing import Any

import msgspec
from litestar import Response, get, post

from trastienda.controllers import carts, orders
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading
from trastienda.errors import NotFound, Unavailable
from trastienda.handlers.carts.carts import offered
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.refusals import CartClosed, CheckoutInProgress, PaymentBusy
from trastienda.handlers.pages.storefront import addresses, carts_kept, paying
from trastienda.handlers.pages.storefront.carts import CART, cart_of
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.handlers.payments.options import payable
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.carts.cart import CartView, Contact, ShippingOptionView
from trastienda.schemas.orders.order import Checkout, OrderView
from trastienda.schemas.payments.payment import CartPayment, CheckoutPending
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import address_book
from trastienda.services.payments.providers import offers
from trastienda.services.shared.idempotency import Replayed
from trastienda.services.storefront import shown

CHECKOUT, RETURN = "/checkout", "/checkout/return"
PAY = "pay"
ACCEPTED = 202


@get()
async def show_checkout(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Show everything that ordering the cart needs, on one page."""
    cart = await cart_of(request, visitor)
    if cart is None or not cart.lines:
        return answers.go(request, CART)
    form = addresses.of_cart(cart, visitor)
    if cart.shipping_address is None and visitor.user_id is not None:
        async with reading() as session:
            form.pairs += addresses.saved(await address_book.all_of(session, visitor.user_id))
    return await _page(request, visitor, cart, form)


@post(status_code=200)
async def check_out(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Take the contact and the addresses; with the button that pays, order the cart."""
    form, kept = forms.sent(request), carts_kept.of(request.scope)
    cart = await cart_of(request, visitor)
    cart_id = kept.cart_id if kept else cart.id if cart else None
    if cart_id is None:
        return answers.go(request, CART)
    try:
        contact = addresses.without_copies(form).to(Contact)
        await _set_contact(request, visitor, cart_id, contact, form)
        if form.get("do") != PAY:
            return answers.go(request, CHECKOUT + "#delivery")
        return await _placed(request, visitor, cart_id, form)
    except CheckoutInProgress:  # another tab, or a second step that has not been taken
        return answers.go(request, RETURN)
    except forms.Refusal as error:
        refused = answers.refused(request, form, error)
        cart = await cart_of(request, visitor)
        if cart is None:
            return answers.go(request, CART)
        return await _page(request, visitor, cart, refused)


async def _set_contact(
    request: AnyRequest, visitor: Visitor, cart_id: str, contact: Contact, form: Form
) -> None:
    """Write the contact; with an address, the first way of shipping is chosen until another is.

    A buyer who pays may have left the page of another provider: that payment is ended first.
    """
    context, pays = forms.context(request, visitor), form.get("do") == PAY
    try:
        try:
            cart = await quoted(carts.set_contact, visitor, cart_id, contact, context)
        except CheckoutInProgress:
            if not pays or not await _leaves(request, visitor, cart_id, form):
                raise
            cart = await quoted(carts.set_contact, visitor, cart_id, contact, context)
    except CartClosed:
        if not pays:
            raise
        return  # a second click: the order is there, and is answered with
    if cart.shipping_option is None and contact.shipping_option is None:
        found = (await quoted(offered, visitor, cart_id, context)).items
        if found:
            await quoted(carts.choose_shipping, visitor, cart_id, found[0].id, context)


async def _leaves(request: AnyRequest, visitor: Visitor, cart_id: str, form: Form) -> bool:
    context, providers = forms.context(request, visitor), held(request).providers
    by = form.get("payment/provider")
    if not by:
        return False
    left = await orders.cancel_payment(visitor, cart_id, providers, context, instead=by)
    return not paying.waits(left)


async def _placed(request: AnyRequest, visitor: Visitor, cart_id: str, form: Form) -> Response[Any]:
    context, process = forms.context(request, visitor, form), held(request)
    checkout = paying.with_token(form).to(Checkout)
    if checkout.payment is not None:
        checkout.payment.return_url = request.app.state["views"].address + RETURN
    try:
        placed = await quoted(orders.place, visitor, cart_id, checkout, process.providers, context)
    except Replayed as before:
        if before.status == ACCEPTED:
            return answers.go(request, RETURN)
        placed_order = msgspec.json.decode(before.answer, type=OrderView)
        return paying.thanks(request, placed_order, carts_kept.drop())
    if isinstance(placed, CheckoutPending):
        frame = await framed(request)
        return paying.onward(request, frame, placed.payment, RETURN)
    return paying.thanks(request, placed.order, carts_kept.drop())


@get()
async def come_back(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Say how a payment stands when its buyer comes back from a bank or a payment page."""
    kept = carts_kept.of(request.scope)
    if kept is None:
        return answers.go(request, CART)
    context = forms.context(request, visitor)
    try:
        stands = await _standing(request, visitor, kept.cart_id, context)
    except NotFound:
        return answers.go(request, CART)
    if stands.order:
        return paying.thanks(request, stands.order, carts_kept.drop())
    if paying.waits(stands):
        return paying.wait(request, await framed(request), stands, RETURN)
    cart = await cart_of(request, visitor)
    if cart is None:
        return answers.go(request, CART)
    form = addresses.of_cart(cart, visitor)
    return await _page(request, visitor, cart, answers.refused(request, form, paying.NotPaid()))


async def _standing(
    request: AnyRequest, visitor: Visitor, cart_id: str, context: Context
) -> CartPayment:
    """Say how a payment stands; who does not want to make it ends it, if that is possible now."""
    providers = held(request).providers
    if paying.cancelled(request):
        with suppress(PaymentBusy, Unavailable):
            return await orders.cancel_payment(visitor, cart_id, providers, context)
    return await orders.payment_of(visitor, cart_id, providers, context)


@post(status_code=200)
async def come_back_by_post(request: AnyRequest) -> Response[Any]:
    """Lead a buyer whom a bank sends back by POST, without cookies, to the page that has them."""
    return answers.go(request, RETURN)


async def _page(request: AnyRequest, visitor: Visitor, cart: CartView, form: Form) -> Response[str]:
    frame, context = await framed(request), forms.context(request, visitor)
    options: list[ShippingOptionView] = []
    if cart.shipping_address:
        options = (await quoted(offered, visitor, cart.id, context)).items
    what = await quoted(payable, visitor, cart.id, context)
    providers = offers.offered(held(request).providers, what)
    frame.cart_units = carts_kept.units(cart)
    frame.cookies.append(carts_kept.keep(cart))  # for the way back from a bank
    country = form.get("shipping_address/country") or addresses.default_country()
    return answers.page(
        frame,
        "storefront/checkout.html",
        status=form.status,
        keep=answers.PERSONAL,
        cart=cart,
        form=form,
        options=options,
        providers=providers,
        countries=addresses.countries(frame.locale),
        shipping_words=addresses.words(country),
        billing_words=addresses.words(form.get("billing_address/country") or country),
        country=country,
        to_read=shown.to_read(frame.look),
        in_the_way=[it for it in cart.problems if it.blocking is not False],
    )
