"""Granting a refund: the promise, its transfers, its booking and its events, in one transaction."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.payments.refund import Refund, RefundDestination, RefundReason
from trastienda.errors import Invalid
from trastienda.schemas.ledger.booking import TaxedAmount
from trastienda.schemas.payments.refund import RefundDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.credit import store_credit
from trastienda.services.events import types as event_types
from trastienda.services.ledger import bookings, ledger
from trastienda.services.orders import orders, reservations
from trastienda.services.orders.gift_cards import units as gift_cards
from trastienda.services.payments import refund_events, refundable, refunds

RETURNED = RefundDraft(reason=RefundReason.RETURNED)
"""Its goods are in stock already: receiving them put them there."""


async def grant(
    session: Session,
    order: Order,
    given: Sequence[TaxedAmount],
    draft: RefundDraft,
    context: Context,
) -> Refund:
    """Promise the buyer of a locked order what is `given`, or what of it had been paid.

    Raise RefundTooLarge, MoreThanSent, NothingPromised, GiftCardUsed or NoCustomerAccount.
    """
    granted = refunds.new(order, given, draft, context.asked_at)
    await _promise(session, order, granted, credit=0)
    return await _carry_out(session, order, granted, given, context)


async def settle_return(
    session: Session, order: Order, given: Sequence[TaxedAmount], credit: int, context: Context
) -> Refund:
    """Promise the buyer of a locked order what is given back for a return, as `grant` does.

    `credit`, in minor units, is what of it pays the order of an exchange: that asks no provider.
    Raise RefundTooLarge.
    """
    granted = refunds.new(order, given, RETURNED, context.asked_at)
    await _promise(session, order, granted, credit)
    return await _carry_out(session, order, granted, given, context)


async def _promise(session: Session, order: Order, granted: Refund, credit: int) -> None:
    order.refund(granted.amount)
    session.orm.add(granted)
    to = await _store_credit(session, order, granted)
    await refunds.allocate(session, granted, granted.created_at, credit, to)
    await session.orm.flush()


async def _carry_out(
    session: Session,
    order: Order,
    granted: Refund,
    given: Sequence[TaxedAmount],
    context: Context,
) -> Refund:
    """Restock what a refund restocks, take gift cards back, book it, and tell of it."""
    if granted.restock:
        goods = [taxed for taxed in given if not taxed.gift_card]
        units = Counter({taxed.line_id: taxed.quantity for taxed in goods if taxed.line_id})
        await reservations.restock(session, order, units, context)
    unpaid = sum(taxed.amount for taxed in given) - granted.amount
    booked = [bookings.refund(granted.id, given, order.tax_country, unpaid=unpaid)]
    booked += refunds.credited(granted)
    booked += await gift_cards.take_back(session, order, granted.id, given, context)
    await ledger.write(session, booked, order.id, order.currency, context.asked_at)
    await refund_events.tell_order(session, order, context)
    view = refunds.view(granted)
    await refund_events.tell(session, event_types.REFUND_CREATED, view, order, context)
    return granted


async def give_back_excess(
    session: Session, order: Order, amount: int, note: str, context: Context
) -> Refund:
    """Pay back what was captured of a locked order beyond its total, which the order has counted.

    It is for no line and no shipping: the edit has taken those off the order already.
    """
    granted = Refund(
        order_id=order.id,
        currency=order.currency,
        amount=amount,
        tax=0,
        reason=RefundReason.OTHER,
        note=note,
        restock=False,
        created_at=context.asked_at,
        items=[],
    )
    session.orm.add(granted)
    await refunds.allocate(session, granted, context.asked_at)
    await session.orm.flush()
    booked = bookings.excess_refund(granted.id, amount)
    await ledger.write(session, [booked], order.id, order.currency, context.asked_at)
    view = refunds.view(granted)
    await refund_events.tell(session, event_types.REFUND_CREATED, view, order, context)
    return granted


async def _store_credit(session: Session, order: Order, granted: Refund) -> UUID | None:
    """Return the store credit that a refund goes to, or None if it goes the way it came."""
    if granted.destination is RefundDestination.PAYMENT:
        return None
    if order.customer_id is None:
        raise NoCustomerAccount(pointer="/to")
    now = granted.created_at
    return await store_credit.open_(session, order.customer_id, order.currency, now)


async def settle_cancelled(
    session: Session, order: Order, draft: RefundDraft, context: Context
) -> Refund | None:
    """Give back what was paid of an order that is cancelled, and let go of what was still owed.

    Return the refund, or None where nothing had been paid.
    """
    view = await orders.by_id(session, order.id)
    rest = refundable.everything(await refunds.left(session, view))
    if order.refundable:
        return await grant(session, order, rest, draft, context)
    owed = bookings.unpaid_rest if order.captured else bookings.cancellation
    booked = owed(order.id, rest, order.tax_country)
    await ledger.write(session, [booked], order.id, order.currency, context.asked_at)
    return None


class NoCustomerAccount(Invalid):
    """This order is of a guest, who has no store credit."""
