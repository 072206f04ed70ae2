"""Gift cards at the storefront: what is on one, and who gets those of a cart."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers import carts
from trastienda.controllers.credit import looking
from trastienda.controllers.outside.quotes import quoted
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.storefront.carts.carts import change_cart
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.credit.gift_card import GiftCardBalance
from trastienda.schemas.credit.of_carts import GiftCardChoice
from trastienda.schemas.shared.gift_card import GiftRecipient


@get()
async def show_gift_card_check(request: AnyRequest) -> Response[str]:
    """Show the form that asks for the code of a gift card."""
    return await _page(request, Form(), None)


@post(status_code=200)
async def check_gift_card_by_form(
    request: AnyRequest, visitor: Asking, client: Counted
) -> Response[str]:
    """Show what is on a gift card; its code is not shown again."""
    form = forms.sent(request)
    try:
        code, context = form.to(GiftCardChoice).code, forms.context(request, visitor)
        found = await looking.look(visitor, code, client, context)
    except forms.Refusal as error:
        return await _page(request, answers.refused(request, form, error), None)
    return await _page(request, Form(), found)


async def _page(request: AnyRequest, form: Form, card: GiftCardBalance | None) -> Response[str]:
    return answers.page(
        await framed(request),
        "storefront/gift_card.html",
        status=form.status,
        keep=answers.PERSONAL,
        form=form,
        card=card,
    )


@post(status_code=200)
async def name_gift_recipient(
    request: AnyRequest, visitor: Asking, line_id: FromPath[UUID]
) -> Response[Any]:
    """Say who gets the gift cards of a line, with a message; without an address: the buyer."""
    form, below = forms.sent(request), f"to-{line_id}"

    async def name(cart_id: str) -> CartView:
        context = forms.context(request, visitor, form)
        named = form.get(f"{below}/email").strip()
        recipient = form.to(GiftRecipient, below) if named else None
        work = quoted(carts.set_recipient, visitor, cart_id, line_id, recipient, context)
        return await forms.once(work, CartView)

    return await change_cart(request, visitor, form, name, below)
