"""A promotion, tried on the orders there were, and nothing changed."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from trastienda.database.db import Reading, prepared
from trastienda.schemas.cart_promotions import OfferRow
from trastienda.schemas.simulation import PastOrder, SimulationView
from trastienda.services.promotions import PromotionNotFound
from trastienda.services.simulated_sums import Sums

MOST_ORDERS = 10_000
BATCH = 100  # orders priced between two looks at what else there is to do

_OFFER = prepared("""
    SELECT (to_jsonb(promotions) || jsonb_build_object(
        'active', true, 'trigger', 'automatic', 'starts_at', NULL, 'ends_at', NULL,
        'gift_sku', (SELECT sku FROM variants WHERE variants.id = promotions.gift_variant_id),
        'in_channel', true, 'in_group', true, 'first_allowed', true, 'uses', 0))::text
    FROM promotions WHERE id = %(promotion)s
""")
_OLDEST = prepared(f"""
    SELECT placed_at FROM orders WHERE placed_at >= %(since)s AND status <> 'cancelled'
        AND pricing IS NOT NULL
    ORDER BY placed_at DESC OFFSET {MOST_ORDERS} LIMIT 1
""")
_BEFORE_SQL = """
    SELECT FROM orders AS earlier WHERE earlier.status <> 'cancelled'
        AND (earlier.placed_at, earlier.id) < (orders.placed_at, orders.id) AND
"""
_ORDERS = prepared(f"""
    SELECT json_build_object(
        'id', orders.id, 'number', orders.number::text, 'placed_at', orders.placed_at,
        'currency', orders.currency, 'pricing', orders.pricing,
        'customer_id', orders.customer_id, 'email', orders.email,
        'offers', json_build_object('time_zone', channels.time_zone),
        'in_channel', promotions.channel_ids = '{{}}'
            OR orders.channel_id = ANY (promotions.channel_ids),
        'in_group', promotions.customer_group_ids = '{{}}' OR EXISTS (
            SELECT FROM customer_group_members AS members
            WHERE members.user_id = orders.customer_id
                AND members.customer_group_id = ANY (promotions.customer_group_ids)),
        'first_allowed', CASE WHEN promotions.first_order THEN NOT (
            EXISTS ({_BEFORE_SQL} earlier.customer_id = orders.customer_id)
            OR EXISTS ({_BEFORE_SQL} earlier.email_key = orders.email_key)) ELSE true END,
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
    WHERE orders.status <> 'cancelled' AND orders.pricing IS NOT NULL
        AND (orders.placed_at, orders.id) > (%(placed_at)s, %(id)s::uuid)
    ORDER BY orders.placed_at, orders.id LIMIT {BATCH}
""")
_offers = msgspec.json.Decoder(OfferRow)
_orders = msgspec.json.Decoder(PastOrder)


async def simulate(
    session: Reading, promotion_id: UUID, days: int, now: datetime
) -> SimulationView:
    """Price the orders of the last days with and without a promotion. Raise PromotionNotFound.

    Whatever its dates and however it is set off: as if it had been there all the time, and every
    customer had known its code. Its limits count from nothing.
    """
    document = await _OFFER.document(session, promotion=promotion_id)
    if document is None:
        raise PromotionNotFound
    since = now - timedelta(days=days)
    oldest = await _OLDEST.row(session, since=since)
    sums = Sums(_offers.decode(document))
    async for order in _past(session, promotion_id, oldest[0] if oldest else since):
        sums.count(order)
    return sums.view(days, complete=oldest is None)


async def _past(session: Reading, promotion_id: UUID, since: datetime) -> AsyncIterator[PastOrder]:
    """Yield the orders since then, the oldest first, a batch at a time."""
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
