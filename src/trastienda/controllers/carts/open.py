from trastienda.database.db import transaction, use_case
from trastienda.schemas.carts.cart import CartDraft, CartView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.filling import filling
from trastienda.services.carts.view import view
from trastienda.services.channels import channels


@use_case
async def open_(visitor: Visitor, draft: CartDraft, context: Context) -> CartView:
    """Open a cart with its first lines. Raise CurrencyUnknown, SkuUnknown or QuantityTooLarge."""
    currency = channels.currency(draft.currency)
    async with transaction(context.once, brief=True) as session:
        cart = await filling.create(session, visitor, draft.lines, currency, context)
        return await session.answer(view(assess(cart, context)))
