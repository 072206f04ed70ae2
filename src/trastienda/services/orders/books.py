"""Orders that came before the ledger, or that a node of the version before has written."""

from datetime import datetime
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.orders.order import Order, OrderStatus, PaymentStatus
from trastienda.database.models.payments.payment import PaymentState
from trastienda.schemas.pricing.pricing import TaxedShipping
from trastienda.services.ledger import bookings, ledger
from trastienda.services.orders import orders, taxed_amounts

BATCH = 100
_UNBOOKED = prepared(f"""
    SELECT id FROM orders WHERE booked_at IS NULL ORDER BY placed_at LIMIT {BATCH}
""")
_PAID = prepared(f"""
    UPDATE payment_attempts SET order_id = %(order)s, captured = amount
    WHERE cart_id = %(cart)s AND state = '{PaymentState.CAPTURED}' AND captured = 0
    RETURNING id, provider
""")
_NOTED = prepared(f"""
    INSERT INTO payment_attempts (id, order_id, provider, amount, captured, currency, state,
        created_at)
    VALUES (%(id)s, %(order)s, %(provider)s, %(amount)s, %(amount)s, %(currency)s,
        '{PaymentState.CAPTURED}', %(now)s)
""")
_taxed_shipping = list[TaxedShipping]


async def unbooked(session: Reading) -> list[UUID]:
    """List orders that are not in the ledger, the oldest first, a batch."""
    return [row[0] for row in await _UNBOOKED.rows(session)]


async def catch_up(session: Session, order: Order, now: datetime) -> None:
    """Bring a locked order into the ledger, with its payment, unless it is there."""
    if order.booked_at is not None:
        return
    view = await orders.by_id(session, order.id)
    shipping = msgspec.convert(order.taxed_shipping or [], _taxed_shipping)
    sold = taxed_amounts.sold(view.lines, shipping, view.totals, order.shipping_tax_added)
    booked = [bookings.sale(order.id, sold, order.tax_country)]
    if order.payment_status is PaymentStatus.PAID and order.total:
        payment_id, provider = await _paid_by(session, order, now)
        booked.append(bookings.capture(payment_id, provider, order.total, order.total))
        order.captured = order.total
    if order.status is OrderStatus.CANCELLED:
        booked.append(bookings.cancellation(order.id, sold, order.tax_country))
    order.booked_at = now
    await session.orm.flush()
    await ledger.write(session, booked, order.id, order.currency, now)


async def _paid_by(session: Session, order: Order, now: datetime) -> tuple[UUID, str]:
    """Return the payment of a paid order; money that staff noted gets a payment now."""
    if row := await _PAID.row(session, order=order.id, cart=order.cart_id):
        return row[0], row[1]
    return await _note(session, order, now), order.payment_provider


async def _note(session: Session, order: Order, now: datetime) -> UUID:
    payment_id = uuid7()
    await _NOTED(
        session,
        id=payment_id,
        order=order.id,
        provider=order.payment_provider,
        amount=order.total,
        currency=order.currency,
        now=now,
    )
    return payment_id
