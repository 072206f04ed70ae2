"""What a shop should hold, in memory: stock, gift cards, and orders. Pure.

Each method is told that the shop did something, or says what it should answer. Whoever adds what a
shop can do adds its numbers here or to `orders.py`, and a rule to a machine.
"""

from support.machine.goods import PRICES, SHIPPING, STOCK, Cart, GiftCard, Goods, Tender
from support.machine.orders import Line, Order


class Model:
    """The whole shop."""

    def __init__(self, skus: list[str]) -> None:
        self.goods = {
            sku: Goods(sku, price, stock)
            for sku, price, stock in zip(skus, PRICES, STOCK, strict=True)
        }
        self.cards: dict[str, GiftCard] = {}
        self.orders: dict[str, Order] = {}

    def total(self, lines: dict[str, int]) -> int:
        return SHIPPING + sum(self.goods[sku].price * units for sku, units in lines.items())

    def tenders(self, cart: Cart) -> list[Tender]:
        """Say what each gift card of a cart pays of it."""
        due, found = self.total(cart.lines), []
        for card in cart.cards:
            if part := min(due, card.usable):
                found.append(Tender(card, part))
                due -= part
        return found

    def due(self, cart: Cart) -> int:
        """Say what its gift cards leave to pay."""
        return self.total(cart.lines) - sum(it.amount for it in self.tenders(cart))

    def suffices(self, cart: Cart) -> bool:
        return all(self.goods[sku].available >= units for sku, units in cart.lines.items())

    def reserve(self, lines: dict[str, int], sign: int = 1) -> None:
        """Promise goods; with -1, they are free again."""
        for sku, units in lines.items():
            self.goods[sku].reserved += sign * units

    def fulfil(self, order: Order, sku: str, units: int) -> None:
        order.lines[sku].fulfilled += units
        self.goods[sku].on_hand -= units
        self.goods[sku].reserved -= units

    def restock(self, order: Order, sku: str, units: int) -> None:
        """Take units off an order: those that were not sent are free, the others come back."""
        line = order.lines[sku]
        unsent = min(units, line.unsent)
        line.removed += unsent
        line.returned += units - unsent
        self.goods[sku].reserved -= unsent
        self.goods[sku].on_hand += units - unsent

    def may_restock(self, order: Order, sku: str, units: int) -> bool:
        line = order.lines[sku]
        return units - min(units, line.unsent) <= line.fulfilled - line.returned

    def edit(self, order: Order, sku: str, units: int, line_id: str) -> None:
        """Let an order have so many units of something; 0: none, and no line of it."""
        line = order.lines.setdefault(sku, Line(line_id, 0, self.goods[sku].price))
        self.goods[sku].reserved += units - line.quantity
        line.quantity = units
        if not units:
            del order.lines[sku]
        order.total = order.worth
        if excess := max(0, -order.owed):
            order.give_back(excess)
            order.excess += excess
        order.reopened = order.owed > 0 and not order.held

    def may_edit(self, order: Order, sku: str, units: int) -> bool:
        line = order.lines.get(sku)
        before, unsent = (line.quantity, line.unsent) if line else (0, 0)
        price = line.price if line else self.goods[sku].price
        others = any(name != sku for name in order.lines)
        owed = order.owed + (units - before) * price
        return (
            order.status == "open"
            and order.left(before, units, price) >= 0
            and not order.waiting
            and units >= max(before - unsent, line.refunded if line else 0)
            and units - before <= self.goods[sku].available
            and bool(units or others)
            and (not order.held or 0 < owed <= order.held)
        )

    def cancel(self, order: Order) -> None:
        order.status, order.held = "cancelled", 0
        self.reserve({sku: line.unsent for sku, line in order.lines.items()}, -1)
        order.give_back(order.refundable)
