"""Which promotions apply to a cart. Pure, apart from the SQL expressions for reading a cart."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from trastienda.database.models.promotions.promotion import PromotionKind, Trigger
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.pricing.pricing import PromotionToApply, Tier
from trastienda.schemas.promotions.of_carts import (
    AssessedPromotion,
    CartCouponRow,
    PromotionRow,
    Purchase,
    TierRow,
)
from trastienda.services.pricing.rounding import WHOLE, rate
from trastienda.services.promotions import conditions
from trastienda.services.promotions.statements import GIFT_SKU_SQL, audience_sql
from trastienda.services.shared.periods import in_force_sql

_CODES_SQL = """
    FROM cart_coupons JOIN coupons ON coupons.id = cart_coupons.coupon_id
    WHERE cart_coupons.cart_id = carts.id
"""
# In a shop without promotions, only the first two look-ups are made.
SQL = f"""
    CASE WHEN EXISTS (
            SELECT FROM promotions
            WHERE promotions.active AND promotions.trigger = '{Trigger.AUTOMATIC}')
        OR EXISTS (SELECT FROM cart_coupons WHERE cart_coupons.cart_id = carts.id)
    THEN json_build_object(
        'time_zone', channels.time_zone,
        'coupons', coalesce((
            SELECT json_agg(json_build_object(
                'id', coupons.id, 'code', coupons.code, 'promotion_id', coupons.promotion_id,
                'active', coupons.active, 'usage_limit', coupons.usage_limit,
                'uses', coupons.uses) ORDER BY cart_coupons.created_at, coupons.id)
            {_CODES_SQL}), '[]'),
        'promotions', coalesce((
            SELECT json_agg(to_jsonb(promotions) || jsonb_build_object(
                'gift_sku', {GIFT_SKU_SQL}, {audience_sql("carts")}) ORDER BY promotions.id)
            FROM promotions WHERE promotions.id IN (
                SELECT id FROM promotions AS automatic
                WHERE automatic.active AND automatic.trigger = '{Trigger.AUTOMATIC}'
                    AND {in_force_sql("automatic")}
                UNION SELECT coupons.promotion_id {_CODES_SQL})), '[]'))
    ELSE '{{}}'::json END
"""
"""The promotions and coupons that may apply to a cart, as a `PromotionsRow`.

It lacks the customer's uses, which `promotion_uses.by_customer` adds.
"""
NONE_SQL, NO_CATEGORIES_SQL = "'{}'::json", "'{}'::uuid[]"
NONE_DO_SQL = "NOT EXISTS (SELECT FROM promotions)"
"""Whether the shop has no promotions; then the two expressions above can be used."""
CATEGORIES_SQL = f"""
    CASE WHEN EXISTS (
            SELECT FROM promotions
            WHERE promotions.active AND promotions.trigger = '{Trigger.AUTOMATIC}'
                AND promotions.category_ids <> '{{}}')
        OR EXISTS (
            SELECT FROM promotions WHERE promotions.category_ids <> '{{}}'
                AND promotions.id IN (SELECT coupons.promotion_id {_CODES_SQL}))
    THEN coalesce((
        SELECT cards.category_ids FROM cards WHERE cards.locale = %(locale)s
            AND cards.currency = carts.currency AND cards.product_id = products.id), '{{}}')
    ELSE '{{}}'::uuid[] END
"""
"""The categories of a line's product with all their parents, if a promotion needs them."""


def assess(cart: CartRow, now: datetime) -> list[AssessedPromotion]:
    """Return each promotion read with a cart, in the order of ids, with how it applies `now`."""
    if not cart.offers.promotions:
        return []
    codes = _usable_codes(cart)
    return [_assessed(offer, codes.get(offer.id), cart, now) for offer in cart.offers.promotions]


def _assessed(
    offer: PromotionRow, coupon: CartCouponRow | None, cart: CartRow, now: datetime
) -> AssessedPromotion:
    refusal = conditions.unmet(offer, cart, now)
    applies = refusal is None and (coupon is not None or offer.trigger is Trigger.AUTOMATIC)
    return AssessedPromotion(
        offer=offer, coupon=coupon, refusal=refusal, rule=rule(offer, cart) if applies else None
    )


def _usable_codes(cart: CartRow) -> dict[UUID, CartCouponRow]:
    """Return the first usable coupon in the cart of each promotion, by promotion."""
    coupons: dict[UUID, CartCouponRow] = {}
    for coupon in cart.offers.coupons:
        if conditions.unusable(coupon) is None:
            coupons.setdefault(coupon.promotion_id, coupon)
    return coupons


def line_refs(offer: PromotionRow, purchase: Purchase) -> frozenset[str] | None:
    """Return the indexes of the lines a promotion applies to; None if it applies to all."""
    if not (offer.product_ids or offer.category_ids or offer.variant_ids):
        return None
    return frozenset(
        str(index)
        for index, line in enumerate(purchase.lines)
        if line.product_id in offer.product_ids
        or line.variant_id in offer.variant_ids
        or not offer.category_ids.isdisjoint(line.category_ids)
    )


def gift_refs(offer: PromotionRow, purchase: Purchase) -> frozenset[str]:
    """Return the indexes of the lines with a promotion's gift."""
    return frozenset(
        str(index)
        for index, line in enumerate(purchase.lines)
        if line.variant_id is not None and line.variant_id == offer.gift_variant_id
    )


def rule(offer: PromotionRow, purchase: Purchase) -> PromotionToApply | None:
    """Return a promotion as pricing applies it to these lines; None if it applies to none."""
    refs, gifts = line_refs(offer, purchase), frozenset[str]()
    if offer.kind is PromotionKind.FREE_GIFT:
        gifts = gift_refs(offer, purchase)
        refs = refs if refs is None else refs - gifts
        if not gifts:
            return None
    if refs is not None and not refs:
        return None
    free = WHOLE if offer.kind is PromotionKind.BUY_X_GET_Y else 0
    return PromotionToApply(
        id=str(offer.id),
        name=offer.name,
        kind=offer.kind,
        percent=free if offer.percent is None else rate(offer.percent),
        amount=offer.amounts.get(purchase.currency, 0),
        buy=offer.buy or 0,
        get=offer.gift_quantity if gifts else offer.get or 0,
        refs=refs or frozenset(),
        gifts=gifts,
        tiers=tuple(_tiers(offer.tiers, purchase.currency)),
        min_subtotal=offer.min_subtotals.get(purchase.currency, 0),
        min_quantity=offer.min_quantity,
        max_quantity=offer.max_quantity,
        max_discount=offer.max_discounts.get(purchase.currency),
        priority=offer.priority,
        exclusive=offer.exclusive,
        stack_group=offer.stack_group or "",
    )


def _tiers(rows: list[TierRow], currency: str) -> Iterator[Tier]:
    for row in rows:
        if conditions.has_value(row, currency):
            yield Tier(
                min_subtotal=row.min_subtotals.get(currency, 0),
                min_quantity=row.min_quantity or 0,
                percent=rate(row.percent or Decimal()),
                amount=row.amounts.get(currency, 0),
            )
