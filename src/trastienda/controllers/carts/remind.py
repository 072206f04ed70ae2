"""Reminders of abandoned carts, and restoring a cart from one."""

from trastienda.database.db import Session, transaction, use_case
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.carts.reminder import CartAbandoned, ReminderDraft, RestoreDraft
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import throttles, users
from trastienda.services.carts import carts, reading, reminders
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.filling import filling
from trastienda.services.carts.view import view
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.mail import consents as mail_consents
from trastienda.services.shared import email_addresses as mailboxes


@use_case
async def request_reminder(
    visitor: Visitor, cart_id: str, draft: ReminderDraft, client: str | None, context: Context
) -> CartView:
    """Request one reminder of a cart, by mail, for a buyer who has agreed to it.

    Raise AddressUnusable, CartNotFound, CartClosed, or SlowDown if the network address `client`
    (None if limits are off) has given many other e-mail addresses.
    """
    mailboxes.parse(draft.email)
    limits, now = throttles.for_reminder(client), context.asked_at
    async with transaction(context.once) as session:
        await carts.claim(session, visitor, cart_id, context)
        await throttles.refuse(session, limits, now)
        proven = await _owns(session, visitor, draft.email)
        await mail_consents.grant(session, draft.email, context, proven=proven)
        if await reminders.request(session, cart_id, draft.email, context.locale, now):
            await throttles.record(session, limits, now)
        cart = await reading.read(session, visitor, cart_id, context)
        return await session.answer(view(assess(cart, context)))


async def _owns(session: Session, visitor: Visitor, email: str) -> bool:
    """Return whether a visitor is logged in with an account whose verified address this is."""
    if visitor.user_id is None:
        return False
    return await users.address_of(session, visitor.user_id) == users.normalised(email)


@use_case
async def cancel_reminder(visitor: Visitor, cart_id: str, context: Context) -> None:
    """Cancel the reminder of a cart, if there is one. Raise CartNotFound."""
    async with transaction(context.once) as session:
        await carts.lock(session, visitor, cart_id)
        await reminders.withdraw(session, cart_id, context.asked_at)
        await session.answer(None)


@use_case
async def restore(visitor: Visitor, draft: RestoreDraft, context: Context) -> CartView:
    """Open a new cart with the lines and coupons of the cart in a reminder's link.

    It has neither the addresses nor the customer of the old one, because the mail may have reached
    somebody else. Raise LinkUnusable or CartClosed.
    """
    async with transaction(context.once) as session:
        now = context.asked_at
        left, currency = await reminders.left(session, draft.token, now)
        opened = await filling.create(session, visitor, [], currency, context)
        await reminders.copy(session, left, opened.id, now)
        cart = await reading.read_changed(session, visitor, opened.id, context)
        return await session.answer(view(assess(cart, context)))


@use_case
async def tell_abandoned(context: Context) -> int:
    """Record an event for each abandoned cart that a reminder is due for; return how many."""
    async with transaction() as session:
        due = await reminders.due(session, context.asked_at)
        for abandoned in due:
            buyer = Visitor(user_id=abandoned.customer_id)
            buyer_context = Context(context.asked_at, abandoned.locale)
            row = await reading.read(session, buyer, abandoned.cart_id, buyer_context)
            cart = view(assess(row, buyer_context))
            data = CartAbandoned(
                email=abandoned.email,
                locale=abandoned.locale,
                currency=cart.currency,
                lines=cart.lines,
                totals=cart.totals,
            )
            await events.append(session, event_types.CART_ABANDONED, abandoned.id, data, context)
        await reminders.mark(session, due, context.asked_at)
    return len(due)
