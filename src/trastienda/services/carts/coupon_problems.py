"""Why coupons in a cart reduce nothing. Pure."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict, ShopError
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.pricing.pricing import Priced
from trastienda.schemas.promotions.of_carts import (
    AssessedPromotion,
    CartCouponRow,
    PromotionRow,
    PromotionUsed,
)
from trastienda.schemas.shared.problem import CartProblem
from trastienda.services.promotions import conditions as promotion_conditions
from trastienda.services.promotions import of_carts as cart_promotions
from trastienda.titles import kind, title

_OF_SHIPPING = {PromotionKind.SHIPPING_FIXED, PromotionKind.SHIPPING_PERCENT}


def problems(
    cart: CartRow, promotions: list[AssessedPromotion], priced: Priced, locale: Locale
) -> list[CartProblem]:
    """Return a problem for each coupon that reduces nothing; like others, they prevent an order."""
    if not cart.offers.coupons:
        return []
    assessed, applied = {it.offer.id: it for it in promotions}, _applied(priced)
    found: list[CartProblem] = []
    for coupon in cart.offers.coupons:
        promotion = assessed[coupon.promotion_id]
        error = promotion_conditions.unusable(coupon) or promotion.refusal
        if error is None and promotion.coupon is not coupon:
            error = CouponNotCombined
        elif error is None and str(promotion.offer.id) not in applied:
            error = _reason(promotion.offer, cart, priced)
        if error is not None:
            sku = promotion.offer.gift_sku if error is CouponGiftMissing else None
            found.append(_problem(error, coupon, locale, sku))
    return found


def used(promotions: list[AssessedPromotion], priced: Priced) -> list[PromotionUsed]:
    """Return the stored promotions that reduce something, in the order of their ids."""
    applied = _applied(priced)
    return [_used(it.offer.id, it.coupon) for it in promotions if str(it.offer.id) in applied]


def _used(promotion_id: UUID, coupon: CartCouponRow | None) -> PromotionUsed:
    if coupon is None:
        return PromotionUsed(promotion_id)
    return PromotionUsed(promotion_id, coupon.id, coupon.code)


def _applied(priced: Priced) -> set[str]:
    return {it.id for it in priced.taken}


def _reason(offer: PromotionRow, cart: CartRow, priced: Priced) -> type[ShopError] | None:
    """Return why a promotion that may apply reduces nothing.

    Return None for an empty cart, or one without shipping, which are problems of their own.
    """
    if not cart.lines or (offer.kind in _OF_SHIPPING and cart.shipping is None):
        return None
    if offer.kind is PromotionKind.FREE_GIFT and not cart_promotions.gift_refs(offer, cart):
        return CouponGiftMissing
    indexes = _qualifying_lines(offer, cart)
    if not indexes:
        return CouponForOtherGoods
    return _unmet_minimum(offer, cart, priced, indexes) or CouponTakesNothing


def _qualifying_lines(offer: PromotionRow, cart: CartRow) -> list[int]:
    """Return the indexes of the lines whose subtotals and quantities count for its conditions."""
    refs = cart_promotions.line_refs(offer, cart)
    gifts = frozenset[str]()
    if offer.kind is PromotionKind.FREE_GIFT:
        gifts = cart_promotions.gift_refs(offer, cart)
    return [
        index
        for index in range(len(cart.lines))
        if str(index) not in gifts and (refs is None or str(index) in refs)
    ]


def _unmet_minimum(
    offer: PromotionRow, cart: CartRow, priced: Priced, indexes: list[int]
) -> type[ShopError] | None:
    lines = [priced.lines[index] for index in indexes]
    least = offer.min_subtotals.get(cart.currency, 0)
    if sum(line.subtotal for line in lines) < least:
        return CouponMinimumNotReached
    if sum(cart.lines[index].quantity for index in indexes) < offer.min_quantity:
        return CouponQuantityNotReached
    if _excluded(offer, cart, priced):
        return CouponNotCombined
    left = sum(line.subtotal - line.discount for line in lines)
    return CouponMinimumNotReached if left < least else None


def _excluded(offer: PromotionRow, cart: CartRow, priced: Priced) -> bool:
    applied = _applied(priced)
    others = [it for it in cart.offers.promotions if str(it.id) in applied]
    return any(
        it.exclusive or (offer.stack_group and it.stack_group == offer.stack_group) for it in others
    )


def _problem(
    error: type[ShopError], coupon: CartCouponRow, locale: Locale, sku: str | None
) -> CartProblem:
    return CartProblem(
        type=kind(error),
        title=title(error, locale),
        sku=sku or UNSET,
        coupon=coupon.code,
    )


class CouponMinimumNotReached(Conflict):
    """The cart has not reached the minimum for this code."""


class CouponQuantityNotReached(Conflict):
    """There are too few units in the cart for this code."""


class CouponForOtherGoods(Conflict):
    """There is nothing in the cart that this code is for."""


class CouponGiftMissing(Conflict):
    """Put the gift of this code into the cart to get it free."""


class CouponNotCombined(Conflict):
    """This code cannot be combined with another promotion that acts in this cart."""


class CouponTakesNothing(Conflict):
    """This code takes nothing off this cart."""
