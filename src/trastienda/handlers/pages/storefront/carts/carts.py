"""The cart of a browser: shown, filled and changed."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers import carts
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading
from trastienda.errors import Conflict, NotFound
from trastienda.handlers.carts.carts import Code, assessed
from trastienda.handlers.pages import answers, currency, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.refusals import CartClosed, CartNotFound
from trastienda.handlers.pages.storefront.carts import kept as carts_kept
from trastienda.handlers.pages.storefront.catalogue.products import product_of, product_page
from trastienda.handlers.pages.storefront.catalogue.variants import choose
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.carts.cart import (
    CartDraft,
    CartView,
    CouponChoice,
    LineDraft,
    LinePatch,
    PriceAcceptance,
)
from trastienda.schemas.carts.reminder import RestoreDraft
from trastienda.schemas.credit.of_carts import GiftCardChoice, StoreCreditChoice
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts as carts_on_record
from trastienda.services.carts.merging import choosing
from trastienda.services.carts.view import view

CART, GIFT_CARD = "/cart", "gift_card"


class NoSuchVariant(Conflict):
    """There is no variant with these options; choose others."""


async def cart_of(request: AnyRequest, visitor: Visitor) -> CartView | None:
    """Return the cart of this browser, or of its customer; None if there is none, or no more."""
    kept, context = carts_kept.of(request.scope), forms.context(request, visitor)
    try:
        cart_id = kept.cart_id if kept else await _of_customer(visitor)
        if cart_id is None:
            return None
        return view(await quoted(assessed, visitor, cart_id, context))
    except NotFound:
        return None


async def _of_customer(visitor: Visitor) -> str | None:
    if visitor.user_id is None:
        return None
    async with reading() as session:
        return await carts_on_record.of_customer(session, visitor.user_id)


@get()
async def show_cart(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Show the cart; `?restore=` is the link of a mail about one that was left."""
    if token := request.query_params.get("restore", ""):
        return await _restoring(request, Form(token=token))
    return await cart_page(request, visitor, Form())


async def cart_page(request: AnyRequest, visitor: Visitor, form: Form) -> Response[str]:
    """Render the cart as it is now, with what was refused."""
    cart, frame = await cart_of(request, visitor), await framed(request)
    frame.cart_units = carts_kept.units(cart) if cart else 0
    frame.cookies.append(carts_kept.keep(cart) if cart else carts_kept.drop())
    other = await _beside(visitor, cart) if cart else None
    about = {it.line_id: it for it in cart.problems if it.line_id} if cart else {}
    return answers.page(
        frame,
        "storefront/cart.html",
        status=form.status,
        keep=answers.PERSONAL,
        cart=cart,
        form=form,
        about_lines=about,
        has_another=other is not None,
    )


async def _beside(visitor: Visitor, cart: CartView) -> str | None:
    """Return another cart that the customer has to choose about."""
    if visitor.user_id is None:
        return None
    async with reading() as session:
        return await choosing.other(session, visitor, cart.id)


@post(status_code=200)
async def add_to_cart(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Put the variant that is chosen into the cart, which is opened if there is none."""
    form, frame = forms.sent(request), await framed(request)
    product = await product_of(frame, form.get("product"))
    chosen = choose(product, form).variant
    try:
        if chosen is None:
            raise NoSuchVariant
        quantity = form.get("quantity") or "1"
        draft = Form(sku=chosen.sku, quantity=quantity).to(LineDraft)
        cart = await _added(request, visitor, form, draft)
    except forms.Refusal as error:
        return product_page(frame, product, answers.refused(request, form, error))
    told = frame.text("Added to your cart.")
    return answers.go(request, CART, carts_kept.keep(cart), told=told)


async def _added(request: AnyRequest, visitor: Visitor, form: Form, draft: LineDraft) -> CartView:
    """Add to the cart that there is; open one if there is none, or if it has become an order."""
    context, kept = forms.context(request, visitor, form), carts_kept.of(request.scope)
    cart_id = kept.cart_id if kept else await _open_cart_of(visitor)
    if cart_id is not None:
        try:
            work = quoted(carts.add_line, visitor, cart_id, draft, context)
            return await forms.once(work, CartView)
        except (CartNotFound, CartClosed):
            pass
    draft_of_cart = CartDraft(currency=currency.of(request.scope), lines=[draft])
    return await forms.once(quoted(carts.open_, visitor, draft_of_cart, context), CartView)


async def _open_cart_of(visitor: Visitor) -> str | None:
    try:
        return await _of_customer(visitor)
    except NotFound:
        return None


@post(status_code=200)
async def change_cart_line(
    request: AnyRequest, visitor: Asking, line_id: FromPath[UUID]
) -> Response[Any]:
    """Set how many units of a line there are; 0 takes it out, which can be undone."""
    form = forms.sent(request)

    async def change(cart_id: str) -> CartView:
        context, wanted = forms.context(request, visitor, form), form.to(LinePatch)
        work = quoted(carts.change_line, visitor, cart_id, line_id, wanted.quantity, context)
        return await forms.once(work, CartView)

    return await change_cart(request, visitor, form, change)


@post(status_code=200)
async def add_code_to_cart(request: AnyRequest, visitor: Asking, client: Counted) -> Response[Any]:
    """Use the code of a promotion."""
    form = forms.sent(request)

    async def add(cart_id: str) -> CartView:
        context, code = forms.context(request, visitor, form), form.to(CouponChoice).code
        work = quoted(carts.add_coupon, visitor, cart_id, code, client, context)
        return await forms.once(work, CartView)

    return await change_cart(request, visitor, form, add)


@post(status_code=200)
async def drop_code(request: AnyRequest, visitor: Asking, code: Code) -> Response[Any]:
    """Take the code of a promotion out of the cart."""
    form = forms.sent(request)

    async def drop(cart_id: str) -> CartView:
        context = forms.context(request, visitor, form)
        work = quoted(carts.remove_coupon, visitor, cart_id, code, context)
        return await forms.once(work, CartView)

    return await change_cart(request, visitor, form, drop)


@post(status_code=200)
async def add_gift_card_to_cart(
    request: AnyRequest, visitor: Asking, client: Counted
) -> Response[Any]:
    """Pay with a gift card, as far as it goes."""
    form = forms.sent(request)

    async def add(cart_id: str) -> CartView:
        context = forms.context(request, visitor, form)
        code = form.to(GiftCardChoice, GIFT_CARD).code
        work = quoted(carts.add_gift_card, visitor, cart_id, code, client, context)
        return await forms.once(work, CartView)

    return await change_cart(request, visitor, form, add, GIFT_CARD)


@post(status_code=200)
async def drop_gift_card(
    request: AnyRequest, visitor: Asking, card_id: FromPath[UUID]
) -> Response[Any]:
    """Do not pay with a gift card."""
    form = forms.sent(request)

    async def drop(cart_id: str) -> CartView:
        context = forms.context(request, visitor, form)
        work = quoted(carts.remove_gift_card, visitor, cart_id, card_id, context)
        return await forms.once(work, CartView)

    return await change_cart(request, visitor, form, drop)


@post(status_code=200)
async def choose_store_credit_in_cart(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Pay with one's store credit, or do not."""
    form = forms.sent(request)

    async def choose_it(cart_id: str) -> CartView:
        context, wanted = forms.context(request, visitor, form), form.to(StoreCreditChoice)
        work = quoted(carts.use_store_credit, visitor, cart_id, wanted, context)
        return await forms.once(work, CartView)

    return await change_cart(request, visitor, form, choose_it)


@post(status_code=200)
async def accept_prices_in_cart(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Accept the prices that have changed; the total that was shown is in the form."""
    form = forms.sent(request)

    async def accept(cart_id: str) -> CartView:
        context, seen = forms.context(request, visitor, form), form.to(PriceAcceptance)
        work = quoted(carts.accept_prices, visitor, cart_id, seen, context)
        return await forms.once(work, CartView)

    return await change_cart(request, visitor, form, accept)


async def change_cart(
    request: AnyRequest,
    visitor: Visitor,
    form: Form,
    change: Callable[[str], Awaitable[CartView]],
    below: str = "",
) -> Response[Any]:
    """Change the cart, and lead back to where the form was; or show the cart with the refusal."""
    kept = carts_kept.of(request.scope)
    try:
        cart_id = kept.cart_id if kept else await _open_cart_of(visitor)
        if cart_id is None:
            return answers.go(request, CART)
        cart = await change(cart_id)
    except forms.Refusal as error:
        return await cart_page(request, visitor, answers.refused(request, form, error, below))
    return answers.go(request, answers.local(form.get("back"), CART), carts_kept.keep(cart))


@post(status_code=200)
async def restore_cart_by_form(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Open a new cart from the link of a mail, in place of the one of this browser."""
    form = forms.sent(request)
    try:
        context, draft = forms.context(request, visitor, form), form.to(RestoreDraft)
        cart = await forms.once(quoted(carts.restore, visitor, draft, context), CartView)
    except forms.Refusal as error:
        return await _restoring(request, answers.refused(request, form, error))
    return answers.go(request, CART, carts_kept.keep(cart))


async def _restoring(request: AnyRequest, form: Form) -> Response[str]:
    """Show the button that opens the cart of a mail: programs that look at links must not."""
    frame, keep = await framed(request), answers.PERSONAL
    return answers.page(frame, "storefront/restore.html", status=form.status, keep=keep, form=form)
