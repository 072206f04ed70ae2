"""Which promotions a cart may use. Pure, but for the expressions that reading a cart asks for."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from trastienda.database.models.promotion import PromotionKind, Trigger
from trastienda.schemas.cart import CartRow
from trastienda.schemas.cart_promotions import Bought, CartCouponRow, OfferRow, TierRow
from trastienda.schemas.pricing import PromotionToApply, Tier
from trastienda.services import promotion_conditions
from trastienda.services.pricing.rounding import WHOLE, rate

_CODES_SQL = """
    FROM cart_coupons JOIN coupons ON coupons.id = cart_coupons.coupon_id
    WHERE cart_coupons.cart_id = carts.id
"""
_BEFORE_SQL = "SELECT FROM orders WHERE orders.status <> 'cancelled' AND"
# The first two look-ups are all that this costs a shop without promotions.
SQL = f"""
    CASE WHEN EXISTS (
            SELECT FROM promotions WHERE promotions.active AND promotions.trigger = 'automatic')
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
                'gift_sku', (
                    SELECT sku FROM variants WHERE variants.id = promotions.gift_variant_id),
                'in_channel', promotions.channel_ids = '{{}}'
                    OR carts.channel_id = ANY (promotions.channel_ids),
                'in_group', promotions.customer_group_ids = '{{}}' OR EXISTS (
                    SELECT FROM customer_group_members AS members
                    WHERE members.user_id = carts.customer_id
                        AND members.customer_group_id = ANY (promotions.customer_group_ids)),
                'first_allowed', CASE WHEN promotions.first_order THEN NOT (
                    EXISTS ({_BEFORE_SQL} orders.customer_id = carts.customer_id)
                    OR EXISTS ({_BEFORE_SQL} orders.email_key = carts.email_key))
                    ELSE true END) ORDER BY promotions.id)
            FROM promotions WHERE promotions.id IN (
                SELECT id FROM promotions AS automatic
                WHERE automatic.active AND automatic.trigger = 'automatic'
                    AND (automatic.starts_at IS NULL OR automatic.starts_at <= %(now)s)
                    AND (automatic.ends_at IS NULL OR automatic.ends_at > %(now)s)
                UNION SELECT coupons.promotion_id {_CODES_SQL})), '[]'))
    ELSE '{{}}'::json END
"""
"""All that may apply to the cart, by code or by itself: an `OffersRow`.

How often its customer has used each is not in it: `promotion_uses.by_customer`.
"""
NONE_SQL, NO_CATEGORIES_SQL = "'{}'::json", "'{}'::uuid[]"
NONE_DO_SQL = "NOT EXISTS (SELECT FROM promotions)"
"""Whether the shop has no promotions, so that these two say it all."""
CATEGORIES_SQL = f"""
    CASE WHEN EXISTS (
            SELECT FROM promotions WHERE promotions.active
                AND promotions.trigger = 'automatic' AND promotions.category_ids <> '{{}}')
        OR EXISTS (
            SELECT FROM promotions WHERE promotions.category_ids <> '{{}}'
                AND promotions.id IN (SELECT coupons.promotion_id {_CODES_SQL}))
    THEN coalesce((
        SELECT cards.category_ids FROM cards WHERE cards.locale = %(locale)s
            AND cards.currency = carts.currency AND cards.product_id = products.id), '{{}}')
    ELSE '{{}}'::uuid[] END
"""
"""The categories of a line's product with all they stand in, if anything asks for them."""


def to_apply(cart: CartRow, now: datetime) -> list[PromotionToApply]:
    """Return those that customer, channel and time allow, in order of their ids."""
    if not cart.offers.promotions:
        return []
    codes = serving(cart)
    return [
        applied
        for offer in cart.offers.promotions
        if offer.trigger is Trigger.AUTOMATIC or offer.id in codes
        if promotion_conditions.unmet(offer, cart, now) is None
        if (applied := rule(offer, cart)) is not None
    ]


def serving(cart: CartRow) -> dict[UUID, CartCouponRow]:
    """Return, for each promotion that has a usable code in the cart, the first such code."""
    found: dict[UUID, CartCouponRow] = {}
    for coupon in cart.offers.coupons:
        if promotion_conditions.spent(coupon) is None:
            found.setdefault(coupon.promotion_id, coupon)
    return found


def places(offer: OfferRow, bought: Bought) -> frozenset[str] | None:
    """Return the places of the lines it is about, None when it is about everything."""
    if not (offer.product_ids or offer.category_ids or offer.variant_ids):
        return None
    return frozenset(
        str(place)
        for place, line in enumerate(bought.lines)
        if line.product_id in offer.product_ids
        or line.variant_id in offer.variant_ids
        or not offer.category_ids.isdisjoint(line.category_ids)
    )


def gifts(offer: OfferRow, bought: Bought) -> frozenset[str]:
    """Return the place of its gift, if the buyer has put it into the cart."""
    return frozenset(
        str(place)
        for place, line in enumerate(bought.lines)
        if line.variant_id == offer.gift_variant_id
    )


def rule(offer: OfferRow, bought: Bought) -> PromotionToApply | None:
    """Return what a promotion means for these lines; None when it means nothing to them."""
    about, given = places(offer, bought), frozenset[str]()
    if offer.kind is PromotionKind.FREE_GIFT:
        given = gifts(offer, bought)
        about = about if about is None else about - given
        if not given:
            return None
    if about is not None and not about:
        return None
    free = WHOLE if offer.kind is PromotionKind.BUY_X_GET_Y else 0
    return PromotionToApply(
        id=str(offer.id),
        name=offer.name,
        kind=offer.kind,
        percent=free if offer.percent is None else rate(offer.percent),
        amount=offer.amounts.get(bought.currency, 0),
        buy=offer.buy or 0,
        get=offer.gift_quantity if given else offer.get or 0,
        refs=about or frozenset(),
        gifts=given,
        tiers=tuple(_tiers(offer.tiers, bought.currency)),
        min_subtotal=offer.min_subtotals.get(bought.currency, 0),
        min_quantity=offer.min_quantity,
        max_quantity=offer.max_quantity,
        max_discount=offer.max_discounts.get(bought.currency),
        priority=offer.priority,
        exclusive=offer.exclusive,
        stack_group=offer.stack_group or "",
    )


def _tiers(rows: list[TierRow], currency: str) -> Iterator[Tier]:
    for row in rows:
        if promotion_conditions.has_value(row, currency):
            yield Tier(
                min_subtotal=row.min_subtotals.get(currency, 0),
                min_quantity=row.min_quantity or 0,
                percent=rate(row.percent or Decimal()),
                amount=row.amounts.get(currency, 0),
            )
