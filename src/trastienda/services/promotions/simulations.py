"""Simulation of a promotion on past orders; nothing is changed."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from trastienda.database.db import Reading, prepared
from trastienda.database.models.orders.order import OrderStatus
from trastienda.database.models.promotions.promotion import Trigger
from trastienda.schemas.promotions.of_carts import PromotionRow
from trastienda.schemas.promotions.simulation import PastOrder, SimulationView
from trastienda.services.promotions.promotions import PromotionNotFound
from trastienda.services.promotions.simulation_totals import SimulationTotals
from trastienda.services.promotions.statements import GIFT_SKU_SQL, audience_sql

MOST_ORDERS = 10_000
BATCH = 100  # orders priced before other work of the process gets its turn

_OFFER = prepared(f"""
    SELECT (to_jsonb(promotions) || jsonb_build_object(
        'active', true, 'trigger', '{Trigger.AUTOMATIC}', 'starts_at', NULL, 'ends_at', NULL,
        'gift_sku', {GIFT_SKU_SQL},
        'in_channel', true, 'in_group', true, 'first_allowed', true, 'uses', 0))::text
    FROM promotions WHERE id = %(promotion)s
""")
_OLDEST = prepared(f"""
    SELECT placed_at FROM orders
    WHERE placed_at >= %(since)s AND status <> '{OrderStatus.CANCELLED}' AND pricing IS NOT NULL
    ORDER BY placed_at DESC OFFSET {MOST_ORDERS} LIMIT 1
""")
_BEFORE_SQL = "AND (earlier.placed_at, earlier.id) < (orders.placed_at, orders.id)"
_ORDERS = prepared(f"""
    SELECT json_build_object(
        'id', orders.id, 'number', orders.number::text, 'placed_at', orders.placed_at,
        'currency', orders.currency, 'pricing', orders.pricing,
        'customer_id', orders.customer_id, 'email', orders.email,
        'offers', json_build_object('time_zone', channels.time_zone),
        {audience_sql("orders", _BEFORE_SQL)},
        'lines', (
            SELECT json_agg(json_build_array(
                variants.product_id, order_lines.variant_id, coalesce((
                    SELECT cards.category_ids FROM cards
                    WHERE cards.product_id = variants.product_id LIMIT 1), '{{}}'),
                order_lines.quantity, prices.cost) ORDER BY order_lines.position)
            FROM order_lines
            LEFT JOIN variants ON variants.id = order_lines.variant_id
            LEFT JOIN prices ON prices.variant_id = order_lines.variant_id
                AND prices.currency = orders.currency
            WHERE order_lines.order_id = orders.id))::text
    FROM orders
    JOIN channels ON channels.id = orders.channel_id
    JOIN promotions ON promotions.id = %(promotion)s
    WHERE orders.status <> '{OrderStatus.CANCELLED}' AND orders.pricing IS NOT NULL
        AND (orders.placed_at, orders.id) > (%(placed_at)s, %(id)s::uuid)
    ORDER BY orders.placed_at, orders.id LIMIT {BATCH}
""")
_offers = msgspec.json.Decoder(PromotionRow)
_orders = msgspec.json.Decoder(PastOrder)


async def simulate(
    session: Reading, promotion_id: UUID, days: int, now: datetime
) -> SimulationView:
    """Price the orders of the last `days` days without and with a promotion, and compare them.

    The promotion is treated as active and automatic for the whole time, and its limits count from
    0. Raise PromotionNotFound.
    """
    document = await _OFFER.document(session, promotion=promotion_id)
    if document is None:
        raise PromotionNotFound
    since = now - timedelta(days=days)
    oldest = await _OLDEST.row(session, since=since)
    totals = SimulationTotals(_offers.decode(document))
    async for order in _past(session, promotion_id, oldest[0] if oldest else since):
        totals.add(order)
    return totals.view(days, complete=oldest is None)


async def _past(session: Reading, promotion_id: UUID, since: datetime) -> AsyncIterator[PastOrder]:
    """Yield the orders since a time, oldest first, read in batches."""
    placed_at, last = since, UUID(int=0)
    while True:
        names = {"promotion": promotion_id, "placed_at": placed_at, "id": last}
        rows = await _ORDERS.texts(session, **names)
        for (row,) in rows:
            order = _orders.decode(row)
            yield order
            placed_at, last = order.placed_at, order.id
        if len(rows) < BATCH:
            return
