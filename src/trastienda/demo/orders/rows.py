"""Generated orders as rows, ready for COPY: each table with its columns, in an order that fits."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.models.orders.order import (
    CancelReason,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
)
from trastienda.database.models.payments.payment import PaymentState
from trastienda.database.models.payments.refund import RefundReason, TransferState
from trastienda.demo.orders.draws import (
    COUNTRY,
    CURRENCY,
    FREIGHT_TAX,
    PERCENT,
    SHARE,
    SHIPPING,
    Sale,
)
from trastienda.demo.orders.people import Fate
from trastienda.schemas.ledger.booking import Booking
from trastienda.schemas.shared.actor import ActorKind
from trastienda.services.accounts.users import normalised

Row = tuple[object, ...]
LATER = timedelta(hours=20)
"""From one thing that happens to an order to the next."""
_PAID = {
    Fate.UNPAID: PaymentStatus.PENDING,
    Fate.CANCELLED: PaymentStatus.CANCELLED,
    Fate.REFUNDED: PaymentStatus.REFUNDED,
}


class Table(NamedTuple):
    name: str
    columns: str
    rows: Callable[["Whole"], Iterator[Row]]


class Whole(NamedTuple):
    """An order with what only the shop can say of it."""

    sale: Sale
    number: int
    channel_id: UUID
    shipping_option: Jsonb
    """As orders keep it."""
    now: datetime
    bookings: list[tuple[UUID, Booking]]


def as_json(value: object) -> Jsonb:
    return Jsonb(value, dumps=msgspec.json.encode)


_NOTHING = as_json({})
_FREIGHT = as_json([{"rate": SHARE, "amount": SHIPPING, "tax": FREIGHT_TAX}])


def _order(whole: Whole) -> Iterator[Row]:
    sale, buyer = whole.sale, whole.sale.buyer
    cancelled = sale.fate is Fate.CANCELLED
    address = as_json(
        {
            "name": buyer.name,
            "line1": f"Calle Mayor {sale.number % 200 + 1}",
            "city": buyer.city,
            "postal_code": buyer.postal_code,
            "country": COUNTRY,
        }
    )
    contact = (CURRENCY, "es", buyer.email, normalised(buyer.email), address, address)
    sums = (sale.subtotal, sale.discount, SHIPPING, sale.tax, sale.tax, 0, sale.total, 0)
    states = (
        _PAID.get(sale.fate, PaymentStatus.PAID).value,
        (OrderStatus.CANCELLED if cancelled else OrderStatus.OPEN).value,
        (FulfilmentStatus.FULFILLED if sale.sent else FulfilmentStatus.UNFULFILLED).value,
        len(_happened(sale)),
        CancelReason.UNPAID.value if cancelled else None,
    )
    money = sale.captured, sale.refunded, COUNTRY, _FREIGHT, whole.now
    about = sale.id, whole.number, f"seed-{sale.id.hex}", whole.channel_id
    provider = whole.shipping_option, sale.provider
    yield *about, *contact, *provider, *sums, [], sale.placed_at, *states, *money, sale.tags


def _lines(sale: Sale) -> Iterator[Row]:
    """Give its lines; those of an order to be sent are sold no more, and no stock is reserved."""
    for position, line in enumerate(sale.lines):
        ware = line.ware
        kept = None if sale.fate in {Fate.UNPAID, Fate.PAID} else ware.variant_id
        what = line.id, sale.id, position, kept, ware.sku, ware.name, ware.slug, _NOTHING
        sums = (
            line.quantity,
            ware.price,
            line.subtotal,
            line.discount,
            line.tax,
            PERCENT,
            line.total,
        )
        yield *what, *sums, line.quantity if sale.sent else 0


def _payments(sale: Sale) -> Iterator[Row]:
    if sale.captured:
        ours = sale.payment_id, sale.provider, sale.total, CURRENCY, sale.placed_at
        reference = f"seed_{sale.payment_id.hex}"
        state = PaymentState.CAPTURED.value
        yield *ours, state, sale.id, reference, sale.captured, sale.refunded


def _refunds(sale: Sale) -> Iterator[Row]:
    if sale.refunded:
        why = RefundReason.REQUESTED_BY_CUSTOMER.value
        at = sale.placed_at + 3 * LATER
        yield sale.refund_id, sale.id, CURRENCY, sale.refunded, sale.tax, why, False, at, 1


def _refund_items(sale: Sale) -> Iterator[Row]:
    if sale.refunded:
        for line in sale.lines:
            yield sale.refund_id, line.id, line.quantity, PERCENT, line.total, line.tax
        yield sale.refund_id, None, 0, PERCENT, SHIPPING, FREIGHT_TAX


def _transfers(sale: Sale) -> Iterator[Row]:
    if sale.refunded:
        at = sale.placed_at + 3 * LATER
        ours = sale.transfer_id, sale.refund_id, sale.payment_id, sale.provider, 0, sale.refunded
        yield *ours, at, TransferState.DONE.value, 1, 1, f"seed_{sale.transfer_id.hex}", at


def _transactions(whole: Whole) -> Iterator[Row]:
    for id_, booking in whole.bookings:
        yield id_, booking.kind.value, booking.key, whole.sale.id, whole.sale.placed_at


def _entries(whole: Whole) -> Iterator[Row]:
    for id_, booking in whole.bookings:
        for account, amount, provider, country, rate, line_id, _ in booking.entries:
            yield id_, account.value, amount, CURRENCY, provider, country, rate, line_id


def _history(whole: Whole) -> Iterator[Row]:
    sale = whole.sale
    for place, (type_, actor, detail) in enumerate(_happened(sale)):
        at = min(sale.placed_at + place * LATER, whole.now)
        yield uuid7(), sale.id, type_, at, actor.value, as_json(detail) if detail else None


def _happened(sale: Sale) -> list[tuple[str, ActorKind, dict[str, object]]]:
    """Return what would have been told of it, as it came."""
    found: list[tuple[str, ActorKind, dict[str, object]]] = [("order.placed", ActorKind.GUEST, {})]
    if sale.captured and sale.provider == "manual":
        found.append(("order.paid", ActorKind.STAFF, {}))
    if sale.sent:
        found.append(("order.fulfilled", ActorKind.STAFF, {}))
    if sale.refunded:
        told = {"refund_id": sale.refund_id, "amount": sale.refunded, "currency": CURRENCY}
        found.append(("refund.created", ActorKind.STAFF, told))
    if sale.fate is Fate.CANCELLED:
        found.append(("order.cancelled", ActorKind.SYSTEM, {"reason": CancelReason.UNPAID.value}))
    return found


TABLES = [
    Table(
        "orders",
        "id, number, cart_id, channel_id, currency, locale, email, email_key, shipping_address,"
        " billing_address, shipping_option, payment_provider, subtotal, discount, shipping, tax,"
        " tax_included, tax_added, total, shipping_tax_added, coupons, placed_at, payment_status,"
        " status, fulfilment_status, version, cancel_reason, captured, refunded, tax_country,"
        " taxed_shipping, booked_at, tags",
        _order,
    ),
    Table(
        "order_lines",
        "id, order_id, position, variant_id, sku, name, slug, options, quantity, unit_price,"
        " subtotal, discount, tax, tax_rate, total, fulfilled_quantity",
        lambda it: _lines(it.sale),
    ),
    Table(
        "payment_attempts",
        "id, provider, amount, currency, created_at, state, order_id, reference, captured,"
        " refunded",
        lambda it: _payments(it.sale),
    ),
    Table(
        "refunds",
        "id, order_id, currency, amount, tax, reason, restock, created_at, version",
        lambda it: _refunds(it.sale),
    ),
    Table(
        "refund_items",
        "refund_id, line_id, quantity, rate, amount, tax",
        lambda it: _refund_items(it.sale),
    ),
    Table(
        "refund_transfers",
        "id, refund_id, payment_id, provider, position, amount, leased_until, state, attempt,"
        " requests, reference, ended_at",
        lambda it: _transfers(it.sale),
    ),
    Table("ledger_transactions", "id, kind, key, order_id, at", _transactions),
    Table(
        "ledger_entries",
        "transaction_id, account, amount, currency, provider, country, rate, line_id",
        _entries,
    ),
    Table(
        "order_history",
        "id, order_id, type, at, actor, detail",
        _history,
    ),
]
