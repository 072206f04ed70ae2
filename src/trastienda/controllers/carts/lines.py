from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.carts.cart import CartView, LineDraft
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.gift_card import GiftRecipient
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts, reading
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.filling import filling
from trastienda.services.carts.gift_cards import recipients
from trastienda.services.carts.view import view
from trastienda.services.shared import email_addresses as mailboxes


@use_case
async def add_line(visitor: Visitor, cart_id: str, draft: LineDraft, context: Context) -> CartView:
    """Add units of a SKU to a cart, even more than are in stock: checkout decides about stock.

    Raise SkuUnknown, QuantityTooLarge, CartFull, or the errors of `carts.claim`.
    """
    async with transaction(context.once, brief=True) as session:
        cart = await filling.add(session, visitor, cart_id, draft, context)
        return await session.answer(view(assess(cart, context)))


@use_case
async def change_line(
    visitor: Visitor, cart_id: str, line_id: UUID, quantity: int, context: Context
) -> CartView:
    """Set the quantity of a line, in units; 0 removes the line.

    Raise CartLineNotFound, or the errors of `carts.claim`.
    """
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        await carts.change_line(session, cart_id, line_id, quantity)
        cart = await reading.read_changed(session, visitor, cart_id, context)
        return await session.answer(view(assess(cart, context)))


@use_case
async def set_recipient(
    visitor: Visitor,
    cart_id: str,
    line_id: UUID,
    recipient: GiftRecipient | None,
    context: Context,
) -> CartView:
    """Say who gets the gift cards of a line by email; None: the buyer.

    Raise AddressUnusable, CartLineNotFound, NoGiftCard, or the errors of `carts.claim`.
    """
    if recipient is not None:
        mailboxes.parse(recipient.email)
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        await recipients.name(session, cart_id, line_id, recipient)
        cart = await reading.read(session, visitor, cart_id, context)
        return await session.answer(view(assess(cart, context)))
