"""Which promotions act, in which order, and what each takes."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from trastienda.database.models.promotion import PromotionKind
from trastienda.schemas.pricing import LineToPrice, PromotionToApply, Taken
from trastienda.services.pricing.basket import Basket
from trastienda.services.pricing.rounding import WHOLE, half_up, shared_out
from trastienda.services.pricing.sets import buy_x_get_y
from trastienda.services.pricing.spreading import spread

Discounted = tuple[list[int], int, list[Taken]]


def discounted(
    lines: Sequence[LineToPrice],
    subtotals: list[int],
    shipping: int,
    promotions: Sequence[PromotionToApply],
) -> Discounted:
    """Return what is left of each line and of shipping, and what each promotion took.

    An exclusive promotion applies if it would take something alone: then it does act alone.
    """
    if not promotions:
        return subtotals, shipping, []
    queue = sorted(promotions, key=attrgetter("priority"), reverse=True)  # stable: then as listed
    for promotion in queue:
        if promotion.exclusive:
            basket = Basket(lines, subtotals, shipping)
            if taken := _act(basket, promotion):
                return basket.left, basket.shipping, [taken]
    basket = Basket(lines, subtotals, shipping)
    groups: set[str] = set()
    acted: list[Taken] = []
    for promotion in queue:
        if promotion.exclusive or promotion.stack_group in groups:
            continue
        if taken := _act(basket, promotion):
            acted.append(taken)
            if promotion.stack_group:
                groups.add(promotion.stack_group)
    return basket.left, basket.shipping, acted


def _act(basket: Basket, promotion: PromotionToApply) -> Taken | None:
    places = basket.places(promotion.refs)
    if promotion.gifts:
        places = [it for it in places if basket.lines[it].ref not in promotion.gifts]
    if not _met(basket, promotion, places):
        return None
    if promotion.kind in _FROM_SHIPPING:
        amount = _FROM_SHIPPING[promotion.kind](basket.shipping, promotion)
        freight = min(amount, basket.shipping)
        if promotion.max_discount is not None:
            freight = min(freight, promotion.max_discount)
        taken = Taken(promotion, {}, freight)
    else:
        shares = _FROM_LINES[promotion.kind](basket, promotion, places)
        taken = Taken(promotion, _capped(basket, promotion, shares))
    basket.take(taken)
    return taken if taken.shares or taken.shipping else None


def _capped(basket: Basket, promotion: PromotionToApply, shares: dict[int, int]) -> dict[int, int]:
    """Keep to the most that it may take: that is shared out in proportion to the shares."""
    whole, most = sum(shares.values()), promotion.max_discount
    if most is None or whole <= most:
        return shares
    shares = dict(sorted(shares.items()))  # sets give the cheapest first; equals go by line
    less = shared_out([most * share for share in shares.values()], whole, most)
    capped = dict(zip(shares, less, strict=True))
    if promotion.kind is PromotionKind.BUY_X_GET_Y:
        for place, share in shares.items():
            basket.given[place] -= share - capped[place]
    return {place: share for place, share in capped.items() if share}


def _met(basket: Basket, promotion: PromotionToApply, places: Sequence[int]) -> bool:
    """Say whether a promotion's conditions hold for what is left of the lines it is about."""
    if (promotion.refs or promotion.gifts) and not places:
        return False
    if sum([basket.quantities[place] for place in places]) < promotion.min_quantity:
        return False
    return sum([basket.left[place] for place in places]) >= promotion.min_subtotal


def _order_percent(
    basket: Basket, promotion: PromotionToApply, places: Sequence[int]
) -> dict[int, int]:
    left = sum([basket.left[place] for place in places])
    return spread(basket, places, half_up(promotion.percent * left, WHOLE))


def _order_fixed(
    basket: Basket, promotion: PromotionToApply, places: Sequence[int]
) -> dict[int, int]:
    return spread(basket, places, promotion.amount)


def _order_tiered(
    basket: Basket, promotion: PromotionToApply, places: Sequence[int]
) -> dict[int, int]:
    left = sum([basket.left[place] for place in places])
    units = sum([basket.quantities[place] for place in places])
    reached = [it for it in promotion.tiers if it.min_subtotal <= left and it.min_quantity <= units]
    if not reached:
        return {}
    tier = max(reached, key=attrgetter("min_subtotal", "min_quantity"))
    return spread(basket, places, tier.amount or half_up(tier.percent * left, WHOLE))


def _item_percent(
    basket: Basket, promotion: PromotionToApply, places: Sequence[int]
) -> dict[int, int]:
    def amount(place: int) -> int:
        value = promotion.percent * basket.left[place] * _units(basket, promotion, place)
        return half_up(value, WHOLE * basket.quantities[place])

    return _borne(basket, places, amount)


def _item_fixed(
    basket: Basket, promotion: PromotionToApply, places: Sequence[int]
) -> dict[int, int]:
    def amount(place: int) -> int:
        each = min(promotion.amount, basket.left[place] // basket.quantities[place])
        return each * _units(basket, promotion, place)

    return _borne(basket, places, amount)


def _fixed_price(
    basket: Basket, promotion: PromotionToApply, places: Sequence[int]
) -> dict[int, int]:
    def amount(place: int) -> int:
        units = _units(basket, promotion, place)
        part = half_up(basket.left[place] * units, basket.quantities[place])
        return part - promotion.amount * units

    return _borne(basket, places, amount)


def _free_gift(basket: Basket, promotion: PromotionToApply, _: Sequence[int]) -> dict[int, int]:
    units = promotion.get
    shares = {}
    for place in basket.places(promotion.gifts):
        quantity = basket.quantities[place]
        some = min(units, quantity)
        units -= some
        if share := basket.borne(place, half_up(basket.left[place] * some, quantity)):
            shares[place] = share
    return shares


def _units(basket: Basket, promotion: PromotionToApply, place: int) -> int:
    """Return how many units of a line the promotion is about."""
    quantity, most = basket.quantities[place], promotion.max_quantity
    return quantity if most is None else min(quantity, most)


def _borne(basket: Basket, places: Sequence[int], amount: Callable[[int], int]) -> dict[int, int]:
    shares = {place: basket.borne(place, amount(place)) for place in places}
    return {place: share for place, share in shares.items() if share}


def _cheapest_unit(
    basket: Basket, promotion: PromotionToApply, places: Sequence[int]
) -> dict[int, int]:
    units = [(basket.left[place] // basket.quantities[place], place) for place in places]
    price, place = min((it for it in units if it[0]), default=(0, 0))
    amount = promotion.amount or half_up(promotion.percent * price, WHOLE)
    share = basket.borne(place, min(amount, price)) if price else 0
    return {place: share} if share else {}


_FROM_LINES: dict[
    PromotionKind, Callable[[Basket, PromotionToApply, Sequence[int]], dict[int, int]]
] = {
    PromotionKind.ORDER_FIXED: _order_fixed,
    PromotionKind.ORDER_PERCENT: _order_percent,
    PromotionKind.ORDER_TIERED: _order_tiered,
    PromotionKind.ITEM_FIXED: _item_fixed,
    PromotionKind.ITEM_PERCENT: _item_percent,
    PromotionKind.CHEAPEST_UNIT: _cheapest_unit,
    PromotionKind.FIXED_PRICE: _fixed_price,
    PromotionKind.FREE_GIFT: _free_gift,
    PromotionKind.BUY_X_GET_Y: buy_x_get_y,
}
_FROM_SHIPPING: dict[PromotionKind, Callable[[int, PromotionToApply], int]] = {
    PromotionKind.SHIPPING_FIXED: lambda _, promotion: promotion.amount,
    PromotionKind.SHIPPING_PERCENT: lambda left, promotion: half_up(
        promotion.percent * left, WHOLE
    ),
}
