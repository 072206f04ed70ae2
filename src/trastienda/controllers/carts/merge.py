"""Merging two carts of a customer, and having back the one that was set aside."""

from trastienda.database.db import transaction, use_case
from trastienda.database.models.carts.cart import CartNotFound
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.carts.merge import CartMergeView, MergeDraft
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import reading
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.merging import merging, set_aside
from trastienda.services.carts.merging.merging import Wanted
from trastienda.services.carts.view import view


@use_case
async def merge(
    visitor: Visitor, cart_id: str, draft: MergeDraft, context: Context
) -> CartMergeView:
    """Make one cart of two that a customer has, as they want; repeating it changes nothing.

    Raise CartNotFound, CartClosed, CheckoutInProgress or CartChanged.
    """
    if visitor.user_id is None:
        raise CartNotFound
    wanted = Wanted(visitor.user_id, cart_id, draft.other, draft.policy)
    async with transaction(context.once) as session:
        return await session.answer(await merging.on_request(session, wanted, context))


@use_case
async def recover(visitor: Visitor, cart_id: str, context: Context) -> CartView:
    """Open a cart that was set aside less than a day ago again, as it was, beside the other one.

    Raise CartNotFound.
    """
    if visitor.user_id is None:
        raise CartNotFound
    async with transaction(context.once) as session:
        await set_aside.take_back(session, cart_id, visitor.user_id, context.asked_at)
        cart = await reading.read(session, visitor, cart_id, context)
        return await session.answer(view(assess(cart, context)))
