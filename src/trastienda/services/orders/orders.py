"""Orders, read as they were written."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy.orm import selectinload

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.orders.order import (
    WITH_CREDIT,
    FulfilmentStatus,
    Order,
    OrderChanged,
    OrderNotFound,
    OrderStatus,
)
from trastienda.schemas.orders.order import OrderView
from trastienda.services.orders.access import OWNED, opens
from trastienda.services.orders.fulfilments import OF_ORDER_SQL
from trastienda.services.shared.records import Records

_RETURNS_SQL = """coalesce((
    SELECT json_agg(json_build_object(
        'id', returns.id, 'number', orders.number || '-R' || returns.number,
        'status', returns.status, 'asked_at', returns.asked_at, 'lines', (
            SELECT json_agg(json_build_object(
                'line_id', inside.line_id, 'quantity', inside.quantity, 'received_quantity',
                inside.restocked_quantity + inside.written_off_quantity)
                ORDER BY inside.position, inside.line_id)
            FROM return_lines AS inside WHERE inside.return_id = returns.id))
        ORDER BY returns.number)
    FROM returns WHERE returns.order_id = orders.id), '[]')"""
_READ_SQL = f"""
    SELECT json_build_object(
        'id', orders.id, 'number', orders.number::text, 'version', orders.version,
        'status', orders.status, 'payment_status', orders.payment_status,
        'fulfilment_status', orders.fulfilment_status, 'currency', orders.currency,
        'email', orders.email, 'payment_provider', orders.payment_provider,
        'placed_at', orders.placed_at,
        'captured', orders.captured, 'refunded', orders.refunded,
        'outstanding', CASE orders.status WHEN '{OrderStatus.OPEN}' THEN greatest(
            orders.total - orders.captured + orders.excess_refunded, 0) ELSE 0 END,
        'payment_due_at', orders.payment_due_at, 'cancel_reason', orders.cancel_reason,
        'shipping_address', orders.shipping_address, 'billing_address', orders.billing_address,
        'vat_number', orders.vat_number, 'vat_check', orders.vat_check,
        'shipping_option', orders.shipping_option, 'coupons', orders.coupons,
        'credits', coalesce(orders.credits, '[]'),
        'tags', orders.tags,
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
                'fulfilled_quantity', fulfilled_quantity, 'removed_quantity', removed_quantity,
                'returned_quantity', returned_quantity, 'custom', custom, 'gift_card', gift_card)
                ORDER BY position)
            FROM order_lines WHERE order_lines.order_id = orders.id),
        'fulfilments', {OF_ORDER_SQL}, 'returns', {_RETURNS_SQL},
        'exchange_for', (
            SELECT json_build_object('order_id', back.order_id, 'return_id', back.id,
                'number', before.number || '-R' || back.number)
            FROM returns AS back JOIN orders AS before ON before.id = back.order_id
            WHERE back.exchange_order_id = orders.id))::text
    FROM orders
"""
_OF_CART = prepared(f"{_READ_SQL} WHERE orders.cart_id = %(cart)s")
_BY_ID = prepared(f"{_READ_SQL} WHERE orders.id = %(order)s")
_OF_CUSTOMER = prepared(
    f"{_READ_SQL} WHERE orders.id = %(order)s AND (({OWNED[0]}) OR ({OWNED[1]}))"
)
_views = msgspec.json.Decoder(OrderView)


def snapshot(order: OrderView, locale: str) -> dict[str, Any]:
    """Give what events tell of an order: all of it, and the language to talk about it in."""
    return {**msgspec.to_builtins(order), "tags": order.tags or [], "locale": locale}


class Reader(NamedTuple):
    """Who asks for an order: somebody with an account, or with a token of it."""

    order_id: UUID
    user_id: UUID | None
    token: str | None
    to_staff: bool = False
    """Whether they are staff, who may try a provider in test mode."""


async def readable(session: Reading, reader: Reader, now: datetime) -> OrderView:
    """Read an order as its buyer sees it: by its token, or as one's own.

    Raise OrderNotFound, or OrderLinkExpired for an old token.
    """
    if opens(reader.token, reader.order_id, now):
        return await for_buyer(session, reader.order_id)
    if reader.user_id is None:
        raise OrderNotFound
    return await of_customer(session, reader.order_id, reader.user_id)


async def of_cart(session: Reading, cart_id: str | None) -> OrderView:
    """Return the order a cart has become. Raise OrderNotFound."""
    return _without_tags(_decoded(await _OF_CART.document(session, cart=cart_id)))


async def by_id(session: Reading, order_id: UUID) -> OrderView:
    """Read an order as staff see it. Raise OrderNotFound."""
    return _decoded(await _BY_ID.document(session, order=order_id))


async def for_buyer(session: Reading, order_id: UUID) -> OrderView:
    """Read an order as the holder of its token sees it. Raise OrderNotFound."""
    return _without_tags(await by_id(session, order_id))


async def of_customer(session: Reading, order_id: UUID, customer_id: UUID) -> OrderView:
    """Read an order that `order_access.OWNED` gives to an account. Raise OrderNotFound."""
    names = {"order": order_id, "owner": customer_id}
    return _without_tags(_decoded(await _OF_CUSTOMER.document(session, **names)))


def _without_tags(view: OrderView) -> OrderView:
    view.tags = UNSET
    return view


def _decoded(document: bytes | None) -> OrderView:
    if document is None:
        raise OrderNotFound
    view = _views.decode(document)
    for line in view.lines:
        line.gift_card = line.gift_card or UNSET
    view.vat_number = view.vat_number or UNSET
    view.vat_check = view.vat_check or UNSET
    view.cancel_reason = view.cancel_reason or UNSET
    view.exchange_for = view.exchange_for or UNSET
    for line in view.lines:
        line.custom = line.custom or UNSET
    view.payment_due_at = (view.payment_due_at if _expires(view) else None) or UNSET
    return view


def _expires(view: OrderView) -> bool:
    credited = sum(credit.amount for credit in view.credits)
    waits = view.status is OrderStatus.OPEN and view.payment_status in WITH_CREDIT
    return (
        waits
        and view.captured <= credited
        and view.fulfilment_status is FulfilmentStatus.UNFULFILLED
    )


async def hold(session: Session, order_id: UUID) -> Order:
    """Lock an order that a payment names. Raise OrderNotFound."""
    order = await session.orm.get(
        Order, order_id, options=[selectinload(Order.lines)], with_for_update={"of": Order}
    )
    if order is None:
        raise OrderNotFound
    return order


_RECORDS = Records(
    Order, missing=OrderNotFound, changed=OrderChanged, whole=(selectinload(Order.lines),)
)
claim = _RECORDS.claim
