"""Refunds on record: what is left to be paid back, what was granted, and how it is shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.credit.account import CreditKind
from trastienda.database.models.orders.order import Order
from trastienda.database.models.payments.refund import (
    OPEN,
    Refund,
    RefundChanged,
    RefundItem,
    RefundNotFound,
    RefundTransfer,
    TransferState,
)
from trastienda.schemas.ledger.booking import Booking, TaxedAmount
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.payments.refund import (
    Refundable,
    RefundableLine,
    RefundDraft,
    RefundLineView,
    RefundShippingView,
    RefundTransferView,
    RefundView,
)
from trastienda.schemas.pricing.pricing import TaxedShipping
from trastienda.services.ledger import bookings
from trastienda.services.orders import taxed_amounts
from trastienda.services.payments import EXCHANGE, MANUAL, refundable
from trastienda.services.shared.records import Records

Status = Literal["pending", "succeeded", "failed", "withdrawn"]
_GIVEN = prepared("""
    SELECT line_id, rate, sum(quantity)::bigint, sum(refund_items.amount)::bigint,
        sum(refund_items.tax)::bigint
    FROM refund_items JOIN refunds ON refunds.id = refund_items.refund_id
    WHERE refunds.order_id = %(order)s AND refunds.withdrawn_at IS NULL
    GROUP BY line_id, rate
""")
_BASIS = prepared("""
    SELECT shipping_tax_added, taxed_shipping::text FROM orders WHERE id = %(order)s
""")
# The caller has the order's row, so that nobody else takes from its payments meanwhile. What was
# paid last goes back first: providers, store credit, gift cards.
_PAYMENTS = prepared(f"""
    SELECT id, provider, captured - refunded, credit_account_id FROM payment_attempts
    WHERE order_id = %(order)s AND captured > refunded
    ORDER BY CASE provider WHEN '{CreditKind.GIFT_CARD}' THEN 2
        WHEN '{CreditKind.STORE_CREDIT}' THEN 1 ELSE 0 END, created_at, id
""")
_PROMISE = prepared("""
    UPDATE payment_attempts SET refunded = refunded + %(amount)s WHERE id = %(payment)s
""")
_taxed_shipping = msgspec.json.Decoder(list[TaxedShipping])
_WHOLE = (selectinload(Refund.items), selectinload(Refund.transfers))


async def left(session: Reading, order: OrderView) -> list[TaxedAmount]:
    """Return what earlier refunds have left of an order."""
    row = await _BASIS.row(session, order=order.id)
    added, shipping = row or (0, None)
    parts = _taxed_shipping.decode(shipping) if shipping else []
    sold = taxed_amounts.sold(order.lines, parts, order.totals, added)
    return refundable.left(sold, await given(session, order.id))


async def given(session: Reading, order_id: UUID) -> dict[refundable.Place, TaxedAmount]:
    """Return what refunds of an order have given, by line and tax rate."""
    rows = await _GIVEN.rows(session, order=order_id)
    return {
        (line_id, rate): TaxedAmount(
            line_id=line_id, quantity=quantity, rate=rate, amount=amount, tax=tax
        )
        for line_id, rate, quantity, amount, tax in rows
    }


def new(order: Order, given: Sequence[TaxedAmount], draft: RefundDraft, now: datetime) -> Refund:
    """Make a refund of an order, without its transfers yet, of at most what can be paid back."""
    whole = sum(taxed.amount for taxed in given)
    return Refund(
        order_id=order.id,
        currency=order.currency,
        amount=min(whole, order.refundable),
        tax=sum(taxed.tax for taxed in given),
        reason=draft.reason,
        note=draft.note,
        restock=draft.restock,
        created_at=now,
        destination=draft.to,
        items=[
            RefundItem(
                line_id=taxed.line_id,
                quantity=taxed.quantity,
                rate=taxed.rate,
                amount=taxed.amount,
                tax=taxed.tax,
            )
            for taxed in given
        ],
    )


async def allocate(
    session: Session, refund: Refund, now: datetime, credit: int = 0, to: UUID | None = None
) -> None:
    """Spread a refund over the payments of its order, and promise each its part.

    Providers come first, then store credit, then gift cards, the oldest payment of each first; all
    of it goes to the store credit `to` if that is named. `credit` of it pays another order: that is
    done at once, and asks no provider. What an exchange had paid of this order is given back by
    hand. The caller has the order's row for itself.
    """
    rest = refund.amount
    for payment_id, provider, most, account in await _PAYMENTS.rows(session, order=refund.order_id):
        part = min(rest, most)
        if not part:
            break
        await _PROMISE(session, payment=payment_id, amount=part)
        moved = min(part, credit)
        if moved:
            done = _transfer(refund, payment_id, EXCHANGE, moved, now)
            done.state, done.ended_at = TransferState.DONE, now
        if part > moved:
            by = MANUAL if provider == EXCHANGE else provider
            by = CreditKind.STORE_CREDIT.value if to else by
            _transfer(refund, payment_id, by, part - moved, now).credit_account_id = to or account
        credit, rest = credit - moved, rest - part
    if rest:
        raise PaymentsDisagree(order=str(refund.order_id), missing=rest)


def _transfer(
    refund: Refund, payment_id: UUID, provider: str, amount: int, now: datetime
) -> RefundTransfer:
    """Add a transfer to a refund."""
    added = RefundTransfer(
        payment_id=payment_id,
        provider=provider,
        position=len(refund.transfers),
        amount=amount,
        leased_until=now,
    )
    refund.transfers.append(added)
    return added


def credited(refund: Refund) -> list[Booking]:
    """Return the bookings of what of a new refund pays another order."""
    return [
        bookings.refund_paid(transfer.id, transfer.provider, transfer.amount, transfer.attempt)
        for transfer in refund.transfers
        if transfer.state is TransferState.DONE
    ]


async def take_back(session: Session, refund: Refund) -> None:
    """Take back what a refund had promised of payments. The caller has the order's row."""
    for transfer in refund.transfers:
        await _PROMISE(session, payment=transfer.payment_id, amount=-transfer.amount)


async def of_order(session: Reading, order_id: UUID) -> list[RefundView]:
    """Return the refunds of an order, the oldest first."""
    statement = select(Refund).where(Refund.order_id == order_id).order_by(Refund.id)
    rows = await session.orm.scalars(statement.options(*_WHOLE))
    return [view(refund) for refund in rows]


async def standing(session: Reading, order_id: UUID) -> list[Refund]:
    """Return the refunds of an order that were not withdrawn, the oldest first."""
    statement = select(Refund).where(Refund.order_id == order_id, Refund.withdrawn_at.is_(None))
    rows = await session.orm.scalars(statement.order_by(Refund.id).options(*_WHOLE))
    return list(rows)


def items(refund: Refund, order: Order) -> list[TaxedAmount]:
    """Return what a refund of a locked order gives back, as the ledger books it."""
    vouchers = {line.id for line in order.lines if line.gift_card is not None}
    return [
        TaxedAmount(
            line_id=item.line_id,
            quantity=item.quantity,
            rate=item.rate,
            amount=item.amount,
            tax=item.tax,
            gift_card=item.line_id in vouchers,
        )
        for item in refund.items
    ]


def status(refund: Refund) -> Status:
    """Say how far a refund is: it has failed as soon as one provider refused its part."""
    states = {transfer.state for transfer in refund.transfers}
    if refund.withdrawn_at is not None:
        return "withdrawn"
    if TransferState.REFUSED in states:
        return "failed"
    return "pending" if states & set(OPEN) else "succeeded"


def view(refund: Refund) -> RefundView:
    """Show a refund to staff."""
    goods = [item for item in refund.items if item.line_id is not None]
    freight = [item for item in refund.items if item.line_id is None]
    return RefundView(
        id=refund.id,
        order_id=refund.order_id,
        version=refund.version,
        status=status(refund),
        currency=refund.currency,
        amount=refund.amount,
        tax=refund.tax,
        reason=refund.reason,
        note=refund.note,
        restock=refund.restock,
        to=refund.destination,
        lines=[
            RefundLineView(item.line_id, item.quantity, item.amount, item.tax)
            for item in goods
            if item.line_id is not None
        ],
        shipping=RefundShippingView(
            sum(item.amount for item in freight), sum(item.tax for item in freight)
        ),
        transfers=[
            RefundTransferView(
                id=transfer.id,
                payment_id=transfer.payment_id,
                provider=transfer.provider,
                amount=transfer.amount,
                status=transfer.state,
                failure=transfer.reason or UNSET,
            )
            for transfer in refund.transfers
        ],
        created_at=refund.created_at,
    )


async def still_refundable(session: Reading, order: OrderView) -> Refundable:
    """Say what can still be paid back of an order."""
    rest = await left(session, order)
    freight = [taxed for taxed in rest if taxed.line_id is None]
    return Refundable(
        order_id=order.id,
        currency=order.currency,
        lines=[
            RefundableLine(taxed.line_id, taxed.quantity, taxed.amount, taxed.tax)
            for taxed in rest
            if taxed.line_id is not None
        ],
        shipping=RefundShippingView(
            sum(taxed.amount for taxed in freight), sum(taxed.tax for taxed in freight)
        ),
        amount=order.captured - order.refunded,
    )


class PaymentsDisagree(RuntimeError):
    """An order says that more was captured than its payments do: our mistake, nobody's input."""

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)


_RECORDS = Records(Refund, missing=RefundNotFound, changed=RefundChanged, whole=_WHOLE)
by_id, claim = _RECORDS.by_id, _RECORDS.claim
