"""Being reminded of a cart, and coming back to it."""

from trastienda.database.db import Session, transaction, use_case
from trastienda.schemas.cart import CartView
from trastienda.schemas.reminder import CartAbandoned, ReminderDraft, RestoreDraft
from trastienda.schemas.terms import Terms
from trastienda.schemas.visitor import Visitor
from trastienda.services import (
    cart_reading,
    carts,
    event_types,
    events,
    login_failures,
    mail_consents,
    reminders,
    users,
)
from trastienda.services.cart_view import view


@use_case
async def remind(
    visitor: Visitor, cart_id: str, draft: ReminderDraft, client: str | None, terms: Terms
) -> CartView:
    """Write down who wants to be reminded. Raise CartNotFound or CartClosed.

    Raise SlowDown when `client`, the network address to count, has named many others (None where
    limits are off).
    """
    limits, now = login_failures.of_reminder(client), terms.asked_at
    async with transaction(terms.once) as session:
        await carts.claim(session, visitor, cart_id, terms)
        await login_failures.refuse(session, limits, now)
        proven = await _owns(session, visitor, draft.email)
        await mail_consents.grant(session, draft.email, terms, proven=proven)
        if await reminders.wish(session, cart_id, draft.email, terms.locale, now):
            await login_failures.record(session, limits, now)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        return await session.answer(view(cart, terms))


async def _owns(session: Session, visitor: Visitor, email: str) -> bool:
    """Say whether a visitor is logged in with an account of this address, which they confirmed."""
    if visitor.user_id is None:
        return False
    return await users.address_of(session, visitor.user_id) == users.normalised(email)


@use_case
async def forget(visitor: Visitor, cart_id: str, terms: Terms) -> None:
    """Remind nobody of this cart, whatever was said before. Raise CartNotFound."""
    async with transaction(terms.once) as session:
        await carts.lock(session, visitor, cart_id)
        await reminders.unwish(session, cart_id, terms.asked_at)
        await session.answer(None)


@use_case
async def restore(visitor: Visitor, draft: RestoreDraft, terms: Terms) -> CartView:
    """Open a new cart with what a reminder was about. Raise LinkUnusable or CartClosed.

    A new one, without the address and whose it was: mail may reach somebody else.
    """
    async with transaction(terms.once) as session:
        now = terms.asked_at
        left, currency = await reminders.left(session, draft.token, now)
        cart_id = await carts.create(session, visitor, [], currency, now)
        await reminders.copy(session, left, cart_id, now)
        cart = await cart_reading.read(session, visitor, cart_id, terms)
        return await session.answer(view(cart, terms))


@use_case
async def tell_abandoned(terms: Terms) -> int:
    """Tell of carts that were left by who wants to be reminded; return how many."""
    async with transaction() as session:
        found = await reminders.due(session, terms.asked_at)
        for left in found:
            who = Visitor(user_id=left.customer_id)
            theirs = Terms(terms.asked_at, left.locale)
            cart = view(await cart_reading.read(session, who, left.cart_id, theirs), theirs)
            what = CartAbandoned(
                email=left.email,
                locale=left.locale,
                currency=cart.currency,
                lines=cart.lines,
                totals=cart.totals,
            )
            await events.append(session, event_types.CART_ABANDONED, left.id, what, terms)
        await reminders.mark(session, found, terms.asked_at)
    return len(found)
