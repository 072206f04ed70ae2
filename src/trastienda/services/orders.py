"""Orders: written once, read as they were written."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET
from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.order import (
    FulfilmentStatus,
    Order,
    OrderChanged,
    OrderNotFound,
    OrderStatus,
    PaymentStatus,
)
from trastienda.schemas.order import OrderDraft, OrderView
from trastienda.schemas.terms import Terms
from trastienda.services import events, users
from trastienda.services.event_types import ORDER_PLACED

_LINE_COLUMNS = """
    id uuid, sku text, name text, slug text, variant_id uuid, options jsonb, thumbnail text,
    quantity bigint, unit_price bigint, subtotal bigint, discount bigint, tax bigint,
    tax_rate numeric, total bigint
"""
_LINE_NAMES = ", ".join(column.split()[0] for column in _LINE_COLUMNS.split(","))
# The order, its lines, its event and the end of its cart: one statement, whatever is in the cart.
_PLACE = prepared(f"""
    WITH placed AS (
        INSERT INTO orders (
            id, number, cart_id, channel_id, customer_id, currency, locale, email, email_key,
            shipping_address, billing_address, shipping_option, payment_provider,
            subtotal, discount, shipping, tax, tax_included, tax_added, total,
            shipping_tax_added, pricing, vat_number, vat_check, coupons,
            placed_at, status, payment_status, fulfilment_status, version)
        VALUES (
            %(id)s, nextval('order_numbers'), %(cart_id)s, %(channel_id)s, %(customer_id)s,
            %(currency)s, %(locale)s, %(email)s, %(email_key)s,
            %(shipping_address)s, %(billing_address)s, %(shipping_option)s,
            %(payment_provider)s, %(subtotal)s, %(discount)s, %(shipping)s,
            %(tax)s, %(tax_included)s, %(tax_added)s, %(total)s,
            %(shipping_tax_added)s, %(pricing)s, %(vat_number)s, %(vat_check)s,
            %(coupons)s,
            %(now)s, 'open', %(payment_status)s, 'unfulfilled', 1)
        RETURNING id, number
    ), lines AS (
        INSERT INTO order_lines (order_id, position, fulfilled_quantity, {_LINE_NAMES})
        SELECT %(id)s, row_number() OVER (), 0, line.*
        FROM ROWS FROM (jsonb_to_recordset(%(lines)s) AS ({_LINE_COLUMNS})) AS line
    ), told AS (
        INSERT INTO events ({events.COLUMNS})
        SELECT %(event_id)s, 'order', %(id)s, 1, 'order.placed', %(schema_version)s,
            %(data)s::jsonb || jsonb_build_object('number', number::text),
            %(actor)s, %(actor_id)s::uuid, %(now)s
        FROM placed
    ), closed AS (
        UPDATE carts SET state = 'ordered', version = version + 1, updated_at = %(now)s
        WHERE id = %(cart_id)s
    )
    SELECT number FROM placed
""")
_READ_SQL = """
    SELECT json_build_object(
        'id', orders.id, 'number', orders.number::text, 'version', orders.version,
        'status', orders.status, 'payment_status', orders.payment_status,
        'fulfilment_status', orders.fulfilment_status, 'currency', orders.currency,
        'email', orders.email, 'payment_provider', orders.payment_provider,
        'placed_at', orders.placed_at,
        'shipping_address', orders.shipping_address, 'billing_address', orders.billing_address,
        'vat_number', orders.vat_number, 'vat_check', orders.vat_check,
        'shipping_option', orders.shipping_option, 'coupons', orders.coupons,
        'totals', json_build_object(
            'subtotal', orders.subtotal, 'discount', orders.discount,
            'shipping', orders.shipping, 'tax', orders.tax,
            'tax_included', orders.tax_included, 'tax_added', orders.tax_added,
            'total', orders.total),
        'lines', (
            SELECT json_agg(json_build_object(
                'id', id, 'sku', sku, 'name', name, 'slug', slug, 'variant_id', variant_id,
                'options', options, 'thumbnail', thumbnail, 'quantity', quantity,
                'unit_price', unit_price, 'subtotal', subtotal, 'discount', discount,
                'tax', tax, 'tax_rate', trim_scale(tax_rate)::text, 'total', total,
                'fulfilled_quantity', fulfilled_quantity) ORDER BY position)
            FROM order_lines WHERE order_lines.order_id = orders.id))::text
    FROM orders
"""
_OF_CART = prepared(f"{_READ_SQL} WHERE orders.cart_id = %(cart)s")
_BY_ID = prepared(f"{_READ_SQL} WHERE orders.id = %(order)s")
_OF_CUSTOMER = prepared(
    f"{_READ_SQL} WHERE orders.id = %(order)s AND orders.customer_id = %(customer)s"
)
_DOCUMENTS = (
    "shipping_address",
    "billing_address",
    "shipping_option",
    "lines",
    "pricing",
    "vat_check",
)
_views = msgspec.json.Decoder(OrderView)


async def place(
    session: Session, draft: OrderDraft, payment: PaymentStatus, terms: Terms
) -> OrderView:
    """Write the order, its event, and that its cart is one now. One statement."""
    view = _view(draft, payment, terms.asked_at)
    values: dict[str, Any] = {
        name: getattr(draft, name)
        for name in (
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
        )
    }
    for name in _DOCUMENTS:
        value = getattr(draft, name)  # no pricing: an attempt from before it was kept
        values[name] = None if value is None else Jsonb(value)
    data = Jsonb(snapshot(view, draft.locale))
    values |= msgspec.structs.asdict(draft.totals)
    values["email_key"] = users.normalised(draft.email)
    values |= {"event_id": uuid7(), "data": data, "payment_status": payment.value}
    values |= events.cause(ORDER_PLACED, terms)
    session.wake_relay()
    row = await _PLACE.row(session, **values)
    view.number = str(row[0]) if row else ""
    return view


def snapshot(order: OrderView, locale: str) -> dict[str, Any]:
    """Give what events tell of an order: all of it, and the language to talk about it in."""
    return {**msgspec.to_builtins(order), "locale": locale}


async def of_cart(session: Reading, cart_id: str) -> OrderView:
    """Return the order a cart has become. Raise OrderNotFound."""
    return _decoded(await _OF_CART.document(session, cart=cart_id))


async def by_id(session: Reading, order_id: UUID) -> OrderView:
    return _decoded(await _BY_ID.document(session, order=order_id))


async def of_customer(session: Reading, order_id: UUID, customer_id: UUID) -> OrderView:
    names = {"order": order_id, "customer": customer_id}
    return _decoded(await _OF_CUSTOMER.document(session, **names))


async def claim(session: Session, order_id: UUID, seen: int | None) -> Order:
    """Lock an order with its lines for a change. Raise OrderNotFound or OrderChanged."""
    query = (
        select(Order)
        .where(Order.id == order_id)
        .options(selectinload(Order.lines))
        .with_for_update(of=Order)
    )
    order = await session.orm.scalar(query)
    if order is None:
        raise OrderNotFound
    if seen not in {None, order.version}:
        raise OrderChanged(version=order.version)
    return order


def _decoded(document: bytes | None) -> OrderView:
    if document is None:
        raise OrderNotFound
    view = _views.decode(document)
    view.vat_number = view.vat_number or UNSET
    view.vat_check = view.vat_check or UNSET
    return view


def _view(draft: OrderDraft, payment: PaymentStatus, now: datetime) -> OrderView:
    return OrderView(
        id=draft.id,
        number="",
        version=1,
        status=OrderStatus.OPEN,
        payment_status=payment,
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
    )
