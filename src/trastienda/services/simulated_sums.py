"""What a promotion would have cost, order by order. Pure."""

from collections import Counter
from collections.abc import Iterable

from msgspec import structs

from trastienda.schemas.cart_promotions import OfferRow
from trastienda.schemas.pricing import Priced, PricingBasis, Taken
from trastienda.schemas.simulation import (
    PastOrder,
    SimulatedConflict,
    SimulatedMoney,
    SimulationView,
)
from trastienda.services import cart_promotions, promotion_conditions
from trastienda.services.pricing import price

NAMED = 20
"""How many orders that would be free are named."""


class Sums:
    """What came together so far; orders are counted in the order in which they were placed."""

    def __init__(self, offer: OfferRow) -> None:
        self._limit = offer.usage_limit
        self._each = offer.usage_limit_per_customer
        self._offer = structs.replace(offer, usage_limit=None, usage_limit_per_customer=None)
        self._money: dict[str, SimulatedMoney] = {}
        self._touched = self._orders = 0
        self._customers: Counter[str] = Counter()
        self._free: list[str] = []
        self._displaced: Counter[tuple[str, str]] = Counter()

    def count(self, order: PastOrder) -> None:
        """Price it as it was, and as it would have been."""
        self._orders += 1
        before = _priced(order.pricing)
        after = self._with(order) or before
        money = self._of(order.currency)
        money.orders += 1
        money.total_before += before.totals.total
        money.total_after += after.totals.total
        _count_margin(money, order, before, after)
        was, would = _taken(before.taken), _taken(after.taken)
        if after is not before and str(self._offer.id) in would:
            self._use(order, money)
        if before.totals.total and not after.totals.total:
            self._free.append(order.number)
        for id_, (name, amount) in was.items():
            if would.get(id_, (name, 0))[1] < amount:
                self._displaced[id_, name] += 1

    def view(self, days: int, *, complete: bool) -> SimulationView:
        for money in self._money.values():
            money.cost = money.total_before - money.total_after
        return SimulationView(
            days=days,
            orders=self._orders,
            complete=complete,
            touched=self._touched,
            money=[self._money[currency] for currency in sorted(self._money)],
            free=len(self._free),
            free_numbers=self._free[:NAMED],
            conflicts=[
                SimulatedConflict(promotion_id=id_, name=name, orders=orders)
                for (id_, name), orders in self._displaced.most_common()
            ],
        )

    def _with(self, order: PastOrder) -> Priced | None:
        """Price an order with the promotion, or return None when that may not act."""
        if self._limit is not None and self._touched >= self._limit:
            return None
        customers = promotion_conditions.customers(order.customer_id, order.email)
        if self._each is not None and any(self._customers[it] >= self._each for it in customers):
            return None
        offer = structs.replace(
            self._offer,
            in_channel=order.in_channel,
            in_group=order.in_group,
            first_allowed=order.first_allowed,
        )
        if promotion_conditions.unmet(offer, order, order.placed_at):
            return None
        rule = cart_promotions.rule(offer, order)
        if rule is None:
            return None
        others = [it for it in order.pricing.promotions if it.id != rule.id]
        return _priced(structs.replace(order.pricing, promotions=[*others, rule]))

    def _use(self, order: PastOrder, money: SimulatedMoney) -> None:
        self._touched += 1
        money.touched += 1
        self._customers.update(promotion_conditions.customers(order.customer_id, order.email))

    def _of(self, currency: str) -> SimulatedMoney:
        return self._money.setdefault(currency, _nothing(currency))


def _priced(basis: PricingBasis) -> Priced:
    return price(basis.lines, basis.shipping, basis.promotions, basis.rounding)


def _taken(taken: Iterable[Taken]) -> dict[str, tuple[str, int]]:
    return {it.id: (it.name, sum(it.shares.values()) + it.shipping) for it in taken}


def _count_margin(money: SimulatedMoney, order: PastOrder, before: Priced, after: Priced) -> None:
    for line, was, would in zip(order.lines, before.lines, after.lines, strict=True):
        if line.cost is None:
            money.lines_without_cost += 1
            continue
        cost = line.cost * line.quantity
        money.lines_with_cost += 1
        money.margin_before += was.total - was.tax - cost
        money.margin_after += would.total - would.tax - cost


def _nothing(currency: str) -> SimulatedMoney:
    return SimulatedMoney(
        currency=currency,
        orders=0,
        touched=0,
        total_before=0,
        total_after=0,
        cost=0,
        lines_with_cost=0,
        lines_without_cost=0,
        margin_before=0,
        margin_after=0,
    )
