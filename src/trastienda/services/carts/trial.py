"""What a cart would cost now: what staff put together for a buyer is priced as in a cart of theirs.

The cart is written, read as every cart is, and deleted again, all in the caller's transaction.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from msgspec import structs
from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared
from trastienda.database.models.carts.cart import CartState, SkuUnknown
from trastienda.database.models.promotions.promotion import Trigger
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.carts.cart import CartLineRow, CartRow
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.line import CustomGoods
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import users
from trastienda.services.carts import reading
from trastienda.services.shared import addresses

_SOLD = prepared("""
    SELECT variants.sku, variants.id FROM variants
    JOIN products ON products.id = variants.product_id AND products.published
    JOIN prices ON prices.variant_id = variants.id AND prices.currency = %(currency)s
    WHERE variants.sku = ANY (%(skus)s)
""")
_GIFT_CARDS = prepared("""
    SELECT variants.sku FROM variants
    JOIN products ON products.id = variants.product_id AND products.gift_card
    WHERE variants.sku = ANY (%(skus)s)
""")
_OPEN = prepared(f"""
    WITH cart AS (
        INSERT INTO carts (id, channel_id, currency, customer_id, state, version, created_at,
            updated_at, email, email_key, shipping_address, billing_address, region_key,
            shipping_option_id, vat_number, vat_check)
        VALUES (%(cart)s, %(channel)s, %(currency)s, %(customer)s::uuid, '{CartState.OPEN}', 1,
            %(now)s, %(now)s, %(email)s, %(email_key)s, %(address)s, %(billing)s, %(region_key)s,
            (SELECT id FROM shipping_options
                WHERE id = %(option)s::uuid AND channel_id = %(channel)s),
            %(vat_number)s, %(vat_check)s)
        RETURNING id
    ), redeemed AS (
        INSERT INTO cart_coupons (cart_id, coupon_id, created_at)
        SELECT cart.id, coupons.id, %(now)s FROM cart CROSS JOIN coupons
        JOIN promotions ON promotions.id = coupons.promotion_id
        WHERE coupons.code = ANY (%(coupons)s::text[]) AND coupons.active AND promotions.active
            AND promotions.trigger = '{Trigger.COUPON}'
    )
    INSERT INTO cart_lines (id, cart_id, variant_id, quantity)
    SELECT want.id, cart.id, variants.id, want.quantity
    FROM unnest(%(ids)s::uuid[], %(variants)s::uuid[], %(quantities)s::bigint[])
        AS want (id, variant_id, quantity)
    CROSS JOIN cart JOIN variants ON variants.id = want.variant_id
""")
_CLOSE = prepared("DELETE FROM carts WHERE id = %(cart)s")


class Trial(NamedTuple):
    """Whose cart it is, and what it is to contain."""

    channel_id: UUID
    currency: str
    locale: str
    customer_id: UUID | None
    email: str
    units: Mapping[UUID, int]
    """By variant."""
    shipping_address: Address | None
    billing_address: Address | None
    option_id: UUID | None
    coupons: Sequence[str] = ()
    """As codes are compared."""
    vat_number: str | None = None
    vat_check: object = None


async def variants(session: Session, currency: str, skus: Sequence[str]) -> dict[str, UUID]:
    """Find what is for sale in a currency, by SKU. Raise SkuUnknown for the first that is not."""
    rows = await _SOLD.rows(session, currency=currency, skus=list(skus))
    found: dict[str, UUID] = dict(rows)
    for sku in skus:
        if sku not in found:
            raise SkuUnknown(sku=sku)
    return found


async def gift_cards(session: Session, skus: Sequence[str]) -> set[str]:
    """Return which of these SKUs are gift cards."""
    if not skus:
        return set()
    return {sku for (sku,) in await _GIFT_CARDS.rows(session, skus=list(skus))}


def custom_row(  # noqa: PLR0913, PLR0917 - what a line is made of
    id_: UUID, title: str, quantity: int, unit_price: int, goods: CustomGoods, sku: str
) -> CartLineRow:
    """Return a line of what is not in the shop, as a cart would have it."""
    return CartLineRow(
        id=id_,
        variant_id=None,
        product_id=None,
        sku=sku,
        name=title,
        slug="",
        options={},
        thumbnail=None,
        quantity=quantity,
        seen_price=None,
        price=unit_price,
        available=quantity,
        tax_class=goods.tax_class,
        weight_grams=None,
        longest_mm=None,
        category_ids=[],
        custom=goods,
    )


async def read(session: Session, trial: Trial, context: Context) -> CartRow:
    """Read a cart with this content. Raise QuotesWanted."""
    cart_id, address = secrets.token_urlsafe(24), trial.shipping_address
    billing, region = trial.billing_address, address.region if address else None
    await _OPEN(
        session,
        cart=cart_id,
        channel=trial.channel_id,
        currency=trial.currency,
        customer=trial.customer_id,
        email=trial.email,
        email_key=users.normalised(trial.email),
        address=Jsonb(address) if address else None,
        billing=Jsonb(billing) if billing else None,
        region_key=addresses.region_key(region) if region else None,
        option=trial.option_id,
        coupons=list(trial.coupons),
        vat_number=trial.vat_number,
        vat_check=Jsonb(trial.vat_check) if trial.vat_check else None,
        ids=[uuid7() for _ in trial.units],
        variants=list(trial.units),
        quantities=list(trial.units.values()),
        now=context.asked_at,
    )
    owner = Visitor(user_id=trial.customer_id)
    asked = structs.replace(context, locale=Locale(trial.locale))
    cart = await reading.read(session, owner, cart_id, asked)
    await _CLOSE(session, cart=cart_id)
    return cart
