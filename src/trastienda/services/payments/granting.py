"""Granting a refund: the promise, its transfers, its booking and its events, in one transaction."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order
from trastienda.database.models.payments.refund import Refund, RefundDestination
from trastienda.errors import Invalid
from trastienda.schemas.ledger.booking import TaxedAmount
from trastienda.schemas.payments.refund import RefundDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.credit import store_credit
from trastienda.services.events import types as event_types
from trastienda.services.ledger import bookings, ledger
from trastienda.services.orders import orders, reservations
from trastienda.services.payments import refund_events, refundable, refunds


async def grant(
    session: Session,
    order: Order,
    given: Sequence[TaxedAmount],
    draft: RefundDraft,
    context: Context,
) -> Refund:
    """Promise the buyer of a locked order what is `given`, or what of it had been paid.

    Raise RefundTooLarge, MoreThanSent, NothingPromised or NoCustomerAccount.
    """
    whole = sum(taxed.amount for taxed in given)
    granted = refunds.new(order, given, draft, context.asked_at)
    order.refund(granted.amount)
    session.orm.add(granted)
    to = await _store_credit(session, order, draft, context)
    await refunds.allocate(session, granted, context.asked_at, to)
    await session.orm.flush()
    if draft.restock:
        units = Counter({taxed.line_id: taxed.quantity for taxed in given if taxed.line_id})
        await reservations.restock(session, order, units, context)
    booked = bookings.refund(granted.id, given, order.tax_country, unpaid=whole - granted.amount)
    await ledger.write(session, [booked], order.id, order.currency, context.asked_at)
    await refund_events.tell_order(session, order, context)
    view = refunds.view(granted)
    await refund_events.tell(session, event_types.REFUND_CREATED, view, order, context)
    return granted


async def _store_credit(
    session: Session, order: Order, draft: RefundDraft, context: Context
) -> UUID | None:
    """Return the store credit that a refund goes to, or None if it goes the way it came."""
    if draft.to is RefundDestination.PAYMENT:
        return None
    if order.customer_id is None:
        raise NoCustomerAccount(pointer="/to")
    return await store_credit.open_(session, order.customer_id, order.currency, context.asked_at)


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
