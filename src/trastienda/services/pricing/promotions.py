"""Which promotions apply, in which order, and the discount of each."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter

from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.pricing.pricing import LineToPrice, PromotionToApply, Taken
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
    """Return the remaining amount of each line and of shipping, and the applied promotions.

    If an exclusive promotion would reduce anything on its own, it is the only one applied, beside
    what staff granted: their discounts come last, in their order.
    """
    if not promotions:
        return subtotals, shipping, []
    offered = [it for it in promotions if not it.by_staff]
    queue = sorted(offered, key=attrgetter("priority"), reverse=True)  # stable
    start = partial(Basket, lines, subtotals, shipping)
    basket, discounts = _exclusive(start, queue) or _together(start(), queue)
    granted = (_apply(basket, it) for it in promotions if it.by_staff)
    discounts += [applied for applied in granted if applied]
    return basket.left, basket.shipping, discounts


def _exclusive(
    start: Callable[[], Basket], queue: Sequence[PromotionToApply]
) -> tuple[Basket, list[Taken]] | None:
    """Apply the first exclusive promotion that reduces anything; None if none does."""
    for promotion in queue:
        if promotion.exclusive:
            basket = start()
            if applied := _apply(basket, promotion):
                return basket, [applied]
    return None


def _together(basket: Basket, queue: Sequence[PromotionToApply]) -> tuple[Basket, list[Taken]]:
    """Apply the promotions that are not exclusive, one after the other."""
    groups: set[str] = set()
    discounts: list[Taken] = []
    for promotion in queue:
        if promotion.exclusive or promotion.stack_group in groups:
            continue
        if applied := _apply(basket, promotion):
            discounts.append(applied)
            if promotion.stack_group:
                groups.add(promotion.stack_group)
    return basket, discounts


def _apply(basket: Basket, promotion: PromotionToApply) -> Taken | None:
    indexes = basket.indexes(promotion.refs)
    if promotion.gifts:
        indexes = [index for index in indexes if basket.lines[index].ref not in promotion.gifts]
    if not _met(basket, promotion, indexes):
        return None
    if promotion.kind in _FROM_SHIPPING:
        amount = _FROM_SHIPPING[promotion.kind](basket.shipping, promotion)
        freight = min(amount, basket.shipping)
        if promotion.max_discount is not None:
            freight = min(freight, promotion.max_discount)
        applied = Taken(promotion, {}, freight)
    else:
        shares = _FROM_LINES[promotion.kind](basket, promotion, indexes)
        applied = Taken(promotion, _capped(basket, promotion, shares))
    basket.apply(applied)
    return applied if applied.shares or applied.shipping else None


def _capped(basket: Basket, promotion: PromotionToApply, shares: dict[int, int]) -> dict[int, int]:
    """Limit the shares to the promotion's largest discount, allocated in proportion to them."""
    whole, most = sum(shares.values()), promotion.max_discount
    if most is None or whole <= most:
        return shares
    shares = dict(sorted(shares.items()))  # by line: sets put the cheapest units first
    less = shared_out([most * share for share in shares.values()], whole, most)
    capped = dict(zip(shares, less, strict=True))
    if promotion.kind is PromotionKind.BUY_X_GET_Y:
        for index, share in shares.items():
            basket.given[index] -= share - capped[index]
    return {index: share for index, share in capped.items() if share}


def _met(basket: Basket, promotion: PromotionToApply, indexes: Sequence[int]) -> bool:
    """Return whether the remaining amounts of a promotion's lines meet its conditions."""
    if (promotion.refs or promotion.gifts) and not indexes:
        return False
    if sum([basket.quantities[index] for index in indexes]) < promotion.min_quantity:
        return False
    return sum([basket.left[index] for index in indexes]) >= promotion.min_subtotal


def _order_percent(
    basket: Basket, promotion: PromotionToApply, indexes: Sequence[int]
) -> dict[int, int]:
    left = sum([basket.left[index] for index in indexes])
    return spread(basket, indexes, half_up(promotion.percent * left, WHOLE))


def _order_fixed(
    basket: Basket, promotion: PromotionToApply, indexes: Sequence[int]
) -> dict[int, int]:
    return spread(basket, indexes, promotion.amount)


def _order_tiered(
    basket: Basket, promotion: PromotionToApply, indexes: Sequence[int]
) -> dict[int, int]:
    left = sum([basket.left[index] for index in indexes])
    units = sum([basket.quantities[index] for index in indexes])
    reached = [it for it in promotion.tiers if it.min_subtotal <= left and it.min_quantity <= units]
    if not reached:
        return {}
    tier = max(reached, key=attrgetter("min_subtotal", "min_quantity"))
    return spread(basket, indexes, tier.amount or half_up(tier.percent * left, WHOLE))


def _item_percent(
    basket: Basket, promotion: PromotionToApply, indexes: Sequence[int]
) -> dict[int, int]:
    def amount(index: int) -> int:
        value = promotion.percent * basket.left[index] * _units(basket, promotion, index)
        return half_up(value, WHOLE * basket.quantities[index])

    return _reducible(basket, indexes, amount)


def _item_fixed(
    basket: Basket, promotion: PromotionToApply, indexes: Sequence[int]
) -> dict[int, int]:
    def amount(index: int) -> int:
        per_unit = min(promotion.amount, basket.left[index] // basket.quantities[index])
        return per_unit * _units(basket, promotion, index)

    return _reducible(basket, indexes, amount)


def _fixed_price(
    basket: Basket, promotion: PromotionToApply, indexes: Sequence[int]
) -> dict[int, int]:
    def amount(index: int) -> int:
        units = _units(basket, promotion, index)
        part = half_up(basket.left[index] * units, basket.quantities[index])
        return part - promotion.amount * units

    return _reducible(basket, indexes, amount)


def _free_gift(basket: Basket, promotion: PromotionToApply, _: Sequence[int]) -> dict[int, int]:
    units = promotion.get
    shares = {}
    for index in basket.indexes(promotion.gifts):
        quantity = basket.quantities[index]
        free = min(units, quantity)
        units -= free
        if share := basket.reducible(index, half_up(basket.left[index] * free, quantity)):
            shares[index] = share
    return shares


def _units(basket: Basket, promotion: PromotionToApply, index: int) -> int:
    """Return how many units of a line the promotion applies to."""
    quantity, most = basket.quantities[index], promotion.max_quantity
    return quantity if most is None else min(quantity, most)


def _reducible(
    basket: Basket, indexes: Sequence[int], amount: Callable[[int], int]
) -> dict[int, int]:
    shares = {index: basket.reducible(index, amount(index)) for index in indexes}
    return {index: share for index, share in shares.items() if share}


def _cheapest_unit(
    basket: Basket, promotion: PromotionToApply, indexes: Sequence[int]
) -> dict[int, int]:
    units = [(basket.left[index] // basket.quantities[index], index) for index in indexes]
    price, index = min((it for it in units if it[0]), default=(0, 0))
    amount = promotion.amount or half_up(promotion.percent * price, WHOLE)
    share = basket.reducible(index, min(amount, price)) if price else 0
    return {index: share} if share else {}


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
