"""Why a code in a cart does not do what it was put in for. Pure."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.models.promotion import PromotionKind
from trastienda.errors import Conflict, ShopError
from trastienda.schemas.cart import CartRow
from trastienda.schemas.cart_promotions import CartCouponRow, OfferRow, PromotionUsed
from trastienda.schemas.problem import CartProblem
from trastienda.schemas.terms import Terms
from trastienda.services import cart_promotions, promotion_conditions
from trastienda.services.cart_pricing import Costs
from trastienda.titles import kind, title

_OF_SHIPPING = {PromotionKind.SHIPPING_FIXED, PromotionKind.SHIPPING_PERCENT}


def found(cart: CartRow, cost: Costs, terms: Terms) -> list[CartProblem]:
    """Name each code that takes nothing, with the reason; they stand in the way like the others."""
    if not cart.offers.coupons:
        return []
    offers = {offer.id: offer for offer in cart.offers.promotions}
    first, taken = cart_promotions.serving(cart), _taken(cost)
    problems: list[CartProblem] = []
    for coupon in cart.offers.coupons:
        offer = offers[coupon.promotion_id]
        error = promotion_conditions.spent(coupon)
        error = error or promotion_conditions.unmet(offer, cart, terms.asked_at)
        if error is None and first[offer.id] is not coupon:
            error = CouponNotCombined
        elif error is None and str(offer.id) not in taken:
            error = _idle(offer, cart, cost)
        if error is not None:
            sku = offer.gift_sku if error is CouponGiftMissing else None
            problems.append(_problem(error, coupon, terms, sku))
    return problems


def used(cart: CartRow, cost: Costs) -> list[PromotionUsed]:
    """Return which promotions on record took something, in order of their ids."""
    if not cart.offers.promotions:
        return []
    codes, taken = cart_promotions.serving(cart), _taken(cost)
    return [
        _used(offer.id, codes.get(offer.id))
        for offer in cart.offers.promotions
        if str(offer.id) in taken
    ]


def _used(promotion_id: UUID, coupon: CartCouponRow | None) -> PromotionUsed:
    if coupon is None:
        return PromotionUsed(promotion_id)
    return PromotionUsed(promotion_id, coupon.id, coupon.code)


def _taken(cost: Costs) -> set[str]:
    return {it.id for it in cost.priced.taken}


def _idle(offer: OfferRow, cart: CartRow, cost: Costs) -> type[ShopError] | None:
    """Say why a promotion that may act takes nothing; None while the cart lacks what it is for."""
    if not cart.lines or (offer.kind in _OF_SHIPPING and cart.shipping is None):
        return None  # an empty cart, or one without shipping, says so itself
    if offer.kind is PromotionKind.FREE_GIFT and not cart_promotions.gifts(offer, cart):
        return CouponGiftMissing
    chosen = _chosen(offer, cart)
    if not chosen:
        return CouponForOtherGoods
    return _short(offer, cart, cost, chosen) or CouponTakesNothing


def _chosen(offer: OfferRow, cart: CartRow) -> list[int]:
    """Return the places of the lines whose subtotal and quantity count."""
    about = cart_promotions.places(offer, cart)
    places = [str(place) for place in range(len(cart.lines))]
    given = frozenset[str]()
    if offer.kind is PromotionKind.FREE_GIFT:
        given = cart_promotions.gifts(offer, cart)
    return [int(it) for it in places if it not in given and (about is None or it in about)]


def _short(
    offer: OfferRow, cart: CartRow, cost: Costs, chosen: list[int]
) -> type[ShopError] | None:
    lines = [cost.priced.lines[place] for place in chosen]
    least = offer.min_subtotals.get(cart.currency, 0)
    if sum(line.subtotal for line in lines) < least:
        return CouponMinimumNotReached
    if sum(cart.lines[place].quantity for place in chosen) < offer.min_quantity:
        return CouponQuantityNotReached
    if _excluded(offer, cart, cost):
        return CouponNotCombined
    left = sum(line.subtotal - line.discount for line in lines)
    return CouponMinimumNotReached if left < least else None


def _excluded(offer: OfferRow, cart: CartRow, cost: Costs) -> bool:
    taken = _taken(cost)
    acting = [it for it in cart.offers.promotions if str(it.id) in taken]
    return any(
        it.exclusive or (offer.stack_group and it.stack_group == offer.stack_group) for it in acting
    )


def _problem(
    error: type[ShopError], coupon: CartCouponRow, terms: Terms, sku: str | None
) -> CartProblem:
    return CartProblem(
        type=kind(error),
        title=title(error, terms.locale),
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
