"""Carts that were merged into others: each is kept for a day, in which its customer can have it."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.carts.cart import CartNotFound, CartState
from trastienda.database.models.carts.set_aside import CartMerged
from trastienda.errors import ShopError
from trastienda.schemas.carts.merge import CartContent, SetAsideView
from trastienda.schemas.shared.visitor import Visitor

KEPT = timedelta(hours=24)
MOST_SHOWN = 100

_PUT = prepared("""
    INSERT INTO set_aside_carts
        (id, customer_id, merged_into, set_aside_at, cart, lines, coupons)
    SELECT carts.id, %(customer)s, %(into)s, %(now)s, to_jsonb(carts),
        coalesce((SELECT jsonb_agg(to_jsonb(cart_lines) || jsonb_build_object('sku', variants.sku)
                ORDER BY cart_lines.id)
            FROM cart_lines JOIN variants ON variants.id = cart_lines.variant_id
            WHERE cart_lines.cart_id = carts.id), '[]'),
        coalesce((SELECT jsonb_agg(to_jsonb(cart_coupons))
            FROM cart_coupons WHERE cart_coupons.cart_id = carts.id), '[]')
    FROM carts WHERE carts.id = %(cart)s
""")
_DELETE = prepared("DELETE FROM carts WHERE id = %(cart)s")
_MERGED_INTO = prepared("""
    SELECT merged_into FROM set_aside_carts WHERE id = %(cart)s AND customer_id = %(customer)s
""")
_KEPT_SQL = "customer_id = %(customer)s AND set_aside_at > %(since)s"
_OF_CUSTOMER = prepared(f"""
    SELECT id, merged_into, set_aside_at, (
        SELECT coalesce(json_agg(json_build_object(
            'sku', line -> 'sku', 'quantity', line -> 'quantity')), '[]')::text
        FROM jsonb_array_elements(lines) AS line)
    FROM set_aside_carts WHERE {_KEPT_SQL}
    ORDER BY set_aside_at DESC, id LIMIT {MOST_SHOWN}
""")
# Whatever was deleted since is left out: variants, coupons, the shipping option.
_TAKE = prepared(f"""
    WITH taken AS (
        DELETE FROM set_aside_carts WHERE id = %(cart)s AND {_KEPT_SQL} RETURNING *
    ), opened AS (
        INSERT INTO carts
        SELECT (jsonb_populate_record(NULL::carts, taken.cart || jsonb_build_object(
            'customer_id', taken.customer_id, 'state', '{CartState.OPEN}',
            'version', (taken.cart ->> 'version')::bigint + 1, 'updated_at', %(now)s::timestamptz,
            'shipping_option_id', (SELECT shipping_options.id FROM shipping_options
                WHERE shipping_options.id = (taken.cart ->> 'shipping_option_id')::uuid)))).*
        FROM taken RETURNING id
    ), lines AS (
        INSERT INTO cart_lines
        SELECT (jsonb_populate_record(NULL::cart_lines, line)).*
        FROM taken CROSS JOIN jsonb_array_elements(taken.lines) AS line
        JOIN variants ON variants.id = (line ->> 'variant_id')::uuid
    ), coupons AS (
        INSERT INTO cart_coupons
        SELECT (jsonb_populate_record(NULL::cart_coupons, coupon)).*
        FROM taken CROSS JOIN jsonb_array_elements(taken.coupons) AS coupon
        JOIN coupons ON coupons.id = (coupon ->> 'coupon_id')::uuid
    )
    SELECT id FROM opened
""")
_SWEEP = prepared("""
    DELETE FROM set_aside_carts WHERE id = ANY (ARRAY(
        SELECT id FROM set_aside_carts WHERE set_aside_at < %(before)s
        ORDER BY set_aside_at LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")
_contents = msgspec.json.Decoder(list[CartContent])


async def put(session: Session, cart_id: str, into: str, customer_id: UUID, now: datetime) -> None:
    """Set a locked cart aside: it is no cart any more until its customer has it back."""
    await _PUT(session, cart=cart_id, into=into, customer=customer_id, now=now)
    await _DELETE(session, cart=cart_id)


async def merged_into(session: Reading, cart_id: str, customer_id: UUID) -> str | None:
    """Return the id of the cart into which a customer's cart was merged, or None."""
    row = await _MERGED_INTO.row(session, cart=cart_id, customer=customer_id)
    return None if row is None else row[0]


async def missing(session: Reading, visitor: Visitor, cart_id: str) -> ShopError:
    """Return why a visitor finds no such cart: CartMerged for its customer, else CartNotFound."""
    if visitor.user_id is not None:
        into = await merged_into(session, cart_id, visitor.user_id)
        if into is not None:
            return CartMerged(cart=into)
    return CartNotFound()


async def of_customer(session: Reading, customer_id: UUID, now: datetime) -> list[SetAsideView]:
    """Return a customer's carts that were set aside, the last one first, at most 100."""
    rows = await _OF_CUSTOMER.rows(session, customer=customer_id, since=now - KEPT)
    return [
        SetAsideView(
            id=id_,
            merged_into=into,
            set_aside_at=at,
            kept_until=at + KEPT,
            lines=_contents.decode(lines),
        )
        for id_, into, at, lines in rows
    ]


async def take_back(session: Session, cart_id: str, customer_id: UUID, now: datetime) -> None:
    """Open a cart that was set aside again, as it was. Raise CartNotFound."""
    names = {"cart": cart_id, "customer": customer_id, "since": now - KEPT, "now": now}
    if await _TAKE.row(session, **names) is None:
        raise CartNotFound


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` carts that were set aside before a time; return how many."""
    return await _SWEEP(session, before=before, most=most)
