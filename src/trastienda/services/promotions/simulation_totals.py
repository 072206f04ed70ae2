"""The totals of a simulated promotion, order by order. Pure."""

from collections import Counter
from collections.abc import Iterable

from msgspec import structs

from trastienda.schemas.pricing.pricing import Priced, PricingBasis, Taken
from trastienda.schemas.promotions.of_carts import PromotionRow
from trastienda.schemas.promotions.simulation import (
    PastOrder,
    SimulatedConflict,
    SimulatedMoney,
    SimulationView,
)
from trastienda.services.pricing import price
from trastienda.services.promotions import conditions, of_carts

MOST_NUMBERS = 20
"""How many numbers of orders that would be free are listed."""


class SimulationTotals:
    """The totals of the orders so far, which are added in the order in which they were placed."""

    def __init__(self, offer: PromotionRow) -> None:
        self._limit = offer.usage_limit
        self._limit_per_customer = offer.usage_limit_per_customer
        self._offer = structs.replace(offer, usage_limit=None, usage_limit_per_customer=None)
        self._money: dict[str, SimulatedMoney] = {}
        self._touched = self._orders = 0
        self._customers: Counter[str] = Counter()
        self._free: list[str] = []
        self._displaced: Counter[tuple[str, str]] = Counter()

    def add(self, order: PastOrder) -> None:
        """Price an order without and with the promotion, and add it to the totals."""
        self._orders += 1
        before = _priced(order.pricing)
        after = self._priced_with(order) or before
        money = self._money_in(order.currency)
        money.orders += 1
        money.total_before += before.totals.total
        money.total_after += after.totals.total
        _count_margin(money, order, before, after)
        actual, simulated = _discounts(before.taken), _discounts(after.taken)
        if after is not before and str(self._offer.id) in simulated:
            self._count_use(order, money)
        if before.totals.total and not after.totals.total:
            self._free.append(order.number)
        for id_, (name, amount) in actual.items():
            if simulated.get(id_, (name, 0))[1] < amount:
                self._displaced[id_, name] += 1

    def view(self, days: int, *, complete: bool) -> SimulationView:
        """Return the totals; `complete` is whether all orders of these days were added."""
        for money in self._money.values():
            money.cost = money.total_before - money.total_after
        return SimulationView(
            days=days,
            orders=self._orders,
            complete=complete,
            touched=self._touched,
            money=[self._money[currency] for currency in sorted(self._money)],
            free=len(self._free),
            free_numbers=self._free[:MOST_NUMBERS],
            conflicts=[
                SimulatedConflict(promotion_id=id_, name=name, orders=orders)
                for (id_, name), orders in self._displaced.most_common()
            ],
        )

    def _priced_with(self, order: PastOrder) -> Priced | None:
        """Return the order priced with the promotion; None if the promotion does not apply."""
        if self._limit is not None and self._touched >= self._limit:
            return None
        customers = conditions.customer_keys(order.customer_id, order.email)
        if self._limit_per_customer is not None and any(
            self._customers[it] >= self._limit_per_customer for it in customers
        ):
            return None
        offer = structs.replace(
            self._offer,
            in_channel=order.in_channel,
            in_group=order.in_group,
            first_allowed=order.first_allowed,
        )
        if conditions.unmet(offer, order, order.placed_at):
            return None
        rule = of_carts.rule(offer, order)
        if rule is None:
            return None
        others = [other for other in order.pricing.promotions if other.id != rule.id]
        return _priced(structs.replace(order.pricing, promotions=[*others, rule]))

    def _count_use(self, order: PastOrder, money: SimulatedMoney) -> None:
        self._touched += 1
        money.touched += 1
        self._customers.update(conditions.customer_keys(order.customer_id, order.email))

    def _money_in(self, currency: str) -> SimulatedMoney:
        return self._money.setdefault(currency, _empty(currency))


def _priced(basis: PricingBasis) -> Priced:
    return price(basis.lines, basis.shipping, basis.promotions, basis.rounding)


def _discounts(applied: Iterable[Taken]) -> dict[str, tuple[str, int]]:
    return {it.id: (it.name, sum(it.shares.values()) + it.shipping) for it in applied}


def _count_margin(money: SimulatedMoney, order: PastOrder, before: Priced, after: Priced) -> None:
    for line, actual, simulated in zip(order.lines, before.lines, after.lines, strict=True):
        if line.cost is None:
            money.lines_without_cost += 1
            continue
        cost = line.cost * line.quantity
        money.lines_with_cost += 1
        money.margin_before += actual.total - actual.tax - cost
        money.margin_after += simulated.total - simulated.tax - cost


def _empty(currency: str) -> SimulatedMoney:
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
