"""Writing an order: once, with all that belongs to it, in one statement."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET, UnsetType
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.at_once import at_once, sure
from trastienda.database.db import Row, Session, prepared, together
from trastienda.database.driver import Call
from trastienda.database.models.carts.cart import CartState
from trastienda.database.models.orders.order import FulfilmentStatus, OrderStatus, PaymentStatus
from trastienda.errors import TooMany
from trastienda.schemas.credit.amounts import OrderCredit
from trastienda.schemas.ledger.booking import Booking
from trastienda.schemas.orders.order import OrderDraft, OrderPayment, OrderView
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import users
from trastienda.services.channels import channels
from trastienda.services.credit import holds as credit_holds
from trastienda.services.credit import telling as credit_telling
from trastienda.services.events import events
from trastienda.services.events.types import ORDER_PLACED
from trastienda.services.ledger import bookings as entries_of
from trastienda.services.ledger import ledger
from trastienda.services.orders import orders, reservations, taxed_amounts
from trastienda.services.orders.drafts import NO_PROVIDER
from trastienda.services.orders.gift_cards import due

_LINE_COLUMNS = """
    id uuid, sku text, name text, slug text, variant_id uuid, options jsonb, thumbnail text,
    quantity bigint, unit_price bigint, subtotal bigint, discount bigint, tax bigint,
    tax_rate numeric, total bigint, custom jsonb, gift_card jsonb
"""
_LINE_NAMES = ", ".join(column.split()[0] for column in _LINE_COLUMNS.split(","))
_LATELY_SQL = f"""
    email_key = %(email_key)s::text AND payment_status = '{PaymentStatus.PENDING}'
        AND placed_at > %(now)s::timestamptz - interval '1 hour'
"""
_NEXT = prepared(f"""
    SELECT placed_at + interval '1 hour' FROM orders WHERE {_LATELY_SQL}
    ORDER BY placed_at DESC OFFSET %(most)s - 1 LIMIT 1
""")
# The order, its lines, its event and the end of its cart: one statement, whatever is in the cart.
# It is planned once where it says nothing of a limit: `NULL > count` would be planned each time.
_PLACE_SQL = f"""
    WITH placed AS (
        INSERT INTO orders (
            id, number, cart_id, channel_id, customer_id, currency, locale, email, email_key,
            shipping_address, billing_address, shipping_option, payment_provider,
            subtotal, discount, shipping, tax, tax_included, tax_added, total,
            shipping_tax_added, pricing, vat_number, vat_check, coupons,
            tax_country, taxed_shipping, credits, captured, booked_at,
            placed_at, status, payment_status, fulfilment_status, version, payment_due_at)
        SELECT
            %(id)s, nextval('order_numbers'), %(cart_id)s, %(channel_id)s, %(customer_id)s,
            %(currency)s, %(locale)s, %(email)s, %(email_key)s::text,
            %(shipping_address)s, %(billing_address)s, %(shipping_option)s,
            %(payment_provider)s, %(subtotal)s, %(discount)s, %(shipping)s,
            %(tax)s, %(tax_included)s, %(tax_added)s, %(total)s,
            %(shipping_tax_added)s, %(pricing)s, %(vat_number)s, %(vat_check)s,
            %(coupons)s, %(tax_country)s, %(taxed_shipping)s, %(credits)s::jsonb, %(captured)s,
            %(now)s,
            %(now)s, '{OrderStatus.OPEN}', %(payment_status)s, '{FulfilmentStatus.UNFULFILLED}', 1,
            %(due)s::timestamptz
        WHERE {{few_enough}}
        RETURNING id, number
    ), lines AS (
        INSERT INTO order_lines (order_id, position, fulfilled_quantity, {_LINE_NAMES})
        SELECT %(id)s, row_number() OVER (), 0, line.*
        FROM placed, ROWS FROM (jsonb_to_recordset(%(lines)s) AS ({_LINE_COLUMNS})) AS line
    ), told AS (
        INSERT INTO events ({events.COLUMNS})
        SELECT %(event_id)s, 'order', %(id)s, 1, 'order.placed', %(schema_version)s,
            %(data)s::jsonb || jsonb_build_object('number', number::text),
            %(actor)s, %(actor_id)s::uuid, %(now)s
        FROM placed
    ), {ledger.writing("placed CROSS JOIN")}, closed AS (
        UPDATE carts SET state = '{CartState.ORDERED}', version = version + 1, updated_at = %(now)s
        WHERE id = %(cart_id)s
    )
"""
_FEW_SQL = f"%(most)s > (SELECT count(*) FROM orders WHERE {_LATELY_SQL})"
_LIMITED_SQL = _PLACE_SQL.format(few_enough=_FEW_SQL)
_PLACE = prepared(f"{_PLACE_SQL.format(few_enough='true')} SELECT number FROM placed")
_PLACE_LIMITED = prepared(f"{_LIMITED_SQL} SELECT number FROM placed")
_PLACE_SURE = prepared(
    f"{_LIMITED_SQL} SELECT sum(number)::bigint, {sure('count(*) = 1')} FROM placed"
)
_AS_DRAFTED = (
    "id",
    "cart_id",
    "channel_id",
    "customer_id",
    "currency",
    "locale",
    "email",
    "payment_provider",
    "shipping_tax_added",
    "vat_number",
    "coupons",
    "tax_country",
)
_DOCUMENTS = (
    "shipping_address",
    "billing_address",
    "shipping_option",
    "lines",
    "pricing",
    "vat_check",
    "taxed_shipping",
)


async def reserve_and_place(
    session: Session, draft: OrderDraft, context: Context, most: int | None = None
) -> OrderView:
    """Reserve what is in an order that is paid later, and place it: both in one message.

    Raise what `reservations.reserve` and `place` raise: then nothing may be kept. A brief
    transaction is committed by the same message; raise Unsure if something stands in the way.
    """
    more = draft.used or draft.tenders or any(line.gift_card for line in draft.lines)
    session.brief &= draft.amount_due > 0 and not more
    send = at_once if session.brief else together
    reserving = reservations.reserving(session, draft, context)
    order = _placing(session, draft, None, context, most)
    *reserved, placed = await send(session, *reserving, order.call)
    rows = [row for answer in reserved for row in answer.rows]
    await reservations.complete(session, draft, rows, context)
    view = await _placed(session, order, placed.rows, context)
    await reservations.show(session, draft, rows)
    return view


async def place(
    session: Session, draft: OrderDraft, payment: OrderPayment | None, context: Context
) -> OrderView:
    """Write the order, its event, its entries in the ledger, and that its cart is one now.

    One statement. Without a payment the buyer pays later.
    """
    order = _placing(session, draft, payment, context)
    (placed,) = await together(session, order.call)
    return await _placed(session, order, placed.rows, context)


class _Placing(NamedTuple):
    """An order that is about to be placed, and the statement that does so."""

    draft: OrderDraft
    view: OrderView
    call: Call
    most: int | None


def _placing(
    session: Session,
    draft: OrderDraft,
    payment: OrderPayment | None,
    context: Context,
    most: int | None = None,
) -> _Placing:
    """Prepare the statement. It places nothing when there would be more than `most` unpaid ones."""
    view = _view(draft, payment, context.asked_at)
    values: dict[str, Any] = {name: getattr(draft, name) for name in _AS_DRAFTED}
    for name in _DOCUMENTS:
        value = getattr(draft, name)  # no pricing: an attempt from before it was kept
        values[name] = None if value is None else Jsonb(value)
    data = Jsonb(orders.snapshot(view, draft.locale))
    values |= msgspec.structs.asdict(draft.totals)
    values["email_key"] = users.normalised(draft.email)
    values["due"] = view.payment_due_at or None
    values |= {"event_id": uuid7(), "data": data, "payment_status": view.payment_status.value}
    values["captured"] = view.captured
    values["credits"] = Jsonb(view.credits) if view.credits else None
    values |= ledger.values(_bookings(draft, payment), draft.id, draft.currency, context.asked_at)
    values |= events.cause(ORDER_PLACED, context)
    session.wake_relay()
    limited = _PLACE_SURE if session.brief else _PLACE_LIMITED
    statement = _PLACE if most is None else limited
    return _Placing(draft, view, statement.call({**values, "most": most}), most)


async def _placed(
    session: Session, order: _Placing, rows: Sequence[Row], context: Context
) -> OrderView:
    """Give the order its number, and take what is to pay it.

    Raise TooManyOrders when there would be more than `most` unpaid ones of its address in an hour:
    then nothing may be kept. The caller has its cart, and the address, for itself (`carts.lock`).
    """
    draft = order.draft
    if not rows:
        wait = await _wait(session, users.normalised(draft.email), order.most, context)
        raise TooManyOrders(retry_after=wait)
    order.view.number = str(rows[0][0])
    if any(line.gift_card for line in draft.lines):
        await due.note(session, draft.id)
    if draft.tenders:
        await credit_holds.take(session, draft.id, draft.tenders, context)
        await credit_telling.tell_spent(session, draft.tenders, context)
    return order.view


def _bookings(draft: OrderDraft, payment: OrderPayment | None) -> list[Booking]:
    """Book the sale, and what was captured for it already."""
    booked = [entries_of.sale(draft.id, taxed_amounts.of_draft(draft), draft.tax_country)]
    for tender in draft.tenders:
        part, provider = tender.amount, tender.kind.value
        captured = entries_of.capture(tender.payment_id, provider, part, part, tender.account_id)
        booked.append(captured)
    if payment is not None and payment.captured:
        taken = payment.captured
        booked.append(entries_of.capture(payment.payment_id, payment.provider, taken, taken))
    return booked


async def _wait(session: Session, email_key: str, most: int | None, context: Context) -> int:
    """Give the seconds until there may be another order of an address."""
    row = await _NEXT.row(session, email_key=email_key, most=most, now=context.asked_at)
    return max(1, ceil((row[0] - context.asked_at).total_seconds())) if row else 1


def _view(draft: OrderDraft, payment: OrderPayment | None, now: datetime) -> OrderView:
    taken = draft.credited + (payment.captured if payment else 0)
    return OrderView(
        id=draft.id,
        number="",
        version=1,
        status=OrderStatus.OPEN,
        payment_status=_status(draft, payment),
        captured=taken,
        refunded=0,
        outstanding=draft.totals.total - taken,
        fulfilment_status=FulfilmentStatus.UNFULFILLED,
        currency=draft.currency,
        email=draft.email,
        lines=draft.lines,
        totals=draft.totals,
        shipping_address=draft.shipping_address,
        billing_address=draft.billing_address,
        vat_number=draft.vat_number or UNSET,
        vat_check=draft.vat_check or UNSET,
        shipping_option=draft.shipping_option,
        payment_provider=draft.payment_provider,
        placed_at=now,
        coupons=draft.coupons,
        payment_due_at=_due(draft, payment, now),
        credits=[
            OrderCredit(
                type=tender.kind, amount=tender.amount, last_characters=tender.last_characters
            )
            for tender in draft.tenders
        ],
    )


def _status(draft: OrderDraft, payment: OrderPayment | None) -> PaymentStatus:
    """Say how far an order is paid as it is placed; a payment is for all that is due."""
    if payment is not None:
        return payment.status
    if not draft.credited and draft.payment_provider != NO_PROVIDER:
        return PaymentStatus.PENDING
    return PaymentStatus.PARTIALLY_PAID if draft.amount_due else PaymentStatus.PAID


def _due(draft: OrderDraft, payment: OrderPayment | None, now: datetime) -> datetime | UnsetType:
    """Say when an order that is placed now has to be paid."""
    days = channels.current().payment_days
    if (
        payment is not None
        or days is None
        or not draft.has_due_date
        or _status(draft, None) is PaymentStatus.PAID
    ):
        return UNSET
    return now + timedelta(days=days)


class TooManyOrders(TooMany):
    """Many unpaid orders were placed with this e-mail address; pay one, or wait a little."""
