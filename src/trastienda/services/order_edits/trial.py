"""What a cart of the same buyer would cost now: what is added to an order is priced as in one.

The cart is written, read as every cart is, and deleted again, all in the caller's transaction.
"""

import secrets
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from msgspec import structs
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared
from trastienda.database.models.carts.cart import CartState, SkuUnknown
from trastienda.database.models.orders.order import Order
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import reading
from trastienda.services.shared import addresses

_SOLD = prepared("""
    SELECT variants.sku, variants.id FROM variants
    JOIN products ON products.id = variants.product_id AND products.published
    JOIN prices ON prices.variant_id = variants.id AND prices.currency = %(currency)s
    WHERE variants.sku = ANY (%(skus)s)
""")
_OPEN = prepared(f"""
    WITH cart AS (
        INSERT INTO carts (id, channel_id, currency, customer_id, state, version, created_at,
            updated_at, email, email_key, shipping_address, region_key, shipping_option_id,
            vat_number, vat_check)
        SELECT %(cart)s, channel_id, currency, customer_id, '{CartState.OPEN}', 1, %(now)s,
            %(now)s, email, email_key, %(address)s, %(region_key)s,
            (SELECT id FROM shipping_options WHERE id = %(option)s
                AND shipping_options.channel_id = orders.channel_id),
            vat_number, vat_check
        FROM orders WHERE id = %(order)s
        RETURNING id
    )
    INSERT INTO cart_lines (id, cart_id, variant_id, quantity)
    SELECT want.id, cart.id, variants.id, want.quantity
    FROM unnest(%(ids)s::uuid[], %(variants)s::uuid[], %(quantities)s::bigint[])
        AS want (id, variant_id, quantity)
    CROSS JOIN cart JOIN variants ON variants.id = want.variant_id
""")
_CLOSE = prepared("DELETE FROM carts WHERE id = %(cart)s")


class Trial(NamedTuple):
    """What the cart of a trial is to contain."""

    units: Mapping[UUID, int]
    """By variant."""
    address: Address
    option_id: UUID | None


async def variants(session: Session, currency: str, skus: list[str]) -> dict[str, UUID]:
    """Find what is for sale in a currency, by SKU. Raise SkuUnknown for the first that is not."""
    rows = await _SOLD.rows(session, currency=currency, skus=skus)
    found: dict[str, UUID] = dict(rows)
    for sku in skus:
        if sku not in found:
            raise SkuUnknown(sku=sku)
    return found


async def read(session: Session, order: Order, trial: Trial, context: Context) -> CartRow:
    """Read a cart of an order's buyer with this content. Raise QuotesWanted."""
    cart_id, region = secrets.token_urlsafe(24), trial.address.region
    await _OPEN(
        session,
        cart=cart_id,
        order=order.id,
        address=Jsonb(trial.address),
        region_key=addresses.region_key(region) if region else None,
        option=trial.option_id,
        ids=[uuid7() for _ in trial.units],
        variants=list(trial.units),
        quantities=list(trial.units.values()),
        now=context.asked_at,
    )
    owner = Visitor(user_id=order.customer_id)
    locale = structs.replace(context, locale=Locale(order.locale))
    cart = await reading.read(session, owner, cart_id, locale)
    await _CLOSE(session, cart=cart_id)
    return cart
