"""Two carts of a customer who has logged in: they choose what becomes of them."""

from typing import Any

from litestar import Response, get, post

from trastienda.controllers import carts
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading
from trastienda.errors import NotFound
from trastienda.handlers.carts.carts import assessed
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.storefront.carts import kept as carts_kept
from trastienda.handlers.pages.storefront.carts.carts import CART, cart_of
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.carts.merge import CartMergeView, MergeDraft
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts.merging import choosing
from trastienda.services.carts.view import view


@get()
async def show_two_carts(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Show both carts, and what may become of them; lead on where there are no two."""
    return await _page(request, visitor, Form(next=request.query_params.get("next")))


@post(status_code=200)
async def choose_cart(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Make one cart of the two, as the customer wants."""
    form, kept = forms.sent(request), carts_kept.of(request.scope)
    next_ = answers.local(form.get("next"), CART)
    if kept is None:
        return answers.go(request, next_)
    try:
        context = forms.context(request, visitor, form)
        work = carts.merge(visitor, kept.cart_id, form.to(MergeDraft), context)
        merged = await forms.once(work, CartMergeView)
        cart = view(await quoted(assessed, visitor, merged.cart or kept.cart_id, context))
    except forms.Refusal as error:
        return await _page(request, visitor, answers.refused(request, form, error))
    return answers.go(request, next_, carts_kept.keep(cart))


async def _page(request: AnyRequest, visitor: Visitor, form: Form) -> Response[Any]:
    this = await cart_of(request, visitor)
    other = await _other(request, visitor, this) if this else None
    if this is None or other is None:
        return answers.go(request, answers.local(form.get("next"), CART))
    return answers.page(
        await framed(request),
        "storefront/two_carts.html",
        status=form.status,
        keep=answers.PERSONAL,
        form=form,
        this=this,
        other=other,
        next=answers.local(form.get("next"), CART),
    )


async def _other(request: AnyRequest, visitor: Visitor, this: CartView) -> CartView | None:
    async with reading() as session:
        other_id = await choosing.other(session, visitor, this.id)
    if other_id is None:
        return None
    try:
        context = forms.context(request, visitor)
        return view(await quoted(assessed, visitor, other_id, context))
    except NotFound:
        return None
